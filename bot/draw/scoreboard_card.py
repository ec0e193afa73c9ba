"""From a match report to the input of its scoreboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any, Final

from bot.draw.scoreboard import Scoreboard
from bot.draw.scoreboard_parts import Cell, Mark, Place, PlayerRow, Side, TierIcon, Tone
from bot.halo.models.refdata import Outcome
from bot.stats.match_report import CsrChange, MatchReport, PlayerLine, TeamLine
from bot.words.language import Language
from bot.words.match_words import map_name, mode_name, player_name, playlist_name, team_name
from bot.words.objective_words import OBJECTIVE_HEADS, objective_name
from bot.words.phrase import Phrase, phrase, term

__all__ = ["scoreboard_card"]

_ABSENT: Final = "·"

_PILLS: Final = {
    Outcome.WIN: term("scoreboard", "VICTORY"),
    Outcome.LOSS: term("scoreboard", "DEFEAT"),
    Outcome.TIE: term("scoreboard", "DRAW"),
    Outcome.DID_NOT_FINISH: term("scoreboard", "DID NOT FINISH"),
}
_FINISHED: Final = term("scoreboard", "FINISHED")

_Amount = int | Decimal | timedelta


def scoreboard_card(report: MatchReport, language: Language, *, footer: str) -> Scoreboard:
    """Word a report as a scoreboard; ``footer`` stands at the lower right ("Adjutant")."""
    say = language.say
    columns = _columns(report, language)
    outcome = report.subject.outcome
    title = phrase("{mode} on {map}", mode=say(mode_name(report)), map=say(map_name(report)))
    return Scoreboard(
        language=language.code,
        outcome=outcome.name,
        pill=say(_PILLS.get(outcome, _FINISHED)),
        title=say(title),
        subtitle=" · ".join(
            (
                say(playlist_name(report)),
                language.duration(report.duration),
                language.day(report.started_at),
            )
        ),
        player_head=say(term("scoreboard column", "PLAYER")),
        heads=tuple(say(column.head) for column in columns),
        sides=_sides(report, columns, language),
        place=_place(report, language),
        legend=_legend(report, language),
        footer=footer,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column: its head, the number it holds (None where there is none) and how that is written."""

    head: Phrase | str
    amount: Callable[[PlayerLine], _Amount | None]
    text: Callable[[PlayerLine], str]
    tone: Callable[[PlayerLine], Tone] = lambda _: Tone.PLAIN
    has_best: bool = True


def _columns(report: MatchReport, language: Language) -> tuple[_Column, ...]:
    number = language.numbers.count
    core = (
        _Column(
            head=term("scoreboard column", "SCORE"),
            amount=lambda p: p.personal_score,
            text=lambda p: number(p.personal_score),
        ),
        _Column(
            head=term("scoreboard column", "K"), amount=lambda p: p.kills, text=lambda p: number(p.kills)
        ),
        _Column(
            head=term("scoreboard column", "D"),
            amount=lambda p: p.deaths,
            text=lambda p: number(p.deaths),
            has_best=False,
        ),
        _Column(
            head=term("scoreboard column", "A"), amount=lambda p: p.assists, text=lambda p: number(p.assists)
        ),
        _Column(
            head=term("scoreboard column", "KDA"),
            amount=lambda p: p.kda,
            text=lambda p: language.numbers.decimal(p.kda),
        ),
        _Column(
            head=term("scoreboard column", "ACC"),
            amount=lambda p: p.accuracy,
            text=lambda p: _percent(p.accuracy, language),
        ),
        _Column(
            head=term("scoreboard column", "DAMAGE"),
            amount=lambda p: p.damage_dealt,
            text=lambda p: number(p.damage_dealt),
        ),
    )
    csr = _Column(
        head=term("scoreboard column", "CSR"),
        amount=lambda p: p.csr.delta if p.csr else None,
        text=lambda p: _csr_text(p.csr, language),
        tone=lambda p: _csr_tone(p.csr),
        has_best=False,
    )
    ranked = any(player.csr for player in report.players)
    return (*core, *_objective_columns(report, language), *((csr,) if ranked else ()))


