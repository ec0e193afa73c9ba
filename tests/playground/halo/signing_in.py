"""Asks the sign-in hosts, step by step, as an application would."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from yarl import URL

from bot.playground.halo import HaloService
from tests.playground.halo.conftest import Caller

LIVE = "login.live.com/oauth20_token.srf"
CONSUMERS = "login.microsoftonline.com/consumers/oauth2/v2.0"
USER = "user.auth.xboxlive.com/user/authenticate"
XSTS = "xsts.auth.xboxlive.com/xsts/authorize"
SPARTAN = "settings.svc.halowaypoint.com/spartan-token"
CLEARANCE = "settings.svc.halowaypoint.com/oban/flight-configurations/titles/hi/audiences/RETAIL/active"
XBOX_PARTY, HALO_PARTY = "http://xboxlive.com", "https://prod.xsts.halowaypoint.com/"
SCOPE = "Xboxlive.signin Xboxlive.offline_access"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
VERIFIER = "a-verifier-that-is-long-enough-to-be-one-of-them"


def challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


class Applicant:
    """An application that wants to sign somebody in."""

    def __init__(self, halo: Caller, client_id: str = "client") -> None:
        self.halo = halo
        self.client_id = client_id

    @property
    def service(self) -> HaloService:
        return self.halo.service

    async def post(
        self, target: str, form: dict[str, str] | None = None, *, json: Any = None, status: int = 200
    ) -> Any:
        headers = {"x-xbl-contract-version": "1"} if json else {}
        url = f"{self.service.origin}/{target}"
        async with self.halo.session.post(url, data=form, json=json, headers=headers) as response:
            assert response.status == status, await response.text()
            return await response.json()

    async def token(self, *, status: int = 200, target: str = LIVE, **form: str) -> Any:
        """The answer to a form, to which the application adds what it must."""
        whole = {"client_id": self.client_id, "scope": SCOPE, **form}
        return await self.post(target, {name: value for name, value in whole.items() if value}, status=status)

    async def refresh(self, token: str, *, status: int = 200, **form: str) -> Any:
        return await self.token(grant_type="refresh_token", refresh_token=token, status=status, **form)

    async def authorize(
        self, *, status: int = 302, page: str = f"{CONSUMERS}/authorize", **query: str
    ) -> URL:
        """Where the browser is sent."""
        whole = {
            "client_id": self.client_id,
            "response_type": "code",
            "redirect_uri": "http://localhost:5000",
            "scope": SCOPE,
            "state": "S",
            **query,
        }
        url = URL(f"{self.service.origin}/{page}").with_query(
            {name: value for name, value in whole.items() if value}
        )
        async with self.halo.session.get(url, allow_redirects=False) as response:
            assert response.status == status, await response.text()
            return URL(response.headers.get("Location", ""))

    async def redeem(self, code: str, *, status: int = 200, **form: str) -> Any:
        redirect = {"redirect_uri": "http://localhost:5000"}
        return await self.token(
            grant_type="authorization_code", code=code, status=status, **(redirect | form)
        )

    async def device(self, *, status: int = 200, **form: str) -> Any:
        return await self.token(target=f"{CONSUMERS}/devicecode", status=status, **form)

    async def poll(self, device_code: str, *, status: int = 200, **form: str) -> Any:
        return await self.token(
            target=f"{CONSUMERS}/token",
            grant_type=DEVICE_GRANT,
            device_code=device_code,
            status=status,
            **form,
        )

    async def user(self, access_token: str, prefix: str = "d=", *, status: int = 200) -> Any:
        properties = {
            "AuthMethod": "RPS",
            "SiteName": "user.auth.xboxlive.com",
            "RpsTicket": f"{prefix}{access_token}",
        }
        body = {"RelyingParty": "http://auth.xboxlive.com", "TokenType": "JWT", "Properties": properties}
        return await self.post(USER, json=body, status=status)

    async def xsts(self, user_token: str, party: str = HALO_PARTY, *, status: int = 200) -> Any:
        properties = {"UserTokens": [user_token], "SandboxId": "RETAIL"}
        body = {"RelyingParty": party, "TokenType": "JWT", "Properties": properties}
        return await self.post(XSTS, json=body, status=status)

    async def spartan(self, xsts_token: str, *, status: int = 201) -> Any:
        proof = [{"Token": xsts_token, "TokenType": "Xbox_XSTSv3"}]
        body = {"Audience": "urn:343:s3:services", "MinVersion": "4", "Proof": proof}
        return await self.post(SPARTAN, json=body, status=status)

    async def clearance(self, spartan: str, *, status: int = 200) -> Any:
        host, _, path = CLEARANCE.partition("/")
        return await self.halo.get(
            host, f"/{path}", headers={"x-343-authorization-spartan": spartan}, status=status
        )

    async def user_token(self) -> str:
        """One of a sign-in just made."""
        tokens = await self.refresh(self.service.sign_in.sign_in())
        return (await self.user(tokens["access_token"]))["Token"]

    async def sign_in(self) -> None:
        """Take every step, and show the tokens from now on."""
        xsts = await self.xsts(await self.user_token())
        spartan = (await self.spartan(xsts["Token"]))["SpartanToken"]
        clearance = (await self.clearance(spartan))["FlightConfigurationId"]
        self.halo.headers = {"x-343-authorization-spartan": spartan, "343-clearance": clearance}
