"""The texts that the source marks for translation, read from its syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["ROOMS", "ROOT", "Marked", "marked_texts", "modules"]

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "cogs")
MARKERS = {"phrase": 1, "phrases": 2, "term": 2}


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked text, as a catalogue has to hold it."""

    context: str | None
    text: str
    plural: str | None


def modules(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


@cache
def marked_texts() -> frozenset[Marked]:
    """Every text behind a marker; a marker without a literal text fails."""
    found: set[Marked] = set()
    for path, tree in modules(*ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
                found.add(_read(path, node.func.id, node))
    return frozenset(found)


def _read(path: Path, marker: str, call: ast.Call) -> Marked:
    texts = [ast.literal_eval(argument) for argument in call.args]
    assert len(texts) == MARKERS[marker], (
        f"{path}:{call.lineno}: {marker} takes {MARKERS[marker]} literal texts"
    )
    if marker == "term":
        return Marked(texts[0], texts[1], None)
    return Marked(None, texts[0], texts[1] if marker == "phrases" else None)
