"""The statistics of a mode's objective: what they are called, and where in a match they stand.

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
    """A counter of a sub-model: its key, English label, column head, and field where that is not the key.

    ``peak`` says that the parts of a match (a side switch makes two) keep the greater number, not the sum.
    """

    key: str
    label: str
    short: str
    field: str = ""
    peak: bool = False

    def measure(self, parts: Iterable[Any]) -> ObjectiveStat:
        """Combine a player's parts of a match into one number."""
        values: list[int] = [getattr(part, self.field or self.key) for part in parts]
        value = max(values, default=0) if self.peak else sum(values)
        return ObjectiveStat(
            key=self.key, label=self.label, short=self.short, kind=StatKind.COUNT, value=value
        )


@dataclass(frozen=True, slots=True)
class Time:
    """A length of time of a sub-model, with the attributes of :class:`Count`."""

    key: str
    label: str
    short: str
    field: str = ""
    peak: bool = False

    def measure(self, parts: Iterable[Any]) -> ObjectiveStat:
        """Combine a player's parts of a match into one length of time."""
        values = [bounded(getattr(part, self.field or self.key)) for part in parts]
        value = max(values, default=timedelta()) if self.peak else sum(values, timedelta())
        return ObjectiveStat(
            key=self.key, label=self.label, short=self.short, kind=StatKind.DURATION, value=value
        )


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
        Count("flag_captures", "Flag captures", "Caps"),
        Count("flag_capture_assists", "Capture assists", "CapAst"),
        Count("flag_returns", "Flag returns", "Return"),
        Count("flag_steals", "Flag steals", "Steals"),
        Count("flag_grabs", "Flag grabs", "Grabs"),
        Count("flag_carriers_killed", "Flag carriers killed", "Stops"),
        Count("flag_returners_killed", "Flag returners killed", "RetKls"),
        Count("kills_as_flag_carrier", "Kills as flag carrier", "CarKls"),
        Time("time_as_flag_carrier", "Time with the flag", "Time"),
    ),
)

ODDBALL = Objective(
    source="oddball_stats",
    columns=("time_as_skull_carrier", "skull_carriers_killed"),
    stats=(
        Time("time_as_skull_carrier", "Time with the ball", "Time"),
        Time("longest_time_as_skull_carrier", "Longest time with the ball", "Long", peak=True),
        Count("skull_scoring_ticks", "Scoring ticks", "Ticks"),
        Count("skull_grabs", "Ball grabs", "Grabs"),
        Count("skull_carriers_killed", "Ball carriers killed", "Stops"),
        Count("kills_as_skull_carrier", "Kills as ball carrier", "CarKls"),
    ),
)

ZONES = Objective(
    source="zones_stats",
    columns=("zone_captures", "zone_occupation_time"),
    stats=(
        Count("zone_captures", "Zone captures", "Caps", "stronghold_captures"),
        Count("zone_secures", "Zone secures", "Secure", "stronghold_secures"),
        Time("zone_occupation_time", "Time in zones", "Time", "stronghold_occupation_time"),
        Count("zone_offensive_kills", "Offensive kills", "OffKls", "stronghold_offensive_kills"),
        Count("zone_defensive_kills", "Defensive kills", "DefKls", "stronghold_defensive_kills"),
        Count("zone_scoring_ticks", "Scoring ticks", "Ticks", "stronghold_scoring_ticks"),
    ),
)

# The same sub-model as the zones, but there is one hill, and staying in it is what scores.
HILL = Objective(
    source="zones_stats",
    columns=("hill_occupation_time", "hill_scoring_ticks"),
    stats=(
        Time("hill_occupation_time", "Time in the hill", "Time", "stronghold_occupation_time"),
        Count("hill_scoring_ticks", "Scoring ticks", "Ticks", "stronghold_scoring_ticks"),
        Count("hill_captures", "Hill captures", "Caps", "stronghold_captures"),
        Count("hill_secures", "Hill secures", "Secure", "stronghold_secures"),
        Count("hill_offensive_kills", "Offensive kills", "OffKls", "stronghold_offensive_kills"),
        Count("hill_defensive_kills", "Defensive kills", "DefKls", "stronghold_defensive_kills"),
    ),
)

ELIMINATION = Objective(
    source="elimination_stats",
    columns=("eliminations", "allies_revived"),
    stats=(
        Count("eliminations", "Eliminations", "Elims"),
        Count("elimination_assists", "Elimination assists", "ElmAst"),
        Count("allies_revived", "Allies revived", "Revive"),
        Count("times_revived_by_ally", "Times revived", "Raised"),
        Count("enemy_revives_denied", "Enemy revives denied", "Denied"),
        Count("executions", "Executions", "Execs"),
        Count("rounds_survived", "Rounds survived", "Surviv"),
        Count("kills_as_last_player_standing", "Kills as last one standing", "LstKls"),
        Count("last_players_standing_killed", "Last ones standing killed", "Finish"),
    ),
)

