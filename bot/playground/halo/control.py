"""The service's own controls over HTTP, for when it runs in another process than whoever uses it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Final

from aiohttp import web
from pydantic import TypeAdapter

from bot.playground.halo.answers import Refusal, answer_json, answer_refusal
from bot.playground.halo.bodies import read_object
from bot.playground.halo.faults import Fault, FaultBook
from bot.playground.halo.film_archive import Expiry, FilmArchive
from bot.playground.halo.gate import CONTROL, Gate
from bot.playground.halo.request_log import RequestLog
from bot.playground.halo.stage import read_uuid
from bot.playground.world.plan import Plan

__all__ = ["Control"]

_FAULT: Final = TypeAdapter(Fault)
_EXPIRY: Final = TypeAdapter(Expiry)


class Control:
    """Orders trouble, ends matches, makes films expire, and shows what was asked.

    ``/_control/faults`` (GET, POST, DELETE; ``/_control/faults/{number}`` DELETE), ``/_control/matches`` (POST),
    ``/_control/films/{match}`` (DELETE lets it expire, PUT restores it), ``/_control/log`` (GET, DELETE).
    """

    def __init__(
        self,
        faults: FaultBook,
        log: RequestLog,
        gate: Gate,
        films: FilmArchive,
        end_match: Callable[..., Plan],
    ) -> None:
        self._faults = faults
        self._log = log
        self._gate = gate
        self._films = films
        self._end_match = end_match

    def routes(self) -> list[web.RouteDef]:
        """The endpoints."""
        root = f"/{CONTROL}"
        return [
            web.get(f"{root}/faults", self._list_faults),
            web.post(f"{root}/faults", self._add_fault),
            web.delete(f"{root}/faults", self._clear_faults),
            web.delete(f"{root}/faults/{{number:[0-9]{{1,9}}}}", self._remove_fault),
            web.post(f"{root}/matches", self._end),
            web.delete(f"{root}/films/{{match}}", self._expire_film),
            web.put(f"{root}/films/{{match}}", self._restore_film),
            web.get(f"{root}/log", self._read_log),
            web.delete(f"{root}/log", self._clear_log),
        ]

    async def _list_faults(self, _: web.Request) -> web.Response:
        return answer_json(
            {
                str(number): _FAULT.dump_python(fault, mode="json")
                for number, fault in self._faults.standing().items()
            }
        )

    async def _add_fault(self, request: web.Request) -> web.Response:
        try:
            number = self._faults.add(_FAULT.validate_json(await request.read()))
        except ValueError:
            return answer_refusal(400, "NotAFault")
        return answer_json({"number": number}, status=201)

    async def _remove_fault(self, request: web.Request) -> web.Response:
        self._faults.remove(int(request.match_info["number"]))
        return answer_json({})

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self._faults.clear()
        return answer_json({})

    async def _end(self, request: web.Request) -> web.Response:
        try:
            plan = self._end_match(**await read_object(request) if request.can_read_body else {})
        except (Refusal, AttributeError, KeyError, TypeError, ValueError):
            return answer_refusal(400, "NoSuchMatch")
        return answer_json({"match_id": str(plan.match_id)}, status=201)

    async def _expire_film(self, request: web.Request) -> web.Response:
        try:
            expiry = _EXPIRY.validate_json(await request.read() or b"{}")
            self._films.expire(read_uuid(request.match_info["match"]), expiry)
        except (Refusal, ValueError):
            return answer_refusal(400, "NotAnExpiry")
        return answer_json({})

    async def _restore_film(self, request: web.Request) -> web.Response:
        try:
            self._films.restore(read_uuid(request.match_info["match"]))
        except Refusal:
            return answer_refusal(400, "NotAMatch")
        return answer_json({})

    async def _read_log(self, _: web.Request) -> web.Response:
        leaks = [dataclasses.asdict(leak) for leak in self._gate.leaks]
        return answer_json({"requests": [entry.write() for entry in self._log], "leaks": leaks})

    async def _clear_log(self, _: web.Request) -> web.Response:
        self._log.clear()
        self._gate.leaks.clear()
        return answer_json({})
