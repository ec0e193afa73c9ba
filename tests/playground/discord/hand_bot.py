"""A bot played by hand: raw REST requests, for what discord.py would not send."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.playground.discord import InteractionHandle, LocalDiscord

__all__ = ["HandBot"]

Answer = tuple[int, Any]


class HandBot:
    """Registers commands and answers interactions; every call returns status and JSON."""

    def __init__(self, local: LocalDiscord, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.application = f"applications/{local.state.application_id}"
        self._webhooks = f"webhooks/{local.state.application_id}"

    async def call(self, method: str, path: str, body: object = None, **options: Any) -> Answer:
        """Make any request."""
        sent = {} if body is None else {"json": body}
        async with self.session.request(method, path, **sent, **options) as response:
            return response.status, json.loads(await response.read() or b"null")

    async def register(self, *commands: Mapping[str, Any]) -> Answer:
        """Overwrite the global commands."""
        return await self.call("PUT", f"{self.application}/commands", list(commands))

    async def respond(self, handle: InteractionHandle, kind: int, data: object = None) -> Answer:
        """Send the first answer."""
        path = f"interactions/{handle.interaction.id}/{handle.interaction.token}/callback"
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        return await self.call("POST", path, body, params={"with_response": "1"})

    async def follow_up(self, handle: InteractionHandle, data: object) -> Answer:
        """Post one more answer."""
        return await self.call("POST", f"{self._webhooks}/{handle.interaction.token}", data)

    async def edit(
        self, handle: InteractionHandle, data: object, files: Mapping[str, bytes] | None = None
    ) -> Answer:
        """Edit the original answer."""
        path = f"{self._webhooks}/{handle.interaction.token}/messages/@original"
        if files is None:
            return await self.call("PATCH", path, data)
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", json.dumps(data))
        for index, (name, content) in enumerate(files.items()):
            form.add_field(f"files[{index}]", io.BytesIO(content), filename=name)
        return await self.call("PATCH", path, data=form)

    async def original(self, handle: InteractionHandle, method: str = "GET") -> Answer:
        """Fetch or delete the original answer."""
        return await self.call(method, f"{self._webhooks}/{handle.interaction.token}/messages/@original")
