"""``discovery-infiniteugc``: maps, variants, playlists, pairs, searches, films; and the public pictures of assets."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.playground.halo.answers import ASSET_MAX_AGE_S, Refusal, answer_json, answer_png
from bot.playground.halo.stage import Stage, read_number, read_uuid
from bot.playground.halo.wire.asset_json import (
    UGC_HOST,
    write_map,
    write_pair,
    write_playlist,
    write_search,
    write_variant,
)
from bot.playground.halo.wire.asset_names import in_language
from bot.playground.world.catalogue import Asset, AssetKind
from bot.playground.world.playlists import PLAYLISTS

__all__ = ["DiscoveryAuthority"]

_HOST = "/discovery-infiniteugc.svc.halowaypoint.com"
_KINDS = {
    "maps": AssetKind.MAP,
    "ugcGameVariants": AssetKind.UGC_GAME_VARIANT,
    "playlists": AssetKind.PLAYLIST,
    "mapModePairs": AssetKind.MAP_MODE_PAIR,
}
_SEARCHABLE = {"map": AssetKind.MAP, "ugcgamevariant": AssetKind.UGC_GAME_VARIANT, "prefab": None}
_MOST_HITS = 101


class DiscoveryAuthority:
    """Answers for user-generated content. A deleted asset is not there."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        kinds = "{kind:" + "|".join(_KINDS) + "}"
        asset = f"{_HOST}/hi/{kinds}/{{asset}}"
        return [
            web.get(asset, self._asset),
            web.get(asset + "/versions/{version}", self._asset),
            web.get(_HOST + "/hi/search", self._search),
            web.get(_HOST + "/hi/films/matches/{match}/spectate", self._film),
            web.get(
                f"/{UGC_HOST}/ugcstorage/{{kind}}/{{asset}}/{{version}}/images/{{name}}.png", self._picture
            ),
        ]

    def _find(self, kind: AssetKind, request: web.Request) -> Asset:
        asset = self._stage.world.catalogue.find(kind, read_uuid(request.match_info["asset"]))
        version = request.match_info.get("version")
        if asset is None or (version is not None and read_uuid(version) != asset.version_id):
            raise Refusal(404, "AssetNotFound")
        return asset

    async def _asset(self, request: web.Request) -> web.Response:
        asset = self._find(_KINDS[request.match_info["kind"]], request)
        body = in_language(self._write(asset), request.headers.get("Accept-Language"))
        return answer_json(body, max_age_s=ASSET_MAX_AGE_S)

    def _write(self, asset: Asset) -> dict[str, Any]:
        if asset.kind is AssetKind.PLAYLIST:
            playlist = next(it for it in PLAYLISTS.values() if it.asset_id == asset.asset_id)
            return write_playlist(asset, playlist, self._stage.world.catalogue.rotation(playlist))
        writers = {
            AssetKind.MAP: write_map,
            AssetKind.UGC_GAME_VARIANT: write_variant,
            AssetKind.MAP_MODE_PAIR: write_pair,
        }
        return writers[asset.kind](asset)

    async def _search(self, request: web.Request) -> web.Response:
        start, count = read_number(request, "start", 0), read_number(request, "count", 25)
        if not 1 <= count <= _MOST_HITS:
            raise Refusal(400, "InvalidCount")
        wanted = request.query.get("assetKind", "").lower()
        kinds = [_SEARCHABLE[wanted]] if wanted in _SEARCHABLE else list(_SEARCHABLE.values())
        term = request.query.get("term", "").casefold()
        found = self._stage.world.catalogue.search(frozenset(kind for kind in kinds if kind is not None))
        hits = [asset for asset in found if term in asset.name.casefold()]
        hits.sort(key=lambda asset: asset.name, reverse=request.query.get("order", "desc") == "desc")
        return answer_json(write_search(hits, start, count, self._stage.world.began_at))

    async def _film(self, request: web.Request) -> web.Response:
        """No match of this world has a film: all have expired."""
        read_uuid(request.match_info["match"])
        raise Refusal(404, "FilmNotFound")

    async def _picture(self, request: web.Request) -> web.Response:
        kinds = {kind.name.replace("_", "").lower(): kind for kind in AssetKind}
        kind = kinds.get(request.match_info["kind"])
        asset = self._find(kind, request) if kind else None
        if asset is None or not asset.pictured:
            raise Refusal(404, "BlobNotFound")
        draw = self._stage.gallery.asset_picture
        picture = await asyncio.to_thread(draw, asset.name, asset.hue, request.match_info["name"])
        if picture is None:
            raise Refusal(404, "BlobNotFound")
        return answer_png(picture)
