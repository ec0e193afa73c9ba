"""A whole simulated Halo world from one seed: people, seasons, matches, ranks. No I/O and no clock of its own."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Literal
from uuid import UUID

from bot.playground.world.calendar import Season, draw_seasons, season_at
from bot.playground.world.catalogue import Catalogue
from bot.playground.world.history import HistoryWriter
from bot.playground.world.ladder import Ladder
from bot.playground.world.match import Match, play_match
from bot.playground.world.people import Player, draw_people
from bot.playground.world.plan import Lifecycle, Plan
from bot.playground.world.planner import Twist
from bot.playground.world.records import RecordFilter, ServiceRecord, sum_record
from bot.playground.world.skill import MatchSkill, measure_skill

__all__ = ["MatchType", "World"]

MatchType = Literal["all", "matchmaking", "custom", "local"]
_AHEAD = 25
_LIFECYCLES: dict[MatchType, frozenset[Lifecycle]] = {
    "all": frozenset(Lifecycle),
    "matchmaking": frozenset({Lifecycle.MATCHMADE}),
    "custom": frozenset({Lifecycle.CUSTOM}),
    "local": frozenset({Lifecycle.LOCAL}),
}


class World:
    """Everything there is to know, generated when it is first asked for.

    Args:
        seed: Equal seeds (and ``now``) give equal worlds, in every process.
        now: The present, timezone-aware; the latest match ended some minutes earlier.
        matches: How many matches lie in the past.
    """

    def __init__(self, seed: int | str, now: datetime, *, matches: int = 420) -> None:
        self.seed = str(seed)
        self.began_at = now
        self.people: tuple[Player, ...] = draw_people(self._rng("people"))
        self.seasons: tuple[Season, ...] = draw_seasons(now)
        self.catalogue = Catalogue()
        self._count = matches
        self._writer = HistoryWriter(self.seed, self.people, self.seasons)
        self._played: dict[UUID, Match] = {}

    def _rng(self, *parts: object) -> random.Random:
        key = "/".join(str(part) for part in (self.seed, *parts))
        return random.Random(key)  # noqa: S311 - a world, not a secret

    @cached_property
    def _plans(self) -> dict[UUID, Plan]:
        return {plan.match_id: plan for plan in self._writer.past(self.began_at, self._count)}

    @cached_property
    def _plans_by_xuid(self) -> dict[int, list[Plan]]:
        by_xuid: defaultdict[int, list[Plan]] = defaultdict(list)
        for plan in self._plans.values():
            _index(by_xuid, plan)
        return by_xuid

    @cached_property
    def ladder(self) -> Ladder:
        """All CSR, kept up with every match."""
        ladder = Ladder(self.seed)
        ladder.tell(self._plans.values())
        return ladder

    def prepare(self) -> None:
        """Generates ahead what the first questions need: the plans, the ranks, the hero's latest matches."""
        self.ladder.tell(())
        for plan in self.matches_of(self.hero.xuid)[:_AHEAD]:
            self.match(plan.match_id)

    @property
    def hero(self) -> Player:
        """The player whose latest matches show every mode."""
        return self.people[0]

    @cached_property
    def _by_gamertag(self) -> dict[str, Player]:
        return {_folded(player.gamertag): player for player in self.people}

    @cached_property
    def _by_xuid(self) -> dict[int, Player]:
        return {player.xuid: player for player in self.people}

    def player(self, gamertag: str) -> Player | None:
        """The player of that name; case and spaces do not matter. A former name is nobody's."""
        return self._by_gamertag.get(_folded(gamertag))

    def player_by_xuid(self, xuid: int) -> Player | None:
        """The player of that XUID."""
        return self._by_xuid.get(xuid)

    def rename(self, xuid: int, gamertag: str) -> Player:
        """Gives a player another gamertag; matches keep knowing them by XUID."""
        return self._replace(
            replace(self._by_xuid[xuid], gamertag=gamertag, former_gamertag=self._by_xuid[xuid].gamertag)
        )

    def set_service_tag(self, xuid: int, service_tag: str) -> Player:
        """What a player does in the game to prove who they are."""
        return self._replace(replace(self._by_xuid[xuid], service_tag=service_tag))

    def set_privacy(self, xuid: int, *, hides_matches: bool) -> Player:
        """Opens or hides a player's match history."""
        return self._replace(replace(self._by_xuid[xuid], hides_matches=hides_matches))

    def _replace(self, player: Player) -> Player:
        self.people = tuple(player if other.xuid == player.xuid else other for other in self.people)
        self._by_xuid[player.xuid] = player
        self.__dict__.pop("_by_gamertag", None)
        return player

    def matches_of(self, xuid: int, match_type: MatchType = "all") -> Sequence[Plan]:
        """A player's matches, latest first, hidden or not; ask :meth:`match` for what happened in one."""
        wanted = _LIFECYCLES[match_type]
        return [plan for plan in reversed(self._plans_by_xuid.get(xuid, [])) if plan.lifecycle in wanted]

    def all_plans(self) -> Sequence[Plan]:
        """Every match, oldest first."""
        return list(self._plans.values())

    def plan(self, match_id: UUID) -> Plan | None:
        """A match's plan without playing it out."""
        return self._plans.get(match_id)

    def match(self, match_id: UUID) -> Match | None:
        """A match as it was played; played out when first asked for, and the same for ever after."""
        if match_id not in self._played and (plan := self._plans.get(match_id)) is not None:
            self._played[match_id] = play_match(self._rng("play", plan.index), plan)
        return self._played.get(match_id)

    def skill(self, match_id: UUID, xuid: int) -> MatchSkill | None:
        """What the skill service says of a player in a match, None if the player was not in it."""
        match = self.match(match_id)
        showing = match.showing_of(xuid) if match else None
        if match is None or showing is None:
            return None
        rng = self._rng("skill", match.plan.index, xuid)
        return measure_skill(rng, match, showing, self.ladder.move(match_id, xuid))

    def record(self, xuid: int, match_type: MatchType, wanted: RecordFilter | None = None) -> ServiceRecord:
        """The sums of a player's matches."""
        takes = (wanted or RecordFilter()).takes
        matches = (self.match(plan.match_id) for plan in self.matches_of(xuid, match_type) if takes(plan))
        return sum_record(
            (match, showing) for match in matches if match and (showing := match.showing_of(xuid)) is not None
        )

    def season_at(self, moment: datetime) -> Season:
        """The season of that moment."""
        return season_at(self.seasons, moment)

    def end_match(
        self,
        now: datetime,
        *,
        lead: Player | None = None,
        mode: str = "ranked_slayer",
        playlist: str | None = "ranked_arena",
        twist: Twist = Twist.NONE,
    ) -> Plan:
        """Time passes: a match around ``lead`` (the hero by default) ends at ``now`` and moves the ranks.

        Raises:
            KeyError: There is no such mode or playlist.
        """
        plan = self._writer.book(len(self._plans), now, mode=mode, playlist=playlist, twist=twist, lead=lead)
        ladder = self.ladder
        by_xuid = self._plans_by_xuid
        self._plans[plan.match_id] = plan
        _index(by_xuid, plan)
        ladder.tell([plan])
        return plan


def _index(by_xuid: dict[int, list[Plan]], plan: Plan) -> None:
    for seat in plan.seats:
        if seat.player is not None:
            by_xuid.setdefault(seat.player.xuid, []).append(plan)


def _folded(gamertag: str) -> str:
    return "".join(gamertag.split()).casefold()
