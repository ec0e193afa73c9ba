"""The report over a real store, held against a count by hand over the same matches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reports.leaderboard import LeaderboardReport
from bot.stats.csr_seasons import CsrSeason
from bot.stats.leaderboard import BoardPage, BoardWindow, Question, Row
from bot.stats.leaderboard_metrics import CSR, MEDAL, METRICS
from bot.stats.leaderboard_trouble import SeasonNotKnownYet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Address, Line, Match, Rank, Store, open_store
from tests.store.scenes import ARENA, DAY, SLAYER, TAVERN, WIN, make_line, make_match

MIDNIGHT = datetime(2026, 11, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NOW = MIDNIGHT + 2 * DAY
OTHER = UUID(int=7)
PERFECT, DOUBLE_KILL = 1512363953, 622331684
DID_NOT_FINISH = 4
#: The season changes at a midnight; the one before it ended then.
OLD = CsrSeason(path="Csr/Seasons/CsrSeason13-1.json", starts_at=MIDNIGHT - 60 * DAY, ends_at=MIDNIGHT)
NEW = CsrSeason(path="Csr/Seasons/CsrSeason13-2.json", starts_at=MIDNIGHT, ends_at=MIDNIGHT + 60 * DAY)
CALENDAR = (NEW, OLD)
USERS = tuple(100 + n for n in range(5))
XUIDS = tuple(2_533_274_800_000_000 + n for n in range(5))
COUNTED = (
    *("kills", "deaths", "assists", "headshots", "perfects", "shots", "hits", "damage", "played_ms"),
    "objective_ms",
)


@dataclass(frozen=True)
class Case:
    """Matches, a moment, and what is asked about them then."""

    matches: list[Match]
    now: datetime
    question: Question


# Seconds around the edges of the rolling windows of NOW, and around the change of the season.
def _near(edge: datetime, seconds: int, microsecond: int) -> datetime:
    return edge + timedelta(seconds=seconds, microseconds=microsecond)


edges = st.sampled_from([MIDNIGHT, NOW, NOW - 7 * DAY, NOW - 30 * DAY, NOW - 400 * DAY])
moments = st.builds(_near, edges, st.integers(-2, 2), st.sampled_from([0, 1, 999_999]))


@st.composite
def lines(draw: st.DrawFn, xuid: int) -> Line:
    numbers = {name: draw(st.integers(0, 4)) for name in COUNTED}
    return make_line(
        xuid,
        medals=draw(st.dictionaries(st.sampled_from([PERFECT, DOUBLE_KILL]), st.integers(1, 3))),
        outcome=draw(st.sampled_from([1, WIN, 3, DID_NOT_FINISH])),
        longest_spree=draw(st.integers(0, 3)),
        **numbers,
    )


@st.composite
def matches(draw: st.DrawFn) -> Match:
    players = draw(st.lists(st.sampled_from(XUIDS[:4]), min_size=1, max_size=4, unique=True))
    return make_match(
        *(draw(lines(xuid)) for xuid in players),
        ended_at=draw(moments),
        playlist_id=draw(st.sampled_from([None, SLAYER, OTHER])),
        matchmade=draw(st.booleans()),
        pvp=draw(st.booleans()),
    )


questions = st.builds(
    Question,
    metric=st.sampled_from([metric for metric in METRICS.values() if not metric.is_rank]),
    medal_id=st.just(PERFECT),
    playlist_id=st.sampled_from([None, SLAYER]),
    window=st.sampled_from(BoardWindow),
    min_matches=st.sampled_from([None, 1, 2, 3]),
)
cases = st.builds(
    Case,
    matches=st.lists(matches(), max_size=14),
    now=st.builds(_near, st.sampled_from([NOW, MIDNIGHT]), st.integers(-1, 1), st.just(0)),
    question=questions,
)


def _counts(match: Match, case: Case) -> bool:
    """Whether a match counts, from the definitions in words."""
    question, now = case.question, case.now
    if question.playlist_id is None:
        if not (match.matchmade and match.pvp):
            return False
    elif match.playlist_id != question.playlist_id:
        return False
    ended = match.ended_at.replace(microsecond=0)
    if question.window is BoardWindow.ALL:
        return True
    if question.window is BoardWindow.SEASON:
        season = NEW if now >= NEW.starts_at else OLD
        return season.starts_at <= ended < (season.ends_at or now)
    return now - timedelta(days=7 if question.window is BoardWindow.WEEK else 30) <= ended < now


def _value(key: str, own: list[Line]) -> Fraction | None:
    """A metric of these lines, from the definitions in words."""

    def total(name: str) -> int:
        return sum(getattr(line, name) for line in own)

    def share(part: int, whole: int, times: int = 100) -> Fraction | None:
        return Fraction(times * part, whole) if whole else None

    if key == "kda":
        each = [line.kills + Fraction(line.assists, 3) - line.deaths for line in own]
        return sum(each, Fraction()) / len(own) if own else None
    if key == "win_rate":
        return share(sum(line.outcome == WIN for line in own), len(own))
    if key == "medal":
        return Fraction(sum(line.medals.get(PERFECT, 0) for line in own))
    if key == "spree":
        return Fraction(max((line.longest_spree for line in own), default=0))
    plain = {"matches": len(own), "objective": total("objective_ms")}
    plain |= {name: total(name) for name in ("kills", "deaths", "assists", "headshots", "perfects")}
    rates = {
        "kd": Fraction(total("kills"), max(total("deaths"), 1)),
        "accuracy": share(total("hits"), total("shots")),
        "damage": share(total("damage"), total("played_ms"), 60_000),
    }
    return rates[key] if key in rates else Fraction(plain[key])


def _expected(case: Case) -> dict[int, tuple[int | None, Fraction | None, int]]:
    """Place, value and matches of each member, by counting who is better."""
    usual = 10 if case.question.metric.key in {"kd", "kda", "win_rate", "accuracy", "damage"} else 1
    needed = case.question.min_matches or usual
    counted = [match for match in case.matches if _counts(match, case)]
    found: dict[int, tuple[Fraction | None, int]] = {}
    for user, xuid in zip(USERS, XUIDS, strict=True):
        own = [line for match in counted for line in match.lines if line.xuid == xuid]
        value = _value(case.question.metric.key, own)
        found[user] = (value if len(own) >= needed else None, len(own))
    values = [value for value, _ in found.values() if value is not None]
    return {
        user: (None if value is None else 1 + sum(other > value for other in values), value, played)
        for user, (value, played) in found.items()
    }


async def _join_all(store: Store, users: Iterable[tuple[int, int]], server_id: int = ARENA) -> None:
    for user, xuid in users:
        claim = await store.links.claim(user, xuid, f"Member {user}", server_id=server_id, at=NOW - 500 * DAY)
        assert claim.held_by is None


def report_at(store: Store, now: datetime, calendar: tuple[CsrSeason, ...] = CALENDAR) -> LeaderboardReport:
    return LeaderboardReport(store, lambda: calendar, now=lambda: now)


async def _check(address: Address, case: Case) -> None:
    async with open_store(address) as store:
        await _join_all(store, zip(USERS, XUIDS, strict=True))
        if case.matches:
            await store.matches.add(*case.matches)
        page = await report_at(store, case.now).page(case.question, server_id=ARENA, user_id=USERS[0])
    assert {row.user_id: (row.rank, row.value, row.matches) for row in page.rows} == _expected(case)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=cases)
def test_every_place_of_every_board_is_what_a_count_by_hand_gives(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    file = tmp_path_factory.mktemp("board") / "store.sqlite"
    asyncio.run(_check(Address.of_file(file), case))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(Address.of_file(tmp_path / "store.sqlite")) as store:
        yield store


def by_user(page: BoardPage) -> dict[int, Row]:
    return {row.user_id: row for row in page.rows}


async def test_a_match_that_ends_exactly_at_midnight_belongs_to_the_season_that_begins(store: Store) -> None:
    await _join_all(store, [(USERS[0], XUIDS[0])])
    await store.matches.add(
        make_match(make_line(XUIDS[0], kills=1), ended_at=MIDNIGHT - timedelta(microseconds=1)),
        make_match(make_line(XUIDS[0], kills=10), ended_at=MIDNIGHT),
        make_match(make_line(XUIDS[0], kills=100), ended_at=MIDNIGHT + 60 * DAY),
    )
    kills = Question(metric=METRICS["kills"])

    async def in_season(now: datetime) -> tuple[str | None, Fraction | None]:
        page = await report_at(store, now).page(kills, server_id=ARENA, user_id=USERS[0])
        return page.season, page.rows[0].value

    assert await in_season(MIDNIGHT - SECOND) == ("13-1", 1)
    assert await in_season(MIDNIGHT) == ("13-2", 10)
    # Between two seasons the last one counts, to its end.
    assert await in_season(MIDNIGHT + 61 * DAY) == ("13-2", 10)


async def test_rolling_windows_are_half_open_to_the_second(store: Store) -> None:
    await _join_all(store, [(USERS[0], XUIDS[0])])
    ends = {1: NOW - 7 * DAY - SECOND, 10: NOW - 7 * DAY, 100: NOW - SECOND, 1000: NOW}
    await store.matches.add(
        *(make_match(make_line(XUIDS[0], kills=kills), ended_at=end) for kills, end in ends.items())
    )
    week = Question(metric=METRICS["kills"], window=BoardWindow.WEEK)

    page = await report_at(store, NOW).page(week, server_id=ARENA, user_id=USERS[0])
    second_later = await report_at(store, NOW + SECOND).page(week, server_id=ARENA, user_id=USERS[0])

    assert page.rows[0].value == 110
    assert second_later.rows[0].value == 1100


async def test_two_servers_never_see_each_others_members(store: Store) -> None:
    await _join_all(store, zip(USERS[:3], XUIDS[:3], strict=True), ARENA)
    await _join_all(store, zip(USERS[3:], XUIDS[3:], strict=True), TAVERN)
    await store.matches.add(
        *(make_match(*(make_line(xuid, kills=9) for xuid in XUIDS), ended_at=NOW - DAY) for _ in range(3))
    )
    await store.snapshots.add(SLAYER, NEW.path, dict.fromkeys(XUIDS, _rank(1200)), NOW)
    report = report_at(store, NOW)

    for metric, (server, members) in product(METRICS.values(), ((ARENA, USERS[:3]), (TAVERN, USERS[3:]))):
        asked = Question(metric=metric, medal_id=PERFECT)
        for caller in USERS:
            page = await report.page(asked, server_id=server, user_id=caller)
            assert {row.user_id for row in page.rows} == set(members)
            assert page.members == len(members)
            assert (page.callers_page is None) == (caller not in members)
            assert page.pinned is None


def _rank(current: int | None, season: int | None = None, ever: int | None = None) -> Rank:
    return Rank(current=current, season_max=season or current, all_time_max=ever or season or current)


async def test_csr_boards_rank_now_the_season_and_ever_with_the_change(store: Store) -> None:
    await _join_all(store, zip(USERS, XUIDS, strict=True))
    first, second, third, fourth, _ = XUIDS
    add = store.snapshots.add
    await add(SLAYER, OLD.path, {first: _rank(1700, 1800, 1900)}, NOW - 20 * DAY)
    await add(SLAYER, NEW.path, {first: _rank(1300, 1300, 1900), second: _rank(1250)}, NOW - 8 * DAY)
    now = {first: _rank(1290, 1340, 1900), second: _rank(1290), third: _rank(1100), fourth: _rank(None)}
    await add(SLAYER, NEW.path, now, NOW - SECOND)
    report = report_at(store, NOW)

    page = await report.page(Question(metric=METRICS["csr"]), server_id=ARENA, user_id=USERS[2])
    assert [(row.rank, row.value, row.change) for row in page.rows[:3]] == [
        (1, 1290, -10),
        (1, 1290, 40),
        (3, 1100, None),
    ]
    assert [row.rank for row in page.rows[3:]] == [None, None]
    assert (page.ranked, page.members, page.season) == (3, 5, "13-2")

    peak = by_user(await report.page(Question(metric=METRICS["csr_season"]), server_id=ARENA, user_id=1))
    assert (peak[USERS[0]].rank, peak[USERS[0]].value, peak[USERS[0]].change) == (1, 1340, None)
    ever = by_user(await report.page(Question(metric=METRICS["csr_ever"]), server_id=ARENA, user_id=1))
    assert ever[USERS[0]].value == 1900

    other = await report.page(Question(metric=METRICS["csr"], playlist_id=OTHER), server_id=ARENA, user_id=1)
    assert other.ranked == 0


async def test_a_rank_can_take_matches_if_somebody_asks_for_it(store: Store) -> None:
    await _join_all(store, zip(USERS[:2], XUIDS[:2], strict=True))
    await store.snapshots.add(SLAYER, NEW.path, {XUIDS[0]: _rank(1500), XUIDS[1]: _rank(900)}, NOW)
    for ended_at in (MIDNIGHT, MIDNIGHT + SECOND):
        await store.matches.add(make_match(make_line(XUIDS[1]), ended_at=ended_at))
    await store.matches.add(
        *(make_match(make_line(XUIDS[0]), ended_at=MIDNIGHT - n * SECOND) for n in range(1, 5))
    )
    asked = Question(metric=METRICS["csr"], min_matches=2)

    page = await report_at(store, NOW).page(asked, server_id=ARENA, user_id=USERS[0])

    assert [(row.rank, row.user_id, row.matches) for row in page.rows] == [
        (1, USERS[1], 2),
        (None, USERS[0], 0),
    ]


async def test_a_medal_nobody_has_ranks_everybody_with_nothing(store: Store) -> None:
    await _join_all(store, zip(USERS[:2], XUIDS[:2], strict=True))
    await store.matches.add(make_match(make_line(XUIDS[0]), ended_at=NOW - DAY))

    page = await report_at(store, NOW).page(
        Question(metric=MEDAL, medal_id=42), server_id=ARENA, user_id=USERS[0]
    )

    assert [(row.rank, row.value) for row in page.rows] == [(1, 0), (None, None)]


async def test_without_a_calendar_only_boards_of_the_season_are_not_to_be_had(store: Store) -> None:
    await _join_all(store, [(USERS[0], XUIDS[0])])
    report = report_at(store, NOW, calendar=())
    for metric in ("csr", "kills"):
        with pytest.raises(SeasonNotKnownYet):
            await report.page(Question(metric=METRICS[metric]), server_id=ARENA, user_id=1)

    for window in (BoardWindow.WEEK, BoardWindow.MONTH, BoardWindow.ALL):
        asked = Question(metric=METRICS["kills"], window=window)
        assert (await report.page(asked, server_id=ARENA, user_id=1)).members == 1


async def test_an_empty_server_has_an_empty_page(store: Store) -> None:
    page = await report_at(store, NOW).page(Question(metric=METRICS["kd"]), server_id=ARENA, user_id=1)

    assert (page.members, page.rows, page.pinned, page.pages, page.number) == (0, (), None, 1, 1)


async def test_the_caller_finds_their_own_page_and_is_pinned_on_the_others(store: Store) -> None:
    crowd = [(10_000 + n, 2_533_274_900_000_000 + n) for n in range(34)]
    await _join_all(store, crowd)
    await store.matches.add(
        make_match(*(make_line(xuid, kills=n) for n, (_, xuid) in enumerate(crowd[:24])), ended_at=NOW - DAY)
    )
    report, kills = report_at(store, NOW), Question(metric=METRICS["kills"])
    caller = crowd[3][0]

    first = await report.page(kills, server_id=ARENA, user_id=caller)
    assert first.pinned is not None
    assert (first.pinned.rank, first.pages, first.callers_page, first.ranked) == (21, 4, 3, 24)
    mine = await report.page(kills, server_id=ARENA, user_id=caller, number=None)
    assert (mine.number, mine.pinned) == (3, None)
    assert [row.rank for row in mine.rows] == [21, 22, 23, 24, *[None] * 6]
    beyond = await report.page(kills, server_id=ARENA, user_id=caller, number=99)
    assert beyond.number == 4


async def test_how_old_the_data_is_and_who_is_still_read_in(store: Store) -> None:
    await _join_all(store, zip(USERS[:3], XUIDS[:3], strict=True))
    await store.players.refreshed([XUIDS[0]], NOW - DAY)
    await store.players.refreshed([XUIDS[1]], NOW)

    page = await report_at(store, NOW).page(Question(metric=METRICS["kills"]), server_id=ARENA, user_id=1)

    assert (page.fresh.oldest, page.fresh.newest, page.fresh.awaited) == (NOW - DAY, NOW, 1)


async def test_ranks_are_as_old_as_their_snapshots_and_somebody_unranked_is_not_awaited(store: Store) -> None:
    await _join_all(store, zip(USERS[:3], XUIDS[:3], strict=True))
    await store.players.refreshed([XUIDS[0], XUIDS[1]], NOW)
    rank = Rank(current=1400, season_max=1490, all_time_max=1600)
    await store.snapshots.add(RANKED_PLAYLISTS[0], NEW.path, {XUIDS[0]: rank}, NOW - DAY)

    page = await report_at(store, NOW).page(Question(metric=CSR), server_id=ARENA, user_id=1)

    assert (page.fresh.oldest, page.fresh.newest, page.fresh.awaited) == (NOW - DAY, NOW - DAY, 1)


async def test_leaving_a_server_and_erasure_take_effect_at_once(store: Store) -> None:
    await _join_all(store, zip(USERS[:3], XUIDS[:3], strict=True))
    await store.matches.add(make_match(*(make_line(xuid, kills=9) for xuid in XUIDS[:3]), ended_at=NOW - DAY))
    report, kills = report_at(store, NOW), Question(metric=METRICS["kills"])

    await store.servers.remove_members(ARENA, [USERS[0]])
    assert set(by_user(await report.page(kills, server_id=ARENA, user_id=1))) == set(USERS[1:3])
    await store.erasure.forget_user(USERS[1])
    page = await report.page(replace(kills), server_id=ARENA, user_id=1)
    assert set(by_user(page)) == {USERS[2]}
