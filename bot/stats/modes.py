"""Game modes: what each is called, how its score counts and which objective it is played for.

Adding a mode is adding an entry to the table. A category that has none still works: it is called by its
variant's name, and its objective is found in the match itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.halo.models.refdata import GameVariantCategory
from bot.halo.models.stats import Stats
from bot.stats import objectives
from bot.stats.objectives import Objective

__all__ = ["MODES", "Mode", "find_objectives", "mode_for", "mode_title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A game mode.

    ``scored_by_rounds`` says that a team's score is the rounds it won, its points beside them;
    ``is_pve`` that players fight enemies of the game's own rather than one another.
    """

    name: str
    objective: Objective | None = None
    scored_by_rounds: bool = False
    is_pve: bool = False


_Category = GameVariantCategory

#: Category 12 is called Bastion by the game's own enumeration, and is what players know as King of the Hill.
MODES: Final[Mapping[int, Mode]] = MappingProxyType(
    {
        _Category.CAMPAIGN: Mode(name="Campaign", is_pve=True),
        _Category.FORGE: Mode(name="Forge"),
        _Category.ACADEMY: Mode(name="Academy"),
        _Category.ACADEMY_TUTORIAL: Mode(name="Academy Tutorial"),
        _Category.ACADEMY_PRACTICE: Mode(name="Academy Practice"),
        _Category.ACADEMY_TRAINING: Mode(name="Academy Training"),
        _Category.ACADEMY_WEAPON_DRILL: Mode(name="Weapon Drill"),
        _Category.MULTIPLAYER_SLAYER: Mode(name="Slayer"),
        _Category.MULTIPLAYER_ATTRITION: Mode(
            name="Attrition", objective=objectives.ELIMINATION, scored_by_rounds=True
        ),
        _Category.MULTIPLAYER_ELIMINATION: Mode(
            name="Elimination", objective=objectives.ELIMINATION, scored_by_rounds=True
        ),
        _Category.MULTIPLAYER_FIESTA: Mode(name="Fiesta"),
        _Category.MULTIPLAYER_SWAT: Mode(name="SWAT"),
        _Category.MULTIPLAYER_STRONGHOLDS: Mode(name="Strongholds", objective=objectives.ZONES),
        _Category.MULTIPLAYER_BASTION: Mode(name="King of the Hill", objective=objectives.HILL),
        _Category.MULTIPLAYER_KING_OF_THE_HILL: Mode(name="King of the Hill", objective=objectives.HILL),
        _Category.MULTIPLAYER_TOTAL_CONTROL: Mode(name="Total Control", objective=objectives.ZONES),
        _Category.MULTIPLAYER_CTF: Mode(name="CTF", objective=objectives.FLAG),
        _Category.MULTIPLAYER_ASSAULT: Mode(name="Assault", objective=objectives.BOMB),
        _Category.MULTIPLAYER_EXTRACTION: Mode(name="Extraction", objective=objectives.EXTRACTION),
        _Category.MULTIPLAYER_ODDBALL: Mode(
            name="Oddball", objective=objectives.ODDBALL, scored_by_rounds=True
        ),
        _Category.MULTIPLAYER_STOCKPILE: Mode(name="Stockpile", objective=objectives.STOCKPILE),
        _Category.MULTIPLAYER_JUGGERNAUT: Mode(name="Juggernaut"),
        _Category.MULTIPLAYER_REGICIDE: Mode(name="Regicide"),
        _Category.MULTIPLAYER_INFECTION: Mode(name="Infection", objective=objectives.INFECTION),
        _Category.MULTIPLAYER_ESCORT: Mode(name="VIP", objective=objectives.VIP),
        _Category.MULTIPLAYER_GUN_GAME: Mode(name="Escalation"),
        _Category.MULTIPLAYER_GRIFBALL: Mode(name="Grifball", objective=objectives.BOMB),
        _Category.MULTIPLAYER_RACE: Mode(name="Race"),
        _Category.MULTIPLAYER_LAND_GRAB: Mode(name="Land Grab", objective=objectives.ZONES),
        _Category.MULTIPLAYER_MINIGAME: Mode(name="Minigame"),
        _Category.MULTIPLAYER_FIREFIGHT: Mode(name="Firefight", objective=objectives.ENEMIES, is_pve=True),
    }
)

#: Prefixes of variant names ("Ranked:CTF 3 Captures") that tell of the playlist, not of the mode.
_PLAYLIST_PREFIXES: Final = frozenset({"arena", "community", "event", "quick play", "ranked", "social"})


def mode_for(category: GameVariantCategory) -> Mode | None:
    """Return the mode of a category, or None for one that an update has brought."""
    return MODES.get(category)


def mode_title(category: GameVariantCategory, variant_name: str | None) -> str:
    """Name a match's mode in English: by its variant when that is known, else by its category.

    Halo writes variants as ``Playlist:Mode``. "Arena:CTF" becomes "CTF", "Husky Raid:CTF" "Husky Raid CTF".
    A custom variant's name is text from a player: escape it where it is shown.
    """
    name = " ".join((variant_name or "").split())
    prefix, colon, rest = name.partition(":")
    if not name or (colon and not rest.strip()):
        return _category_name(category)
    if not colon:
        return name
    if prefix.strip().casefold() in _PLAYLIST_PREFIXES or prefix.casefold() in rest.casefold():
        return rest.strip()
    return name if rest.startswith(" ") else f"{prefix} {rest}"


def _category_name(category: GameVariantCategory) -> str:
    """Name a category, also one that the service does not tell or an update has brought."""
    if mode := mode_for(category):
        return mode.name
    return f"Mode {int(category)}" if category > 0 else "Unknown mode"


def find_objectives(category: GameVariantCategory, parts: Sequence[Stats]) -> tuple[Objective, ...]:
    """Return the objectives to report for a match, given everybody's parts of it.

    A mode's own objective comes first. Of the others those count in which somebody did something (Firefight
    also has hills, minigames have anything), and in an unknown mode all that the match recorded.
    """
    mode = mode_for(category)
    own = mode.objective if mode else None
    found = [own] if own and own.is_in(parts) else []
    for other in objectives.OBJECTIVES:
        is_own = own is not None and other.source == own.source
        if not is_own and other.is_in(parts) and (mode is None or _anything_done(other, parts)):
            found.append(other)
    return tuple(found)


def _anything_done(objective: Objective, parts: Sequence[Stats]) -> bool:
    """Whether any statistic of the objective is not zero for anybody."""
    return any(stat.value for stat in objective.measure(parts))
