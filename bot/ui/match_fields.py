"""The fields of a match's summary: the player's numbers, and what they mean for the rank."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from bot.stats.match_report import CsrChange, CsrStanding, MatchReport, ObjectiveStat
from bot.ui.emoji import TierEmoji
from bot.ui.limits import FIELD_VALUE, join_within
from bot.ui.texts import name
from bot.words.language import Language
from bot.words.match_words import mode_name
from bot.words.objective_words import objective_name
from bot.words.phrase import phrase, term
from bot.words.rank_words import standing_name

__all__ = ["add_numbers", "add_skill"]

NOTHING = "–"
KDA = term("kills, deaths, assists", "KDA")


def add_numbers(embed: discord.Embed, report: MatchReport, language: Language) -> None:
    """Add what the player did: kills, damage, accuracy, and the mode's own numbers."""
    me, say, numbers = report.subject, language.say, language.numbers
    kda = f"**{numbers.count(me.kills)}** / **{numbers.count(me.deaths)}** / **{numbers.count(me.assists)}**"
    embed.add_field(
        name=say(term("kills, deaths, assists", "K / D / A")),
        value=f"{kda}\n{say(KDA)} **{numbers.decimal(me.kda)}**",
    )
    damage = phrase("{dealt} dealt\n{taken} taken", dealt=me.damage_dealt, taken=me.damage_taken)
    embed.add_field(name=say(phrase("Damage")), value=say(damage))
    shots = say(phrase("{hits} of {fired} shots", hits=me.shots_hit, fired=me.shots_fired))
    accuracy = f"**{numbers.percent(me.accuracy)}**" if me.accuracy is not None else NOTHING
    embed.add_field(name=say(phrase("Accuracy")), value=f"{accuracy}\n{shots}")
    embed.add_field(name=say(phrase("Headshots")), value=numbers.count(me.headshot_kills))
    life = language.tenths(me.average_life) if me.average_life is not None else NOTHING
    embed.add_field(name=say(phrase("Average life")), value=life)
    embed.add_field(
        name=say(phrase("Score")), value=f"{numbers.count(me.personal_score)}\n{_place(report, language)}"
    )
    if me.objective:
        parts = [f"{say(objective_name(stat.key))} **{_amount(stat, language)}**" for stat in me.objective]
        embed.add_field(
            name=name(say(mode_name(report))),
            value=join_within(parts, FIELD_VALUE, separator=" · "),
            inline=False,
        )


def add_skill(embed: discord.Embed, report: MatchReport, emoji: TierEmoji, language: Language) -> None:
    """Add CSR and how the match went against expectation, as far as it is known."""
    me = report.subject
    if me.csr is not None:
        embed.add_field(name=language.say(phrase("CSR")), value=_csr(me.csr, emoji, language))
    elif report.skill_pending:
        pending = phrase("not published yet, follows here")
        embed.add_field(name=language.say(phrase("CSR")), value=language.say(pending))
    for title, text in _expected(report, emoji, language):
        embed.add_field(name=title, value=text)


def _place(report: MatchReport, language: Language) -> str:
    rank = report.subject.rank
    if not rank:
        return ""
    place = language.numbers.ordinal(rank)
    return language.say(phrase("{place} of {players}", place=place, players=len(report.players)))


def _amount(stat: ObjectiveStat, language: Language) -> str:
    if isinstance(stat.value, int):
        return language.numbers.count(stat.value)
    return language.duration(stat.value)


def _csr(change: CsrChange, emoji: TierEmoji, language: Language) -> str:
    say, count = language.say, language.numbers.count
    if change.after.value is None:
        done, total = change.after.placement_done, change.after.placement_total
        placement = (
            phrase("In placement, {done} of {total}", done=done, total=total)
            if total
            else phrase("In placement")
        )
        return f"{emoji.write(change.after)}{say(placement)}"
    after = f"**{count(change.after.value)}**"
    moved = (
        f"{count(change.before.value)} → {after}"
        if change.before.value is not None
        else say(phrase("placed at {csr}", csr=after))
    )
    by = f" ({language.numbers.signed(change.delta)})" if change.delta is not None else ""
    return f"{moved}{by}\n{_rank(change.after, emoji, language)}"


def _rank(standing: CsrStanding, emoji: TierEmoji, language: Language) -> str:
    return f"{emoji.write(standing)}{language.say(standing_name(standing))}"


def _expected(report: MatchReport, emoji: TierEmoji, language: Language) -> Iterator[tuple[str, str]]:
    expectation = report.expectation
    if expectation is None:
        return
    me, numbers = report.subject, language.numbers
    pairs = (
        (phrase("Kills **{actual}**, expected {expected}"), me.kills, expectation.kills),
        (phrase("Deaths **{actual}**, expected {expected}"), me.deaths, expectation.deaths),
    )
    lines = [
        language.say(words, actual=actual, expected=numbers.decimal(expected, 1))
        for words, actual, expected in pairs
        if expected is not None
    ]
    if lines:
        yield language.say(phrase("Against expectation")), "\n".join(lines)
    if expectation.played_like is not None:
        yield language.say(phrase("Played like")), _rank(expectation.played_like, emoji, language)
