"""One renewal against its store."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, FileTokenStore, OAuth2Token, SignInRenewal, StoredSignIn, TokenStore
from bot.halo.errors import (
    RefreshTokenRefusedError,
    ServiceError,
    SignInStep,
    SpartanTokenError,
    TokenStoreError,
)
from bot.halo.transport.clock import Clock, SystemClock
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SECRET, SignIn
from tests.halo.transport.stand_in import FakeClock


class Renewer:
    """Makes renewals with everything but the parts that a test is about."""

    def __init__(self, sign_in: SignIn, session: ClientSession, clock: Clock) -> None:
        self.sign_in = sign_in
        self.session = session
        self.clock = clock

    def of(self, store: TokenStore, first: str = "", app: AzureApp | None = None) -> SignInRenewal:
        return SignInRenewal(
            self.session,
            app or AzureApp("client-id"),
            store,
            first_refresh_token=first,
            origin=self.sign_in.origin,
            clock=self.clock,
        )


@pytest.fixture
def renewer(sign_in: SignIn, session: ClientSession, clock: FakeClock) -> Renewer:
    return Renewer(sign_in, session, clock)


def stored(store: TokenStore) -> StoredSignIn:
    kept = store.load()
    assert kept is not None
    return kept


async def test_the_successor_is_stored_before_anything_that_came_with_it_is_used(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    release = sign_in.hold(hosts.USER)
    renewing = asyncio.create_task(renewer.of(store).renew())
    await sign_in.service.log.arrived(hosts.USER)

    assert stored(store).refresh_token == sign_in.newest != sign_in.desk.first_refresh_token
    release()
    await renewing


async def test_the_store_tells_who_signed_in_when_and_to_what(
    renewer: Renewer, clock: FakeClock, store: FileTokenStore, tmp_path: Path
) -> None:
    await renewer.of(store).renew()

    kept = stored(store)
    owner = renewer.sign_in.service.world.hero
    assert (kept.gamertag, kept.player_id, kept.client_id) == (owner.gamertag, owner.player_id, "client-id")
    assert kept.obtained_at == datetime.fromtimestamp(clock.time(), UTC)
    assert json.loads((tmp_path / "sign-in.json").read_bytes())["format"] == 1


async def test_a_failure_after_the_rotation_loses_nothing(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    sign_in.fails(hosts.SPARTAN, 503)
    with pytest.raises(ServiceError) as failed:
        await renewer.of(store).renew()
    assert failed.value.step is SignInStep.SPARTAN
    sign_in.works()
    await renewer.of(store).renew()

    assert stored(store).refresh_token == sign_in.newest


async def test_an_answer_that_cannot_be_stored_is_not_used(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    old = stored(store)

    class Full(FileTokenStore):
        def save(self, sign_in: StoredSignIn) -> None:
            raise TokenStoreError("No space left.")

    with pytest.raises(TokenStoreError, match="No space") as failed:
        await renewer.of(Full(store._path)).renew()
    assert failed.value.step is SignInStep.STORE
    assert sign_in.targets == [hosts.LIVE]
    assert stored(store) == old
    await renewer.of(store).renew()


async def test_the_first_refresh_token_fills_an_empty_store(
    renewer: Renewer, sign_in: SignIn, tmp_path: Path
) -> None:
    store = FileTokenStore(tmp_path / "new.json")
    await renewer.of(store, first=f" {sign_in.newest}\n").renew()

    assert stored(store).refresh_token == sign_in.newest


async def test_the_store_goes_before_the_first_refresh_token(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    await renewer.of(store, first=f"{SECRET}old").renew()

    assert len([target for target in sign_in.targets if target == hosts.LIVE]) == 1


async def test_a_first_refresh_token_helps_when_the_stored_one_is_refused(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    sign_in.revoke()
    await renewer.of(store, first=sign_in.newest).renew()

    assert stored(store).refresh_token == sign_in.newest


@pytest.mark.parametrize("first", ["", f"{SECRET}old"])
async def test_a_refused_refresh_token_names_the_cure(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore, first: str
) -> None:
    sign_in.revoke()
    with pytest.raises(RefreshTokenRefusedError, match="adjutant login"):
        await renewer.of(store, first=first).renew()


async def test_with_nothing_to_renew_nobody_is_asked(
    renewer: Renewer, sign_in: SignIn, tmp_path: Path
) -> None:
    with pytest.raises(RefreshTokenRefusedError, match=r"nobody has signed in yet.*adjutant login"):
        await renewer.of(FileTokenStore(tmp_path / "none.json")).renew()

    assert sign_in.seen == []


async def test_the_sign_in_of_another_application_is_not_used(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    with pytest.raises(TokenStoreError, match=r"another Azure client id.*adjutant login"):
        await renewer.of(store, app=AzureApp("other")).renew()
    assert sign_in.seen == []

    await renewer.of(store, sign_in.newest, AzureApp("other")).renew()
    assert stored(store).client_id == "other"


async def test_processes_renew_one_after_the_other(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    renewer.clock = SystemClock()
    stores = [FileTokenStore(store._path) for _ in range(4)]
    await asyncio.gather(*(renewer.of(store).renew() for store in stores))

    used = [seen.body["refresh_token"] for seen in sign_in.seen if seen.target == hosts.LIVE]
    assert len(set(used)) == 4
    assert [seen.target for seen in sign_in.seen].index(hosts.CLEARANCE) == 5


async def test_a_process_that_never_finishes_is_not_waited_for_for_ever(
    renewer: Renewer, clock: FakeClock, store: FileTokenStore
) -> None:
    other = FileTokenStore(store._path)
    assert other.try_lock()
    began = clock.now
    with pytest.raises(TokenStoreError, match="Another process"):
        await renewer.of(store).renew()
    assert clock.now - began == pytest.approx(60, abs=1)

    other.unlock()
    await renewer.of(store).renew()


async def test_a_cancelled_renewal_stores_to_the_end_before_it_gives_the_lock_back(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    class Slow(FileTokenStore):
        def save(self, sign_in: StoredSignIn) -> None:
            loop.call_soon_threadsafe(running.cancel)
            super().save(sign_in)
            assert not other.try_lock()

    loop, other = asyncio.get_running_loop(), FileTokenStore(store._path)
    running = asyncio.create_task(renewer.of(Slow(store._path)).renew())
    with pytest.raises(asyncio.CancelledError):
        await running

    assert stored(store).refresh_token == sign_in.newest
    assert other.try_lock()
    other.unlock()


def answer(sign_in: SignIn) -> OAuth2Token:
    return OAuth2Token({"access_token": sign_in.access_token(), "refresh_token": sign_in.newest})


async def test_a_new_sign_in_replaces_the_old(renewer: Renewer, sign_in: SignIn, tmp_path: Path) -> None:
    store = FileTokenStore(tmp_path / "sign-in.json")
    (tmp_path / "sign-in.json").write_bytes(b"damaged")
    player = await renewer.of(store).adopt(answer(sign_in))

    assert player.gamertag == stored(store).gamertag == sign_in.service.world.hero.gamertag
    await renewer.of(store).renew()


@pytest.mark.parametrize(
    ("status", "error", "is_kept"), [(403, SpartanTokenError, False), (503, ServiceError, True)]
)
async def test_only_a_new_sign_in_that_is_refused_for_good_is_not_stored(
    renewer: Renewer, sign_in: SignIn, tmp_path: Path, status: int, error: Any, is_kept: bool
) -> None:
    store = FileTokenStore(tmp_path / "sign-in.json")
    sign_in.fails(hosts.SPARTAN, status)
    with pytest.raises(error):
        await renewer.of(store).adopt(answer(sign_in))

    assert (store.load() is not None) is is_kept


async def test_news_in_the_store_is_what_somebody_else_stored(
    renewer: Renewer, sign_in: SignIn, store: FileTokenStore
) -> None:
    renewal = renewer.of(store)
    await renewal.renew()
    assert not await renewal.has_news()

    await renewer.of(FileTokenStore(store._path)).renew()
    assert await renewal.has_news()

    store._path.write_bytes(b"damaged")
    assert not await renewal.has_news()
