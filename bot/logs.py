"""Logs: structlog over the standard library, one line an event, with every known secret struck out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, TextIO

import stamina.instrumentation
import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = ["Hide", "configure_logs", "hide_nothing"]

Hide = Callable[[str], None]
"""Takes a secret that is known from now on."""

STRUCK = "•••"
SHORTEST_SECRET = 8
MOST_LEARNT = 64
# Interaction and webhook tokens stand in the paths that discord.py logs at DEBUG.
PATH_TOKENS = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")
# Tokens that nobody has named yet, by their looks: Halo's Spartan token, Xbox's authorization, JWTs, and
# Microsoft's refresh and access tokens for personal accounts.
SHAPES = re.compile(
    r"v4=[\w+/=.-]{16,}"
    r"|XBL3\.0 x=[^\s\"']{16,}"
    r"|\beyJ[\w-]{8,}(?:\.[\w-]*){2,4}"
    r"|\bM\.[A-Z]\d+_\w+\.[^\s\"']{20,}"
    r"|\bEw[\w+/]{2}[\w+/=]{100,}"
)
# Libraries whose own chatter is of no use below a warning; the gateway's holds all that people send.
QUIET = (
    "aiosqlite",
    "aiohttp_client_cache",
    "alembic",
    "asyncio",
    "discord.client",
    "discord.gateway",
    "PIL",
)


def hide_nothing(_: str) -> None:
    """Take a secret where there is no log that it could turn up in."""


class _Strike:
    """Replaces secrets wherever they stand in an event, nested or not."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._given = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        self._learnt: dict[str, None] = {}
        self._learning = Lock()
        self._pattern = self._compile()

    def hide(self, secret: str) -> None:
        """Strike this one too from now on; the newest are remembered. Any thread may call it."""
        with self._learning:
            if len(secret) < SHORTEST_SECRET or secret in self._learnt or secret in self._given:
                return
            self._learnt[secret] = None
            if len(self._learnt) > MOST_LEARNT:
                del self._learnt[next(iter(self._learnt))]
            self._pattern = self._compile()

    def _compile(self) -> re.Pattern[str] | None:
        # The longest first: one secret may begin with another.
        kept = sorted({*self._given, *self._learnt}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, kept))) if kept else None

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items() if not key.startswith("_")} | {
            key: value for key, value in event.items() if key.startswith("_")
        }

    def text(self, line: str) -> str:
        pattern = self._pattern
        line = pattern.sub(STRUCK, line) if pattern else line
        return SHAPES.sub(STRUCK, PATH_TOKENS.sub(rf"\1{STRUCK}", line))

    def _clean(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int | float | bool | None):
            return value
        return self.text(str(value))


class _StrikingFormatter(structlog.stdlib.ProcessorFormatter):
    """The last fence: also the finished line, traceback included, has no secret in it."""

    def __init__(self, strike: _Strike, processors: list[Processor], chain: list[Processor]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=chain)
        self._strike = strike

    def format(self, record: logging.LogRecord) -> str:
        return self._strike.text(super().format(record))


def configure_logs(
    level: str,
    *,
    style: Literal["auto", "console", "json"] = "auto",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> Hide:
    """Send everything that structlog and the standard library log to ``stream`` (default stderr).

    ``auto`` writes for people on a terminal and JSON elsewhere. What is returned takes secrets that turn up
    later, such as tokens of a sign-in.
    """
    out = stream or sys.stderr
    pretty = style == "console" or (style == "auto" and out.isatty())
    strike = _Strike(secrets)
    chain: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        strike,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
        if pretty
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(out)
    handler.setFormatter(_StrikingFormatter(strike, [remove, renderer], chain))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # A retry that helps is nobody's business; one that does not ends in an error that is logged.
    stamina.instrumentation.set_on_retry_hooks([])
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *chain,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return strike.hide
