"""The side panel: each switch does to the simulated Halo what it says, and says how things stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.playground.halo import FaultKind
from bot.playground.web.world_panel import FAILURES
from tests.playground.web.conftest import Rig
from tests.playground.web.page_client import PageClient, Refused


def standing(rig: Rig) -> list[FaultKind]:
    return [fault.kind for fault in rig.halo.faults.standing().values()]


async def test_it_shows_whom_it_is_worth_to_look_up(ada: PageClient) -> None:
    notes = {player["note"]: player["gamertag"] for player in ada.welcome["world"]["players"]}

    assert notes["plays every mode"] == "Ember Fox 7"
    assert notes["a Japanese gamertag"] == "月の光 Spartan"
    assert set(notes) >= {"hides their matches", "never played", "was renamed", "markdown in the gamertag"}


@pytest.mark.parametrize("kind", FAILURES)
async def test_every_failure_can_be_switched_on_and_off(ada: PageClient, rig: Rig, kind: str) -> None:
    on = await ada.ask("world", what="failure", kind=kind)
    assert (on["world"]["halo"]["failure"], standing(rig)) == (kind, [FAILURES[kind].fault.kind])

    off = await ada.ask("world", what="failure", kind=None)
    assert (off["world"]["halo"]["failure"], standing(rig)) == (None, [])


async def test_one_failure_takes_the_place_of_another_and_slowness_stays(ada: PageClient, rig: Rig) -> None:
    await ada.ask("world", what="latency", ms=400)
    await ada.ask("world", what="failure", kind="down")
    told = await ada.ask("world", what="failure", kind="reset")

    assert standing(rig) == [FaultKind.LATENCY, FaultKind.RESET]
    assert (told["world"]["halo"]["latency_ms"], told["world"]["halo"]["failure"]) == (400, "reset")
    await ada.ask("world", what="latency", ms=900)
    await ada.ask("world", what="failure")
    (fault,) = rig.halo.faults.standing().values()
    assert fault.delay_s == 0.9
    await ada.ask("world", what="latency", ms=0)
    assert standing(rig) == []


async def test_halo_fails_and_other_services_do_not(ada: PageClient, rig: Rig) -> None:
    gamerpic = f"images-eds-ssl.xboxlive.com/image?url=playground.{rig.halo.world.hero.xuid}&w=64"

    shown = rig.halo.credentials
    tokens = {"x-343-authorization-spartan": shown.spartan, "343-clearance": shown.clearance}

    await ada.ask("world", what="failure", kind="down")

    stats = f"{rig.halo.origin}/halostats.svc.halowaypoint.com/hi/players/x/matches"
    assert (await ada.get(stats, headers=tokens))[0] == 503
    assert (await ada.get(f"{rig.halo.origin}/{gamerpic}"))[0] == 200


async def test_every_page_is_told(ada: PageClient, bo: PageClient) -> None:
    await ada.ask("world", what="latency", ms=1200)

    assert (await bo.event("world"))["halo"]["latency_ms"] == 1200


@pytest.mark.parametrize("mode", ["ffa", "firefight", "ctf", "infection"])
async def test_a_match_of_any_mode_ends_when_told(ada: PageClient, rig: Rig, mode: str) -> None:
    names = {item["id"]: item["name"] for item in ada.welcome["world"]["modes"]}

    told = await ada.ask("world", what="end_match", gamertag="quiet one", mode=mode)

    assert told["world"]["last_match"]["mode"] == names[mode]
    assert told["world"]["last_match"]["gamertag"] == "Quiet One"
    quiet = rig.halo.world.player("Quiet One")
    assert quiet is not None
    assert rig.halo.world.matches_of(quiet.xuid)[0].mode.key == mode


async def test_the_sign_in_expires_is_revoked_and_restored(ada: PageClient, rig: Rig) -> None:
    credentials = rig.halo.credentials

    async def state(what: str) -> str:
        return (await ada.ask("world", what=what))["world"]["halo"]["sign_in"]

    assert await state("restore_sign_in") == "valid"
    assert await state("expire_sign_in") == "expired"
    assert rig.halo.credentials != credentials
    assert await state("revoke_sign_in") == "revoked"
    assert rig.signed_in == []
    assert await state("restore_sign_in") == "expired"
    assert await state("restore_sign_in") == "expired"
    assert rig.signed_in == [True]


async def test_a_service_tag_is_set_as_in_the_game(ada: PageClient, bo: PageClient, rig: Rig) -> None:
    told = await ada.ask("world", what="service_tag", gamertag="quiet one", text=" k7m2 ")

    quiet = rig.halo.world.player("Quiet One")
    assert quiet is not None
    assert quiet.service_tag == "K7M2"
    assert told["world"]["done_in_game"] == "Quiet One now has the service tag K7M2."
    assert (await bo.event("world"))["done_in_game"] == told["world"]["done_in_game"]


async def test_a_player_is_renamed(ada: PageClient, rig: Rig) -> None:
    before = rig.halo.world.player("Copper Kestrel")
    assert before is not None
    await ada.ask("world", what="end_match", gamertag="Copper Kestrel", mode="ctf")

    told = await ada.ask("world", what="rename", gamertag="copper kestrel", text="Tin  Kestrel")

    after = rig.halo.world.player("Tin Kestrel")
    assert after is not None
    assert (after.xuid, after.former_gamertag) == (before.xuid, "Copper Kestrel")
    assert rig.halo.world.player("Copper Kestrel") is None
    assert "Tin Kestrel" in told["world"]["gamertags"]
    assert told["world"]["last_match"]["gamertag"] == "Tin Kestrel"
    await ada.ask("world", what="rename", gamertag="Tin Kestrel", text="Copper Kestrel")
    assert rig.halo.world.player("Copper Kestrel") == replace(before, former_gamertag="Tin Kestrel")


@pytest.mark.parametrize(
    ("what", "gamertag", "text", "words"),
    [
        ("service_tag", "Nobody Atall", "K7M2", "Nobody in this world has that gamertag."),
        ("service_tag", "Quiet One", "", "A service tag has one to four letters"),
        ("service_tag", "Quiet One", "K7M2X", "A service tag has one to four letters"),
        ("service_tag", "Quiet One", "Kß", "A service tag has one to four letters"),
        ("service_tag", "Quiet One", "K-7", "A service tag has one to four letters"),
        ("rename", "", "Somebody", "Nobody in this world has that gamertag."),
        ("rename", "Quiet One", "1st", "A gamertag has up to 15 letters"),
        ("rename", "Quiet One", "<b>", "A gamertag has up to 15 letters"),
        ("rename", "Quiet One", "Sixteen letters!", "A gamertag has up to 15 letters"),
        ("rename", "Quiet One", "EMBERFOX7", "Somebody in this world has that gamertag already."),
    ],
)
async def test_what_the_game_does_not_allow_is_a_sentence(
    ada: PageClient, rig: Rig, what: str, gamertag: str, text: str, words: str
) -> None:
    people = rig.halo.world.people

    with pytest.raises(Refused, match=words):
        await ada.ask("world", what=what, gamertag=gamertag, text=text)

    assert rig.halo.world.people == people
