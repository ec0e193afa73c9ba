"""Telling Discord of the commands, only when they changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import structlog
from discord import app_commands

__all__ = ["sync_if_changed"]

log = structlog.stdlib.get_logger("adjutant.commands")


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: Path) -> bool:
    """Upsert the global commands unless ``record`` says that this very set is registered.

    The record holds the application's id and a digest of the payload, so another application or a
    changed command leads to a new registration. Returns whether Discord was asked.

    Raises:
        discord.HTTPException: Discord refused; nothing is recorded.
    """
    digest = await _digest(tree)
    if await asyncio.to_thread(_read, record) == digest:
        log.info("commands unchanged", count=len(tree.get_commands()))
        return False
    synced = await tree.sync()
    log.info("commands registered", count=len(synced))
    try:
        await asyncio.to_thread(record.write_text, digest, "ascii")
    except OSError as error:
        log.warning("command record not written", reason=error.strerror)
    return True


async def _digest(tree: app_commands.CommandTree[Any]) -> str:
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    text = json.dumps([tree.client.application_id, payload], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(record: Path) -> str | None:
    try:
        return record.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
