"""What services add, leave out or null: it never fails a model, and never changes what was not touched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.models.base import HaloModel
from tests.halo.models.kinds import KINDS, Kind

Path = tuple[str | int, ...]

IDS = {
    "MatchId",
    "PlayerId",
    "AssetId",
    "VersionId",
    "AssetVersionId",
    "Id",
    "NameId",
    "nameId",
    "xuid",
    "TeamId",
}

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
few = settings(max_examples=20, deadline=None)
every_source = pytest.mark.parametrize("source", ["small", "recorded"])


def leaves(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a body or of a dumped model, with the JSON path it stands at."""
    yield at, value
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves(part, (*at, str(key)))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from leaves(part, (*at, index))


def shortened(value: Any) -> Any:
    """The same body with at most two entries in each list, so that many variants can be tried."""
    if isinstance(value, dict):
        return {key: shortened(part) for key, part in value.items()}
    return [shortened(part) for part in value[:2]] if isinstance(value, list) else value


def body_of(kind: Kind, source: str) -> dict[str, Any]:
    return json.loads(json.dumps(kind.small)) if source == "small" else shortened(kind.recorded())


def read(model: type[HaloModel], body: Any) -> dict[Path, str]:
    """What the model says at each path, the same whichever way it was built."""
    built = model(**body)
    parsed = model.model_validate_json(json.dumps(body))
    said = {path: repr(value) for path, value in leaves(parsed.model_dump(by_alias=True)) if is_leaf(value)}
    assert {
        path: repr(value) for path, value in leaves(built.model_dump(by_alias=True)) if is_leaf(value)
    } == said
    return said


def is_leaf(value: Any) -> bool:
    return not isinstance(value, Mapping | list | tuple)


def parent_of(body: Any, path: Path) -> Any:
    for step in path[:-1]:
        body = body[step]
    return body


def untouched(said: dict[Path, str], *touched: Path) -> dict[Path, str]:
    return {path: value for path, value in said.items() if not any(path[: len(t)] == t for t in touched)}


def optional_keys(body: Any) -> list[Path]:
    return [path for path, _ in leaves(body) if path and isinstance(path[-1], str) and path[-1] not in IDS]


@every_source
@every_kind
@few
@given(data=st.data())
def test_keys_that_are_missing_or_null_take_nothing_else_with_them(
    kind: Kind, source: str, data: st.DataObject
) -> None:
    body = body_of(kind, source)
    before = read(kind.model, body)
    paths = set(data.draw(st.lists(st.sampled_from(optional_keys(body)), min_size=1, max_size=4)))

    for path in sorted(paths, key=len, reverse=True):
        if data.draw(st.booleans()):
            del parent_of(body, path)[path[-1]]
        else:
            parent_of(body, path)[path[-1]] = None

    assert untouched(read(kind.model, body), *paths) == untouched(before, *paths)


@every_source
@every_kind
@few
@given(
    data=st.data(),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=3,
    ),
)
def test_a_key_that_nobody_knows_is_ignored(kind: Kind, source: str, data: st.DataObject, value: Any) -> None:
    body = body_of(kind, source)
    before = read(kind.model, body)
    objects = [path for path, part in leaves(body) if isinstance(part, dict)]
    path = (*data.draw(st.sampled_from(objects)), "Key that nobody knows")

    parent_of(body, path)[path[-1]] = value

    assert untouched(read(kind.model, body), path) == untouched(before, path)


@every_source
@every_kind
@few
@given(data=st.data())
def test_an_enum_value_that_nobody_knows_stays_readable(kind: Kind, source: str, data: st.DataObject) -> None:
    body = body_of(kind, source)
    dumped = kind.model(**body).model_dump(by_alias=True)
    given_paths = {path for path, _ in leaves(body)}
    enums = [path for path, value in leaves(dumped) if isinstance(value, Enum) and path in given_paths]
    if not enums:
        return
    before = read(kind.model, body)
    path = data.draw(st.sampled_from(enums))
    known = parent_of(body, path)[path[-1]]
    unknown = data.draw(st.text(min_size=8) if isinstance(known, str) else st.integers(10**11, 2**62))

    parent_of(body, path)[path[-1]] = unknown

    after = kind.model(**body).model_dump(by_alias=True)
    assert parent_of(after, path)[path[-1]].value == unknown
    assert untouched(read(kind.model, body), path) == untouched(before, path)


@every_kind
def test_a_model_whose_every_optional_key_is_absent_still_stands(kind: Kind) -> None:
    ids = {key: value for key, value in kind.small.items() if key in IDS}

    assert read(kind.model, ids) == read(kind.model, {**dict.fromkeys(kind.small), **ids})
