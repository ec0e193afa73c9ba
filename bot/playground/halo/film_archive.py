"""Which matches have a film, and what lies in storage of it. Films are made when they are first asked for."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cached_property
from typing import Final, Literal
from uuid import UUID

from pydantic import ConfigDict

from bot.playground.halo.answers import Refusal
from bot.playground.world import World
from bot.playground.world.catalogue import derive_id
from bot.playground.world.film import write_highlight_events
from bot.playground.world.film_script import write_script
from bot.playground.world.match import Match
from bot.playground.world.plan import Lifecycle, Plan

__all__ = ["Chunk", "ChunkKind", "Expiry", "Film", "FilmArchive", "FilmRules"]

_HEADER_MS: Final = 10
_HIGHLIGHTS_MS: Final = 2
_REEL_MS: Final = 20_000
_HEADER_BYTES: Final = 3_000
_REEL_BYTES: Final = 2_000
_VERSIONS: Final = range(37, 42)
_KEPT: Final = 16
_FILM_MASK: Final = 0x5C11A5C1_1A5C_0A5C_05C1_1A5C11A5C11A
"""Makes of a match's id that of its film, and the other way round; it leaves a UUID's own marks alone."""


class ChunkKind(IntEnum):
    """What a chunk holds, by the service's number."""

    HEADER = 1
    REPLICATION = 2
    HIGHLIGHTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A part of a film; ``size`` is in bytes."""

    kind: ChunkKind
    start_ms: int
    duration_ms: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """How a film is gone: with which status, and whether its manifest is still there, though storage has forgotten it."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    status: Literal[404, 410] = 404
    keeps_manifest: bool = False


@dataclass(slots=True, kw_only=True)
class FilmRules:
    """How films are kept; everything may be changed at any time.

    Attributes:
        life: How long after its match a film is there.
        delay: How long after its match a film is complete; until then it has no highlights.
        update_every: How often the game got an update that raised the films' major version, up to the world's
            beginning: the newest films have version 41, those before it 40, and so on to 37.
        version: One for all films, instead.
    """

    life: timedelta = timedelta(weeks=11)
    delay: timedelta = timedelta(seconds=20)
    update_every: timedelta = timedelta(weeks=2)
    version: int | None = None


_GONE: Final = Expiry()


class Film:
    """The film of a match, as far as it has been shot by ``now_ms`` after the match was made; None is all of it."""

    def __init__(self, match: Match, version: int, now_ms: int | None) -> None:
        plan = match.plan
        self.match_id = plan.match_id
        self.version = version
        self.complete = now_ms is None
        self.length_ms = round((plan.ends_at - plan.starts_at).total_seconds() * 1000)
        if now_ms is not None:
            self.length_ms = min(now_ms, self.length_ms)
        self._match = match

    @property
    def asset_id(self) -> UUID:
        """The id of the film."""
        return _other_id(self.match_id)

    @property
    def session_id(self) -> UUID:
        """The folder within the film's own."""
        return derive_id("film session", self.match_id)

    @cached_property
    def _highlights(self) -> bytes:
        return write_highlight_events(write_script(self._match), self.version)

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Every part in order: the header, about 20 seconds each, and of a complete film the highlights.

        The first time takes a moment; call it in a thread.
        """
        chunks = [self._chunk(0, ChunkKind.HEADER, 0, _HEADER_MS)]
        start_ms = 0
        while start_ms < self.length_ms:
            duration_ms = min(_REEL_MS, self.length_ms - start_ms)
            chunks.append(self._chunk(len(chunks), ChunkKind.REPLICATION, start_ms, duration_ms))
            start_ms += duration_ms + 1
        if self.complete:
            chunks.append(
                Chunk(
                    kind=ChunkKind.HIGHLIGHTS,
                    start_ms=self.length_ms,
                    duration_ms=_HIGHLIGHTS_MS,
                    size=len(self._highlights),
                )
            )
        return tuple(chunks)

    def _chunk(self, index: int, kind: ChunkKind, start_ms: int, duration_ms: int) -> Chunk:
        size = len(self._footage(index))
        return Chunk(kind=kind, start_ms=start_ms, duration_ms=duration_ms, size=size)

    def read(self, index: int) -> bytes | None:
        """What lies in storage of a chunk, None where there is none. The first time takes a moment."""
        if index >= len(self.chunks):
            return None
        return self._highlights if self.chunks[index].kind is ChunkKind.HIGHLIGHTS else self._footage(index)

    def _footage(self, index: int) -> bytes:
        """Zlib data, as the real one, of which nobody knows the meaning, as of the real one."""
        rng = random.Random(f"footage/{self.match_id}/{index}")  # noqa: S311 - noise
        return zlib.compress(rng.randbytes(_REEL_BYTES if index else _HEADER_BYTES), 1)


class FilmArchive:
    """The films of a world.

    Every match has one but those played on a local network. It expires after a time; any can be made to expire at once.
    """

    def __init__(self, world: World, clock: Callable[[], datetime]) -> None:
        self.rules = FilmRules()
        self._world = world
        self._clock = clock
        self._gone: dict[UUID, Expiry] = {}
        self._kept: dict[tuple[UUID, int], Film] = {}

    def expire(self, match_id: UUID, expiry: Expiry = _GONE) -> None:
        """Let a film be gone."""
        self._gone[match_id] = expiry

    def restore(self, match_id: UUID) -> None:
        """Take :meth:`expire` back."""
        self._gone.pop(match_id, None)

    def find(self, match_id: UUID) -> Film:
        """The film of a match.

        Raises:
            Refusal: There is none, or none any more.
        """
        expiry = self._gone.get(match_id)
        if expiry is not None and not expiry.keeps_manifest:
            raise Refusal(expiry.status, "FilmExpired")
        return self._film(match_id)

    def read(self, asset_id: UUID, session_id: UUID, index: int) -> Callable[[], bytes | None]:
        """How to read a chunk from storage, which may take a moment.

        Raises:
            Refusal: There is no such film, or it is gone.
        """
        match_id = _other_id(asset_id)
        if (expiry := self._gone.get(match_id)) is not None:
            raise Refusal(expiry.status, "BlobNotFound")
        film = self._film(match_id)
        if session_id != film.session_id:
            raise Refusal(404, "BlobNotFound")
        return lambda: film.read(index)

    def _film(self, match_id: UUID) -> Film:
        plan, now = self._world.plan(match_id), self._clock()
        if plan is None or plan.lifecycle is Lifecycle.LOCAL or now < plan.starts_at:
            raise Refusal(404, "FilmNotFound")
        if now > plan.ends_at + self.rules.life:
            raise Refusal(404, "FilmExpired")
        match = self._world.match(match_id)
        if match is None:
            raise Refusal(404, "FilmNotFound")
        version = self._version(plan)
        if now < plan.ends_at + self.rules.delay:
            return Film(match, version, round((now - plan.starts_at).total_seconds() * 1000))
        return self._complete(match, version)

    def _complete(self, match: Match, version: int) -> Film:
        """The finished film; the latest of those asked for are kept."""
        key = (match.plan.match_id, version)
        film = self._kept.pop(key, None) or Film(match, version, None)
        self._kept[key] = film
        if len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return film

    def _version(self, plan: Plan) -> int:
        if self.rules.version is not None:
            return self.rules.version
        updates = max(0, (self._world.began_at - plan.ends_at) // self.rules.update_every)
        return max(_VERSIONS[0], _VERSIONS[-1] - updates)


def _other_id(known: UUID) -> UUID:
    """The film's id of a match's, and the match's of a film's."""
    return UUID(int=known.int ^ _FILM_MASK)
