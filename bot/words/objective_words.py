"""Words for the statistics of a mode's objective, by their key in :mod:`bot.stats.objectives`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.words.phrase import Phrase, phrase, term

__all__ = ["OBJECTIVE_HEADS", "OBJECTIVE_NAMES", "objective_name"]

OBJECTIVE_NAMES: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "flag_captures": phrase("Flag captures"),
        "flag_capture_assists": phrase("Capture assists"),
        "flag_returns": phrase("Flag returns"),
        "flag_steals": phrase("Flag steals"),
        "flag_grabs": phrase("Flag grabs"),
        "flag_carriers_killed": phrase("Flag carriers killed"),
        "flag_returners_killed": phrase("Flag returners killed"),
        "kills_as_flag_carrier": phrase("Kills as flag carrier"),
        "time_as_flag_carrier": phrase("Time with the flag"),
        "time_as_skull_carrier": phrase("Time with the ball"),
        "longest_time_as_skull_carrier": phrase("Longest time with the ball"),
        "skull_scoring_ticks": phrase("Scoring ticks"),
        "skull_grabs": phrase("Ball grabs"),
        "skull_carriers_killed": phrase("Ball carriers killed"),
        "kills_as_skull_carrier": phrase("Kills as ball carrier"),
        "zone_captures": phrase("Zone captures"),
        "zone_secures": phrase("Zone secures"),
        "zone_occupation_time": phrase("Time in zones"),
        "zone_offensive_kills": phrase("Offensive kills"),
        "zone_defensive_kills": phrase("Defensive kills"),
        "zone_scoring_ticks": phrase("Scoring ticks"),
        "hill_occupation_time": phrase("Time in the hill"),
        "hill_scoring_ticks": phrase("Scoring ticks"),
        "hill_captures": phrase("Hill captures"),
        "hill_secures": phrase("Hill secures"),
        "hill_offensive_kills": phrase("Offensive kills"),
        "hill_defensive_kills": phrase("Defensive kills"),
        "eliminations": phrase("Eliminations"),
        "elimination_assists": phrase("Elimination assists"),
        "allies_revived": phrase("Allies revived"),
        "times_revived_by_ally": phrase("Times revived"),
        "enemy_revives_denied": phrase("Enemy revives denied"),
        "executions": phrase("Executions"),
        "rounds_survived": phrase("Rounds survived"),
        "kills_as_last_player_standing": phrase("Kills as last one standing"),
        "last_players_standing_killed": phrase("Last ones standing killed"),
        "successful_extractions": phrase("Extractions"),
        "extraction_initiations_completed": phrase("Extractions initiated"),
        "extraction_initiations_denied": phrase("Initiations denied"),
        "extraction_conversions_completed": phrase("Conversions"),
        "extraction_conversions_denied": phrase("Conversions denied"),
        "power_seeds_deposited": phrase("Power seeds deposited"),
        "power_seeds_stolen": phrase("Power seeds stolen"),
        "power_seed_carriers_killed": phrase("Seed carriers killed"),
        "kills_as_power_seed_carrier": phrase("Kills as seed carrier"),
        "time_as_power_seed_carrier": phrase("Time with a seed"),
        "time_as_power_seed_driver": phrase("Time driving a seed"),
        "bomb_detonations": phrase("Bomb detonations"),
        "bomb_plants": phrase("Bomb plants"),
        "bomb_defusals": phrase("Bomb defusals"),
        "bomb_returns": phrase("Bomb returns"),
        "bomb_pick_ups": phrase("Bomb grabs"),
        "bomb_carriers_killed": phrase("Bomb carriers killed"),
        "bomb_defusers_killed": phrase("Bomb defusers killed"),
        "kills_as_bomb_carrier": phrase("Kills as bomb carrier"),
        "time_as_bomb_carrier": phrase("Time with the bomb"),
        "spartans_infected": phrase("Spartans infected"),
        "infected_killed": phrase("Infected killed"),
        "alphas_killed": phrase("Alphas killed"),
        "spartans_infected_as_alpha": phrase("Spartans infected as alpha"),
        "rounds_survived_as_spartan": phrase("Rounds survived"),
        "rounds_as_alpha": phrase("Rounds as alpha"),
        "kills_as_last_spartan_standing": phrase("Kills as last Spartan standing"),
        "last_spartans_standing_infected": phrase("Last Spartans standing infected"),
        "time_as_last_spartan_standing": phrase("Time as last Spartan standing"),
        "vip_kills": phrase("VIPs killed"),
        "vip_assists": phrase("VIP assists"),
        "times_selected_as_vip": phrase("Times chosen as VIP"),
        "kills_as_vip": phrase("Kills as VIP"),
        "max_killing_spree_as_vip": phrase("Best killing spree as VIP"),
        "time_as_vip": phrase("Time as VIP"),
        "longest_time_as_vip": phrase("Longest time as VIP"),
        "boss_kills": phrase("Bosses killed"),
        "hunter_kills": phrase("Hunters killed"),
        "elite_kills": phrase("Elites killed"),
        "brute_kills": phrase("Brutes killed"),
        "jackal_kills": phrase("Jackals killed"),
        "grunt_kills": phrase("Grunts killed"),
        "skimmer_kills": phrase("Skimmers killed"),
        "sentinel_kills": phrase("Sentinels killed"),
        "marine_kills": phrase("Marines killed"),
    }
)

#: Column heads of a scoreboard: short, for those statistics that get a column.
OBJECTIVE_HEADS: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "flag_captures": term("scoreboard column", "CAPS"),
        "flag_returns": term("scoreboard column", "RETURN"),
        "time_as_skull_carrier": term("scoreboard column", "TIME"),
        "skull_carriers_killed": term("scoreboard column", "STOPS"),
        "zone_captures": term("scoreboard column", "CAPS"),
        "zone_occupation_time": term("scoreboard column", "TIME"),
        "hill_occupation_time": term("scoreboard column", "TIME"),
        "hill_scoring_ticks": term("scoreboard column", "TICKS"),
        "eliminations": term("scoreboard column", "ELIMS"),
        "allies_revived": term("scoreboard column", "REVIVES"),
        "successful_extractions": term("scoreboard column", "EXTRACTS"),
        "extraction_conversions_completed": term("scoreboard column", "CONV"),
        "power_seeds_deposited": term("scoreboard column", "SEEDS"),
        "power_seeds_stolen": term("scoreboard column", "STOLEN"),
        "bomb_detonations": term("scoreboard column", "BOOMS"),
        "bomb_plants": term("scoreboard column", "PLANTS"),
        "spartans_infected": term("scoreboard column", "INFECT"),
        "infected_killed": term("scoreboard column", "INF. KILLS"),
        "vip_kills": term("scoreboard column", "VIPS"),
        "time_as_vip": term("scoreboard column", "TIME"),
        "boss_kills": term("scoreboard column", "BOSSES"),
        "elite_kills": term("scoreboard column", "ELITES"),
    }
)


def objective_name(key: str) -> Phrase | str:
    """Name a statistic; one without words by its key."""
    return OBJECTIVE_NAMES.get(key, key.replace("_", " "))
