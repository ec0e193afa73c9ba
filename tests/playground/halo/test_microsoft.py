"""Microsoft's sign-in: refresh tokens that rotate, codes for browsers, codes for devices, and how it says no."""

import html
from datetime import timedelta
from typing import Any

import pytest

from bot.playground.halo import HaloService
from tests.playground.halo.conftest import Caller, Clock
from tests.playground.halo.signing_in import CONSUMERS, LIVE, SCOPE, VERIFIER, Applicant, challenge_of

FIRST = "playground-refresh-1"


@pytest.fixture
def app(halo: Caller) -> Applicant:
    return Applicant(halo)


def refused(answer: dict[str, Any], error: str, number: int) -> bool:
    """Whether that is Microsoft's way to say so."""
    return (
        answer["error"] == error
        and answer["error_codes"] == [number]
        and answer["error_description"].startswith(f"AADSTS{number}: ")
        and answer.keys() >= {"timestamp", "trace_id", "correlation_id"}
    )


@pytest.mark.parametrize("target", [LIVE, f"{CONSUMERS}/token"])
async def test_a_refresh_token_is_answered_with_tokens(app: Applicant, target: str):
    answer = await app.refresh(FIRST, target=target)

    assert answer == {
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "Xboxlive.signin Xboxlive.offline_access",
        "access_token": "playground-access-1",
        "refresh_token": "playground-refresh-2",
        "user_id": str(app.service.world.hero.xuid),
    }


async def test_a_refresh_token_is_good_until_its_successor_is_first_used(app: Applicant):
    second = (await app.refresh(FIRST))["refresh_token"]
    await app.refresh(FIRST)

    third = (await app.refresh(second))["refresh_token"]
    assert refused(await app.refresh(FIRST, status=400), "invalid_grant", 70000)
    await app.refresh(second)
    await app.refresh(third)
    assert refused(await app.refresh(second, status=400), "invalid_grant", 70000)
    assert refused(await app.refresh(FIRST, status=400), "invalid_grant", 70000)


async def test_all_successors_of_a_lost_answer_are_good_and_the_first_one_used_ends_it(app: Applicant):
    lost, kept = [(await app.refresh(FIRST))["refresh_token"] for _ in range(2)]

    await app.refresh(kept)
    await app.refresh(FIRST, status=400)
    await app.refresh(lost)
    await app.refresh(kept)


async def test_a_refresh_token_dies_after_90_days_without_use(app: Applicant, clock: Clock):
    clock.advance(timedelta(days=89).total_seconds())
    second = (await app.refresh(FIRST))["refresh_token"]
    clock.advance(timedelta(days=89).total_seconds())
    third = (await app.refresh(second))["refresh_token"]
    clock.advance(timedelta(days=91).total_seconds())

    assert refused(await app.refresh(third, status=400), "invalid_grant", 700082)
    assert refused(await app.refresh(third, status=400), "invalid_grant", 70000)


async def test_a_refresh_token_belongs_to_the_application_that_first_used_it(app: Applicant, halo: Caller):
    second = (await app.refresh(FIRST))["refresh_token"]

    assert refused(await Applicant(halo, "other").refresh(second, status=400), "invalid_grant", 70000)
    await app.refresh(second)


async def test_who_is_revoked_has_to_sign_in_anew(app: Applicant):
    second = (await app.refresh(FIRST))["refresh_token"]
    app.service.sign_in.revoke()

    for token in (FIRST, second):
        assert refused(await app.refresh(token, status=400), "invalid_grant", 70000)
    await app.refresh(app.service.sign_in.sign_in())


@pytest.mark.parametrize(
    ("client_id", "secret", "status", "error", "number"),
    [
        ("", "", 400, "invalid_request", 900144),
        ("nobody", "", 400, "unauthorized_client", 700016),
        ("confidential", "", 401, "invalid_client", 7000218),
        ("confidential", "wrong", 401, "invalid_client", 7000215),
        ("public", "any", 401, "invalid_client", 700025),
    ],
)
async def test_an_application_has_to_be_known_and_to_show_its_secret(
    halo: Caller, client_id: str, secret: str, status: int, error: str, number: int
):
    halo.service.sign_in.change(apps={"confidential": "right", "public": None})
    app = Applicant(halo, client_id)

    assert refused(await app.refresh(FIRST, client_secret=secret, status=status), error, number)


