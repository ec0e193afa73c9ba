"""Whatever JSON a request brings, the answer is one of Discord's: taken or refused, never a failure."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.discord import Person, Towns
from tests.playground.discord.hand_bot import HandBot

KEYS = [
    "content",
    "embeds",
    "title",
    "description",
    "fields",
    "name",
    "value",
    "author",
    "footer",
    "image",
    "url",
    "icon_url",
    "components",
    "type",
    "custom_id",
    "label",
    "options",
    "style",
    "emoji",
    "id",
    "attachments",
    "flags",
    "allowed_mentions",
    "parse",
    "message_reference",
    "choices",
    "component",
    "min_values",
    "max_values",
    "data",
    "name_localizations",
    "autocomplete",
    "required",
    "min_length",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-1, 20)
    | st.sampled_from(["", "x", "5", "attachment://a", "0"])
    | st.floats(0, 2)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
OBJECTS = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6)
SETTINGS = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@SETTINGS
@given(kind=st.sampled_from([4, 5, 7, 8, 9]), data=JSON | OBJECTS)
async def test_any_answer_to_an_interaction(hand: HandBot, ada: Person, towns: Towns, kind: int, data: Any):
    handle = await ada.slash(towns.general, "go")

    status, body = await hand.respond(handle, kind, data)
    assert status < 500, body
    status, body = await hand.edit(handle, data)
    assert status < 500, body
    status, body = await hand.follow_up(handle, data)
    assert status < 500, body


@SETTINGS
@given(body=JSON | OBJECTS)
async def test_any_message_in_a_channel(hand: HandBot, towns: Towns, body: Any):
    status, answer = await hand.call("POST", f"channels/{towns.general.id}/messages", body)

    assert status < 500, answer


@SETTINGS
@given(bodies=JSON | st.lists(OBJECTS, max_size=3))
async def test_any_set_of_commands(hand: HandBot, bodies: Any):
    for method, path in (("PUT", "commands"), ("POST", "commands"), ("POST", "emojis")):
        status, answer = await hand.call(method, f"{hand.application}/{path}", bodies)
        assert status < 500, answer
    await hand.register({"name": "go", "description": "Go", "integration_types": [0, 1]})
