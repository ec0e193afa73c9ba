"""What tests look at of a film."""

from __future__ import annotations

from bot.halo.client import HaloInfiniteClient
from bot.halo.film.api import read_highlight_events
from bot.halo.film.event import HighlightEvent
from bot.halo.models.film import Film
from bot.halo.models.stats import MatchStats
from bot.playground.world import World
from bot.playground.world.match import Match
from bot.playground.world.plan import Plan


async def watch(client: HaloInfiniteClient, plan: Plan) -> tuple[list[HighlightEvent], MatchStats]:
    """The events of a match's film, and its statistics."""
    events = await read_highlight_events(client, plan.match_id)
    return events, await (await client.stats.get_match_stats(plan.match_id)).parse()


async def manifest(client: HaloInfiniteClient, plan: Plan) -> Film:
    return await (await client.discovery_ugc.get_film_by_match_id(plan.match_id)).parse()


def played(world: World, plan: Plan) -> Match:
    match = world.match(plan.match_id)
    assert match is not None
    return match