@pytest.mark.parametrize(("client_id", "secret"), [("confidential", "right"), ("public", "")])
async def test_a_known_application_signs_in(halo: Caller, client_id: str, secret: str):
    halo.service.sign_in.change(apps={"confidential": "right", "public": None})
    app = Applicant(halo, client_id)

    await app.refresh(FIRST, client_secret=secret)
    await app.device()
    assert "right" not in repr(halo.service.sign_in.rules)


@pytest.mark.parametrize(
    ("form", "error", "number"),
    [
        ({"grant_type": ""}, "invalid_request", 900144),
        ({"grant_type": "password"}, "unsupported_grant_type", 70003),
        ({"grant_type": "refresh_token"}, "invalid_request", 900144),
        ({"grant_type": "authorization_code", "code": "none"}, "invalid_request", 900144),
        (
            {"grant_type": "refresh_token", "refresh_token": FIRST, "scope": "User.Read"},
            "invalid_scope",
            70011,
        ),
    ],
)
async def test_a_form_that_is_none_is_refused(app: Applicant, form: dict[str, str], error: str, number: int):
    assert refused(await app.token(status=400, **form), error, number)


@pytest.mark.parametrize("page", [f"{CONSUMERS}/authorize", "login.live.com/oauth20_authorize.srf"])
async def test_a_browser_comes_back_with_a_code_that_is_good_once(app: Applicant, page: str):
    url = await app.authorize(page=page, code_challenge=challenge_of(VERIFIER), code_challenge_method="S256")
    assert str(url.with_query(None)) == "http://localhost:5000/"
    assert url.query["state"] == "S"

    code = url.query["code"]
    answer = await app.redeem(code, code_verifier=VERIFIER)
    assert refused(await app.redeem(code, code_verifier=VERIFIER, status=400), "invalid_grant", 54005)
    await app.refresh(answer["refresh_token"])


@pytest.mark.parametrize(
    ("client_id", "form", "number"),
    [
        ("client", {"code_verifier": "another"}, 501481),
        ("client", {}, 501481),
        ("client", {"code_verifier": VERIFIER, "redirect_uri": "http://localhost:5001"}, 70000),
        ("client", {"code_verifier": VERIFIER, "code": "playground-code-99"}, 70000),
        ("other", {"code_verifier": VERIFIER}, 70000),
    ],
)
async def test_a_code_is_of_no_use_to_anybody_else(
    app: Applicant, halo: Caller, client_id: str, form: dict[str, str], number: int
):
    asked = await app.authorize(code_challenge=challenge_of(VERIFIER), code_challenge_method="S256")
    thief = Applicant(halo, client_id)

    stolen = {"code": asked.query["code"], **form}
    assert refused(await thief.redeem(status=400, **stolen), "invalid_grant", number)
    await app.redeem(asked.query["code"], code_verifier=VERIFIER)


async def test_a_code_without_a_challenge_takes_no_verifier(app: Applicant):
    code = (await app.authorize()).query["code"]

    assert refused(await app.redeem(code, code_verifier=VERIFIER, status=400), "invalid_grant", 501481)
    await app.redeem(code)


async def test_a_code_expires(app: Applicant, clock: Clock):
    code = (await app.authorize()).query["code"]
    clock.advance(601)

    assert refused(await app.redeem(code, status=400), "invalid_grant", 70008)


async def test_who_declines_comes_back_without_a_code(app: Applicant):
    app.service.sign_in.change(declines_browser=True)
    url = await app.authorize()

    assert (url.query["error"], url.query["state"]) == ("access_denied", "S")
    assert "code" not in url.query


@pytest.mark.parametrize(
    "query",
    [
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": "http://localhost.evil.example/"},
        {"redirect_uri": "http://me@localhost/"},
        {"redirect_uri": "javascript://localhost/"},
        {"redirect_uri": "http://[broken"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"response_mode": "form_post"},
        {"code_challenge": "x", "code_challenge_method": "plain"},
        {"client_id": ""},
        {"scope": "openid"},
    ],
)
async def test_a_browser_is_sent_nowhere_when_the_request_is_wrong(app: Applicant, query: dict[str, str]):
    assert await app.authorize(status=400, **query) != await app.authorize()


