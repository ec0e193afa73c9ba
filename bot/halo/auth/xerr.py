"""Xbox's codes for why an account may not sign in, and what its owner does about each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.halo.errors import LOGIN_COMMAND

__all__ = ["advice_for"]

_ADVICE: Final[Mapping[int, str]] = MappingProxyType(
    {
        2148916222: "Xbox wants to know this account's age: sign in on xbox.com and verify it.",
        2148916227: "This account is banned from Xbox: sign in with another one.",
        2148916229: "Parental settings block this account: have its guardian allow online play at "
        "account.microsoft.com/family, or sign in with another account.",
        2148916233: "This Microsoft account has no Xbox profile yet: create one at xbox.com.",
        2148916234: "This account has not accepted Xbox's terms: sign in on xbox.com once and accept them.",
        2148916235: "Xbox is not available in this account's country: sign in with another account.",
        2148916236: "Korean law wants an adult verification of this account: sign in on xbox.com and complete it.",
        2148916237: "This account has reached its play-time limit or needs an age verification: "
        "sign in on xbox.com and see to it.",
        2148916238: "This is a child's account outside a family: have an adult add it at "
        "account.microsoft.com/family, or sign in with another account.",
    }
)


def advice_for(xerr: int | None) -> str:
    """Return the sentence for an ``XErr``; an unknown code is named itself, and None means that there was none."""
    if xerr is None:
        return f"Xbox gave no reason. Sign in again: {LOGIN_COMMAND}"
    return _ADVICE.get(
        xerr, f"Xbox's reason is code {xerr}: sign in on xbox.com with this account and see what it asks for."
    )
