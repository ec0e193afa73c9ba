"""The text twins of a match's pictures: the scoreboard and the medals, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from bot.halo.models.refdata import Outcome
from bot.stats.match_report import MatchReport, MedalTally, PlayerLine, TeamLine
from bot.ui.texts import name
from bot.words.language import Language
from bot.words.match_words import map_name, medal_name, mode_name, player_name, team_name
from bot.words.phrase import Phrase, phrase, phrases, term

__all__ = ["medal_kinds", "medal_lines", "medals_alt", "scoreboard_alt", "scoreboard_lines"]

KDA = term("kills, deaths, assists", "KDA")
CSR = phrase("CSR")

Measure = Callable[[PlayerLine], int | Decimal | None]
# What the scoreboard compares: bold for best in team, underlined for best in match.
COMPARED: dict[str, Measure] = {
    "kills": lambda line: line.kills,
    "kda": lambda line: line.kda,
    "accuracy": lambda line: line.accuracy,
    "score": lambda line: line.personal_score,
}


def scoreboard_lines(report: MatchReport, language: Language) -> Iterator[str]:
    """Every player, grouped by team: place, gamertag, K/D/A, KDA, accuracy, score, CSR change, remarks."""
    best_in_match = _best(report.players)
    heads = {team.team_id: _team(team, language) for team in report.teams}
    for team_id, group in groupby(report.players, key=lambda line: line.team_id if heads else None):
        lines = list(group)
        if team_id is not None and team_id in heads:
            yield heads[team_id]
        best_in_team = _best(lines) if heads else {}
        for line in lines:
            yield _player(line, best_in_team, best_in_match, language)


def _team(team: TeamLine, language: Language) -> str:
    count = language.numbers.count
    points = f" ({count(team.points)})" if team.points is not None else ""
    return f"**{language.say(team_name(team))}** · {count(team.shown)}{points}"


def _best(lines: Sequence[PlayerLine]) -> dict[str, int | Decimal]:
    best: dict[str, int | Decimal] = {}
    for key, measure in COMPARED.items():
        values = [value for line in lines if (value := measure(line)) is not None]
        if values and max(values) > 0:
            best[key] = max(values)
    return best


def _player(
    line: PlayerLine,
    in_team: dict[str, int | Decimal],
    in_match: dict[str, int | Decimal],
    language: Language,
) -> str:
    numbers, count = language.numbers, language.numbers.count

    def mark(key: str, text: str) -> str:
        value = COMPARED[key](line)
        if value is not None and value == in_team.get(key):
            text = f"**{text}**"
        return f"__{text}__" if value is not None and value == in_match.get(key) else text

    kills = mark("kills", count(line.kills))
    parts = [
        f"{kills}/{count(line.deaths)}/{count(line.assists)}",
        f"{language.say(KDA)} {mark('kda', numbers.decimal(line.kda))}",
        mark("accuracy", numbers.percent(line.accuracy)) if line.accuracy is not None else "–%",
        mark("score", count(line.personal_score)),
    ]
    if line.csr is not None and line.csr.delta is not None:
        parts.append(f"{language.say(CSR)} {numbers.signed(line.csr.delta)}")
    who = name(language.say(player_name(line)))
    if line.is_subject:
        who = f"**{who}**"
    pointer = "▸ " if line.is_subject else ""
    return f"{pointer}`{line.rank:>2}` {who}{_remarks(line, language)} · " + " · ".join(parts)


def _remarks(line: PlayerLine, language: Language) -> str:
    remarks = [phrase("bot")] if line.is_bot else []
    if line.joined_after is not None:
        remarks.append(phrase("joined at {time}", time=line.joined_after))
    if line.left_after is not None:
        remarks.append(phrase("left at {time}", time=line.left_after))
    elif line.outcome is Outcome.DID_NOT_FINISH:
        remarks.append(phrase("left"))
    return f" *({language.series(map(language.say, remarks))})*" if remarks else ""


def medal_lines(report: MatchReport, language: Language) -> list[str]:
    """Every medal of the subject, rarest first: count, name, what it is for."""
    return [
        f"`{medal.count:>2}×` **{name(language.say(medal_name(medal)))}**"
        + (f" – {name(medal.description)}" if medal.description else "")
        for medal in report.medals
    ]


def medal_kinds(medals: Sequence[MedalTally]) -> Phrase:
    """Say how many different medals there are."""
    return phrases("{count} medal", "{count} medals", count=len(medals))


def medals_alt(medals: Sequence[MedalTally], language: Language) -> str:
    """What the picture of the medals shows, for those who do not see it."""
    listed = language.series(
        f"{language.numbers.count(medal.count)}× {language.say(medal_name(medal))}" for medal in medals
    )
    return language.say(phrase("{title}: {items}", title=medal_kinds(medals), items=listed))


def scoreboard_alt(report: MatchReport, language: Language) -> str:
    """What the scoreboard picture shows, for those who do not see it."""
    say, count = language.say, language.numbers.count
    title = phrase("Scoreboard of {mode} on {map}", mode=say(mode_name(report)), map=say(map_name(report)))
    score = [f"{say(team_name(team))} {count(team.shown)}" for team in report.teams]
    players = [
        f"{say(player_name(p))} {count(p.kills)}/{count(p.deaths)}/{count(p.assists)}" for p in report.players
    ]
    heading = language.series([say(title), *score])
    return say(phrase("{title}: {items}", title=heading, items=language.series(players)))
