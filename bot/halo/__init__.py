"""An async client for Halo Infinite's web services.

The models below this package are also used where nothing is ever sent, in the processes that draw. So that
those need not load an HTTP client, what the package offers is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bot.halo.auth import AzureApp, authenticate_player, refresh_player_tokens
    from bot.halo.client import HaloInfiniteClient

__all__ = ["AzureApp", "HaloInfiniteClient", "authenticate_player", "refresh_player_tokens"]

_HOMES: Final = MappingProxyType(
    {
        "AzureApp": "bot.halo.auth",
        "HaloInfiniteClient": "bot.halo.client",
        "authenticate_player": "bot.halo.auth",
        "refresh_player_tokens": "bot.halo.auth",
    }
)


def __getattr__(name: str) -> Any:
    """Return one of the names that the package offers, from the module where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
