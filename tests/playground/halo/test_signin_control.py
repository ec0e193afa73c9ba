"""The sign-in is ordered about from another process."""

from typing import Any

import pytest

from bot.playground.halo import HaloService
from tests.playground.halo.conftest import Caller
from tests.playground.halo.signing_in import Applicant


class Remote:
    """Whoever orders."""

    def __init__(self, halo: Caller) -> None:
        self.halo = halo

    async def __call__(self, method: str, path: str = "", json: Any = None, *, status: int = 200) -> Any:
        url = f"{self.halo.service.origin}/_control/signin{path}"
        async with self.halo.session.request(method, url, json=json) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
def order(halo: Caller) -> Remote:
    return Remote(halo)


async def test_it_tells_the_rules_and_who_waits_but_no_secret(halo: Caller, order: Remote):
    halo.service.sign_in.change(apps={"client": "hush"})
    asked = await Applicant(halo).device()
    told = await order("GET")

    assert told["rules"]["ticket_prefix"] == "d="
    assert [(device["user_code"], device["client_id"]) for device in told["devices"]] == [
        (asked["user_code"], "client")
    ]
    assert not [secret for secret in ("hush", asked["device_code"], "playground-") if secret in str(told)]


async def test_rules_are_changed_one_by_one(halo: Caller, order: Remote):
    told = await order("PATCH", "/rules", {"xerr": 2148916233, "spartan_life": 600})
    assert (told["rules"]["xerr"], told["rules"]["spartan_life"]) == (2148916233, "PT10M")
    await order("PATCH", "/rules", {"ticket_prefix": "t="})

    rules = halo.service.sign_in.rules
    assert (rules.xerr, rules.ticket_prefix, rules.spartan_life.total_seconds()) == (2148916233, "t=", 600)


@pytest.mark.parametrize("rules", [{"xerr": "many"}, {"unknown": 1}, [], "x", {"spartan_life": -1}])
async def test_a_rule_that_is_none_changes_nothing(halo: Caller, order: Remote, rules: Any):
    before = halo.service.sign_in.rules
    await order("PATCH", "/rules", rules, status=400)

    assert halo.service.sign_in.rules == before


async def test_tokens_are_ended_and_refused(halo: Caller, service: HaloService, order: Remote):
    app = Applicant(halo)
    await app.sign_in()
    tokens = await app.refresh(service.sign_in.sign_in())
    await order("POST", "/expire")
    await halo.profile("/users/me", status=401)
    await app.refresh(tokens["refresh_token"])

    await order("POST", "/revoke")
    await app.refresh(tokens["refresh_token"], status=400)
    clearance = service.sign_in.halo.clearance
    await order("POST", "/flight")
    assert service.sign_in.halo.clearance != clearance


async def test_a_device_is_approved_or_declined(halo: Caller, order: Remote):
    app = Applicant(halo)
    one, other = await app.device(), await app.device()

    assert (await order("POST", f"/devices/{one['user_code']}/approve"))["state"] == "approved"
    assert (await order("POST", f"/devices/{other['user_code']}/decline"))["state"] == "declined"
    await order("POST", f"/devices/{one['user_code']}/approve", status=404)
    assert (await order("GET"))["devices"] == []
    await app.poll(one["device_code"])
