from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import dataclass, replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from bot.draw.easel import Easel
from bot.draw.kept_bytes import KeptBytes
from bot.draw.lettering import Lettering
from bot.draw.medal_strip import MedalStrip
from bot.draw.shared_jobs import StudioBusyError, StudioClosedError
from bot.draw.sprites import cut_sprites
from bot.draw.studio import Studio
from bot.draw.worker import WorkerLostError

from .scenes import sprite_sheet, strip

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Killer:
    """A card over which the process dies, as often as there are files to take."""

    lives: Path
    template: str = "medal_strip.svg.j2"

    def lay_out(self, lettering: Lettering) -> dict[str, object]:
        life = next(self.lives.iterdir(), None)
        if life is not None:
            life.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        return dict(strip(1).lay_out(lettering))


@dataclass(frozen=True, slots=True)
class Endless:
    """A card that is never done."""

    template: str = "medal_strip.svg.j2"

    def lay_out(self, lettering: Lettering) -> dict[str, object]:
        while True:
            lettering.clean("x")


def card(number: int) -> MedalStrip:
    return replace(strip(1), title=f"Card {number}")


def test_a_picture_is_what_the_easel_draws(studio: Studio, easel: Easel) -> None:
    assert studio.draw(card(0)).result() == easel.draw(card(0))


def test_a_picture_already_drawn_is_not_drawn_again(studio: Studio) -> None:
    first = studio.draw(card(1)).result()
    drawn = studio.drawn

    assert studio.draw(card(1)).result() is first
    assert studio.drawn == drawn


def test_equal_requests_at_the_same_time_are_drawn_once(studio: Studio) -> None:
    drawn = studio.drawn
    futures = [studio.draw(card(2)) for _ in range(8)]

    assert len({id(future.result()) for future in futures}) == 1
    assert studio.drawn == drawn + 1


async def test_cancelling_one_waiter_leaves_the_others_their_picture(studio: Studio) -> None:
    first, second = (asyncio.wrap_future(studio.draw(card(3))) for _ in range(2))
    first.cancel()

    assert (await second).startswith(b"\x89PNG")
    assert first.cancelled()


def test_what_nobody_waits_for_any_more_is_not_drawn() -> None:
    with Studio(workers=1) as studio:
        first = studio.draw(card(1))
        unwanted = [studio.draw(card(number)) for number in range(2, 6)]
        for future in unwanted:
            future.cancel()
        last = studio.draw(card(6))
        wait([first, last])
        assert studio.drawn == 2


def test_a_flood_is_refused_and_what_was_accepted_is_drawn() -> None:
    with Studio(workers=1, most_waiting=3) as studio:
        futures = [studio.draw(card(number)) for number in range(10)]
        failures = [future.exception() for future in futures]

    assert failures[:3] == [None] * 3
    assert any(isinstance(failure, StudioBusyError) for failure in failures[3:])


def test_a_process_that_dies_is_replaced_and_the_picture_drawn(tmp_path: Path) -> None:
    (tmp_path / "life").touch()
    with Studio(workers=1) as studio:
        assert studio.draw(Killer(tmp_path)).result().startswith(b"\x89PNG")
        assert studio.replaced == 1


def test_a_picture_that_kills_every_process_fails_and_others_do_not(tmp_path: Path) -> None:
    for life in range(2):
        (tmp_path / str(life)).touch()
    with Studio(workers=2) as studio:
        deadly = studio.draw(Killer(tmp_path))
        others = [studio.draw(card(number)) for number in range(4)]

        assert isinstance(deadly.exception(), WorkerLostError)
        assert all(future.result() for future in others)
        assert studio.draw(card(99)).result()


def test_a_picture_that_takes_too_long_fails_and_frees_its_process() -> None:
    with Studio(workers=1) as warm, Studio(workers=1, deadline_s=0.4) as studio:
        wait(warm.warm_up())
        assert isinstance(studio.draw(Endless()).exception(), WorkerLostError)
        assert studio.replaced == 2


def test_an_error_in_a_card_reaches_whoever_asked(studio: Studio, tmp_path: Path) -> None:
    failing = studio.draw(Killer(tmp_path / "nowhere"))

    assert isinstance(failing.exception(), FileNotFoundError)


