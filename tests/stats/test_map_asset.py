from __future__ import annotations

import pytest

from bot.halo.models.discovery_ugc import Map
from bot.stats.map_asset import map_image_url, map_title
from tests.stats.bodies import published

PREFIX = "https://blobs-infiniteugc.svc.halowaypoint.com/ugcstorage/map/1/2/"


def published_map(*paths: str, prefix: str = PREFIX, name: str = "Aquarius") -> Map:
    return Map.model_validate(published(name, prefix, paths))


@pytest.mark.parametrize(
    ("paths", "chosen"),
    [
        (("map.mvar", "images/thumbnail.png", "images/hero.png"), "images/hero.png"),
        (("images/hero.jpg",), "images/hero.jpg"),
        (("images/Hero.Png",), "images/Hero.Png"),
        (("images/screenshot1.png", "images/thumbnail.jpg"), "images/thumbnail.jpg"),
    ],
)
def test_the_hero_picture_is_taken_else_the_thumbnail(paths: tuple[str, ...], chosen: str) -> None:
    assert map_image_url(published_map(*paths)) == PREFIX + chosen


@pytest.mark.parametrize("paths", [(), ("images/screenshot1.png",), ("hero.mvar",), ("heroic.png",)])
def test_a_map_without_such_a_picture_has_none(paths: tuple[str, ...]) -> None:
    assert map_image_url(published_map(*paths)) is None


@pytest.mark.parametrize(
    "prefix",
    [
        "http://blobs-infiniteugc.svc.halowaypoint.com/",
        "https://evil.example/",
        "https://nothalowaypoint.com/",
        "https://halowaypoint.com.evil.example/",
        "https://blobs.halowaypoint.com",  # the path would become part of the host
        "https://blobs.halowaypoint.com@evil.example/",
        "https://evil.example\\.halowaypoint.com/",
        "https://blobs.halowaypoint.com:8443/",
        "https://blobs.halowaypoint.com/a b/",
        "https://blobs.halowaypoint.com/\n",
        "https://[broken/",
        "javascript:alert(1)//halowaypoint.com/",
        "",
    ],
)
def test_a_picture_elsewhere_is_not_shown(prefix: str) -> None:
    assert map_image_url(published_map("evil.example/hero.png", prefix=prefix)) is None


def test_a_deleted_or_nameless_map_is_unknown() -> None:
    assert map_title(None) == ""
    assert map_image_url(None) is None
    assert map_title(published_map(name="  ")) == ""
    assert map_title(published_map(name=" Live \n Fire ")) == "Live Fire"
