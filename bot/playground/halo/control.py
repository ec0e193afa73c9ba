"""The service's own controls over HTTP, for when it runs in another process than whoever uses it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.playground.halo.answers import answer_json, answer_refusal
from bot.playground.halo.faults import Fault, FaultBook, FaultKind
from bot.playground.halo.gate import CONTROL, Gate
from bot.playground.halo.request_log import RequestLog
from bot.playground.world.plan import Plan

__all__ = ["Control"]


class Control:
    """``/_control/faults`` (GET, POST, DELETE), ``/_control/matches`` (POST), ``/_control/log`` (GET, DELETE)."""

    def __init__(
        self, faults: FaultBook, log: RequestLog, gate: Gate, end_match: Callable[..., Plan]
    ) -> None:
        self._faults = faults
        self._log = log
        self._gate = gate
        self._end_match = end_match

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        root = f"/{CONTROL}"
        return [
            web.get(f"{root}/faults", self._list_faults),
            web.post(f"{root}/faults", self._add_fault),
            web.delete(f"{root}/faults", self._clear_faults),
            web.post(f"{root}/matches", self._end),
            web.get(f"{root}/log", self._read_log),
            web.delete(f"{root}/log", self._clear_log),
        ]

    async def _list_faults(self, _: web.Request) -> web.Response:
        return answer_json(
            {str(number): dataclasses.asdict(fault) for number, fault in self._faults.standing().items()}
        )

    async def _add_fault(self, request: web.Request) -> web.Response:
        try:
            order: dict[str, Any] = await request.json()
            number = self._faults.add(Fault(kind=FaultKind(order.pop("kind")), **order))
        except (KeyError, TypeError, ValueError):
            return answer_refusal(400, "NotAFault")
        return answer_json({"number": number}, status=201)

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._faults.clear()
        return answer_json({})

    async def _end(self, request: web.Request) -> web.Response:
        try:
            wishes: dict[str, str] = await request.json() if request.can_read_body else {}
            plan = self._end_match(**wishes)
        except (KeyError, TypeError, ValueError):
            return answer_refusal(400, "NoSuchMatch")
        return answer_json({"match_id": str(plan.match_id)}, status=201)

    async def _read_log(self, _: web.Request) -> web.Response:
        leaks = [dataclasses.asdict(leak) for leak in self._gate.leaks]
        return answer_json({"requests": [dataclasses.asdict(entry) for entry in self._log], "leaks": leaks})

    async def _clear_log(self, _: web.Request) -> web.Response:
        self._log.clear()
        self._gate.leaks.clear()
        return answer_json({})
