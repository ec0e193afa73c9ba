"""The state that buttons carry."""

from __future__ import annotations

import re
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reports.found_match import Position
from bot.reports.histories import Kind
from bot.ui.failure import Action
from bot.ui.limits import CUSTOM_ID
from cogs.lastmatch._buttons import AgainButton, MatchButton, match_buttons
from cogs.lastmatch._query import FARTHEST, LONGEST_PLAYER, Face, Query, Shown
from tests.english import ENGLISH

OWNER = 2**63 - 1
KINDS = st.sampled_from(get_args(Kind))
FACES = st.sampled_from(Face)
QUERIES = st.builds(
    Query,
    player=st.none() | st.text(min_size=1, max_size=60),
    kind=KINDS,
    ago=st.integers(0, 24),
    private=st.booleans(),
)
SHOWNS = st.builds(
    Shown,
    xuid=st.integers(10**15, 10**16 - 1),
    match_id=st.uuids(),
    position=st.builds(Position, KINDS, st.integers(0, 2_000_000)),
    face=FACES,
)


def read(button: AgainButton | MatchButton | None) -> re.Match[str]:
    """What Discord gives back, as discord.py takes it apart."""
    assert button is not None
    assert button.custom_id is not None
    assert len(button.custom_id) <= CUSTOM_ID
    match = button.template.fullmatch(button.custom_id)
    assert match is not None
    return match


@given(QUERIES, st.sampled_from(Action))
@example(Query("月の光 Spartan:0:1", "all", 24, private=True), Action.RETRY)
@example(Query("a\nb", "local", 0, private=False), Action.RETRY)
def test_a_query_survives_its_button(query: Query, action: Action) -> None:
    match = read(AgainButton.offer(OWNER, query, action, ENGLISH))

    again = Query.decode(match)
    assert (again.kind, again.ago, again.private) == (query.kind, query.ago, query.private)
    kept = query.player is not None and len(query.player) <= LONGEST_PLAYER
    assert again.player == (query.player if kept else None)
    assert int(match["owner"]) == OWNER


@given(SHOWNS, st.booleans())
@example(shown=Shown(2533274800000001, UUID(int=0), Position("all", FARTHEST), Face.SUMMARY), private=True)
@example(shown=Shown(2533274800000001, UUID(int=2**128 - 1), Position("all", 0), Face.MEDALS), private=True)
def test_a_shown_match_survives_every_one_of_its_buttons(shown: Shown, private: bool) -> None:
    buttons = match_buttons(OWNER, shown, ENGLISH, private=private)

    for button in buttons:
        again = Shown.decode(read(button))
        assert (again.xuid, again.match_id, again.face) == (shown.xuid, shown.match_id, shown.face)
        assert again.position.kind == shown.position.kind
        assert again.position.index == min(shown.position.index, FARTHEST)
    assert len({button.custom_id for button in buttons}) == len(buttons)


@pytest.mark.parametrize("face", Face)
def test_the_face_that_is_shown_cannot_be_pressed(face: Face) -> None:
    shown = Shown(2533274800000001, UUID(int=7), Position("all", 0), face)

    disabled = [
        button.action for button in match_buttons(OWNER, shown, ENGLISH, private=True) if button.item.disabled
    ]

    assert disabled == [face.value]


def test_only_a_private_answer_can_be_shared() -> None:
    shown = Shown(2533274800000001, UUID(int=7), Position("all", 0), Face.SUMMARY)

    assert "Share" in [button.item.label for button in match_buttons(OWNER, shown, ENGLISH, private=True)]
    assert "Share" not in [
        button.item.label for button in match_buttons(OWNER, shown, ENGLISH, private=False)
    ]


@given(st.text(max_size=100))
@example(f"lm:o:{OWNER}:2533274800000001:{'é' * 22}:a:0:m")
@example(f"lm:m:{OWNER}:２５３３２７４８００００００００:{'A' * 22}:a:0:m")
def test_what_is_not_ours_is_not_taken_for_ours(custom_id: str) -> None:
    assert MatchButton.__discord_ui_compiled_template__.fullmatch(custom_id) is None
