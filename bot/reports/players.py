"""Who is meant: from what a person typed to an Xbox account."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import BadRequestError, HaloError, NotFoundError
from bot.halo.models.profile import User
from bot.reports.patience import OPTIONAL_S
from bot.reports.recall import Known, Recall
from bot.stats.unanswerable import MentionNotLinked, NoAccountLinked, PlayerUnknown

__all__ = ["Player", "Players", "read_mention", "read_player"]

MENTION = re.compile(r"<@!?(\d{15,20})>")
XUID = re.compile(r"(?:xuid\()?([1-9][0-9]{15})\)?")
# Xbox allows 12 characters and a suffix of digits, or 15 in old names; Unicode names are shorter still.
LONGEST_GAMERTAG = 32
REMEMBERED = 5000
NAMED_LATELY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """An Xbox account: the XUID is the key, the gamertag only its name at the moment."""

    xuid: int
    gamertag: str
    gamerpic_url: str | None


def read_mention(text: str | None) -> int | None:
    """Return the Discord id of the member whom a person mentioned, None where nobody is mentioned."""
    mention = MENTION.fullmatch((text or "").strip())
    return int(mention[1]) if mention else None


def read_player(text: str | int | None) -> str | int:
    """Tell whether a person named an XUID (returned as int) or a gamertag (as str, cleaned).

    Links are not looked at here: that is :class:`bot.reports.identities.Identities`, which hands on XUIDs.

    Raises:
        NoAccountLinked: Nobody was named.
        MentionNotLinked: A member was mentioned.
        PlayerUnknown: No gamertag can look like this.
    """
    if isinstance(text, int):
        return text
    cleaned = " ".join((text or "").split())
    if not cleaned:
        raise NoAccountLinked
    if (mentioned := read_mention(cleaned)) is not None:
        raise MentionNotLinked(mentioned)
    if xuid := XUID.fullmatch(cleaned):
        return int(xuid[1])
    # A modern gamertag is shown as Name#1234 and looked up as Name1234.
    gamertag = cleaned.replace("#", "").strip()
    # Dots alone would be a step in the path of an address.
    if not gamertag.strip(".") or len(gamertag) > LONGEST_GAMERTAG or not gamertag.isprintable():
        raise PlayerUnknown(cleaned)
    return gamertag


class Players:
    """Looks accounts up, and recalls them while the profile service is in trouble."""

    def __init__(self, halo: HaloInfiniteClient, *, now: Callable[[], datetime]) -> None:
        self._halo = halo
        self._by_name: Recall[str | int, Player] = Recall(size=REMEMBERED, now=now)
        self._gamertags: Recall[int, str] = Recall(size=REMEMBERED, now=now)

    async def find(self, who: str | int) -> Known[Player]:
        """Look one account up by XUID or gamertag.

        Raises:
            PlayerUnknown: There is no such account.
            HaloError: The service failed and the account is not remembered.
        """
        key = who if isinstance(who, int) else _fold(who)
        try:
            known = await self._by_name.ask(key, lambda: self._fetch(who))
        except (NotFoundError, BadRequestError):
            raise PlayerUnknown(str(who)) from None
        if known.is_live:
            self._by_name.keep(known.value.xuid, known.value)
            self._gamertags.keep(known.value.xuid, known.value.gamertag)
        return known

    async def gamertags(self, xuids: Iterable[int]) -> dict[int, str]:
        """Name many accounts in one request, those not named lately; who cannot be named is left out."""
        wanted = tuple(dict.fromkeys(xuids))
        asked = [xuid for xuid in wanted if self._gamertags.get(xuid, within=NAMED_LATELY) is None]
        for user in await self._fetch_many(asked) if asked else ():
            self._gamertags.keep(user.xuid, user.gamertag)
        names = {xuid: self._gamertags.get(xuid) for xuid in wanted}
        return {xuid: name for xuid, name in names.items() if name}

    def forget(self, *, xuids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget accounts, by whatever name they were asked for."""
        names = {_fold(gamertag) for gamertag in gamertags}
        self._by_name.forget(
            lambda key, player: key in names or player.xuid in xuids or _fold(player.gamertag) in names
        )
        self._gamertags.forget(lambda xuid, gamertag: xuid in xuids or _fold(gamertag) in names)

    async def _fetch_many(self, xuids: Sequence[int]) -> Sequence[User]:
        try:
            quick = self._halo.with_options(deadline_s=OPTIONAL_S)
            return await (await quick.profile.get_users_by_id(xuids)).parse()
        except HaloError:
            return ()

    async def _fetch(self, who: str | int) -> Player:
        profile = self._halo.profile
        response = await (
            profile.get_user_by_id(who) if isinstance(who, int) else profile.get_user_by_gamertag(who)
        )
        return _player(await response.parse())


def _fold(gamertag: str) -> str:
    return gamertag.casefold().replace(" ", "")


def _player(user: User) -> Player:
    picture = user.gamerpic.large or user.gamerpic.medium if user.gamerpic else None
    return Player(
        xuid=user.xuid,
        gamertag=user.gamertag or f"Spartan {user.xuid % 10_000:04}",
        gamerpic_url=picture if picture and picture.startswith("https://") else None,
    )
