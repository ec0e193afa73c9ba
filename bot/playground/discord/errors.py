"""What Discord answers when it refuses, with its own codes and words."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any, cast

__all__ = ["DiscordError", "Refusal"]


class Refusal(Enum):
    """One row for each refusal: HTTP status, JSON error code, message."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NOT_FOUND = (404, 0, "404: Not Found")
    METHOD_NOT_ALLOWED = (405, 0, "405: Method Not Allowed")
    SERVER_ERROR = (500, 0, "500: Internal Server Error")
    UNKNOWN_APPLICATION = (404, 10002, "Unknown Application")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_ROLE = (404, 10011, "Unknown Role")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_EMOJI = (404, 10014, "Unknown Emoji")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    UNKNOWN_COMMAND = (404, 10063, "Unknown application command")
    TOO_MANY_EMOJIS = (400, 30008, "Maximum number of emojis reached (2000)")
    TOO_MANY_COMMANDS = (400, 30032, "Maximum number of application commands reached (100)")
    FILE_TOO_LARGE = (413, 40005, "Request entity too large")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    TOO_MANY_FOLLOW_UPS = (
        400,
        40094,
        "This interaction has reached its maximum number of follow-up messages",
    )
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    CANNOT_MESSAGE_USER = (403, 50007, "Cannot send messages to this user")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    INVALID_FORM_BODY = (400, 50035, "Invalid Form Body")
    BROKEN_JSON = (400, 50109, "The request body contains invalid JSON.")
    EMOJI_TOO_LARGE = (400, 50138, "Failed to resize asset below the minimum size: 262144")


class DiscordError(Exception):
    """A refused request; `refusal` says which, `errors` what is wrong where in the body."""

    def __init__(self, refusal: Refusal, errors: dict[str, Any] | None = None) -> None:
        self.refusal = refusal
        self.errors = errors
        super().__init__(f"{self.code}: {self.message}")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.refusal.value[0]

    @property
    def code(self) -> int:
        """Discord's JSON error code; 0 where it has none."""
        return self.refusal.value[1]

    @property
    def message(self) -> str:
        """Discord's sentence."""
        return self.refusal.value[2]

    def problems(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield where in the body something is wrong, and what."""
        yield from _problems(self.errors or {}, ())

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body if self.errors is None else {**body, "errors": self.errors}


def _problems(node: dict[str, Any], place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in node.items():
        if key == "_errors":
            yield from ((place, item["message"]) for item in cast("list[dict[str, str]]", value))
        else:
            yield from _problems(cast("dict[str, Any]", value), (*place, key))
