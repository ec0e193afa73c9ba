"""The status in words: what it comes to, then each part, in every language and within Discord's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.ingest.work import Kind
from bot.stats.leaderboard import Freshness
from bot.stats.status import (
    BoardStatus,
    HaloStatus,
    Service,
    ServiceStatus,
    Status,
    Trouble,
    TroubleKind,
    Unreadable,
    Waiting,
)
from bot.ui.limits import FIELD_VALUE
from bot.ui.status_embed import status_embed
from bot.words.language import LANGUAGES, language_for
from bot.words.status_words import SERVICES, TROUBLE, WORK

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GREEN, AMBER, RED = 0x3FB950, 0xD29922, 0xE5534B

ALL_ANSWER = HaloStatus([ServiceStatus(service, answered_at=NOW) for service in Service])
QUIET = Status(
    started_at=NOW - 60 * MINUTE,
    halo=ALL_ANSWER,
    work=(),
    board=BoardStatus(12, Freshness(oldest=NOW - 9 * MINUTE, newest=NOW - MINUTE, awaited=0)),
)


def ago(moment: datetime) -> str:
    return discord.utils.format_dt(moment, "R")


def halo_with(trouble: Trouble | None = None, *, sign_in: Trouble | None = None) -> HaloStatus:
    """The first service is in trouble, or was at least asked."""
    first = ServiceStatus(Service.MATCHES, answered_at=NOW - 5 * MINUTE, trouble=trouble)
    return HaloStatus([first, *(ServiceStatus(it) for it in [*Service][1:])], sign_in)


def show(status: Status, code: str = "en-US", latency_ms: int | None = 45) -> discord.Embed:
    return status_embed(status, language_for(code), version="1.2.3", latency_ms=latency_ms)


def lines(status: Status, part: str) -> list[str]:
    (value,) = [field.value for field in show(status).fields if field.name == part]
    return (value or "").splitlines()


def test_when_all_is_well_it_says_so_and_shows_every_part() -> None:
    embed = show(QUIET)

    assert (embed.title, embed.description) == ("Status", "Everything works.")
    assert embed.colour == discord.Colour(GREEN)
    assert [field.name for field in embed.fields] == [
        "Halo's services",
        "Background work",
        "This server",
        "The bot",
    ]
    assert lines(QUIET, "Halo's services") == [
        f"🟢 **{name}** · answered {ago(NOW)}"
        for name in ("Matches", "Ranks", "Players", "Seasons and medals", "Maps and modes", "Service tags")
    ]
    assert lines(QUIET, "Background work") == ["Nothing waits."]
    assert lines(QUIET, "This server") == [
        f"12 linked members · data as of {ago(NOW - MINUTE)}, the oldest {ago(NOW - 9 * MINUTE)}"
    ]
    assert lines(QUIET, "The bot") == [
        f"Version 1.2.3 · started {ago(NOW - 60 * MINUTE)} · Discord answers in 45 ms"
    ]


def test_a_service_in_trouble_says_what_it_does_since_when_and_when_it_was_well() -> None:
    status = replace(QUIET, halo=halo_with(Trouble(TroubleKind.FAILING, NOW - 3 * MINUTE)))

    assert show(status).colour == discord.Colour(RED)
    assert "Some of Halo's services are in trouble." in str(show(status).description)
    assert lines(status, "Halo's services") == [
        f"🔴 **Matches** · answers with errors: it began {ago(NOW - 3 * MINUTE)}, "
        f"the last good answer came {ago(NOW - 5 * MINUTE)}",
        "⚪ not asked yet: Ranks, Players, Seasons and medals, Maps and modes, Service tags",
    ]


def test_a_service_that_never_answered_claims_no_answer() -> None:
    trouble = Trouble(TroubleKind.SILENT, NOW)
    status = replace(QUIET, halo=HaloStatus([ServiceStatus(Service.RANKS, trouble=trouble)]))

    assert lines(status, "Halo's services") == [f"🔴 **Ranks** · does not answer: it began {ago(NOW)}"]


def test_to_be_slowed_down_is_no_outage() -> None:
    status = replace(QUIET, halo=halo_with(Trouble(TroubleKind.BUSY, NOW)))

    assert show(status).colour == discord.Colour(AMBER)
    assert show(status).description == "Halo asks me to slow down, so some answers take longer."
    assert lines(status, "Halo's services")[0].startswith("🟡 **Matches** · asks me to slow down")


def test_without_a_sign_in_no_service_looks_well() -> None:
    status = replace(QUIET, halo=halo_with(sign_in=Trouble(TroubleKind.OPERATOR, NOW - MINUTE)))

    assert show(status).colour == discord.Colour(RED)
    assert "only my operator can sign me in" in str(show(status).description)
    assert lines(status, "Halo's services")[:2] == [
        f"🔴 **Sign-in** · needs my operator: it began {ago(NOW - MINUTE)}",
        f"⚪ **Matches** · answered {ago(NOW - 5 * MINUTE)}",
    ]


def test_a_sign_in_that_passes_by_itself_is_not_the_operators() -> None:
    status = replace(QUIET, halo=halo_with(sign_in=Trouble(TroubleKind.SILENT, NOW)))

    assert "I keep trying" in str(show(status).description)
    assert "operator" not in str(show(status).to_dict())


def test_a_bot_that_has_asked_nothing_does_not_boast() -> None:
    status = replace(QUIET, halo=HaloStatus([ServiceStatus(service) for service in Service]))

    assert show(status).description == "I am here, and have had nothing to ask Halo yet."


def test_work_stands_in_the_order_of_what_people_wait_for() -> None:
    work = (
        Waiting("older", 0, 1, NOW + MINUTE),
        Waiting("a new kind", 1, 0, NOW),
        Waiting("backfill", 1, 0, NOW - MINUTE),
        Waiting("refresh", 1234, 41, NOW - 2 * MINUTE),
    )

    assert lines(replace(QUIET, work=work), "Background work") == [
        f"**First matches of new accounts** · **1** look-up waits, the oldest was due {ago(NOW - MINUTE)}",
        f"**New matches** · **1,234** look-ups wait, the oldest was due {ago(NOW - 2 * MINUTE)}; 41 planned",
        f"**Older matches** · 1 look-up planned, the next {ago(NOW + MINUTE)}",
        f"**a new kind** · **1** look-up waits, the oldest was due {ago(NOW)}",
    ]


def test_work_for_later_is_none_that_waits() -> None:
    work = (Waiting("refresh", 0, 41, NOW + MINUTE),)

    assert lines(replace(QUIET, work=work), "Background work") == [
        "Nothing waits.",
        f"**New matches** · 41 look-ups planned, the next {ago(NOW + MINUTE)}",
    ]


def test_work_in_hand_is_none_that_waits_and_is_told() -> None:
    work = (
        Waiting("backfill", 0, 0, None, in_hand=1),
        Waiting("refresh", 3, 0, NOW - MINUTE, in_hand=2),
        Waiting("older", 0, 4, NOW + MINUTE, in_hand=1),
    )

    assert lines(replace(QUIET, work=work), "Background work") == [
        "**First matches of new accounts** · **1** look-up under way",
        f"**New matches** · **2** look-ups under way · **3** look-ups wait, the oldest was due {ago(NOW - MINUTE)}",
        f"**Older matches** · **1** look-up under way · 4 look-ups planned, the next {ago(NOW + MINUTE)}",
    ]


def test_what_cannot_be_read_says_so_and_the_rest_stands() -> None:
    status = replace(QUIET, work=Unreadable(), board=Unreadable())

    assert show(status).colour == discord.Colour(AMBER)
    assert "I cannot read my own memory right now" in str(show(status).description)
    assert lines(status, "Background work") == lines(status, "This server") == ["cannot be read right now"]
    assert len(lines(status, "Halo's services")) == len(Service)


@pytest.mark.parametrize(
    ("members", "fresh", "expected"),
    [
        (0, Freshness.of(()), ["Nobody here has linked an account yet.", "/link puts you on the board."]),
        (1, Freshness.of([None]), ["1 linked member · 1 member's matches are being read in"]),
        (1, Freshness.of([NOW]), [f"1 linked member · data as of {ago(NOW)}"]),
    ],
)  # fmt: skip
def test_small_boards_are_told_plainly(members: int, fresh: Freshness, expected: Sequence[str]) -> None:
    assert lines(replace(QUIET, board=BoardStatus(members, fresh)), "This server") == expected


def test_outside_of_servers_there_is_no_server_part_and_a_latency_that_is_not_known_is_left_out() -> None:
    embed = show(replace(QUIET, board=None), latency_ms=None)

    assert "This server" not in {field.name for field in embed.fields}
    assert "Discord answers" not in str(embed.to_dict())


def test_every_service_trouble_and_kind_of_work_has_words() -> None:
    assert set(SERVICES) == set(Service)
    assert set(TROUBLE) == set(TroubleKind)
    assert set(WORK) == set(Kind)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_longest_answer_is_whole_in_every_language(code: str) -> None:
    trouble = [Trouble(kind, NOW) for kind in (TroubleKind.SILENT, TroubleKind.FAILING, TroubleKind.BUSY)]
    services = [ServiceStatus(it, NOW, trouble[number % 3]) for number, it in enumerate(Service)]
    status = Status(
        started_at=NOW,
        halo=HaloStatus(services, Trouble(TroubleKind.OPERATOR, NOW)),
        work=[Waiting(kind, 123_456, 123_456, NOW, in_hand=10) for kind in Kind],
        board=BoardStatus(123_456, Freshness(oldest=NOW - MINUTE, newest=NOW, awaited=123_456)),
    )

    halo, work, board, bot = (field.value or "" for field in show(status, code).fields)

    assert len(halo.splitlines()) == len(Service) + 1
    assert len(work.splitlines()) == len(Kind)
    assert "…" not in halo + work + board + bot
    assert all(len(part) <= FIELD_VALUE for part in (halo, work, board, bot))
