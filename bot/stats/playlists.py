"""Playlists: whether one is ranked."""

from __future__ import annotations

from typing import Final
from uuid import UUID

__all__ = ["RANKED_PLAYLISTS", "is_ranked_playlist"]

#: The ranked playlists seen so far, the most played first. They rotate, so a name with "Ranked" in it counts as well.
RANKED_PLAYLISTS: Final = (
    UUID("edfef3ac-9cbe-4fa2-b949-8f29deafd483"),  # Ranked Arena
    UUID("dcb2e24e-05fb-4390-8076-32a0cdb4326e"),  # Ranked Slayer
    UUID("fa5aa2a3-2428-4912-a023-e1eeea7b877c"),  # Ranked Doubles
    UUID("a883e7e1-9aca-4296-9009-3733a0ca8081"),  # Ranked Snipers
    UUID("71734db4-4b8e-4682-9206-62b6eff92582"),  # Ranked FFA
    UUID("6dc5f699-d6d9-41c4-bdf8-7ae11dec2d1b"),  # Ranked Squad Battle
    UUID("7c60fb3e-656c-4ada-a085-293562642e50"),  # Ranked Tactical
)


def is_ranked_playlist(playlist_id: UUID, public_name: str | None) -> bool:
    """Whether a playlist's matches change CSR, judged by its id or its English name."""
    return playlist_id in RANKED_PLAYLISTS or "ranked" in (public_name or "").casefold().split()
