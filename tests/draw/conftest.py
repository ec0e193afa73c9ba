"""Drawing by hand in this process, a shared studio, and the switch that draws golden pictures anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.draw.easel import Easel
from bot.draw.fonts import Face, find_faces
from bot.draw.lettering import Lettering
from bot.draw.studio import Studio


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden", action="store_true", help="draw tests/draw/golden/*.png anew and skip the comparison"
    )  # fmt: skip


def packaged_faces() -> tuple[Face, ...]:
    """The fonts of our own packages, whatever else the machine has."""
    return find_faces(cjk_collection=Path("absent"))


@pytest.fixture(scope="session")
def easel() -> Easel:
    return Easel(packaged_faces())


@pytest.fixture(scope="session")
def lettering() -> Lettering:
    return Lettering(packaged_faces())


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    with Studio(workers=2) as studio:
        yield studio