EXTRACTION = Objective(
    source="extraction_stats",
    columns=("successful_extractions", "extraction_conversions_completed"),
    stats=(
        Count("successful_extractions", "Extractions", "Extrct"),
        Count("extraction_initiations_completed", "Extractions initiated", "Starts"),
        Count("extraction_initiations_denied", "Initiations denied", "Denied"),
        Count("extraction_conversions_completed", "Conversions", "Conv"),
        Count("extraction_conversions_denied", "Conversions denied", "CnvDen"),
    ),
)

STOCKPILE = Objective(
    source="stockpile_stats",
    columns=("power_seeds_deposited", "power_seeds_stolen"),
    stats=(
        Count("power_seeds_deposited", "Power seeds deposited", "Seeds"),
        Count("power_seeds_stolen", "Power seeds stolen", "Stolen"),
        Count("power_seed_carriers_killed", "Seed carriers killed", "Stops"),
        Count("kills_as_power_seed_carrier", "Kills as seed carrier", "CarKls"),
        Time("time_as_power_seed_carrier", "Time with a seed", "Time"),
        Time("time_as_power_seed_driver", "Time driving a seed", "Drive"),
    ),
)

BOMB = Objective(
    source="bomb_stats",
    columns=("bomb_detonations", "bomb_plants"),
    stats=(
        Count("bomb_detonations", "Bomb detonations", "Booms"),
        Count("bomb_plants", "Bomb plants", "Plants"),
        Count("bomb_defusals", "Bomb defusals", "Defuse"),
        Count("bomb_returns", "Bomb returns", "Return"),
        Count("bomb_pick_ups", "Bomb grabs", "Grabs"),
        Count("bomb_carriers_killed", "Bomb carriers killed", "Stops"),
        Count("bomb_defusers_killed", "Bomb defusers killed", "DefKls"),
        Count("kills_as_bomb_carrier", "Kills as bomb carrier", "CarKls"),
        Time("time_as_bomb_carrier", "Time with the bomb", "Time"),
    ),
)

INFECTION = Objective(
    source="infection_stats",
    columns=("spartans_infected", "infected_killed"),
    stats=(
        Count("spartans_infected", "Spartans infected", "Infect"),
        Count("infected_killed", "Infected killed", "InfKls"),
        Count("alphas_killed", "Alphas killed", "Alphas"),
        Count("spartans_infected_as_alpha", "Spartans infected as alpha", "AlpInf"),
        Count("rounds_survived_as_spartan", "Rounds survived", "Surviv"),
        Count("rounds_as_alpha", "Rounds as alpha", "AlpRnd"),
        Count("kills_as_last_spartan_standing", "Kills as last Spartan standing", "LstKls"),
        Count("last_spartans_standing_infected", "Last Spartans standing infected", "LstInf"),
        Time("time_as_last_spartan_standing", "Time as last Spartan standing", "Last"),
    ),
)

VIP = Objective(
    source="vip_stats",
    columns=("vip_kills", "time_as_vip"),
    stats=(
        Count("vip_kills", "VIPs killed", "VIPs"),
        Count("vip_assists", "VIP assists", "VIPAst"),
        Count("times_selected_as_vip", "Times chosen as VIP", "Chosen"),
        Count("kills_as_vip", "Kills as VIP", "VIPKls"),
        Count("max_killing_spree_as_vip", "Best killing spree as VIP", "Spree", peak=True),
        Time("time_as_vip", "Time as VIP", "Time"),
        Time("longest_time_as_vip", "Longest time as VIP", "Long", peak=True),
    ),
)

ENEMIES = Objective(
    source="pve_stats",
    columns=("boss_kills", "elite_kills"),
    stats=(
        Count("boss_kills", "Bosses killed", "Bosses"),
        Count("hunter_kills", "Hunters killed", "Hunter"),
        Count("elite_kills", "Elites killed", "Elites"),
        Count("brute_kills", "Brutes killed", "Brutes"),
        Count("jackal_kills", "Jackals killed", "Jackal"),
        Count("grunt_kills", "Grunts killed", "Grunts"),
        Count("skimmer_kills", "Skimmers killed", "Skimmr"),
        Count("sentinel_kills", "Sentinels killed", "Sentnl"),
        Count("marine_kills", "Marines killed", "Marine"),
    ),
)

#: One objective for each sub-model, for modes that say nothing of themselves.
OBJECTIVES = (FLAG, ODDBALL, ZONES, ELIMINATION, EXTRACTION, STOCKPILE, BOMB, INFECTION, VIP, ENEMIES)
