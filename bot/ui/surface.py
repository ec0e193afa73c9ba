"""The error surface: every exception of a command, button or modal ends here, as one log line and one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord
import structlog
from discord import app_commands

from bot.halo.errors import (
    LOGIN_COMMAND,
    AuthenticationError,
    HaloError,
    HaloResponseError,
    OAuth2Error,
    SignInRefusedError,
)
from bot.ui.failures import Failure, Severity, bug, failure_of
from bot.ui.turn import answer_failure

__all__ = ["ErrorSurface"]

log = structlog.stdlib.get_logger("adjutant.errors")

GONE = (10062, 10015, 50027, 40060)  # unknown interaction or webhook, expired token, already acknowledged
DOCTOR_COMMAND = "adjutant doctor"


class ErrorSurface:
    """Logs an error once and answers whoever waits.

    Args:
        reference: Makes the short references that a user can tell and the log has too.
        count: Is told the class name of every error, for the metrics.
    """

    def __init__(self, reference: Callable[[], str], count: Callable[[str], None]) -> None:
        self._reference = reference
        self._count = count

    async def show(self, interaction: discord.Interaction[Any], error: BaseException) -> None:
        """Answer an error. Never raises: an answer that cannot be delivered is only logged."""
        while isinstance(error, app_commands.CommandInvokeError):
            error = error.original
        self._count(type(error).__name__)
        if isinstance(error, discord.HTTPException) and error.code in GONE:
            log.warning("interaction expired before its answer", **_where(interaction), code=error.code)
            return
        failure = failure_of(error)
        if failure is None:
            reference = self._reference()
            failure = bug(reference)
            log.error("unexpected error", **_where(interaction), reference=reference, exc_info=error)
        else:
            _note(interaction, failure, error)
        await self.tell(interaction, failure)

    async def tell(self, interaction: discord.Interaction[Any], failure: Failure) -> None:
        """Answer a failure; what cannot be delivered is logged."""
        try:
            await answer_failure(interaction, failure)
        except Exception as error:
            log.warning(
                "could not tell of a failure",
                **_where(interaction),
                reason=str(error),
                title=failure.title.text,
            )


def _note(interaction: discord.Interaction[Any], failure: Failure, error: BaseException) -> None:
    details: dict[str, Any] = {"kind": type(error).__name__}
    if isinstance(error, HaloResponseError):
        details |= {"endpoint": error.endpoint, "status": error.status, **error.headers}
    elif failure.severity not in {Severity.OUTCOME, Severity.OPERATOR}:
        details["reason"] = str(error)
    if isinstance(error, HaloError):
        details |= _sign_in_details(error)
    getattr(log, failure.severity.value)("command not answered as asked", **_where(interaction), **details)


def _sign_in_details(error: HaloError) -> dict[str, str]:
    """Say which step of the sign-in failed, what its operator does about it, and with which command.

    A refusal of tokens that are in use is no step: the doctor finds out where they are from.
    """
    step = {"step": error.step.value} if error.step else {}
    if not isinstance(error, AuthenticationError | OAuth2Error):
        return step
    advice = error.advice if isinstance(error, SignInRefusedError) else str(error)
    return {**step, "advice": advice, "mend": LOGIN_COMMAND if LOGIN_COMMAND in advice else DOCTOR_COMMAND}


def _where(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    command = interaction.command
    return {
        "command": command.qualified_name if command else interaction.type.name,
        "guild": interaction.guild_id,
    }
