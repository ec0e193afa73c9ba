"""Logs: structlog over the standard library, one line an event, with every known secret struck out."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TextIO

import stamina.instrumentation
import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = ["configure_logs"]

STRUCK = "•••"
# Interaction and webhook tokens stand in the paths that discord.py logs at DEBUG.
PATH_TOKENS = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]{20,}")
# Libraries whose own chatter is of no use below a warning; the gateway's holds all that people send.
QUIET = ("aiosqlite", "aiohttp_client_cache", "asyncio", "discord.client", "discord.gateway", "PIL")


class _Strike:
    """Replaces secrets wherever they stand in an event, nested or not."""

    def __init__(self, secrets: Iterable[str]) -> None:
        kept = sorted({s for s in secrets if len(s) >= 8}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, kept))) if kept else None

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items() if not key.startswith("_")} | {
            key: value for key, value in event.items() if key.startswith("_")
        }

    def text(self, line: str) -> str:
        line = PATH_TOKENS.sub(rf"\1{STRUCK}", line)
        return self._pattern.sub(STRUCK, line) if self._pattern else line

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
) -> None:
    """Send everything that structlog and the standard library log to ``stream`` (default stderr).

    ``auto`` writes for people on a terminal and JSON elsewhere.
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
