"""Names of assets come in the language that is asked for."""

import pytest

from tests.playground.halo.conftest import Caller, latest

DISCOVERY = "discovery-infiniteugc.svc.halowaypoint.com"


@pytest.mark.parametrize(
    ("language", "name"),
    [("de-DE", "Flaggenraub"), ("ja-JP", "CTF"), ("fr", "Capture du drapeau"), ("tlh", "CTF"), ("", "CTF")],
)
async def test_a_variant_is_named_in_the_language_asked_for(halo: Caller, language: str, name: str) -> None:
    world = halo.service.world
    variant = world.catalogue.variant(latest(world, "ctf").mode)
    headers = {**halo.headers, "Accept-Language": language}

    told = await halo.get(DISCOVERY, f"/hi/ugcGameVariants/{variant.asset_id}", headers=headers)

    assert told["PublicName"] == name
