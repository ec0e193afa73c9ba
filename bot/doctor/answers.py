"""Reading what a stranger answers."""

from __future__ import annotations

import json
from typing import Any, cast

from aiohttp import ClientResponse

__all__ = ["read_object"]

_LARGEST = 64 * 1024


async def read_object(response: ClientResponse) -> dict[str, Any]:
    """Return the JSON object of a body; an empty one where there is none, or more than 64 KiB."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _LARGEST:
            return {}
    try:
        answer: Any = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}
