"""``--once`` with the real bot: answers, buttons, refusals."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.playground.once import OnceOptions, converse
from bot.playground.stage import Playground
from bot.ui.allowance import Allowance

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Terminal:
    """What was said, and what was complained of."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.complaints: list[str] = []

    async def type(self, playground: Playground, folder: Path, line: str, *press: str) -> bool:
        options = OnceOptions(line=line, press=press, folder=folder, seed="")
        return await converse(playground, options, self.said.append, self.complaints.append)


@pytest.fixture(autouse=True)
def _rested(playground: Playground) -> None:
    """Every test is typed by the same person, who may ask five times in ten seconds."""
    playground.bot.allowance = Allowance(time.monotonic)


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


async def test_an_answer_its_pictures_and_a_button(
    playground: Playground, terminal: Terminal, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "folder"

    assert await terminal.type(playground, folder, "/lastmatch player:quiet one", "Scoreboard")

    first, *_, second, saved = terminal.said
    assert "│ Quiet One" in first
    assert "│ Quiet One" in second
    assert saved == f"saved {folder / 'scoreboard.png'}"
    assert (folder / "scoreboard.png").read_bytes().startswith(b"\x89PNG")
    assert terminal.complaints == []


async def test_what_comes_beside_a_message_is_shown(
    playground: Playground, terminal: Terminal, tmp_path: Path
) -> None:
    assert await terminal.type(playground, tmp_path, "/lastmatch player:Blue Thistle", "Newer")

    assert "newest match" in terminal.said[-1]


async def test_ranks_are_shown_when_all_are_there_with_their_menu(
    playground: Playground, terminal: Terminal, tmp_path: Path
) -> None:
    assert await terminal.type(playground, tmp_path, "/csr player:Ember Fox 7")

    answer, saved = terminal.said
    assert "│ Ranked Arena" in answer
    assert "│ -# live" in answer
    assert "[Season 13-2 ▾]" in answer
    assert saved == f"saved {tmp_path / 'csr.png'}"


async def test_a_link_is_answered_before_all_matches_are_there(
    playground: Playground, terminal: Terminal, tmp_path: Path
) -> None:
    assert await terminal.type(playground, tmp_path, "/link gamertag:tin marshal", "Verify")

    linked, proof = terminal.said
    assert "│ You are linked to Tin Marshal" in linked
    assert "Only you can see this" in linked
    assert "[Check]" in proof


@pytest.mark.parametrize(
    ("line", "press", "words"),
    [
        ("/lastmtch", (), "There is no command 'lastmtch' here, only /account, "),
        ("/lastmatch ago:25", (), "ago: must be between 0 and 24."),
        ("/lastmatch type:none", (), "type: 'none' is not one of the choices."),
        ("/help", ("Scoreboard",), "There is no button 'Scoreboard'."),
        ("/lastmatch player:Nobody Atall", ("Try again",), "A form opened"),
    ],
)
async def test_a_refusal_is_a_sentence(
    playground: Playground, terminal: Terminal, tmp_path: Path, line: str, press: tuple[str, ...], words: str
) -> None:
    assert not await terminal.type(playground, tmp_path, line, *press)

    (complaint,) = terminal.complaints
    assert complaint.startswith(words)


async def test_a_folder_that_cannot_be_used_is_a_sentence(
    playground: Playground, terminal: Terminal, tmp_path: Path
) -> None:
    taken = tmp_path / "a file"
    taken.touch()

    assert not await terminal.type(playground, taken, "/lastmatch player:quiet one", "Scoreboard")

    (complaint,) = terminal.complaints
    assert complaint.startswith(f"{taken}")
    assert complaint.endswith("choose another folder with --save.")
    assert "│ Quiet One" in terminal.said[0]
