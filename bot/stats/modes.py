"""Game modes: how the score of each counts and which objective it is played for.

Adding a mode is adding an entry to the table, and its name to :mod:`bot.words.match_words`. A category that
has none still works: it is called by its variant's name, and its objective is found in the match itself.
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

    objective: Objective | None = None
    scored_by_rounds: bool = False
    is_pve: bool = False


_Category = GameVariantCategory

MODES: Final[Mapping[int, Mode]] = MappingProxyType(
    {
        _Category.CAMPAIGN: Mode(is_pve=True),
        _Category.FORGE: Mode(),
        _Category.ACADEMY: Mode(),
        _Category.ACADEMY_TUTORIAL: Mode(),
        _Category.ACADEMY_PRACTICE: Mode(),
        _Category.ACADEMY_TRAINING: Mode(),
        _Category.ACADEMY_WEAPON_DRILL: Mode(),
        _Category.MULTIPLAYER_SLAYER: Mode(),
        _Category.MULTIPLAYER_ATTRITION: Mode(objective=objectives.ELIMINATION, scored_by_rounds=True),
        _Category.MULTIPLAYER_ELIMINATION: Mode(objective=objectives.ELIMINATION, scored_by_rounds=True),
        _Category.MULTIPLAYER_FIESTA: Mode(),
        _Category.MULTIPLAYER_SWAT: Mode(),
        _Category.MULTIPLAYER_STRONGHOLDS: Mode(objective=objectives.ZONES),
        _Category.MULTIPLAYER_BASTION: Mode(objective=objectives.HILL),
        _Category.MULTIPLAYER_KING_OF_THE_HILL: Mode(objective=objectives.HILL),
        _Category.MULTIPLAYER_TOTAL_CONTROL: Mode(objective=objectives.ZONES),
        _Category.MULTIPLAYER_CTF: Mode(objective=objectives.FLAG),
        _Category.MULTIPLAYER_ASSAULT: Mode(objective=objectives.BOMB),
        _Category.MULTIPLAYER_EXTRACTION: Mode(objective=objectives.EXTRACTION),
        _Category.MULTIPLAYER_ODDBALL: Mode(objective=objectives.ODDBALL, scored_by_rounds=True),
        _Category.MULTIPLAYER_STOCKPILE: Mode(objective=objectives.STOCKPILE),
        _Category.MULTIPLAYER_JUGGERNAUT: Mode(),
        _Category.MULTIPLAYER_REGICIDE: Mode(),
        _Category.MULTIPLAYER_INFECTION: Mode(objective=objectives.INFECTION),
        _Category.MULTIPLAYER_ESCORT: Mode(objective=objectives.VIP),
        _Category.MULTIPLAYER_GUN_GAME: Mode(),
        _Category.MULTIPLAYER_GRIFBALL: Mode(objective=objectives.BOMB),
        _Category.MULTIPLAYER_RACE: Mode(),
        _Category.MULTIPLAYER_LAND_GRAB: Mode(objective=objectives.ZONES),
        _Category.MULTIPLAYER_MINIGAME: Mode(),
        _Category.MULTIPLAYER_FIREFIGHT: Mode(objective=objectives.ENEMIES, is_pve=True),
    }
)

#: Prefixes of variant names ("Ranked:CTF 3 Captures") that tell of the playlist, not of the mode.
_PLAYLIST_PREFIXES: Final = frozenset({"arena", "community", "event", "quick play", "ranked", "social"})


def mode_for(category: GameVariantCategory) -> Mode | None:
    """Return the mode of a category, or None for one that an update has brought."""
    return MODES.get(category)


def mode_title(variant: str | None, localised: str | None = None) -> str:
    """Return a match's mode as its variant calls it, without the playlist; "" when it has no name.

    Halo writes variants as ``Playlist:Mode``. "Arena:CTF" becomes "CTF", "Husky Raid:CTF" "Husky Raid CTF".
    A custom variant's name is text from a player: escape it where it is shown.

    Args:
        variant: The variant's name in English, which decides what is a playlist's prefix.
        localised: Its name in another language.
    """
    english, name = _one_line(variant), _one_line(localised) or _one_line(variant)
    prefix, colon, rest = name.partition(":")
    if colon and not rest.strip():
        return ""
    if not colon:
        return name
    told = (english.partition(":")[0] or prefix).strip().casefold()
    if told in _PLAYLIST_PREFIXES or prefix.casefold() in rest.casefold():
        return rest.strip()
    return name if rest.startswith(" ") else f"{prefix} {rest}"


def _one_line(name: str | None) -> str:
    return " ".join((name or "").split())


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
