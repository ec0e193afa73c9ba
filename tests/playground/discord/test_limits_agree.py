"""The local Discord and Discord's own description of its API refuse the same: at each limit, and one beyond it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.discord import DiscordError
from bot.playground.discord.checks.commands import check_commands
from bot.playground.discord.checks.components import check_modal
from bot.playground.discord.checks.messages import check_message
from bot.playground.discord.errors import Refusal
from bot.playground.discord.form import Form
from bot.playground.discord.limits import LOCALES
from bot.playground.discord.transcript import RecordedRequest
from bot.playground.web.locales import LOCALES as NAMED_LOCALES
from tests.discord_openapi import DESCRIPTION, DiscordOpenApi
from tests.playground.discord.test_rejections import (
    button,
    command,
    embed,
    fields,
    menu,
    option,
    options,
    row,
)

Json = dict[str, Any]
Make = Callable[[int], Json]
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
COMMANDS = "/applications/{application_id}/commands"


def only(*components: Json) -> Json:
    return {"components": list(components)}


def form(component: Json | None = None, **changes: Any) -> Json:
    label = {"type": 18, "label": "L", "component": component or {"type": 4, "custom_id": "a", "style": 1}}
    return {"custom_id": "f", "title": "F", "components": [label], **changes}


def text_input(**changes: Any) -> Json:
    return form({"type": 4, "custom_id": "a", "style": 1, **changes})


MESSAGES: dict[str, tuple[int, Make]] = {
    "content": (2000, lambda n: {"content": "x" * n}),
    "embeds": (10, lambda n: {"embeds": [{"title": "T"}] * n}),
    "embed title": (256, lambda n: embed(title="x" * n)),
    "embed description": (4096, lambda n: embed(description="x" * n)),
    "embed author": (256, lambda n: embed(author={"name": "x" * n})),
    "embed footer": (2048, lambda n: embed(footer={"text": "x" * n})),
    "embed colour": (0xFFFFFF, lambda n: embed(color=n)),
    "fields": (25, lambda n: embed(fields=fields(n))),
    "field name": (256, lambda n: embed(fields=fields(1, name="x" * n))),
    "field value": (1024, lambda n: embed(fields=fields(1, value="x" * n))),
    "buttons": (5, lambda n: only(row(*(button(custom_id=str(m)) for m in range(n))))),
    "button label": (80, lambda n: only(row(button(label="x" * n)))),
    "custom id": (100, lambda n: only(row(button(custom_id="x" * n)))),
    "options": (25, lambda n: only(row(menu(options=options(n))))),
    "option label": (100, lambda n: only(row(menu(options=options(1, label="x" * n))))),
    "option value": (100, lambda n: only(row(menu(options=[{"label": "L", "value": "x" * n}])))),
    "option description": (100, lambda n: only(row(menu(options=options(1, description="x" * n))))),
    "placeholder": (150, lambda n: only(row(menu(placeholder="x" * n)))),
    "alt text": (1024, lambda n: {"content": "c", "attachments": [{"id": "7", "description": "x" * n}]}),
}
FORMS: dict[str, tuple[int, Make]] = {
    "title": (45, lambda n: form(title="x" * n)),
    "custom id": (100, lambda n: form(custom_id="x" * n)),
    "label": (45, lambda n: form(components=[form()["components"][0] | {"label": "x" * n}])),
    "description": (100, lambda n: form(components=[form()["components"][0] | {"description": "x" * n}])),
    "placeholder": (100, lambda n: text_input(placeholder="x" * n)),
    "value": (4000, lambda n: text_input(value="x" * n)),
    "max length": (4000, lambda n: text_input(max_length=n)),
    "min length": (4000, lambda n: text_input(min_length=n)),
    "style": (2, lambda n: text_input(style=n)),
    "menu options": (25, lambda n: form(menu(options=options(n)))),
    "menu placeholder": (150, lambda n: form(menu(placeholder="x" * n))),
    "users to choose": (25, lambda n: form({"type": 5, "custom_id": "u", "max_values": n})),
}
REGISTERED: dict[str, tuple[int, Make]] = {
    "name": (32, lambda n: command(name="x" * n)),
    "description": (100, lambda n: command(description="x" * n)),
    "translated name": (32, lambda n: command(name_localizations={"de": "x" * n})),
    "translated description": (100, lambda n: command(description_localizations={"ja": "x" * n})),
    "options": (25, lambda n: command(options=[option(name=f"o{m}") for m in range(n)])),
    "option name": (32, lambda n: command(options=[option(name="x" * n)])),
    "option description": (100, lambda n: command(options=[option(description="x" * n)])),
    "longest text": (6000, lambda n: command(options=[option(max_length=n)])),
    "choices": (
        25,
        lambda n: command(options=[option(choices=[{"name": str(m), "value": "v"} for m in range(n)])]),
    ),
    "choice name": (100, lambda n: command(options=[option(choices=[{"name": "x" * n, "value": "v"}])])),
    "translated choice": (
        100,
        lambda n: command(
            options=[option(choices=[{"name": "c", "value": "v", "name_localizations": {"fr": "x" * n}}])]
        ),
    ),
    "user menu": (32, lambda n: {"type": 2, "name": "X" * n}),
    "message menu": (32, lambda n: {"type": 3, "name": "X" * n}),
    "translated menu": (32, lambda n: {"type": 2, "name": "X", "name_localizations": {"pt-BR": "X" * n}}),
}


@pytest.fixture(scope="module")
def description() -> DiscordOpenApi:
    if not DESCRIPTION.exists():
        pytest.skip("Discord's API description is not beside the project")
    return DiscordOpenApi(json.loads(DESCRIPTION.read_bytes()))


def described(description: DiscordOpenApi, method: str, template: str, body: object) -> bool:
    return not description.problems(RecordedRequest(method, template, template, {}, body, (), 200, 0.0, 1.0))


def accepted(check: Callable[[], object]) -> bool:
    try:
        check()
    except DiscordError as refused:
        if refused.refusal is not Refusal.INVALID_FORM_BODY:
            raise
        return False
    return True


def message_fits(body: Json) -> bool:
    return accepted(lambda: check_message(body, {}, flags=0, emoji_known=lambda _: True, kept={7}))


def form_fits(body: Json) -> bool:
    def check() -> None:
        found = Form()
        check_modal(found, body)
        found.finish()

    return accepted(check)


@pytest.mark.parametrize(("most", "make"), MESSAGES.values(), ids=MESSAGES)
def test_messages(description: DiscordOpenApi, most: int, make: Make):
    for count, fits in ((most, True), (most + 1, False)):
        body = make(count)
        assert message_fits(body) is fits
        assert described(description, "POST", CALLBACK, {"type": 4, "data": body}) is fits


@pytest.mark.parametrize(("most", "make"), FORMS.values(), ids=FORMS)
def test_forms(description: DiscordOpenApi, most: int, make: Make):
    for count, fits in ((most, True), (most + 1, False)):
        body = make(count)
        assert form_fits(body) is fits
        assert described(description, "POST", CALLBACK, {"type": 9, "data": body}) is fits


@pytest.mark.parametrize(("most", "make"), REGISTERED.values(), ids=REGISTERED)
def test_commands(description: DiscordOpenApi, most: int, make: Make):
    for count, fits in ((most, True), (most + 1, False)):
        body = make(count)
        assert accepted(lambda body=body: check_commands([body])) is fits
        assert described(description, "PUT", COMMANDS, [body]) is fits


def test_languages(description: DiscordOpenApi):
    known = json.loads(DESCRIPTION.read_bytes())["components"]["schemas"]["AvailableLocalesEnum"]["oneOf"]

    assert {item["const"] for item in known} == LOCALES
    assert NAMED_LOCALES.keys() <= LOCALES
