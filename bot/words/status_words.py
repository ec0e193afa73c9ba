"""Words for how the bot is doing: Halo's services, what is wrong with them, and the work that waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from bot.stats.status import Service, ServiceStatus, TroubleKind, Waiting
from bot.words.phrase import Phrase, phrase, phrases, term

__all__ = ["SERVICES", "SIGN_IN", "TROUBLE", "WORK", "service_words", "work_name", "work_words"]

SERVICES: Final[Mapping[Service, Phrase]] = MappingProxyType(
    {
        Service.MATCHES: term("service", "Matches"),
        Service.RANKS: term("service", "Ranks"),
        Service.PLAYERS: term("service", "Players"),
        Service.SEASONS_AND_MEDALS: term("service", "Seasons and medals"),
        Service.MAPS_AND_MODES: term("service", "Maps and modes"),
        Service.SERVICE_TAGS: term("service", "Service tags"),
    }
)
SIGN_IN: Final = term("service", "Sign-in")
TROUBLE: Final[Mapping[TroubleKind, Phrase]] = MappingProxyType(
    {
        TroubleKind.SILENT: phrase("does not answer"),
        TroubleKind.FAILING: phrase("answers with errors"),
        TroubleKind.BUSY: phrase("asks me to slow down"),
        TroubleKind.OPERATOR: phrase("needs my operator"),
    }
)
#: By the kinds of the ingest's jobs, in the order of what people wait for.
WORK: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        "backfill": term("work", "First matches of new accounts"),
        "refresh": term("work", "New matches"),
        "rank": term("work", "Ranks of players"),
        "ladder": term("work", "Everybody's ranks"),
        "older": term("work", "Older matches"),
        "match": term("work", "Matches that were missing"),
    }
)


def work_name(kind: str) -> Phrase | str:
    """Name a kind of work; one that has no words yet by itself."""
    return WORK.get(kind, kind)


def service_words(status: ServiceStatus, since: str, answered: str) -> Phrase:
    """Say how a service that was asked behaves; ``since`` and ``answered`` are its moments, written."""
    if status.trouble is None:
        return phrase("answered {when}", when=answered)
    trouble = TROUBLE[status.trouble.kind]
    if status.answered_at is None:
        return phrase("{trouble}: it began {since}", trouble=trouble, since=since)
    return phrase(
        "{trouble}: it began {since}, the last good answer came {when}",
        trouble=trouble,
        since=since,
        when=answered,
    )


def work_words(work: Waiting, first: str | None) -> Iterator[Phrase]:
    """Say how much is being done, and how much waits; ``first`` is when the first of that was or will be due."""
    if work.in_hand:
        yield phrases("**{count}** look-up under way", "**{count}** look-ups under way", count=work.in_hand)
    if first is not None:
        yield _waiting_words(work, first)


def _waiting_words(waiting: Waiting, first: str) -> Phrase:
    if not waiting.due:
        return phrases(
            "{count} look-up planned, the next {when}",
            "{count} look-ups planned, the next {when}",
            count=waiting.later,
            when=first,
        )
    due = phrases(
        "**{count}** look-up waits, the oldest was due {when}",
        "**{count}** look-ups wait, the oldest was due {when}",
        count=waiting.due,
        when=first,
    )
    if not waiting.later:
        return due
    return phrases("{due}; {count} planned", "{due}; {count} planned", count=waiting.later, due=due)
