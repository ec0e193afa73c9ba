"""How the simulated sign-in behaves: lives, what it insists on, and what it refuses when told to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["SignInRules", "SignInStop"]

_Life = Annotated[timedelta, Field(gt=timedelta(0), le=timedelta(days=3650))]
_Wait = Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(days=1))]
_Refusal = Annotated[int, Field(ge=400, le=499)]
_Code = Annotated[int, Field(ge=0, le=2**32)]


class SignInStop(StrEnum):
    """A step that can be ordered to refuse, whatever it is shown."""

    USER = "user"
    XSTS = "xsts"
    SPARTAN = "spartan"
    CLEARANCE = "clearance"


class SignInRules(BaseModel):
    """The rules in force; change them through :meth:`SignInDesk.change`.

    Attributes:
        apps: The registered Azure applications: client ids with their secret, None for a public client.
            While it is empty every client id is known and nobody looks at its secret.
        access_life: How long Microsoft's access token is good.
        refresh_life: After how long without use a refresh token dies.
        code_life: How long the code that a browser brings back is good.
        device_life: How long a user code can be typed.
        device_interval: How often Microsoft wants to be asked about a device code.
        spartan_life: How long a Spartan token is good.
        approves_devices_after: How long after its user code was shown a device is approved by itself; None
            leaves that to somebody.
        declines_browser: Whether the person at the browser says no.
        ticket_prefix: The prefix of the ticket that this account is taken with; the other one is a 401.
        xerr: Xbox's reason to refuse the account, None to let it in.
        omitted_claims: What XSTS does not tell of the account.
        refusals: Steps that refuse, each with the status.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    apps: Mapping[str, str | None] = Field(default_factory=dict[str, str | None], repr=False)
    access_life: _Life = timedelta(hours=1)
    refresh_life: _Life = timedelta(days=90)
    code_life: _Life = timedelta(minutes=10)
    device_life: _Life = timedelta(minutes=15)
    device_interval: _Life = timedelta(seconds=5)
    spartan_life: _Life = timedelta(hours=4)
    approves_devices_after: _Wait | None = None
    declines_browser: bool = False
    ticket_prefix: Literal["d=", "t="] = "d="
    xerr: _Code | None = None
    omitted_claims: frozenset[Literal["xid", "gtg"]] = frozenset()
    refusals: Mapping[SignInStop, _Refusal] = Field(default_factory=dict[SignInStop, int])
