from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from bot.halo.models.stats import MatchStats
from tests.halo.models.kind import Kind
from tests.halo.models.kinds import KINDS

KNOWN_BUT_NOT_READ = {"DeprecatedDamageDealt", "DeprecatedDamageTaken", "Links"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_recording_reads_the_same_either_way(kind: Kind) -> None:
    body = kind.recorded()

    model = kind.model.model_validate_json(json.dumps(body))

    assert model == kind.model(**body)
    assert hash(model) == hash(kind.model(**body))
    assert unread_keys(model, body) <= KNOWN_BUT_NOT_READ


def unread_keys(model: Any, body: Any) -> set[str]:
    """The keys of the recording that no field of the model reads."""
    if isinstance(model, BaseModel):
        names = {field.alias or name: name for name, field in type(model).model_fields.items()}
        return (
            set(body)
            .difference(names)
            .union(
                *(unread_keys(getattr(model, names[key]), part) for key, part in body.items() if key in names)
            )
        )
    if isinstance(model, tuple):
        return set[str]().union(
            *(unread_keys(part, source) for part, source in zip(model, body, strict=True))
        )
    return set()


def test_the_people_of_a_match_are_known_by_their_xuids() -> None:
    match = next(kind for kind in KINDS if kind.name == "get_match_stats_elimination")
    body = match.recorded()

    xuids = MatchStats(**body).xuids

    assert [f"xuid({xuid})" for xuid in xuids] == [
        player["PlayerId"] for player in body["Players"] if player["PlayerType"] == 1
    ]
