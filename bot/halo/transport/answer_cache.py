"""What is already known: the memory of hot answers above the session's HTTP cache.

The session's backend only stores. Whether an answer is fresh is judged here, by its own max-age and
age, so that an expired one is still there when the service fails. Nothing the backend does can fail a
request: every trouble with it is a miss, and logged once.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

from aiohttp import ClientResponse
from aiohttp_client_cache.backends.base import CacheBackend
from aiohttp_client_cache.cache_control import CacheActions, get_url_expiration
from aiohttp_client_cache.response import CachedResponse
from yarl import URL

from bot.halo.errors import PayloadError
from bot.halo.transport.about import Meant
from bot.halo.transport.answer import Answer
from bot.halo.transport.call import Ask
from bot.halo.transport.clock import Clock
from bot.halo.transport.freshness import directives, fresh_for, is_immutable
from bot.halo.transport.memory import AnswerMemory, Kept
from bot.halo.transport.payload import check_payload
from bot.halo.transport.serializer import stored_response

__all__ = ["AnswerCache"]

_log = logging.getLogger(__name__)

T = TypeVar("T")

_FOREVER: Final = datetime.max.replace(tzinfo=UTC)
_CLOCK_SKEW: Final = timedelta(minutes=5)


class AnswerCache:
    """Finds and keeps answers for one origin, in whatever backend the session has."""

    def __init__(self, backend: CacheBackend, clock: Clock, origin: URL | None, memory: AnswerMemory) -> None:
        self._backend = backend
        self._clock = clock
        self._origin = origin
        self._memory = memory
        self._is_reported = False

    def forget(self, is_meant: Meant) -> None:
        """Forget the answers in memory that are meant; what is stored is the session's."""
        self._memory.forget(
            lambda place, kept: is_meant(str(place[0]).encode()) or is_meant(kept.answer.body)
        )

    def recall(self, ask: Ask) -> Answer | None:
        """Return a fresh answer from memory."""
        if self._backend.disabled:
            return None
        kept = self._memory.get((ask.url, ask.headers))
        return kept.answer if kept is not None and self.is_fresh(kept) else None

    async def find(self, ask: Ask) -> Kept | None:
        """Return what is stored for an ask, fresh or not; None also for what cannot be used."""
        if self._backend.disabled:
            return None
        place = (ask.url, ask.headers)
        kept = self._memory.get(place)
        if kept is not None and not self._has_expired(kept.expires):
            return kept
        found = await self._attempt(self._stored(ask))
        if found is not None:
            self._memory.put(place, found)
        return found

    async def keep(self, ask: Ask, answer: Answer) -> None:
        """Store a live answer if its headers, status and the backend's own settings allow it."""
        response = answer.response
        if isinstance(response, ClientResponse) and "no-store" not in directives(response.headers):
            await self._attempt(self._store(ask, response, answer))

    def is_fresh(self, kept: Kept) -> bool:
        """Tell whether an answer can be used without asking the service."""
        return kept.fresh_until > self._now() and not self._has_expired(kept.expires)

    def _key(self, ask: Ask) -> str:
        """Return the key of an answer: the address, and the language and origin it came from."""
        headers = dict(ask.headers)
        key: str = self._backend.create_key("GET", ask.url, headers=headers)
        variant = f"{headers.get('accept-language', '')}|{self._origin or ''}"
        return key if variant == "|" else f"{key}-{hashlib.sha256(variant.encode()).hexdigest()[:16]}"

    async def _store(self, ask: Ask, response: ClientResponse, answer: Answer) -> None:
        backend = self._backend
        by_url = get_url_expiration(ask.url, backend.urls_expire_after)
        expire_after = backend.expire_after if by_url is None else by_url
        actions = CacheActions(
            cache_control=backend.cache_control, expire_after=expire_after, skip_write=expire_after == 0
        )
        actions.update_from_response(response)
        if not await backend.is_cacheable(response, actions):
            return
        stored = stored_response(
            method=response.method,
            status=response.status,
            reason=response.reason or "",
            url=str(response.url),
            encoding=response.get_encoding(),
            raw_headers=response.raw_headers,
            body=answer.body,
            created_at=answer.fetched_at.replace(tzinfo=None),
            expires=actions.expires,
        )
        kept = self._kept(ask, replace(answer, response=stored, from_cache=True), stored)
        self._memory.put((ask.url, ask.headers), kept)
        await backend.responses.write(self._key(ask), stored)

    async def _stored(self, ask: Ask) -> Kept | None:
        response = await self._backend.responses.read(self._key(ask))
        if not isinstance(response, CachedResponse):
            return None
        expires = None if response.expires is None else response.expires.replace(tzinfo=UTC)
        if self._has_expired(expires) or response.status != 200:
            return None
        body = await response.read()
        try:
            check_payload(body, response.headers.get("Content-Type", ""), ask.expect, ask.endpoint)
        except PayloadError:
            return None
        answer = Answer(response, body, from_cache=True, fetched_at=response.created_at.replace(tzinfo=UTC))
        return self._kept(ask, answer, response)

    def _kept(self, ask: Ask, answer: Answer, response: CachedResponse) -> Kept:
        expires = None if response.expires is None else response.expires.replace(tzinfo=UTC)
        if answer.fetched_at > self._now() + _CLOCK_SKEW:
            fresh_until = self._now()
        elif is_immutable(ask.url) or not self._backend.cache_control:
            fresh_until = expires or _FOREVER
        else:
            fresh_until = answer.fetched_at + fresh_for(response.headers)
        return Kept(answer, fresh_until, expires)

    def _has_expired(self, expires: datetime | None) -> bool:
        return expires is not None and expires <= self._now()

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock.time(), UTC)

    async def _attempt(self, access: Awaitable[T]) -> T | None:
        try:
            return await access
        except Exception:  # a backend may raise anything: sqlite, pickle, redis …
            if not self._is_reported:
                self._is_reported = True
                _log.warning("The HTTP cache fails; requests go on without it", exc_info=True)
            return None
