"""A player's ranks in words: the text twin of the card of ``/csr``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

import discord

from bot.halo.models.refdata import Tier
from bot.stats.csr_rank import CsrRank
from bot.stats.csr_sheet import CsrRow, CsrSheet
from bot.stats.match_report import CsrStanding
from bot.ui.emoji import TierEmoji
from bot.ui.texts import ago, moment, name, plain
from bot.words.csr_words import (
    change_words,
    playlist_title,
    progress_words,
    rank_title,
    season_title,
    unanswered_words,
    waiting_words,
)
from bot.words.language import Language
from bot.words.phrase import Phrase, phrase
from bot.words.rank_words import standing_name

__all__ = ["csr_alt", "csr_embed"]

COLOURS: Final[Mapping[str, int]] = MappingProxyType(
    {
        Tier.BRONZE: 0xB9743C,
        Tier.SILVER: 0xB8C4CF,
        Tier.GOLD: 0xF0BF45,
        Tier.PLATINUM: 0x63C7C0,
        Tier.DIAMOND: 0x6FA8FF,
        Tier.ONYX: 0xB07CFF,
    }
)
UNRANKED: Final = 0x56697C


def csr_embed(sheet: CsrSheet, emoji: TierEmoji, language: Language) -> discord.Embed:
    """Every playlist with the figures of the card, in the colour of the highest rank."""
    title = phrase("CSR · {season}", season=season_title(sheet.season))
    embed = discord.Embed(
        title=language.say(title),
        colour=_colour(sheet),
        description="\n".join(_headlines(sheet, language)),
    )
    embed.set_author(name=plain(sheet.gamertag), icon_url=sheet.gamerpic_url)
    for row in sheet.rows:
        lines = "\n".join(_lines(row, sheet, emoji, language))
        embed.add_field(name=name(language.say(playlist_title(row))), value=lines, inline=False)
    return embed


def csr_alt(sheet: CsrSheet, language: Language) -> str:
    """What the card shows, for those who do not see it."""
    is_over = not sheet.is_current_season
    rows = [
        language.series(
            filter(
                None,
                (
                    f"{language.say(playlist_title(row))} {_value(row.rank.current, language)}",
                    language.say(rank_title(row.rank, is_over=is_over)),
                ),
            )
        )
        for row in sheet.rows
    ]
    title = phrase(
        "Ranks of {player}, {season}", player=plain(sheet.gamertag), season=season_title(sheet.season)
    )
    return language.say(phrase("{title}: {items}", title=title, items=" · ".join(rows)))


def _colour(sheet: CsrSheet) -> int:
    ranked = [row.rank.current for row in sheet.rows if row.rank.is_ranked]
    best = max(ranked, key=lambda standing: standing.value or 0, default=None)
    return UNRANKED if best is None else COLOURS.get(str(best.tier), UNRANKED)


def _headlines(sheet: CsrSheet, language: Language) -> Iterator[str]:
    say = language.say
    season = sheet.season
    if season is not None and season.ends_at is not None:
        words = (
            phrase("until {moment}, {ago}") if sheet.is_current_season else phrase("ended {moment}, {ago}")
        )
        yield say(words, moment=moment(season.ends_at), ago=ago(season.ends_at))
    if not sheet.rows and sheet.is_complete:
        yield say(_nothing(sheet))
    yield f"-# {' · '.join(map(say, _freshness(sheet)))}"


def _nothing(sheet: CsrSheet) -> Phrase:
    player = name(sheet.gamertag)
    if sheet.unanswered:
        return phrase("Of what Halo answered, **{player}** has played no ranked match.", player=player)
    if sheet.is_current_season:
        return phrase(
            "**{player}** has no ranked matches yet. Five or ten placement matches in a ranked playlist give the "
            "first rank, which then shows here.",
            player=player,
        )
    return phrase("**{player}** played no ranked matches in this season.", player=player)


def _freshness(sheet: CsrSheet) -> Iterator[Phrase]:
    """Say how old this is, what is still to come and what will not come."""
    oldest = sheet.oldest
    if sheet.waiting:
        yield phrase("still asking Halo")
        yield waiting_words(sheet.waiting)
    elif oldest is not None and not sheet.has_live:
        yield phrase("Halo services are having trouble · last known {ago}", ago=ago(oldest))
    elif not sheet.unanswered:
        yield phrase("live")
    if sheet.unanswered:
        yield unanswered_words(sheet.unanswered)
    if oldest is not None and (sheet.waiting or sheet.has_live):
        yield phrase("what is marked is last known")
    elif sheet.unanswered and sheet.has_live and not sheet.waiting:
        yield phrase("what shows is live")


def _lines(row: CsrRow, sheet: CsrSheet, emoji: TierEmoji, language: Language) -> Iterator[str]:
    """The rank, how it moved, its peaks, and of when it is if it is not live. Each is to fit a phone's width."""
    say, rank = language.say, row.rank
    parts = map(say, _standing(rank, language, is_over=not sheet.is_current_season))
    yield emoji.write(rank.current) + " · ".join(parts)
    if changes := [say(words) for _, words in change_words(row.changes, language.numbers)]:
        yield " · ".join(changes)
    if (peaks := _peaks(rank, emoji, language)) is not None:
        yield say(peaks)
    if row.known_at is not None:
        yield f"-# {say(phrase('last known {moment}', moment=ago(row.known_at)))}"


def _standing(rank: CsrRank, language: Language, *, is_over: bool) -> Iterator[Phrase | str]:
    """Say where a player stands: with the way to go from there, or how far a placement has come."""
    done, total = rank.current.placement_done, rank.current.placement_total
    if rank.is_ranked:
        yield rank_title(rank, is_over=is_over)
        yield f"**{_value(rank.current, language)}**"
        if not is_over and (words := progress_words(rank)) is not None:
            yield words
    elif rank.is_played_this_season and total and not is_over:
        yield phrase("In placement, {done} of {total}", done=done, total=total)
    else:
        yield rank_title(rank, is_over=is_over)
        if rank.is_played_this_season and total:
            yield f"**{_value(rank.current, language)}**"


def _value(standing: CsrStanding, language: Language) -> str:
    if standing.value is not None:
        return language.numbers.count(standing.value)
    done, total = standing.placement_done, standing.placement_total
    return f"{done}/{total}" if total else ""


def _peaks(rank: CsrRank, emoji: TierEmoji, language: Language) -> Phrase | None:
    season, all_time = (_peak(it, emoji, language) for it in (rank.season_peak, rank.all_time_peak))
    if season is None:
        return None if all_time is None else phrase("all-time peak {csr}", csr=all_time)
    if all_time is None:
        return phrase("season peak {csr}", csr=season)
    if season == all_time:
        return phrase("season and all-time peak {csr}", csr=season)
    return phrase("peak {season} · all-time {all_time}", season=season, all_time=all_time)


def _peak(peak: CsrStanding | None, emoji: TierEmoji, language: Language) -> str | None:
    """A peak with the icon of its rank, or the rank's name where the icon cannot be had."""
    if peak is None or peak.value is None:
        return None
    csr = language.numbers.count(peak.value)
    return f"{icon}{csr}" if (icon := emoji.write(peak)) else f"{csr} ({language.say(standing_name(peak))})"
