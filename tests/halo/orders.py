"""Short words for what tests order of the simulated Halo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.playground.halo import Fault, FaultKind, HaloService

__all__ = ["CACHEABLE", "answer", "fail", "hold"]

CACHEABLE = MappingProxyType({"Cache-Control": "public, max-age=86400"})


def answer(
    service: HaloService,
    body: Any,
    status: int = 200,
    *,
    path: str = "*",
    query: str = "*",
    times: int | None = None,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Answer with that body, which is sent as it is if it is text or bytes, and as JSON otherwise."""
    service.faults.add(
        Fault(
            kind=FaultKind.STATUS,
            path=path,
            query=query,
            times=times,
            status=status,
            body=body if isinstance(body, str | bytes) else json.dumps(body),
            headers=dict(headers),
        )
    )


def fail(service: HaloService, how: FaultKind | int = 503, *, times: int | None = None) -> None:
    """Fail in one way, or with a status, from now on or so many times."""
    if isinstance(how, FaultKind):
        service.faults.add(Fault(kind=how, times=times))
    else:
        service.faults.add(Fault(kind=FaultKind.STATUS, status=how, times=times))


def hold(service: HaloService) -> Callable[[], None]:
    """Keep all answers back; returns what lets them go."""
    number = service.faults.add(Fault(kind=FaultKind.HOLD))
    return lambda: service.faults.remove(number)
