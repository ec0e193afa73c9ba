"""Copying every row from one database into another one, whichever backends they are on."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Integer, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import Base

__all__ = ["replace_rows"]

_CHUNK: Final = 1_000


async def replace_rows(source: AsyncConnection, target: AsyncConnection) -> None:
    """Put all rows in the place of those that are there, within the target's transaction.

    Both are of the same version. What refers to a row comes after it. Secrets go along, as fingerprints say
    something only together with the one that they were made with.
    """
    for table in reversed(Base.metadata.sorted_tables):
        await target.execute(table.delete())
    for table in Base.metadata.sorted_tables:
        async with source.stream(select(table)) as rows:
            async for some in rows.mappings().partitions(_CHUNK):
                await target.execute(table.insert(), [dict(row) for row in some])
        await _count_on(target, table)


async def _count_on(target: AsyncConnection, table: Table) -> None:
    """Let PostgreSQL number new rows behind those that were copied; SQLite does so by itself."""
    number = table.autoincrement_column
    if target.dialect.name == "sqlite" or number is None or not isinstance(number.type, Integer):
        return
    last: int | None = (await target.execute(select(func.max(number)).where(number > 0))).scalar_one_or_none()
    await target.execute(
        text("SELECT setval(pg_get_serial_sequence(:table, :column), :value, :used)"),
        {"table": table.name, "column": number.name, "value": last or 1, "used": last is not None},
    )
