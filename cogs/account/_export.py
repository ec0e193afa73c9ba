"""What is kept of somebody, as a file."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import discord

from bot.ui.account_texts import COLOURS
from bot.ui.limits import FILE_BYTES
from bot.ui.turn import Card, Document
from bot.words.language import Language
from bot.words.phrase import phrase

__all__ = ["exported"]

FILENAME = "adjutant-account.json"


async def exported(stored: dict[str, Any], language: Language) -> Card:
    """Return the card with the file; what is larger than Discord takes is packed."""
    content = await asyncio.to_thread(_written, stored)
    is_packed = len(content) > FILE_BYTES
    if is_packed:
        content = await asyncio.to_thread(gzip.compress, content)
    say = language.say
    embed = discord.Embed(
        title=say(phrase("Everything that I keep of you")),
        description=say(phrase("As JSON, for other programs to read. Only you see this.")),
        colour=COLOURS["plain"],
    )
    words = say(phrase("Everything that is stored of you, as JSON"))
    return Card(embed=embed, documents=[Document(FILENAME + (".gz" if is_packed else ""), content, words)])


def _written(stored: dict[str, Any]) -> bytes:
    return json.dumps(stored, ensure_ascii=False, indent=1).encode()
