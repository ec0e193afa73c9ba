"""What a visitor may do to the simulated world, and what the page shows of it."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.playground.discord import ClientRefused
from bot.playground.discord.model import Json
from bot.playground.halo import Fault, FaultKind, HaloService
from bot.playground.world import World
from bot.playground.world.modes import MODES, Mode
from bot.playground.world.people import Player
from bot.playground.world.playlists import PLAYLISTS

__all__ = ["FAILURES", "WorldPanel"]

_HALO_HOSTS = "*.svc.halowaypoint.com"
_LONGEST_LATENCY_MS = 20_000
_MODE = "ranked_slayer"
_LAST_STEP_OF_SIGN_IN = "/spartan-token"
_PASSING = frozenset({"time", "next_match_s"})
_SERVICE_TAG = re.compile(r"[A-Za-z0-9]{1,4}")
# Letters of any alphabet, with spaces between; the longest that an account of old may have.
_GAMERTAG = re.compile(r"(?!\d)\w(?:[\w ]{0,13}\w)?")


@dataclass(frozen=True, slots=True)
class _Failure:
    """A way for Halo to fail, in words for a visitor, and what orders it."""

    name: str
    about: str
    fault: Fault


FAILURES: Mapping[str, _Failure] = {
    "down": _Failure("Down", "Every request is answered with 503.", Fault(kind=FaultKind.STATUS, host=_HALO_HOSTS)),
    "limited": _Failure(
        "Too many requests", "Every request is answered with 429 and told to wait.",
        Fault(kind=FaultKind.STATUS, host=_HALO_HOSTS, status=429, retry_after_s=5),
    ),
    "silent": _Failure("Silent", "Connections stand, but no answer comes.", Fault(kind=FaultKind.HANG, host=_HALO_HOSTS)),
    "slow": _Failure(
        "Dripping", "Every answer takes ten seconds to arrive.",
        Fault(kind=FaultKind.DRIP, host=_HALO_HOSTS, delay_s=10),
    ),
    "reset": _Failure("Cut off", "Connections are cut without an answer.", Fault(kind=FaultKind.RESET, host=_HALO_HOSTS)),
    "garbled": _Failure("Garbled", "Answers break off in the middle.", Fault(kind=FaultKind.INVALID_JSON, host=_HALO_HOSTS)),
    "maintenance": _Failure(
        "Maintenance page", "An HTML page comes instead of data, with status 200.",
        Fault(kind=FaultKind.HTML, host=_HALO_HOSTS),
    ),
}  # fmt: skip


class WorldPanel:
    """The side panel's switches over one simulated Halo.

    Args:
        halo: The service.
        sign_in: Signs the bot in anew.
        monotonic: The service's own clock, in seconds.
    """

    def __init__(
        self,
        halo: HaloService,
        *,
        sign_in: Callable[[], Awaitable[None]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._halo = halo
        self._sign_in = sign_in
        self._monotonic = monotonic
        self._expired_at_s: float | None = None
        self._revoked = False
        self._observers: list[Callable[[], None]] = []
        self._latency: tuple[int, int] | None = None
        self._failure: tuple[str, int] | None = None
        self._done_in_game: str | None = None
        self._told: Json = {}

    @property
    def world(self) -> World:
        """The world itself."""
        return self._halo.world

    def subscribe(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer` whenever there is something new to show; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def tell(self) -> None:
        """Let every page show the world as it is now."""
        self._told = self._without_time()
        for observer in tuple(self._observers):
            observer()

    def tell_news(self) -> None:
        """Let time pass, and every page show the world if it has changed."""
        self._halo.stage.pass_time()
        if self._observers and self._without_time() != self._told:
            self.tell()

    # Switches

    def end_match(self, gamertag: str | None = None, mode: str | None = None) -> None:
        """Let a match end now, of the hero if of nobody else. Raises `ClientRefused`."""
        wanted = mode or _MODE
        if wanted not in MODES:
            raise ClientRefused("There is no such mode.")
        try:
            self._halo.end_match(gamertag=gamertag or None, mode=wanted, playlist=_playlist_of(wanted))
        except KeyError:
            raise ClientRefused("Nobody in this world has that gamertag.") from None
        self.tell()

    def set_latency(self, milliseconds: int) -> None:
        """Make every answer of Halo later; 0 ends it."""
        if self._latency is not None:
            self._halo.faults.remove(self._latency[1])
        self._latency = None
        if milliseconds:
            fault = Fault(kind=FaultKind.LATENCY, host=_HALO_HOSTS, delay_s=milliseconds / 1000)
            self._latency = milliseconds, self._halo.faults.add(fault)
        self.tell()

    def set_failure(self, kind: str | None) -> None:
        """Let Halo fail in one way, or work again. Raises `ClientRefused`."""
        if kind is not None and kind not in FAILURES:
            raise ClientRefused("Halo cannot fail in that way.")
        if self._failure is not None:
            self._halo.faults.remove(self._failure[1])
        self._failure = None if kind is None else (kind, self._halo.faults.add(FAILURES[kind].fault))
        self.tell()

    def expire_sign_in(self) -> None:
        """Let Halo take no token of before any more; a renewal helps."""
        self._halo.sign_in.expire()
        self._expired_at_s = self._monotonic()
        self.tell()

    def revoke_sign_in(self) -> None:
        """Let the sign-in be refused altogether, until it is restored."""
        self._halo.sign_in.revoke()
        self._revoked = True
        self.expire_sign_in()

    async def restore_sign_in(self) -> None:
        """Sign in anew, if that was revoked; the bot takes it over within half a minute."""
        if self._revoked:
            self._revoked = False
            await self._sign_in()
        self.tell()

    def set_service_tag(self, gamertag: str, service_tag: str) -> None:
        """Let a player change their service tag in the game. Raises `ClientRefused`."""
        player = self._player(gamertag)
        if _SERVICE_TAG.fullmatch(service_tag.strip()) is None:
            raise ClientRefused("A service tag has one to four letters (A to Z) and digits.")
        tag = service_tag.strip().upper()
        self.world.set_service_tag(player.xuid, tag)
        self._done_in_game = f"{player.gamertag} now has the service tag {tag}."
        self.tell()

    def rename(self, gamertag: str, name: str) -> None:
        """Let a player take another gamertag. Raises `ClientRefused`."""
        player, name = self._player(gamertag), " ".join(name.split())
        if _GAMERTAG.fullmatch(name) is None:
            raise ClientRefused(
                "A gamertag has up to 15 letters, digits and spaces, and begins with a letter."
            )
        holder = self.world.player(name)
        if holder is not None and holder.xuid != player.xuid:
            raise ClientRefused("Somebody in this world has that gamertag already.")
        self.world.rename(player.xuid, name)
        self._done_in_game = f"{player.gamertag} is now called {name}."
        self.tell()

    def _player(self, gamertag: str) -> Player:
        player = self.world.player(gamertag)
        if player is None:
            raise ClientRefused("Nobody in this world has that gamertag.")
        return player

    # What there is to see

    def view(self) -> Json:
        """The world as the page shows it."""
        world, now = self._halo.world, self._halo.stage.clock()
        return {
            "time": now.isoformat(timespec="seconds"),
            "halo": {
                "latency_ms": 0 if self._latency is None else self._latency[0],
                "failure": None if self._failure is None else self._failure[0],
                "sign_in": self._sign_in_state(),
            },
            "players": list(_worth_trying(world)),
            "gamertags": sorted((player.gamertag for player in world.people), key=str.casefold),
            "done_in_game": self._done_in_game,
            "next_match_s": _seconds_until(world.next_end, now),
            "requests": self._halo.log.total,
            "last_match": _last_match(world, now),
            "modes": [{"id": mode.key, "name": _mode_name(mode)} for mode in MODES.values()],
            "faults": [{"id": key, "name": item.name, "about": item.about} for key, item in FAILURES.items()],
        }

    def _sign_in_state(self) -> str:
        if self._revoked:
            return "revoked"
        if self._expired_at_s is not None and self._renewed_since(self._expired_at_s):
            self._expired_at_s = None
        return "valid" if self._expired_at_s is None else "expired"

    def _renewed_since(self, moment_s: float) -> bool:
        return any(
            entry.started_s >= moment_s and entry.path == _LAST_STEP_OF_SIGN_IN and entry.status == 201
            for entry in self._halo.log
        )

    def _without_time(self) -> Json:
        return {key: value for key, value in self.view().items() if key not in _PASSING}


def _mode_name(mode: Mode) -> str:
    return mode.name.replace(":", " ")


def _playlist_of(mode: str) -> str | None:
    """A playlist that has the mode; None, a custom game, for one that is in none."""
    return next((key for key, playlist in PLAYLISTS.items() if mode in playlist.modes), None)


def _worth_trying(world: World) -> Iterator[Json]:
    """One player for each thing that can be special about a player."""
    traits: tuple[tuple[str, Callable[[Player], bool]], ...] = (
        ("plays every mode", lambda player: player is world.hero),
        ("hides their matches", lambda player: player.hides_matches),
        ("never played", lambda player: not player.plays),
        ("was renamed", lambda player: player.former_gamertag is not None),
        ("a Japanese gamertag", lambda player: any("\u3040" <= letter <= "\u9fff" for letter in player.gamertag)),
        ("markdown in the gamertag", lambda player: "*" in player.gamertag),
    )  # fmt: skip
    for note, has in traits:
        found = next((player for player in world.people if has(player)), None)
        if found is not None:
            yield {"gamertag": found.gamertag, "note": note}


def _seconds_until(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, round((moment - now).total_seconds()))


def _name_now(world: World, player: Player) -> str:
    """Matches know their players by the names of that day."""
    return (world.player_by_xuid(player.xuid) or player).gamertag


def _last_match(world: World, now: datetime) -> Json | None:
    plan = next((plan for plan in reversed(world.all_plans()) if plan.ends_at <= now), None)
    if plan is None:
        return None
    lead = next((seat.player for seat in plan.seats if seat.player is not None), None)
    return {
        "gamertag": None if lead is None else _name_now(world, lead),
        "mode": _mode_name(plan.mode),
        "at": plan.ends_at.isoformat(timespec="seconds"),
    }
