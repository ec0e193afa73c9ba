"""The two servers and their people that the playground and the tests begin with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.discord.model import Channel, Guild, Overwrite, Role, User
from bot.playground.discord.permissions import EVERYONE, Permission
from bot.playground.discord.state import DiscordState

__all__ = ["Towns", "build_towns"]


@dataclass(frozen=True, slots=True)
class Towns:
    """What `build_towns` made."""

    arena: Guild
    lounge: Guild
    general: Channel
    matches: Channel
    news: Channel
    captains: Channel
    sofa: Channel
    ranked: Role
    captain: Role
    ada: User
    bo: User
    chiyo: User


def build_towns(state: DiscordState) -> Towns:
    """Fill an empty state: Ada, Bo and Chiyo in one server, Ada and Bo in another; Chiyo's client is Japanese.

    In the first server only Ada writes to `news`, and `captains` is seen by Ada, who owns it, by Bo, who is a
    captain, and by the bot.
    """
    ada, bo = state.add_user("Ada Reyes"), state.add_user("Bo Lindqvist", locale="de")
    chiyo = state.add_user("Chiyo", locale="ja")
    arena = state.add_guild("Arena Regulars", ada)
    general = state.add_channel(arena, "general", topic="Talk and commands")
    matches = state.add_channel(arena, "matches")
    ranked = state.add_role(arena, "Ranked", EVERYONE, color=0x4FC3F7)
    captain = state.add_role(arena, "Captain", color=0xF0B132)
    news = _read_only(state, arena)
    captains = _private(state, arena, captain)
    state.join(arena, bo).role_ids.append(captain.id)
    state.join(arena, chiyo, nick="千代")
    lounge = state.add_guild("Big Team Lounge", bo)
    sofa = state.add_channel(lounge, "sofa")
    state.join(lounge, ada)
    return Towns(arena, lounge, general, matches, news, captains, sofa, ranked, captain, ada, bo, chiyo)


def _read_only(state: DiscordState, guild: Guild) -> Channel:
    channel = state.add_channel(guild, "news", topic="What is going on; only the owner writes here")
    channel.overwrites.append(Overwrite(guild.id, for_member=False, deny=Permission.SEND_MESSAGES))
    return channel


def _private(state: DiscordState, guild: Guild, role: Role) -> Channel:
    channel = state.add_channel(guild, "captains", topic="For captains alone")
    own = next(item for item in guild.roles.values() if item.managed)
    channel.overwrites += [
        Overwrite(guild.id, for_member=False, deny=Permission.VIEW_CHANNEL),
        *(Overwrite(item.id, for_member=False, allow=Permission.VIEW_CHANNEL) for item in (role, own)),
    ]
    return channel
