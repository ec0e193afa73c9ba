"""What a match report shows of its map: the name and a picture."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from bot.halo.models.discovery_ugc import Map

__all__ = ["map_image_url", "map_title"]

_IMAGE_STEMS: Final = ("hero", "thumbnail")
_IMAGE_SUFFIXES: Final = frozenset({".jpeg", ".jpg", ".png"})
_HOST: Final = "halowaypoint.com"


def map_title(asset: Map | None) -> str:
    """Return a map's name in one line; "" for one that was deleted or has none."""
    return " ".join((asset.public_name or "").split()) if asset else ""


def map_image_url(asset: Map | None) -> str | None:
    """Return the public URL of the map's hero picture, else of its thumbnail.

    None when it has neither, or when the address is not Halo's own: the service lets players publish
    maps, and whatever stands here ends up in an embed.
    """
    if asset is None:
        return None
    paths = [path for path in asset.files.file_relative_paths if _suffix(path) in _IMAGE_SUFFIXES]
    for stem in _IMAGE_STEMS:
        for path in paths:
            url = f"{asset.files.prefix}{path}"
            if PurePosixPath(path).stem.casefold() == stem and _is_halos_own(url):
                return url
    return None


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.casefold()


def _is_halos_own(url: str) -> bool:
    """Whether this is a plain https address on one of Halo Waypoint's hosts."""
    if not (url.isascii() and url.isprintable()) or {" ", "\\"} & set(url):
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_there = host == _HOST or host.endswith(f".{_HOST}")
    return parts.scheme == "https" and is_there and port in {None, 443} and "@" not in parts.netloc
