"""What a service method returns: the response, and its body as a model."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from inspect import isclass
from typing import Any, Generic, TypeVar, cast

from aiohttp import ClientResponse
from aiohttp_client_cache.response import CachedResponse
from pydantic import BaseModel, TypeAdapter, ValidationError
from yarl import URL

from bot.halo.errors import PayloadError
from bot.halo.transport.answer import Answer
from bot.halo.transport.failures import endpoint_of

__all__ = ["ImageResponse", "JsonResponse", "ModelParser"]

T = TypeVar("T")

_WRONG_SHAPE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class ModelParser(Generic[T]):
    """Turns a body into a pydantic model, or into any type pydantic knows, such as ``list[User]``."""

    def __init__(self, type_: type[T]) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(type_)
        model: Any = type_ if isclass(type_) and issubclass(type_, BaseModel) else None
        self._read: Callable[[bytes], T] = (
            self._adapter.validate_json if model is None else model.model_validate_json
        )
        is_frozen = model is not None and bool(model.model_config.get("frozen"))
        self.shared_type: type[T] | None = type_ if is_frozen else None
        """The type if its instances are frozen models, which one parsed body can serve to many."""

    def __call__(self, data: Any) -> T:
        """Parse decoded JSON."""
        return self._adapter.validate_python(data)

    def from_bytes(self, body: bytes) -> T:
        """Parse a body as it came, which is twice as fast as decoding it first."""
        return self._read(body)


class _BaseResponse:
    """A response whose body has been read.

    Attributes:
        response: The response itself, live or from the cache.
    """

    def __init__(self, response: ClientResponse | CachedResponse, answer: Answer | None = None) -> None:
        self.response = response
        self._answer = answer

    @property
    def from_cache(self) -> bool:
        """Whether it was not fetched for this call."""
        if self._answer is not None:
            return self._answer.from_cache
        return bool(getattr(self.response, "from_cache", False))

    @property
    def fetched_at(self) -> datetime:
        """When the service sent it (UTC)."""
        if self._answer is not None:
            return self._answer.fetched_at
        stored = getattr(self.response, "created_at", None)
        return stored.replace(tzinfo=UTC) if isinstance(stored, datetime) else datetime.now(UTC)

    @property
    def is_stale(self) -> bool:
        """Whether it has expired, and is what was last known because the service failed."""
        return self._answer is not None and self._answer.is_stale

    async def read(self) -> bytes:
        """Return the body."""
        return self._answer.body if self._answer is not None else await self.response.read()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.response.status} {self._endpoint}>"

    @property
    def _endpoint(self) -> str:
        return endpoint_of(URL(self.response.url))


class JsonResponse(_BaseResponse, Generic[T]):
    """A response with a JSON body, and how to make a model of it.

    Args:
        response: The response itself.
        _parser: Makes the model of decoded JSON; a :class:`ModelParser` also of bytes.
        answer: What the transport knows about where the response came from.
    """

    def __init__(
        self,
        response: ClientResponse | CachedResponse,
        _parser: Callable[[Any], T],
        answer: Answer | None = None,
    ) -> None:
        super().__init__(response, answer)
        self._parser = _parser

    async def json(
        self, *, encoding: str = "utf-8", loads: Callable[[str], Any] = json.loads, **_: Any
    ) -> Any:
        """Return the decoded body; further arguments of aiohttp's own ``json`` change nothing.

        Raises:
            PayloadError: It is not JSON.
        """
        try:
            return loads((await self.read()).decode(encoding))
        except (ValueError, LookupError, RecursionError) as error:
            raise PayloadError(
                self._endpoint, f"the body is not valid JSON ({type(error).__name__})"
            ) from None

    async def parse(self, **kwargs: Any) -> T:
        """Return the body as a model; arguments go to :meth:`json`.

        Raises:
            PayloadError: It is of another shape. The message names where, not what it holds.
        """
        try:
            if kwargs or not isinstance(self._parser, ModelParser):
                return self._parser(await self.json(**kwargs))
            return await self._parse_bytes(cast("ModelParser[T]", self._parser))
        except ValidationError as error:
            raise PayloadError(self._endpoint, _mismatch(error)) from None
        except _WRONG_SHAPE as error:
            raise PayloadError(self._endpoint, f"of another shape ({type(error).__name__})") from None

    async def _parse_bytes(self, parser: ModelParser[T]) -> T:
        shared = parser.shared_type
        if self._answer is None or shared is None:
            return parser.from_bytes(await self.read())
        if shared not in self._answer.parsed:
            self._answer.parsed[shared] = parser.from_bytes(self._answer.body)
        return self._answer.parsed[shared]


class ImageResponse(_BaseResponse):
    """A response whose body is a picture."""


def _mismatch(error: ValidationError) -> str:
    """Return where a body does not fit a model, without a word of what it holds."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])[:120]
    return f"{error.error_count()} values do not fit {error.title}, first {where or 'the whole'} ({first['type']})"
