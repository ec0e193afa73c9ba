"""What a leaderboard's controls carry, and what can be typed into its options."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stats.leaderboard import BoardWindow, Question
from bot.stats.leaderboard_metrics import MEDAL, METRICS
from bot.stats.leaderboard_trouble import MetricUnknown, PlaylistUnknown
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.ui.limits import CUSTOM_ID
from bot.words.language import LANGUAGES, language_for
from bot.words.leaderboard_words import METRIC_NAMES, BoardNames
from cogs.leaderboard._controls import BoardAgainButton, BoardSelect, PageButton, board_items
from cogs.leaderboard._options import metric_choices, playlist_titles, read_metric, read_playlist
from cogs.leaderboard._state import MOST_MATCHES, Shown
from tests.draw.leaderboard_scenes import Somebody, board_page
from tests.english import ENGLISH

OWNER = 99_999_999_999_999_999_999
MEDALS = {1512363953: "Perfect", 622331684: "Double Kill", 7: "Kills"}
TITLES = playlist_titles(dict.fromkeys(RANKED_PLAYLISTS, ""), ENGLISH)

questions = st.builds(
    Question,
    metric=st.sampled_from(list(METRICS.values())),
    medal_id=st.none() | st.integers(1, 2**32 - 1),
    playlist_id=st.none() | st.uuids(),
    window=st.sampled_from(BoardWindow),
    min_matches=st.none() | st.integers(1, MOST_MATCHES),
)


@given(questions, st.integers(1, 99_999))
def test_a_board_survives_in_a_custom_id(question: Question, page: int) -> None:
    shown = Shown(question, page)

    found = re.fullmatch(Shown.PATTERN, shown.encode())

    assert found is not None
    assert Shown.decode(found) == shown


@given(questions)
def test_custom_ids_stay_within_discords_limit(question: Question) -> None:
    shown = Shown(question, 99_999)
    ids = [
        *(PageButton(action, OWNER, shown, ENGLISH).custom_id for action in "fpnm"),
        BoardAgainButton("", OWNER, shown, ENGLISH).custom_id,
    ]
    assert max(map(len, ids)) <= CUSTOM_ID


@given(questions)
def test_every_page_has_three_menus_and_four_buttons_of_different_ids(question: Question) -> None:
    member = Somebody(at=0, value=1, gamertag="Olive")
    page = board_page(question, [member])

    items = board_items(OWNER, page, BoardNames(server="S", medal="Perfect"), TITLES, ENGLISH)

    ids = [getattr(item, "custom_id", "") for item in items]
    assert len(ids) == len(set(ids)) == 7
    assert max(map(len, ids)) <= CUSTOM_ID


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_metric_is_known_by_its_key_and_its_name_in_every_language(code: str) -> None:
    language = language_for(code)
    for key, metric in METRICS.items():
        if metric is MEDAL:
            continue
        for typed in (key, METRIC_NAMES[key].text.upper(), f"  {language.say(METRIC_NAMES[key])} "):
            assert read_metric(typed, MEDALS, MEDALS, language) == (metric, None)


@pytest.mark.parametrize("typed", ["medal:1512363953", "perfect", "Medal: Perfect", " PERFECT "])
def test_a_medal_is_known_by_its_name_and_by_its_suggestion(typed: str) -> None:
    assert read_metric(typed, MEDALS, MEDALS, ENGLISH) == (MEDAL, 1512363953)


def test_a_metric_comes_before_a_medal_of_the_same_name() -> None:
    assert read_metric("kills", MEDALS, MEDALS, ENGLISH) == (METRICS["kills"], None)


@pytest.mark.parametrize("typed", ["medal", "medal:", "medal:5", "medal:²", "", "killz of death", "x" * 5000])
def test_what_nothing_is_called_is_told(typed: str) -> None:
    with pytest.raises(MetricUnknown) as unknown:
        read_metric(typed, MEDALS, MEDALS, ENGLISH)
    assert unknown.value.asked == typed


def test_what_is_like_it_is_suggested() -> None:
    with pytest.raises(MetricUnknown) as unknown:
        read_metric("acuracy", MEDALS, MEDALS, ENGLISH)
    assert unknown.value.suggestions[0] == "Accuracy"


def test_suggestions_are_those_that_have_what_was_typed() -> None:
    assert [it.value for it in metric_choices("double", MEDALS, MEDALS, ENGLISH)] == ["medal:622331684"]
    assert [it.value for it in metric_choices("KD", MEDALS, MEDALS, ENGLISH)] == ["kda"]
    assert metric_choices("no such thing", MEDALS, MEDALS, ENGLISH) == []
    many = {n: f"Medal {n}" for n in range(1, 200)}
    assert len(metric_choices("", many, many, ENGLISH)) == 25
    assert len(metric_choices("e", {1: "e" * 300}, {}, ENGLISH)[-1].name) == 100


#: In German two medals have the name of the third, and two more have one in both languages.
GERMAN_MEDALS = {1: "Perfekt", 2: "PERFEKT", 3: "Doppelmord", 4: "Held", 5: "Held"}
IN_ENGLISH = {1: "Perfection", 2: "Perfect", 3: "Double Kill", 4: "Hero", 5: "Hero"}


def test_medals_of_one_name_are_told_apart() -> None:
    german = language_for("de")

    choices = metric_choices("", GERMAN_MEDALS, IN_ENGLISH, german)

    medals = {it.value: it.name for it in choices if it.value.startswith("medal:")}
    assert medals == {
        "medal:1": "Medaille: Perfekt (Perfection)",
        "medal:2": "Medaille: PERFEKT (Perfect)",
        "medal:3": "Medaille: Doppelmord",
        "medal:4": "Medaille: Held (4)",
        "medal:5": "Medaille: Held (5)",
    }
    for value, title in medals.items():
        for typed in (value, title, title.partition(": ")[2].upper()):
            found = read_metric(typed, GERMAN_MEDALS, IN_ENGLISH, german)
            assert found == (MEDAL, int(value.removeprefix("medal:")))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("perfekt", ("Perfekt (Perfection)", "PERFEKT (Perfect)")),
        ("Medaille: Perfekt", ("Perfekt (Perfection)", "PERFEKT (Perfect)")),
        ("held", ("Held (4)", "Held (5)")),
    ],
)
def test_the_name_of_several_medals_tells_none(typed: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(MetricUnknown) as unknown:
        read_metric(typed, GERMAN_MEDALS, IN_ENGLISH, language_for("de"))

    assert unknown.value.is_shared
    assert unknown.value.suggestions == meant


def test_an_english_name_tells_one_of_several() -> None:
    german = language_for("de")

    assert read_metric("perfection", GERMAN_MEDALS, IN_ENGLISH, german) == (MEDAL, 1)
    assert read_metric("Perfect", GERMAN_MEDALS, IN_ENGLISH, german) == (MEDAL, 2)


def test_a_playlist_is_known_by_its_name_and_its_id() -> None:
    arena, other = RANKED_PLAYLISTS[0], UUID(int=5)
    local = {arena: "Rangliste: Arena", other: "Schnellstart"}

    assert read_playlist(None, local) is None
    assert read_playlist("rangliste:  arena", local) == arena
    assert read_playlist("Ranked Arena", local) == arena
    assert read_playlist(str(arena), local) == arena
    assert read_playlist(str(UUID(int=9)), local) == UUID(int=9)
    with pytest.raises(PlaylistUnknown) as unknown:
        read_playlist("Schnelstart", local)
    assert unknown.value.suggestions == ("Schnellstart",)


def test_a_medal_stays_in_the_menu_while_another_metric_is_shown() -> None:
    member, names = Somebody(at=0, value=1, gamertag="Olive"), BoardNames(server="S", medal="Perfect")
    asked = Question(metric=METRICS["kills"], medal_id=1512363953)

    def metrics(question: Question) -> list[str]:
        items = board_items(OWNER, board_page(question, [member]), names, TITLES, ENGLISH)
        assert isinstance(items[0], BoardSelect)
        return [option.label for option in items[0].item.options]

    assert "Perfect" in metrics(asked)
    assert "Perfect" not in metrics(replace(asked, medal_id=None))
    assert "A medal" not in metrics(replace(asked, medal_id=None))
