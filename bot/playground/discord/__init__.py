"""A local Discord: the REST API and the gateway as an unmodified bot needs them, and people to talk to it.

`LocalDiscord` is the whole; its `state` is the world, `person(user)` somebody at the client.
"""

from bot.playground.discord.errors import DiscordError
from bot.playground.discord.faults import Fault
from bot.playground.discord.handle import ApplicationDidNotRespond, InteractionHandle
from bot.playground.discord.options import ClientRefused
from bot.playground.discord.person import Person
from bot.playground.discord.rendering import render_text
from bot.playground.discord.server import LocalDiscord
from bot.playground.discord.state import DiscordState
from bot.playground.discord.towns import Towns, build_towns

__all__ = [
    "ApplicationDidNotRespond",
    "ClientRefused",
    "DiscordError",
    "DiscordState",
    "Fault",
    "InteractionHandle",
    "LocalDiscord",
    "Person",
    "Towns",
    "build_towns",
    "render_text",
]
