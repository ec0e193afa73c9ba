from __future__ import annotations

from typing import Any

import pytest

from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.refdata import MedalNameId
from bot.halo.models.stats import MatchStats
from bot.stats.medals import tally_medals
from bot.stats.participants import SubjectNotInMatchError
from bot.words.match_words import medal_name
from tests.english import say
from tests.stats.bodies import ME, core, match, player

DOUBLE_KILL, TRIPLE_KILL, OVERKILL = 622331684, 2063152177, 835814121
PERFECT, BIG_DEAL, UNHEARD_OF = 1512363953, 2125906504, 77


def medal(
    name_id: int, name: str, difficulty: int, weight: int, sprite: int, **translations: str
) -> dict[str, Any]:
    codes = {code.replace("_", "-"): text for code, text in translations.items()}
    return {
        "nameId": name_id,
        "name": {"value": name, "translations": codes},
        "description": {"value": f"About {name}", "translations": {}},
        "difficultyIndex": difficulty,
        "sortingWeight": weight,
        "spriteIndex": sprite,
    }


METADATA = MedalMetadata.model_validate(
    {
        "medals": [
            medal(DOUBLE_KILL, "Double Kill", 1, 100, 64, de_DE="Doppelter Abschuss", es_MX="Doble muerte"),
            medal(TRIPLE_KILL, "Triple Kill", 2, 150, 65, de_DE="", pt_BR="Abate Triplo"),
            medal(OVERKILL, "Overkill", 3, 220, 66, zh_CN="狂杀", zh_TW="殺戮"),
            medal(PERFECT, "Perfect", 1, 100, 113),
            medal(5, "Ninja", 3, 200, 133),
        ]
    }
)


def with_medals(*parts: dict[int, int]) -> MatchStats:
    bodies = [core(Medals=[{"NameId": i, "Count": n} for i, n in part.items()]) for part in parts]
    return match(player(parts=bodies))


def test_medals_come_rarest_first_and_unknown_ones_last() -> None:
    stats = with_medals({DOUBLE_KILL: 5, BIG_DEAL: 1, UNHEARD_OF: 2, 5: 1, OVERKILL: 1, TRIPLE_KILL: 2})

    tallies = tally_medals(stats, ME, METADATA)

    assert [(say(medal_name(tally)), tally.count) for tally in tallies] == [
        ("Overkill", 1),
        ("Ninja", 1),
        ("Triple Kill", 2),
        ("Double Kill", 5),
        ("Medal 77", 2),
        ("Big Deal", 1),
    ]
    assert [(tally.difficulty, tally.sprite_index) for tally in tallies[-3:]] == [
        (1, 64),
        (None, None),
        (None, None),
    ]


def test_a_medal_earned_on_both_sides_counts_together() -> None:
    tallies = tally_medals(with_medals({PERFECT: 2, DOUBLE_KILL: 1}, {PERFECT: 3}), ME, METADATA)

    assert {tally.name: tally.count for tally in tallies} == {"Perfect": 5, "Double Kill": 1}


def test_without_metadata_medals_go_by_the_names_this_bot_knows() -> None:
    tallies = tally_medals(with_medals({DOUBLE_KILL: 1, UNHEARD_OF: 1}), ME, None)

    assert {say(medal_name(tally)) for tally in tallies} == {"Double Kill", "Medal 77"}
    assert all(tally.sprite_index is None and tally.description == "" for tally in tallies)


def test_a_count_below_one_is_no_medal() -> None:
    assert tally_medals(with_medals({DOUBLE_KILL: 0, PERFECT: -4}), ME, METADATA) == ()


@pytest.mark.parametrize(
    ("locale", "name_id", "name"),
    [
        ("en-US", DOUBLE_KILL, "Double Kill"),
        ("en-GB", DOUBLE_KILL, "Double Kill"),
        ("de", DOUBLE_KILL, "Doppelter Abschuss"),
        ("DE-de", DOUBLE_KILL, "Doppelter Abschuss"),
        ("es-419", DOUBLE_KILL, "Doble muerte"),
        ("es-ES", DOUBLE_KILL, "Doble muerte"),
        ("pt-BR", TRIPLE_KILL, "Abate Triplo"),
        ("de", TRIPLE_KILL, "Triple Kill"),
        ("zh-TW", OVERKILL, "殺戮"),
        ("fi", OVERKILL, "Overkill"),
    ],
)
def test_names_come_in_the_readers_language_where_there_is_one(locale: str, name_id: int, name: str) -> None:
    (tally,) = tally_medals(with_medals({name_id: 1}), ME, METADATA, locale)

    assert tally.name == name
    assert tally.description.startswith("About ")


def test_a_metadata_entry_without_name_or_difficulty_still_works() -> None:
    bare = MedalMetadata.model_validate({"medals": [{"nameId": BIG_DEAL, "spriteIndex": 7}]})

    (tally,) = tally_medals(with_medals({BIG_DEAL: 1}), ME, bare)

    assert (tally.name, tally.difficulty, tally.sprite_index) == ("Big Deal", None, 7)
    assert MedalNameId(tally.name_id) == MedalNameId.BIG_DEAL


def test_asking_for_somebody_else_is_an_error() -> None:
    with pytest.raises(SubjectNotInMatchError):
        tally_medals(with_medals({}), ME + 1, METADATA)
