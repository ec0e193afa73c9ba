"""Matches with every human player's line, each stored once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import whole_seconds
from bot.store.database import Database, insert_into
from bot.store.packing import pack_medals, unpack_medals
from bot.store.players import player_ids
from bot.store.references import playlist_number, season_number
from bot.store.tables import LineRow, MatchRow, PlayerRow
from bot.store.topics import Topic
from bot.store.totals import add_to_totals

__all__ = ["Line", "Match", "Matches"]

_MOST: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A human player's numbers in one match.

    Attributes:
        xuid: Who it was; None in what is read back if the player's data was erased.
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
            ValueError: A counter is negative or over 31 bits.
        """
        wrong = [name for name in _COUNTERS if not 0 <= getattr(self, name) <= _MOST]
        if wrong:
            raise ValueError(f"out of range: {', '.join(wrong)}")


_COUNTERS: Final = tuple(f.name for f in fields(Line) if f.name not in {"xuid", "medals"})


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


class Matches:
    """The matches that have been taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *matches: Match) -> frozenset[UUID]:
        """Store matches with all their lines and totals, all at once; return the ids of those that were new.

        The same match again changes nothing, whoever brings it and whenever, also at the same time.
        A history is best brought by some dozens, its oldest first.

        Raises:
            ValueError: A line has no XUID or an impossible one; nothing was stored.
            StoreError: Nothing was stored.
        """
        async with self._database.writing(changes={Topic.TOTALS}) as connection:
            players = await player_ids(connection, _xuids(matches))
            new: dict[UUID, int] = {}
            for match in matches:
                number = await _insert(connection, match)
                if number is not None:
                    new[match.match_id] = number
                    await _insert_lines(connection, number, match.lines, players)
            await add_to_totals(connection, list(new.values()))
            return frozenset(new)

    async def unknown(self, match_ids: Collection[UUID]) -> frozenset[UUID]:
        """Return which of these have not been stored."""
        async with self._database.reading() as connection:
            known = select(MatchRow.match_id).where(MatchRow.match_id.in_(match_ids))
            return frozenset(match_ids) - set((await connection.execute(known)).scalars())

    async def lines(self, match_id: UUID) -> tuple[Line, ...]:
        """Return the lines of a match, in no order; none if it is not there."""
        columns = [getattr(LineRow, name) for name in _COUNTERS]
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(PlayerRow.xuid, LineRow.medals, *columns)
                .join(LineRow, LineRow.player_id == PlayerRow.id)
                .join(MatchRow, MatchRow.id == LineRow.match_id)
                .where(MatchRow.match_id == match_id)
            )
            return tuple(
                Line(xuid=xuid, medals=unpack_medals(medals), **dict(zip(_COUNTERS, numbers, strict=True)))
                for xuid, medals, *numbers in rows
            )


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
