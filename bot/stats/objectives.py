"""The statistics of a mode's objective: where in a match they stand.

One :class:`Objective` is one family of them, kept in one sub-model of
:class:`~bot.halo.models.stats.Stats`. Which mode has which is told by :mod:`bot.stats.modes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.halo.models.stats import Stats
from bot.stats.clock import bounded
from bot.stats.match_report import ObjectiveStat, StatKind

__all__ = [
    "BOMB",
    "ELIMINATION",
    "ENEMIES",
    "EXTRACTION",
    "FLAG",
    "HILL",
    "INFECTION",
    "OBJECTIVES",
    "ODDBALL",
    "STOCKPILE",
    "VIP",
    "ZONES",
    "Count",
    "Objective",
    "Time",
]


@dataclass(frozen=True, slots=True)
class Count:
    """A counter of a sub-model: its key, and its field where that is not the key.

    ``peak`` says that the parts of a match (a side switch makes two) keep the greater number, not the sum.
    """

    key: str
    field: str = ""
    peak: bool = False

    def measure(self, parts: Iterable[Any]) -> ObjectiveStat:
        """Combine a player's parts of a match into one number."""
        values: list[int] = [getattr(part, self.field or self.key) for part in parts]
        value = max(values, default=0) if self.peak else sum(values)
        return ObjectiveStat(key=self.key, kind=StatKind.COUNT, value=value)


