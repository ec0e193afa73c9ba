"""The controls of the sign-in over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from aiohttp import web

from bot.playground.halo.answers import Refusal, answer_json, answer_refusal
from bot.playground.halo.bodies import read_object
from bot.playground.halo.signin.desk import SignInDesk
from bot.playground.halo.signin.devices import Device

__all__ = ["SignInControl"]

_SECRET_RULES: Final = {"apps"}


class SignInControl:
    """What can be ordered of a sign-in from another process. No token is ever told.

    ``GET`` tells the rules and the devices that wait; ``PATCH …/rules`` changes some rules; ``POST …/expire`` ends all
    Halo tokens, ``…/revoke`` all refresh tokens, ``…/flight`` begins another clearance;
    ``POST …/devices/{user_code}/approve`` and ``…/decline`` say what a person would.
    """

    def __init__(self, desk: SignInDesk) -> None:
        self._desk = desk
        self._orders: dict[str, Callable[[], object]] = {
            "expire": desk.expire,
            "revoke": desk.revoke,
            "flight": desk.halo.begin_flight,
        }
        self._decisions = {"approve": desk.approve, "decline": desk.decline}

    def routes(self, root: str) -> list[web.RouteDef]:
        """The endpoints, below ``root``."""
        return [
            web.get(root, self._tell),
            web.patch(f"{root}/rules", self._change),
            web.post(f"{root}/{{order:{'|'.join(self._orders)}}}", self._order),
            web.post(f"{root}/devices/{{code}}/{{decision:{'|'.join(self._decisions)}}}", self._decide),
        ]

    def _write(self) -> dict[str, Any]:
        rules = self._desk.rules.model_dump(mode="json", exclude=_SECRET_RULES)
        return {"rules": rules, "devices": [_write_device(device) for device in self._desk.waiting()]}

    async def _tell(self, _: web.Request) -> web.Response:
        return answer_json(self._write())

    async def _change(self, request: web.Request) -> web.Response:
        try:
            self._desk.change(**await read_object(request))
        except (Refusal, TypeError, ValueError):
            return answer_refusal(400, "NotARule")
        return answer_json(self._write())

    async def _order(self, request: web.Request) -> web.Response:
        self._orders[request.match_info["order"]]()
        return answer_json({})

    async def _decide(self, request: web.Request) -> web.Response:
        try:
            device = self._decisions[request.match_info["decision"]](request.match_info["code"])
        except KeyError:
            return answer_refusal(404, "NobodyWaits")
        return answer_json(_write_device(device))


def _write_device(device: Device) -> dict[str, Any]:
    return {
        "user_code": device.user_code,
        "client_id": device.client_id,
        "state": device.state,
        "expires_at": device.ends_at.isoformat(),
    }
