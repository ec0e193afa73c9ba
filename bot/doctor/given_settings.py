"""The settings: each that cannot be used, is missing, or is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.config import ConfigurationError, Settings, setting
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict
from bot.sign_in import is_kept, require_sign_in

__all__ = ["check_settings"]

WHAT = "Settings"
NEEDS_CLIENT_ID = ("azure_client_secret", "azure_refresh_token")
BY_HAND = ("halo_spartan_token", "halo_clearance_token")


async def check_settings(case: Case) -> list[Finding]:
    """Name every problem, a line for each."""
    problems = [Finding(WHAT, Verdict.MEND, sentence) for sentence in _problems(case)]
    if problems:
        return problems
    return [
        Finding(WHAT, Verdict.FINE, f"{len(case.settings.model_fields_set)} given; {_way(case.settings)}")
    ]


def _problems(case: Case) -> Iterator[str]:
    yield from case.invalid.values()
    for name in case.unknown:
        yield f"{name} is no setting: see .env.example for what there is."
    settings, secrets = case.settings, case.settings.secrets()
    if "discord_token" not in case.invalid:
        yield from _refusal_of(lambda: settings.require("discord_token"))
    if not case.invalid.keys() & {"azure_client_id", *BY_HAND}:
        yield from _refusal_of(lambda: require_sign_in(settings))
        for name in NEEDS_CLIENT_ID:
            if secrets.get(name) and not is_kept(settings):
                yield f"{setting(name)} is of no use without {setting('azure_client_id')}."


def _refusal_of(requirement: Callable[[], object]) -> Iterator[str]:
    try:
        requirement()
    except ConfigurationError as error:
        yield str(error)


def _way(settings: Settings) -> str:
    if not is_kept(settings):
        return "Halo tokens by hand"
    unused = [setting(name) for name in BY_HAND if settings.secrets().get(name)]
    return "the bot keeps itself signed in" + (f", and {' and '.join(unused)} not used" if unused else "")
