"""The Azure application in whose name somebody signs in."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["AzureApp"]


@dataclass(frozen=True)
class AzureApp:
    """An application registered at Azure for personal Microsoft accounts.

    Attributes:
        client_id: The application's id.
        client_secret: Its secret; empty for a public client, which has none.
        redirect_uri: Where Microsoft sends the browser with the authorization code.
    """

    client_id: str
    client_secret: str = field(default="", repr=False)
    redirect_uri: str = "https://localhost"
