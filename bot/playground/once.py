"""``adjutant playground --once '/lastmatch player:…'``: one command, its answer as text, its pictures as files."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from bot.playground.discord import (
    ApplicationDidNotRespond,
    ClientRefused,
    DiscordError,
    InteractionHandle,
    render_text,
)
from bot.playground.discord.model import Command, Json, Message
from bot.playground.stage import Playground, Work, open_playground

__all__ = ["OnceOptions", "converse", "play_once", "read_command_line"]

_SLASH, _SUBCOMMAND, _GROUP = 1, 1, 2
_PATIENCE_S = 75.0  # the bot gives up by itself after a minute
_LAST_WORD_S = 10.0
_OF_THE_BOARD = frozenset({"leaderboard"})
_UNFIT_IN_NAMES = re.compile(r"[^\w.\- ]")
Say = Callable[[str], None]


class _CannotSave(Exception):  # said to whoever named the folder
    """A picture cannot be saved; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceOptions:
    """What the command line says: what is typed, then the buttons pressed, and where pictures go."""

    line: str
    press: Sequence[str]
    folder: Path
    seed: str
    width: int = 100


async def play_once(options: OnceOptions, say: Say, complain: Say) -> bool:
    """Open a playground with its regulars for one command and its buttons; see `converse`."""
    with tempfile.TemporaryDirectory(prefix="adjutant-playground-") as data_dir:
        async with open_playground(Path(data_dir), seed=options.seed, has_regulars=True) as playground:
            return await converse(playground, options, say, complain)


async def converse(playground: Playground, options: OnceOptions, say: Say, complain: Say) -> bool:
    """Type the command, press the buttons, show every answer; false when something was refused or failed.

    An answer that the bot still adds to is shown as it is when that is over, or as it stands after 10 s: the
    first matches of somebody who links take longer. A board is asked for once what it ranks by is there.
    """
    try:
        await _converse(playground, options, say)
    except (ClientRefused, DiscordError, ApplicationDidNotRespond) as refusal:
        complain(refusal.message if isinstance(refusal, DiscordError) else str(refusal))
        return False
    except _CannotSave as error:
        complain(str(error))
        return False
    return True


async def _converse(playground: Playground, options: OnceOptions, say: Say) -> None:
    ada, general = playground.ada, playground.towns.general
    name, values = read_command_line(options.line, ada.commands(general))
    if name in _OF_THE_BOARD and playground.regulars is not None:
        ranks_do = str(values.get("metric", "csr")).casefold().startswith("csr")
        await (playground.regulars.ranked() if ranks_do else playground.regulars.settled())
    async with playground.listening() as work:
        message = await _show(await ada.slash(general, name, **values), work, options, say)
        for button in options.press:
            message = await _show(await ada.click(message, button), work, options, say)


async def _show(handle: InteractionHandle, work: Work, options: OnceOptions, say: Say) -> Message:
    """Show what came of an interaction. Raises `ClientRefused` where that is a form."""
    await handle.acknowledged()
    if (form := handle.interaction.modal) is not None:
        raise ClientRefused(f"A form opened ({form.title}), which only the page can fill in.")
    await handle.answer(_PATIENCE_S)
    await work.done(handle.interaction.id, _LAST_WORD_S)
    message = await handle.answer()
    if handle.interaction.follow_ups and not handle.interaction.edits:
        # The message whose button was pressed stayed as it was; the answer came beside it.
        message = handle.interaction.follow_ups[-1]
    say(render_text(message, options.width))
    for attachment in message.attachments:
        path = await asyncio.to_thread(_save, options.folder, attachment.filename, attachment.content)
        say(f"saved {path}")
    return message


def _save(folder: Path, filename: str, content: bytes) -> Path:
    path = folder / (_UNFIT_IN_NAMES.sub("_", filename).lstrip(".") or "file")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise _CannotSave(
            f"{path} cannot be saved ({error.strerror}): choose another folder with --save."
        ) from None
    return path


def read_command_line(line: str, commands: Sequence[Command]) -> tuple[str, dict[str, object]]:
    """Read what somebody would type at Discord's client: ``/name option:value option:value``.

    A value goes on, spaces and colons included, until the next option that the command has.
    Returns the command's whole name, subcommand included, and the values by option.

    Raises:
        ClientRefused: There is no such command or option.
    """
    words = line.strip().removeprefix("/").split()
    known = {command.name: command.body for command in commands if command.type == _SLASH}
    if not words or words[0] not in known:
        offered = ", ".join(f"/{name}" for name in sorted(known))
        raise ClientRefused(f"There is no command {words[0] if words else ''!r} here, only {offered}.")
    name, body = words[0], known[words[0]]
    rest = line.strip().removeprefix("/").removeprefix(name).strip()
    while below := _below(body):
        step, _, rest = rest.partition(" ")
        if step not in below:
            raise ClientRefused(f"/{name} needs one of: {', '.join(below)}.")
        name, body, rest = f"{name} {step}", below[step], rest.strip()
    return name, _values(rest, name, [str(option["name"]) for option in _options(body)])


def _values(text: str, command: str, options: Sequence[str]) -> dict[str, object]:
    starts = re.compile(rf"(?:^|(?<=\s))({'|'.join(map(re.escape, options)) or '(?!)'}):")
    found = list(starts.finditer(text))
    if text and (not found or found[0].start() > 0):
        offered = ", ".join(f"{name}:" for name in options) or "none"
        raise ClientRefused(
            f"/{command} does not know {text.split(maxsplit=1)[0]!r}; its options are: {offered}."
        )
    ends = [*(match.start() for match in found[1:]), len(text)]
    return {match[1]: text[match.end() : end].strip() for match, end in zip(found, ends, strict=False)}


def _options(body: Json) -> list[Json]:
    return cast("list[Json]", body.get("options") or [])


def _below(body: Json) -> dict[str, Json]:
    return {
        str(option["name"]): option for option in _options(body) if option["type"] in (_SUBCOMMAND, _GROUP)
    }
