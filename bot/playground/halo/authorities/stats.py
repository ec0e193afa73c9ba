"""``halostats``: history, counts, match stats, service records, challenge decks, privacy."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import cast, get_args

from aiohttp import web

from bot.playground.halo.answers import FILE_MAX_AGE_S, Refusal, answer_json
from bot.playground.halo.stage import Stage, read_number, read_uuid
from bot.playground.halo.wire.match_json import write_counts, write_history, write_match
from bot.playground.halo.wire.record_json import write_record
from bot.playground.world.people import Player
from bot.playground.world.plan import Plan, Seat
from bot.playground.world.records import RecordFilter
from bot.playground.world.world import MatchType

__all__ = ["StatsAuthority"]

_HOST = "/halostats.svc.halowaypoint.com"
_PAGE = 25
_RECORD_TYPES: dict[str, MatchType] = {"matchmade": "matchmaking", "custom": "custom", "local": "local"}
_FILTERS = ("seasonid", "gamevariantcategory", "isranked", "playlistassetid", "gameplayinteraction")
_TRUTH: dict[str | None, bool | None] = {None: None, "True": True, "False": False}


class StatsAuthority:
    """Answers for what happened in matches."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        player = _HOST + "/hi/players/{player}"
        return [
            web.get(player + "/matches/count", self._count),
            web.get(player + "/matches", self._history),
            web.get(player + "/{kind:matchmade|custom|local}/servicerecord", self._record),
            web.get(player + "/decks", self._decks),
            web.get(player + "/matches-privacy", self._privacy),
            web.get(_HOST + "/hi/matches/{match}/stats", self._stats),
        ]

    def _matches(self, player: Player, match_type: MatchType) -> Sequence[Plan]:
        """What the service lets see: nothing of a hidden history, nothing of the future."""
        now = self._stage.pass_time()
        if player.hides_matches and not self._stage.is_owner(player):
            return ()
        return self._stage.world.matches_of(player.xuid, match_type, until=now)

    async def _count(self, request: web.Request) -> web.Response:
        player = self._stage.player(request.match_info["player"])
        kinds: tuple[MatchType, ...] = ("matchmaking", "custom", "local")
        return answer_json(write_counts(*(len(self._matches(player, kind)) for kind in kinds)))

    async def _history(self, request: web.Request) -> web.Response:
        start, count = read_number(request, "start", 0), read_number(request, "count", _PAGE)
        match_type = request.query.get("type", "all").lower()
        if match_type not in get_args(MatchType):
            raise Refusal(400, "InvalidMatchType")
        player = self._stage.player(request.match_info["player"])
        # More than a page is cut to one: the client never asks for it, and nobody has measured it.
        count = min(count, _PAGE)
        page = self._matches(player, cast("MatchType", match_type))[start : start + count]
        await self._play(page)
        results = [self._result(plan, player) for plan in page]
        return answer_json(write_history(self._stage.world.catalogue, start, count, results))

    async def _play(self, plans: Iterable[Plan]) -> None:
        """Plays matches out one at a time, so that others who share the event loop get their turn."""
        for plan in plans:
            self._stage.world.match(plan.match_id)
            await asyncio.sleep(0)

    def _result(self, plan: Plan, player: Player) -> tuple[Plan, Seat, int]:
        match = self._stage.world.match(plan.match_id)
        showing = match.showing_of(player.xuid) if match else None
        if showing is None:
            raise Refusal(500, "MatchWithoutPlayer")
        return plan, showing.seat, showing.rank

    async def _stats(self, request: web.Request) -> web.Response:
        world, now = self._stage.world, self._stage.pass_time()
        plan = world.plan(read_uuid(request.match_info["match"]))
        if plan is None or plan.ends_at + self._stage.stats_delay > now:
            raise Refusal(404, "MatchNotFound")
        match = world.match(plan.match_id)
        if match is None:
            raise Refusal(404, "MatchNotFound")
        return answer_json(write_match(world.catalogue, match), max_age_s=FILE_MAX_AGE_S)

    async def _record(self, request: web.Request) -> web.Response:
        player = self._stage.player(request.match_info["player"])
        wanted = _read_filter(request)
        kind = _RECORD_TYPES[request.match_info["kind"]]
        world, until = self._stage.world, self._stage.pass_time() - self._stage.stats_delay
        # A little at a time, so that others who share the event loop get their turn.
        for _ in world.sum_up(player.xuid, until):
            await asyncio.sleep(0)
        record = world.record(player.xuid, kind, wanted, until=until)
        return answer_json(write_record(record, filtered=any(name in request.query for name in _FILTERS)))

    async def _decks(self, request: web.Request) -> web.Response:
        player = self._stage.player(request.match_info["player"])
        challenge = {
            "Id": "weekly-win-matches",
            "Description": "Win matchmaking matches.",
            "CurrentProgress": player.hue % 4,
            "GoalProgress": 4,
        }
        deck = {"DeckId": "weekly-challenges", "Title": "Weekly Challenges", "Challenges": [challenge]}
        return answer_json({"Decks": [deck], "CapstoneDeckId": "ultimate-weekly"})

    async def _privacy(self, request: web.Request) -> web.Response:
        player = self._stage.player(request.match_info["player"])
        if not self._stage.is_owner(player):
            raise Refusal(403, "NotYourOwn")
        shown = 2 if player.hides_matches else 1
        return answer_json({"MatchmadeGames": shown, "OtherGames": shown})


def _read_filter(request: web.Request) -> RecordFilter:
    query = request.query
    ranked = query.get("isranked")
    if ranked not in _TRUTH:
        raise Refusal(400, "InvalidIsRanked")
    season = query.get("seasonid")
    playlist = query.get("playlistassetid")
    return RecordFilter(
        season=season.rsplit("/", 1)[-1].removesuffix(".json") if season else None,
        category=read_number(request, "gamevariantcategory", 0) if "gamevariantcategory" in query else None,
        ranked=_TRUTH[ranked],
        playlist=read_uuid(playlist) if playlist else None,
        interaction=read_number(request, "gameplayinteraction", 0)
        if "gameplayinteraction" in query
        else None,
    )
