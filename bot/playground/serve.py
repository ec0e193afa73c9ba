"""``adjutant playground``: the page, and behind it the whole bot without any account."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from bot.config import ConfigurationError
from bot.login import open_in_browser
from bot.playground.guard import is_loopback
from bot.playground.stage import open_playground, show_playground
from bot.playground.web import PlaygroundSite

__all__ = ["ServeOptions", "can_open_browser", "serve_playground"]

_PORT_TAKEN = frozenset({errno.EADDRINUSE, errno.EACCES})
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What the command line says."""

    host: str
    port: int
    open_browser: bool
    seed: str


async def serve_playground(options: ServeOptions, say: Say) -> None:
    """Serve until SIGINT or SIGTERM.

    Raises:
        ConfigurationError: The address cannot be opened.
    """
    stopped = asyncio.create_task(_stop_signal(), name="stop-signal")
    serving = asyncio.create_task(_serve(options, say), name="playground")
    await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
    for task in (serving, stopped):
        task.cancel()
    await asyncio.wait((serving, stopped))
    if not serving.cancelled():
        serving.result()


async def _serve(options: ServeOptions, say: Say) -> None:
    async with AsyncExitStack() as stack:
        try:
            site = PlaygroundSite(_names(options))
            await stack.enter_async_context(site.listening(options.host, options.port))
        except OSError as error:
            raise ConfigurationError(_trouble(options, error)) from None
        except ValueError:
            raise ConfigurationError(f"{options.host!r} is no address to listen on: see --host.") from None
        await _show(site, options, say)


async def _show(site: PlaygroundSite, options: ServeOptions, say: Say) -> None:
    say(f"The playground is at {site.origin}")
    if not is_loopback(options.host):
        say("Warning: everybody who reaches this machine can use it and see what is said there.")
    with tempfile.TemporaryDirectory(prefix="adjutant-playground-") as data_dir:
        playing = open_playground(Path(data_dir), seed=options.seed, stands_still=False)
        async with playing as playground, show_playground(site, playground):
            say("Ready. Ctrl+C ends it.")
            if options.open_browser:
                open_in_browser(site.origin)
            await asyncio.get_running_loop().create_future()


def can_open_browser(environ: Mapping[str, str]) -> bool:
    """Whether there is a screen that a browser could open on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _names(options: ServeOptions) -> list[str]:
    """The names by which the page may be called besides the loopback ones."""
    host = options.host.strip("[]")
    if is_loopback(host):
        return []
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    hosts = _own_addresses() if everywhere else {host}
    return [f"[{name}]:{options.port}" if ":" in name else f"{name}:{options.port}" for name in sorted(hosts)]


def _own_addresses() -> set[str]:
    """This machine's name and addresses, as far as they are known."""
    name = socket.gethostname()
    found = {name}
    with suppress(OSError):
        found |= {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(name, None)}
    return found


def _trouble(options: ServeOptions, error: OSError) -> str:
    if error.errno in _PORT_TAKEN:
        return f"Port {options.port} on {options.host} is taken or not allowed: choose another with --port."
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else "there is no such address"
    return f"The playground cannot listen on {options.host} port {options.port} ({reason})."


async def _stop_signal() -> None:
    """Return at the first SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers in its loops; Ctrl+C ends it there as a KeyboardInterrupt.
        with suppress(NotImplementedError):
            loop.add_signal_handler(signum, stop.set)
    await stop.wait()
