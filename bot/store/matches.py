"""Matches with every human player's line, each stored once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import whole_seconds
from bot.store.database import Database, insert_into, mark_changed
from bot.store.packing import pack_medals, unpack_medals
from bot.store.players import line_players, tracked_among
from bot.store.references import playlist_number, season_number
from bot.store.tables import LineRow, MatchRow, PlayerRow
from bot.store.topics import Topic
from bot.store.totals import add_lines_to_totals, add_to_totals

__all__ = ["Line", "Match", "Matches"]

_MOST: Final = 2**31 - 1
_MOST_SMALL: Final = 2**15 - 1
_LAST_SECOND: Final = 2**32 - 1  # in 2106
_LONGEST_PATH: Final = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A human player's numbers in one match.

    Attributes:
        xuid: Who it was; None in what is read back of whom nobody links.
        outcome: Halo's number: 1 tie, 2 win, 3 loss, 4 did not finish.
        perfects: How often the medal Perfect was earned.
        shots: Shots fired; ``hits`` is how many of them hit.
        damage: Damage dealt.
        played_ms: Time played, in milliseconds.
        objective_ms: Time with flag, skull, seed, in zones and as the VIP, in milliseconds.
        medals: How often each medal was earned, by its name id.
    """

    xuid: int | None
    outcome: int
    kills: int
    deaths: int
    assists: int
    headshots: int
    perfects: int
    shots: int
    hits: int
    damage: int
    played_ms: int
    objective_ms: int
    longest_spree: int
    medals: Mapping[int, int] = field(default_factory=dict[int, int])

    def __post_init__(self) -> None:
        """Refuse what no match has; services are not trusted to count.

        Raises:
            ValueError: The XUID is not a positive number of 63 bits, a counter is negative or over 31 bits, or a
                medal's count over 16.
        """
        if self.xuid is not None and not 0 < self.xuid < 2**63:
            raise ValueError("out of range: xuid")
        wrong = [name for name in _COUNTERS if not 0 <= getattr(self, name) <= _MOST]
        if wrong or self.outcome > _MOST_SMALL:
            raise ValueError(f"out of range: {', '.join(wrong) or 'outcome'}")
        pack_medals(self.medals)


