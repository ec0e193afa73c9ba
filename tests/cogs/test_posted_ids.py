"""Controls under messages that were posted long ago: what earlier versions wrote into them is still read."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.found_match import Position
from bot.stats.leaderboard import BoardWindow, Question
from bot.stats.leaderboard_metrics import METRICS
from bot.ui.control_ids import ControlIds
from bot.ui.failure import ACTION_LABELS, Action
from bot.ui.stated_button import StatedButton
from bot.ui.stated_select import StatedSelect
from cogs.account._buttons import AccountButton
from cogs.account._replacement import Replacement
from cogs.csr import _buttons as csr
from cogs.csr._query import Query as CsrQuery
from cogs.csr._query import Shown as ShownRanks
from cogs.lastmatch import _buttons as lastmatch
from cogs.lastmatch._query import Face
from cogs.lastmatch._query import Query as MatchQuery
from cogs.lastmatch._query import Shown as ShownMatch
from cogs.leaderboard import _controls as leaderboard
from cogs.leaderboard._state import Shown as ShownBoard
from tests.english import ENGLISH

ADA = 123456789012345678
XUID = 2533274800000001
MATCH = ShownMatch(XUID, UUID(int=7), Position("matchmaking", 31), Face.MEDALS)
BOARD = ShownBoard(
    Question(metric=METRICS["kd"], playlist_id=UUID(int=9), window=BoardWindow.ALL, min_matches=25), 3
)

Control = type[StatedButton[Any]] | type[StatedSelect[Any]]

# Literal texts: they stand in channels already, so nothing of ours may write them here.
POSTED: list[tuple[Control, str, str, object]] = [
    (csr.CsrButton, f"cs:r:{ADA}:{XUID}:", "r", ShownRanks(XUID, None)),
    (csr.CsrButton, f"cs:h:{ADA}:{XUID}:13-2", "h", ShownRanks(XUID, "13-2")),
    (csr.SeasonSelect, f"ct:{ADA}:{XUID}:5", "", ShownRanks(XUID, "5")),
    (csr.AgainButton, f"ca:p:{ADA}:1:13-2:Ember Fox 7", "p", CsrQuery("Ember Fox 7", "13-2", private=True)),
    (csr.AgainButton, f"ca:l:{ADA}:0::", "l", CsrQuery(None, None, private=False)),
    (lastmatch.MatchButton, f"lm:o:{ADA}:{XUID}:AAAAAAAAAAAAAAAAAAAABw:m:31:d", "o", MATCH),
    (lastmatch.AgainButton, f"la:c:{ADA}:c:3:0:a:b", "c", MatchQuery("a:b", "custom", 3, private=False)),
    (lastmatch.AgainButton, f"la:r:{ADA}:a:0:1:", "r", MatchQuery(None, "all", 0, private=True)),
    (leaderboard.PageButton, f"lb:n:{ADA}:kd:0:AAAAAAAAAAAAAAAAAAAACQ:a:25:3", "n", BOARD),
    (leaderboard.BoardSelect, f"ls:w:{ADA}:kd:0:AAAAAAAAAAAAAAAAAAAACQ:a:25:3", "w", BOARD),
    (leaderboard.BoardAgainButton, f"lg:{ADA}:kd:0:AAAAAAAAAAAAAAAAAAAACQ:a:25:3", "", BOARD),
]


@pytest.mark.parametrize(("kind", "custom_id", "action", "state"), POSTED)
def test_what_was_posted_is_read_and_written_the_same_way(
    kind: Control, custom_id: str, action: str, state: object
) -> None:
    ids: ControlIds[Any] = kind.ids
    match = kind.__discord_ui_compiled_template__.fullmatch(custom_id)

    assert match is not None
    assert ids.read(match) == (action, ADA, state)
    assert ids.write(action, ADA, state) == custom_id


@pytest.mark.parametrize(("custom_id", "about"), [(f"ab:r:{ADA}:{XUID}", str(XUID)), (f"ab:f:{ADA}:", "")])
def test_what_was_posted_about_accounts_is_read(custom_id: str, about: str) -> None:
    match = AccountButton.__discord_ui_compiled_template__.fullmatch(custom_id)

    assert match is not None
    assert match["about"] == about


def test_no_two_kinds_of_controls_take_each_others_messages() -> None:
    kinds = [*{kind for kind, *_ in POSTED}, AccountButton]
    ids = [custom_id for _, custom_id, *_ in POSTED]

    takers = [[kind for kind in kinds if kind.__discord_ui_compiled_template__.fullmatch(it)] for it in ids]

    assert [len(them) for them in takers] == [1] * len(ids)


@pytest.mark.parametrize("action", Action)
def test_a_question_about_a_player_can_be_asked_in_every_way_and_a_board_only_again(action: Action) -> None:
    query = MatchQuery("Ember Fox 7", "all", 0, private=False)

    about_player = lastmatch.AgainButton.offer(ADA, query, action, ENGLISH)
    about_server = leaderboard.BoardAgainButton.offer(ADA, BOARD, action, ENGLISH)

    assert about_player is not None
    assert about_player.item.label == ACTION_LABELS[action].text
    assert (about_server is not None) == (action is Action.RETRY)


@given(st.integers(0, 10**16 - 1), st.none() | st.integers(0, 10**16 - 1))
def test_which_link_replaces_which_survives_in_a_custom_id(new: int, old: int | None) -> None:
    written = Replacement(str(new), old).encode()

    assert len(written) <= 40
    assert Replacement.decode(written) == Replacement(str(new), old)


@given(st.text(max_size=40))
def test_anything_else_in_its_place_replaces_nothing(text: str) -> None:
    read = Replacement.decode(text)

    assert read.old is None or re.fullmatch(r"[0-9]+:[0-9]+", text)
