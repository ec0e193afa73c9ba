"""What the film of a match shows: every kill, death, medal and deed of the people in it, with its moment."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.halo.film.medals import FILM_MEDALS
from bot.playground.world.film import FilmMoment, MomentKind
from bot.playground.world.match import Line, Match
from bot.playground.world.medals import MEDALS
from bot.playground.world.people import Player
from bot.playground.world.plan import Plan, Seat

__all__ = ["MODE_DEEDS", "write_script"]

_CODES: Final[Mapping[int, int]] = MappingProxyType({int(medal): code for code, medal in FILM_MEDALS.items()})
_UNKNOWN_CODES: Final = tuple(code for code in range(181, 256) if code not in FILM_MEDALS)
"""Bytes for medals of which nobody has seen the byte."""
_WEIGHTS: Final[Mapping[int, int]] = MappingProxyType(
    {medal.name_id: medal.sorting_weight for medal in MEDALS}
)
_UNLISTED_WEIGHT: Final = 100
_CODE_OF_KIND: Final[Mapping[MomentKind, int]] = MappingProxyType(
    {MomentKind.KILL: 0, MomentKind.DEATH: 1, MomentKind.MODE: 2}
)
# How much later than a kill the film has the death, and than its cause a medal: in ms, with their odds.
_DEATH_LATER: Final = ((0, 1, 2), (88, 10, 2))
_MEDAL_LATER: Final = ((0, 1, -1), (75, 18, 7))

MODE_DEEDS: Final = frozenset(
    {
        204144695, 454168309,  # ball
        4128329646, 746397417, 316828380,  # whoever carried something
        22113181, 555570945, 601966503, 2387185397, 3002710045,  # flag
        340198991, 1032565232,  # hill
        709346128, 757037588, 3507884073, 4026987576,  # zone
        2188620691, 2801241965, 3996338664,  # seeds
        1117301492, 1552628741, 1825517751, 4130011565, 4247243561,  # extraction
        2130209372, 3428202435,  # revival
    }
)  # fmt: skip
"""The personal scores that are about a mode. A film shows each time that somebody earned one."""


def write_script(match: Match) -> list[FilmMoment]:
    """The moments of a match's film in order of time; the same match always has the same.

    Bots are in no film, and neither are kills of the game's own enemies. Kills, deaths, medals and the deeds of
    :data:`MODE_DEEDS` are as many as the statistics of the match count of each person.
    """
    rng = random.Random(f"film/{match.plan.match_id}")  # noqa: S311 - a film, not a secret
    moments = [*_shoot_fights(rng, match), *_shoot_medals(rng, match), *_shoot_deeds(rng, match)]
    # Events of the same moment stay in their order: a kill, its death, its medal.
    return sorted(moments, key=lambda moment: moment.time_ms)


def _intro_ms(plan: Plan) -> int:
    """A film begins when the match is made, its play somewhat later."""
    return round((plan.ends_at - plan.playable - plan.starts_at).total_seconds() * 1000)


def _shoot_fights(rng: random.Random, match: Match) -> Iterator[FilmMoment]:
    intro_ms, seats = _intro_ms(match.plan), match.plan.seats
    for kill in match.feed:
        time_ms = intro_ms + kill.time_ms
        killer = seats[kill.killer].player if kill.killer is not None else None
        if killer is not None and kill.victim is not None:
            yield _moment(killer, MomentKind.KILL, time_ms)
        victim = seats[kill.victim].player if kill.victim is not None else None
        if victim is not None:
            yield _moment(victim, MomentKind.DEATH, time_ms + _draw(rng, _DEATH_LATER))


def _shoot_medals(rng: random.Random, match: Match) -> Iterator[FilmMoment]:
    intro_ms = _intro_ms(match.plan)
    for award in match.awards:
        player = match.plan.seats[award.seat].player
        if player is None:
            continue
        code = _CODES.get(award.medal, _UNKNOWN_CODES[award.medal % len(_UNKNOWN_CODES)])
        yield FilmMoment(
            xuid=player.xuid,
            gamertag=player.gamertag,
            kind=_WEIGHTS.get(award.medal, _UNLISTED_WEIGHT),
            time_ms=intro_ms + award.time_ms + _draw(rng, _MEDAL_LATER),
            is_medal=True,
            code=code,
        )


def _shoot_deeds(rng: random.Random, match: Match) -> Iterator[FilmMoment]:
    """The statistics say how often, not when: any time at which the player was there, on that team."""
    plan = match.plan
    intro_ms, length_ms = _intro_ms(plan), round(plan.playable.total_seconds() * 1000)
    for showing in match.showings:
        player = showing.seat.player
        if player is None:
            continue
        for line in showing.lines:
            start, end = _turn(showing.seat, line)
            for _ in range(_count_deeds(line)):
                time_ms = intro_ms + round(length_ms * rng.uniform(start, end))
                yield _moment(player, MomentKind.MODE, time_ms)


def _count_deeds(line: Line) -> int:
    return sum(count for name_id, (count, _) in line.personal_scores.items() if name_id in MODE_DEEDS)


def _turn(seat: Seat, line: Line) -> tuple[float, float]:
    """From which to which share of the match somebody was on a team."""
    if seat.first_team == seat.team:
        return seat.joined, seat.left
    return (seat.joined, seat.switched) if line.team == seat.first_team else (seat.switched, seat.left)


def _moment(player: Player, kind: MomentKind, time_ms: int) -> FilmMoment:
    return FilmMoment(
        xuid=player.xuid, gamertag=player.gamertag, kind=kind, time_ms=time_ms, code=_CODE_OF_KIND[kind]
    )


def _draw(rng: random.Random, choice: tuple[Iterable[int], Iterable[int]]) -> int:
    values, odds = choice
    return rng.choices(list(values), list(odds))[0]