_COUNTERS: Final = tuple(f.name for f in fields(Line) if f.name not in {"xuid", "medals"})
_NUMBERS: Final = tuple(getattr(LineRow, name) for name in _COUNTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match that is over.

    Attributes:
        ended_at: When it ended, which is when it counts; kept to the second.
        mode_category: Halo's game variant category.
        playlist_id: The playlist's asset id; None for custom games.
        season_id: The season's path as the match names it.
        matchmade: Whether matchmaking made it.
        pvp: Whether players fought players: no Firefight, no bot lobby.
        ranked: Whether it counted for a CSR.
        lines: One for each human player.
    """

    match_id: UUID
    ended_at: datetime
    mode_category: int
    playlist_id: UUID | None
    season_id: str | None
    matchmade: bool
    pvp: bool
    ranked: bool
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        """Refuse what no match has.

        Raises:
            ValueError: The end is not from 1970 to 2106 or has no time zone, the category is not one of 15 bits,
                the season is no path, or a player has two lines.
        """
        if not 0 <= whole_seconds(self.ended_at) <= _LAST_SECOND:
            raise ValueError("out of range: ended_at")
        if not 0 <= self.mode_category <= _MOST_SMALL:
            raise ValueError("out of range: mode_category")
        if self.season_id is not None and not (self.season_id.isascii() and self.season_id.isprintable()):
            raise ValueError("a season's path has to be ASCII")
        if self.season_id is not None and len(self.season_id) > _LONGEST_PATH:
            raise ValueError("a season's path is too long")
        if len({line.xuid for line in self.lines}) < len(self.lines):
            raise ValueError("a player has two lines")


class Matches:
    """The matches that have been taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *matches: Match) -> frozenset[UUID]:
        """Store matches with all their lines and totals, all at once; return the ids of those that changed anything.

        The same match again changes nothing, whoever brings it and whenever, also at the same time. A match in
        which nobody was whom somebody links is not stored: nobody needs it, or whoever did was erased meanwhile.
        Everybody else's line is stored under a fingerprint, by which it is found when somebody links the player.
        A player who was erased and linked anew gets back the lines of stored matches that others needed.
        A history is best brought by some dozens, its oldest first.

        Raises:
            ValueError: A line has no XUID; nothing was stored.
            StoreError: Nothing was stored.
        """
        async with self._database.writing(changes=(), background=True) as connection:
            tracked = await tracked_among(connection, _xuids(matches))
            wanted = [match for match in matches if any(line.xuid in tracked for line in match.lines)]
            players = await line_players(connection, _xuids(wanted))
            new: dict[UUID, int] = {}
            named: dict[UUID, list[tuple[int, int]]] = {}
            for match in wanted:
                number = await _insert(connection, match)
                if number is not None:
                    new[match.match_id] = number
                    await _insert_lines(connection, number, match.lines, players)
                elif given_back := await _name_lines(connection, match, tracked):
                    named[match.match_id] = given_back
            if new or named:
                await mark_changed(connection, {Topic.TOTALS})
            await add_to_totals(connection, list(new.values()))
            await add_lines_to_totals(connection, [line for lines in named.values() for line in lines])
            return frozenset(new) | frozenset(named)

    async def unknown(self, match_ids: Collection[UUID], *, xuid: int | None = None) -> frozenset[UUID]:
        """Return which of these, some hundreds at most, are still to be fetched.

        Args:
            match_ids: Matches of a history.
            xuid: Whose history it is: then also those are returned that are stored, but in which this player's
                line may be one that lost its name when the player was erased.
        """
        known = select(MatchRow.match_id).where(MatchRow.match_id.in_(match_ids))
        if xuid is not None:
            line = LineRow.match_id == MatchRow.id
            mine = exists().where(line, PlayerRow.id == LineRow.player_id, PlayerRow.xuid == xuid)
            known = known.where(or_(mine, ~exists().where(line, LineRow.player_id < 0)))
        async with self._database.reading() as connection:
            return frozenset(match_ids) - set((await connection.execute(known)).scalars())

    async def lines(self, match_id: UUID) -> tuple[Line, ...]:
        """Return the lines of a match, in no order; none if it is not there."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(PlayerRow.xuid, LineRow.medals, *_NUMBERS)
                .join(LineRow, LineRow.player_id == PlayerRow.id)
                .join(MatchRow, MatchRow.id == LineRow.match_id)
                .where(MatchRow.match_id == match_id)
            )
            return tuple(
                Line(
                    xuid=_named(xuid),
                    medals=unpack_medals(medals),
                    **dict(zip(_COUNTERS, numbers, strict=True)),
                )
                for xuid, medals, *numbers in rows
            )


def _named(key: int | None) -> int | None:
    """Return the XUID of whoever is there with it; a fingerprint names nobody."""
    return key if key is not None and key > 0 else None


def _xuids(matches: Sequence[Match]) -> set[int]:
    xuids = {line.xuid for match in matches for line in match.lines}
    known = {xuid for xuid in xuids if xuid is not None}
    if len(known) < len(xuids):
        raise ValueError("a line has no XUID")
    return known


async def _insert(connection: AsyncConnection, match: Match) -> int | None:
    """Store a match without its lines; return its number, or None if it was there."""
    row = {
        "match_id": match.match_id,
        "ended_at": whole_seconds(match.ended_at),
        "mode_category": match.mode_category,
        "playlist_id": match.playlist_id and await playlist_number(connection, match.playlist_id),
        "season_id": match.season_id and await season_number(connection, match.season_id),
        "matchmade": match.matchmade,
        "pvp": match.pvp,
        "ranked": match.ranked,
    }
    new = insert_into(connection, MatchRow).values(row).on_conflict_do_nothing(index_elements=["match_id"])
    return (await connection.execute(new.returning(MatchRow.id))).scalar_one_or_none()


async def _insert_lines(
    connection: AsyncConnection, match: int, lines: Sequence[Line], players: Mapping[int, int]
) -> None:
    rows = [
        {
            "match_id": match,
            "player_id": players[line.xuid],
            "medals": pack_medals(line.medals),
            **{name: getattr(line, name) for name in _COUNTERS},
        }
        for line in lines
        if line.xuid is not None
    ]
    if rows:
        await connection.execute(insert_into(connection, LineRow), rows)


async def _name_lines(
    connection: AsyncConnection, match: Match, tracked: Mapping[int, int]
) -> list[tuple[int, int]]:
    """Give tracked players their lines in a stored match back; return match and player of those that were lost.

    A lost line is known by its numbers: who else had the very same in this match has lost nothing by a swap.
    One that is not found, because an earlier version counted otherwise, is stored anew.
    """
    number = (
        await connection.execute(select(MatchRow.id).where(MatchRow.match_id == match.match_id))
    ).scalar_one()
    there = select(LineRow.player_id, LineRow.medals, *_NUMBERS).where(LineRow.match_id == number)
    lines = {player: tuple(numbers) for player, *numbers in await connection.execute(there)}
    given_back: list[tuple[int, int]] = []
    for line in match.lines:
        player = None if line.xuid is None else tracked.get(line.xuid)
        if player is None or player in lines:
            continue
        same = (pack_medals(line.medals), *(getattr(line, name) for name in _COUNTERS))
        nobody = next((p for p, numbers in lines.items() if p < 0 and numbers == same), None)
        if nobody is None:
            await _insert_lines(connection, number, [line], tracked)
        else:
            del lines[nobody]
            this = update(LineRow).where(LineRow.match_id == number, LineRow.player_id == nobody)
            await connection.execute(this.values(player_id=player))
            await connection.execute(delete(PlayerRow).where(PlayerRow.id == nobody))
        given_back.append((number, player))
    return given_back