def test_sprites_are_cut_as_without_a_studio_and_remembered(studio: Studio) -> None:
    sheet = sprite_sheet(size_px=32)
    expected = cut_sprites(sheet, columns=16, size_px=32, indices=(3, 1, 3, 999))

    first = studio.cut(sheet, columns=16, size_px=32, indices=(3, 1, 3, 999)).result()
    again = studio.cut(sheet, columns=16, size_px=32, indices=(999, 1)).result()

    assert first == expected
    assert again == (None, expected[1])
    assert again[1] is first[1]


def test_a_broken_sheet_gives_no_sprites(studio: Studio) -> None:
    assert studio.cut(b"<html>", columns=16, size_px=32, indices=(0, 1)).result() == (None, None)


def test_what_waits_when_it_closes_fails_plainly_and_no_process_stays() -> None:
    before = set(active_children())
    studio = Studio(workers=1)
    futures = [studio.draw(card(number)) for number in range(6)]
    studio.close()

    assert isinstance(futures[-1].exception(timeout=0), StudioClosedError)
    assert isinstance(studio.draw(card(77)).exception(timeout=0), StudioClosedError)
    assert set(active_children()) <= before
    studio.close()


async def test_asking_returns_at_once_although_processes_have_to_start() -> None:
    studio = Studio(workers=1)
    try:
        loop = asyncio.get_running_loop()
        began = loop.time()
        future = studio.draw(card(0))
        asked_s = loop.time() - began
        await asyncio.wrap_future(future)
        assert asked_s < (loop.time() - began) / 2
    finally:
        await asyncio.to_thread(studio.close)


def run_script(body: str, *, kill_after_line: bool = False) -> tuple[str, str, int]:
    """Run a program that draws, and kill it once it has printed a line, if asked to."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-c", textwrap.dedent(body)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        if kill_after_line:
            process.kill()
        return line, process.stderr.read() if not kill_after_line else "", process.wait()


def test_a_program_that_draws_ends_without_a_word() -> None:
    line, errors, code = run_script(
        """
        from bot.draw.studio import Studio
        with Studio(workers=2) as studio:
            for future in studio.warm_up():
                future.result()
        print("done")
        """
    )

    assert (line, errors, code) == ("done\n", "", 0)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
def test_processes_end_with_a_parent_that_is_killed() -> None:
    line, _, _ = run_script(
        """
        import time
        from multiprocessing import active_children
        from bot.draw.studio import Studio
        studio = Studio(workers=2)
        for future in studio.warm_up():
            future.result()
        print(*(child.pid for child in active_children()), flush=True)
        time.sleep(60)
        """,
        kill_after_line=True,
    )
    children = [int(pid) for pid in line.split()]

    assert len(children) == 2
    assert eventually(lambda: not any(alive(pid) for pid in children))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")
def test_an_interrupt_is_left_to_the_parent() -> None:
    with Studio(workers=1) as studio:
        before = set(active_children())
        studio.draw(card(0)).result()
        for child in set(active_children()) - before:
            assert child.pid is not None
            os.kill(child.pid, signal.SIGINT)
        assert studio.draw(card(1)).result()
        assert studio.replaced == 0


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(holds: Callable[[], bool], within_s: float = 5) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def test_memory_is_bounded_and_forgets_what_was_used_longest_ago() -> None:
    kept = KeptBytes(3 * 1256)
    for name in "abc":
        kept.put(name, bytes(1000))
    kept.get("a")
    kept.put("d", bytes(1000))
    kept.put("huge", bytes(10_000))

    assert [name for name in ("a", "b", "c", "d", "huge") if kept.get(name) is not None] == ["a", "c", "d"]
    assert kept.held_bytes <= 3 * 1256


def test_what_is_forgotten_is_drawn_anew_by_other_processes() -> None:
    with Studio(workers=1) as studio:
        others = set(active_children())
        first = studio.draw(card(1)).result()
        assert studio.draw(card(1)).result() is first
        drew = set(active_children()) - others

        studio.forget()

        assert studio.draw(card(1)).result() == first
        assert studio.drawn == 2
        assert drew
        assert not drew & set(active_children())
