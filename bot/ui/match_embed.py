"""A match in words: the embed of ``/lastmatch`` in its three faces, summary, scoreboard and medals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.halo.models.refdata import Outcome
from bot.stats.match_report import MatchReport, TeamLine
from bot.ui.emoji import TierEmoji
from bot.ui.limits import EMBED_DESCRIPTION, FIELD_VALUE, join_within
from bot.ui.match_fields import add_numbers, add_skill
from bot.ui.match_text import medal_lines, scoreboard_lines
from bot.ui.texts import ago, moment, name, plain
from bot.words.language import Language
from bot.words.match_words import (
    OUTCOMES,
    map_name,
    medal_name,
    mode_name,
    player_name,
    playlist_name,
    team_name,
)
from bot.words.phrase import phrase, phrases

__all__ = ["Freshness", "medals_embed", "scoreboard_embed", "summary_embed"]

COLOURS = {
    Outcome.WIN: 0x46C48A,
    Outcome.LOSS: 0xE5534B,
    Outcome.TIE: 0xE3B341,
    Outcome.DID_NOT_FINISH: 0x7D8590,
}
NEUTRAL = 0x7D8590
PLAYED = phrase("Played")


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old an answer is: live, or last known at a moment because the services are down."""

    is_live: bool
    at: datetime


def summary_embed(
    report: MatchReport, fresh: Freshness, emoji: TierEmoji, language: Language
) -> discord.Embed:
    """The match as the player saw it."""
    embed = _frame(report, fresh, language)
    add_numbers(embed, report, language)
    add_skill(embed, report, emoji, language)
    if report.medals:
        tallies = [
            f"{language.numbers.count(medal.count)}× {name(language.say(medal_name(medal)))}"
            for medal in report.medals
        ]
        more = phrases("+{count} more", "+{count} more")
        embed.add_field(
            name=language.say(phrase("Medals")),
            value=join_within(
                tallies, FIELD_VALUE, separator=" · ", more=lambda left: language.say(more, count=left)
            ),
            inline=False,
        )
    return embed


def scoreboard_embed(report: MatchReport, fresh: Freshness, language: Language) -> discord.Embed:
    """Every player, as the text twin of the picture."""
    embed = _frame(report, fresh, language)
    head = embed.description or ""
    room = EMBED_DESCRIPTION - len(head) - 2
    embed.description = f"{head}\n\n{join_within(scoreboard_lines(report, language), room)}"
    return embed


def medals_embed(report: MatchReport, fresh: Freshness, language: Language) -> discord.Embed:
    """Every medal with its count and what it is for."""
    embed = _frame(report, fresh, language)
    head = embed.description or ""
    lines = medal_lines(report, language) or [language.say(phrase("No medals in this match."))]
    embed.description = f"{head}\n\n{join_within(lines, EMBED_DESCRIPTION - len(head) - 2)}"
    return embed


def _frame(report: MatchReport, fresh: Freshness, language: Language) -> discord.Embed:
    me, say = report.subject, language.say
    title = phrase(
        "{outcome} · {mode} on {map}",
        outcome=OUTCOMES.get(me.outcome, PLAYED),
        mode=name(say(mode_name(report))),
        map=name(say(map_name(report))),
    )
    embed = discord.Embed(
        title=say(title),
        colour=COLOURS.get(me.outcome, NEUTRAL),
        description="\n".join(_headlines(report, fresh, language)),
    )
    embed.set_author(name=plain(say(player_name(me))), icon_url=report.gamerpic_url)
    if report.map_image_url:
        embed.set_thumbnail(url=report.map_image_url)
    return embed


def _headlines(report: MatchReport, fresh: Freshness, language: Language) -> Iterator[str]:
    say = language.say
    playlist = name(say(playlist_name(report)))
    played_in = playlist if report.playlist_id is None else f"**{playlist}**"
    yield f"{played_in} · {language.duration(report.duration)}"
    if report.teams:
        yield " – ".join(_team(team, language) for team in report.teams)
    elif report.place is not None:
        place = language.numbers.ordinal(report.place)
        yield say(phrase("**{place}** of {players}", place=place, players=report.contestants))
    yield say(phrase("{moment}, {ago}", moment=moment(report.ended_at), ago=ago(report.ended_at)))
    known = (
        phrase("live")
        if fresh.is_live
        else phrase("Halo services are having trouble · last known {ago}", ago=ago(fresh.at))
    )
    yield f"-# {say(known)}"


def _team(team: TeamLine, language: Language) -> str:
    count = language.numbers.count
    points = f" ({count(team.points)})" if team.points is not None else ""
    text = f"{language.say(team_name(team))} **{count(team.shown)}**{points}"
    return f"▸ {text}" if team.is_subject else text
