"""How every simulated service answers: JSON with or without a shelf life, and refusals with the usual headers."""

from __future__ import annotations

import json
import uuid
from typing import Any

from aiohttp import web

__all__ = ["ASSET_MAX_AGE_S", "FILE_MAX_AGE_S", "Refusal", "answer_json", "answer_png", "answer_refusal"]

ASSET_MAX_AGE_S = 5 * 3600
"""Maps, variants, playlists and pairs."""
FILE_MAX_AGE_S = 24 * 3600
"""Metadata, calendars, images and match stats."""
_JSON_TYPE = "application/json; charset=utf-8"


class Refusal(Exception):
    """The service does not do what was asked; ``status`` tells why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def answer_json(data: Any, *, max_age_s: int | None = None, status: int = 200) -> web.Response:
    """A JSON answer; only one with a ``max_age_s`` may be cached."""
    headers = {"Content-Type": _JSON_TYPE}
    if max_age_s is not None:
        headers["Cache-Control"] = f"public, max-age={max_age_s}"
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=body, status=status, headers=headers)


def answer_png(body: bytes) -> web.Response:
    """A picture."""
    headers = {"Content-Type": "image/png", "Cache-Control": f"public, max-age={FILE_MAX_AGE_S}"}
    return web.Response(body=body, headers=headers)


def answer_refusal(status: int, reason: str, *, headers: dict[str, str] | None = None) -> web.Response:
    """A 4xx or 5xx with the headers that an operator would want in the log."""
    trace = {
        "X-343-Exception": reason,
        "MS-CV": f"{uuid.uuid4().hex[:16]}.0",
        "Transaction-ID": str(uuid.uuid4()),
        "Content-Type": _JSON_TYPE,
    }
    body = json.dumps({"Code": status, "Message": reason}).encode()
    return web.Response(body=body, status=status, headers={**trace, **(headers or {})})
