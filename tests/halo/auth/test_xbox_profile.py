"""Xbox tells who a player is when Halo's own service does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.halo.auth import request_xbox_profile
from bot.halo.errors import (
    AuthenticationError,
    HaloResponseError,
    InvalidXuidError,
    NotFoundError,
    PayloadError,
    RateLimitedError,
)
from bot.halo.models.profile import User
from tests.halo.auth.hosts import SECRET, SignIn
from tests.halo.orders import answer

RECORDING = Path(__file__).parents[3] / "../shared/halo/responses/get_profiles.json"
AUTHORIZATION = f"XBL3.0 x=hash;{SECRET}xsts"


async def ask(sign_in: SignIn, session: ClientSession, player: str | int) -> User:
    return await request_xbox_profile(session, player, AUTHORIZATION, origin=sign_in.origin)


@pytest.mark.parametrize("by", ["xuid", "gamertag"])
async def test_a_player_is_found_by_xuid_and_by_gamertag(
    sign_in: SignIn, session: ClientSession, by: str
) -> None:
    hero = sign_in.service.world.hero
    user = await ask(sign_in, session, getattr(hero, by))

    assert (user.xuid, user.gamertag) == (hero.xuid, hero.gamertag)
    assert URL(user.gamerpic.xlarge).scheme == "https"
    (seen,) = sign_in.seen
    assert seen.headers["authorization"] == AUTHORIZATION
    assert seen.headers["x-xbl-contract-version"] == "2"
    assert not [name for name in seen.headers if "343" in name]


async def test_nothing_typed_changes_what_is_asked(sign_in: SignIn, session: ClientSession) -> None:
    with pytest.raises(HaloResponseError) as refused:
        await ask(sign_in, session, "x/../me?a#b")

    assert sign_in.targets == ["profile.xboxlive.com/users/gt(x/../me?a#b)/profile/settings"]
    assert "me?a" not in str(refused.value)
    with pytest.raises(InvalidXuidError):
        await ask(sign_in, session, 7)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, AuthenticationError), (404, NotFoundError), (429, RateLimitedError)]
)
async def test_a_refusal_is_the_error_of_its_status(
    sign_in: SignIn, session: ClientSession, status: int, kind: type[HaloResponseError]
) -> None:
    answer(sign_in.service, {}, status)
    with pytest.raises(kind) as refused:
        await ask(sign_in, session, 2533274800000001)

    assert refused.value.step is None
    assert SECRET not in repr(refused.value)


@pytest.mark.parametrize(
    "body", [{}, {"profileUsers": None}, {"profileUsers": []}, {"profileUsers": [{"id": SECRET}]}]
)
async def test_an_answer_without_a_player_is_told(
    sign_in: SignIn, session: ClientSession, body: dict[str, Any]
) -> None:
    answer(sign_in.service, body)
    with pytest.raises(PayloadError, match="no player") as failed:
        await ask(sign_in, session, 2533274800000001)

    assert failed.value.__context__ is None


async def test_a_recorded_answer_is_understood(sign_in: SignIn, session: ClientSession) -> None:
    if not RECORDING.exists():
        pytest.skip("the recordings are not beside this project")
    recorded = json.loads(RECORDING.read_text())
    answer(sign_in.service, recorded)
    user = await ask(sign_in, session, "anybody")

    assert str(user.xuid) == recorded["profileUsers"][0]["id"]
    assert user.gamertag
    assert URL(user.gamerpic.small).host == "images-eds-ssl.xboxlive.com"
