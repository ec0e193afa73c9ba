"""Maps, game variants, playlists and map-mode pairs as assets with ids that every world shares."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from bot.playground.world.mode import Mode
from bot.playground.world.modes import MODES
from bot.playground.world.places import PLACES, Place
from bot.playground.world.playlists import PLAYLISTS, Playlist
from bot.playground.world.tongues import find_tongue, translate, translate_pair

__all__ = ["Asset", "AssetKind", "Catalogue", "derive_id"]

_NAMESPACE = uuid.UUID("5b0a3a1e-63b9-4a5e-9c0e-1f1f5f0a7d10")


class AssetKind(IntEnum):
    """The service's numbers for kinds of assets."""

    MAP = 2
    PLAYLIST = 3
    UGC_GAME_VARIANT = 6
    MAP_MODE_PAIR = 7
    ENGINE_GAME_VARIANT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One version of one asset; ``hue`` colours its pictures, ``pictured`` tells whether it has any."""

    kind: AssetKind
    asset_id: uuid.UUID
    version_id: uuid.UUID
    name: str
    description: str
    hue: int
    deleted: bool = False
    links: tuple[Asset, ...] = ()

    @property
    def pictured(self) -> bool:
        """Pairs and engine variants have no pictures."""
        return self.kind in {AssetKind.MAP, AssetKind.UGC_GAME_VARIANT, AssetKind.PLAYLIST}

    def in_tongue(self, accept_language: str) -> Asset:
        """The asset, and what it links to, with names in the language that an ``Accept-Language`` asks for."""
        tongue = find_tongue(accept_language)
        return self if tongue is None else self._named_in(tongue)

    def _named_in(self, tongue: str) -> Asset:
        if self.kind is AssetKind.MAP_MODE_PAIR:
            place, mode = self.links
            name = translate_pair(mode.name, place.name, tongue)
        else:
            name = translate(self.name, tongue)
        links = tuple(link._named_in(tongue) for link in self.links)
        return replace(self, name=name, links=links)


def derive_id(*parts: object) -> uuid.UUID:
    """A stable id for anything that can be named."""
    return uuid.uuid5(_NAMESPACE, "/".join(str(part) for part in parts))


class Catalogue:
    """Every asset, found by what it stands for or by its id."""

    @cached_property
    def _by_id(self) -> dict[uuid.UUID, Asset]:
        assets = [
            *(self.place(place) for place in PLACES),
            *(self.variant(mode) for mode in MODES.values()),
            *(self.playlist(playlist) for playlist in PLAYLISTS.values()),
            *(pair for playlist in PLAYLISTS.values() for pair in self.rotation(playlist)),
        ]
        return {asset.asset_id: asset for asset in assets}

    def find(self, kind: AssetKind, asset_id: uuid.UUID) -> Asset | None:
        """The asset of that kind, None when there is none or its author deleted it."""
        asset = self._by_id.get(asset_id)
        return asset if asset is not None and asset.kind is kind and not asset.deleted else None

    def search(self, kinds: frozenset[AssetKind]) -> tuple[Asset, ...]:
        """Every asset of these kinds that still exists."""
        return tuple(asset for asset in self._by_id.values() if asset.kind in kinds and not asset.deleted)

    def place(self, place: Place) -> Asset:
        """The map variant of a place."""
        return _asset(
            AssetKind.MAP, place.name, place.name, place.description, place.hue, deleted=place.deleted
        )

    def variant(self, mode: Mode) -> Asset:
        """The game variant of a mode, linked to the engine's variant."""
        engine = _asset(AssetKind.ENGINE_GAME_VARIANT, f"engine/{mode.category}", f"Engine-{mode.key}", "", 0)
        hue = mode.category * 47 % 360
        return _asset(AssetKind.UGC_GAME_VARIANT, mode.key, mode.name, mode.description, hue, links=(engine,))

    def playlist(self, playlist: Playlist) -> Asset:
        """The playlist itself; its rotation is :meth:`rotation`."""
        hue = playlist.weight * 61 % 360
        asset = _asset(AssetKind.PLAYLIST, playlist.key, playlist.name, playlist.description, hue)
        return replace(asset, asset_id=playlist.asset_id)

    def pair(self, mode: Mode, place: Place) -> Asset:
        """A mode on a place, linked to the map and the variant in this order."""
        return _asset(
            AssetKind.MAP_MODE_PAIR,
            f"{mode.key} on {place.name}",
            translate_pair(mode.name, place.name, None),
            "",
            place.hue,
            links=(self.place(place), self.variant(mode)),
        )

    def rotation(self, playlist: Playlist) -> tuple[Asset, ...]:
        """The pairs that a playlist picks from."""
        return tuple(self.pair(MODES[key], place) for key in playlist.modes for place in playlist.places)


def _asset(
    kind: AssetKind,
    key: str,
    name: str,
    description: str,
    hue: int,
    *,
    deleted: bool = False,
    links: tuple[Asset, ...] = (),
) -> Asset:
    return Asset(
        kind=kind,
        asset_id=derive_id(kind.name, key),
        version_id=derive_id(kind.name, key, "version"),
        name=name,
        description=description,
        hue=hue,
        deleted=deleted,
        links=links,
    )
