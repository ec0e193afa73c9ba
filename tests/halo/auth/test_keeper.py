"""The token keeper: always tokens at hand, at the price of few renewals."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, FileTokenStore, StoredSignIn, TokenKeeper
from bot.halo.errors import (
    HaloConnectionError,
    RefreshTokenRefusedError,
    ServiceError,
    SignInStep,
    TokenStoreError,
    XstsTokenError,
)
from bot.halo.transport.tokens import Tokens
from tests.halo.auth import hosts
from tests.halo.auth.hosts import SECRET, SignIn, until
from tests.halo.transport.stand_in import FakeClock, settle

HOUR = 3600.0


@pytest.fixture
async def keeper(
    sign_in: SignIn, session: ClientSession, app: AzureApp, store: FileTokenStore, clock: FakeClock
) -> AsyncIterator[TokenKeeper]:
    keeper = TokenKeeper(session, app, store, origin=sign_in.origin, clock=clock, rng=Random(1))  # noqa: S311
    yield keeper
    await keeper.close()


def renewals(sign_in: SignIn) -> int:
    return sign_in.targets.count(hosts.LIVE)


async def rests(keeper: TokenKeeper) -> None:
    """Return when no renewal is under way."""
    await until(lambda: keeper._renewing is None and keeper._clearing is None)


async def test_the_first_request_signs_in_and_the_next_ones_do_not(
    keeper: TokenKeeper, sign_in: SignIn
) -> None:
    first = await keeper.current()
    assert await keeper.current() == first
    assert renewals(sign_in) == 1
    assert keeper.player is not None
    assert keeper.player.gamertag == sign_in.service.world.hero.gamertag
    assert SECRET not in repr(keeper)


async def test_fifty_requests_without_tokens_share_one_sign_in(keeper: TokenKeeper, sign_in: SignIn) -> None:
    tokens = await asyncio.gather(*(keeper.current() for _ in range(50)))

    assert (renewals(sign_in), len(set(tokens))) == (1, 1)


async def test_five_minutes_before_the_end_a_request_renews_without_waiting(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    first = await keeper.current()
    clock.pass_time(3.9 * HOUR)
    await keeper.current()
    await rests(keeper)
    assert renewals(sign_in) == 1

    clock.pass_time(0.1 * HOUR - 299)
    assert (await keeper.current()).spartan == first.spartan
    await rests(keeper)
    assert (await keeper.current()).spartan != first.spartan
    assert renewals(sign_in) == 2


async def test_after_the_end_a_request_waits_for_the_renewal(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    first = await keeper.current()
    clock.pass_time(5 * HOUR)

    assert (await keeper.current()).spartan != first.spartan
    assert renewals(sign_in) == 2


async def test_the_clearance_is_asked_for_every_hour(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    first = await keeper.current()
    flight = sign_in.desk.halo.begin_flight()
    clock.pass_time(HOUR + 1)
    assert await keeper.current() == first
    await rests(keeper)

    later = await keeper.current()
    assert (later.spartan, later.clearance) == (first.spartan, flight)
    assert renewals(sign_in) == 1
    assert keeper.player is not None
    assert keeper.player.clearance_token.token == later.clearance


async def test_a_clearance_that_cannot_be_had_leaves_the_old_one_in_use(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    first = await keeper.current()
    sign_in.desk.halo.begin_flight()
    sign_in.fails(hosts.CLEARANCE)
    clock.pass_time(HOUR + 1)
    for _ in range(20):
        assert await keeper.current() == first
        await rests(keeper)
    assert sign_in.targets.count(hosts.CLEARANCE) == 2

    sign_in.works()
    clock.pass_time(5)
    await keeper.current()
    await rests(keeper)
    assert await keeper.current() != first


async def test_fifty_refused_requests_share_one_renewal(keeper: TokenKeeper, sign_in: SignIn) -> None:
    first = await keeper.current()
    release = sign_in.hold()
    waiting = [asyncio.create_task(keeper.renew(first)) for _ in range(50)]
    await until(lambda: renewals(sign_in) == 2)
    release()
    tokens = set(await asyncio.gather(*waiting))

    assert (renewals(sign_in), len(tokens)) == (2, 1)
    assert await keeper.renew(first) in tokens  # a late one finds it done
    assert renewals(sign_in) == 2


async def test_a_request_that_gives_up_does_not_stop_the_renewal_for_others(
    keeper: TokenKeeper, sign_in: SignIn
) -> None:
    release = sign_in.hold()
    impatient, patient = (asyncio.create_task(keeper.current()) for _ in range(2))
    await until(lambda: bool(sign_in.seen))
    impatient.cancel()
    release()

    assert (await patient).spartan
    assert impatient.cancelled() or impatient.done()
    assert renewals(sign_in) == 1


async def test_a_place_that_takes_no_token_cannot_cause_a_storm(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    tokens = await keeper.current()
    for _ in range(100):
        tokens = await keeper.renew(tokens)
        clock.pass_time(1)
    assert renewals(sign_in) == 11
    assert await keeper.renew(tokens) == tokens

    clock.pass_time(600)
    assert await keeper.renew(tokens) != tokens


async def test_without_network_requests_go_on_with_the_token_that_is_still_valid(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    first = await keeper.current()
    sign_in.fails(hosts.LIVE)
    clock.pass_time(4 * HOUR - 250)
    began = clock.now
    for _ in range(200):
        assert (await keeper.current()).spartan == first.spartan
        await rests(keeper)
        clock.pass_time(1)
    assert 3 * 3 < renewals(sign_in) < 3 * 10  # three quick tries each, ever less often
    assert clock.now - began < 250
    assert caplog.text.count("sign-in failed at the Microsoft sign-in") == (renewals(sign_in) - 1) // 3

    clock.pass_time(400)
    with pytest.raises(ServiceError) as failed:
        await keeper.current()
    assert failed.value.step is SignInStep.MICROSOFT
    sign_in.works()
    clock.pass_time(400)
    assert await keeper.current() != first


async def test_short_trouble_is_not_even_noticed(keeper: TokenKeeper, sign_in: SignIn) -> None:
    sign_in.fails(hosts.XSTS, 503, 1)
    assert (await keeper.current()).spartan
    assert sign_in.targets.count(hosts.XSTS) == 3


async def test_a_refused_refresh_token_is_told_to_every_request_and_asked_about_rarely(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in.revoke()
    for _ in range(600):
        with pytest.raises(RefreshTokenRefusedError, match="adjutant login"):
            await keeper.current()
        clock.pass_time(1)

    assert 2 < renewals(sign_in) < 8
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * renewals(sign_in)


@pytest.mark.parametrize("xerr", [2148916233, 2148916238])
async def test_an_account_that_may_not_is_told_why_in_the_log(
    keeper: TokenKeeper, sign_in: SignIn, caplog: pytest.LogCaptureFixture, xerr: int
) -> None:
    sign_in.change(xerr=xerr)
    with pytest.raises(XstsTokenError) as refused:
        await keeper.current()

    assert refused.value.advice in caplog.text
    assert "Xbox XSTS token" in caplog.text


async def test_a_damaged_store_is_told_with_its_cure(
    keeper: TokenKeeper, sign_in: SignIn, store: FileTokenStore
) -> None:
    store._path.write_bytes(b"{")
    with pytest.raises(TokenStoreError, match="adjutant login"):
        await keeper.current()

    assert sign_in.seen == []


async def test_the_watch_signs_in_and_renews_although_nobody_asks(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    async with keeper:
        await until(lambda: keeper.player is not None)
        await clock.advance(4 * HOUR - 400)
        await rests(keeper)
        assert renewals(sign_in) == 1
        assert sign_in.targets.count(hosts.CLEARANCE) > 1

        await clock.advance(160)
        await until(lambda: renewals(sign_in) == 2)
        await rests(keeper)
    assert keeper._watch is not None
    assert keeper._watch.done()


async def test_a_login_while_the_bot_runs_mends_it_within_a_minute(
    keeper: TokenKeeper, sign_in: SignIn, store: FileTokenStore, clock: FakeClock
) -> None:
    sign_in.revoke()
    async with keeper:
        for _ in range(6):  # so often that the next try of its own is minutes away
            await until(lambda: keeper._patience.failure is not None)
            await settle()
            clock.pass_time(keeper._patience.left_s + 0.01)
            with pytest.raises(RefreshTokenRefusedError):
                await keeper.current()
        assert keeper._patience.left_s > 400
        kept = store.load()
        assert kept is not None
        store.save(
            StoredSignIn(refresh_token=sign_in.newest, client_id="client-id", obtained_at=kept.obtained_at)
        )
        await clock.advance(61)
        await until(lambda: keeper.player is not None)

    assert (await keeper.current()).spartan


async def test_a_wrong_clock_does_not_make_a_storm(
    keeper: TokenKeeper, sign_in: SignIn, clock: FakeClock
) -> None:
    sign_in.service.stage.clock = lambda: datetime.fromtimestamp(clock.time(), UTC) - timedelta(hours=7)
    for _ in range(290):
        await keeper.current()
        await rests(keeper)
        clock.pass_time(1)
    assert renewals(sign_in) == 1


async def test_closing_ends_a_renewal_and_tells_whoever_waits(keeper: TokenKeeper, sign_in: SignIn) -> None:
    sign_in.hold()
    waiting = asyncio.create_task(keeper.current())
    await until(lambda: bool(sign_in.seen))
    await keeper.close()
    with pytest.raises(HaloConnectionError, match="closed"):
        await waiting


async def test_an_origin_that_shows_tokens_to_the_network_is_refused_at_once(
    session: ClientSession, app: AzureApp, store: FileTokenStore
) -> None:
    with pytest.raises(ValueError, match="https"):
        TokenKeeper(session, app, store, origin="http://example.com")


async def test_tokens_newer_than_the_rejected_are_handed_out_as_they_are(
    keeper: TokenKeeper, sign_in: SignIn
) -> None:
    now = await keeper.current()
    assert await keeper.renew(Tokens("older", "older")) == now
    assert renewals(sign_in) == 1
