"""What a person gets on entering: everything there is to see, so that a reload loses nothing."""

from __future__ import annotations

from bot.playground.discord import Person
from bot.playground.discord.model import Channel, Json
from bot.playground.web.backstage import Backstage
from bot.playground.web.ledger import form_view
from bot.playground.web.locales import LOCALES
from bot.playground.web.suggestions import suggest
from bot.playground.web.views.messages import MessageViews
from bot.playground.web.views.people import dm_view, guild_view, user_view

__all__ = ["commands_view", "history_view", "welcome_view"]

_SHOWN_MESSAGES = 100


def welcome_view(backstage: Backstage, person: Person, channel: Channel) -> Json:
    """Everything, for one person in one channel."""
    state, user = backstage.discord.state, person.user
    mine = [guild for guild in state.guilds.values() if user.id in guild.members]
    return {
        "application": {**user_view(state.bot), "name": state.application_name, "user": str(state.bot.id)},
        "you": user_view(user),
        "users": [user_view(other) for other in state.users.values() if not other.bot],
        "guilds": [guild_view(state, guild, user) for guild in mine],
        "elsewhere": [
            {"id": str(guild.id), "name": guild.name}
            for guild in state.guilds.values()
            if user.id not in guild.members
        ],
        "dms": [dm_view(state, user)],
        "channel": str(channel.id),
        "messages": history_view(backstage, person, channel),
        "commands": commands_view(person, channel),
        "locales": [{"code": code, "name": name} for code, name in LOCALES.items()],
        "suggestions": suggest(person.commands(channel), backstage.world.world),
        "modals": [form_view(form) for form in backstage.ledger.forms(user)],
        "pending": backstage.ledger.pending(user),
        "failures": backstage.ledger.failures(user),
        "world": backstage.world.view(),
    }


def history_view(backstage: Backstage, person: Person, channel: Channel) -> list[Json]:
    """The latest messages that a person sees in a channel, oldest first."""
    views = MessageViews(backstage.discord.state, backstage.links)
    return [views.view(message, person.user) for message in person.messages(channel)[-_SHOWN_MESSAGES:]]


def commands_view(person: Person, channel: Channel) -> list[Json]:
    """The commands that a person is offered in a channel."""
    return [command.body for command in person.commands(channel)]
