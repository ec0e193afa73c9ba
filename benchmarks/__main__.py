"""Run the benchmarks, all or those named, and print one table."""

from __future__ import annotations

import argparse
import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from benchmarks import (
    bursts,
    cache_hits,
    films,
    films_at_once,
    lastmatch,
    leaderboard,
    lookups,
    loop_lag,
    parsing,
    store,
)
from benchmarks.reference import is_reference_here
from benchmarks.table import Part, format_part

Measure: TypeAlias = Callable[[], Awaitable[list[Part]]]

AGAINST_SPNKR: Final[Mapping[str, Measure]] = {
    "parsing": parsing.measure,
    "films": films.measure,
    "films-at-once": films_at_once.measure,
    "bursts": bursts.measure,
    "cache": cache_hits.measure,
    "lookups": lookups.measure,
}
OF_THE_BOT: Final[Mapping[str, Measure]] = {
    "lastmatch": lastmatch.measure,
    "leaderboard": leaderboard.measure,
    "loop": loop_lag.measure,
    "store": store.measure,
}
PARTS: Final = {**AGAINST_SPNKR, **OF_THE_BOT}


async def main(names: list[str]) -> None:
    logging.disable(logging.WARNING)
    for name in names:
        for part in await PARTS[name]():
            print(*format_part(part), "", sep="\n", flush=True)


def run() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of {', '.join(PARTS)}")
    names = parser.parse_args().parts or list(PARTS)
    if unknown := set(names) - PARTS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if not is_reference_here() and AGAINST_SPNKR.keys() & names:
        parser.error(f"spnkr is not installed (make bench does it); without it: {' '.join(OF_THE_BOT)}")
    asyncio.run(main(names))


if __name__ == "__main__":
    run()
