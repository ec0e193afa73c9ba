"""Whom a person means: themselves, a member they mention, or whoever they name."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any, Final

import structlog

from bot.reports.lookups import Lookups
from bot.reports.players import read_mention
from bot.stats.unanswerable import MentionNotLinked, NoAccountLinked
from bot.store import Link, Store, StoreError

__all__ = ["Identities"]

log = structlog.stdlib.get_logger("adjutant.identities")

CHOICES: Final = 25
CHOICE_LENGTH: Final = 100
BOARDS: Final = 500
BOARD_AGE: Final = timedelta(seconds=30)
# Autocomplete has three seconds in all; without the board it still has the caller's own look-ups.
BOARD_PATIENCE_S: Final = 1.0
NOTED: Final = 5_000
NOTED_AGE: Final = timedelta(hours=1)
SUGGESTIONS: Final = 3
LONGEST_COMPARED: Final = 64


@dataclass(frozen=True, slots=True)
class _Board:
    """The gamertags of a server's linked members, as they were at a moment."""

    gamertags: tuple[str, ...]
    at: datetime


class Identities:
    """Resolves people by their links, and offers names: those on this server's board and the caller's own look-ups.

    A server's name list is read from the store and remembered for half a minute. ``server_id`` is None outside
    of servers, and where the bot itself is not in the server: no board is looked at then.
    """

    def __init__(self, store: Store, lookups: Lookups, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._lookups = lookups
        self._now = now
        self._boards: OrderedDict[int, _Board] = OrderedDict()
        self._noted: OrderedDict[int, tuple[str, datetime]] = OrderedDict()
        self._notes: set[asyncio.Task[None]] = set()

    async def whom(self, asked: str | None, *, user_id: int, server_id: int | None) -> str | int:
        """Return what to ask Halo for: an XUID for the caller and for mentioned members, else what was typed.

        A mention names the caller, or a member on the board of this very server.

        Raises:
            NoAccountLinked: Nobody was named, and the caller has no link.
            MentionNotLinked: The mentioned member is not on this server's board.
            StoreError: The links cannot be read. Who is named by gamertag or XUID needs none.
        """
        if not (asked or "").strip():
            link = await self._store.links.of_user(user_id)
            if link is None:
                raise NoAccountLinked
            return link.xuid
        mentioned = read_mention(asked)
        return asked or "" if mentioned is None else await self._mentioned(mentioned, user_id, server_id)

    async def choices(self, typed: str, *, user_id: int, server_id: int | None) -> list[str]:
        """Return what autocomplete offers: the caller's look-ups, newest first, then the server's linked members."""
        wanted = _fold(typed)
        board = [tag for tag in await self._board(server_id) if wanted in _fold(tag)]
        found = dict.fromkeys((*self._lookups.matching(user_id, typed), *board))
        return [tag[:CHOICE_LENGTH] for tag in found][:CHOICES]

    async def like(self, asked: str, *, user_id: int, server_id: int | None) -> tuple[str, ...]:
        """Return the names, of those that :meth:`choices` may offer, that look most like an unknown gamertag."""
        known = (*await self._board(server_id), *self._lookups.matching(user_id, ""))
        by_folded = {_fold(tag): tag for tag in known}
        near = get_close_matches(_fold(asked)[:LONGEST_COMPARED], by_folded, n=SUGGESTIONS, cutoff=0.6)
        return tuple(by_folded[folded] for folded in near)

    def found(self, user_id: int, gamertag: str, xuid: int) -> None:
        """Remember a look-up, and in the background the gamertag that a kept player has now."""
        self._lookups.add(user_id, gamertag)
        known = self._noted.get(xuid)
        if known is not None and known[0] == gamertag and self._now() - known[1] < NOTED_AGE:
            return
        self._noted[xuid] = (gamertag, self._now())
        self._noted.move_to_end(xuid)
        while len(self._noted) > NOTED:
            self._noted.popitem(last=False)
        self._in_background(self._note(xuid, gamertag))

    def outdated(self, server_id: int | None) -> None:
        """Read a server's board anew the next time: somebody came or went."""
        if server_id is not None:
            self._boards.pop(server_id, None)

    def forget(
        self, *, user_ids: Collection[int], xuids: Collection[int], gamertags: Collection[str]
    ) -> None:
        """Forget people wholly: their look-ups, and their names in everybody's."""
        self._boards.clear()
        for xuid in xuids:
            self._noted.pop(xuid, None)
        self._lookups.forget(user_ids=user_ids, gamertags=gamertags)

    async def close(self) -> None:
        """Finish what is still being noted."""
        await asyncio.gather(*self._notes, return_exceptions=True)

    async def _mentioned(self, mentioned: int, user_id: int, server_id: int | None) -> int:
        if mentioned == user_id:
            link = await self._store.links.of_user(user_id)
            if link is None:
                raise NoAccountLinked
            return link.xuid
        links: Collection[Link] = ()
        if server_id is not None:
            links = await self._store.links.of_server(server_id)
        for link in links:
            if link.user_id == mentioned:
                return link.xuid
        raise MentionNotLinked(mentioned)

    async def _board(self, server_id: int | None) -> tuple[str, ...]:
        if server_id is None:
            return ()
        kept = self._boards.get(server_id)
        if kept is not None and self._now() - kept.at < BOARD_AGE:
            return kept.gamertags
        at = self._now()
        try:
            async with asyncio.timeout(BOARD_PATIENCE_S):
                links = await self._store.links.of_server(server_id)
        except (StoreError, TimeoutError) as error:
            log.warning("no names of the board", reason=type(error).__name__)
            return kept.gamertags if kept is not None else ()
        gamertags = sorted((link.gamertag for link in links if link.gamertag), key=str.casefold)
        self._boards[server_id] = _Board(tuple(dict.fromkeys(gamertags)), at)
        self._boards.move_to_end(server_id)
        while len(self._boards) > BOARDS:
            self._boards.popitem(last=False)
        return self._boards[server_id].gamertags

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work, name="note-gamertag")
        self._notes.add(task)
        task.add_done_callback(self._notes.discard)

    async def _note(self, xuid: int, gamertag: str) -> None:
        try:
            # Whoever is not linked, or is called as ever, costs no writing, and no board is read anew for it.
            links = await self._store.links.of_player(xuid)
            if links and links[0].gamertag != gamertag:
                await self._store.players.saw(xuid, gamertag, self._now())
        except StoreError as error:
            self._noted.pop(xuid, None)
            log.warning("gamertag not noted", reason=str(error))


def _fold(text: str) -> str:
    return "".join(text.casefold().split())
