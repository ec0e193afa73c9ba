"""``--once``: what is typed is read as Discord's client reads it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.discord import ClientRefused
from bot.playground.discord.model import Command
from bot.playground.once import read_command_line


def option(name: str, kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


COMMANDS = [
    Command(1, None, {"name": "lastmatch", "type": 1, "options": [option("player"), option("ago", 4), option("private", 5)]}),
    Command(2, None, {"name": "help", "type": 1}),
    Command(3, None, {"name": "config", "type": 1, "options": [
        option("show", 1), option("set", 2, options=[option("channel", 1, options=[option("where", 7)])]),
    ]}),
    Command(4, None, {"name": "Show rank", "type": 2}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name", "values"),
    [
        ("/help", "help", {}),
        ("help", "help", {}),
        ("  /help  ", "help", {}),
        ("/lastmatch player:Ember Fox 7", "lastmatch", {"player": "Ember Fox 7"}),
        ("/lastmatch player:Ember Fox 7 ago:2", "lastmatch", {"player": "Ember Fox 7", "ago": "2"}),
        ("/lastmatch ago:2 player: Ember  Fox 7 ", "lastmatch", {"player": "Ember  Fox 7", "ago": "2"}),
        ("/lastmatch player:a:b private:True", "lastmatch", {"player": "a:b", "private": "True"}),
        ("/lastmatch player:mode:ctf", "lastmatch", {"player": "mode:ctf"}),
        ("/lastmatch player:xago:2", "lastmatch", {"player": "xago:2"}),
        ("/lastmatch player:", "lastmatch", {"player": ""}),
        ("/config show", "config show", {}),
        ("/config set  channel where:general", "config set channel", {"where": "general"}),
    ],
)
def test_a_line_is_read(line: str, name: str, values: dict[str, str]) -> None:
    assert read_command_line(line, COMMANDS) == (name, values)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "There is no command '' here, only /config, /help, /lastmatch"),
        ("/", "There is no command ''"),
        ("/nothing player:x", "There is no command 'nothing'"),
        ("/Show rank", "There is no command 'Show'"),
        (
            "/lastmatch Ember Fox",
            "/lastmatch does not know 'Ember'; its options are: player:, ago:, private:",
        ),
        ("/lastmatch Ember player:x", "does not know 'Ember'"),
        ("/help me", "/help does not know 'me'; its options are: none"),
        ("/config", "/config needs one of: show, set"),
        ("/config set it", "/config set needs one of: channel"),
    ],
)
def test_what_cannot_be_read_is_said(line: str, words: str) -> None:
    with pytest.raises(ClientRefused) as refused:
        read_command_line(line, COMMANDS)

    assert words in str(refused.value)


value = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=":"), min_size=1, max_size=12)


@settings(deadline=None)
@given(values=st.dictionaries(st.sampled_from(["player", "ago", "private"]), value))
def test_whatever_is_typed_comes_back(values: dict[str, str]) -> None:
    line = "/lastmatch " + " ".join(f"{name}:{typed}" for name, typed in values.items())

    assert read_command_line(line, COMMANDS) == ("lastmatch", values)


@settings(deadline=None)
@given(st.text())
def test_no_line_breaks_it(line: str) -> None:
    try:
        name, _ = read_command_line(line, COMMANDS)
    except ClientRefused:
        return
    assert name
