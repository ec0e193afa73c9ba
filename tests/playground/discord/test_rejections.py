"""Bodies that Discord refuses: each limit, with the place in the body where it was exceeded."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.discord import DiscordError, InteractionHandle, LocalDiscord, Person, Towns
from bot.playground.discord.checks.commands import check_command
from tests.playground.discord.hand_bot import HandBot

Json = dict[str, Any]


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def button(**changes: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Older", "custom_id": "older", **changes}


def menu(**changes: Any) -> Json:
    return {"type": 3, "custom_id": "menu", "options": [{"label": "A", "value": "a"}], **changes}


def options(count: int, **changes: Any) -> list[Json]:
    return [{"label": f"L{index}", "value": f"v{index}", **changes} for index in range(count)]


def fields(count: int, **changes: Any) -> list[Json]:
    return [{"name": "n", "value": "v", **changes} for _ in range(count)]


def embed(**changes: Any) -> Json:
    return {"embeds": [{"title": "T", **changes}]}


def components(*rows: Json) -> Json:
    return {"components": list(rows)}


MESSAGES: dict[str, tuple[Json, str]] = {
    "content": ({"content": "x" * 2001}, "content"),
    "no text": ({"content": 5}, "content"),
    "embeds": ({"embeds": [{"title": "T"}] * 11}, "embeds"),
    "embeds of nothing": ({"embeds": [{}]}, "embeds.0.description"),
    "embeds of text": ({"embeds": ["T"]}, "embeds"),
    "embed parts": (embed(image="x"), "embeds.0.image"),
    "embed title": (embed(title="x" * 257), "embeds.0.title"),
    "embed description": (embed(description="x" * 4097), "embeds.0.description"),
    "embed author": (embed(author={"name": "x" * 257}), "embeds.0.author.name"),
    "embed footer": (embed(footer={"text": "x" * 2049}), "embeds.0.footer.text"),
    "embed colour": (embed(color=0x1000000), "embeds.0.color"),
    "embed picture": (embed(image={"url": "file:///etc/passwd"}), "embeds.0.image.url"),
    "fields": (embed(fields=fields(26)), "embeds.0.fields"),
    "field name": (embed(fields=fields(1, name="x" * 257)), "embeds.0.fields.0.name"),
    "field without name": (embed(fields=fields(1, name="")), "embeds.0.fields.0.name"),
    "field value": (embed(fields=fields(1, value="x" * 1025)), "embeds.0.fields.0.value"),
    "field of blanks": (embed(fields=fields(1, value=" \n ")), "embeds.0.fields.0.value"),
    "embed moment": (embed(timestamp="yesterday"), "embeds.0.timestamp"),
    "all embed text": ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds"),
    "rows": (components(*(row(button(custom_id=str(index))) for index in range(6))), "components"),
    "no row": (components(button()), "components.0.type"),
    "empty row": (components(row()), "components.0.components"),
    "buttons": (components(row(*(button(custom_id=str(n)) for n in range(6)))), "components.0.components"),
    "menu beside button": (components(row(menu(), button())), "components.0.components"),
    "two menus": (components(row(menu(), menu(custom_id="other"))), "components.0.components"),
    "button label": (components(row(button(label="x" * 81))), "components.0.components.0.label"),
    "button without label": (components(row(button(label=None))), "components.0.components.0.label"),
    "button style": (components(row(button(style=9))), "components.0.components.0.style"),
    "button without id": (components(row(button(custom_id=None))), "components.0.components.0.custom_id"),
    "link without address": (
        components(row(button(style=5, custom_id=None))),
        "components.0.components.0.url",
    ),
    "link with id": (components(row(button(style=5, url="https://e.x"))), "components.0.components.0"),
    "custom id": (components(row(button(custom_id="x" * 101))), "components.0.components.0.custom_id"),
    "same custom id": (components(row(button()), row(button())), "components.1.components.0.custom_id"),
    "same id": (
        components(row(button(id=7)), row(button(id=7, custom_id="b"))),
        "components.1.components.0.id",
    ),
    "foreign emoji": (
        components(row(button(emoji={"id": "5", "name": "e"}))),
        "components.0.components.0.emoji.id",
    ),
    "options": (components(row(menu(options=options(26)))), "components.0.components.0.options"),
    "no options": (components(row(menu(options=[]))), "components.0.components.0.options"),
    "option label": (
        components(row(menu(options=options(1, label="x" * 101)))),
        "components.0.components.0.options.0.label",
    ),
    "same option": (
        components(row(menu(options=options(2, value="v")))),
        "components.0.components.0.options.1.value",
    ),
    "too many to choose": (components(row(menu(max_values=2))), "components.0.components.0.max_values"),
    "fewest above most": (
        components(row(menu(options=options(3), min_values=3, max_values=2))),
        "components.0.components.0.min_values",
    ),
    "too many chosen": (
        components(row(menu(options=options(2, default=True)))),
        "components.0.components.0.options",
    ),
    "too many users chosen": (
        components(row({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "user"}] * 2})),
        "components.0.components.0.default_values",
    ),
    "placeholder": (components(row(menu(placeholder="x" * 151))), "components.0.components.0.placeholder"),
    "unknown file": ({"content": "c", "attachments": [{"id": "5"}]}, "attachments.0.id"),
    "alt text": (
        {"content": "c", "attachments": [{"id": "0", "description": "x" * 1025}]},
        "attachments.0.description",
    ),
    "v2 with content": (
        {"content": "c", "flags": 1 << 15, "components": [{"type": 10, "content": "t"}]},
        "content",
    ),
}


def label(component: Json) -> Json:
    return {"type": 18, "label": "L", "component": component}


MODALS: dict[str, tuple[Json, str]] = {
    "title": ({"title": "x" * 46}, "title"),
    "no title": ({"title": ""}, "title"),
    "custom id": ({"custom_id": "x" * 101}, "custom_id"),
    "no parts": ({"components": []}, "components"),
    "six parts": ({"components": [{"type": 10, "content": "t"}] * 6}, "components"),
    "label": (
        {
            "components": [
                {"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a", "style": 1}}
            ]
        },
        "components.0.label",
    ),
    "label of nothing": ({"components": [{"type": 18, "label": "L"}]}, "components.0.component"),
    "button": ({"components": [row(button())]}, "components.0.components.0.type"),
    "menu of nothing": ({"components": [label(menu(options=[]))]}, "components.0.component.options"),
    "disabled menu": ({"components": [label(menu(disabled=True))]}, "components.0.component.disabled"),
    "required menu of none": (
        {"components": [label(menu(min_values=0))]},
        "components.0.component.min_values",
    ),
    "button in label": ({"components": [label(button())]}, "components.0.component.type"),
    "shortest above longest": (
        {"components": [label({"type": 4, "custom_id": "a", "style": 1, "min_length": 5, "max_length": 4})]},
        "components.0.component.min_length",
    ),
    "style": (
        {"components": [label({"type": 4, "custom_id": "a", "style": 3})]},
        "components.0.component.style",
    ),
    "input without label": (
        {"components": [row({"type": 4, "custom_id": "a", "style": 1})]},
        "components.0.components.0.label",
    ),
    "two inputs of one id": (
        {"components": [row({"type": 4, "custom_id": "a", "style": 1, "label": "L"})] * 2},
        "components.1.components.0.custom_id",
    ),
}


def option(**changes: Any) -> Json:
    return {"type": 3, "name": "player", "description": "Who", **changes}


def command(**changes: Any) -> Json:
    return {"name": "lastmatch", "description": "Show a match", **changes}


COMMANDS: dict[str, tuple[list[Json], str]] = {
    "capital": ([command(name="LastMatch")], "0.name"),
    "space": ([command(name="last match")], "0.name"),
    "name": ([command(name="x" * 33)], "0.name"),
    "description": ([command(description="x" * 101)], "0.description"),
    "no description": ([command(description="")], "0.description"),
    "menu with description": ([command(type=2)], "0.description"),
    "menu with options": ([{"type": 2, "name": "Rank", "options": [option()]}], "0.options"),
    "menu with translated description": (
        [{"type": 3, "name": "Rank", "description_localizations": {"de": "Rang"}}],
        "0.description_localizations",
    ),
    "menu name": ([{"type": 2, "name": "X" * 33}], "0.name"),
    "menu without name": ([{"type": 2, "name": ""}], "0.name"),
    "same menu": ([{"type": 2, "name": "Rank"}] * 2, "1.name"),
    "language": ([command(name_localizations={"tlh": "x"})], "0.name_localizations.tlh"),
    "translated choice": (
        [
            command(
                options=[
                    option(choices=[{"name": "a", "value": "a", "name_localizations": {"de": "x" * 101}}])
                ]
            )
        ],
        "0.options.0.choices.0.name_localizations.de",
    ),
    "lowest above highest": (
        [command(options=[option(type=4, min_value=5, max_value=4)])],
        "0.options.0.min_value",
    ),
    "shortest above longest": (
        [command(options=[option(min_length=5, max_length=4)])],
        "0.options.0.min_length",
    ),
    "same name": ([command(), command()], "1.name"),
    "options": ([command(options=[option(name=f"o{n}") for n in range(26)])], "0.options"),
    "option name": ([command(options=[option(name="The Player")])], "0.options.0.name"),
    "same option": ([command(options=[option(), option()])], "0.options.1.name"),
    "option type": ([command(options=[option(type=12)])], "0.options.0.type"),
    "required last": ([command(options=[option(), option(name="b", required=True)])], "0.options.1"),
    "group in subcommand": (
        [command(options=[option(type=1, options=[option(type=2)])])],
        "0.options.0.options.0.type",
    ),
    "choices": (
        [command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])],
        "0.options.0.choices",
    ),
    "choices and suggestions": (
        [command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "a"}])])],
        "0.options.0.autocomplete",
    ),
    "translated name": ([command(name_localizations={"de": "Letztes Spiel"})], "0.name_localizations.de"),
    "8,000 characters": (
        [
            command(
                options=[
                    option(
                        name=f"o{n}", choices=[{"name": f"{m}" + "x" * 90, "value": "v"} for m in range(10)]
                    )
                    for n in range(9)
                ]
            )
        ],
        "0",
    ),
}


def test_only_the_longest_translation_of_a_text_counts():
    shorter = dict.fromkeys(("de", "fr", "ja", "ko"), "x" * 99)
    many = [
        option(name=f"option-{n}" + "x" * 20, description="x" * 100, description_localizations=shorter)
        for n in range(25)
    ]
    full = command(options=many)
    check_command(full)

    choices = [{"name": f"{n:02}" + "x" * 98, "value": "x" * 100} for n in range(25)]
    with pytest.raises(DiscordError) as refused:
        check_command(command(options=[*many[:24], option(name="last", choices=choices)]))
    assert refused.value.code == 50035


def place(errors: Json, path: str) -> list[Json]:
    for step in path.split("."):
        errors = errors[step]
    found = errors["_errors"]
    assert isinstance(found, list)
    return found


@pytest.fixture
async def go(hand: HandBot, ada: Person, towns: Towns) -> InteractionHandle:
    return await ada.slash(towns.general, "go")


@pytest.mark.parametrize(("body", "path"), MESSAGES.values(), ids=MESSAGES)
async def test_a_message_that_exceeds_a_limit(go: InteractionHandle, hand: HandBot, body: Json, path: str):
    status, answer = await hand.respond(go, 4, body)

    assert (status, answer["code"], answer["message"]) == (400, 50035, "Invalid Form Body")
    assert place(answer["errors"], f"data.{path}")[0]["message"]


@pytest.mark.parametrize(("change", "path"), MODALS.values(), ids=MODALS)
async def test_a_form_that_exceeds_a_limit(go: InteractionHandle, hand: HandBot, change: Json, path: str):
    good = {"custom_id": "form", "title": "Form", "components": [{"type": 10, "content": "t"}]}

    status, answer = await hand.respond(go, 9, {**good, **change})

    assert (status, answer["code"]) == (400, 50035)
    assert place(answer["errors"], f"data.{path}")
    assert (await hand.respond(go, 9, good))[0] == 200


@pytest.mark.parametrize(("bodies", "path"), COMMANDS.values(), ids=COMMANDS)
async def test_commands_that_exceed_a_limit(hand: HandBot, bodies: list[Json], path: str):
    status, answer = await hand.register(*bodies)

    assert (status, answer["code"]) == (400, 50035)
    assert place(answer["errors"], path)
    _, kept = await hand.call("GET", f"{hand.application}/commands")
    assert [item["name"] for item in kept] == ["go"]


@pytest.mark.parametrize(
    ("kind", "most"), [(1, 100), (2, 15), (3, 15)], ids=["slash commands", "user menus", "message menus"]
)
async def test_there_are_only_so_many_commands(hand: HandBot, kind: int, most: int):
    bodies = [
        {"name": f"c{n}", "type": kind, "description": "d" if kind == 1 else ""} for n in range(most + 1)
    ]

    assert (await hand.register(*bodies[:most]))[0] == 200
    assert (await hand.register(*bodies))[1]["code"] == 30032


async def test_names_in_any_alphabet_are_fine(hand: HandBot):
    names = ["letztes-spiel", "試合", "матч", "अंतिम_मैच", "รอบ_ล่าสุด", "l'avant"]

    status, answer = await hand.register(*(command(name=name) for name in names))

    assert (status, [item["name"] for item in answer]) == (200, names)


async def test_everything_at_its_limit_is_accepted(go: InteractionHandle, hand: HandBot):
    body = {
        "content": "x" * 2000,
        "embeds": [{"title": "x" * 256, "description": "x" * 4096, "fields": fields(24, value="x" * 60)}]
        + [{"title": "T"}] * 9,
        "components": [
            row(*(button(custom_id=f"{r}{b}" + "x" * 98, label="x" * 80) for b in range(5))) for r in range(4)
        ]
        + [row(menu(options=options(25), max_values=25))],
    }

    assert (await hand.respond(go, 4, body))[0] == 200


async def test_suggestions_are_limited_to_25_of_the_option_s_type(hand: HandBot, ada: Person, towns: Towns):
    await hand.register(command(options=[option(autocomplete=True)]))
    handle = await ada.autocomplete(towns.general, "lastmatch", "player", "E")
    choices = [{"name": str(n), "value": str(n)} for n in range(26)]

    assert (await hand.respond(handle, 8, {"choices": choices}))[1]["code"] == 50035
    assert (await hand.respond(handle, 8, {"choices": [{"name": "n", "value": 5}]}))[1]["code"] == 50035
    assert (await hand.respond(handle, 4, {"content": "no"}))[1]["code"] == 50035
    assert (await hand.respond(handle, 8, {"choices": choices[:25]}))[0] == 200
    assert len(await handle.choices()) == 25


async def test_files_are_limited_in_number_and_size(go: InteractionHandle, hand: HandBot):
    await hand.respond(go, 5)

    status, answer = await hand.edit(go, {}, {f"{n}.txt": b"x" for n in range(11)})
    assert (status, answer["code"]) == (400, 50035)
    status, answer = await hand.edit(go, {}, {"big.bin": bytes(10 * 1024 * 1024 + 1)})
    assert (status, answer["code"]) == (413, 40005)
    status, answer = await hand.edit(go, {}, {"fits.bin": bytes(10 * 1024 * 1024)})
    assert (status, answer["attachments"][0]["size"]) == (200, 10 * 1024 * 1024)


async def test_an_edit_that_would_leave_nothing_is_refused_and_changes_nothing(
    go: InteractionHandle, hand: HandBot
):
    await hand.respond(go, 4, {"content": "something"})

    assert (await hand.edit(go, {"content": ""}))[1]["code"] == 50006
    assert (await hand.original(go))[1]["content"] == "something"


async def test_components_keep_their_ids_and_get_missing_ones(go: InteractionHandle, hand: HandBot):
    _, answer = await hand.respond(go, 4, components(row(button(id=2), button(custom_id="b", emoji=None))))

    sent = answer["resource"]["message"]["components"][0]
    assert [sent["id"], *(item["id"] for item in sent["components"])] == [1, 2, 3]
    assert "emoji" not in sent["components"][1]


@pytest.mark.parametrize("raw", [b"{", b"[]", b'"text"', b"\xff"])
async def test_a_body_that_is_no_object_is_refused(
    go: InteractionHandle, hand: HandBot, local: LocalDiscord, raw: bytes
):
    path = f"interactions/{go.interaction.id}/{go.interaction.token}/callback"

    status, answer = await hand.call("POST", path, data=raw, headers={"Content-Type": "application/json"})

    assert status == 400
    assert answer["code"] in (50035, 50109)
