"""Whenever the process is killed, the store holds a refresh token that works."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from itertools import count
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.halo.auth import AzureApp, FileTokenStore, TokenKeeper
from tests.halo.auth.hosts import SignIn

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked, so that each costs little")
async def test_a_kill_at_any_step_of_a_renewal_loses_no_sign_in(
    sign_in: SignIn, session: ClientSession, store: FileTokenStore
) -> None:
    site = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.halo.auth.crash_site", sign_in.origin, str(store._path),
        cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert site.stdin is not None
    assert site.stdout is not None
    deaths = 0
    for step in count(1):
        site.stdin.write(f"{step}\n".encode())
        ended = int(await site.stdout.readline())
        if ended == 0:
            break
        assert ended == signal.SIGKILL
        deaths += 1
        assert {stat.S_IMODE(file.stat().st_mode) for file in store._path.parent.iterdir()} == {0o600}
        keeper = TokenKeeper(
            session, AzureApp("client-id"), FileTokenStore(store._path), origin=sign_in.origin
        )
        assert (await keeper.current()).spartan, f"killed at step {step}"
    site.stdin.close()
    await site.wait()

    assert deaths > 30
