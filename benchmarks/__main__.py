"""Run every benchmark and print one table."""

from __future__ import annotations

import asyncio
import logging

from benchmarks import lastmatch, loop_lag, parsing, store


async def main() -> None:
    logging.disable(logging.WARNING)
    results = [
        *parsing.measure(),
        *await lastmatch.measure(),
        *await loop_lag.measure(),
        *await store.measure(),
    ]
    width = max(len(result.what) for result in results)
    print(f"{'what':<{width}}  {'measured':>12}  {'bound':>12}  ratio")
    for result in results:
        print(
            f"{result.what:<{width}}  {result.measured_text:>12}  {result.bound_text:>12}  {result.ratio:.2f}"
        )


def run() -> None:
    asyncio.run(main())


if __name__ == "__main__":
    run()
