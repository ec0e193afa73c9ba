"""What linked players play, brought in behind the commands: jobs that fetch, and what decides when.

`Ingest` is what the bot runs and what commands call. Below it: `workers` take jobs from the store and do them,
`histories` and `ranks` are what they do, `intake` fetches each match once, `quiet_halo` keeps it all within a
share of the rate and leaves a service in trouble alone, `cadence` says how often who is looked after.
"""

from __future__ import annotations

from bot.ingest.ingest import Ingest
from bot.ingest.meter import Meter
from bot.ingest.progress import Progress

__all__ = ["Ingest", "Meter", "Progress"]
