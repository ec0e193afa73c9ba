"""The profile authority: who players are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from yarl import URL

from bot.halo.models.profile import User
from bot.halo.responses import ImageResponse, JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.batches import Batch, BatchResponse, people_of
from bot.halo.services.endpoint import endpoint
from bot.halo.transport.answer import Answer
from bot.halo.xuid import wrap_xuid

__all__ = ["ProfileService"]

_HOST: Final = "profile.svc.halowaypoint.com"
_PICTURE_HOSTS: Final = frozenset({"images-eds-ssl.xboxlive.com", "images-eds.xboxlive.com"})
_USER: Final = ModelParser(User)
_USERS: Final = ModelParser(list[User])
_USER_BATCH: Final = Batch(size=100, entries=None, player="xuid", bisects=True)


class ProfileService(BaseService):
    """Gamertags, XUIDs and gamerpics. A gamerpic is a public address that needs no token."""

    async def get_current_user(self) -> JsonResponse[User]:
        """Who is signed in."""
        return await self._get_user("me")

    async def get_user_by_gamertag(self, gamertag: str) -> JsonResponse[User]:
        """Who is called ``gamertag``; case and spaces do not matter to the service.

        Raises:
            NotFoundError: Nobody, or
            BadRequestError: nobody either; the service says it in both ways.
        """
        return await self._get_user(f"gt({gamertag})")

    async def get_user_by_id(self, xuid: str | int) -> JsonResponse[User]:
        """Who has ``xuid``.

        Raises:
            InvalidXuidError: It does not have 16 digits.
            NotFoundError: Nobody, or
            BadRequestError: nobody either.
        """
        return await self._get_user(wrap_xuid(xuid))

    async def get_users_by_id(self, xuids: Iterable[str | int]) -> BatchResponse[list[User]]:
        """Who has which of any number of ``xuids``, each once, in the order given and without bots.

        The service takes 100 at a time and refuses all of them for one that nobody has, which is then looked
        for by halves and named in ``missing``.

        Raises:
            TypeError: ``xuids`` is a ``str``.
            ValueError: ``xuids`` holds nobody.
            InvalidXuidError: One does not have 16 digits.
            BadRequestError: Nobody has any of them.
        """
        return await _USER_BATCH.ask(people_of(xuids), self._ask_users, _USERS)

    async def get_gamerpic(self, url: str) -> ImageResponse:
        """A player's picture, at one of the addresses that a user's ``gamerpic`` has.

        It is public, gets no tokens, has no rate, and is never stored: nothing in its address says whose it is.

        Raises:
            ValueError: ``url`` is no address of Xbox's picture hosts.
            NotFoundError: There is no such picture.
        """
        address = URL(url)
        if address.scheme != "https" or address.raw_host not in _PICTURE_HOSTS or address.port != 443:
            raise ValueError("a gamerpic lies on one of Xbox's picture hosts")
        return await self._get_image(address)

    async def _ask_users(self, xuids: Sequence[int]) -> Answer:
        url = endpoint(_HOST, "users", query=[("xuids", str(xuid)) for xuid in xuids])
        return await self._transport.get(url, options=self._options)

    async def _get_user(self, user: str) -> JsonResponse[User]:
        return await self._get_json(endpoint(_HOST, "users", user), _USER)
