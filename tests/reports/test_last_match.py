"""Which match is meant, and everything that is to be said of it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from bot.halo.errors import AuthenticationError, ServiceError
from bot.playground.halo import Credentials
from bot.playground.world.plan import Lifecycle
from bot.reports.found_match import FoundMatch, Position
from bot.reports.histories import Kind
from bot.stats.unanswerable import (
    HistoryHidden,
    MatchGone,
    NeverPlayed,
    NoAccountLinked,
    NoMoreMatches,
    NoSuchMatches,
    PlayerUnknown,
)
from bot.words.match_words import player_name
from tests.reports.conftest import House

HERO = "Ember Fox 7"
STATS, SKILL = "/hi/matches/*/stats", "/hi/matches/*/skill"
NEWEST = Position("all", 0)


@asynccontextmanager
async def latest(
    house: House, who: str | None = HERO, kind: Kind = "all", ago: int = 0
) -> AsyncGenerator[FoundMatch]:
    async with house.reports.latest(who, kind, ago, house.tell) as found:
        yield found


def ids(house: House, gamertag: str = HERO) -> list[UUID]:
    return [plan.match_id for plan in house.world.matches_of(house.xuid(gamertag))]


async def test_the_newest_match_is_reported_with_everything(house: House) -> None:
    async with latest(house) as found:
        report = await found.report()

    assert report.match_id == ids(house)[0]
    assert found.position == NEWEST
    assert found.is_live
    assert not found.is_fresh or not report.skill_pending
    assert report.subject.gamertag == HERO
    assert report.subject.is_subject
    assert all(line.gamertag for line in report.players)
    assert report.playlist
    assert report.map_name
    assert report.medals == found.medals()
    assert house.told == []


@pytest.mark.parametrize("ago", [1, 24])
async def test_a_match_further_back(house: House, ago: int) -> None:
    async with latest(house, ago=ago) as found:
        assert found.stats.match_id == ids(house)[ago]
        assert found.position == Position("all", ago)


async def test_only_matches_of_the_type_count(house: House) -> None:
    async with latest(house, kind="custom") as found:
        report = await found.report()

    plan = house.world.plan(report.match_id)
    assert plan is not None
    assert plan.lifecycle is Lifecycle.CUSTOM
    assert report.playlist_id is None


async def test_further_back_than_there_are_matches(house: House) -> None:
    count = len(house.world.matches_of(house.xuid("Отряд 117")))

    with pytest.raises(NoSuchMatches) as caught:
        async with latest(house, who="Отряд 117", ago=count):
            pass

    assert (caught.value.available, caught.value.gamertag) == (count, "Отряд 117")


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (None, NoAccountLinked),
        ("Nobody By That", PlayerUnknown),
        ("Veiled Heron", HistoryHidden),
        ("Fresh Boots", NeverPlayed),
    ],
)
async def test_why_there_is_no_answer(house: House, who: str | None, reason: type[Exception]) -> None:
    with pytest.raises(reason):
        async with latest(house, who=who):
            pass


@pytest.mark.parametrize("status", [400, 404])
async def test_a_history_that_only_the_xuid_opens(house: House, status: int) -> None:
    house.fail("/hi/players/Ember*", status=status)

    async with latest(house) as found:
        assert found.stats.match_id == ids(house)[0]


async def test_the_match_beside_a_shown_one(house: House) -> None:
    order, xuid = ids(house), house.xuid(HERO)

    async with house.reports.beside(xuid, order[5], Position("all", 5), older=True, tell=house.tell) as found:
        assert (found.stats.match_id, found.position.index) == (order[6], 6)
    async with house.reports.beside(
        xuid, order[5], Position("all", 5), older=False, tell=house.tell
    ) as found:
        assert (found.stats.match_id, found.position.index) == (order[4], 4)


async def test_beside_the_newest_match_is_no_newer_one(house: House) -> None:
    with pytest.raises(NoMoreMatches) as caught:
        async with house.reports.beside(
            house.xuid(HERO), ids(house)[0], NEWEST, older=False, tell=house.tell
        ):
            pass

    assert (caught.value.gamertag, caught.value.older) == (HERO, False)


async def test_a_shown_match_is_opened_again_by_its_id(house: House) -> None:
    shown = ids(house)[30]

    async with house.reports.again(house.xuid(HERO), shown, Position("all", 30), house.tell) as found:
        report = await found.report()

    assert report.match_id == shown
    assert report.playlist
    assert house.asked("/hi/players/*/matches") == 0


async def test_a_match_that_never_was_is_gone(house: House) -> None:
    with pytest.raises(MatchGone):
        async with house.reports.again(house.xuid(HERO), uuid4(), NEWEST, house.tell):
            pass


async def test_a_service_that_is_down_leaves_the_last_known_match(house: House) -> None:
    async with latest(house) as found:
        live = await found.report()
        seen_at = found.seen_at
    house.clock.pass_time(300)
    house.fail()

    async with latest(house) as found:
        known = await found.report()
        assert not found.is_live
        assert found.seen_at == seen_at
    async with house.reports.again(house.xuid(HERO), live.match_id, NEWEST, house.tell) as again:
        assert not again.is_live
        assert again.seen_at == seen_at

    assert known == live


async def test_a_service_that_is_down_from_the_start_is_told(house: House) -> None:
    house.fail()

    with pytest.raises(ServiceError):
        async with latest(house):
            pass


async def test_refused_tokens_are_not_hidden_by_what_is_known(house: House) -> None:
    async with latest(house):
        pass
    house.service.credentials = Credentials(spartan="another-one-by-now")

    with pytest.raises(AuthenticationError):
        async with latest(house):
            pass


@pytest.mark.parametrize("status", [404, 503])
async def test_names_that_cannot_be_had_leave_the_numbers(house: House, status: int) -> None:
    house.fail("/hi/maps/*", status)
    house.fail("/hi/ugcGameVariants/*", status)
    house.fail("/hi/playlists/*", status)

    async with latest(house) as found:
        report = await found.report()

    assert (report.mode, report.map_name, report.playlist) == ("", "", "")
    assert report.playlist_id is not None
    assert report.map_image_url is None
    assert report.subject.gamertag == HERO


async def test_medals_have_names_without_their_metadata(house: House) -> None:
    house.fail("/hi/Waypoint/file/medals/*")

    async with latest(house) as found:
        report = await found.report()

    assert found.medal_metadata is None
    assert report.medals
    assert all(medal.name and medal.sprite_index is None for medal in report.medals)


async def test_players_without_names_are_still_listed(house: House) -> None:
    house.fail("/users")

    async with latest(house) as found:
        report = await found.report()

    assert report.subject.gamertag == HERO
    assert all(player_name(line) for line in report.players)


async def test_skill_that_cannot_be_had_is_left_out(house: House) -> None:
    house.fail(SKILL)

    async with latest(house) as found:
        report = await found.report()

    assert report.expectation is None
    assert report.subject.csr is None
    assert not report.skill_pending


async def test_skill_is_asked_for_once_and_never_for_custom_games(house: House) -> None:
    for _ in range(3):
        async with latest(house) as found:
            await found.report()
    assert house.asked(SKILL) == 1

    async with latest(house, kind="custom") as found:
        assert (await found.report()).expectation is None
    assert house.asked(SKILL) == 1


async def test_a_match_is_asked_for_once(house: House) -> None:
    for _ in range(2):
        async with latest(house) as found:
            await found.report()

    assert house.asked(STATS) == 1


async def test_leaving_early_leaves_nothing_running(house: House) -> None:
    with pytest.raises(RuntimeError):
        async with latest(house):
            raise RuntimeError("the caller changed its mind")
