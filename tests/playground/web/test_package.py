"""What is built to be installed has the page in it."""

from __future__ import annotations

import asyncio
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "bot" / "playground" / "web" / "static"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_the_wheel_holds_every_file_of_the_page(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0

    wanted = {path.relative_to(ROOT).as_posix() for path in files_in(STATIC)}
    with zipfile.ZipFile(files_in(tmp_path)[0]) as built:
        assert wanted <= set(built.namelist())
    assert "bot/playground/web/static/index.html" in wanted
