"""What services add, leave out or null: it never fails a model, and never changes what was not touched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.halo.models.alternatives import UsualReader
from bot.halo.models.base import HaloModel
from tests.halo.models.kind import Kind
from tests.halo.models.kinds import KINDS

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
every_source = pytest.mark.parametrize("source", ["small", "simulated", "recorded"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


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
    return shortened(kind.body(source))


def read(model: type[HaloModel], body: Any) -> dict[Path, str]:
    """What the model says at each path, the same whichever way it was built."""
    built = model(**body)
    parsed = model.model_validate_json(json.dumps(body))
    said = {path: repr(value) for path, value in leaves(parsed.model_dump(by_alias=True)) if is_leaf(value)}
    assert {
        path: repr(value) for path, value in leaves(built.model_dump(by_alias=True)) if is_leaf(value)
    } == said
    return said


@cache
def usually(kind_name: str, source: str) -> dict[Path, str]:
    """What a model says of a body that nobody has touched."""
    kind = next(kind for kind in KINDS if kind.name == kind_name)
    return read(kind.model, body_of(kind, source))


def is_leaf(value: Any) -> bool:
    return not isinstance(value, Mapping | list | tuple)


def parent_of(body: Any, path: Path) -> Any:
    for step in path[:-1]:
        body = body[step]
    return body


def untouched(said: dict[Path, str], *touched: Path) -> dict[Path, str]:
    return {path: value for path, value in said.items() if not any(path[: len(t)] == t for t in touched)}


def emptied(body: Any, gone: set[Path]) -> set[Path]:
    """The objects that lose every key: the service says "none" so, too."""
    objects = {path[:-1]: parent_of(body, path) for path in gone}
    return {at for at, keys in objects.items() if all((*at, key) in gone for key in keys)}


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
    before = usually(kind.name, source)
    paths = set(data.draw(st.lists(st.sampled_from(optional_keys(body)), min_size=1, max_size=4)))
    touched = paths | emptied(body, paths)

    for path in sorted(paths, key=len, reverse=True):
        if data.draw(st.booleans()):
            del parent_of(body, path)[path[-1]]
        else:
            parent_of(body, path)[path[-1]] = None

    assert untouched(read(kind.model, body), *touched) == untouched(before, *touched)


@every_source
@every_kind
@few
@given(data=st.data(), value=anything)
def test_a_key_that_nobody_knows_is_ignored(kind: Kind, source: str, data: st.DataObject, value: Any) -> None:
    body = body_of(kind, source)
    before = usually(kind.name, source)
    objects = [path for path, part in leaves(body) if isinstance(part, dict)]
    path = (*data.draw(st.sampled_from(objects)), "Key that nobody knows")

    parent_of(body, path)[path[-1]] = value

    assert untouched(read(kind.model, body), path) == untouched(before, path)


def enums_of(kind: Kind, body: dict[str, Any]) -> list[Path]:
    """Where in a body stands the value of an enumeration."""
    dumped = kind.model(**body).model_dump(by_alias=True)
    given_paths = {path for path, _ in leaves(body)}
    return [path for path, value in leaves(dumped) if isinstance(value, Enum) and path in given_paths]


def make_unknown(body: Any, path: Path, data: st.DataObject) -> Any:
    """Put a value that no enumeration lists in the place of one."""
    holder = parent_of(body, path)
    known = holder[path[-1]]
    holder[path[-1]] = data.draw(
        st.text(min_size=8) if isinstance(known, str) else st.integers(10**11, 2**62)
    )
    return holder[path[-1]]


@every_source
@every_kind
@few
@given(data=st.data())
def test_an_enum_value_that_nobody_knows_stays_readable(kind: Kind, source: str, data: st.DataObject) -> None:
    body = body_of(kind, source)
    enums = enums_of(kind, body)
    if not enums:
        return
    before = usually(kind.name, source)
    path = data.draw(st.sampled_from(enums))

    unknown = make_unknown(body, path, data)

    after = kind.model(**body).model_dump(by_alias=True)
    assert parent_of(after, path)[path[-1]].value == unknown
    assert untouched(read(kind.model, body), path) == untouched(before, path)


@every_source
@every_kind
@few
@given(data=st.data())
def test_an_enum_value_of_another_kind_reads_as_one_that_is_missing(
    kind: Kind, source: str, data: st.DataObject
) -> None:
    body = body_of(kind, source)
    enums = [path for path in enums_of(kind, body) if isinstance(path[-1], str) and path[-1] not in IDS]
    if not enums:
        return
    path = data.draw(st.sampled_from(enums))
    is_word = isinstance(parent_of(body, path)[path[-1]], str)
    parent_of(body, path)[path[-1]] = None
    without = read(kind.model, body)

    parent_of(body, path)[path[-1]] = data.draw(
        st.integers() if is_word else st.just("Brand-new") | st.text(alphabet="ab☃ ") | st.just(2.5)
    )

    assert read(kind.model, body) == without


@every_source
@every_kind
@few
@given(data=st.data())
def test_an_update_of_the_game_that_brings_all_of_it_at_once_changes_nothing_that_was_known(
    kind: Kind, source: str, data: st.DataObject
) -> None:
    body = body_of(kind, source)
    before = usually(kind.name, source)
    enums = set(data.draw(st.lists(st.sampled_from(enums_of(kind, body) or [()]), max_size=4))) - {()}
    added = data.draw(st.lists(st.sampled_from([at for at, part in leaves(body) if isinstance(part, dict)])))
    gone = set(data.draw(st.lists(st.sampled_from(optional_keys(body)), max_size=4)))

    removed, gone = gone, gone | emptied(body, gone)
    unknown = {path: make_unknown(body, path, data) for path in enums}
    for path in added:
        parent_of(body, (*path, ""))["Key that nobody knows"] = data.draw(anything)
    for path in sorted(removed, key=len, reverse=True):
        del parent_of(body, path)[path[-1]]

    touched = {*enums, *((*path, "Key that nobody knows") for path in added), *gone}
    after = read(kind.model, body)
    assert untouched(after, *touched) == untouched(before, *touched)
    dumped = dict(leaves(kind.model(**body).model_dump(by_alias=True)))
    still_there = [path for path in enums if not any(path[: len(it)] == it for it in gone)]
    assert [dumped[path].value for path in still_there] == [unknown[path] for path in still_there]


@every_source
@every_kind
def test_whole_bodies_need_no_second_reading(kind: Kind, source: str) -> None:
    body = kind.body(source)

    assert UsualReader(kind.model).read(json.dumps(body)) == kind.model(**body)


@every_kind
def test_a_model_whose_every_optional_key_is_absent_still_stands(kind: Kind) -> None:
    ids = {key: value for key, value in kind.small.items() if key in IDS}

    assert read(kind.model, ids) == read(kind.model, {**dict.fromkeys(kind.small), **ids})
