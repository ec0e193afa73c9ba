"""Time in the world: a past of two seasons, a match every minute, and orders in between."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.world import World
from bot.playground.world.booking import Lifecycle
from bot.playground.world.calendar import draw_seasons, season_at
from bot.playground.world.modes import MODES
from bot.playground.world.plan import Plan
from bot.playground.world.playlists import PLAYLISTS
from tests.playground.world.worlds import NOW, seeds, whole_world

MINUTE = timedelta(minutes=1)


def living(seed: int) -> World:
    return World(seed, NOW, matches=50, every=MINUTE)


def known(world: World) -> list[Plan]:
    return list(world.all_plans())


def test_the_past_has_five_thousand_matches_of_two_seasons_in_every_playlist_and_mode():
    world = whole_world()
    plans = known(world)

    assert len(plans) == 5_000
    assert len({plan.match_id for plan in plans}) == 5_000
    assert all(one.ends_at <= other.ends_at for one, other in pairwise(plans))
    matchmade = [plan for plan in plans if plan.lifecycle is Lifecycle.MATCHMADE]
    seasons = Counter(plan.season for plan in matchmade)
    assert len(seasons) == 2
    assert min(seasons.values()) > 500
    assert all(season_at(world.seasons, plan.ends_at).season_id == plan.season for plan in matchmade)
    assert {plan.playlist.key for plan in matchmade if plan.playlist} == set(PLAYLISTS)
    assert {plan.mode.key for plan in plans} == set(MODES)
    assert {plan.lifecycle for plan in plans} == set(Lifecycle)


def test_nobody_is_in_two_matches_at_once():
    world = World(5, NOW, matches=1_500, every=MINUTE)
    world.pass_time(NOW + timedelta(hours=9))
    last: dict[int, datetime] = {}

    for plan in world.all_plans():
        for seat in plan.seats:
            if seat.player is not None:
                assert last.get(seat.player.xuid, plan.starts_at) <= plan.starts_at
                last[seat.player.xuid] = plan.ends_at


def test_friends_play_on_the_same_side_again_and_again():
    world = whole_world()
    together: Counter[bool] = Counter()
    for plan in world.matches_of(world.people[8].xuid, "matchmaking"):
        own = plan.seat_of(world.people[8].xuid)
        for friend in (world.people[9], world.people[11]):
            seat = plan.seat_of(friend.xuid)
            if own is not None and seat is not None:
                together[seat.team == own.team] += 1

    assert together[True] > 30
    assert together[True] > 5 * together[False]


def test_every_resident_but_one_plays():
    world = whole_world()
    counts = {player.gamertag: len(world.matches_of(player.xuid)) for player in world.people}

    assert len(world.people) == 60
    assert counts.pop("Fresh Boots") == 0
    assert min(counts.values()) > 50


@given(seeds, st.lists(st.integers(1, 4_000), min_size=1, max_size=4))
@settings(deadline=None, max_examples=15)
def test_time_that_passes_only_adds_matches_one_a_minute(seed: int, steps: list[int]):
    world = living(seed)
    now, before = NOW, known(world)
    for seconds in steps:
        now += timedelta(seconds=seconds)
        world.pass_time(now)
        plans = known(world)
        assert plans[: len(before)] == before
        assert all(plan.ends_at <= now for plan in plans)
        assert 0 <= len(plans) - 50 - (now - NOW) // MINUTE <= 1
        before = plans

    again = living(seed)
    again.pass_time(now)
    assert known(again) == before


def test_in_every_minute_exactly_one_match_ends():
    world = living(1)
    world.pass_time(NOW + timedelta(hours=3))
    fresh = known(world)[50:]

    assert [(plan.ends_at - NOW) // MINUTE for plan in fresh] == list(range(len(fresh)))


def test_after_a_long_pause_the_world_catches_up_in_several_steps():
    world = World(1, NOW, matches=50, every=timedelta(seconds=1))
    counts: list[int] = []
    for _ in range(3):
        world.pass_time(NOW + timedelta(seconds=4_000))
        counts.append(len(known(world)) - 50)

    assert counts[0] == 3_000
    assert counts[1:] in ([4_000, 4_000], [4_001, 4_001])
    # So many that nobody is left for some of them, and bots play among themselves.
    assert all(plan.seats for plan in world.all_plans()[-100:])


def test_without_an_interval_time_brings_nothing():
    world = World(1, NOW, matches=50)
    world.pass_time(NOW + timedelta(days=2))

    assert len(known(world)) == 50


@given(seeds, st.integers(0, 86_399), st.integers(0, 86_399))
@settings(deadline=None, max_examples=6)
def test_made_anew_on_the_same_day_the_world_is_the_same_and_goes_on(seed: int, one: int, other: int):
    day = datetime(2026, 11, 24, tzinfo=UTC)
    earlier, later = (day + timedelta(seconds=second) for second in sorted((one, other)))

    before = known(World.of_today(seed, earlier, matches=100))
    after = known(World.of_today(seed, later, matches=100))

    assert after[: len(before)] == before
    assert len(after) == 100 + len([plan for plan in after if plan.ends_at > day])


def test_made_anew_on_another_day_of_the_week_the_older_matches_are_the_same():
    one = known(World.of_today(7, datetime(2026, 11, 24, 20, tzinfo=UTC), matches=400))
    other = known(World.of_today(7, datetime(2026, 11, 26, 7, tzinfo=UTC), matches=400))
    old = datetime(2026, 11, 22, tzinfo=UTC)
    first = max(one[0].ends_at, other[0].ends_at)

    shared = [plan for plan in one if first <= plan.ends_at < old]
    assert len(shared) > 100
    assert shared == [plan for plan in other if first <= plan.ends_at < old]


@given(seeds, st.lists(st.integers(0, 1_800), max_size=3))
@settings(deadline=None, max_examples=10)
def test_orders_change_nothing_of_what_comes_by_itself(seed: int, moments: list[int]):
    quiet, busy = living(seed), living(seed)
    ordered = [busy.end_match(NOW + timedelta(seconds=moment)) for moment in sorted(moments)]
    for world in (quiet, busy):
        world.pass_time(NOW + timedelta(hours=1))

    assert [plan for plan in known(busy) if plan not in ordered] == known(quiet)


def test_a_match_that_ends_on_order_is_the_latest_and_moves_the_rank():
    world = World(7, NOW, matches=60)
    season = world.season_at(NOW).season_id
    before = world.ladder.standing("ranked_arena", season, world.hero.xuid)[0]

    plan = world.end_match(NOW)

    assert world.matches_of(world.hero.xuid)[0] is plan
    move = world.ladder.move(plan.match_id, world.hero.xuid)
    assert move is not None
    assert move[0] == before
    assert move[1] == world.ladder.standing("ranked_arena", season, world.hero.xuid)[0] != before


def test_whatever_the_order_of_the_orders_matches_lie_in_the_order_of_their_ends():
    world = living(4)
    for minutes in (9, 5, 7):
        world.end_match(NOW + timedelta(minutes=minutes))
    world.pass_time(NOW + timedelta(minutes=30))

    ends = [plan.ends_at for plan in world.all_plans()]
    own = [plan.ends_at for plan in world.matches_of(world.hero.xuid)]
    assert ends == sorted(ends)
    assert own == sorted(own, reverse=True)


def test_a_match_is_ordered_around_anybody_even_who_never_played():
    world = World(7, NOW, matches=60)
    fresh = world.player("Fresh Boots")
    assert fresh is not None

    plan = world.end_match(NOW, lead=fresh, mode="slayer", playlist=None)

    assert plan.seats[0].player == fresh
    assert list(world.matches_of(fresh.xuid)) == [plan]


def test_the_hero_goes_on_showing_every_mode():
    world = World(2, NOW, matches=50, every=MINUTE)
    world.pass_time(NOW + timedelta(hours=20))

    fresh = [plan for plan in world.matches_of(world.hero.xuid) if plan.ends_at > NOW]
    led = [plan.mode.key for plan in fresh if plan.seats[0].player == world.hero]
    assert len(led) > 20
    assert len({*led}) > 15


@given(st.datetimes(datetime(2022, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - strategy
@settings(deadline=None)
def test_the_calendar_has_a_season_now_and_two_around_it(now: datetime):
    seasons = draw_seasons(now)
    at = seasons.index(season_at(seasons, now))

    assert at == len(seasons) - 2
    assert timedelta(days=17) <= now - seasons[at].starts_at < timedelta(days=24)
    assert all(one.ends_at == other.starts_at for one, other in pairwise(seasons))
    assert len({season.ends_at - season.starts_at for season in seasons}) > 5
    assert seasons[at - 1].ends_at - seasons[at - 1].starts_at > timedelta(days=60)


def test_only_the_latest_asked_for_are_kept_and_played_again_they_are_the_same():
    world = World(6, NOW, matches=330)
    ids = [plan.match_id for plan in world.all_plans()]
    first = world.match(ids[0])

    for match_id in ids[1:]:
        world.match(match_id)

    again = world.match(ids[0])
    assert again is not first
    assert again == first
    assert world.match(ids[-1]) is world.match(ids[-1])
