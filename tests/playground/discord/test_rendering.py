"""Messages as plain text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.playground.discord import DiscordState, Towns, render_text
from bot.playground.discord.board import Board
from bot.playground.discord.model import Message
from bot.playground.discord.uploads import Body, Upload


@pytest.fixture
def post(state: DiscordState, towns: Towns):
    def make(**body: Any) -> Message:
        files = {0: Upload("card.png", bytes(1200), "image/png")}
        return Board(state).create(towns.general, state.bot, Body(body, files))

    return make


def test_everything_a_message_has_is_shown(post: Any):
    menu = {
        "type": 3,
        "custom_id": "m",
        "placeholder": "Metric",
        "options": [{"label": "CSR", "value": "csr"}],
    }
    buttons = [
        {"type": 2, "style": 1, "label": "Older", "custom_id": "o"},
        {"type": 2, "style": 2, "label": "Newer", "custom_id": "n", "disabled": True},
    ]
    message = post(
        content="Well played",
        embeds=[
            {
                "author": {"name": "Ember Fox 7"},
                "title": "Victory · Slayer on Aquarius",
                "url": "https://example.org",
                "description": "word " * 40,
                "fields": [
                    {"name": "KDA", "value": "4.33", "inline": True},
                    {"name": "Medals", "value": "Perfect ×2\nNo Scope"},
                ],
                "footer": {"text": "live"},
            }
        ],
        attachments=[{"id": 0, "description": "A scoreboard"}],
        components=[{"type": 1, "components": buttons}, {"type": 1, "components": [menu]}],
    )

    lines = render_text(message, width=60).splitlines()

    assert lines[1] == "Well played"
    assert lines[2:4] == ["│ Ember Fox 7", "│ Victory · Slayer on Aquarius  <https://example.org>"]
    assert all(len(line) <= 60 for line in lines)
    assert lines[-8:] == [
        "│ KDA: 4.33",
        "│ Medals",
        "│   Perfect ×2",
        "│   No Scope",
        "│ live",
        "⎘ card.png (1,200 bytes): A scoreboard",
        "[Older] (Newer)",
        "[Metric ▾]",
    ]


def test_a_name_cannot_command_the_terminal(post: Any):
    text = render_text(post(content="\x1b[2J\u202eevil\x07"))

    assert text.splitlines()[1] == "\ufffd[2J\ufffdevil\ufffd"


@pytest.mark.parametrize(
    ("seconds", "style", "shown"),
    [
        (-2 * 3600 - 59, "R", "2 hours ago"),
        (-1, "R", "1 second ago"),
        (0, "R", "0 seconds ago"),
        (90, "R", "in 1 minute"),
        (3 * 86_400, "R", "in 3 days"),
    ],
)
def test_a_moment_is_told_as_seen_from_the_message(post: Any, seconds: int, style: str, shown: str):
    message = post(content="x")
    message.created_at = datetime(2026, 11, 23, 18, 30, 5, tzinfo=UTC)
    message.content = f"<t:{int(message.created_at.timestamp()) + seconds}:{style}>"

    assert render_text(message).splitlines()[1] == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<t:1795458605>", "2026-11-23 18:30 UTC"),
        ("<t:1795458605:f>", "2026-11-23 18:30 UTC"),
        ("<t:1795458605:D>", "2026-11-23"),
        ("<t:1795458605:T>", "18:30 UTC"),
        ("<t:9999999999999>", "<t:9999999999999>"),
        ("<t:-1795458605:x>", "<t:-1795458605:x>"),
        ("<:gold_4:1574528397206355968> Gold <a:spin:1>", ":gold_4: Gold :spin:"),
    ],
)
def test_nothing_is_left_that_only_discord_can_show(post: Any, written: str, shown: str):
    embed = {"description": written, "fields": [{"name": "F", "value": written, "inline": True}]}

    lines = render_text(post(content=written, embeds=[embed])).splitlines()

    assert lines[1:] == [shown, f"│ {shown}", f"│ F: {shown}", "⎘ card.png (1,200 bytes)"]
