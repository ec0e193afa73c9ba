"""What a traceback of a failure tells to whoever looks for the trouble."""

from __future__ import annotations

import traceback
from random import Random

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.halo.errors import HaloConnectionError
from bot.halo.transport.clock import SystemClock
from bot.halo.transport.core import Transport
from bot.halo.transport.options import RequestOptions
from bot.halo.transport.tokens import StaticTokens
from bot.playground.halo import HaloService
from tests.halo.orders import answer
from tests.halo.transport.asking import USER, Asker


async def test_it_quotes_nothing_that_came_over_the_wire(asker: Asker, service: HaloService) -> None:
    answer(service, "", 302, headers={"Location": f"http://[::{service.credentials.spartan}"})
    with pytest.raises(HaloConnectionError) as failed:
        await asker.get(USER)

    assert service.credentials.spartan not in "".join(traceback.format_exception(failed.value))
    assert failed.value.__context__ is None


async def test_it_keeps_what_the_system_says_about_a_connection(
    session: ClientSession, unused_tcp_port: int
) -> None:
    transport = Transport(
        session,
        StaticTokens("spartan", "clearance"),
        requests_per_second=5,
        origin=URL(f"http://127.0.0.1:{unused_tcp_port}"),
        clock=SystemClock(),
        rng=Random(1),  # noqa: S311  # jitter, no secret
    )
    with pytest.raises(HaloConnectionError) as failed:
        await transport.get(URL(USER), options=RequestOptions())

    assert isinstance(failed.value.__cause__, OSError)
