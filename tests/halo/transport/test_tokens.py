from __future__ import annotations

from collections.abc import Callable

import pytest
from aiohttp import ClientSession, DummyCookieJar
from yarl import URL

from bot.halo.errors import AuthenticationError, HaloError, ServiceError
from bot.halo.transport.tokens import CLEARANCE_HEADER, SPARTAN_HEADER, StaticTokens, Tokens, token_headers
from bot.playground.halo import Credentials, HaloService
from tests.halo.orders import answer, fail
from tests.halo.transport.asking import STATS, USER, Asker

BOTH = (SPARTAN_HEADER, CLEARANCE_HEADER)


@pytest.mark.parametrize(
    "host", ["halostats", "skill", "profile", "discovery-infiniteugc", "gamecms-hacs", "economy"]
)
def test_the_six_services_get_both_tokens(host: str) -> None:
    assert token_headers(URL(f"https://{host}.svc.halowaypoint.com:443/hi/x")) == BOTH
    assert token_headers(URL(f"https://{host.upper()}.SVC.halowaypoint.com/")) == BOTH


def test_settings_gets_the_spartan_token_on_the_clearance_call_alone() -> None:
    base = "https://settings.svc.halowaypoint.com"

    assert token_headers(URL(f"{base}/oban/flight-configurations/titles/hi/audiences/RETAIL/active")) == (
        SPARTAN_HEADER,
    )
    assert token_headers(URL(f"{base}/spartan-token")) == ()
    assert token_headers(URL(f"{base}/")) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://halostats.svc.halowaypoint.com/",
        "https://halostats.svc.halowaypoint.com:8443/",
        "https://halostats.svc.halowaypoint.com@evil.example/",
        "https://me:pw@halostats.svc.halowaypoint.com/",
        "https://halostats.svc.halowaypoint.com./",
        "https://halostats.svc.halowaypoint.com.evil.example/",
        "https://xhalostats.svc.halowaypoint.com/",
        "https://blobs-infiniteugc.svc.halowaypoint.com/",
        "https://www.halowaypoint.com/",
        "https://profile.xboxlive.com/",
    ],
)
def test_nobody_else_gets_any(url: str) -> None:
    assert token_headers(URL(url)) == ()


def test_tokens_do_not_show() -> None:
    assert "SECRET" not in repr(Tokens("SECRET", "SECRET"))
    with pytest.raises(ValueError, match="characters") as refused:
        StaticTokens("SECRET\nX", "c")
    assert "SECRET" not in str(refused.value)


async def test_a_request_carries_the_tokens_and_the_session_does_not(
    asker: Asker, service: HaloService, session: ClientSession
) -> None:
    got = await asker.get(USER)

    (seen,) = service.log
    assert seen.headers[SPARTAN_HEADER] == "SPARTAN-SECRET"
    assert seen.headers[CLEARANCE_HEADER] == "CLEARANCE-SECRET"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["host"] == URL(service.origin).authority
    assert not session.headers
    assert "SECRET" not in str(got.response.request_info.headers)
    assert str(got.response.url) == USER


@pytest.mark.parametrize(
    ("location", "carries"),
    [
        ("https://economy.svc.halowaypoint.com/hi/y", True),
        ("/hi/relative", True),
        ("https://evil.example/hi/y", False),
        ("https://blobs-infiniteugc.svc.halowaypoint.com/film", False),
    ],
)
async def test_every_redirect_hop_is_judged_by_its_real_host(
    asker: Asker, service: HaloService, location: str, carries: bool
) -> None:
    answer(service, "", 302, path="*/stats", headers={"Location": location})
    answer(service, {"ok": True})
    got = await asker.get(STATS)

    real = URL(location) if URL(location).absolute else URL(STATS).join(URL(location))
    _, seen = service.log
    assert seen.target == f"{real.host}{real.raw_path}"
    assert (SPARTAN_HEADER in seen.headers) is carries
    assert (CLEARANCE_HEADER in seen.headers) is carries
    assert "authorization" not in seen.headers
    assert got.body == b'{"ok": true}'
    assert service.leaks == []


