from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp_client_cache.response import CachedResponse
from pydantic import BaseModel, ConfigDict

from bot.halo.errors import PayloadError
from bot.halo.responses import ImageResponse, JsonResponse, ModelParser
from bot.halo.transport.answer import Answer
from bot.halo.transport.serializer import stored_response

FETCHED = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


class Medal(BaseModel):
    model_config = ConfigDict(frozen=True)

    name: str
    count: int


def first_letters(data: Any) -> int:
    return data["name"]["first"] + 1


def stored(body: bytes) -> CachedResponse:
    return stored_response(
        method="GET", status=200, reason="OK", url="https://h.example/users/gt(Someone)?q=1", encoding="utf-8",
        raw_headers=((b"Content-Type", b"application/json"),), body=body,
        created_at=FETCHED.replace(tzinfo=None), expires=None,
    )  # fmt: skip


def answered(body: bytes, *, is_stale: bool = False) -> Answer:
    return Answer(stored(body), body, from_cache=True, fetched_at=FETCHED, is_stale=is_stale)


async def test_a_body_becomes_a_model() -> None:
    body = b'{"name": "Perfect", "count": 3}'
    response = JsonResponse(stored(body), ModelParser(Medal))

    assert await response.parse() == Medal(name="Perfect", count=3)
    assert await response.json() == {"name": "Perfect", "count": 3}
    assert await response.json(loads=str.upper, content_type=None) == body.decode().upper()
    assert await response.read() == body


async def test_lists_and_plain_json_are_parsed_too() -> None:
    assert await JsonResponse(stored(b'[{"name": "a", "count": 1}]'), ModelParser(list[Medal])).parse() == [
        Medal(name="a", count=1)
    ]
    assert await JsonResponse(stored(b'{"a": [1]}'), ModelParser(dict[str, Any])).parse() == {"a": [1]}


async def test_any_callable_on_decoded_json_is_a_parser() -> None:
    assert await JsonResponse(stored(b'{"a": 1}'), lambda data: data["a"] + 1).parse() == 2


async def test_a_frozen_model_is_parsed_once_for_everyone() -> None:
    answer = answered(b'{"name": "Perfect", "count": 3}')
    first = await JsonResponse(answer.response, ModelParser(Medal), answer).parse()
    again = answer.as_stale()
    second = await JsonResponse(again.response, ModelParser(Medal), again).parse()

    assert first is second


async def test_what_can_be_changed_is_not_shared() -> None:
    answer = answered(b'{"a": []}')
    parser = ModelParser(dict[str, Any])
    first = await JsonResponse(answer.response, parser, answer).parse()
    first["a"].append("mine")

    assert await JsonResponse(answer.response, parser, answer).parse() == {"a": []}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"<html>", b"\xff\xfe", b'{"name": 1}', b'["Someone"]', b"[" * 100_000]
)
@pytest.mark.parametrize("parser", [ModelParser(Medal), first_letters])
async def test_another_shape_is_a_payload_error_that_tells_nobody_s_name(
    body: bytes, parser: Callable[[Any], Any]
) -> None:
    with pytest.raises(PayloadError) as failed:
        await JsonResponse(stored(body), parser).parse()

    assert failed.value.endpoint == "h.example/users/gt(…)"
    assert "Someone" not in str(failed.value)


async def test_an_answer_tells_where_it_came_from() -> None:
    answer = answered(b"\x89PNG", is_stale=True)
    image = ImageResponse(answer.response, answer)

    assert (image.from_cache, image.is_stale, image.fetched_at) == (True, True, FETCHED)
    assert await image.read() == b"\x89PNG"
    assert image.response.status == 200
    assert "Someone" not in repr(image)


async def test_a_stored_response_alone_tells_it_too() -> None:
    image = ImageResponse(stored(b"x"))
    await asyncio.sleep(0)

    assert (image.from_cache, image.is_stale, image.fetched_at) == (True, False, FETCHED)
