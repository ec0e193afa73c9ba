"""Halo: every step of the sign-in in its order, up to the gamertag that Halo knows the bot by."""

from __future__ import annotations

import os
import stat
from typing import Final

from aiohttp import ClientSession

from bot.config import ConfigurationError, Settings, setting
from bot.doctor.aside import aside
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict
from bot.halo.auth import AuthenticatedPlayer, SignInRenewal, StoredSignIn, TokenStore
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import (
    LOGIN_COMMAND,
    AuthenticationError,
    Fault,
    HaloError,
    SignInStep,
    TokenStoreError,
)
from bot.sign_in import (
    azure_app,
    cause_and_cure,
    is_kept,
    open_session,
    open_store,
    require_sign_in,
    stop_strangers,
    store_path,
)

__all__ = ["check_halo"]

PROFILE: Final = "Halo profile"
PROFILE_S: Final = 15.0
STORE, *LATER = SignInStep
NOT_FOR_OTHERS: Final = 0o077


async def check_halo(case: Case) -> list[Finding]:
    """Sign in as the bot does, and ask Halo who that is.

    The refresh token is renewed under the lock that a running bot uses too, so that neither takes it from
    the other.
    """
    settings = case.settings
    try:
        require_sign_in(settings)
    except ConfigurationError:
        return [Finding("Halo sign-in", Verdict.NOT_REACHED, "waits for its settings (see Settings)")]
    async with open_session() as session:
        return await (_check_kept if is_kept(settings) else _check_by_hand)(case, session)


async def _check_by_hand(case: Case, session: ClientSession) -> list[Finding]:
    found = "given by hand: they last about four hours, then the bot is signed out"
    tokens = case.settings.require("halo_spartan_token", "halo_clearance_token")
    remedy = "Give fresh tokens, or let the bot keep itself signed in as the README says."
    return [
        Finding("Halo tokens", Verdict.FINE, found),
        await _check_profile(case.settings, session, tokens, remedy),
    ]


async def _check_kept(case: Case, session: ClientSession) -> list[Finding]:
    settings = case.settings
    try:
        stop_strangers(settings)
        store = open_store(settings, hide=case.hide)
        stored, can_go_on = await aside(lambda: _look_at_store(settings, store))
        if not can_go_on:
            return [stored, *_not_reached(LATER)]
        first = settings.secrets().get("azure_refresh_token", "")
        renewal = SignInRenewal(
            session,
            azure_app(settings),
            store,
            first_refresh_token=first,
            origin=settings.halo_origin or None,
        )
    except ConfigurationError as error:
        return [Finding(_name(STORE), Verdict.MEND, str(error)), *_not_reached(LATER)]
    except TokenStoreError as error:
        return [_failing(_name(STORE), error), *_not_reached(LATER)]
    try:
        player = await renewal.renew()
    except HaloError as error:
        return _stopped(error, stored)
    tokens = player.spartan_token.token, player.clearance_token.token
    for token in tokens:
        case.hide(token)
    remedy = f"Start Halo Infinite once with this account, then sign in again: {LOGIN_COMMAND}"
    return [
        stored,
        *(Finding(_name(step), Verdict.FINE, _given(step, player)) for step in LATER),
        await _check_profile(settings, session, tokens, remedy),
    ]


def _look_at_store(settings: Settings, store: TokenStore) -> tuple[Finding, bool]:
    """Return what is stored, and whether it can be tried.

    Raises:
        TokenStoreError: The store cannot be used.
    """
    # To load the file makes it private, so this has to come before.
    mode = _mode(settings)
    sign_in = store.load()
    has_first = bool(settings.secrets().get("azure_refresh_token", "").strip())
    if sign_in is None and not has_first:
        return Finding(_name(STORE), Verdict.MEND, "nobody has signed in yet", f"Run: {LOGIN_COMMAND}"), False
    if mode & NOT_FOR_OTHERS:
        found = f"other users could read the sign-in (mode {mode:o}); now they cannot"
        remedy = f"If anybody else uses this machine, sign in again: {LOGIN_COMMAND}"
        return Finding(_name(STORE), Verdict.MEND, found, remedy), True
    return Finding(_name(STORE), Verdict.FINE, _described(sign_in)), True


def _mode(settings: Settings) -> int:
    path = store_path(settings)
    if os.name != "posix" or settings.keyring or not path.exists():
        return 0
    return stat.S_IMODE(path.stat().st_mode)


def _described(sign_in: StoredSignIn | None) -> str:
    if sign_in is None:
        return f"empty yet: {setting('azure_refresh_token')} is tried"
    who = sign_in.gamertag or sign_in.player_id or "a sign-in"
    return f"{who}, renewed {sign_in.obtained_at:%Y-%m-%d %H:%M} UTC"


def _given(step: SignInStep, player: AuthenticatedPlayer) -> str:
    """Say of a step that was taken what is worth saying."""
    match step:
        case SignInStep.MICROSOFT:
            return "renewed and stored"
        case SignInStep.XBOX_XSTS:
            return player.gamertag or "given, without a gamertag"
        case SignInStep.SPARTAN:
            return f"given, until {player.spartan_token.expires_at:%Y-%m-%d %H:%M} UTC"
        case _:
            return "given"


def _stopped(error: HaloError, stored: Finding) -> list[Finding]:
    """Return the steps up to the one that failed, that one, and those after it."""
    steps = list(SignInStep)
    place = steps.index(error.step or STORE)
    taken = [stored, *(Finding(_name(step), Verdict.FINE) for step in LATER)][:place]
    return [*taken, _failing(_name(steps[place]), error), *_not_reached(steps[place + 1 :])]


def _not_reached(steps: list[SignInStep]) -> list[Finding]:
    return [Finding(what, Verdict.NOT_REACHED) for what in (*map(_name, steps), PROFILE)]


async def _check_profile(
    settings: Settings, session: ClientSession, tokens: tuple[str, ...], remedy: str
) -> Finding:
    spartan, clearance = tokens
    halo = HaloInfiniteClient(session, spartan, clearance, origin=settings.halo_origin or None)
    try:
        answer = await halo.with_options(deadline_s=PROFILE_S).profile.get_current_user()
        user = await answer.parse()
    except AuthenticationError:
        return Finding(PROFILE, Verdict.MEND, "Halo refuses the tokens", remedy)
    except HaloError as error:
        return _failing(PROFILE, error)
    return Finding(PROFILE, Verdict.FINE, f"signed in as {user.gamertag or user.xuid}")


def _failing(what: str, error: HaloError) -> Finding:
    verdict = Verdict.MEND if error.fault is Fault.OPERATOR else Verdict.TROUBLE
    return Finding(what, verdict, *cause_and_cure(error))


def _name(step: SignInStep) -> str:
    return step.value[0].upper() + step.value[1:]
