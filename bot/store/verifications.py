"""Proof of ownership: a code that the player sets as service tag in the game."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from random import Random
from typing import Final

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.claims import claim_everywhere, contest, enter_server
from bot.store.database import Database, insert_into, mark_changed
from bot.store.links import Duties, add_duties, link_of, set_link
from bot.store.players import drop_unused_players, named_player, remember_gamertag
from bot.store.tables import CodeRow
from bot.store.topics import Topic

__all__ = ["Code", "Outcome", "Verdict", "Verifications"]

ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I and 1, no L, no O and 0
LENGTH: Final = 4
VALID_FOR: Final = timedelta(minutes=15)
CHECKS: Final = 5


@dataclass(frozen=True, slots=True)
class Code:
    """What to set as service tag, until when, and how often one may still look."""

    text: str
    expires_at: datetime
    checks_left: int


class Outcome(Enum):
    """What a check found."""

    RIGHT = "right"
    WRONG = "wrong"
    USED_UP = "used_up"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check found, and how many are left; XUIDs that nobody links any more, as in `Claim`."""

    outcome: Outcome
    checks_left: int = 0
    forgotten: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Right:
    """What is stored when a code turns out right."""

    user_id: int
    server_id: int | None
    at: datetime
    gamertag: str | None
    duties: Duties | None


class Verifications:
    """One open code per member and account, valid 15 minutes and 5 checks."""

    def __init__(self, database: Database, random: Random) -> None:
        self._database = database
        self._random = random

    async def open(self, user_id: int, xuid: int, *, current_tag: str, at: datetime) -> Code:
        """Return the code that is open, or a new one; a new one is never the tag that the account has now."""
        async with self._database.writing(changes=()) as connection:
            player_id = await named_player(connection, xuid)
            found = (await connection.execute(_open_code(user_id, player_id, at))).first()
            if found is not None:
                return Code(*found)
            await _close(connection, user_id, player_id)
            code = Code(self._draw(current_tag), at + VALID_FOR, CHECKS)
            await connection.execute(
                insert_into(connection, CodeRow).values(
                    user_id=user_id,
                    player_id=player_id,
                    code=code.text,
                    expires_at=code.expires_at,
                    checks_left=code.checks_left,
                )
            )
            return code

    async def check(
        self,
        user_id: int,
        xuid: int,
        *,
        tag: str,
        server_id: int | None,
        at: datetime,
        gamertag: str | None = None,
        duties: Duties | None = None,
    ) -> Verdict:
        """Hold the tag that the account has now, read uncached, against the open code.

        If it is right the user is linked to the account and verified, and holds it from now on in every server
        whose board the user is on, and in this one. With the link are stored the ``gamertag`` that the account
        has now, if that is known, and the ``duties`` that a link brings: all of it, or nothing.
        """
        right = _Right(user_id, server_id, at, gamertag, duties)
        verdict = await self._check(user_id, xuid, tag, at, right)
        if verdict.forgotten:
            self._database.forget_copies()
        return verdict

    async def _check(self, user_id: int, xuid: int, tag: str, at: datetime, right: _Right) -> Verdict:
        async with self._database.writing(changes=()) as connection:
            player_id = await named_player(connection, xuid)
            found = (await connection.execute(_open_code(user_id, player_id, at))).first()
            if found is None:
                await _close(connection, user_id, player_id)
                await drop_unused_players(connection, [player_id])
                return Verdict(outcome=Outcome.EXPIRED)
            if _same(tag, found.code):
                await _close(connection, user_id, player_id)
                forgotten = await _confirm(connection, player_id, right)
                return Verdict(outcome=Outcome.RIGHT, forgotten=forgotten)
            left = found.checks_left - 1
            if not left:
                await _close(connection, user_id, player_id)
                await drop_unused_players(connection, [player_id])
                return Verdict(outcome=Outcome.USED_UP)
            this = (CodeRow.user_id == user_id, CodeRow.player_id == player_id)
            await connection.execute(update(CodeRow).where(*this).values(checks_left=left))
            return Verdict(outcome=Outcome.WRONG, checks_left=left)

    async def drop_expired(self, at: datetime) -> int:
        """Forget the codes whose time is over; return how many."""
        async with self._database.writing(changes=(), background=True) as connection:
            gone = delete(CodeRow).where(CodeRow.expires_at <= at).returning(CodeRow.player_id)
            players = (await connection.execute(gone)).scalars().all()
            await drop_unused_players(connection, players)
            return len(players)

    def _draw(self, current_tag: str) -> str:
        while True:
            text = "".join(self._random.choices(ALPHABET, k=LENGTH))
            if not _same(text, current_tag):
                return text


def _same(tag: str, code: str) -> bool:
    return tag.strip().upper() == code.strip().upper()


def _open_code(user_id: int, player_id: int, at: datetime) -> Select[str, datetime, int]:
    return select(CodeRow.code, CodeRow.expires_at, CodeRow.checks_left).where(
        CodeRow.user_id == user_id, CodeRow.player_id == player_id, CodeRow.expires_at > at
    )


async def _close(connection: AsyncConnection, user_id: int, player_id: int) -> None:
    await connection.execute(
        delete(CodeRow).where(CodeRow.user_id == user_id, CodeRow.player_id == player_id)
    )


async def _confirm(connection: AsyncConnection, player_id: int, right: _Right) -> tuple[int, ...]:
    user_id, server_id, at = right.user_id, right.server_id, right.at
    await mark_changed(connection, tuple(Topic))
    old = (await connection.execute(link_of(user_id))).first()
    forgotten = await set_link(connection, user_id, player_id, at=at, verified_at=at)
    if right.gamertag is not None:
        await remember_gamertag(connection, player_id, right.gamertag, at)
    await claim_everywhere(connection, user_id, player_id, at)
    if server_id is not None:
        await contest(connection, server_id, user_id, player_id, at)
        await enter_server(connection, server_id, user_id, at)
    is_new = old is None or old.player_id != player_id
    await add_duties(connection, right.duties, is_new=is_new, released=forgotten)
    return forgotten
