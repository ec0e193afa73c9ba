"""A kind of answer: its model, and bodies of it.

A small one of our own, that of the simulated world, and the recording beside the project.
"""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.bodies import simulated_bodies
from benchmarks.kinds import KINDS as ASKED_KINDS
from bot.halo.models.base import HaloModel

__all__ = ["Kind"]

RECORDINGS = Path(__file__).parents[3] / "../shared/halo/responses"


@dataclass(frozen=True)
class Kind:
    name: str
    model: type[HaloModel]
    small: dict[str, Any]

    def body(self, source: str) -> dict[str, Any]:
        bodies = {"small": lambda: self.small, "simulated": self.simulated, "recorded": self.recorded}
        return bodies[source]()

    def recorded(self) -> dict[str, Any]:
        if not RECORDINGS.is_dir():
            pytest.skip("the recordings are not beside this project")
        path = RECORDINGS / f"{self.name}.json"
        if not path.exists():
            pytest.skip("nobody has recorded one")
        return one_of(json.loads(path.read_text(encoding="utf-8-sig")))

    def simulated(self) -> dict[str, Any]:
        bodies = _simulated_bodies()
        if self.name not in bodies:
            pytest.skip("the simulated world is not asked for one")
        return one_of(json.loads(bodies[self.name]))


def one_of(body: Any) -> dict[str, Any]:
    """The body, or the first one of a list."""
    return body[0] if isinstance(body, list) else body


@functools.cache
def _simulated_bodies() -> Mapping[str, bytes]:
    return asyncio.run(simulated_bodies(ASKED_KINDS))
