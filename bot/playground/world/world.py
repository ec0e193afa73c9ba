"""A whole simulated Halo world from one seed: people, seasons, matches, ranks. No I/O and no clock of its own."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal
from uuid import UUID

from bot.playground.world.booking import Booking, Lifecycle, Twist
from bot.playground.world.calendar import Season, draw_seasons, season_at
from bot.playground.world.catalogue import Catalogue
from bot.playground.world.ladder import Ladder
from bot.playground.world.match import Match, play_match
from bot.playground.world.naming import fold
from bot.playground.world.people import Player, draw_people, draw_strangers
from bot.playground.world.plan import Plan
from bot.playground.world.planner import draw_plan
from bot.playground.world.plans import Plans
from bot.playground.world.record_book import RecordBook
from bot.playground.world.records import RecordFilter, ServiceRecord
from bot.playground.world.register import seeded
from bot.playground.world.showcase import Piece
from bot.playground.world.skill import MatchSkill, measure_skill, rate_teams
from bot.playground.world.timeline import Timeline

__all__ = ["MatchType", "World"]

MatchType = Literal["all", "matchmaking", "custom", "local"]
_MATCHES = 5_000
_MATCHES_BEFORE_TODAY = 4_300
_AHEAD = 25
_MOST_PLAYED = 256
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
        every: How often a match ends from then on, see :meth:`pass_time`; None for never.
    """

    def __init__(
        self,
        seed: int | str,
        now: datetime,
        *,
        matches: int = _MATCHES,
        every: timedelta | None = None,
    ) -> None:
        self.seed = str(seed)
        self.began_at = now
        self.people: tuple[Player, ...] = draw_people(self._rng("people"))
        self.seasons: tuple[Season, ...] = draw_seasons(now)
        self.catalogue = Catalogue()
        self._matches = matches
        self._every = every
        self._plans: dict[UUID, Plan] = {}
        self._played: OrderedDict[UUID, Match] = OrderedDict()

    @classmethod
    def of_today(
        cls,
        seed: int | str,
        now: datetime,
        *,
        matches: int = _MATCHES_BEFORE_TODAY,
        every: timedelta = timedelta(minutes=1),
    ) -> World:
        """The world as it stands at ``now`` and goes on: a match has ended ``every`` so often since midnight (UTC).

        However often it is made anew on one day, it has the same matches and then some more. On another day the
        older matches are the same, but not those of the last two days before; and a Tuesday moves the seasons.
        """
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        world = cls(seed, midnight, matches=matches, every=every)
        world.pass_time(now)
        return world

    def _rng(self, *parts: object) -> random.Random:
        return seeded(self.seed, *parts)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(
            self.seed,
            self.people,
            self._strangers,
            self.seasons,
            began_at=self.began_at,
            count=self._matches,
            every=self._every,
        )

    @cached_property
    def _strangers(self) -> tuple[Player, ...]:
        return draw_strangers(self._rng("strangers"), self.people)

    @cached_property
    def ladder(self) -> Ladder:
        """All CSR, kept up with every match."""
        return Ladder(self.seed, self._ranked_of)

    def _ranked_of(self, xuid: int) -> Sequence[Plan]:
        return Plans([it for it in self._timeline.of(xuid) if it.ranked], self._draw)

    @cached_property
    def _records(self) -> RecordBook:
        return RecordBook(self._timeline.of, self._play_once)

    def prepare(self) -> None:
        """Generates ahead what the first questions need: the timeline and the hero's latest matches."""
        for plan in self.matches_of(self.hero.xuid)[:_AHEAD]:
            self.match(plan.match_id)

    def pass_time(self, now: datetime) -> None:
        """Lets happen what happens up to ``now``; a later ``now`` only ever adds matches.

        When more than 3,000 are due, call it again for the rest.
        """
        if self._every is not None:
            self._take_notice(self._timeline.pass_time(now))

    @property
    def next_end(self) -> datetime | None:
        """When the next match ends by itself; None where none does."""
        return self._timeline.next_end

    def _take_notice(self, fresh: Sequence[Booking]) -> None:
        for booking in fresh:
            for player in booking.cast:
                self.ladder.forget(player.xuid)
                self._records.forget(player.xuid, booking.ends_at)

    @property
    def hero(self) -> Player:
        """The player whose latest matches show every mode."""
        return self.people[0]

    @cached_property
    def _by_gamertag(self) -> dict[str, Player]:
        return {fold(player.gamertag): player for player in (*self._strangers, *self.people)}

    @cached_property
    def _by_xuid(self) -> dict[int, Player]:
        return {player.xuid: player for player in (*self._strangers, *self.people)}

    def player(self, gamertag: str) -> Player | None:
        """The player of that name; case and spaces do not matter. A former name is nobody's."""
        return self._by_gamertag.get(fold(gamertag))

    def player_by_xuid(self, xuid: int) -> Player | None:
        """The player of that XUID, resident or stranger."""
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
        former = self._by_xuid[player.xuid]
        del self._by_gamertag[fold(former.gamertag)]
        self._by_gamertag[fold(player.gamertag)] = player
        self._by_xuid[player.xuid] = player
        self.people = tuple(player if other.xuid == player.xuid else other for other in self.people)
        return player

    def matches_of(
        self, xuid: int, match_type: MatchType = "all", *, until: datetime | None = None
    ) -> Sequence[Plan]:
        """A player's matches that ended by ``until``, latest first, hidden or not.

        Ask :meth:`match` for what happened in one.
        """
        wanted = _LIFECYCLES[match_type]
        bookings = [
            booking
            for booking in reversed(self._timeline.of(xuid))
            if booking.lifecycle in wanted and (until is None or booking.ends_at <= until)
        ]
        return Plans(bookings, self._draw)

    def all_plans(self) -> Sequence[Plan]:
        """Every match, oldest first."""
        return Plans(self._timeline.bookings, self._draw)

    def plan(self, match_id: UUID) -> Plan | None:
        """A match's plan without playing it out."""
        booking = self._timeline.find(match_id)
        return None if booking is None else self._draw(booking)

    def _draw(self, booking: Booking) -> Plan:
        plan = self._plans.get(booking.match_id)
        if plan is None:
            plan = self._plans[booking.match_id] = draw_plan(self._rng("match", booking.index), booking)
        return plan

    def match(self, match_id: UUID) -> Match | None:
        """A match as it was played: the same however often it is asked for. The latest asked for are kept."""
        booking = self._timeline.find(match_id)
        if booking is None:
            return None
        match = self._played[match_id] = self._play_once(booking)
        self._played.move_to_end(match_id)
        if len(self._played) > _MOST_PLAYED:
            self._played.popitem(last=False)
        return match

    def _play_once(self, booking: Booking) -> Match:
        """A match, played out and not kept."""
        kept = self._played.get(booking.match_id)
        return kept or play_match(self._rng("play", booking.index), self._draw(booking))

    def skill(self, match_id: UUID, xuid: int) -> MatchSkill | None:
        """What the skill service says of a player in a match, None if the player was not in it."""
        match = self.match(match_id)
        showing = match.showing_of(xuid) if match else None
        if match is None or showing is None:
            return None
        rng, index = self._rng("skill", match.plan.index, xuid), match.plan.index
        ratings = rate_teams(self._rng("ratings", index), match.plan)
        return measure_skill(rng, match, showing, self.ladder.move(match_id, xuid), ratings)

    def record(
        self,
        xuid: int,
        match_type: MatchType,
        wanted: RecordFilter | None = None,
        *,
        until: datetime | None = None,
    ) -> ServiceRecord:
        """The sums of a player's matches that ended by ``until``."""
        return self._records.record(xuid, _LIFECYCLES[match_type], wanted or RecordFilter(), until)

    def sum_up(self, xuid: int, until: datetime | None) -> Iterator[None]:
        """Does the work of :meth:`record` in small steps, for whoever has to share a thread."""
        return self._records.sum_up(xuid, until)

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
        self.pass_time(now)
        game = Piece(mode, playlist, twist).draw(self._rng("order", now.timestamp()))
        booking = self._timeline.order(now, game, lead or self.hero)
        self._take_notice([booking])
        return self._draw(booking)
