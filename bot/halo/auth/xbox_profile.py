"""Who a player is according to Xbox, for when Halo's own profile service fails."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from aiohttp import ClientSession
from pydantic import ValidationError

from bot.halo.auth.exchange import exchange
from bot.halo.errors import PayloadError, error_for_status
from bot.halo.models.base import CamelCaseModel
from bot.halo.models.profile import GamerPicture, User
from bot.halo.xuid import wrap_xuid_or_gamertag

__all__ = ["request_xbox_profile"]

_USERS: Final = "https://profile.xboxlive.com/users"
_GAMERTAG: Final = "Gamertag"
_PICTURE: Final = "GameDisplayPicRaw"
_CONTRACT: Final = {"x-xbl-contract-version": "2"}


class _Setting(CamelCaseModel):
    id: str = ""
    value: str = ""


class _Profile(CamelCaseModel):
    id: int
    settings: tuple[_Setting, ...] = ()


class _Answer(CamelCaseModel):
    profile_users: tuple[_Profile, ...] = ()


async def request_xbox_profile(
    session: ClientSession, player: str | int, authorization: str, *, origin: str | None = None
) -> User:
    """Ask Xbox for a player's XUID, gamertag and picture; it answers 30 times in five minutes.

    Args:
        session: The session to send with.
        player: An XUID or a gamertag.
        authorization: ``xbl_authorization_header_value`` of the player who is signed in, such as the
            ``player`` of a :class:`~bot.halo.auth.keeper.TokenKeeper`.
        origin: The stand-in for every host, as in :func:`~bot.halo.transport.origin.parse_origin`.

    Returns:
        The player as Halo's service has them; Xbox has one picture for all sizes.

    Raises:
        InvalidXuidError: ``player`` can be neither an XUID nor a gamertag.
        NotFoundError: There is no such player.
        AuthenticationError: Xbox does not take ``authorization`` (any more).
        RateLimitedError: That was too often.
        HaloError: Xbox could not be asked, or answered something else.
    """
    name = wrap_xuid_or_gamertag(player)
    user = name if name.startswith("xuid(") else f"gt({name})"
    reply = await exchange(
        session,
        "GET",
        f"{_USERS}/{quote(user, safe='()', errors='replace')}/profile/settings?settings={_GAMERTAG},{_PICTURE}",
        None,
        origin=origin,
        headers={**_CONTRACT, "Authorization": authorization},
    )
    if not reply.is_success:
        raise error_for_status(reply.status)(reply.status, reply.endpoint)
    try:
        profile = _Answer.model_validate(reply.data).profile_users[0]
    except (ValidationError, IndexError):
        profile = None
    if profile is None:
        raise PayloadError(reply.endpoint, "the answer has no player")
    said = {setting.id: setting.value for setting in profile.settings}
    picture = said.get(_PICTURE, "")
    return User(
        xuid=profile.id,
        gamertag=said.get(_GAMERTAG, ""),
        gamerpic=GamerPicture(small=picture, medium=picture, large=picture, xlarge=picture),
    )
