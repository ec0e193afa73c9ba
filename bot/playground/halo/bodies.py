"""What requests bring in their bodies."""

from __future__ import annotations

import json
from typing import Any, cast

from aiohttp import web

from bot.playground.halo.answers import Refusal

__all__ = ["read_form", "read_object"]


async def read_form(request: web.Request) -> dict[str, str]:
    """The fields of a form, the first of each name; files are none."""
    fields: dict[str, str] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            fields.setdefault(name, value)
    return fields


async def read_object(request: web.Request) -> dict[str, Any]:
    """A JSON object; 400 when it is none."""
    try:
        body: Any = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Refusal(400, "InvalidJson") from None
    if not isinstance(body, dict):
        raise Refusal(400, "InvalidJson")
    return cast("dict[str, Any]", body)
