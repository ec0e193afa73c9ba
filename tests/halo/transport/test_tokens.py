from __future__ import annotations

from collections.abc import Callable

import pytest
from aiohttp import ClientSession, DummyCookieJar, web
from yarl import URL

from bot.halo.errors import AuthenticationError, HaloError
from bot.halo.transport.tokens import CLEARANCE_HEADER, SPARTAN_HEADER, StaticTokens, Tokens, token_headers
from tests.halo.transport.stand_in import Asker, StandIn

STATS = "https://halostats.svc.halowaypoint.com/hi/matches/1/stats"
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
    asker: Asker, stand_in: StandIn, session: ClientSession
) -> None:
    answer = await asker.get(STATS)

    (seen,) = stand_in.seen
    assert seen.headers[SPARTAN_HEADER] == "SPARTAN-SECRET"
    assert seen.headers[CLEARANCE_HEADER] == "CLEARANCE-SECRET"
    assert seen.headers["Accept"] == "application/json"
    assert seen.headers["Host"] == URL(stand_in.origin).authority
    assert not session.headers
    assert "SECRET" not in str(answer.response.request_info.headers)
    assert str(answer.response.url) == STATS


@pytest.mark.parametrize(
    ("location", "carries"),
    [
        ("https://economy.svc.halowaypoint.com/hi/y", True),
        ("/hi/relative", True),
        ("https://evil.example/hi/y", False),
        ("https://blobs-infiniteugc.svc.halowaypoint.com/film", False),
        ("https://me:pw@economy.svc.halowaypoint.com/hi/y", False),
    ],
)
async def test_every_redirect_hop_is_judged_by_its_real_host(
    asker: Asker, stand_in: StandIn, location: str, carries: bool
) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/stats"):
            return web.Response(status=302, headers={"Location": location})
        return web.json_response({"ok": True})

    stand_in.reply = reply
    answer = await asker.get(STATS)

    real = URL(location) if URL(location).absolute else URL(STATS).join(URL(location))
    assert stand_in.paths[1] == f"/{real.host}{real.raw_path}"
    assert (SPARTAN_HEADER in stand_in.seen[1].headers) is carries
    assert (CLEARANCE_HEADER in stand_in.seen[1].headers) is carries
    assert "Authorization" not in stand_in.seen[1].headers
    assert answer.body == b'{"ok": true}'


async def test_a_redirect_to_plain_http_carries_nothing(asker: Asker, stand_in: StandIn) -> None:
    async def reply(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/stats"):
            return web.Response(status=307, headers={"Location": f"{stand_in.origin}/plain"})
        return web.json_response({})

    stand_in.reply = reply
    await asker.get(STATS)

    assert stand_in.paths[1] == "/plain"
    assert not {SPARTAN_HEADER, CLEARANCE_HEADER} & set(stand_in.seen[1].headers)


async def test_what_the_session_has_of_its_own_stays_at_home(
    stand_in: StandIn, make_asker: Callable[..., Asker]
) -> None:
    headers = {"Authorization": "Bearer OTHER", SPARTAN_HEADER: "OLD", "User-Agent": "theirs"}
    async with ClientSession(headers=headers, raise_for_status=True, cookie_jar=DummyCookieJar()) as session:
        await make_asker(session).get(STATS)
        stand_in.answers(web.Response(status=404))
        with pytest.raises(HaloError):
            await make_asker(session).get(STATS)
        assert session.headers[SPARTAN_HEADER] == "OLD"

    assert stand_in.seen[0].headers.getall(SPARTAN_HEADER) == ["SPARTAN-SECRET"]
    assert stand_in.seen[0].headers["User-Agent"] == "theirs"
    assert "Authorization" not in stand_in.seen[0].headers


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


async def test_a_401_is_answered_once_with_renewed_tokens(
    session: ClientSession, stand_in: StandIn, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    stand_in.answers(web.Response(status=401), lambda: web.json_response({}))
    await make_asker(session, keeper).get(STATS)

    assert [request.headers[SPARTAN_HEADER] for request in stand_in.seen] == ["old-spartan", "new-spartan-1"]


async def test_a_second_401_is_an_authentication_error(
    session: ClientSession, stand_in: StandIn, make_asker: Callable[..., Asker]
) -> None:
    keeper = Keeper()
    stand_in.answers(lambda: web.Response(status=401))
    with pytest.raises(AuthenticationError) as failed:
        await make_asker(session, keeper).get(STATS)

    assert (len(stand_in.seen), keeper.renewals) == (2, 1)
    assert "spartan" not in str(failed.value)


async def test_tokens_given_by_hand_cannot_be_renewed(asker: Asker, stand_in: StandIn) -> None:
    stand_in.answers(lambda: web.Response(status=401))
    with pytest.raises(AuthenticationError):
        await asker.get(STATS)

    assert len(stand_in.seen) == 1
