"""A match in words: the embed of ``/lastmatch`` in its three faces, summary, scoreboard and medals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.halo.models.refdata import Outcome
from bot.stats.csr import standing_label
from bot.stats.match_report import CsrChange, CsrStanding, MatchReport, ObjectiveStat, StatKind, TeamLine
from bot.ui.emoji import TierEmoji
from bot.ui.limits import EMBED_DESCRIPTION, FIELD_VALUE, join_within
from bot.ui.match_text import medal_lines, scoreboard_lines
from bot.ui.texts import ago, count, decimal, duration, moment, name, plain, signed

__all__ = ["Freshness", "medals_embed", "scoreboard_embed", "summary_embed"]

COLOURS = {
    Outcome.WIN: 0x46C48A,
    Outcome.LOSS: 0xE5534B,
    Outcome.TIE: 0xE3B341,
    Outcome.DID_NOT_FINISH: 0x7D8590,
}
OUTCOMES = {
    Outcome.WIN: "Victory",
    Outcome.LOSS: "Defeat",
    Outcome.TIE: "Tie",
    Outcome.DID_NOT_FINISH: "Did not finish",
    Outcome.DID_NOT_START: "Did not start",
}
NEUTRAL = 0x7D8590


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old an answer is: live, or last known at a moment because the services are down."""

    is_live: bool
    at: datetime


def summary_embed(report: MatchReport, fresh: Freshness, emoji: TierEmoji) -> discord.Embed:
    """The match as the player saw it."""
    embed = _frame(report, fresh)
    me = report.subject
    embed.add_field(
        name="K / D / A",
        value=f"**{count(me.kills)}** / **{count(me.deaths)}** / **{count(me.assists)}**\nKDA **{decimal(me.kda)}**",
    )
    embed.add_field(name="Damage", value=f"{count(me.damage_dealt)} dealt\n{count(me.damage_taken)} taken")
    shots = f"{count(me.shots_hit)} of {count(me.shots_fired)} shots"
    accuracy = f"**{decimal(me.accuracy)}%**\n{shots}" if me.accuracy is not None else f"–\n{shots}"
    embed.add_field(name="Accuracy", value=accuracy)
    embed.add_field(name="Headshots", value=count(me.headshot_kills))
    life = f"{me.average_life.total_seconds():.1f} s" if me.average_life is not None else "–"
    embed.add_field(name="Average life", value=life)
    embed.add_field(name="Score", value=f"{count(me.personal_score)}\n{_place(report)}")
    if me.objective:
        embed.add_field(name=name(report.mode), value=_objective(me.objective), inline=False)
    if me.csr is not None:
        embed.add_field(name="CSR", value=_csr(me.csr, emoji))
    elif report.skill_pending:
        embed.add_field(name="CSR", value="not published yet, follows here")
    for title, text in _expected(report, emoji):
        embed.add_field(name=title, value=text)
    if report.medals:
        tallies = [f"{count(m.count)}× {name(m.name)}" for m in report.medals]
        embed.add_field(
            name="Medals",
            value=join_within(tallies, FIELD_VALUE, separator=" · ", more="+{count} more"),
            inline=False,
        )
    return embed


def scoreboard_embed(report: MatchReport, fresh: Freshness) -> discord.Embed:
    """Every player, as the text twin of the picture."""
    embed = _frame(report, fresh)
    head = embed.description or ""
    room = EMBED_DESCRIPTION - len(head) - 2
    embed.description = f"{head}\n\n{join_within(scoreboard_lines(report), room)}"
    return embed


def medals_embed(report: MatchReport, fresh: Freshness) -> discord.Embed:
    """Every medal with its count and what it is for."""
    embed = _frame(report, fresh)
    head = embed.description or ""
    lines = medal_lines(report) or ["No medals in this match."]
    embed.description = f"{head}\n\n{join_within(lines, EMBED_DESCRIPTION - len(head) - 2)}"
    return embed


def _frame(report: MatchReport, fresh: Freshness) -> discord.Embed:
    me = report.subject
    embed = discord.Embed(
        title=f"{OUTCOMES.get(me.outcome, 'Played')} · {name(report.mode)} on {name(report.map_name)}",
        colour=COLOURS.get(me.outcome, NEUTRAL),
        description="\n".join(_headlines(report, fresh)),
    )
    embed.set_author(name=plain(me.gamertag), icon_url=report.gamerpic_url)
    if report.map_image_url:
        embed.set_thumbnail(url=report.map_image_url)
    return embed


def _headlines(report: MatchReport, fresh: Freshness) -> Iterator[str]:
    parts = [f"**{name(report.playlist)}**" if report.playlist else "Custom game"]
    parts.append(duration(report.duration))
    yield " · ".join(parts)
    if report.teams:
        yield " – ".join(_team(team) for team in report.teams)
    elif report.place is not None:
        yield f"**{_ordinal(report.place)}** of {count(report.contestants)}"
    yield f"{moment(report.ended_at)}, {ago(report.ended_at)}"
    if fresh.is_live:
        yield "-# live"
    else:
        yield f"-# Halo services are having trouble · last known {ago(fresh.at)}"


def _team(team: TeamLine) -> str:
    points = f" ({count(team.points)})" if team.points is not None else ""
    text = f"{name(team.name)} **{count(team.shown)}**{points}"
    return f"▸ {text}" if team.is_subject else text


def _place(report: MatchReport) -> str:
    return f"{_ordinal(report.subject.rank)} of {count(len(report.players))}" if report.subject.rank else ""


def _ordinal(place: int) -> str:
    suffix = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _objective(stats: tuple[ObjectiveStat, ...]) -> str:
    parts = [f"{stat.label} **{_amount(stat)}**" for stat in stats]
    return join_within(parts, FIELD_VALUE, separator=" · ")


def _amount(stat: ObjectiveStat) -> str:
    if stat.kind is StatKind.DURATION and not isinstance(stat.value, int):
        return duration(stat.value)
    return count(int(stat.value)) if isinstance(stat.value, int) else duration(stat.value)


def _csr(change: CsrChange, emoji: TierEmoji) -> str:
    if change.after.value is None:
        done, total = change.after.placement_done, change.after.placement_total
        return f"{emoji.write(change.after)}In placement" + (f", {done} of {total}" if total else "")
    after = f"**{count(change.after.value)}**"
    moved = (
        f"{count(change.before.value)} → {after}" if change.before.value is not None else f"placed at {after}"
    )
    by = f" ({signed(change.delta)})" if change.delta is not None else ""
    return f"{moved}{by}\n{_rank(change.after, emoji)}"


def _rank(standing: CsrStanding, emoji: TierEmoji) -> str:
    return f"{emoji.write(standing)}{standing_label(standing)}"


def _expected(report: MatchReport, emoji: TierEmoji) -> Iterator[tuple[str, str]]:
    expectation = report.expectation
    if expectation is None:
        return
    me = report.subject
    pairs = (("Kills", me.kills, expectation.kills), ("Deaths", me.deaths, expectation.deaths))
    lines = [
        f"{label} **{count(actual)}**, expected {decimal(expected, 1)}"
        for label, actual, expected in pairs
        if expected is not None
    ]
    if lines:
        yield "Against expectation", "\n".join(lines)
    if expectation.played_like is not None:
        yield "Played like", _rank(expectation.played_like, emoji)
