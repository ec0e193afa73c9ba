"""From a match report to the input of its scoreboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from bot.draw.scoreboard import Scoreboard
from bot.draw.scoreboard_labels import ENGLISH_SCOREBOARD, ScoreboardLabels
from bot.draw.scoreboard_parts import Cell, Mark, Place, PlayerRow, Side, TierIcon, Tone
from bot.stats.match_report import CsrChange, MatchReport, ObjectiveStat, PlayerLine, TeamLine

__all__ = ["scoreboard_card"]

_MOST_OBJECTIVES: Final = 2
_ABSENT: Final = "·"

_Amount = int | Decimal | timedelta


def scoreboard_card(
    report: MatchReport, *, footer: str, labels: ScoreboardLabels = ENGLISH_SCOREBOARD
) -> Scoreboard:
    """Word a report as a scoreboard; ``footer`` stands at the lower right ("Adjutant")."""
    columns = _columns(report.players, labels)
    outcome = report.subject.outcome.name
    return Scoreboard(
        outcome=outcome,
        pill=labels.outcomes.get(outcome, labels.finished),
        title=labels.title.format(mode=report.mode, map=report.map_name),
        subtitle=" · ".join(
            (report.playlist or labels.custom, labels.length(report.duration), labels.day(report.started_at))
        ),
        player_head=labels.player,
        heads=tuple(column.head for column in columns),
        sides=_sides(report, columns, labels),
        place=_place(report, labels),
        legend=_legend(report, labels),
        footer=footer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column: its head, the number it holds (None where there is none) and how that is written."""

    head: str
    amount: Callable[[PlayerLine], _Amount | None]
    text: Callable[[PlayerLine], str]
    tone: Callable[[PlayerLine], Tone] = lambda _: Tone.PLAIN
    has_best: bool = True


def _columns(players: Sequence[PlayerLine], labels: ScoreboardLabels) -> tuple[_Column, ...]:
    number = labels.number
    core = (
        _Column(
            head=labels.score, amount=lambda p: p.personal_score, text=lambda p: number(p.personal_score)
        ),
        _Column(head=labels.kills, amount=lambda p: p.kills, text=lambda p: number(p.kills)),
        _Column(
            head=labels.deaths, amount=lambda p: p.deaths, text=lambda p: number(p.deaths), has_best=False
        ),
        _Column(head=labels.assists, amount=lambda p: p.assists, text=lambda p: number(p.assists)),
        _Column(head=labels.kda, amount=lambda p: p.kda, text=lambda p: labels.fraction(p.kda)),
        _Column(
            head=labels.accuracy, amount=lambda p: p.accuracy, text=lambda p: _percent(p.accuracy, labels)
        ),
        _Column(head=labels.damage, amount=lambda p: p.damage_dealt, text=lambda p: number(p.damage_dealt)),
    )
    csr = _Column(
        head=labels.csr,
        amount=lambda p: p.csr.delta if p.csr else None,
        text=lambda p: _csr_text(p.csr, labels),
        tone=lambda p: _csr_tone(p.csr),
        has_best=False,
    )
    ranked = any(player.csr for player in players)
    return (*core, *_objective_columns(players, labels), *((csr,) if ranked else ()))


def _objective_columns(players: Sequence[PlayerLine], labels: ScoreboardLabels) -> list[_Column]:
    """Return the columns of the mode's first statistics; a player may lack what another has."""
    known: dict[str, ObjectiveStat] = {}
    for player in players:
        for stat in player.objective:
            known.setdefault(stat.key, stat)
    return [
        _Column(
            head=labels.objectives.get(stat.key, stat.short.upper()),
            amount=lambda player, key=stat.key: _objective(player, key),
            text=lambda player, key=stat.key: _objective_text(_objective(player, key), labels),
        )
        for stat in list(known.values())[:_MOST_OBJECTIVES]
    ]


def _objective(player: PlayerLine, key: str) -> int | timedelta | None:
    return next((stat.value for stat in player.objective if stat.key == key), None)


def _objective_text(value: int | timedelta | None, labels: ScoreboardLabels) -> str:
    if value is None:
        return _ABSENT
    return _clock(value) if isinstance(value, timedelta) else labels.number(value)


def _percent(accuracy: Decimal | None, labels: ScoreboardLabels) -> str:
    if accuracy is None:
        return _ABSENT
    return f"{labels.fraction(accuracy.quantize(Decimal('0.1'), rounding=ROUND_DOWN))}%"


