"""Whatever a person reads goes through a catalogue: no other literal in the source looks like words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.words.source import MARKERS, modules

PLACES = ("bot/ui", "bot/draw", "bot/words", "bot/stats", "bot/reports", "cogs")
# Two words in a row, a capitalised word, or a text with a blank at an end beside letters.
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|^[A-Z][a-z]{2,}[.!?…]?$|^[a-z]+ $| [a-z]+ ")
# Calls whose texts only the log, another program or a developer reads.
NOT_SHOWN = {
    *("debug", "info", "warning", "error", "exception", "get_logger"),
    *("compile", "create_task", "TypeVar", "ParamSpec", "Face", "_Packaged"),
    *MARKERS,
}
# Its texts are for the operator's log.
LOG_ONLY = {"bot/ui/surface.py"}
ALLOWED = {
    # A name, which no language translates.
    ("bot/ui/help_embed.py", "Adjutant"),
    # The beginning of what Halo's services call a variant.
    ("bot/stats/modes.py", "quick play"),
    # Part of an error's text.
    ("bot/stats/participants.py", ") is not among the players of the match"),
    # A type.
    ("bot/words/phrase.py", "Value"),
}


class Reader(ast.NodeVisitor):
    """Collects the literals that may be shown; docstrings, annotations, errors and log lines are not."""

    def __init__(self) -> None:
        self.texts: list[tuple[int, str]] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self.texts.append((node.lineno, node.value))

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """What is raised is never shown: people read what the table makes of it."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if [target.id for target in node.targets if isinstance(target, ast.Name)] != ["__all__"]:
            self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation is no text."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for child in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, *node.body):
            if child is not None:
                self.visit(child)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        for child in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults, *node.body):
            if child is not None:
                self.visit(child)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called in NOT_SHOWN or called.endswith("Error"):
            for keyword in node.keywords:
                self.visit(keyword.value)
        else:
            self.generic_visit(node)


def texts_of(tree: ast.Module) -> list[tuple[int, str]]:
    reader = Reader()
    reader.visit(tree)
    return reader.texts


def suspects() -> Iterator[tuple[Path, int, str]]:
    for path, tree in modules(*PLACES):
        for line, text in texts_of(tree):
            if WORDS.search(text) and path.as_posix() not in LOG_ONLY:
                yield path, line, text


def test_no_words_stand_outside_of_a_catalogue() -> None:
    found = [
        f"{path}:{line}: {text!r}"
        for path, line, text in suspects()
        if (path.as_posix(), text) not in ALLOWED
    ]

    assert found == []


def test_the_list_of_exceptions_has_nothing_too_much() -> None:
    seen = {(path.as_posix(), text) for path, _, text in suspects()}

    assert seen >= ALLOWED


@pytest.mark.parametrize(
    "source",
    [
        'embed.add_field(name="Damage")',
        'title = f"Victory on {place}"',
        'LABELS = {"o": "Older"}',
        'ui.Button(label="Try again")',
        'text = f"{who} has no {kind}."',
        'return "not published yet"',
    ],
)
def test_what_somebody_forgot_to_mark_is_found(source: str) -> None:
    assert any(WORDS.search(text) for _, text in texts_of(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""Say something."""',
        'raise ValueError("Not like this")',
        'log.info("bot is ready")',
        'x: "Some Type" = 1',
    ],
)
def test_what_nobody_is_shown_is_not(source: str) -> None:
    assert not any(WORDS.search(text) for _, text in texts_of(ast.parse(source)))


# Numbers are grouped and pointed by the language.
GROUPED = re.compile(r"^,|\.\d+f$")


def test_no_number_is_written_without_its_language() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules("bot/ui", "bot/draw", "cogs")
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.format_spec, ast.JoinedStr)
        and any(
            isinstance(part, ast.Constant) and GROUPED.search(str(part.value))
            for part in node.format_spec.values
        )
    ]

    # Coordinates of a drawing.
    assert [place for place in found if "bot/draw/medal_strip.py" not in place] == []
