"""Proof by service tag, and what it wins."""

from __future__ import annotations

import string
from datetime import timedelta
from random import Random

import pytest

from bot.store import Address, Outcome, Store, Verdict, open_store
from bot.store.verifications import ALPHABET
from tests.store.scenes import ADA, ARENA, BEN, NOW, OLIVE, PAT, TAVERN, join

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_codes_have_no_signs_that_look_alike() -> None:
    assert set(ALPHABET) <= set(string.ascii_uppercase + string.digits)
    assert not set(ALPHABET) & set("0O1IL")


async def test_a_code_has_four_signs_and_is_valid_for_a_quarter_of_an_hour(store: Store) -> None:
    code = await store.verifications.open(ADA, OLIVE, current_tag="ABCD", at=NOW)

    assert len(code.text) == 4
    assert set(code.text) <= set(ALPHABET)
    assert (code.expires_at, code.checks_left) == (NOW + 15 * MINUTE, 5)


async def test_who_asks_again_gets_the_code_that_is_open(store: Store) -> None:
    code = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)
    await store.verifications.check(ADA, OLIVE, tag="nope", server_id=None, at=NOW)

    again = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW + MINUTE)

    assert (again.text, again.expires_at, again.checks_left) == (code.text, code.expires_at, 4)
    # Another member, and another account, have codes of their own.
    assert (await store.verifications.open(BEN, OLIVE, current_tag="", at=NOW)).text != code.text
    assert (await store.verifications.open(ADA, PAT, current_tag="", at=NOW)).text != code.text


async def test_a_code_is_never_the_tag_that_the_account_has(address: Address) -> None:
    async with open_store(address, random=Random(1)) as store:  # noqa: S311 - codes of a test
        first = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)
    async with open_store(address, random=Random(1)) as store:  # noqa: S311 - codes of a test
        tag = f" {first.text.lower()} "
        second = await store.verifications.open(BEN, OLIVE, current_tag=tag, at=NOW)

    assert first.text != second.text


@pytest.mark.parametrize("write", [str, str.lower, " {} ".format])
async def test_the_right_tag_links_verifies_and_enters_the_board(store: Store, write: type[str]) -> None:
    code = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)

    verdict = await store.verifications.check(
        ADA, OLIVE, tag=write(code.text), server_id=ARENA, at=NOW + MINUTE
    )

    assert verdict == Verdict(outcome=Outcome.RIGHT)
    link = await store.links.of_user(ADA)
    assert link is not None
    assert (link.xuid, link.verified_at) == (OLIVE, NOW + MINUTE)
    assert await store.links.of_server(ARENA) == (link,)
    # It can be used once.
    used = await store.verifications.check(ADA, OLIVE, tag=code.text, server_id=ARENA, at=NOW + MINUTE)
    assert used.outcome is Outcome.EXPIRED


async def test_five_wrong_tags_use_a_code_up(store: Store) -> None:
    code = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)

    verdicts = [
        await store.verifications.check(ADA, OLIVE, tag="0000", server_id=ARENA, at=NOW) for _ in range(5)
    ]

    assert [verdict.checks_left for verdict in verdicts] == [4, 3, 2, 1, 0]
    assert [verdict.outcome for verdict in verdicts] == [Outcome.WRONG] * 4 + [Outcome.USED_UP]
    late = await store.verifications.check(ADA, OLIVE, tag=code.text, server_id=ARENA, at=NOW)
    assert late.outcome is Outcome.EXPIRED
    assert await store.links.of_user(ADA) is None
    assert await store.accounts.of_user(ADA) is None


async def test_a_code_is_over_at_its_quarter_of_an_hour(store: Store) -> None:
    code = await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)
    end = NOW + 15 * MINUTE

    assert (
        await store.verifications.check(ADA, OLIVE, tag="0000", server_id=None, at=end - SECOND)
    ).checks_left
    verdict = await store.verifications.check(ADA, OLIVE, tag=code.text, server_id=None, at=end)

    assert verdict.outcome is Outcome.EXPIRED
    assert (await store.verifications.open(ADA, OLIVE, current_tag="", at=end)).text != code.text


async def test_old_codes_are_swept_with_the_players_they_were_for(store: Store) -> None:
    await store.verifications.open(ADA, OLIVE, current_tag="", at=NOW)
    await store.verifications.open(BEN, PAT, current_tag="", at=NOW + MINUTE)

    assert await store.verifications.drop_expired(NOW + 15 * MINUTE) == 1

    assert await store.accounts.of_user(ADA) is None
    account = await store.accounts.of_user(BEN)
    assert account is not None
    assert (account.link, account.codes) == (None, 1)


async def _verify(store: Store, user_id: int, at: timedelta, server_id: int | None = ARENA) -> Verdict:
    code = await store.verifications.open(user_id, OLIVE, current_tag="", at=NOW + at)
    return await store.verifications.check(user_id, OLIVE, tag=code.text, server_id=server_id, at=NOW + at)


async def _holders(store: Store, server_id: int) -> list[int]:
    return [link.user_id for link in await store.links.of_server(server_id)]


async def test_proof_wins_against_none(store: Store) -> None:
    await join(store, BEN, OLIVE)
    claim = await store.links.claim(ADA, OLIVE, "Olive", server_id=ARENA, at=NOW)
    assert claim.held_by is not None

    await _verify(store, ADA, MINUTE)

    assert await _holders(store, ARENA) == [ADA]
    # The loser keeps the link, and comes back to no board where the winner is.
    assert await store.links.of_user(BEN) is not None
    holder = await store.links.enter(BEN, ARENA, NOW + 2 * MINUTE)
    assert holder is not None
    assert (holder.user_id, holder.verified) == (ADA, True)
    claim = await store.links.claim(BEN, OLIVE, "Olive", server_id=ARENA, at=NOW)
    assert claim.held_by == holder


async def test_of_two_who_prove_it_the_later_one_has_the_account(store: Store) -> None:
    await _verify(store, BEN, MINUTE)
    await _verify(store, ADA, 2 * MINUTE)

    assert await _holders(store, ARENA) == [ADA]
    assert await store.links.enter(BEN, ARENA, NOW + 3 * MINUTE) is not None


async def test_proof_counts_in_every_server_whose_board_the_user_is_on(store: Store) -> None:
    await join(store, ADA, PAT, "Pat", server_id=TAVERN)
    await join(store, BEN, OLIVE, server_id=TAVERN)

    verdict = await _verify(store, ADA, MINUTE)

    assert verdict.forgotten == (PAT,)
    assert await _holders(store, TAVERN) == [ADA]


async def test_another_account_is_not_verified_by_the_first_one_s_proof(store: Store) -> None:
    await _verify(store, ADA, MINUTE)

    await store.links.claim(ADA, PAT, "Pat", server_id=ARENA, at=NOW)
    link = await store.links.of_user(ADA)
    assert link is not None
    assert not link.verified


async def test_to_link_the_same_account_again_keeps_the_proof(store: Store) -> None:
    await _verify(store, ADA, MINUTE)

    claim = await store.links.claim(ADA, OLIVE, "Olive", server_id=ARENA, at=NOW + 2 * MINUTE)

    assert claim.forgotten == ()
    link = await store.links.of_user(ADA)
    assert link is not None
    assert link.verified
