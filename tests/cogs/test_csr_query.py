"""The state that the controls under ranks carry."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.stats.csr_seasons import CsrSeason
from bot.ui.failure import Action
from bot.ui.limits import CUSTOM_ID
from cogs.csr._buttons import AgainButton, CsrButton, SeasonSelect, csr_items
from cogs.csr._query import LONGEST_PLAYER, Query, Shown
from tests.english import ENGLISH

OWNER = 2**63 - 1
NUMBERS = st.from_regex(r"\A[0-9]{1,2}(-[0-9]{1,2})?\Z")
SHOWNS = st.builds(Shown, xuid=st.integers(10**15, 10**16 - 1), season=st.none() | NUMBERS)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def seasons(count: int) -> list[CsrSeason]:
    return [
        CsrSeason(
            path=f"Csr/Seasons/CsrSeason{count - n}.json",
            starts_at=NOW - n * timedelta(days=60),
            ends_at=NOW + (1 - n) * timedelta(days=60),
        )
        for n in range(count)
    ]


def read(item: AgainButton | CsrButton | SeasonSelect | None) -> re.Match[str]:
    assert item is not None
    match = item.template.fullmatch(item.custom_id)
    assert match is not None
    assert len(item.custom_id) <= CUSTOM_ID
    return match


@given(SHOWNS)
def test_every_control_carries_what_is_shown(shown: Shown) -> None:
    items = csr_items(OWNER, shown, seasons(3), ENGLISH, private=True)

    assert len(items) == 4
    for item in items:
        assert isinstance(item, CsrButton | SeasonSelect)
        match = read(item)
        assert Shown.decode(match) == shown
        assert int(match["owner"]) == OWNER


@given(
    st.builds(
        Query,
        player=st.none() | st.text(min_size=1, max_size=60),
        season=st.none() | NUMBERS,
        private=st.booleans(),
    ),
    st.sampled_from(Action),
)
@example(Query("a:b\n:c", "13-2", private=True), Action.RETRY)
def test_a_question_can_be_asked_again_as_it_was(query: Query, action: Action) -> None:
    match = read(AgainButton.offer(OWNER, query, action, ENGLISH))

    again = Query.decode(match)
    assert (again.season, again.private) == (query.season, query.private)
    assert again.player == (query.player if len(query.player or "") <= LONGEST_PLAYER else None)


def test_a_season_in_words_is_kept_by_its_number() -> None:
    for asked, kept in (
        ("Season 13-2 (Nov 2026)", "13-2"),
        ("CsrSeason13-2", "CsrSeason13-2"),
        ("x: y", None),
    ):
        match = read(AgainButton.offer(OWNER, Query(None, asked, private=False), Action.RETRY, ENGLISH))
        assert Query.decode(match).season == kept


def test_at_most_25_seasons_are_offered_and_one_of_them_is_the_shown_one() -> None:
    (menu,) = [
        it
        for it in csr_items(OWNER, Shown(10**15, "38"), seasons(40), ENGLISH, private=False)
        if isinstance(it, SeasonSelect)
    ]

    assert [option.value for option in menu.item.options] == [str(40 - n) for n in range(25)]
    assert [option.value for option in menu.item.options if option.default] == ["38"]
    assert (menu.item.options[0].description or "").startswith("current, ")


def test_one_season_needs_no_menu_and_only_what_is_private_can_be_shared() -> None:
    labels = [
        it.item.label
        for it in csr_items(OWNER, Shown(10**15, None), seasons(1), ENGLISH, private=False)
        if isinstance(it, CsrButton)
    ]

    assert labels == ["Refresh", "Last match"]
    assert len(csr_items(OWNER, Shown(10**15, None), (), ENGLISH, private=True)) == 3
