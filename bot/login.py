"""``adjutant login``: somebody signs in to Halo, and the bot stays signed in from then on."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import TracebackType
from typing import Final, Self

from aiohttp import ClientSession
from rich.console import Console, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from bot.config import ConfigurationError, Settings, UnavailableError
from bot.data_folder import make_data_folder, require_writable
from bot.halo.auth import (
    AuthenticatedPlayer,
    AzureApp,
    DeviceCode,
    OAuth2Token,
    SignInRenewal,
    sign_in_with_browser,
    sign_in_with_device_code,
)
from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import LOGIN_COMMAND, AuthenticationError, Fault, HaloError
from bot.halo.transport.clock import Clock, SystemClock
from bot.logs import Hide, hide_nothing
from bot.sign_in import azure_app, open_session, open_store, stop_strangers, stopping, told
from bot.terminal import is_lively, plain

__all__ = ["login", "open_in_browser"]

_BROWSER_PATIENCE: Final = timedelta(minutes=5)
_ASK_HALO_S: Final = 15.0
_FRAMES_PER_S: Final = 2
_BAR_COLUMNS: Final = 30


class _Display:
    """Shows where to sign in and, on a terminal that can, for how long that is still possible."""

    def __init__(self, console: Console, clock: Clock) -> None:
        self._console = console
        self._clock = clock
        self._live: Live | None = None

    def show_code(self, code: DeviceCode) -> None:
        """Show a code to be typed in on any device."""
        if is_lively(self._console):
            self._console.print(_card(code))
            self._count_down(code.expires_in)
            return
        minutes = max(1, round(code.expires_in.total_seconds() / 60))
        self._console.print(
            f"To sign in to Halo, open {code.verification_uri} on any device and enter the code "
            f"{code.user_code} within {minutes} {'minute' if minutes == 1 else 'minutes'}.",
            soft_wrap=True,
        )

    def show_address(self, url: str) -> None:
        """Show an address that has to be opened on this machine."""
        self._console.print(
            f"Sign in to Halo in your browser. If none opens, open this address on this machine: {url}",
            soft_wrap=True,
        )
        if is_lively(self._console):
            self._count_down(_BROWSER_PATIENCE)

    def _count_down(self, life: timedelta) -> None:
        total_s = life.total_seconds()
        ends_at = self._clock.monotonic() + total_s
        self._live = Live(
            get_renderable=lambda: _countdown(ends_at - self._clock.monotonic(), total_s),
            console=self._console,
            refresh_per_second=_FRAMES_PER_S,
            transient=True,
        )
        self._live.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()


async def login(
    settings: Settings,
    console: Console,
    *,
    open_url: Callable[[str], object] | None = None,
    hide: Hide = hide_nothing,
    clock: Clock | None = None,
) -> None:
    """Let somebody sign in, keep that, and say who it was.

    Args:
        settings: The settings.
        console: Where to show what to do.
        open_url: Opens an address in a browser on this machine, to sign in there and come back by itself.
            None shows a code that can be typed in on any device.
        hide: Is told every token that is kept, so that no log shows it.
        clock: Where time comes from.

    Raises:
        ConfigurationError: The operator has to change something, or nobody signed in.
        UnavailableError: A service could not be asked; the message says whether the sign-in is kept.
    """
    clock = clock or SystemClock()
    app = azure_app(settings)
    stop_strangers(settings)
    make_data_folder(settings.data_dir)
    require_writable(settings.data_dir)
    origin = settings.halo_origin or None
    try:
        store = open_store(settings, hide=hide)
        async with open_session() as session:
            with _Display(console, clock) as display:
                token = await _sign_in(session, app, display, open_url, origin, clock)
            player = await _keep(SignInRenewal(session, app, store, origin=origin, clock=clock), token)
            hide(player.spartan_token.token)
            hide(player.clearance_token.token)
            gamertag = await _ask_halo(session, player, origin)
    except HaloError as error:
        raise stopping(error) from None
    console.print(f"Signed in as {plain(gamertag)}. A running bot takes it over by itself.", soft_wrap=True)


def open_in_browser(url: str) -> None:
    """Open an address in this machine's browser, and return at once, also where that is one of the terminal."""

    def work() -> None:
        # Nothing depends on it: the address is shown as well.
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(url)

    threading.Thread(target=work, name="browser", daemon=True).start()


async def _sign_in(
    session: ClientSession,
    app: AzureApp,
    display: _Display,
    open_url: Callable[[str], object] | None,
    origin: str | None,
    clock: Clock,
) -> OAuth2Token:
    if open_url is None:
        return await sign_in_with_device_code(
            session, app, show=display.show_code, origin=origin, clock=clock
        )
    open_it = open_url

    def show(url: str) -> None:
        display.show_address(url)
        open_it(url)

    patience_s = _BROWSER_PATIENCE.total_seconds()
    return await sign_in_with_browser(
        session, app, open_url=show, patience_s=patience_s, origin=origin, clock=clock
    )


async def _keep(renewal: SignInRenewal, token: OAuth2Token) -> AuthenticatedPlayer:
    """Store the sign-in, and return the player with the tokens that it is good for."""
    try:
        return await renewal.adopt(token)
    except HaloError as error:
        if error.fault is Fault.OPERATOR:
            raise ConfigurationError(f"The sign-in was not kept. {told(error)}") from None
        raise UnavailableError(
            f"The sign-in is kept, but whether Halo takes it is not known yet. {told(error)} "
            "To see whether it does: adjutant doctor"
        ) from None


async def _ask_halo(session: ClientSession, player: AuthenticatedPlayer, origin: str | None) -> str:
    """Return the gamertag that Halo knows the new tokens by."""
    spartan, clearance = player.spartan_token.token, player.clearance_token.token
    halo = HaloInfiniteClient(session, spartan, clearance, origin=origin)
    try:
        answer = await halo.with_options(deadline_s=_ASK_HALO_S).profile.get_current_user()
        user = await answer.parse()
    except AuthenticationError:
        raise ConfigurationError(
            "The sign-in is kept, but Halo does not take its tokens: start Halo Infinite once with this "
            f"account, then sign in again: {LOGIN_COMMAND}"
        ) from None
    except HaloError as error:
        raise UnavailableError(
            f"The sign-in is kept, but Halo could not be asked who that is. {told(error)} "
            "To see whether it works: adjutant doctor"
        ) from None
    return user.gamertag or player.gamertag or player.player_id


def _card(code: DeviceCode) -> RenderableType:
    steps = Table.grid(padding=(0, 2))
    steps.add_row("1", "Open, on any device", Text(code.verification_uri, "bold", overflow="fold"))
    steps.add_row("2", "Enter the code", Text(code.user_code, "bold"))
    steps.add_row("3", "Sign in", "with the account that the bot is to use")
    return Panel(steps, title="Sign in to Halo", expand=False, padding=(1, 2))


def _countdown(left_s: float, total_s: float) -> RenderableType:
    left = max(0, round(left_s))
    row = Table.grid(padding=(0, 1))
    row.add_row(
        "Waiting",
        ProgressBar(total=total_s, completed=max(0.0, left_s), width=_BAR_COLUMNS),
        f"{left // 60}:{left % 60:02} left",
        Text("Ctrl+C stops", "dim"),
    )
    return row