async def test_a_device_signs_in_once_somebody_has_typed_its_code(app: Applicant, clock: Clock):
    asked = await app.device()
    assert (asked["expires_in"], asked["interval"]) == (900, 5)
    assert asked["verification_uri"] == f"{app.service.origin}/microsoft.com/devicelogin"
    assert asked["user_code"] in asked["message"]

    assert refused(await app.poll(asked["device_code"], status=400), "authorization_pending", 70016)
    typed = f" {asked['user_code'][:4].lower()}-{asked['user_code'][4:]} "
    assert app.service.sign_in.approve(typed).client_id == "client"
    clock.advance(5)
    answer = await app.poll(asked["device_code"])
    clock.advance(5)
    assert refused(await app.poll(asked["device_code"], status=400), "invalid_grant", 54005)
    await app.refresh(answer["refresh_token"])


async def test_a_caller_without_a_sensible_name_for_the_service_gets_no_code(app: Applicant):
    url = f"{app.service.origin}/{CONSUMERS}/devicecode"
    form = {"client_id": "client", "scope": SCOPE}
    for host in ("a:b", "a:99999"):
        async with app.halo.session.post(url, data=form, headers={"Host": host}) as response:
            assert response.status == 400
            assert refused(await response.json(), "invalid_request", 9000411)


async def test_a_device_that_is_declined_or_unknown_or_late_is_told_so(
    app: Applicant, halo: Caller, clock: Clock
):
    declined, late = await app.device(), await app.device()
    app.service.sign_in.decline(declined["user_code"])

    assert refused(await app.poll(declined["device_code"], status=400), "authorization_declined", 70018)
    assert refused(await app.poll("nobody's", status=400), "bad_verification_code", 70019)
    other = Applicant(halo, "other")
    assert refused(await other.poll(late["device_code"], status=400), "bad_verification_code", 70019)
    clock.advance(901)
    assert refused(await app.poll(late["device_code"], status=400), "expired_token", 70020)
    with pytest.raises(KeyError):
        app.service.sign_in.approve(late["user_code"])
    with pytest.raises(KeyError):
        app.service.sign_in.approve(declined["user_code"])


async def test_who_polls_too_fast_is_slowed_down_more_each_time(app: Applicant, clock: Clock):
    code = (await app.device())["device_code"]

    async def polled_after(seconds: float) -> str:
        clock.advance(seconds)
        return (await app.poll(code, status=400))["error"]

    assert await polled_after(0) == "authorization_pending"
    assert await polled_after(4.5) == "authorization_pending"
    assert await polled_after(2) == "slow_down"
    assert await polled_after(5) == "slow_down"
    assert await polled_after(15) == "authorization_pending"


async def test_devices_can_be_approved_by_themselves(app: Applicant, clock: Clock):
    app.service.sign_in.change(approves_devices_after=timedelta(seconds=7))
    code = (await app.device())["device_code"]

    clock.advance(5)
    await app.poll(code, status=400)
    clock.advance(5)
    await app.poll(code)


async def test_somebody_types_the_code_at_the_page(app: Applicant, service: HaloService):
    asked = await app.device()
    page, session = asked["verification_uri"], app.halo.session
    async with session.get(page, params={"otc": '"><script>'}) as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert "<script>" not in await response.text()
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    async with session.post(page, data={"user_code": "WRONG", "answer": "approve"}) as response:
        assert "did not work" in await response.text()
    foreign = {"Origin": "https://evil.example"}
    form = {"user_code": asked["user_code"], "answer": "approve"}
    async with session.post(page, data=form, headers=foreign) as response:
        assert response.status == 403
    assert [device.user_code for device in service.sign_in.waiting()] == [asked["user_code"]]

    async with session.post(page, data=form, headers={"Origin": service.origin}) as response:
        assert "approved the sign-in of client" in html.unescape(await response.text())
    assert service.sign_in.waiting() == []
    await app.poll(asked["device_code"])


async def test_the_page_can_decline_too(app: Applicant):
    asked = await app.device()
    form = {"user_code": asked["user_code"], "answer": "decline"}
    async with app.halo.session.post(asked["verification_uri"], data=form) as response:
        assert "declined the sign-in" in await response.text()

    assert refused(await app.poll(asked["device_code"], status=400), "authorization_declined", 70018)
