"""What the bot remembers: on SQLite, or on PostgreSQL where ``ADJUTANT_DATABASE_URL`` names one.

::

    async with open_store(Address.of_file(folder / "store.sqlite")) as store:
        await store.links.claim(user_id, xuid, gamertag, server_id=server_id, at=now)
        await store.matches.add(*matches)
        board = await store.boards.totals(server_id, [Counter.KILLS], Window.rolling(timedelta(days=7), now))

`open_store` brings the database to this version, under a lock, and gives a `Store`. What its attributes do takes and
gives frozen values with moments in a time zone; each call is one transaction, and what cannot be done is a
`StoreError` with a sentence for the operator, and nothing of it was done. Nobody waits for other writers for longer than
``busy_s``; what people ask for and what is done in the background are let in by turns.

``links``: who a Discord user is in Halo.
    ``claim(user_id, xuid, gamertag, *, server_id, at, duties)``: `/link`; refused if ``held_by`` is set in its `Claim`.
    ``enter(user_id, server_id, at)``: at every command in a server: the way onto its board. It mostly only reads.
    ``of_user``, ``of_player``, ``of_server``, ``linked_xuids``.
``verifications``: proof by service tag.
    ``open(user_id, xuid, *, current_tag, at)`` gives a `Code`; ``check(user_id, xuid, *, tag, server_id, at)`` a `Verdict`,
    and links where it is right; ``drop_expired(at)`` now and then.
``servers``: ``add``; ``known``, of which those that the bot has left are to be erased; and for those who leave a server:
    ``unseen_since(server_id, before)`` says whom to look for, ``seen`` and ``remove_members`` take the answer.
``players``: ``saw(xuid, gamertag, at)``, ``history``, ``find(gamertag)``; ``tracked()``: who is to be kept fresh, when it was
    done last and when their last match ended; ``refreshed(xuids, at)``: it is done.
``matches``: ``unknown(match_ids, xuid=…)``: what of a player's history is to be fetched; ``add(*matches)``: take it in, once,
    some dozens at a time and the oldest first. Matches that no linked player was in are not kept.
``snapshots``: ``add(playlist_id, season_id, ranks, at)``: one batch's ranks by XUID; ``of_player(xuid, at=…)``, ``history``.
``jobs``: background work: ``add``, ``take`` under a lease, ``keep`` with how far it has come, ``put_back``, ``finish``;
    ``backlog``. Whatever a job does has to be harmless when done twice.
``boards``: `/leaderboard`: ``totals(server_id, counters, window, playlist_id)``, ``medals(server_id, medal_id, …)``,
    ``longest_sprees`` and ``ranks(server_id, playlist_id, season_id)``: a line for every member, with no matches too, in no
    order. What is ranked how, and from how many matches on, is not decided here. A season is a `Window` between two
    dates of the calendar, all time is ``Window()``; no playlist means all matchmade player-versus-player matches.
``accounts``: `/account`: ``of_user`` in short, ``export`` everything as JSON.
``erasure``: ``forget_user``, ``forget_server``: at once, and they say of whom things have to go elsewhere too, as do `Claim`
    and `Verdict` (``forgotten``); ``scrub`` rewrites the files, once after some of them.

`back_up` and `restore` work while the bot runs. Nothing here knows Discord or Halo's services.
"""

from __future__ import annotations

from bot.store.accounts import Account, Accounts, Board
from bot.store.address import Address
from bot.store.backup import back_up, restore
from bot.store.board_lines import BoardLine, RankBoard, RankLine, TotalsBoard
from bot.store.boards import Boards, Counter, Window
from bot.store.claims import Holder
from bot.store.erasure import Erased, Erasure
from bot.store.errors import (
    StoreAddressError,
    StoreBackupError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnavailableError,
    StoreVersionError,
)
from bot.store.jobs import Backlog, Job, Jobs, NewJob
from bot.store.links import Claim, Duties, Link, Links
from bot.store.matches import Line, Match, Matches
from bot.store.players import KnownGamertag, Players, TrackedPlayer
from bot.store.servers import Servers
from bot.store.snapshots import Rank, Snapshot, Snapshots
from bot.store.store import Store, open_store
from bot.store.verifications import Code, Outcome, Verdict, Verifications

__all__ = [
    "Account",
    "Accounts",
    "Address",
    "Backlog",
    "Board",
    "BoardLine",
    "Boards",
    "Claim",
    "Code",
    "Counter",
    "Duties",
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
    "RankBoard",
    "RankLine",
    "Servers",
    "Snapshot",
    "Snapshots",
    "Store",
    "StoreAddressError",
    "StoreBackupError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "StoreVersionError",
    "TotalsBoard",
    "TrackedPlayer",
    "Verdict",
    "Verifications",
    "Window",
    "back_up",
    "open_store",
    "restore",
]
