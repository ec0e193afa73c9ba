"""Pictures that embeds name elsewhere, fetched by the playground itself, as Discord's media proxy does."""

from __future__ import annotations

import hmac
import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

import aiohttp
from aiohttp import ClientSession, ClientTimeout, web
from yarl import URL

from bot.halo.transport.origin import rewrite

__all__ = ["MediaLinks", "MediaProxy"]

_LONGEST_URL = 2048
_BIGGEST_PICTURE = 8 * 2**20
_KEPT_BYTES = 32 * 2**20
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_TIMEOUT = ClientTimeout(total=10, sock_connect=3)
# Raster pictures only: an SVG can carry a script.
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})


class MediaLinks:
    """Signs addresses, so that the proxy fetches what an embed named and nothing else."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def path(self, url: str) -> str | None:
        """The page's own path for a picture, None for an address that cannot be a picture's."""
        if not url.startswith("https://") or len(url) > _LONGEST_URL:
            return None
        return f"/media/{self._sign(url)}/{quote(url, safe='')}"

    def is_signed(self, signature: str, url: str) -> bool:
        """Whether ``path`` gave that signature to that address."""
        return hmac.compare_digest(self._sign(url).encode(), signature.encode())

    def _sign(self, url: str) -> str:
        return hmac.new(self._key, url.encode(), sha256).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Picture:
    content: bytes
    content_type: str


class MediaProxy:
    """Fetches signed pictures from the simulated hosts, and from nowhere else, whatever they are called.

    Args:
        session: Carries no token and no cookie.
        links: Who signed the addresses.
        origin: Where every simulated host is found.
    """

    def __init__(self, session: ClientSession, links: MediaLinks, origin: URL) -> None:
        self._session = session
        self._links = links
        self._origin = origin
        self._kept: OrderedDict[str, _Picture] = OrderedDict()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer with the picture: 403 unsigned, 404 gone, 415 no picture, 413 too big, 502 or 504 in trouble."""
        url = request.match_info["url"]
        if not self._links.is_signed(request.match_info["signature"], url):
            raise web.HTTPForbidden
        picture = self._kept.get(url)
        if picture is None:
            picture = await self._fetch(self._target(url))
            self._keep(url, picture)
        headers = {"Content-Type": picture.content_type, "Cache-Control": "private, max-age=3600"}
        return web.Response(body=picture.content, headers=headers)

    def _target(self, url: str) -> URL:
        try:
            # Whatever has no place in a request is percent-encoded here.
            real = URL(url)
            target = rewrite(real, self._origin)
        except ValueError:
            raise web.HTTPNotFound from None
        if target is real or real.user is not None or not _HOST.fullmatch(real.raw_host or ""):
            raise web.HTTPNotFound
        return target

    async def _fetch(self, target: URL) -> _Picture:
        try:
            async with self._session.get(target, timeout=_TIMEOUT, allow_redirects=False) as response:
                if response.status != 200:
                    raise web.HTTPNotFound if response.status == 404 else web.HTTPBadGateway
                if response.content_type not in _PICTURES:
                    raise web.HTTPUnsupportedMediaType
                return _Picture(await _read(response), response.content_type)
        except TimeoutError:
            raise web.HTTPGatewayTimeout from None
        except aiohttp.ClientError:
            raise web.HTTPBadGateway from None

    def _keep(self, url: str, picture: _Picture) -> None:
        self._kept[url] = picture
        while sum(len(item.content) for item in self._kept.values()) > _KEPT_BYTES:
            self._kept.popitem(last=False)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > _BIGGEST_PICTURE:
            raise web.HTTPRequestEntityTooLarge(_BIGGEST_PICTURE, len(content))
    return bytes(content)
