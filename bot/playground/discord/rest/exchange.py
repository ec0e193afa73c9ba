"""What every REST request goes through: body, token, faults, errors as JSON, rate limit headers, transcript."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, cast

from aiohttp import BodyPartReader, web
from aiohttp.typedefs import Handler

from bot.playground.discord.checks.shapes import check_shape
from bot.playground.discord.clock import Clock
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.faults import Faults
from bot.playground.discord.form import Form
from bot.playground.discord.model import Json
from bot.playground.discord.transcript import RecordedFile, RecordedRequest, Transcript
from bot.playground.discord.uploads import Body, Upload

__all__ = ["API_PREFIX", "Exchange", "body_of", "document_of", "reply", "snowflake"]

API_PREFIX = "/api/v10"
_BY_TOKEN_IN_PATH = ("/interactions/", "/webhooks/")
_HARMLESS_LIMITS = {
    "X-RateLimit-Limit": "50",
    "X-RateLimit-Remaining": "49",
    "X-RateLimit-Reset-After": "1.000",
}
_DOCUMENT = web.RequestKey("document", object)
_FILES = web.RequestKey("files", dict[int, Upload])

_log = logging.getLogger(__name__)


def reply(data: object = None, status: int = 200) -> web.Response:
    """Return a JSON answer, or 204 without data; the content type carries no charset, as Discord's."""
    if data is None:
        return web.Response(status=204)
    encoded = json.dumps(data, separators=(",", ":")).encode()
    return web.Response(body=encoded, status=status, headers={"Content-Type": "application/json"})


def snowflake(request: web.Request, name: str) -> int:
    """Return an id of the path. Raises `DiscordError` (50035) for what is no number."""
    value = request.match_info[name]
    if not value.isdecimal():
        form = Form()
        form.add((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        form.finish()
    return int(value)


def document_of(request: web.Request) -> Any:
    """Return the JSON that came, of whatever type; what it holds has the right types. Raises `DiscordError`."""
    document = request[_DOCUMENT]
    check_shape(document)
    return document


def body_of(request: web.Request) -> Body:
    """Return the JSON object and the files that came. Raises `DiscordError` for any other JSON."""
    document = document_of(request)
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise DiscordError(Refusal.INVALID_FORM_BODY, {"_errors": [_NO_OBJECT]})
    return Body(cast("Json", document), request[_FILES])


_NO_OBJECT = {"code": "MODEL_TYPE_CONVERT", "message": "Only dictionaries may be used in a ModelType"}


class Exchange:
    """The middleware around every REST handler."""

    def __init__(self, clock: Clock, token: str, faults: Faults, transcript: Transcript) -> None:
        self._clock = clock
        self._token = token
        self._faults = faults
        self._transcript = transcript

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer one request."""
        if not request.path.startswith(f"{API_PREFIX}/"):
            return await handler(request)
        started = self._clock.monotonic()
        template = _template(request)
        request[_DOCUMENT], request[_FILES] = None, {}
        response = await self._answer(request, handler, template)
        response.headers.update(_HARMLESS_LIMITS)
        self._transcript.add(
            RecordedRequest(
                request.method,
                template,
                request.path.removeprefix(API_PREFIX),
                dict(request.query),
                request[_DOCUMENT],
                tuple(_recorded(request[_FILES])),
                response.status,
                started,
                (self._clock.monotonic() - started) * 1000,
            )
        )
        return response

    async def _answer(
        self, request: web.Request, handler: Handler, template: str | None
    ) -> web.StreamResponse:
        try:
            await _read(request)
            fault = self._faults.take(request.method, template)
            if fault is not None:
                response = reply(fault.body(), fault.status)
                response.headers.update(fault.headers())
                return response
            self._authorize(request)
            return await handler(request)
        except DiscordError as error:
            return reply(error.body(), error.status)
        except web.HTTPException as error:
            refusal = _HTTP_REFUSALS.get(error.status, Refusal.SERVER_ERROR)
            return reply(DiscordError(refusal).body(), error.status)
        except Exception:
            _log.exception("The local Discord failed at %s %s", request.method, template)
            return reply(DiscordError(Refusal.SERVER_ERROR).body(), 500)

    def _authorize(self, request: web.Request) -> None:
        path = request.path.removeprefix(API_PREFIX)
        if (
            not path.startswith(_BY_TOKEN_IN_PATH)
            and request.headers.get("Authorization") != f"Bot {self._token}"
        ):
            raise DiscordError(Refusal.UNAUTHORIZED)


_HTTP_REFUSALS = {404: Refusal.NOT_FOUND, 405: Refusal.METHOD_NOT_ALLOWED, 413: Refusal.FILE_TOO_LARGE}


def _template(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return None if resource is None else resource.canonical.removeprefix(API_PREFIX)


def _recorded(files: Mapping[int, Upload]) -> list[RecordedFile]:
    return [
        RecordedFile(f"files[{number}]", item.filename, item.content_type, len(item.content))
        for number, item in sorted(files.items())
    ]


async def _read(request: web.Request) -> None:
    """Take in the body, whichever of Discord's two encodings it has."""
    if request.content_type == "multipart/form-data":
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if isinstance(part, BodyPartReader):
                await _read_part(request, part)
    elif raw := await request.read():
        request[_DOCUMENT] = _decoded(raw)


async def _read_part(request: web.Request, part: BodyPartReader) -> None:
    content = bytes(await part.read(decode=False))
    name = part.name or ""
    if name == "payload_json":
        request[_DOCUMENT] = _decoded(content)
    elif name.startswith("files[") and name[6:-1].isdigit():
        filename = part.filename or "unknown"
        request[_FILES][int(name[6:-1])] = Upload(filename, content, _content_type(filename, content))


def _content_type(filename: str, content: bytes) -> str:
    """Return the type that a file's first bytes or its name tell; Discord does not trust the sender's."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    return _SUFFIXES.get(filename.rpartition(".")[2].lower(), "application/octet-stream")


_SIGNATURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_SUFFIXES = {
    "txt": "text/plain; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "webp": "image/webp",
}


def _decoded(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise DiscordError(Refusal.BROKEN_JSON) from None
