"""Bodies to parse: recorded ones where they are beside the project, and those of the simulated world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from aiohttp import ClientSession

from benchmarks.kinds import Kind
from bot.halo.client import HaloInfiniteClient
from bot.playground.halo import HaloService
from bot.playground.world import World

__all__ = ["recorded_body", "simulated_bodies"]

_RECORDINGS: Final = Path(__file__).parents[1] / "../shared/halo/responses"
_NOW: Final = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
_MATCHES: Final = 400


def recorded_body(kind: Kind) -> bytes | None:
    """Return what was recorded of a kind of answer, None where it was not or the recordings are not here."""
    path = _RECORDINGS / f"{kind.name}.json"
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf") if path.is_file() else None


async def simulated_bodies(kinds: Sequence[Kind]) -> Mapping[str, bytes]:
    """Return an answer of each kind, by its name, as the simulated service sends it; always the same ones."""
    world = World("bench", _NOW, matches=_MATCHES)
    async with HaloService(world, clock=lambda: _NOW).running() as service, ClientSession() as session:
        tokens = service.credentials
        client = HaloInfiniteClient(session, tokens.spartan, tokens.clearance, 1000, origin=service.origin)
        return {kind.name: await (await kind.ask(client, world)).read() for kind in kinds}
