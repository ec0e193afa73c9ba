"""How much one person and one server may ask: five commands in ten seconds, and no server crowds out another."""

from __future__ import annotations

from asyncio import Semaphore
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from discord import app_commands

__all__ = ["Allowance", "FairGate"]

COMMANDS = 5
PER_S = 10.0
PEOPLE = 10_000
AT_ONCE = 4


class Allowance:
    """Counts what each user asked lately.

    Args:
        time: A clock in seconds that never goes back.
        commands: How many are allowed within ``per_s`` seconds.
    """

    def __init__(self, time: Callable[[], float], *, commands: int = COMMANDS, per_s: float = PER_S) -> None:
        self._time = time
        self._commands = commands
        self._per_s = per_s
        self._users: OrderedDict[int, app_commands.Cooldown] = OrderedDict()

    def spend(self, user_id: int) -> None:
        """Count one command.

        Raises:
            app_commands.CommandOnCooldown: The user has none left for the moment.
        """
        cooldown = self._users.setdefault(user_id, app_commands.Cooldown(self._commands, self._per_s))
        self._users.move_to_end(user_id)
        while len(self._users) > PEOPLE:
            self._users.popitem(last=False)
        retry_after = cooldown.update_rate_limit(self._time())
        if retry_after:
            raise app_commands.CommandOnCooldown(cooldown, retry_after)


class FairGate:
    """Lets a few commands of each server run at once; the rest of that server waits, other servers do not.

    Halo's rate is one queue for all: without the gate a busy server would fill it alone.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._gates: dict[int, tuple[Semaphore, int]] = {}

    @asynccontextmanager
    async def enter(self, place: int) -> AsyncGenerator[None]:
        """Wait for a free place of ``place`` (a server, or a user outside of one), and hold it."""
        gate, users = self._gates.get(place, (Semaphore(self._at_once), 0))
        self._gates[place] = gate, users + 1
        try:
            async with gate:
                yield
        finally:
            gate, users = self._gates[place]
            if users > 1:
                self._gates[place] = gate, users - 1
            else:
                del self._gates[place]
