"""``adjutant demo``: ``/lastmatch`` as somebody sees it, without any account."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.logs import configure_logs
from bot.playground.discord import InteractionHandle, render_text
from bot.playground.discord.model import Message
from bot.playground.stage import Playground, open_playground

__all__ = ["run_demo"]

STEPS = ("Scoreboard", "Medals")
WIDTH = 96


async def run_demo(folder: Path, say: Callable[[str], None]) -> None:
    """Ask for the last match of the world's hero, press two buttons, save every picture to ``folder``."""
    configure_logs("WARNING")
    with tempfile.TemporaryDirectory(prefix="adjutant-demo-") as data_dir:
        async with open_playground(Path(data_dir)) as playground:
            await _play(playground, folder, say)


async def _play(playground: Playground, folder: Path, say: Callable[[str], None]) -> None:
    ada, general = playground.ada, playground.towns.general
    gamertag = playground.halo.world.hero.gamertag
    say(f"{ada.user.display_name} types  /lastmatch player:{gamertag}\n")
    message = await _answer(await ada.slash(general, "lastmatch", player=gamertag), folder, say)
    for label in STEPS:
        say(f"{ada.user.display_name} presses  [{label}]\n")
        message = await _answer(await ada.click(message, label), folder, say)


async def _answer(handle: InteractionHandle, folder: Path, say: Callable[[str], None]) -> Message:
    message = await handle.answer()
    say(render_text(message, WIDTH))
    for attachment in message.attachments:
        path = folder / Path(attachment.filename).name
        await asyncio.to_thread(_save, path, attachment.content)
        say(f"saved {path}")
    if handle.answer_ms is not None:
        say(f"answered in {handle.answer_ms:.0f} ms\n")
    return message


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
