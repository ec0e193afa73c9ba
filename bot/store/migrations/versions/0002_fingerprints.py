"""Players whom nobody links are known by a fingerprint, no longer by their XUID, and without a gamertag."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic.operations import Operations

from bot.store.fingerprints import FOR_FINGERPRINTS, fingerprint, new_secret

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CHUNK: Final = 1_000

_SECRETS: Final = sa.table("secrets", sa.column("name", sa.String()), sa.column("value", sa.LargeBinary()))
_PLAYERS: Final = sa.table(
    "players",
    sa.column("id", sa.BigInteger()),
    sa.column("xuid", sa.BigInteger()),
    sa.column("gamertag", sa.String()),
    sa.column("tracked", sa.Boolean()),
    sa.column("refreshed_at", sa.BigInteger()),
)
_GAMERTAGS: Final = sa.table("gamertags", sa.column("player_id", sa.BigInteger()))
_CODES: Final = sa.table("codes", sa.column("player_id", sa.BigInteger()))
_JOBS: Final = sa.table(
    "jobs",
    sa.column("kind", sa.String()),
    sa.column("key", sa.String()),
    sa.column("priority", sa.SmallInteger()),
    sa.column("payload", sa.JSON()),
    sa.column("due_at", sa.BigInteger()),
    sa.column("attempts", sa.Integer()),
)


def upgrade(op: Operations) -> None:
    """Make the secret, and put fingerprints in the place of XUIDs."""
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
        sqlite_with_rowid=False,
    )
    secret = new_secret()
    connection = op.get_bind()
    connection.execute(sa.insert(_SECRETS).values(name=FOR_FINGERPRINTS, value=secret))
    if _conceal(connection, secret):
        # What the rows said before is still in the files: to rewrite them is due at once.
        connection.execute(
            sa.insert(_JOBS).values(
                kind="scrub", key=f"step {revision}", priority=0, payload={}, due_at=0, attempts=0
            )
        )


def _conceal(connection: sa.Connection, secret: bytes) -> bool:
    """Conceal who is there without a link and without an open code; return whether that is anybody."""
    claimed = sa.exists().where(_CODES.c.player_id == _PLAYERS.c.id)
    nobodys = (
        sa.select(_PLAYERS.c.id, _PLAYERS.c.xuid)
        .where(_PLAYERS.c.xuid > 0, _PLAYERS.c.tracked.is_(False), ~claimed)
        .order_by(_PLAYERS.c.id)
        .limit(_CHUNK)
    )
    conceal = (
        sa.update(_PLAYERS)
        .where(_PLAYERS.c.id == sa.bindparam("player"))
        .values(xuid=sa.bindparam("mark"), gamertag=None, refreshed_at=None)
    )
    unname = sa.delete(_GAMERTAGS).where(_GAMERTAGS.c.player_id == sa.bindparam("player"))
    last = None
    while True:
        some = nobodys if last is None else nobodys.where(_PLAYERS.c.id > last)
        rows = connection.execute(some).all()
        if not rows:
            return last is not None
        marks = [{"player": number, "mark": fingerprint(secret, xuid)} for number, xuid in rows]
        connection.execute(conceal, marks)
        connection.execute(unname, [{"player": number} for number, _ in rows])
        last = rows[-1][0]
