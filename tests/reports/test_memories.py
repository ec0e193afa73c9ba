"""What is remembered: answers for when a service gives none, look-ups for whoever made them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.errors import AuthenticationError, HaloError, NotFoundError, ServiceError
from bot.reports.lookups import EACH, Lookups
from bot.reports.recall import Recall

START = datetime(2026, 11, 22, tzinfo=UTC)
ADA, BO = 1, 2


class Present:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def answering(value: int) -> Callable[[], Awaitable[int]]:
    async def fetch() -> int:
        return value

    return fetch


def failing(error: HaloError) -> Callable[[], Awaitable[int]]:
    async def fetch() -> int:
        raise error

    return fetch


DOWN = ServiceError(503, "halo")


async def test_an_answer_is_always_fetched_first() -> None:
    memory: Recall[str, int] = Recall(size=2, now=lambda: START)
    memory.keep("a", 1)

    known = await memory.ask("a", answering(2))

    assert (known.value, known.is_live) == (2, True)
    assert memory.get("a") == 2


async def test_trouble_brings_back_the_last_answer_and_its_moment() -> None:
    present = Present()
    memory: Recall[str, int] = Recall(size=2, now=present)
    await memory.ask("a", answering(1))
    present.now += timedelta(minutes=5)

    known = await memory.ask("a", failing(DOWN))

    assert (known.value, known.at, known.is_live) == (1, START, False)


@pytest.mark.parametrize("error", [NotFoundError(404, "halo"), AuthenticationError(401, "halo")])
async def test_an_error_that_time_does_not_mend_is_raised(error: HaloError) -> None:
    memory: Recall[str, int] = Recall(size=2, now=lambda: START)
    memory.keep("a", 1)

    with pytest.raises(type(error)):
        await memory.ask("a", failing(error))


async def test_trouble_without_a_memory_is_raised() -> None:
    memory: Recall[str, int] = Recall(size=2, now=lambda: START)

    with pytest.raises(ServiceError):
        await memory.ask("a", failing(DOWN))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers()), max_size=40), st.integers(1, 5))
def test_the_latest_answers_are_kept(kept: list[tuple[int, int]], size: int) -> None:
    memory: Recall[int, int] = Recall(size=size, now=lambda: START)
    for key, value in kept:
        memory.keep(key, value)

    latest: dict[int, int] = {}
    for key, value in reversed(kept):
        latest.setdefault(key, value)
    remembered = dict(list(latest.items())[:size])
    assert {key: memory.get(key) for key in latest} == {key: remembered.get(key) for key in latest}


def test_look_ups_are_the_callers_own_newest_first() -> None:
    lookups = Lookups()
    for tag in ("Quiet One", "Old Rope 44", "Quiet Two", "Quiet One"):
        lookups.add(ADA, tag)
    lookups.add(BO, "Quiet Three")

    assert lookups.matching(ADA, " QUIET ") == ["Quiet One", "Quiet Two"]
    assert lookups.matching(ADA, "") == ["Quiet One", "Quiet Two", "Old Rope 44"]
    assert lookups.matching(3, "quiet") == []


def test_forgotten_people_and_names_are_in_nobodys_look_ups() -> None:
    lookups = Lookups()
    for tag in ("Quiet One", "Old Rope 44"):
        lookups.add(ADA, tag)
        lookups.add(BO, tag)

    lookups.forget(user_ids=[ADA], gamertags=["QUIET one"])

    assert lookups.of_user(ADA) == ()
    assert lookups.of_user(BO) == ("Old Rope 44",)


def test_a_memory_forgets_what_is_meant() -> None:
    memory: Recall[str, int] = Recall(size=5, now=lambda: START)
    for key, value in (("a", 1), ("b", 2), ("c", 1)):
        memory.keep(key, value)

    memory.forget(lambda key, value: key == "b" or value == 1)

    assert [memory.get(key) for key in "abc"] == [None, None, None]


@given(st.lists(st.text(max_size=20), max_size=80))
def test_look_ups_stay_bounded_whatever_they_are(tags: list[str]) -> None:
    lookups = Lookups()
    for tag in tags:
        lookups.add(ADA, tag)

    assert len(lookups.matching(ADA, "")) <= EACH
