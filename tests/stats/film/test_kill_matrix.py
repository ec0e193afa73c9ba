from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.stats.film.kill_feed import KillFeedEntry
from bot.stats.film.kill_matrix import Rival, build_kill_matrix
from tests.stats.film.fights import A, B, C, D, entry

_xuids = st.sampled_from([A, B, C, D])
_feeds = st.lists(
    st.one_of(
        st.permutations([A, B, C, D]).map(lambda order: entry(order[0], order[1])),
        _xuids.map(lambda xuid: entry(xuid, None)),
        _xuids.map(lambda xuid: entry(None, xuid)),
    ),
    max_size=30,
)


def test_the_matrix_counts_who_killed_whom() -> None:
    matrix = build_kill_matrix([entry(A, B), entry(A, B), entry(B, A), entry(C, None), entry(None, A)])

    assert matrix.xuids == (A, B, C)
    assert matrix.rows() == ((0, 2, 0), (1, 0, 0), (0, 0, 0))


def test_nemesis_and_favourite_victim_are_those_with_most_kills() -> None:
    matrix = build_kill_matrix([entry(A, B), entry(A, C), entry(A, C), entry(B, A), entry(B, A), entry(C, A)])

    assert matrix.nemesis(A) == Rival(xuid=B, kills=1, deaths=2)
    assert matrix.favourite_victim(A) == Rival(xuid=C, kills=2, deaths=1)


def test_of_equal_ones_it_is_whoever_got_less_in_return() -> None:
    feed = [entry(B, A), entry(C, A), entry(A, B), entry(A, B), entry(A, C)]

    assert build_kill_matrix(feed).nemesis(A) == Rival(xuid=C, kills=1, deaths=1)
    assert build_kill_matrix([entry(A, B), entry(A, C), entry(B, A)]).favourite_victim(A) == Rival(
        xuid=C, kills=1, deaths=0
    )


def test_of_those_still_equal_it_is_the_first_in_the_feed() -> None:
    matrix = build_kill_matrix([entry(C, A), entry(B, A), entry(A, D), entry(A, B), entry(A, C)])

    assert matrix.nemesis(A) == Rival(xuid=C, kills=1, deaths=1)
    assert matrix.favourite_victim(A) == Rival(xuid=D, kills=1, deaths=0)


def test_whoever_neither_killed_nor_died_has_no_rivals() -> None:
    matrix = build_kill_matrix([entry(A, None)])

    assert (matrix.nemesis(A), matrix.favourite_victim(A), matrix.rivals(B)) == (None, None, ())


@given(_feeds)
def test_the_matrix_holds_every_pair_of_the_feed(feed: list[KillFeedEntry]) -> None:
    matrix = build_kill_matrix(feed)

    assert sum(map(sum, matrix.rows())) == sum(it.is_paired for it in feed)
    for xuid in matrix.xuids:
        rivals = matrix.rivals(xuid)
        nemesis, victim = matrix.nemesis(xuid), matrix.favourite_victim(xuid)
        assert all(rival.deaths <= (nemesis.deaths if nemesis else 0) for rival in rivals)
        assert all(rival.kills <= (victim.kills if victim else 0) for rival in rivals)
        assert sum(rival.kills for rival in rivals) == sum(
            it.is_paired and it.killer_xuid == xuid for it in feed
        )
