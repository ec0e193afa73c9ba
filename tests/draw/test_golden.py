"""Every picture looks as it did when somebody last looked at it.

``pytest tests/draw --regenerate-golden`` draws them anew; look at each before committing it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.draw.easel import Easel

from .scenes import scene, scene_names

GOLDEN = Path(__file__).parent / "golden"
# Renderers differ in the last bit of an edge's shade, hardly ever in more than a few pixels.
MEAN_TOLERANCE = 0.2
FAR_OFF = 48
FAR_OFF_SHARE = 0.0002
DISCORD_FRIENDLY_BYTES = 500_000


@pytest.mark.parametrize("name", scene_names())
def test_a_picture_looks_as_it_did(name: str, easel: Easel, request: pytest.FixtureRequest) -> None:
    png = easel.draw(scene(name))
    assert len(png) < DISCORD_FRIENDLY_BYTES
    path = GOLDEN / f"{name}.png"
    if request.config.getoption("--regenerate-golden"):
        path.write_bytes(png)
        pytest.skip("drawn anew")
    assert path.is_file(), f"{path.name} is missing: run pytest tests/draw --regenerate-golden"

    with Image.open(BytesIO(png)) as image, Image.open(path) as expected:
        assert image.size == expected.size
        difference = ImageChops.difference(image.convert("RGB"), expected.convert("RGB")).convert("L")
    mean = ImageStat.Stat(difference).mean[0]
    far_off = sum(difference.histogram()[FAR_OFF:]) / (difference.width * difference.height)
    assert mean <= MEAN_TOLERANCE, f"{name}: pixels differ by {mean:.2f} in the mean"
    assert far_off <= FAR_OFF_SHARE, f"{name}: {far_off:.2%} of the pixels differ clearly"


def test_every_golden_picture_is_still_drawn(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate-golden"):
        for path in GOLDEN.glob("*.png"):
            if path.stem not in scene_names():
                path.unlink()
        pytest.skip("cleared")
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(scene_names())
