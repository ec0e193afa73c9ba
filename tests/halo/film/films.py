"""Events as a reader is to return them, and the films that hold them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.halo.film.event import HighlightEvent
from bot.halo.film.medals import FILM_MEDALS
from bot.playground.world.film import FilmMoment, write_highlight_events

ALICE, BOB, CAROL = 2533274800000001, 2535400000000002, 2712200000000003
GAMERTAGS = {ALICE: "Alice Õ", BOB: "B0B", CAROL: "Sixteen Letters!"}


def kill(xuid: int, time_ms: int) -> HighlightEvent:
    return HighlightEvent(xuid, GAMERTAGS[xuid], 50, False, "kill", time_ms, 0, None)


def death(xuid: int, time_ms: int) -> HighlightEvent:
    return HighlightEvent(xuid, GAMERTAGS[xuid], 20, False, "death", time_ms, 1, None)


def mode(xuid: int, time_ms: int) -> HighlightEvent:
    return HighlightEvent(xuid, GAMERTAGS[xuid], 10, False, "mode", time_ms, 2, None)


def medal(xuid: int, time_ms: int, code: int = 0, weight: int = 50) -> HighlightEvent:
    name = FILM_MEDALS[code].display_name if code in FILM_MEDALS else None
    return HighlightEvent(xuid, GAMERTAGS[xuid], weight, True, "medal", time_ms, code, name)


def film(events: Iterable[HighlightEvent], version: int = 41, lead_bits: int = 1200) -> bytes:
    moments = [
        FilmMoment(
            xuid=event.xuid,
            gamertag=event.gamertag,
            kind=event.type_hint,
            time_ms=event.time_ms,
            is_medal=event.is_medal,
            code=event.medal_value,
        )
        for event in events
    ]
    return write_highlight_events(moments, version, lead_bits=lead_bits)


def bits_of(content: bytes) -> str:
    return f"{int.from_bytes(content, 'big'):0{8 * len(content)}b}" if content else ""


def bytes_of(bits: str) -> bytes:
    size = -(-len(bits) // 8)
    return int(bits.ljust(8 * size, "0") or "0", 2).to_bytes(size, "big")
