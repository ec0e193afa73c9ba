"""Bodies that are read quickly, and those that need a second reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import Field, ValidationError

from bot.halo.models.alternatives import UsualReader
from bot.halo.models.base import PascalCaseModel
from bot.halo.models.stats import Asset, MatchInfo
from bot.halo.models.values import ReadOnlyDict, empty_mapping


class Tally(PascalCaseModel):
    count: int = 0


class Ledger(PascalCaseModel):
    title: str = "none"
    total: Tally = Field(default_factory=Tally)
    tallies: ReadOnlyDict[int, Tally] = Field(default_factory=empty_mapping)


@pytest.mark.parametrize(
    ("sent", "means"),
    [
        ({"Title": None}, {}),
        ({"Total": {"Count": None}}, {}),
        ({"Total": {"Count": 2.5}}, {"total": {"count": 2}}),
        ({"Tallies": {"1": {"Count": None}}}, {"tallies": {1: {"count": 0}}}),
        ({"Tallies": {"1": {"Count": 3}, "one": {"Count": 4}}}, {"tallies": {1: {"count": 3}}}),
    ],
)
def test_a_body_that_is_not_as_usual_is_read_as_well(sent: dict[str, Any], means: dict[str, Any]) -> None:
    body = json.dumps(sent)

    with pytest.raises(ValidationError):
        UsualReader(Ledger).read(body)

    assert Ledger.model_validate_json(body) == Ledger(**means) == Ledger(**sent)


def test_what_fits_in_neither_way_is_told_as_by_the_whole_model() -> None:
    with pytest.raises(ValidationError) as caught:
        Ledger.model_validate_json('{"Title": null, "Total": 7}')

    assert {error["loc"][0] for error in caught.value.errors()} == {"Total"}
    assert caught.value.__context__ is None


def test_a_subclass_reads_its_own_fields() -> None:
    class Annotated(Tally):
        note: str = ""

    assert Tally.model_validate_json('{"Count": 1}') == Tally(count=1)
    assert Annotated.model_validate_json('{"Count": 1, "Note": "x"}') == Annotated(count=1, note="x")


def test_pydantics_own_options_are_heeded() -> None:
    assert Tally.model_validate_json('{"count": 1}', by_name=True, by_alias=False) == Tally(count=1)
    with pytest.raises(ValidationError):
        Tally.model_validate_json('{"Count": "1"}', strict=True)


def test_models_inside_are_of_the_classes_that_were_named() -> None:
    asset = {"AssetKind": 2, "AssetId": "0" * 32, "VersionId": "0" * 32}

    info = MatchInfo.model_validate_json(json.dumps({"MapVariant": asset}))

    assert type(info.map_variant) is Asset
