"""The two servers and their people that the playground and the tests begin with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.discord.model import Channel, Guild, Role, User
from bot.playground.discord.permissions import EVERYONE
from bot.playground.discord.state import DiscordState

__all__ = ["Towns", "build_towns"]


@dataclass(frozen=True, slots=True)
class Towns:
    """What `build_towns` made."""

    arena: Guild
    lounge: Guild
    general: Channel
    matches: Channel
    sofa: Channel
    ranked: Role
    ada: User
    bo: User
    chiyo: User


def build_towns(state: DiscordState) -> Towns:
    """Fill an empty state: Ada, Bo and Chiyo in one server, Ada and Bo in another; Chiyo's client is Japanese."""
    ada, bo = state.add_user("Ada Reyes"), state.add_user("Bo Lindqvist", locale="de")
    chiyo = state.add_user("Chiyo", locale="ja")
    arena = state.add_guild("Arena Regulars", ada)
    general = state.add_channel(arena, "general", topic="Talk and commands")
    matches = state.add_channel(arena, "matches")
    ranked = state.add_role(arena, "Ranked", EVERYONE, color=0x4FC3F7)
    state.join(arena, bo)
    state.join(arena, chiyo, nick="千代")
    lounge = state.add_guild("Big Team Lounge", bo)
    sofa = state.add_channel(lounge, "sofa")
    state.join(lounge, ada)
    return Towns(arena, lounge, general, matches, sofa, ranked, ada, bo, chiyo)
