"""Microsoft's sign-in: the page for browsers, the page for devices, and the tokens that come of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web
from yarl import URL

from bot.playground.guard import Guard, is_loopback
from bot.playground.halo.answers import answer_json
from bot.playground.halo.bodies import read_form
from bot.playground.halo.signin import SignInDesk
from bot.playground.halo.signin.codes import CodeRequest
from bot.playground.halo.signin.denial import Denial, DenialKind
from bot.playground.halo.signin.pages import DEVICE_PAGE, write_denial_page, write_device_page
from bot.playground.halo.stage import Stage

__all__ = ["MicrosoftHosts"]

_LIVE: Final = "/login.live.com"
_CONSUMERS: Final = "/login.microsoftonline.com/consumers/oauth2/v2.0"
_DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
_SIGN_IN_SCOPE: Final = "xboxlive.signin"
_WHOLE_SCOPE: Final = "Xboxlive.signin Xboxlive.offline_access"
Form = Mapping[str, str]
Answer = Callable[[web.Request], Awaitable[web.Response]]


class MicrosoftHosts:
    """Answers for ``login.live.com`` and the v2 endpoints of ``login.microsoftonline.com``, which serve the same."""

    def __init__(self, stage: Stage, desk: SignInDesk, guard: Guard) -> None:
        self._stage = stage
        self._desk = desk
        self._guard = guard
        self._grants: dict[str, Callable[[Form, str], tuple[str, str]]] = {
            "refresh_token": self._refresh,
            "authorization_code": self._redeem_code,
            _DEVICE_GRANT: self._redeem_device,
        }

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        token = _denying(self._stage, self._token)
        return [
            web.get(_LIVE + "/oauth20_authorize.srf", self._authorize),
            web.get(_CONSUMERS + "/authorize", self._authorize),
            web.post(_LIVE + "/oauth20_token.srf", token),
            web.post(_CONSUMERS + "/token", token),
            web.post(_CONSUMERS + "/devicecode", _denying(self._stage, self._device_code)),
            web.get(DEVICE_PAGE, self._guard.protect(self._show_device_page)),
            web.post(DEVICE_PAGE, self._guard.protect(self._take_user_code)),
        ]

    async def _token(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        grant = self._grants.get(_field(form, "grant_type"))
        if grant is None:
            raise Denial(DenialKind.UNKNOWN_GRANT, form["grant_type"])
        client_id = self._app(form, shows_secret=True)
        scope, refresh_token = grant(form, client_id)
        return self._answer(scope, refresh_token)

    def _answer(self, scope: str, refresh_token: str) -> web.Response:
        rules = self._desk.rules
        tokens: dict[str, Any] = {
            "token_type": "bearer",
            "expires_in": int(rules.access_life.total_seconds()),
            "scope": scope,
            "access_token": self._desk.access.issue(rules.access_life),
            "refresh_token": refresh_token,
            "user_id": str(self._stage.owner.xuid),
        }
        return answer_json(tokens)

    def _app(self, form: Form, *, shows_secret: bool) -> str:
        """The client id of an application that is known and shows its secret, if it has one."""
        client_id = _field(form, "client_id")
        apps = self._desk.rules.apps
        if not apps:
            return client_id
        if client_id not in apps:
            raise Denial(DenialKind.UNKNOWN_APP, client_id)
        secret, shown = apps[client_id], form.get("client_secret")
        if not shows_secret or shown == secret:
            return client_id
        if secret is None:
            raise Denial(DenialKind.PUBLIC_APP)
        raise Denial(DenialKind.WRONG_SECRET if shown else DenialKind.NO_SECRET)

    def _refresh(self, form: Form, client_id: str) -> tuple[str, str]:
        token = _field(form, "refresh_token")
        scope = _scope(form) if "scope" in form else _WHOLE_SCOPE
        return scope, self._desk.refresh_tokens.use(token, client_id, self._desk.rules.refresh_life)

    def _redeem_code(self, form: Form, client_id: str) -> tuple[str, str]:
        code, redirect = _field(form, "code"), _field(form, "redirect_uri")
        request = self._desk.codes.redeem(code, client_id, redirect, form.get("code_verifier", ""))
        return request.scope, self._begin(client_id)

    def _redeem_device(self, form: Form, client_id: str) -> tuple[str, str]:
        device = self._desk.devices.redeem(_field(form, "device_code"), client_id)
        return device.scope, self._begin(client_id)

    def _begin(self, client_id: str) -> str:
        return self._desk.refresh_tokens.issue(client_id, self._desk.rules.refresh_life)

    async def _device_code(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        client_id, rules = self._app(form, shows_secret=False), self._desk.rules
        device = self._desk.devices.add(
            client_id,
            _scope(form),
            life=rules.device_life,
            interval=rules.device_interval,
            approves_after=rules.approves_devices_after,
        )
        page = _address_of(request) + DEVICE_PAGE
        return answer_json(
            {
                "user_code": device.user_code,
                "device_code": device.device_code,
                "verification_uri": page,
                "expires_in": int(rules.device_life.total_seconds()),
                "interval": int(rules.device_interval.total_seconds()),
                "message": f"To sign in, use a web browser to open the page {page} and enter the code "
                f"{device.user_code} to authenticate.",
            }
        )

    async def _authorize(self, request: web.Request) -> web.Response:
        """The page that a person signs in at; here everybody says what the rules say, at once."""
        query = dict(request.query)
        try:
            asked = self._code_request(query)
        except Denial as denial:
            # Whoever asks wrongly is not sent anywhere: the address may be somebody else's.
            return write_denial_page(denial.description)
        state = {"state": query["state"]} if "state" in query else {}
        if self._desk.rules.declines_browser:
            denial = Denial(DenialKind.ACCESS_DENIED)
            answer = {"error": denial.kind.error, "error_description": denial.description}
        else:
            answer = {"code": self._desk.codes.issue(asked, self._desk.rules.code_life)}
        location = URL(asked.redirect_uri).update_query({**answer, **state})
        return web.Response(status=302, headers={"Location": str(location), "Cache-Control": "no-store"})

    def _code_request(self, query: Form) -> CodeRequest:
        client_id = self._app(query, shows_secret=False)
        if _field(query, "response_type") != "code" or query.get("response_mode", "query") != "query":
            raise Denial(DenialKind.MALFORMED, "response_type")
        redirect, challenge = _field(query, "redirect_uri"), query.get("code_challenge", "")
        if not _comes_back_to_this_machine(redirect):
            raise Denial(DenialKind.WRONG_REDIRECT)
        if challenge and query.get("code_challenge_method") != "S256":
            raise Denial(DenialKind.MALFORMED, "code_challenge_method")
        return CodeRequest(
            client_id=client_id, redirect_uri=redirect, scope=_scope(query), challenge=challenge
        )

    async def _show_device_page(self, request: web.Request) -> web.Response:
        return write_device_page(request.query.get("otc", ""))

    async def _take_user_code(self, request: web.Request) -> web.Response:
        form = await read_form(request)
        user_code = form.get("user_code", "")
        try:
            device = self._desk.devices.decide(user_code, approve=form.get("answer") == "approve")
        except KeyError:
            return write_device_page(user_code, told="That code did not work. Check it and try again.")
        return write_device_page(told=f"You have {device.state} the sign-in of {device.client_id}.")


def _denying(stage: Stage, answer: Answer) -> Answer:
    """The answer, or Microsoft's way to refuse it."""

    async def answer_or_deny(request: web.Request) -> web.Response:
        try:
            return await answer(request)
        except Denial as denial:
            return answer_json(denial.write(stage.clock()), status=denial.kind.status)

    return answer_or_deny


def _address_of(request: web.Request) -> str:
    """Where the caller has reached this service."""
    try:
        return str(request.url.origin())
    except ValueError:
        raise Denial(DenialKind.MALFORMED, "Host") from None


def _field(form: Form, name: str) -> str:
    value = form.get(name, "")
    if not value:
        raise Denial(DenialKind.MISSING, name)
    return value


def _scope(form: Form) -> str:
    scope = _field(form, "scope")
    if _SIGN_IN_SCOPE not in scope.casefold().split():
        raise Denial(DenialKind.BAD_SCOPE)
    return scope


def _comes_back_to_this_machine(redirect: str) -> bool:
    try:
        url = URL(redirect)
    except ValueError:
        return False
    return url.scheme in {"http", "https"} and is_loopback(url.host) and url.user is None and not url.fragment