async def test_a_redirect_that_brings_a_password_carries_nothing(asker: Asker, service: HaloService) -> None:
    location = "https://me:pw@economy.svc.halowaypoint.com/hi/y"
    answer(service, "", 302, path="*/stats", headers={"Location": location})
    with pytest.raises(AuthenticationError):
        await asker.get(STATS)

    *_, seen = service.log
    assert seen.target == "economy.svc.halowaypoint.com/hi/y"
    assert not {SPARTAN_HEADER, CLEARANCE_HEADER, "authorization"} & seen.headers.keys()


async def test_a_redirect_to_plain_http_carries_nothing(asker: Asker, service: HaloService) -> None:
    answer(service, "", 307, path="*/stats", headers={"Location": f"{service.origin}/plain/"})
    answer(service, "{}")
    await asker.get(STATS)

    _, seen = service.log
    assert seen.target == "plain/"
    assert not {SPARTAN_HEADER, CLEARANCE_HEADER} & seen.headers.keys()


async def test_what_the_session_has_of_its_own_stays_at_home(
    service: HaloService, make_asker: Callable[..., Asker]
) -> None:
    headers = {"Authorization": "Bearer OTHER", SPARTAN_HEADER: "OLD", "User-Agent": "theirs"}
    async with ClientSession(headers=headers, raise_for_status=True, cookie_jar=DummyCookieJar()) as session:
        await make_asker(session).get(USER)
        fail(service, 404)
        with pytest.raises(HaloError):
            await make_asker(session).get(USER)
        assert session.headers[SPARTAN_HEADER] == "OLD"

    seen, _ = service.log
    assert seen.headers[SPARTAN_HEADER] == "SPARTAN-SECRET"
    assert seen.headers["user-agent"] == "theirs"
    assert "authorization" not in seen.headers


class Keeper:
    """A source that can renew once."""

    def __init__(self) -> None:
        self.tokens = Tokens("old-spartan", "old-clearance")
        self.renewals = 0

    async def current(self) -> Tokens:
        return self.tokens

    async def renew(self, rejected: Tokens) -> Tokens:
        if rejected == self.tokens:
            self.renewals += 1
            self.tokens = Tokens(f"new-spartan-{self.renewals}", "new-clearance")
        return self.tokens


def takes(service: HaloService, spartan: str) -> None:
    """Let the service take that token and no other."""
    service.credentials = Credentials(spartan=spartan, clearance="new-clearance")


def spartans(service: HaloService) -> list[str]:
    """The tokens that it was shown."""
    return [request.headers[SPARTAN_HEADER] for request in service.log]


async def test_a_401_is_answered_once_with_renewed_tokens(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    takes(service, "new-spartan-1")
    await make_asker(session, keeper).get(USER)

    assert spartans(service) == ["old-spartan", "new-spartan-1"]


async def test_a_second_401_is_an_authentication_error(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    takes(service, "another")
    with pytest.raises(AuthenticationError) as failed:
        await make_asker(session, keeper).get(USER)

    assert (len(service.log), keeper.renewals) == (2, 1)
    assert "spartan" not in str(failed.value)


async def test_tokens_that_expire_again_before_a_request_s_next_turn_are_renewed_again(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    asker = make_asker(session, keeper)
    takes(service, "new-spartan-1")
    late: list[Tokens] = []

    async def renew(rejected: Tokens) -> Tokens:
        tokens = await Keeper.renew(keeper, rejected)
        if not late:
            late.append(tokens)
            await asker.get(f"{USER}?another")  # takes the new tokens
            takes(service, "new-spartan-2")
        return tokens

    keeper.renew = renew
    await asker.get(USER)

    assert spartans(service) == ["old-spartan", "new-spartan-1", "new-spartan-1", "new-spartan-2"]


async def test_a_renewal_that_fails_leaves_the_next_attempt_another_one(
    session: ClientSession, service: HaloService, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    takes(service, "new-spartan-1")
    failures = [ServiceError(503, "login.live.com/token")]

    async def renew(rejected: Tokens) -> Tokens:
        if failures:
            raise failures.pop()
        return await Keeper.renew(keeper, rejected)

    keeper.renew = renew
    await make_asker(session, keeper).get(USER)

    assert spartans(service) == ["old-spartan", "old-spartan", "new-spartan-1"]


async def test_tokens_given_by_hand_cannot_be_renewed(asker: Asker, service: HaloService) -> None:
    takes(service, "another")
    with pytest.raises(AuthenticationError):
        await asker.get(USER)

    assert len(service.log) == 1
