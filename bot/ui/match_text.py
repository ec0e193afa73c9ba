"""The text twins of a match's pictures: the scoreboard and the medals, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from bot.halo.models.refdata import Outcome
from bot.stats.match_report import MatchReport, PlayerLine, TeamLine
from bot.ui.texts import count, decimal, duration, name, signed

__all__ = ["medal_lines", "scoreboard_alt", "scoreboard_lines"]

Measure = Callable[[PlayerLine], int | Decimal | None]
# What the scoreboard compares: bold for best in team, underlined for best in match.
COMPARED: dict[str, Measure] = {
    "kills": lambda line: line.kills,
    "kda": lambda line: line.kda,
    "accuracy": lambda line: line.accuracy,
    "score": lambda line: line.personal_score,
}


def scoreboard_lines(report: MatchReport) -> Iterator[str]:
    """Every player, grouped by team: place, gamertag, K/D/A, KDA, accuracy, score, CSR change, remarks."""
    best_in_match = _best(report.players)
    heads = {team.team_id: _team(team) for team in report.teams}
    for team_id, group in groupby(report.players, key=lambda line: line.team_id if heads else None):
        lines = list(group)
        if team_id is not None and team_id in heads:
            yield heads[team_id]
        best_in_team = _best(lines) if heads else {}
        for line in lines:
            yield _player(line, best_in_team, best_in_match)


def _team(team: TeamLine) -> str:
    points = f" ({count(team.points)})" if team.points is not None else ""
    return f"**{name(team.name)}** · {count(team.shown)}{points}"


def _best(lines: Sequence[PlayerLine]) -> dict[str, int | Decimal]:
    best: dict[str, int | Decimal] = {}
    for key, measure in COMPARED.items():
        values = [value for line in lines if (value := measure(line)) is not None]
        if values and max(values) > 0:
            best[key] = max(values)
    return best


def _player(line: PlayerLine, in_team: dict[str, int | Decimal], in_match: dict[str, int | Decimal]) -> str:
    def mark(key: str, text: str) -> str:
        value = COMPARED[key](line)
        if value is not None and value == in_team.get(key):
            text = f"**{text}**"
        return f"__{text}__" if value is not None and value == in_match.get(key) else text

    kills = mark("kills", count(line.kills))
    parts = [
        f"{kills}/{count(line.deaths)}/{count(line.assists)}",
        f"KDA {mark('kda', decimal(line.kda))}",
        mark("accuracy", f"{decimal(line.accuracy)}%") if line.accuracy is not None else "–%",
        mark("score", count(line.personal_score)),
    ]
    if line.csr is not None and line.csr.delta is not None:
        parts.append(f"CSR {signed(line.csr.delta)}")
    who = f"**{name(line.gamertag)}**" if line.is_subject else name(line.gamertag)
    pointer = "▸ " if line.is_subject else ""
    return f"{pointer}`{line.rank:>2}` {who}{_remarks(line)} · " + " · ".join(parts)


def _remarks(line: PlayerLine) -> str:
    remarks = ["bot"] if line.is_bot else []
    if line.joined_after is not None:
        remarks.append(f"joined at {duration(line.joined_after)}")
    if line.left_after is not None:
        remarks.append(f"left at {duration(line.left_after)}")
    elif line.outcome is Outcome.DID_NOT_FINISH:
        remarks.append("left")
    return f" *({', '.join(remarks)})*" if remarks else ""


def medal_lines(report: MatchReport) -> list[str]:
    """Every medal of the subject, rarest first: count, name, what it is for."""
    return [
        f"`{medal.count:>2}×` **{name(medal.name)}**"
        + (f" – {name(medal.description)}" if medal.description else "")
        for medal in report.medals
    ]


def scoreboard_alt(report: MatchReport) -> str:
    """What the scoreboard picture shows, for those who do not see it."""
    score = ", ".join(f"{team.name} {team.shown}" for team in report.teams)
    players = ", ".join(f"{p.gamertag} {p.kills}/{p.deaths}/{p.assists}" for p in report.players)
    return (
        f"Scoreboard of {report.mode} on {report.map_name}" + (f", {score}" if score else "") + f": {players}"
    )
