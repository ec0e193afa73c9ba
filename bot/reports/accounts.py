"""``/link``, ``/unlink`` and ``/account``: who somebody is in Halo, the proof of it, and what is kept of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.halo.client import HaloInfiniteClient
from bot.reports.first_matches import Ingesting, Progress
from bot.reports.forgetting import Forgetting, scrub_after
from bot.reports.identities import Identities
from bot.reports.lookups import Lookups
from bot.reports.players import Player, Players, read_player
from bot.reports.recall import Known
from bot.reports.releasing import Releasing
from bot.stats.accounts import Checked, Kept, KeptLink, Linked, Name, Proof, ProofOutcome, XboxAccount
from bot.stats.unanswerable import AccountHeld, AccountUnknown, MentionNotLinked, PlayerUnknown
from bot.store import Account, Duties, Link, Outcome, Store

__all__ = ["Accounts", "OtherAccountLinkedError"]

# Every entry on a board makes all boards be read anew.
CAME_AGAIN: Final = timedelta(minutes=10)
REMEMBERED: Final = 50_000


class OtherAccountLinkedError(Exception):
    """A user wants to link an ``account`` while another one is linked, whose ``link`` nobody gave up knowingly."""

    def __init__(self, account: XboxAccount, link: Link) -> None:
        super().__init__(account.xuid)
        self.account = account
        self.link = link


class Accounts:
    """Links users to accounts, proves it, shows what is kept and forgets it.

    Args:
        store: Where links are.
        halo: Where service tags are read.
        players: Finds accounts.
        identities: Suggests names.
        lookups: What users looked up.
        forgetting: What erases.
        releasing: What forgets accounts that were given up.
        ingest: Fetches the matches of who was linked; None where nothing does.
        now: The time.
    """

    def __init__(
        self,
        store: Store,
        halo: HaloInfiniteClient,
        *,
        players: Players,
        identities: Identities,
        lookups: Lookups,
        forgetting: Forgetting,
        releasing: Releasing,
        ingest: Ingesting | None,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._halo = halo
        self._players = players
        self._identities = identities
        self._lookups = lookups
        self._forgetting = forgetting
        self._releasing = releasing
        self._ingest = ingest
        self._now = now
        self._came: OrderedDict[tuple[int, int], datetime] = OrderedDict()

    async def find(self, asked: str | int, *, user_id: int, server_id: int | None) -> XboxAccount:
        """Find the account that somebody wants to link, by gamertag or XUID.

        Raises:
            AccountUnknown: There is none; with suggestions.
            HaloError: The service failed, and the account is not remembered.
        """
        try:
            return _account(await self._players.find(read_player(asked)))
        except MentionNotLinked:
            raise AccountUnknown(str(asked)) from None
        except PlayerUnknown as unknown:
            like = await self._identities.like(unknown.asked, user_id=user_id, server_id=server_id)
            raise AccountUnknown(unknown.asked, like) from None

    async def link_of(self, user_id: int) -> Link | None:
        """Return a user's link."""
        return await self._store.links.of_user(user_id)

    async def link(
        self, user_id: int, account: XboxAccount, *, server_id: int | None, instead_of: int | None = None
    ) -> Linked:
        """Link a user to an account, and have its matches fetched.

        Only the link to ``instead_of``, by XUID, is replaced: a user has one link, with what was proved of it.

        Raises:
            OtherAccountLinkedError: The user has another link. Nothing was changed.
            AccountHeld: Another member of this server holds it. Nothing was changed.
            StoreError: Nothing was changed.
        """
        old = await self._store.links.of_user(user_id)
        is_new = old is None or old.xuid != account.xuid
        if is_new and old is not None and old.xuid != instead_of:
            raise OtherAccountLinkedError(account, old)
        old_names = frozenset[str]() if old is None else await self._forgetting.names(old.xuid)
        claim = await self._store.links.claim(
            user_id,
            account.xuid,
            account.gamertag,
            server_id=server_id,
            at=self._now(),
            duties=self._duties(account.xuid, server_id),
        )
        if claim.held_by is not None:
            raise AccountHeld(account.gamertag, claim.held_by.user_id, claim.held_by.verified)
        # The link is made: nothing from here on may fail.
        self._made(account.xuid, server_id, is_new=is_new)
        await self._releasing.release(claim.forgotten, old_names)
        return Linked(
            account=account,
            is_verified=not is_new and old is not None and old.verified,
            is_new=is_new,
            replaced=_shown(old) if is_new and old is not None else None,
            boards_left=len(claim.left),
        )

    async def progress(self, xuid: int) -> AsyncGenerator[Progress]:
        """Follow the first fetching of somebody's matches; nothing where nobody fetches any."""
        if self._ingest is not None:
            async with aclosing(self._ingest.progress(xuid)) as steps:
                async for step in steps:
                    yield step

    async def begin_proof(self, user_id: int, xuid: int) -> Proof:
        """Open a code for an account, or show the one that is open.

        Raises:
            HaloError: The service tag or the account cannot be read.
            StoreError: Nothing was opened.
        """
        account = _account(await self._players.find(xuid))
        tag = await self._service_tag(xuid)
        code = await self._store.verifications.open(user_id, xuid, current_tag=tag, at=self._now())
        return Proof(
            account=account, code=code.text, expires_at=code.expires_at, checks_left=code.checks_left
        )

    async def check_proof(self, user_id: int, xuid: int, *, server_id: int | None) -> Checked:
        """Hold the service tag that the account has this moment against the open code; if it is right, link.

        Raises:
            HaloError: The service tag cannot be read; this was no check.
            StoreError: It could not be decided; this was no check.
        """
        account = _account(await self._players.find(xuid))
        old = await self._store.links.of_user(user_id)
        old_names = frozenset[str]() if old is None else await self._forgetting.names(old.xuid)
        tag = await self._service_tag(xuid)
        verdict = await self._store.verifications.check(
            user_id,
            xuid,
            tag=tag,
            server_id=server_id,
            at=self._now(),
            gamertag=account.gamertag,
            duties=self._duties(xuid, server_id),
        )
        if verdict.outcome is Outcome.RIGHT:
            self._made(xuid, server_id, is_new=old is None or old.xuid != xuid)
            await self._releasing.release(verdict.forgotten, old_names)
        outcome = ProofOutcome(verdict.outcome.value)
        return Checked(account=account, tag=tag, outcome=outcome, checks_left=verdict.checks_left)

    async def kept(self, user_id: int, *, server_id: int | None) -> Kept:
        """Gather everything that is kept of a user."""
        link = await self._store.links.of_user(user_id)
        holder = None
        if link is not None and server_id is not None:
            holder = await self._store.links.enter(user_id, server_id, self._now())
        account = await self._store.accounts.of_user(user_id)
        stored = Kept() if account is None else _kept(account)
        return replace(
            stored,
            look_ups=self._lookups.of_user(user_id),
            holder_id=None if holder is None else holder.user_id,
            is_disputed=link is not None and await self._is_disputed(link),
        )

    async def export(self, user_id: int) -> dict[str, Any]:
        """Return everything that is kept of a user, as JSON values."""
        stored = await self._store.accounts.export(user_id)
        return {**stored, "look_ups": list(self._lookups.of_user(user_id))}

    async def forget(self, user_id: int) -> None:
        """Forget a user wholly.

        Raises:
            StoreError: Nothing was erased.
        """
        await self._forgetting.user(user_id)

    async def came_by(self, user_id: int, server_id: int) -> bool:
        """Put a linked user who uses the bot in a server on its board; return whether that was tried.

        It is tried at most every some minutes. Where somebody else holds the account nothing happens: `/account`
        and `/link` tell of it.
        """
        now, last = self._now(), self._came.get((user_id, server_id))
        if last is not None and now - last < CAME_AGAIN:
            return False
        if await self._store.links.of_user(user_id) is None:
            return False
        await self._store.links.enter(user_id, server_id, now)
        self._came[user_id, server_id] = now
        self._came.move_to_end((user_id, server_id))
        while len(self._came) > REMEMBERED:
            self._came.popitem(last=False)
        return True

    def forget_visits(self, *, user_ids: Collection[int]) -> None:
        """Forget where these users were seen."""
        for place in [place for place in self._came if place[0] in user_ids]:
            del self._came[place]

    def _duties(self, xuid: int, server_id: int | None) -> Duties:
        first = () if self._ingest is None else self._ingest.first_work(xuid, server_id=server_id)
        return Duties(first=first, after=(scrub_after(self._now()),))

    def _made(self, xuid: int, server_id: int | None, *, is_new: bool) -> None:
        """Tell who remembers something that a link is made."""
        self._identities.outdated(server_id)
        if is_new and self._ingest is not None:
            self._ingest.begun(xuid)

    async def _service_tag(self, xuid: int) -> str:
        live = self._halo.with_options(revalidate=True)
        return (await (await live.economy.get_player_appearance(xuid)).parse()).service_tag

    async def _is_disputed(self, link: Link) -> bool:
        """Whether somebody else's proof beats the user's, as in every server in which both are."""
        others = await self._store.links.of_player(link.xuid)
        return any(
            other.verified_at is not None
            and (link.verified_at is None or other.verified_at >= link.verified_at)
            for other in others
            if other.user_id != link.user_id
        )


def _shown(link: Link) -> str:
    return link.gamertag or str(link.xuid)


def _account(known: Known[Player]) -> XboxAccount:
    player = known.value
    return XboxAccount(player.xuid, player.gamertag, player.gamerpic_url)


def _kept(account: Account) -> Kept:
    link = account.link
    return Kept(
        link=link
        and KeptLink(
            xuid=link.xuid, gamertag=link.gamertag, linked_at=link.linked_at, verified_at=link.verified_at
        ),
        names=tuple(Name(known.gamertag, known.first_seen_at) for known in account.gamertags),
        server_ids=tuple(board.server_id for board in account.boards),
        matches=account.matches,
        snapshots=account.snapshots,
        jobs=account.jobs,
        codes=account.codes,
        refreshed_at=account.refreshed_at,
    )