def _csr_text(csr: CsrChange | None, labels: ScoreboardLabels) -> str:
    if csr is None:
        return _ABSENT
    if csr.delta is None:
        after = csr.after
        return f"{after.placement_done}/{after.placement_total}" if after.placement_total else _ABSENT
    return f"+{labels.number(csr.delta)}" if csr.delta > 0 else labels.number(csr.delta)


def _csr_tone(csr: CsrChange | None) -> Tone:
    if csr is None or not csr.delta:
        return Tone.MUTED
    return Tone.GOOD if csr.delta > 0 else Tone.BAD


def _clock(offset: timedelta) -> str:
    minutes, seconds = divmod(max(int(offset.total_seconds()), 0), 60)
    return f"{minutes}:{seconds:02d}"


def _sides(report: MatchReport, columns: Sequence[_Column], labels: ScoreboardLabels) -> tuple[Side, ...]:
    """Group the rows by team; whoever is on none of them comes last, and is everybody in a free-for-all."""
    ranked = any(player.csr for player in report.players)
    match_best = _best(columns, report.players)
    teams: list[TeamLine | None] = [*report.teams, None]
    known = {team.team_id for team in report.teams}
    sides: list[Side] = []
    for team in teams:
        players = [
            player
            for player in report.players
            if (player.team_id == team.team_id if team else player.team_id not in known)
        ]
        team_best = _best(columns, players if team else ())
        rows = tuple(
            _row(player, _cells(player, columns, team_best, match_best), labels, ranked=ranked)
            for player in players
        )
        if team or rows:
            sides.append(_side(team, rows, labels))
    return tuple(sides)


def _side(team: TeamLine | None, rows: tuple[PlayerRow, ...], labels: ScoreboardLabels) -> Side:
    if team is None:
        return Side(team_id=None, name="", score="", points="", rows=rows)
    points = "" if team.points is None else f"({labels.number(team.points)})"
    return Side(
        team_id=team.team_id,
        name=team.name.upper(),
        score=labels.number(team.shown),
        points=points,
        rows=rows,
    )


def _best(columns: Sequence[_Column], players: Sequence[PlayerLine]) -> list[_Amount | None]:
    """Return each column's best number among the players, or None where nobody stands out."""
    best: list[_Amount | None] = []
    for column in columns:
        amounts: list[Any] = [a for p in players if (a := column.amount(p)) is not None]
        stands_out = column.has_best and len(amounts) > 1 and max(amounts) > min(amounts)
        best.append(max(amounts) if stands_out else None)
    return best


def _cells(
    player: PlayerLine,
    columns: Sequence[_Column],
    team_best: Sequence[_Amount | None],
    match_best: Sequence[_Amount | None],
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column, in_team, in_match in zip(columns, team_best, match_best, strict=True):
        amount = column.amount(player)
        mark = Mark.NONE
        if amount is not None and amount == in_match:
            mark = Mark.BEST_IN_MATCH
        elif amount is not None and amount == in_team:
            mark = Mark.BEST_IN_TEAM
        tone = Tone.MUTED if amount is None else column.tone(player)
        cells.append(Cell(text=column.text(player), mark=mark, tone=tone))
    return tuple(cells)


def _row(player: PlayerLine, cells: tuple[Cell, ...], labels: ScoreboardLabels, *, ranked: bool) -> PlayerRow:
    notes = (
        labels.bot if player.is_bot else "",
        "" if player.joined_after is None else labels.joined.format(time=_clock(player.joined_after)),
        "" if player.left_after is None else labels.left.format(time=_clock(player.left_after)),
    )
    standing = player.csr.after if player.csr else None
    icon = TierIcon(
        tier=str(standing.tier) if standing else "", sub_tier=standing.sub_tier if standing else None
    )
    return PlayerRow(
        rank=str(player.rank) if player.rank > 0 else _ABSENT,
        name=player.gamertag,
        note=" · ".join(filter(None, notes)),
        tier=icon if ranked else None,
        cells=cells,
        is_subject=player.is_subject,
    )


def _place(report: MatchReport, labels: ScoreboardLabels) -> Place | None:
    if report.teams or report.place is None:
        return None
    return Place(
        place=labels.number(report.place),
        contestants=labels.contestants.format(contestants=report.contestants),
        caption=labels.place,
    )


def _legend(report: MatchReport, labels: ScoreboardLabels) -> str:
    if len(report.players) < 2:
        return ""
    return labels.legend if len(report.teams) > 1 else labels.solo_legend
