from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs

SECRET = "v4=spartan-token-of-somebody"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs("DEBUG", style="json", secrets=[SECRET], stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_an_event_is_one_line_of_json(out: io.StringIO) -> None:
    structlog.stdlib.get_logger("adjutant").info("ready", guilds=3)

    (line,) = out.getvalue().splitlines()
    assert json.loads(line).items() >= {"event": "ready", "guilds": 3, "level": "info"}.items()


@pytest.mark.parametrize("where", ["event", "value", "nested", "positional", "traceback"])
def test_a_secret_is_struck_out_wherever_it_stands(out: io.StringIO, where: str) -> None:
    log = structlog.stdlib.get_logger("adjutant")
    plain = logging.getLogger("some.library")

    def fail() -> None:
        raise RuntimeError(f"with {SECRET}")

    match where:
        case "event":
            log.info(f"sent {SECRET}")
        case "value":
            log.info("sent", header=SECRET)
        case "nested":
            log.info("sent", headers={"x-343": [SECRET]})
        case "positional":
            plain.info("sent %s", SECRET)
        case _:
            try:
                fail()
            except RuntimeError:
                plain.exception("failed")

    assert out.getvalue()
    assert SECRET not in out.getvalue()
    assert "•••" in out.getvalue()


def test_an_interaction_token_in_a_path_is_struck_out(out: io.StringIO) -> None:
    logging.getLogger("discord.http").debug(
        "PATCH https://discord/webhooks/123/%s/messages/@original", INTERACTION
    )

    assert INTERACTION not in out.getvalue()
    assert "/messages/@original" in out.getvalue()
