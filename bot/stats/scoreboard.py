"""A match's teams and players, in the order in which one of the players wants to read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.halo.models.stats import MatchStats, TeamStats
from bot.stats.clock import match_clock
from bot.stats.match_report import CsrChange, PlayerLine, TeamLine
from bot.stats.modes import find_objectives, mode_for
from bot.stats.participants import find_subject, parts_of
from bot.stats.player_line import player_line

__all__ = ["Scoreboard", "build_scoreboard"]

_MAX_OBJECTIVE_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoreboard:
    """Everybody in a match.

    ``teams`` has the subject's first, then the others by rank, and is empty in free-for-all; ``players``
    (``subject`` among them) follow the teams, by rank within. ``objective_columns`` are the keys of the
    objective statistics that deserve a column.
    """

    subject: PlayerLine
    teams: tuple[TeamLine, ...]
    players: tuple[PlayerLine, ...]
    objective_columns: tuple[str, ...]


def build_scoreboard(
    stats: MatchStats,
    *,
    subject_xuid: int,
    gamertags: Mapping[int, str],
    csr_changes: Mapping[str, CsrChange],
) -> Scoreboard:
    """Compute everybody's line of a match.

    Args:
        stats: The match.
        subject_xuid: The player whose team comes first.
        gamertags: Gamertags by XUID.
        csr_changes: What the match did to CSR, by player id; players without a change are left out.

    Raises:
        SubjectNotInMatchError: The subject is not among the players.
    """
    subject = find_subject(stats, subject_xuid)
    category = stats.match_info.game_variant_category
    objectives = find_objectives(category, parts_of(stats.players))
    clock = match_clock(stats.match_info)
    lines = [
        player_line(
            player,
            gamertags=gamertags,
            subject_xuid=subject_xuid,
            in_team=bool(stats.teams),
            clock=clock,
            objectives=objectives,
            csr=csr_changes.get(player.player_id),
        )
        for player in stats.players
    ]
    teams = _team_lines(stats, subject.last_team_id)
    columns = [key for objective in objectives for key in objective.columns]
    return Scoreboard(
        subject=next(line for line in lines if line.is_subject),
        teams=teams,
        players=_in_reading_order(lines, teams),
        objective_columns=tuple(columns[:_MAX_OBJECTIVE_COLUMNS]),
    )


def _team_lines(stats: MatchStats, subject_team_id: int | None) -> tuple[TeamLine, ...]:
    """Return the teams: the subject's, then by rank."""
    mode = mode_for(stats.match_info.game_variant_category)
    by_rounds = mode is not None and mode.scored_by_rounds
    ordered = sorted(stats.teams, key=lambda t: (t.team_id != subject_team_id, t.rank, t.team_id))
    return tuple(
        _team_line(team, by_rounds=by_rounds, is_subject=team.team_id == subject_team_id) for team in ordered
    )


def _team_line(team: TeamStats, *, by_rounds: bool, is_subject: bool) -> TeamLine:
    score, rounds = team.stats.core_stats.score, team.stats.core_stats.rounds_won
    return TeamLine(
        team_id=team.team_id,
        outcome=team.outcome,
        shown=rounds if by_rounds else score,
        points=score if by_rounds else None,
        is_subject=is_subject,
    )


def _in_reading_order(lines: list[PlayerLine], teams: tuple[TeamLine, ...]) -> tuple[PlayerLine, ...]:
    """Group players by team, whoever is in none of the teams last; by rank and score within."""
    order: dict[int | None, int] = {team.team_id: position for position, team in enumerate(teams)}

    def place(line: PlayerLine) -> tuple[int, int, int, str]:
        return order.get(line.team_id, len(order)), line.rank, -line.personal_score, line.player_id

    return tuple(sorted(lines, key=place))
