"""The bot's sign-in is revoked and restored: in a playground of its own, for it takes the bot out of service."""

from __future__ import annotations

import pytest

from bot.playground.web import PlaygroundSite
from tests.playground.web.page_client import open_page
from tests.playground.web.test_talking import ask

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_revoked_sign_in_is_told_to_members_until_somebody_signs_in(site: PlaygroundSite) -> None:
    async with open_page(site.origin) as ada:
        told = await ada.ask("world", what="revoke_sign_in")
        assert told["world"]["halo"]["sign_in"] == "revoked"

        message = await ask(ada, "lastmatch", player="Ember Fox 7")

        assert message["ephemeral"]
        assert "needs its operator" in message["embeds"][0]["description"]
        told = await ada.ask("world", what="restore_sign_in")
        assert told["world"]["halo"]["sign_in"] == "expired"
