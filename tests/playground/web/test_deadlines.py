"""Discord's 3 seconds and 15 minutes, as somebody at the page meets them."""

from __future__ import annotations

from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, open_page

MESSAGE, DEFER, DEFER_UPDATE, MODAL = 4, 5, 6, 9
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Open", "custom_id": "open"}]}
FORM = {
    "custom_id": "form",
    "title": "Form",
    "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "name", "label": "Name", "style": 1}]}
    ],
}


async def test_a_command_that_nobody_acknowledges_has_failed_after_three_seconds(
    ada: PageClient, rig: Rig
) -> None:
    general = rig.channel("general")
    sent = await ada.ask("slash", channel=general, command="go")

    rig.clock.ahead += 3.5

    failed = await ada.event("failed")
    assert failed == {
        **sent,
        "message": None,
        "channel": general,
        "command": "go",
        "text": "The application did not respond",
    }
    assert (await rig.bot.respond(rig.sent[sent["interaction"]], DEFER))[1]["code"] == 10062
    async with open_page(rig.origin, "Ada") as again:
        assert (again.welcome["pending"], again.welcome["failures"]) == ([], [failed])
        await again.ask("dismiss_failure", **sent)
        assert (await again.enter()).welcome["failures"] == []


async def test_a_button_that_nobody_acknowledges_names_its_message(ada: PageClient, rig: Rig) -> None:
    general = rig.channel("general")
    sent = await ada.ask("slash", channel=general, command="go")
    await rig.bot.respond(rig.sent[sent["interaction"]], MESSAGE, {"content": "x", "components": [BUTTON]})
    message = await ada.answer(sent["interaction"])
    clicked = await ada.ask("click", message=message["id"], custom_id="open")

    rig.clock.ahead += 3.5

    failed = await ada.event("failed")
    assert (failed["interaction"], failed["message"]) == (clicked["interaction"], message["id"])


async def test_whoever_thinks_for_a_quarter_of_an_hour_has_failed(ada: PageClient, rig: Rig) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[sent["interaction"]], DEFER)
    thinking = (await ada.event("message"))["message"]
    assert (thinking["thinking"], thinking["failed"]) == (True, False)
    rig.clock.ahead += 14 * 60
    await ada.settle()
    assert (await ada.enter()).welcome["messages"][0]["failed"] is False

    rig.clock.ahead += 61

    assert (await ada.event("failed"))["message"] == thinking["id"]
    assert (await ada.enter()).welcome["messages"][0]["failed"] is True


async def test_an_answer_in_time_never_fails(ada: PageClient, rig: Rig) -> None:
    sent = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[sent["interaction"]], DEFER)
    await rig.bot.edit(rig.sent[sent["interaction"]], {"content": "done"})
    other = await ada.ask("slash", channel=rig.channel("general"), command="go")

    rig.clock.ahead += 16 * 60

    assert (await ada.event("failed"))["interaction"] == other["interaction"]
    await ada.settle()
    assert "failed" not in [name for name, _ in ada.events]


async def test_a_form_whose_submission_fails_can_be_sent_again(ada: PageClient, rig: Rig) -> None:
    opener = await ada.ask("slash", channel=rig.channel("general"), command="go")
    await rig.bot.respond(rig.sent[opener["interaction"]], MODAL, FORM)
    form = await ada.event("modal")
    first = await ada.ask("submit", modal=form["interaction"], values={"name": "Ember"})
    rig.clock.ahead += 3.5
    assert (await ada.event("failed"))["interaction"] == first["interaction"]

    second = await ada.ask("submit", modal=form["interaction"], values={"name": "Ember"})
    await rig.bot.respond(rig.sent[second["interaction"]], MESSAGE, {"content": "thanks"})

    await ada.event("acknowledged", lambda data: data == second)
    assert await ada.event("modal_gone") == opener
