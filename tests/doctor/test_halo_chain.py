"""The doctor on the Halo sign-in: every step in its order."""

from __future__ import annotations

import stat

import pytest

from bot.doctor import Finding, Verdict
from bot.halo.auth import FileTokenStore
from bot.halo.errors import RefreshTokenRefusedError
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.sign_in import open_tokens, store_path
from tests.doctor.conftest import SIGN_IN_STEPS, case_of, found, named, verdicts


def assert_stopped_at(findings: dict[str, Finding], step: str, verdict: Verdict) -> Finding:
    """Every step before is fine, and none after was reached."""
    place = SIGN_IN_STEPS.index(step)
    assert [finding.verdict for finding in findings.values()] == [
        *[Verdict.FINE] * place,
        verdict,
        *[Verdict.NOT_REACHED] * (len(SIGN_IN_STEPS) - place - 1),
    ]
    assert tuple(findings) == SIGN_IN_STEPS
    return findings[step]


@pytest.mark.parametrize(
    ("rules", "step", "words"),
    [
        ({"apps": {"another": None}}, "Microsoft sign-in", "Check the Azure client id"),
        ({"refusals": {"user": 401}}, "Xbox user token", "adjutant login"),
        ({"xerr": 2148916227}, "Xbox XSTS token", "banned from Xbox"),
        ({"refusals": {"spartan": 403}}, "Spartan token", "Start Halo Infinite once"),
        ({"refusals": {"clearance": 401}}, "Clearance", "adjutant login"),
    ],
)
async def test_the_step_that_refuses_is_named_with_what_helps(
    given_settings: dict[str, object], halo: HaloService, rules: dict[str, object], step: str, words: str
) -> None:
    halo.sign_in.change(**rules)

    findings = await found(case_of(given_settings), named("Halo sign-in"))

    finding = assert_stopped_at(findings, step, Verdict.MEND)
    assert words in f"{finding.found} {finding.remedy}"


@pytest.mark.parametrize(
    ("host", "path", "step"),
    [
        ("login.live.com", "*", "Microsoft sign-in"),
        ("user.auth.xboxlive.com", "*", "Xbox user token"),
        ("xsts.auth.xboxlive.com", "*", "Xbox XSTS token"),
        ("settings.svc.halowaypoint.com", "/spartan-token", "Spartan token"),
        ("settings.svc.halowaypoint.com", "/oban/*", "Clearance"),
        ("profile.svc.halowaypoint.com", "*", "Halo profile"),
    ],
)
async def test_a_service_in_trouble_is_no_task_for_the_operator(
    given_settings: dict[str, object], halo: HaloService, host: str, path: str, step: str
) -> None:
    halo.faults.add(Fault(kind=FaultKind.STATUS, host=host, path=path, status=503))

    findings = await found(case_of(given_settings), named("Halo sign-in"))

    finding = assert_stopped_at(findings, step, Verdict.TROUBLE)
    assert "try again in a while" in finding.remedy


async def test_before_anybody_has_signed_in_nothing_is_asked(
    given_settings: dict[str, object], halo: HaloService
) -> None:
    findings = await found(case_of(given_settings, azure_refresh_token=None), named("Halo sign-in"))

    finding = assert_stopped_at(findings, "Token store", Verdict.MEND)
    assert finding.found == "nobody has signed in yet"
    assert finding.remedy == "Run: adjutant login"
    assert len(halo.log) == 0


async def test_a_sign_in_that_others_could_read_is_told_once_and_mended(
    given_settings: dict[str, object],
) -> None:
    case = case_of(given_settings)
    await found(case, named("Halo sign-in"))
    path = store_path(case.settings)
    path.chmod(0o644)

    exposed = await found(case, named("Halo sign-in"))
    again = await found(case, named("Halo sign-in"))

    assert exposed["Token store"].verdict is Verdict.MEND
    assert "(mode 644)" in exposed["Token store"].found
    assert exposed["Halo profile"].verdict is Verdict.FINE
    assert set(verdicts(again).values()) == {Verdict.FINE}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_damaged_sign_in_file(given_settings: dict[str, object]) -> None:
    case = case_of(given_settings)
    store_path(case.settings).write_text('{"refresh_token": "half of')
    store_path(case.settings).chmod(0o600)

    finding = assert_stopped_at(await found(case, named("Halo sign-in")), "Token store", Verdict.MEND)

    assert "is damaged. Sign in again: adjutant login" in finding.found
    assert "half of" not in finding.found


async def test_a_running_bot_is_not_signed_out(given_settings: dict[str, object], halo: HaloService) -> None:
    case = case_of(given_settings)
    async with open_tokens(case.settings, hide=lambda _: None) as tokens:
        used = await tokens.source.current()
        first = FileTokenStore(store_path(case.settings)).load()

        assert set(verdicts(await found(case, named("Halo sign-in"))).values()) == {Verdict.FINE}
        second = FileTokenStore(store_path(case.settings)).load()
        assert halo.sign_in.halo.take(used.spartan, used.clearance)

        halo.sign_in.expire()
        renewed = await tokens.source.renew(used)

    assert first is not None
    assert second is not None
    assert second.refresh_token != first.refresh_token
    assert halo.sign_in.halo.take(renewed.spartan, renewed.clearance)


async def test_a_revoked_sign_in_is_told_as_the_bot_would_tell_it(
    given_settings: dict[str, object], halo: HaloService
) -> None:
    halo.sign_in.revoke()
    case = case_of(given_settings)

    finding = assert_stopped_at(await found(case, named("Halo sign-in")), "Microsoft sign-in", Verdict.MEND)
    async with open_tokens(case.settings, hide=lambda _: None) as tokens:
        with pytest.raises(RefreshTokenRefusedError):
            await tokens.source.current()

    assert "Sign in: adjutant login" in finding.found
    assert "Trace ID" not in finding.found


async def test_tokens_given_by_hand_are_tried(given_settings: dict[str, object], halo: HaloService) -> None:
    tokens = {
        "halo_spartan_token": halo.credentials.spartan,
        "halo_clearance_token": halo.credentials.clearance,
    }
    by_hand = {"azure_client_id": "", "azure_refresh_token": None, **tokens}

    good = await found(case_of(given_settings, **by_hand), named("Halo sign-in"))
    halo.sign_in.expire()
    expired = await found(case_of(given_settings, **by_hand), named("Halo sign-in"))

    assert verdicts(good) == {"Halo tokens": Verdict.FINE, "Halo profile": Verdict.FINE}
    assert expired["Halo profile"].verdict is Verdict.MEND
    assert "Give fresh tokens" in expired["Halo profile"].remedy
