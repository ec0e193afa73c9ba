"""Who the regulars are: people of the local Discord, and the players of the world that they say to be."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.discord import DiscordState, Towns
from bot.playground.discord.model import User
from bot.playground.world import World

__all__ = ["Regular", "join_regulars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """A member of the server and their player; a verified one has proved it."""

    user: User
    xuid: int
    is_verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """``is_ranked`` wears the server's role for that."""

    name: str
    locale: str
    gamertag: str
    is_verified: bool = False
    is_ranked: bool = False


# The best and nearly the worst, a veteran with proof, two friends, long names and strange ones, one renamed.
# The world's hero is nobody's: a visitor links that one.
_PARTS = (
    _Part(name="Wren Okafor", locale="en-GB", gamertag="Static Wren", is_verified=True, is_ranked=True),
    _Part(name="Noor Haddad", locale="fr", gamertag="Nova Lantern", is_ranked=True),
    _Part(name="Kes Moreau", locale="fr", gamertag="Copper Kestrel", is_ranked=True),
    _Part(name="月子", locale="ja", gamertag="月の光 Spartan"),
    _Part(name="Beau_*Larsen*", locale="da", gamertag="**bold_name**"),
    _Part(name="Ximena Ortiz", locale="es-ES", gamertag="Café Ñandú"),
    _Part(name="Harper Quinn", locale="en-US", gamertag="Harbor Wolf", is_ranked=True),
    _Part(name="Sol Almeida", locale="pt-BR", gamertag="Second Name"),
    _Part(name="Gustav Weber", locale="de", gamertag="Sir Lagsalot"),
    _Part(name="Mila Sokolova", locale="ru", gamertag="Отряд 117"),
    _Part(name="Winston Wu", locale="zh-TW", gamertag="WWWWWWWWWWWWWWW"),
)


def join_regulars(state: DiscordState, towns: Towns, world: World) -> tuple[Regular, ...]:
    """Make them members of the first server; whom this world does not have stays away."""
    return tuple(
        _join(part, player.xuid, state, towns)
        for part in _PARTS
        if (player := world.player(part.gamertag)) is not None
    )


def _join(part: _Part, xuid: int, state: DiscordState, towns: Towns) -> Regular:
    user = state.add_user(part.name, locale=part.locale)
    member = state.join(towns.arena, user)
    if part.is_ranked:
        member.role_ids.append(towns.ranked.id)
    return Regular(user=user, xuid=xuid, is_verified=part.is_verified)
