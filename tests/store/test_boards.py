"""Boards against a count by hand over the same matches, whatever order these came in."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.store import Address, BoardLine, Counter, Line, Match, Rank, Store, Window, open_store
from bot.store.tables import Base, SecretRow, VersionRow
from tests.store.scenes import (
    ADA,
    ARENA,
    BEN,
    DAY,
    NOW,
    OLIVE,
    PAT,
    SLAYER,
    TAVERN,
    WIN,
    join,
    make_line,
    make_match,
)

MIDNIGHT = datetime(2026, 11, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OTHER = UUID(int=7)
DOUBLE_KILL, PERFECT = 622331684, 1512363953
COUNTERS = tuple(Counter)
DRAWN = [counter for counter in Counter if counter is not Counter.WINS]


# Seconds around three midnights, crowded so that many are the same and many are edges.
def _near(day: int, second: int, microsecond: int) -> datetime:
    return MIDNIGHT + timedelta(days=day, seconds=second, microseconds=microsecond)


moments = st.builds(_near, st.integers(-2, 2), st.integers(-2, 2), st.sampled_from([0, 1, 999_999]))
edges = st.none() | st.builds(_near, st.integers(-2, 2), st.integers(-2, 2), st.just(0))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    # One number for all of them, a digit each: to draw one by one takes longer than to count.
    digits = f"{draw(st.integers(0, 10 ** len(DRAWN) - 1)):0{len(DRAWN)}}"
    values = {counter.value: int(digit) for counter, digit in zip(DRAWN, digits, strict=True)}
    medals = draw(st.dictionaries(st.sampled_from([DOUBLE_KILL, PERFECT]), st.integers(1, 3)))
    return make_line(
        draw(st.sampled_from([OLIVE, PAT])),
        medals=medals,
        outcome=draw(st.integers(1, 4)),
        longest_spree=draw(st.integers(0, 6)),
        **values,
    )


@st.composite
def matches(draw: st.DrawFn) -> Match:
    return make_match(
        *draw(st.lists(lines(), min_size=1, max_size=2, unique_by=lambda line: line.xuid)),
        ended_at=draw(moments),
        playlist_id=draw(st.sampled_from([None, SLAYER, OTHER])),
        season_id=draw(st.sampled_from([None, "CsrSeason9-1", "CsrSeason10-1"])),
        matchmade=draw(st.booleans()),
        pvp=draw(st.booleans()),
    )


def _inside(match: Match, window: Window, playlist_id: UUID | None) -> bool:
    wanted = match.matchmade and match.pvp if playlist_id is None else match.playlist_id == playlist_id
    late_enough = window.since is None or match.ended_at >= window.since
    return wanted and late_enough and (window.until is None or match.ended_at < window.until)


def _by_hand(given: list[Match], xuid: int, window: Window, playlist_id: UUID | None) -> list[Line]:
    inside = [match for match in given if _inside(match, window, playlist_id)]
    return [line for match in inside for line in match.lines if line.xuid == xuid]


def _value(line: Line, counter: Counter) -> int:
    return int(line.outcome == WIN) if counter is Counter.WINS else getattr(line, counter.value)


async def _check(store: Store, given: list[Match], window: Window, playlist_id: UUID | None) -> None:
    totals = await store.boards.totals(ARENA, COUNTERS, window, playlist_id)
    medals = await store.boards.medals(ARENA, PERFECT, window, playlist_id)
    sprees = await store.boards.longest_sprees(ARENA, window, playlist_id)
    expected = {xuid: _by_hand(given, xuid, window, playlist_id) for xuid in (OLIVE, PAT)}
    assert {line.xuid: (line.matches, line.values) for line in totals} == {
        xuid: (len(played), tuple(sum(_value(line, counter) for line in played) for counter in COUNTERS))
        for xuid, played in expected.items()
    }
    assert {line.xuid: (line.matches, line.values) for line in medals} == {
        xuid: (len(played), (sum(line.medals.get(PERFECT, 0) for line in played),))
        for xuid, played in expected.items()
    }
    assert {line.xuid: (line.matches, line.values) for line in sprees} == {
        xuid: (len(played), (max((line.longest_spree for line in played), default=0),))
        for xuid, played in expected.items()
    }


async def _replay(store: Store, batches: list[list[Match]], late: int, windows: list[Window]) -> None:
    """Olive is linked from the beginning, Pat after the first batches, which come again for his sake."""
    async with store.database.writing() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in {VersionRow.__tablename__, SecretRow.__tablename__}:
                await connection.execute(table.delete())
    await join(store, ADA, OLIVE)
    for batch in batches[:late]:
        await store.matches.add(*batch)
    await join(store, BEN, PAT, "Pat")
    for batch in batches[late:] + batches[:late]:
        await store.matches.add(*batch)
    given = [match for batch in batches for match in batch]
    for window in windows:
        for playlist_id in (None, SLAYER, OTHER):
            await _check(store, given, window, playlist_id)


def test_every_number_of_every_window_is_what_a_count_by_hand_gives(tmp_path: Path) -> None:
    """One store for all of it: what it has kept of one history has to be of no harm to the next."""
    with asyncio.Runner() as runner:
        opening = open_store(Address.of_file(tmp_path / "store.sqlite"))
        store = runner.run(opening.__aenter__())

        @settings(max_examples=30, deadline=None)
        @given(
            batches=st.lists(st.lists(matches(), min_size=1, max_size=5), min_size=1, max_size=6),
            late=st.integers(0, 6),
            windows=st.lists(st.builds(Window, edges, edges), min_size=1, max_size=4),
        )
        def counts_alike(batches: list[list[Match]], late: int, windows: list[Window]) -> None:
            ordered = [Window(w.until, w.since) if _reversed(w) else w for w in windows]
            runner.run(_replay(store, batches, late, [*ordered, Window()]))

        try:
            counts_alike()
        finally:
            runner.run(opening.__aexit__(None, None, None))


def _reversed(window: Window) -> bool:
    return window.since is not None and window.until is not None and window.since > window.until


async def test_both_databases_count_alike(store: Store) -> None:
    """A history that comes newest first, with ties in a second and a late link."""
    history = [
        make_match(
            make_line(OLIVE, kills=n, longest_spree=n % 5, medals={PERFECT: 1 + n % 3}),
            make_line(PAT, outcome=WIN, kills=2 * n, longest_spree=9 - n % 7),
            ended_at=MIDNIGHT - (n // 2) * timedelta(hours=5),
            playlist_id=SLAYER if n % 3 else OTHER,
        )
        for n in range(40)
    ]
    await join(store, ADA, OLIVE)
    for start in range(0, 40, 8):
        await store.matches.add(*history[start : start + 8])
    await join(store, BEN, PAT, "Pat")

    for days in (0, 1, 3, 7):
        for until in (None, MIDNIGHT, MIDNIGHT + SECOND, MIDNIGHT - 2 * DAY):
            since = MIDNIGHT - 2 * DAY - days * DAY
            await _check(store, history, Window(since, until), None)
            await _check(store, history, Window(None, until), SLAYER)


async def test_a_match_that_ends_exactly_at_midnight_is_of_the_day_that_begins(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(
        make_match(make_line(kills=1), ended_at=MIDNIGHT - timedelta(microseconds=1)),
        make_match(make_line(kills=10), ended_at=MIDNIGHT),
        make_match(make_line(kills=100), ended_at=MIDNIGHT + DAY),
    )

    (before,) = await store.boards.totals(ARENA, [Counter.KILLS], Window(MIDNIGHT - DAY, MIDNIGHT))
    (day,) = await store.boards.totals(ARENA, [Counter.KILLS], Window(MIDNIGHT, MIDNIGHT + DAY))

    assert (before.values, day.values) == ((1,), (10,))


async def test_a_match_that_ends_as_the_season_changes_is_of_the_new_season(store: Store) -> None:
    """By the calendar, whatever season the match itself names; the board is asked twice, with writes between."""
    await join(store, ADA, OLIVE)
    old, new = Window(MIDNIGHT - 90 * DAY, MIDNIGHT), Window(MIDNIGHT, MIDNIGHT + 90 * DAY)

    async def kills() -> list[tuple[int, ...]]:
        boards = [await store.boards.totals(ARENA, [Counter.KILLS], window) for window in (old, new)]
        return [line.values for (line,) in boards]

    await store.matches.add(
        make_match(make_line(kills=1), ended_at=MIDNIGHT - SECOND, season_id="CsrSeason9-1")
    )
    assert await kills() == [(1,), (0,)]
    await store.matches.add(make_match(make_line(kills=10), ended_at=MIDNIGHT, season_id="CsrSeason9-1"))
    assert await kills() == [(1,), (10,)]


async def test_a_window_that_moves_sees_a_match_leave_and_another_enter(store: Store) -> None:
    """Second by second, from what was kept of the second before."""
    await join(store, ADA, OLIVE)
    week = timedelta(days=7)
    ends = [NOW - week + 3 * SECOND, NOW - week + 5 * SECOND, NOW + 2 * SECOND, NOW + 4 * SECOND]
    await store.matches.add(*(make_match(make_line(kills=10**n), ended_at=end) for n, end in enumerate(ends)))

    seen: list[int] = []
    for seconds in range(8):
        window = Window.rolling(week, NOW + seconds * SECOND)
        (line,) = await store.boards.totals(ARENA, [Counter.KILLS], window)
        seen.append(line.values[0])

    assert seen == [11, 11, 11, 111, 110, 1110, 1100, 1100]


async def test_a_window_that_ends_before_it_begins_is_empty(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await store.matches.add(make_match(make_line(kills=1, longest_spree=4), ended_at=MIDNIGHT))
    window = Window(MIDNIGHT + SECOND, MIDNIGHT - SECOND)

    (line,) = await store.boards.totals(ARENA, [Counter.KILLS], window)
    (spree,) = await store.boards.longest_sprees(ARENA, window)

    assert (line.matches, line.values, spree.values) == (0, (0,), (0,))


async def test_a_rolling_week_begins_at_its_second(store: Store) -> None:
    await join(store, ADA, OLIVE)
    week = timedelta(days=7)
    await store.matches.add(
        make_match(make_line(kills=1), ended_at=NOW - week - SECOND),
        make_match(make_line(kills=10), ended_at=NOW - week),
        make_match(make_line(kills=100), ended_at=NOW),
    )

    (line,) = await store.boards.totals(ARENA, [Counter.KILLS], Window.rolling(week, NOW))

    assert (line.matches, line.values) == (1, (10,))


async def test_time_zones_are_only_a_way_of_writing_a_moment(store: Store) -> None:
    from zoneinfo import ZoneInfo

    await join(store, ADA, OLIVE)
    await store.matches.add(
        make_match(make_line(kills=3), ended_at=MIDNIGHT.astimezone(ZoneInfo("Asia/Tokyo")))
    )

    here = MIDNIGHT.astimezone(ZoneInfo("America/Los_Angeles"))
    (line,) = await store.boards.totals(ARENA, [Counter.KILLS], Window(here, here + SECOND))

    assert line.values == (3,)


async def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        await store.boards.totals(ARENA, [], Window(datetime(2026, 11, 1)))  # noqa: DTZ001


async def test_members_without_matches_are_on_the_board_and_others_are_not(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat", server_id=TAVERN)
    await store.players.refreshed([OLIVE], NOW)

    board = await store.boards.totals(ARENA, [Counter.KILLS, Counter.DEATHS], Window())

    assert tuple(board) == (BoardLine(ADA, OLIVE, "Olive", False, NOW, 0, (0, 0)),)


async def test_ranks_are_the_last_seen_of_the_season(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    rose = Rank(current=1480, season_max=1490, all_time_max=1600)
    for rank, at in ((Rank(current=1400, season_max=1490, all_time_max=1600), NOW - DAY), (rose, NOW)):
        await store.snapshots.add(SLAYER, "CsrSeason10-1", {OLIVE: rank}, at)
    await store.snapshots.add(
        SLAYER, "CsrSeason9-1", {OLIVE: Rank(current=1, season_max=2, all_time_max=3)}, NOW
    )

    olive, pat = sorted(await store.boards.ranks(ARENA, SLAYER, "CsrSeason10-1"))

    assert olive[4:] == (NOW, 1480, 1490, 1600)
    assert pat[4:] == (None, None, None, None)


async def test_members_stand_in_the_order_of_their_gamertags(store: Store) -> None:
    for user_id, name in ((9, "zoe"), (3, "Äpfel"), (5, "mia"), (7, "Abe"), (4, "MIA")):
        await join(store, user_id, OLIVE + user_id, name)

    board = await store.boards.totals(ARENA, [], Window())
    ranks = await store.boards.ranks(ARENA, SLAYER, "season")

    assert [line.user_id for line in board] == [7, 4, 5, 9, 3]
    assert [line.user_id for line in ranks] == [7, 4, 5, 9, 3]
    assert [line.gamertag for line in board[:2]] == ["Abe", "MIA"]
    assert board[-1].gamertag == "Äpfel"


async def test_past_ranks_are_those_of_the_moment_and_of_the_season(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat")
    for day, current in enumerate((1400, None, 1480)):
        rank = Rank(current=current, season_max=1490, all_time_max=1600)
        await store.snapshots.add(SLAYER, "now", {OLIVE: rank}, NOW + day * DAY)
        await store.snapshots.add(SLAYER, "before", {PAT: rank}, NOW + day * DAY)
        await store.snapshots.add(OTHER, "now", {PAT: rank}, NOW + day * DAY)

    async def past(at: datetime) -> dict[int, int]:
        return await store.boards.past_ranks([OLIVE, PAT, 77], SLAYER, "now", at)

    assert await past(NOW - SECOND) == {}
    assert await past(NOW) == await past(NOW + DAY - SECOND) == {OLIVE: 1400}
    assert await past(NOW + DAY) == {}
    assert await past(NOW + 3 * DAY) == {OLIVE: 1480}
    assert await store.boards.past_ranks([], SLAYER, "now", NOW) == {}


async def test_a_servers_playlists_are_those_that_its_members_have_played(store: Store) -> None:
    await join(store, ADA, OLIVE)
    await join(store, BEN, PAT, "Pat", server_id=TAVERN)
    assert await store.boards.playlists(ARENA) == ()

    await store.matches.add(make_match(make_line(OLIVE), playlist_id=SLAYER))
    await store.matches.add(make_match(make_line(OLIVE), playlist_id=None))
    assert await store.boards.playlists(ARENA) == (SLAYER,)

    await store.matches.add(make_match(make_line(OLIVE), make_line(PAT), playlist_id=OTHER))
    assert await store.boards.playlists(ARENA) == (OTHER, SLAYER)
    assert await store.boards.playlists(TAVERN) == (OTHER,)

    await store.servers.remove_members(TAVERN, [BEN])
    assert await store.boards.playlists(TAVERN) == ()


async def test_peaks_are_no_lower_than_what_is_known_while_only_matches_told_of_a_season(
    store: Store,
) -> None:
    await join(store, ADA, OLIVE)
    before = Rank(current=1400, season_max=1450, all_time_max=1500)
    await store.snapshots.add(SLAYER, "before", {OLIVE: before}, NOW - 3 * DAY)

    (unplayed,) = await store.boards.ranks(ARENA, SLAYER, "now")
    assert unplayed[4:] == (None, None, None, 1500)

    from_match = Rank(current=1390, season_max=None, all_time_max=None)
    await store.snapshots.add(SLAYER, "now", {OLIVE: from_match}, NOW - DAY, has_peaks=False)
    (first,) = await store.boards.ranks(ARENA, SLAYER, "now")
    assert first[4:] == (NOW - DAY, 1390, 1390, 1500)

    risen = Rank(current=1520, season_max=None, all_time_max=None)
    await store.snapshots.add(SLAYER, "now", {OLIVE: risen}, NOW, has_peaks=False)
    (later,) = await store.boards.ranks(ARENA, SLAYER, "now")
    assert later[4:] == (NOW, 1520, 1520, 1520)


async def versions(store: Store) -> dict[str, int]:
    async with store.database.reading() as connection:
        rows = await connection.execute(select(VersionRow.topic, VersionRow.value))
        return {row.topic: row.value for row in rows}


async def test_boards_are_read_anew_only_if_what_they_show_has_changed(store: Store) -> None:
    """A version that moves makes every server's boards be read anew."""
    await join(store, ADA, OLIVE, "Olive")
    match = make_match(make_line(kills=1))
    await store.matches.add(match)
    rank = Rank(current=1400, season_max=1490, all_time_max=1600)
    await store.snapshots.add(SLAYER, "season", {OLIVE: rank}, NOW)
    before = await versions(store)
    assert before.keys() == {"members", "totals", "ranks"}

    hour = timedelta(hours=1)
    code = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)
    unchanging: dict[str, Coroutine[Any, Any, object]] = {
        "seen again": store.links.enter(ADA, ARENA, NOW + hour),
        "no link": store.links.enter(BEN, ARENA, NOW),
        "the same gamertag": store.players.saw(OLIVE, "Olive", NOW + hour),
        "an older gamertag": store.players.saw(OLIVE, "Former", NOW - 90 * DAY),
        "a stranger": store.players.saw(PAT, "Pat", NOW),
        "a known match": store.matches.add(match),
        "a match of nobody's": store.matches.add(make_match(make_line(PAT))),
        "an older rank": store.snapshots.add(SLAYER, "season", {OLIVE: rank}, NOW - DAY),
        "a wrong code": store.verifications.check(ADA, OLIVE, tag="", server_id=ARENA, at=NOW),
        "nobody left": store.servers.remove_members(ARENA, [BEN]),
    }
    for what, call in unchanging.items():
        await call
        assert await versions(store) == before, what

    changing: dict[str, tuple[str, Coroutine[Any, Any, object]]] = {
        "another gamertag": ("members", store.players.saw(OLIVE, "Popeye", NOW + 2 * hour)),
        "another server": ("members", store.links.enter(ADA, TAVERN, NOW)),
        "a match": ("totals", store.matches.add(make_match(make_line(kills=2)))),
        "a rank": ("ranks", store.snapshots.add(SLAYER, "season", {OLIVE: rank}, NOW + hour)),
        "somebody left": ("members", store.servers.remove_members(TAVERN, [ADA])),
        "proof": (
            "members",
            store.verifications.check(ADA, OLIVE, tag=code.text, server_id=ARENA, at=NOW),
        ),
    }
    for what, (topic, call) in changing.items():
        before = await versions(store)
        await call
        after = await versions(store)
        assert after[topic] != before[topic], what
        if what != "proof":
            assert {**after, topic: 0} == {**before, topic: 0}, what
