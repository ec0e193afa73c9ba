from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import MOST_LEARNT, Hide, configure_logs

SECRET = "a-secret-without-a-shape-of-its-own"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(autouse=True)
def hide(out: io.StringIO) -> Iterator[Hide]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield configure_logs("DEBUG", style="json", secrets=[SECRET], stream=out)
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


def test_a_secret_of_later_is_struck_out_from_then_on(out: io.StringIO, hide: Hide) -> None:
    log = structlog.stdlib.get_logger("adjutant")
    log.info("before: token-of-later")
    hide("token-of-later")
    log.info("after: token-of-later")
    hide("token-of-later-and-longer")
    log.info("longer: token-of-later-and-longer!")

    before, after, longer = (json.loads(line)["event"] for line in out.getvalue().splitlines())
    assert before == "before: token-of-later"
    assert after == "after: •••"
    assert longer == "longer: •••!"


def test_the_newest_secrets_and_those_of_the_settings_are_remembered(out: io.StringIO, hide: Hide) -> None:
    tokens = [f"token-{number:04}-of-many" for number in range(2 * MOST_LEARNT)]
    for token in (*tokens, ""):
        hide(token)
    structlog.stdlib.get_logger("adjutant").info(f"{SECRET} {' '.join(tokens[-MOST_LEARNT:])}")

    assert json.loads(out.getvalue())["event"] == " ".join(["•••"] * (MOST_LEARNT + 1))


@pytest.mark.parametrize(
    "token",
    [
        "v4=eyJhbGciOiJSUzI1NiJ9.c2lnbmVkIGJ5IG5vYm9keQ.AAAA_-BBBB",
        "XBL3.0 x=1234567890123456789;eyJlbmMiOiJub3QgcmVhbGx5In0",
        "eyJhbGciOiJSU0EtT0FFUCJ9.bm90IGEgcmVhbCB0b2tlbg.AAAA.BBBB.CCCC",
        "M.C555_BAY.0.U.-not*A!real$Token0123456789",
        "EwAA" + "bm90IGEgcmVhbCB0b2tlbg" * 10 + "==",
    ],
    ids=["Spartan", "Xbox", "JWT", "refresh", "access"],
)
def test_a_token_that_nobody_has_named_is_known_by_its_shape(out: io.StringIO, token: str) -> None:
    logging.getLogger("some.library").debug("sent %s to somebody", token)

    assert json.loads(out.getvalue())["event"] == "sent ••• to somebody"


@pytest.mark.parametrize(
    "text",
    [
        "halostats.svc.halowaypoint.com/hi/matches/7d3f0b1c-3f0f-4f0f-8f0f-0123456789ab/stats answered 404",
        "Xbox XSTS token: xsts.auth.xboxlive.com/xsts/authorize answered 401",
        "M.K. Ewing of xuid(2533274800000001) in v4=1",
    ],
)
def test_what_is_no_token_stays(out: io.StringIO, text: str) -> None:
    logging.getLogger("some.library").info(text)

    assert json.loads(out.getvalue())["event"] == text
