"""Device codes: one that the application asks with, and a short one that a person types somewhere else."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.playground.halo.signin.denial import Denial, DenialKind

__all__ = ["Device", "DeviceState", "Devices"]

_NAME: Final = "playground-device"
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH: Final = 9
_SLOWER: Final = timedelta(seconds=5)
_GRACE: Final = timedelta(seconds=1)
"""How much sooner than the interval a poll may come: clocks and networks are not exact."""


class DeviceState(StrEnum):
    """What became of a user code."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    REDEEMED = "redeemed"


_ANSWERS: Final[Mapping[DeviceState, DenialKind]] = MappingProxyType(
    {
        DeviceState.PENDING: DenialKind.PENDING,
        DeviceState.DECLINED: DenialKind.DECLINED,
        DeviceState.REDEEMED: DenialKind.CODE_REDEEMED,
    }
)


@dataclass(slots=True, kw_only=True)
class Device:
    """One device that wants to sign in; ``approves_at`` is when that happens by itself, if ever."""

    user_code: str
    device_code: str = field(repr=False)
    client_id: str
    scope: str
    ends_at: datetime
    interval: timedelta
    approves_at: datetime | None
    state: DeviceState = DeviceState.PENDING
    polled_at: datetime | None = None


class Devices:
    """The devices that have asked for a code."""

    def __init__(self, clock: Callable[[], datetime], rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._numbers = itertools.count(1)
        self._devices: dict[str, Device] = {}

    def __iter__(self) -> Iterator[Device]:
        return iter(self._devices.values())

    def add(
        self,
        client_id: str,
        scope: str,
        *,
        life: timedelta,
        interval: timedelta,
        approves_after: timedelta | None,
    ) -> Device:
        """A device that begins to wait."""
        now = self._clock()
        self._devices = {
            code: device for code, device in self._devices.items() if device.ends_at + life > now
        }
        device = Device(
            user_code=self._user_code(),
            device_code=f"{_NAME}-{next(self._numbers)}",
            client_id=client_id,
            scope=scope,
            ends_at=now + life,
            interval=interval,
            approves_at=None if approves_after is None else now + approves_after,
        )
        self._devices[device.device_code] = device
        return device

    def decide(self, user_code: str, *, approve: bool) -> Device:
        """What the person says who has typed the user code.

        Raises:
            KeyError: Nobody waits with such a code.
        """
        wanted = "".join(user_code.split()).replace("-", "").upper()
        for device in self._devices.values():
            waits = device.state is DeviceState.PENDING and device.ends_at > self._clock()
            if waits and device.user_code == wanted:
                device.state = DeviceState.APPROVED if approve else DeviceState.DECLINED
                return device
        raise KeyError(user_code)

    def redeem(self, device_code: str, client_id: str) -> Device:
        """Answer a poll: return the device that was approved, once.

        Raises:
            Denial: Nobody has approved it yet, somebody has declined, or it is too late or too early to ask.
        """
        device = self._devices.get(device_code)
        if device is None or device.client_id != client_id:
            raise Denial(DenialKind.DEVICE_UNKNOWN)
        now = self._clock()
        if device.state is not DeviceState.REDEEMED and device.ends_at <= now:
            raise Denial(DenialKind.DEVICE_EXPIRED)
        is_early = device.polled_at is not None and now - device.polled_at + _GRACE < device.interval
        device.polled_at = now
        if is_early:
            device.interval += _SLOWER
            raise Denial(DenialKind.TOO_FAST)
        if (
            device.state is DeviceState.PENDING
            and device.approves_at is not None
            and device.approves_at <= now
        ):
            device.state = DeviceState.APPROVED
        if (no := _ANSWERS.get(device.state)) is not None:
            raise Denial(no)
        device.state = DeviceState.REDEEMED
        return device

    def _user_code(self) -> str:
        return "".join(self._rng.choices(_LETTERS, k=_CODE_LENGTH))
