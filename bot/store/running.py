"""Running totals: rows that each hold the sum of everything up to them, whatever order things arrive in.

What happened between two moments is then the difference of two rows, each found by one look into the index,
and nothing in between is read. A row belongs to a key (a player in a scope, say) and has a position there.
Something that arrives late is added to every later row of its key; many late things at once touch each later
row once. History that is added oldest first costs least.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Insert,
    Table,
    Update,
    and_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

__all__ = ["LAST_POSITION", "MATCH_BITS", "Addition", "RunningTotals", "position_of"]

MATCH_BITS: Final = 30
LAST_POSITION: Final = 2**63 - 1


def position_of(ended_at: int, match_id: int) -> int:
    """Return a match's place in time as one number: by its second, then by its number (up to 2³⁰).

    With a match id of 0 it is the first place of that second, hence a window's edge.
    """
    return (ended_at << MATCH_BITS) | match_id


@dataclass(frozen=True, slots=True)
class Addition:
    """What one match adds to a key: to the sums, and as its row's own."""

    position: int
    sums: tuple[int, ...]
    own: tuple[Any, ...] = ()


class RunningTotals:
    """A table of running totals: the columns of its key, ``position``, sums, and what is a row's own."""

    def __init__(
        self, table: Table, *, key: Sequence[str], sums: Sequence[str], own: Sequence[str] = ()
    ) -> None:
        self._table, self._key, self._sums, self._own = table, tuple(key), tuple(sums), tuple(own)

    async def add(
        self, connection: AsyncConnection, additions: Mapping[tuple[int, ...], Sequence[Addition]]
    ) -> None:
        """Add to the totals of every key; a position must not be there yet.

        Each key's additions go from the oldest to the newest. The first ones of all keys are one call to the
        database, then the second ones: a match is two calls, however many players it has.
        """
        queues = {key: sorted(some, key=lambda a: a.position) for key, some in additions.items()}
        running: dict[tuple[int, ...], tuple[int, ...]] = dict.fromkeys(queues, (0,) * len(self._sums))
        for turn in range(max(map(len, queues.values()), default=0)):
            inserts: list[dict[str, Any]] = []
            updates: list[dict[str, Any]] = []
            for key, queue in queues.items():
                if turn >= len(queue):
                    continue
                now = queue[turn]
                until = queue[turn + 1].position if turn + 1 < len(queue) else LAST_POSITION
                running[key] = tuple(a + b for a, b in zip(running[key], now.sums, strict=True))
                place = dict(zip(_names("at", self._key), key, strict=True)) | {"at_position": now.position}
                own = dict(zip(_names("add", self._own), now.own, strict=True))
                inserts.append(place | own | dict(zip(_names("add", self._sums), now.sums, strict=True)))
                later = dict(zip(_names("add", self._sums), running[key], strict=True))
                updates.append(place | later | {"until_position": until})
            await connection.execute(self._insert, inserts)
            await connection.execute(self._update, updates)

    @cached_property
    def _insert(self) -> Insert:
        """One new row: the row before it, and what is added."""
        before = self._table.alias("before")
        single = select(literal(1).label("one")).subquery("single")
        edge = self._before(bindparam("at_position", type_=self._table.c.position.type))
        joined = single.outerjoin(before, and_(*self._same_key(before), before.c.position == edge))
        columns = (*self._key, "position", *self._sums, *self._own)
        values: list[ColumnElement[Any]] = [
            *(self._bound("at", name) for name in (*self._key, "position")),
            *(func.coalesce(before.c[name], 0) + self._bound("add", name) for name in self._sums),
            *(self._bound("add", name) for name in self._own),
        ]
        return self._table.insert().from_select(columns, select(*values).select_from(joined))

    @cached_property
    def _update(self) -> Update:
        """Every row from the new one to the next new one."""
        position = self._table.c.position
        return (
            self._table.update()
            .where(
                *self._same_key(self._table),
                position > self._bound("at", "position"),
                position < bindparam("until_position", type_=position.type),
            )
            .values({name: self._table.c[name] + self._bound("add", name) for name in self._sums})
        )

    def _before(self, edge: ColumnElement[int]) -> ColumnElement[int]:
        other = self._table.alias("other")
        return (
            select(func.max(other.c.position))
            .where(*self._same_key(other), other.c.position < edge)
            .scalar_subquery()
        )

    def _same_key(self, table: FromClause) -> list[ColumnElement[bool]]:
        return [table.c[name] == self._bound("at", name) for name in self._key]

    def _bound(self, prefix: str, name: str) -> ColumnElement[Any]:
        column: Column[Any] = self._table.c[name]
        return bindparam(f"{prefix}_{name}", type_=column.type)


def _names(prefix: str, columns: Sequence[str]) -> list[str]:
    return [f"{prefix}_{name}" for name in columns]
