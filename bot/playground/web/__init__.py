"""The playground's page: a web server that lets people talk to the bot in the local Discord."""

from __future__ import annotations

from bot.playground.web.site import PlaygroundSite
from bot.playground.web.world_panel import WorldPanel

__all__ = ["PlaygroundSite", "WorldPanel"]