def _objective_columns(report: MatchReport, language: Language) -> list[_Column]:
    """Return the columns of the mode's own statistics; a player may lack what another has."""
    return [
        _Column(
            head=OBJECTIVE_HEADS.get(key, objective_name(key)),
            amount=lambda player, key=key: _objective(player, key),
            text=lambda player, key=key: _objective_text(_objective(player, key), language),
        )
        for key in report.objective_columns
    ]


def _objective(player: PlayerLine, key: str) -> int | timedelta | None:
    return next((stat.value for stat in player.objective if stat.key == key), None)


def _objective_text(value: int | timedelta | None, language: Language) -> str:
    if value is None:
        return _ABSENT
    return _clock(value) if isinstance(value, timedelta) else language.numbers.count(value)


def _percent(accuracy: Decimal | None, language: Language) -> str:
    if accuracy is None:
        return _ABSENT
    return language.numbers.percent(accuracy.quantize(Decimal("0.1"), rounding=ROUND_DOWN), places=1)


def _csr_text(csr: CsrChange | None, language: Language) -> str:
    if csr is None:
        return _ABSENT
    if csr.delta is None:
        after = csr.after
        return f"{after.placement_done}/{after.placement_total}" if after.placement_total else _ABSENT
    return language.numbers.signed(csr.delta) if csr.delta else "0"


def _csr_tone(csr: CsrChange | None) -> Tone:
    if csr is None or not csr.delta:
        return Tone.MUTED
    return Tone.GOOD if csr.delta > 0 else Tone.BAD


def _clock(offset: timedelta) -> str:
    minutes, seconds = divmod(max(int(offset.total_seconds()), 0), 60)
    return f"{minutes}:{seconds:02d}"


def _sides(report: MatchReport, columns: Sequence[_Column], language: Language) -> tuple[Side, ...]:
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
            _row(player, _cells(player, columns, team_best, match_best), language, ranked=ranked)
            for player in players
        )
        if team or rows:
            sides.append(_side(team, rows, language))
    return tuple(sides)


def _side(team: TeamLine | None, rows: tuple[PlayerRow, ...], language: Language) -> Side:
    if team is None:
        return Side(team_id=None, name="", score="", points="", rows=rows)
    points = "" if team.points is None else f"({language.numbers.count(team.points)})"
    return Side(
        team_id=team.team_id,
        name=language.say(team_name(team)).upper(),
        score=language.numbers.count(team.shown),
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


def _row(player: PlayerLine, cells: tuple[Cell, ...], language: Language, *, ranked: bool) -> PlayerRow:
    notes = [phrase("bot")] if player.is_bot else []
    if player.joined_after is not None:
        notes.append(phrase("joined at {time}", time=_clock(player.joined_after)))
    if player.left_after is not None:
        notes.append(phrase("left at {time}", time=_clock(player.left_after)))
    standing = player.csr.after if player.csr else None
    icon = TierIcon(
        tier=str(standing.tier) if standing else "", sub_tier=standing.sub_tier if standing else None
    )
    return PlayerRow(
        rank=str(player.rank) if player.rank > 0 else _ABSENT,
        name=language.say(player_name(player)),
        note=" · ".join(map(language.say, notes)),
        tier=icon if ranked else None,
        cells=cells,
        is_subject=player.is_subject,
    )


def _place(report: MatchReport, language: Language) -> Place | None:
    if report.teams or report.place is None:
        return None
    return Place(
        place=language.numbers.count(report.place),
        contestants=f"/ {language.numbers.count(report.contestants)}",
        caption=language.say(term("scoreboard", "PLACE")),
    )


def _legend(report: MatchReport, language: Language) -> str:
    if len(report.players) < 2:
        return ""
    words = (
        phrase("bold: best in team · underlined: best in match")
        if len(report.teams) > 1
        else phrase("underlined: best in match")
    )
    return language.say(words)
