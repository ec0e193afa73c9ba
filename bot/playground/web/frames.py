"""What the page may ask for: one model for each action, so that nothing unchecked gets further."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "Arguments",
    "Autocomplete",
    "Channel",
    "Click",
    "Dismiss",
    "Enter",
    "ForgetFailure",
    "FormId",
    "Locale",
    "MessageMenu",
    "Request",
    "Say",
    "Select",
    "Server",
    "Slash",
    "Submit",
    "UserMenu",
    "World",
]

Snowflake = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Options = Annotated[dict[Name, str | bool | int | float], Field(max_length=25)]
Answers = Annotated[dict[Name, str | list[Name]], Field(max_length=25)]


class Arguments(BaseModel):
    """What stands beside `n` and `do` in a request; nothing else may."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Enter(Arguments):
    """Become somebody; ids that nobody has are as good as none."""

    user: str | None = None
    channel: str | None = None


class Channel(Arguments):
    """A channel."""

    channel: Snowflake


class Slash(Channel):
    """A slash command with its options."""

    command: Name
    options: Options = Field(default_factory=dict)


class Autocomplete(Slash):
    """An option that is being typed, beside the others."""

    option: Name
    typed: Annotated[str, StringConstraints(max_length=6000)]


class UserMenu(Channel):
    """A command of a user's context menu."""

    command: Name
    target: Snowflake


class MessageMenu(Arguments):
    """A command of a message's context menu."""

    message: Snowflake
    command: Name


class Click(Arguments):
    """A button."""

    message: Snowflake
    custom_id: Name


class Select(Click):
    """A select menu."""

    values: Annotated[list[Name], Field(max_length=25)]


class Submit(Arguments):
    """A form, by the interaction that opened it."""

    modal: Snowflake
    values: Answers


class FormId(Arguments):
    """An open form."""

    modal: Snowflake


class Say(Channel):
    """A message; the local Discord knows how long one may be."""

    content: str


class Dismiss(Arguments):
    """A message."""

    message: Snowflake


class ForgetFailure(Arguments):
    """An interaction that failed."""

    interaction: Snowflake


class Locale(Arguments):
    """A language of Discord's client."""

    locale: str


class Server(Arguments):
    """Who is in a server: oneself, or the bot."""

    guild: Snowflake
    what: Literal["join", "leave", "add_bot", "remove_bot"]


class World(Arguments):
    """One of the side panel's switches."""

    what: Literal[
        "end_match",
        "latency",
        "failure",
        "expire_sign_in",
        "revoke_sign_in",
        "restore_sign_in",
        "service_tag",
        "rename",
    ]
    gamertag: Annotated[str, StringConstraints(max_length=100)] | None = None
    text: Annotated[str, StringConstraints(max_length=100)] = ""
    mode: Name | None = None
    ms: Annotated[int, Field(ge=0, le=20_000)] = 0
    kind: Name | None = None


class Request(BaseModel):
    """Any request: its number, its action, and what is left for the action's own model."""

    model_config = ConfigDict(extra="allow", frozen=True, strict=True)

    n: Annotated[int, Field(ge=0, le=2**53)]
    do: str
