"""Everything that is kept, behind one object."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from random import Random, SystemRandom

from bot.store.accounts import Accounts
from bot.store.address import Address
from bot.store.boards import Boards
from bot.store.database import BUSY_S, Database
from bot.store.erasure import Erasure
from bot.store.jobs import Jobs
from bot.store.links import Links
from bot.store.matches import Matches
from bot.store.migrate import migrate
from bot.store.players import Players
from bot.store.servers import Servers
from bot.store.snapshots import Snapshots
from bot.store.verifications import Verifications

__all__ = ["Store", "open_store"]


class Store:
    """The repositories, one for each concern, on one database."""

    def __init__(self, database: Database, random: Random) -> None:
        self.database = database
        self.links = Links(database)
        self.verifications = Verifications(database, random)
        self.servers = Servers(database)
        self.players = Players(database)
        self.matches = Matches(database)
        self.snapshots = Snapshots(database)
        self.jobs = Jobs(database)
        self.boards = Boards(database)
        self.accounts = Accounts(database)
        self.erasure = Erasure(database)


@asynccontextmanager
async def open_store(
    address: Address, *, random: Random | None = None, busy_s: float = BUSY_S
) -> AsyncGenerator[Store]:
    """Open a database, bring it to this version, and close it at the end.

    Args:
        address: Where it is; an SQLite file is made, its folder is not.
        random: Where verification codes come from; default: the operating system.
        busy_s: How long to wait for somebody else's lock.

    Raises:
        StoreError: It cannot be used; the message says what the operator can do.
    """
    database = Database(address, busy_s=busy_s)
    try:
        await migrate(database)
        yield Store(database, random or SystemRandom())
    finally:
        await database.close()
