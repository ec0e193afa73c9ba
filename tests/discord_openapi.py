"""Judges recorded requests by Discord's own description of its API, which lies beside the project.

`assert_valid_requests(local.transcript.requests)` at the end of a test is all it takes; without the
description the test is skipped. Three things the description does not say as Discord behaves:

- a snowflake may also be sent as a number (discord.py numbers new attachments with integers);
- message content ends at 2,000 characters for bots, whatever `maxLength` says;
- a file travels beside `payload_json`, so what a multipart body must hold is the JSON schema of the same request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.playground.discord.transcript import RecordedRequest

__all__ = ["DESCRIPTION", "DiscordOpenApi", "assert_valid_requests"]

DESCRIPTION = Path(__file__).parents[1] / "../shared/discord/openapi.json"
_URN = "urn:discord"
_JSON = "application/json"
_CONTENT_LENGTH = 2000
_FILE_FIELD = re.compile(r"files\[\d\]")


class DiscordOpenApi:
    """The description, with a validator for the body of each operation."""

    def __init__(self, description: dict[str, Any]) -> None:
        description["components"]["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
        self._paths: dict[str, Any] = description["paths"]
        self._by_shape = {_shape(path): path for path in self._paths}
        resource = Resource[Any](contents=description, specification=DRAFT202012)
        self._registry = Registry[Any]().with_resource(_URN, resource)
        self._validators: dict[tuple[str, str], Draft202012Validator] = {}

    def problems(self, request: RecordedRequest) -> list[str]:
        """Return everything that is wrong with a request; an empty list for a good one."""
        path = self._by_shape.get(_shape(request.template or ""))
        operation = self._paths.get(path or "", {}).get(request.method.lower())
        if path is None or operation is None:
            return [f"{request.method} {request.path}: no such endpoint"]
        found = [*self._body_problems(path, operation, request), *_file_problems(request)]
        found += [
            f"content: longer than {_CONTENT_LENGTH}"
            for text in _contents(request.body)
            if len(text) > _CONTENT_LENGTH
        ]
        return [f"{request.method} {request.template}: {problem}" for problem in found]

    def _body_problems(
        self, path: str, operation: Mapping[str, Any], request: RecordedRequest
    ) -> Iterable[str]:
        described = operation.get("requestBody")
        if described is None:
            return ["a body where none belongs"] if request.body is not None else []
        if request.body is None:
            return ["no body"] if described.get("required") else []
        validator = self._validator(path, request.method.lower())
        return [f"{error.json_path}: {error.message[:300]}" for error in validator.iter_errors(request.body)]

    def _validator(self, path: str, method: str) -> Draft202012Validator:
        if (path, method) not in self._validators:
            steps = ("paths", path, method, "requestBody", "content", _JSON, "schema")
            pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
            schema = {"$ref": f"{_URN}#/{pointer}"}
            self._validators[path, method] = Draft202012Validator(schema, registry=self._registry)
        return self._validators[path, method]


def assert_valid_requests(requests: Iterable[RecordedRequest]) -> None:
    """Fail with every way in which the requests differ from Discord's description; skip without it."""
    description = _description()
    if description is None:
        pytest.skip("Discord's API description is not beside the project")
    problems = [problem for request in requests for problem in description.problems(request)]
    assert not problems, "\n".join(problems)


@cache
def _description() -> DiscordOpenApi | None:
    return DiscordOpenApi(json.loads(DESCRIPTION.read_bytes())) if DESCRIPTION.exists() else None


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _file_problems(request: RecordedRequest) -> list[str]:
    return [
        f"{file.field}: not among files[0] to files[9]"
        for file in request.files
        if not _FILE_FIELD.fullmatch(file.field)
    ]


def _contents(body: object) -> list[str]:
    """Return the message content of a body, wherever a message stands in it."""
    if not isinstance(body, dict):
        return []
    document = cast("dict[str, Any]", body)
    places: list[Any] = [document, document.get("data"), document.get("message")]
    return [
        place["content"]
        for place in places
        if isinstance(place, dict) and isinstance(place.get("content"), str)
    ]
