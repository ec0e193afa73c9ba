"""What the bot remembers: on SQLite, or on PostgreSQL where ``ADJUTANT_DATABASE_URL`` names one.

`open_store` opens the database, brings it to this version and gives a `Store`. Its repositories take and give
plain frozen values; each call is one transaction, and raises a `StoreError` if it could not be done.

- ``links``: `/link`, `/account`: who a Discord user is in Halo (`claim`, `of_user`), and the way onto a server's
  board (`enter`, at every command in a server), with the rule for two members who claim the same account.
- ``verifications``: *Verify* and *Check*: open a code, hold the service tag against it.
- ``servers``: which servers there are, who is to be looked for, who has left.
- ``players``: gamertags as they were seen, and how fresh a player's matches are.
- ``matches``: `add` takes whole matches, once each, and keeps the totals; `unknown` says what is still to fetch.
- ``snapshots``: ranks as they were seen; `/csr` reads them for changes and when Halo is down.
- ``jobs``: background work under leases, by priority and in turn by server.
- ``boards``: `/leaderboard`: counters, medals, sprees and CSR of a server's members over a window. What is ranked
  how is not decided here. A season is a window between two dates of the calendar.
- ``erasure``: forget a user or a server; it says of whom things have to go elsewhere too.

`back_up` and `restore` work while the bot runs. Nothing here knows Discord or Halo's services.
"""

from __future__ import annotations

from bot.store.address import Address
from bot.store.backup import back_up, restore
from bot.store.boards import BoardLine, Boards, Counter, RankLine, Window
from bot.store.claims import Holder
from bot.store.erasure import Erased, Erasure
from bot.store.errors import (
    StoreAddressError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnavailableError,
    StoreVersionError,
)
from bot.store.jobs import Backlog, Job, Jobs, NewJob
from bot.store.links import Claim, Link, Links
from bot.store.matches import Line, Match, Matches
from bot.store.players import KnownGamertag, Players
from bot.store.servers import Servers
from bot.store.snapshots import Rank, Snapshot, Snapshots
from bot.store.store import Store, open_store
from bot.store.verifications import Code, Outcome, Verdict, Verifications

__all__ = [
    "Address",
    "Backlog",
    "BoardLine",
    "Boards",
    "Claim",
    "Code",
    "Counter",
    "Erased",
    "Erasure",
    "Holder",
    "Job",
    "Jobs",
    "KnownGamertag",
    "Line",
    "Link",
    "Links",
    "Match",
    "Matches",
    "NewJob",
    "Outcome",
    "Players",
    "Rank",
    "RankLine",
    "Servers",
    "Snapshot",
    "Snapshots",
    "Store",
    "StoreAddressError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "Verdict",
    "Verifications",
    "Window",
    "back_up",
    "open_store",
    "restore",
]
