"""The playground's own medals: each is told apart by its id, its cell in the sheets and its name, in every language."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.playground.halo.wire.cms_json import write_medal_metadata
from bot.playground.world.medals import DIFFICULTIES, MEDAL_TYPES, MEDALS
from bot.words.language import LANGUAGES

TONGUES = sorted({dialect.halo for dialect in LANGUAGES.values()})


def twice(items: list[str]) -> list[str]:
    """What stands more than once, upper and lower case being one."""
    return [item for item, count in Counter(map(str.casefold, items)).items() if count > 1]


def names_in(tongue: str) -> list[str]:
    """What everybody reads whose game is in a language: the English name where there is no other."""
    names = [medal["name"] for medal in write_medal_metadata()["medals"]]
    return [name["translations"].get(tongue, name["value"]) for name in names]


@pytest.mark.parametrize("tongue", TONGUES)
def test_no_two_medals_have_one_name_in_a_language(tongue: str) -> None:
    assert twice(names_in(tongue)) == []


def test_some_medals_are_translated_and_no_language_is_one_that_nobody_reads() -> None:
    translated = {
        tongue for medal in write_medal_metadata()["medals"] for tongue in medal["name"]["translations"]
    }

    assert translated
    assert translated <= set(TONGUES)


def test_no_two_medals_have_one_id_or_one_cell_and_all_are_of_a_kind_that_there_is() -> None:
    assert len({medal.name_id for medal in MEDALS}) == len(MEDALS)
    assert sorted(medal.sprite_index for medal in MEDALS) == list(range(len(MEDALS)))
    for medal in MEDALS:
        assert DIFFICULTIES[medal.difficulty]
        assert MEDAL_TYPES[medal.type]


def test_what_stands_twice_is_found() -> None:
    assert twice(["Perfekt", "Makellos", "perfekt"]) == ["perfekt"]
