"""Words for what a match is made of: outcomes, modes, maps, playlists, teams, players, medals.

Halo's services give names in the reader's language where they have them; what stands here is for what they
do not name. Everything returned is a phrase to be worded, or a name as it is, which may come from a player.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from bot.halo.models.refdata import GameVariantCategory, Outcome
from bot.stats.match_report import MatchReport, MedalTally, PlayerLine, TeamLine
from bot.words.phrase import Phrase, phrase, term

__all__ = [
    "MODES",
    "OUTCOMES",
    "PLAYLISTS",
    "TEAMS",
    "map_name",
    "medal_name",
    "mode_name",
    "player_name",
    "playlist_name",
    "team_name",
]

OUTCOMES: Final[Mapping[Outcome, Phrase]] = MappingProxyType(
    {
        Outcome.WIN: phrase("Victory"),
        Outcome.LOSS: phrase("Defeat"),
        Outcome.TIE: phrase("Tie"),
        Outcome.DID_NOT_FINISH: phrase("Did not finish"),
        Outcome.DID_NOT_START: phrase("Did not start"),
    }
)

_Category = GameVariantCategory

#: Category 12 is called Bastion by the game's own enumeration, and is what players know as King of the Hill.
MODES: Final[Mapping[int, Phrase]] = MappingProxyType(
    {
        _Category.CAMPAIGN: term("mode", "Campaign"),
        _Category.FORGE: term("mode", "Forge"),
        _Category.ACADEMY: term("mode", "Academy"),
        _Category.ACADEMY_TUTORIAL: term("mode", "Academy Tutorial"),
        _Category.ACADEMY_PRACTICE: term("mode", "Academy Practice"),
        _Category.ACADEMY_TRAINING: term("mode", "Academy Training"),
        _Category.ACADEMY_WEAPON_DRILL: term("mode", "Weapon Drill"),
        _Category.MULTIPLAYER_SLAYER: term("mode", "Slayer"),
        _Category.MULTIPLAYER_ATTRITION: term("mode", "Attrition"),
        _Category.MULTIPLAYER_ELIMINATION: term("mode", "Elimination"),
        _Category.MULTIPLAYER_FIESTA: term("mode", "Fiesta"),
        _Category.MULTIPLAYER_SWAT: term("mode", "SWAT"),
        _Category.MULTIPLAYER_STRONGHOLDS: term("mode", "Strongholds"),
        _Category.MULTIPLAYER_BASTION: term("mode", "King of the Hill"),
        _Category.MULTIPLAYER_KING_OF_THE_HILL: term("mode", "King of the Hill"),
        _Category.MULTIPLAYER_TOTAL_CONTROL: term("mode", "Total Control"),
        _Category.MULTIPLAYER_CTF: term("mode", "CTF"),
        _Category.MULTIPLAYER_ASSAULT: term("mode", "Assault"),
        _Category.MULTIPLAYER_EXTRACTION: term("mode", "Extraction"),
        _Category.MULTIPLAYER_ODDBALL: term("mode", "Oddball"),
        _Category.MULTIPLAYER_STOCKPILE: term("mode", "Stockpile"),
        _Category.MULTIPLAYER_JUGGERNAUT: term("mode", "Juggernaut"),
        _Category.MULTIPLAYER_REGICIDE: term("mode", "Regicide"),
        _Category.MULTIPLAYER_INFECTION: term("mode", "Infection"),
        _Category.MULTIPLAYER_ESCORT: term("mode", "VIP"),
        _Category.MULTIPLAYER_GUN_GAME: term("mode", "Escalation"),
        _Category.MULTIPLAYER_GRIFBALL: term("mode", "Grifball"),
        _Category.MULTIPLAYER_RACE: term("mode", "Race"),
        _Category.MULTIPLAYER_LAND_GRAB: term("mode", "Land Grab"),
        _Category.MULTIPLAYER_MINIGAME: term("mode", "Minigame"),
        _Category.MULTIPLAYER_FIREFIGHT: term("mode", "Firefight"),
    }
)

#: The ranked playlists of :data:`bot.stats.playlists.RANKED_PLAYLISTS`, for when their asset is gone.
PLAYLISTS: Final[Mapping[UUID, Phrase]] = MappingProxyType(
    {
        UUID("edfef3ac-9cbe-4fa2-b949-8f29deafd483"): term("playlist", "Ranked Arena"),
        UUID("dcb2e24e-05fb-4390-8076-32a0cdb4326e"): term("playlist", "Ranked Slayer"),
        UUID("fa5aa2a3-2428-4912-a023-e1eeea7b877c"): term("playlist", "Ranked Doubles"),
        UUID("a883e7e1-9aca-4296-9009-3733a0ca8081"): term("playlist", "Ranked Snipers"),
        UUID("71734db4-4b8e-4682-9206-62b6eff92582"): term("playlist", "Ranked FFA"),
        UUID("6dc5f699-d6d9-41c4-bdf8-7ae11dec2d1b"): term("playlist", "Ranked Squad Battle"),
        UUID("7c60fb3e-656c-4ada-a085-293562642e50"): term("playlist", "Ranked Tactical"),
    }
)

TEAMS: Final[Mapping[int, Phrase]] = MappingProxyType(
    {
        0: term("team", "Eagle"),
        1: term("team", "Cobra"),
        2: term("team", "Hades"),
        3: term("team", "Valkyrie"),
        4: term("team", "Rampart"),
        5: term("team", "Cutlass"),
        6: term("team", "Valor"),
        7: term("team", "Hazard"),
        8: term("team", "Observer"),
    }
)


def mode_name(report: MatchReport) -> Phrase | str:
    """Name a match's mode: as its variant is called, else by its category, also one that nobody knows yet."""
    if report.mode:
        return report.mode
    if report.category in MODES:
        return MODES[report.category]
    number = int(report.category)
    return phrase("Mode {number}", number=str(number)) if number > 0 else phrase("Unknown mode")


def map_name(report: MatchReport) -> Phrase | str:
    """Name a match's map, also a deleted one."""
    return report.map_name or phrase("Unknown map")


def playlist_name(report: MatchReport) -> Phrase | str:
    """Name a match's playlist; without one it was a custom game, or a local one."""
    if report.playlist_id is None:
        return phrase("Custom game")
    return report.playlist or PLAYLISTS.get(report.playlist_id, phrase("Unknown playlist"))


def team_name(team: TeamLine) -> Phrase:
    """Name a team by its id."""
    return TEAMS.get(team.team_id, phrase("Team {number}", number=str(team.team_id)))


def player_name(line: PlayerLine) -> Phrase | str:
    """Name a player or a bot; one without a gamertag by what tells them apart."""
    if line.gamertag:
        return line.gamertag
    if line.is_bot:
        return phrase("Bot")
    return (
        phrase("Spartan")
        if line.xuid is None
        else phrase("Spartan {number}", number=f"{line.xuid % 10_000:04}")
    )


def medal_name(medal: MedalTally) -> Phrase | str:
    """Name a medal, also one that an update has brought."""
    return medal.name or phrase("Medal {number}", number=str(medal.name_id))
