"""What every service has: a way to the wire, and what its calls may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from yarl import URL

from bot.halo.responses import ImageResponse, JsonResponse, ModelParser
from bot.halo.transport.core import Transport
from bot.halo.transport.options import RequestOptions

__all__ = ["BaseService"]

T = TypeVar("T")


class BaseService:
    """One of Halo's authorities.

    Args:
        transport: What asks the service.
        options: What each call may take: deadline, priority, freshness.
    """

    def __init__(self, transport: Transport, options: RequestOptions | None = None) -> None:
        self._transport = transport
        self._options = options or RequestOptions()

    async def _get_json(
        self,
        url: URL,
        parser: ModelParser[T],
        *,
        headers: Mapping[str, str] | None = None,
        settles: bool = False,
    ) -> JsonResponse[T]:
        answer = await self._transport.get(url, options=self._options, headers=headers, settles=settles)
        return JsonResponse(answer.response, parser, answer=answer)

    async def _get_image(self, url: URL) -> ImageResponse:
        answer = await self._transport.get(url, options=self._options, expect="binary")
        return ImageResponse(answer.response, answer=answer)
