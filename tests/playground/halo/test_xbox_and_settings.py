"""From Microsoft's access token to tokens that Halo takes, and what can go wrong on the way."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.playground.halo import Credentials, Fault, FaultKind, HaloService, SignInStop
from bot.playground.halo.gate import CREDENTIAL_HOSTS
from tests.playground.halo.conftest import Caller, Clock
from tests.playground.halo.signing_in import HALO_PARTY, SPARTAN, USER, XBOX_PARTY, XSTS, Applicant

HOUR = 3600.0


@pytest.fixture
def app(halo: Caller) -> Applicant:
    return Applicant(halo)


async def takes_tokens(halo: Caller) -> bool:
    """Whether every one of Halo's hosts lets the tokens in; all of them say the same."""
    asked = {(await answered(halo, host)) != 401 for host in CREDENTIAL_HOSTS}
    assert len(asked) == 1
    return asked.pop()


async def answered(halo: Caller, host: str) -> int:
    async with halo.session.get(halo.url(host, "/hi/anything"), headers=halo.headers) as response:
        return response.status


async def test_a_sign_in_leads_to_tokens_that_every_service_takes(app: Applicant, service: HaloService):
    await app.sign_in()

    assert await takes_tokens(app.halo)
    assert (await app.halo.profile("/users/me"))["gamertag"] == service.world.hero.gamertag
    assert service.leaks == []


async def test_each_sign_in_has_a_spartan_token_of_its_own_and_all_are_good(app: Applicant):
    await app.sign_in()
    first = dict(app.halo.headers)
    await app.sign_in()

    assert first["x-343-authorization-spartan"] != app.halo.headers["x-343-authorization-spartan"]
    assert await takes_tokens(app.halo)
    app.halo.headers = first
    assert await takes_tokens(app.halo)


async def test_a_spartan_token_lasts_as_long_as_it_says(app: Applicant, clock: Clock):
    app.service.sign_in.change(spartan_life=timedelta(hours=1))
    xsts = await app.xsts(await app.user_token())
    answer = await app.spartan(xsts["Token"])
    assert datetime.fromisoformat(answer["ExpiresUtc"]["ISO8601Date"]) == clock.now + timedelta(hours=1)
    assert answer["TokenDuration"] == "PT59M50S"

    app.halo.headers["x-343-authorization-spartan"] = answer["SpartanToken"]
    clock.advance(HOUR - 1)
    assert await takes_tokens(app.halo)
    clock.advance(1)
    assert not await takes_tokens(app.halo)
    await app.clearance(answer["SpartanToken"], status=401)


async def test_an_expired_sign_in_is_a_401_everywhere_and_a_renewal_helps(
    app: Applicant, service: HaloService
):
    by_hand = dict(app.halo.headers)
    await app.sign_in()
    signed_in = dict(app.halo.headers)
    service.sign_in.expire()

    for headers in (by_hand, signed_in):
        app.halo.headers = headers
        assert not await takes_tokens(app.halo)
    await app.clearance(signed_in["x-343-authorization-spartan"], status=401)
    await app.sign_in()
    assert await takes_tokens(app.halo)


async def test_tokens_by_hand_can_be_had_again_after_an_expiry(halo: Caller, service: HaloService):
    service.sign_in.expire()
    credentials = service.credentials

    halo.headers = {
        "x-343-authorization-spartan": credentials.spartan,
        "343-clearance": credentials.clearance,
    }
    assert await takes_tokens(halo)


async def test_a_revoked_sign_in_lasts_as_long_as_its_halo_tokens(app: Applicant, service: HaloService):
    await app.sign_in()
    service.sign_in.revoke()

    assert await takes_tokens(app.halo)


async def test_a_new_flight_changes_the_clearance_and_ends_none(app: Applicant, service: HaloService):
    await app.sign_in()
    spartan = app.halo.headers["x-343-authorization-spartan"]
    flight = service.sign_in.halo.begin_flight()

    assert (await app.clearance(spartan))["FlightConfigurationId"] == flight
    assert await takes_tokens(app.halo)
    app.halo.headers["343-clearance"] = flight
    assert await takes_tokens(app.halo)


async def test_a_token_of_a_sign_in_is_a_leak_wherever_it_does_not_belong(
    app: Applicant, service: HaloService
):
    await app.sign_in()
    token = app.halo.headers["x-343-authorization-spartan"]
    service.credentials = Credentials(spartan="other", clearance="another")
    url = app.halo.url("blobs-infiniteugc.svc.halowaypoint.com", "/film")
    async with app.halo.session.get(url, headers={"Cookie": f"t={token}"}) as response:
        await response.read()

    assert [(leak.host, leak.header) for leak in service.leaks] == [
        ("blobs-infiniteugc.svc.halowaypoint.com", "Cookie")
    ]


async def test_an_account_may_want_the_other_ticket(app: Applicant):
    access = (await app.refresh(app.service.sign_in.sign_in()))["access_token"]

    await app.user(access, "t=", status=401)
    await app.user(access, "d=")
    app.service.sign_in.change(ticket_prefix="t=")
    await app.user(access, "d=", status=401)
    await app.user(access, "t=")


