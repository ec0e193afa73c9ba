"""Xbox's part of the sign-in: user tokens and XSTS tokens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, cast

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json
from bot.playground.halo.bodies import read_object
from bot.playground.halo.signin import SignInDesk, SignInStop
from bot.playground.halo.stage import Stage
from bot.playground.halo.wire.moments import write_moment

__all__ = ["XboxHosts"]

_USER: Final = "/user.auth.xboxlive.com/user/authenticate"
_XSTS: Final = "/xsts.auth.xboxlive.com/xsts/authorize"
_AUTH_PARTY: Final = "http://auth.xboxlive.com"
_XBOX_PARTY: Final = "http://xboxlive.com"
_HALO_PARTY: Final = "https://prod.xsts.halowaypoint.com/"
_USER_LIFE: Final = timedelta(days=14)
_XSTS_LIFE: Final = timedelta(hours=16)
_HASH: Final = "playground-hash"
_HELP: Final = "https://start.ui.xboxlive.com/"
_HELP_PAGES: Final[Mapping[int, str]] = MappingProxyType(
    {2148916233: "CreateAccount", 2148916238: "AddChildToFamily"}
)
"""Where Xbox sends somebody whose account it refuses."""


class XboxHosts:
    """Answers for ``user.auth`` and ``xsts.auth``."""

    def __init__(self, stage: Stage, desk: SignInDesk) -> None:
        self._stage = stage
        self._desk = desk
        self._xsts = {_XBOX_PARTY: desk.xsts_xbox, _HALO_PARTY: desk.xsts_halo}

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        return [web.post(_USER, self._user_token), web.post(_XSTS, self._xsts_token)]

    async def _user_token(self, request: web.Request) -> web.Response:
        party, properties = await _read(request)
        rules = self._desk.rules
        if (status := rules.refusals.get(SignInStop.USER)) is not None:
            raise Refusal(status, "Ordered")
        is_asked_rightly = party == _AUTH_PARTY and properties.get("AuthMethod") == "RPS"
        if not is_asked_rightly or properties.get("SiteName") != "user.auth.xboxlive.com":
            raise Refusal(400, "InvalidRequest")
        prefix, _, token = str(properties.get("RpsTicket")).partition("=")
        if f"{prefix}=" != rules.ticket_prefix or not self._desk.access.takes(token):
            raise Refusal(401, "InvalidTicket")
        return self._answer(self._desk.users.issue(_USER_LIFE), {"uhs": _HASH}, _USER_LIFE)

    async def _xsts_token(self, request: web.Request) -> web.Response:
        party, properties = await _read(request)
        rules, mint = self._desk.rules, self._xsts.get(party)
        if (status := rules.refusals.get(SignInStop.XSTS)) is not None:
            raise Refusal(status, "Ordered")
        if mint is None or properties.get("SandboxId") != "RETAIL":
            raise Refusal(400, "InvalidRequest")
        users = properties.get("UserTokens")
        if not isinstance(users, list) or not any(map(self._desk.users.takes, cast("list[Any]", users))):
            raise Refusal(401, "InvalidUserToken")
        if rules.xerr is not None:
            return _refuse_account(rules.xerr)
        return self._answer(mint.issue(_XSTS_LIFE), self._claims(), _XSTS_LIFE)

    def _claims(self) -> dict[str, str]:
        owner = self._stage.owner
        claims = {
            "gtg": owner.gamertag,
            "xid": str(owner.xuid),
            "uhs": _HASH,
            "agg": "Adult",
            "usr": "",
            "utr": "",
            "prv": "",
        }
        return {name: claim for name, claim in claims.items() if name not in self._desk.rules.omitted_claims}

    def _answer(self, token: str, claims: dict[str, str], life: timedelta) -> web.Response:
        now = self._stage.clock()
        return answer_json(
            {
                "IssueInstant": write_moment(now),
                "NotAfter": write_moment(now + life),
                "Token": token,
                "DisplayClaims": {"xui": [claims]},
            }
        )


async def _read(request: web.Request) -> tuple[str, dict[str, Any]]:
    """The relying party and the properties of a request for a token."""
    body = await read_object(request)
    party, properties = body.get("RelyingParty"), body.get("Properties")
    if request.headers.get("x-xbl-contract-version") != "1":
        raise Refusal(400, "ContractVersion")
    if not isinstance(party, str) or not isinstance(properties, dict) or body.get("TokenType") != "JWT":
        raise Refusal(400, "InvalidRequest")
    return party, cast("dict[str, Any]", properties)


def _refuse_account(xerr: int) -> web.Response:
    page = _HELP + _HELP_PAGES.get(xerr, "")
    return answer_json({"Identity": "0", "XErr": xerr, "Message": "", "Redirect": page}, status=401)
