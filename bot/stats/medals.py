"""Medals a player earned in a match, with the names and pictures that Halo's metadata gives them."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.halo.models.gamecms_hacs import Medal, MedalMetadata, TranslatableString
from bot.halo.models.refdata import MedalNameId
from bot.halo.models.stats import MatchStats
from bot.stats.match_report import MedalTally
from bot.stats.participants import core_parts, find_subject

__all__ = ["name_medal", "tally_medals"]

#: Discord's Latin American Spanish has no region of its own in Halo's metadata.
_LOCALE_ALIASES: Final = {"es-419": "es-MX"}


def tally_medals(
    stats: MatchStats, xuid: int, metadata: MedalMetadata | None, locale: str = "en-US"
) -> tuple[MedalTally, ...]:
    """Count the medals a player earned in a match, rarest first.

    Rarer is a higher difficulty, then a higher sorting weight (Double Kill 100, Triple Kill 150, Overkill
    220). Medals that the metadata lacks come last, since nothing says how rare they are.

    Args:
        stats: The match.
        xuid: The player.
        metadata: Halo's medal metadata; without it every medal is unknown.
        locale: The language of names and descriptions, such as "de" or "pt-BR"; English where it is missing.

    Raises:
        SubjectNotInMatchError: The player is not in the match.
    """
    counts: Counter[MedalNameId] = Counter()
    for core in core_parts(find_subject(stats, xuid)):
        for medal in core.medals:
            counts[medal.name_id] += medal.count
    known = {medal.name_id: medal for medal in metadata.medals} if metadata else {}
    earned = [(name_id, known.get(name_id)) for name_id, count in counts.items() if count > 0]
    earned.sort(key=lambda entry: _rarity(*entry))
    return tuple(_tally(name_id, counts[name_id], medal, locale) for name_id, medal in earned)


def name_medal(name_id: int, medal: Medal | None, locale: str = "en-US") -> str:
    """Return what a medal is called in a language, "" for one that nobody knows; ``medal`` is its metadata."""
    return _translate(medal.name if medal else None, locale) or _known_name(MedalNameId(name_id))


def _rarity(name_id: MedalNameId, medal: Medal | None) -> tuple[bool, int, int, int]:
    """Return the key that sorts rarest first, always in the same order."""
    if medal is None:
        return True, 0, 0, int(name_id)
    difficulty = -1 if medal.difficulty is None else int(medal.difficulty)
    return False, -difficulty, -medal.sorting_weight, medal.sprite_index


def _tally(name_id: MedalNameId, count: int, medal: Medal | None, locale: str) -> MedalTally:
    return MedalTally(
        name_id=int(name_id),
        count=count,
        name=_translate(medal.name if medal else None, locale) or _known_name(name_id),
        description=_translate(medal.description if medal else None, locale),
        difficulty=None if medal is None or medal.difficulty is None else int(medal.difficulty),
        sprite_index=medal.sprite_index if medal else None,
    )


def _known_name(name_id: MedalNameId) -> str:
    """Return the English name of a medal that the metadata lacks, or "" for one that nobody knows."""
    return name_id.display_name if name_id.name in MedalNameId.__members__ else ""


def _translate(text: TranslatableString | None, locale: str) -> str:
    """Return a text in the locale, else in another region's form of its language, else in English."""
    if text is None:
        return ""
    wanted = _LOCALE_ALIASES.get(locale, locale).casefold()
    language = wanted.partition("-")[0]
    if language == "en":
        return text.value
    by_code = {code.casefold(): value for code, value in text.translations.items() if value}
    related = (value for code, value in by_code.items() if code.partition("-")[0] == language)
    return by_code.get(wanted) or next(related, text.value)