async def test_tokens_on_the_way_are_made_here_and_expire(app: Applicant, clock: Clock):
    access = (await app.refresh(app.service.sign_in.sign_in()))["access_token"]
    user = (await app.user(access))["Token"]
    xbox, halo = [(await app.xsts(user, party))["Token"] for party in (XBOX_PARTY, HALO_PARTY)]

    await app.user("made-up", status=401)
    await app.xsts(access, status=401)
    await app.xsts(user, "https://evil.example/", status=400)
    await app.spartan(xbox, status=401)
    await app.spartan(halo)
    clock.advance(HOUR + 1)
    await app.user(access, status=401)
    clock.advance(16 * HOUR)
    await app.spartan(halo, status=401)
    clock.advance(14 * 24 * HOUR)
    await app.xsts(user, status=401)


async def test_two_user_tokens_are_made_at_a_time(app: Applicant, service: HaloService):
    access = (await app.refresh(service.sign_in.sign_in()))["access_token"]
    service.log.clear()
    held = service.faults.add(Fault(kind=FaultKind.HOLD, path="/user/authenticate"))
    waiting = [asyncio.create_task(app.user(access)) for _ in range(2)]
    await service.log.arrived(USER, 2)

    await app.user(access, status=429)
    service.faults.remove(held)
    await asyncio.gather(*waiting)
    await app.user(access)
    assert service.most_at_once["user.auth.xboxlive.com"] == 3


@pytest.mark.parametrize(
    ("xerr", "page"),
    [(2148916233, "CreateAccount"), (2148916238, "AddChildToFamily"), (2148916227, "")],
)
async def test_an_account_can_be_refused_with_a_reason(app: Applicant, xerr: int, page: str):
    user = await app.user_token()
    app.service.sign_in.change(xerr=xerr)

    assert await app.xsts(user, status=401) == {
        "Identity": "0",
        "XErr": xerr,
        "Message": "",
        "Redirect": f"https://start.ui.xboxlive.com/{page}",
    }
    app.service.sign_in.change(xerr=None)
    await app.xsts(user)


async def test_xbox_tells_who_it_is_or_not(app: Applicant, service: HaloService):
    user, owner = await app.user_token(), service.world.hero
    claims = (await app.xsts(user, XBOX_PARTY))["DisplayClaims"]["xui"][0]
    assert (claims["gtg"], claims["xid"]) == (owner.gamertag, str(owner.xuid))

    service.sign_in.change(omitted_claims={"xid", "gtg"})
    claims = (await app.xsts(user, XBOX_PARTY))["DisplayClaims"]["xui"][0]
    assert claims.keys() == {"uhs", "agg", "usr", "utr", "prv"}


@pytest.mark.parametrize("step", list(SignInStop))
async def test_each_step_can_be_ordered_to_refuse(app: Applicant, service: HaloService, step: SignInStop):
    access = (await app.refresh(service.sign_in.sign_in()))["access_token"]
    user = (await app.user(access))["Token"]
    halo = (await app.xsts(user))["Token"]
    spartan = (await app.spartan(halo))["SpartanToken"]
    service.sign_in.change(refusals={step: 403})

    def status(asked: SignInStop, success: int = 200) -> int:
        return 403 if asked is step else success

    await app.user(access, status=status(SignInStop.USER))
    await app.xsts(user, status=status(SignInStop.XSTS))
    await app.spartan(halo, status=status(SignInStop.SPARTAN, 201))
    await app.clearance(spartan, status=status(SignInStop.CLEARANCE))


@pytest.mark.parametrize("target", [USER, XSTS, SPARTAN])
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"[" * 20_000, b'{"Properties": 1, "RelyingParty": 2}', b"{}"]
)
async def test_a_body_that_is_none_is_a_400(app: Applicant, target: str, body: bytes):
    url = f"{app.service.origin}/{target}"
    headers = {"x-xbl-contract-version": "1", "Content-Type": "application/json"}
    async with app.halo.session.post(url, data=body, headers=headers) as response:
        assert response.status == 400


async def test_xbox_wants_its_contract_version(app: Applicant):
    url = f"{app.service.origin}/{USER}"
    async with app.halo.session.post(url, json={"RelyingParty": "http://auth.xboxlive.com"}) as response:
        assert response.status == 400
        assert response.headers["X-343-Exception"] == "ContractVersion"


@pytest.mark.parametrize(
    "rules",
    [
        {"ticket_prefix": "x="},
        {"spartan_life": timedelta(0)},
        {"refusals": {"nothing": 401}},
        {"refusals": {"user": 200}},
        {"xerr": -1},
        {"no_such_rule": 1},
    ],
)
def test_a_rule_that_cannot_be_is_refused(service: HaloService, rules: dict[str, object]):
    before = service.sign_in.rules
    with pytest.raises(ValueError, match="SignInRules"):
        service.sign_in.change(**rules)

    assert service.sign_in.rules == before
