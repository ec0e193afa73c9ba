"""Of which version a database is, found out without changing it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.store import migrations
from bot.store.migrate import check_version
from bot.store.tables import Base

__all__ = ["State", "state_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a database has come.

    Attributes:
        revision: The last step that was done to it; None: none.
        newest: The last one that this version of Adjutant knows.
        taken: Tables that are in the way of the first step, by name: nobody knows who made them.
    """

    revision: str | None
    newest: str | None
    taken: tuple[str, ...] = ()


def state_of(connection: Connection) -> State:
    """Return how far a database has come.

    Raises:
        StoreVersionError: A later version of Adjutant has written it.
    """
    check_version(connection)
    newest = ScriptDirectory(str(Path(migrations.__file__).parent)).get_current_head()
    revision = MigrationContext.configure(connection).get_current_revision()
    there = set(inspect(connection).get_table_names())
    taken = () if revision else tuple(sorted(there & Base.metadata.tables.keys()))
    return State(revision=revision, newest=newest, taken=taken)