@dataclass(frozen=True, slots=True)
class Time:
    """A length of time of a sub-model, with the attributes of :class:`Count`."""

    key: str
    field: str = ""
    peak: bool = False

    def measure(self, parts: Iterable[Any]) -> ObjectiveStat:
        """Combine a player's parts of a match into one length of time."""
        values = [bounded(getattr(part, self.field or self.key)) for part in parts]
        value = max(values, default=timedelta()) if self.peak else sum(values, timedelta())
        return ObjectiveStat(key=self.key, kind=StatKind.DURATION, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One objective's statistics, what matters most first.

    ``source`` is the field of :class:`Stats` that holds them; ``columns`` are the keys, at most two,
    that a scoreboard has room for.
    """

    source: str
    columns: tuple[str, ...]
    stats: tuple[Count | Time, ...]

    def is_in(self, parts: Iterable[Stats]) -> bool:
        """Whether any of these parts of a match holds this objective's statistics."""
        return any(getattr(part, self.source) is not None for part in parts)

    def measure(self, parts: Sequence[Stats]) -> tuple[ObjectiveStat, ...]:
        """Combine a player's parts of a match; a part without these statistics adds nothing."""
        found = [own for part in parts if (own := getattr(part, self.source)) is not None]
        return tuple(stat.measure(found) for stat in self.stats)


FLAG = Objective(
    source="capture_the_flag_stats",
    columns=("flag_captures", "flag_returns"),
    stats=(
        Count("flag_captures"),
        Count("flag_capture_assists"),
        Count("flag_returns"),
        Count("flag_steals"),
        Count("flag_grabs"),
        Count("flag_carriers_killed"),
        Count("flag_returners_killed"),
        Count("kills_as_flag_carrier"),
        Time("time_as_flag_carrier"),
    ),
)

ODDBALL = Objective(
    source="oddball_stats",
    columns=("time_as_skull_carrier", "skull_carriers_killed"),
    stats=(
        Time("time_as_skull_carrier"),
        Time("longest_time_as_skull_carrier", peak=True),
        Count("skull_scoring_ticks"),
        Count("skull_grabs"),
        Count("skull_carriers_killed"),
        Count("kills_as_skull_carrier"),
    ),
)

ZONES = Objective(
    source="zones_stats",
    columns=("zone_captures", "zone_occupation_time"),
    stats=(
        Count("zone_captures", "stronghold_captures"),
        Count("zone_secures", "stronghold_secures"),
        Time("zone_occupation_time", "stronghold_occupation_time"),
        Count("zone_offensive_kills", "stronghold_offensive_kills"),
        Count("zone_defensive_kills", "stronghold_defensive_kills"),
        Count("zone_scoring_ticks", "stronghold_scoring_ticks"),
    ),
)

# The same sub-model as the zones, but there is one hill, and staying in it is what scores.
HILL = Objective(
    source="zones_stats",
    columns=("hill_occupation_time", "hill_scoring_ticks"),
    stats=(
        Time("hill_occupation_time", "stronghold_occupation_time"),
        Count("hill_scoring_ticks", "stronghold_scoring_ticks"),
        Count("hill_captures", "stronghold_captures"),
        Count("hill_secures", "stronghold_secures"),
        Count("hill_offensive_kills", "stronghold_offensive_kills"),
        Count("hill_defensive_kills", "stronghold_defensive_kills"),
    ),
)

ELIMINATION = Objective(
    source="elimination_stats",
    columns=("eliminations", "allies_revived"),
    stats=(
        Count("eliminations"),
        Count("elimination_assists"),
        Count("allies_revived"),
        Count("times_revived_by_ally"),
        Count("enemy_revives_denied"),
        Count("executions"),
        Count("rounds_survived"),
        Count("kills_as_last_player_standing"),
        Count("last_players_standing_killed"),
    ),
)

EXTRACTION = Objective(
    source="extraction_stats",
    columns=("successful_extractions", "extraction_conversions_completed"),
    stats=(
        Count("successful_extractions"),
        Count("extraction_initiations_completed"),
        Count("extraction_initiations_denied"),
        Count("extraction_conversions_completed"),
        Count("extraction_conversions_denied"),
    ),
)

STOCKPILE = Objective(
    source="stockpile_stats",
    columns=("power_seeds_deposited", "power_seeds_stolen"),
    stats=(
        Count("power_seeds_deposited"),
        Count("power_seeds_stolen"),
        Count("power_seed_carriers_killed"),
        Count("kills_as_power_seed_carrier"),
        Time("time_as_power_seed_carrier"),
        Time("time_as_power_seed_driver"),
    ),
)

BOMB = Objective(
    source="bomb_stats",
    columns=("bomb_detonations", "bomb_plants"),
    stats=(
        Count("bomb_detonations"),
        Count("bomb_plants"),
        Count("bomb_defusals"),
        Count("bomb_returns"),
        Count("bomb_pick_ups"),
        Count("bomb_carriers_killed"),
        Count("bomb_defusers_killed"),
        Count("kills_as_bomb_carrier"),
        Time("time_as_bomb_carrier"),
    ),
)

INFECTION = Objective(
    source="infection_stats",
    columns=("spartans_infected", "infected_killed"),
    stats=(
        Count("spartans_infected"),
        Count("infected_killed"),
        Count("alphas_killed"),
        Count("spartans_infected_as_alpha"),
        Count("rounds_survived_as_spartan"),
        Count("rounds_as_alpha"),
        Count("kills_as_last_spartan_standing"),
        Count("last_spartans_standing_infected"),
        Time("time_as_last_spartan_standing"),
    ),
)

VIP = Objective(
    source="vip_stats",
    columns=("vip_kills", "time_as_vip"),
    stats=(
        Count("vip_kills"),
        Count("vip_assists"),
        Count("times_selected_as_vip"),
        Count("kills_as_vip"),
        Count("max_killing_spree_as_vip", peak=True),
        Time("time_as_vip"),
        Time("longest_time_as_vip", peak=True),
    ),
)

ENEMIES = Objective(
    source="pve_stats",
    columns=("boss_kills", "elite_kills"),
    stats=(
        Count("boss_kills"),
        Count("hunter_kills"),
        Count("elite_kills"),
        Count("brute_kills"),
        Count("jackal_kills"),
        Count("grunt_kills"),
        Count("skimmer_kills"),
        Count("sentinel_kills"),
        Count("marine_kills"),
    ),
)

#: One objective for each sub-model, for modes that say nothing of themselves.
OBJECTIVES = (FLAG, ODDBALL, ZONES, ELIMINATION, EXTRACTION, STOCKPILE, BOMB, INFECTION, VIP, ENEMIES)
