"""The head of a scoreboard: outcome, title, when and where, and who scored what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_parts import Place, Side

if TYPE_CHECKING:
    from bot.draw.scoreboard import Scoreboard

__all__ = ["Header", "lay_out_header"]

_BARE_PX: Final = 154
_CHIPS_PX: Final = 64
_CHIP_GAP_PX: Final = 10
# Long ones are set smaller before anything is cut.
_TITLE_SIZES: Final = range(40, 23, -2)
_TITLE_BASELINES: Final = (84, 112)
_SUBTITLE_SIZES: Final = range(18, 13, -1)
_SCORE_SIZE: Final = 72
_CAPTION_SIZE: Final = 15
_MOST_INLINE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line with its place, size, weight and colour."""

    line: Line
    x: float
    y: float
    size: int
    weight: int
    colour: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One of many teams: a tile in the team's colour."""

    left: float
    top: int
    width: float
    height: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The placed head; ``height_px`` is where the column heads may begin."""

    height_px: int
    pill_px: float
    pill_colour: str
    texts: tuple[Text, ...]
    chips: tuple[Chip, ...]


def lay_out_header(board: Scoreboard, lettering: Lettering, *, width_px: int, margin_px: int) -> Header:
    """Place the head. Up to two teams score beside the title, more of them in a row of tiles below."""
    scored = [side for side in board.sides if side.name]
    end = width_px - margin_px
    beside: list[Text] = []
    chips: list[Chip] = []
    chip_texts: list[Text] = []
    if board.place:
        beside = _place(board.place, lettering, end)
    elif len(scored) <= _MOST_INLINE:
        beside = _scores(scored, lettering, end)
    else:
        chips = _chips(scored, _BARE_PX, margin_px, width_px)
        chip_texts = _chip_texts(scored, chips, lettering)
    title_px = min((_left(text) for text in beside), default=end) - margin_px - 32
    pill = lettering.line(board.pill, 18, 800, title_px - 42)
    colour = PALETTE.outcome(board.outcome)
    subtitle, subtitle_size = lettering.fitted(board.subtitle, _SUBTITLE_SIZES, 400, title_px)
    texts = (
        Text(line=pill, x=margin_px + 21, y=48.5, size=18, weight=800, colour=PALETTE.ink, anchor="start"),
        *_title(board.title, lettering, margin_px, title_px),
        _start(subtitle, margin_px, 138, subtitle_size, 400, PALETTE.muted),
    )
    return Header(
        height_px=_BARE_PX + (_CHIPS_PX if chips else 0),
        pill_px=round(pill.width_px + 42, 1) if pill else 0,
        pill_colour=colour,
        texts=(*texts, *beside, *chip_texts),
        chips=tuple(chips),
    )


def _title(title: str, lettering: Lettering, start_px: int, within_px: float) -> list[Text]:
    """Set the title in one line, smaller if it is long, or else in two."""
    line, size = lettering.fitted(title, _TITLE_SIZES, 800, within_px)
    if line.text == lettering.clean(title):
        return [_start(line, start_px, 106, size, 800, PALETTE.text)]
    rows = lettering.lines(title, size, 800, within_px, 2)
    return [
        _start(row, start_px, y, size, 800, PALETTE.text)
        for row, y in zip(rows, _TITLE_BASELINES, strict=False)
    ]


def _scores(sides: Sequence[Side], lettering: Lettering, end: float) -> list[Text]:
    """Set one or two teams' scores side by side, each as wide as its score or its name."""
    texts: list[Text] = []
    for place, side in enumerate(reversed(sides)):
        colour = PALETTE.team(side.team_id)
        score = lettering.line(side.score, _SCORE_SIZE, 800, 300)
        caption = lettering.line(f"{side.name} {side.points}", _CAPTION_SIZE, 700, 220)
        if place:
            dash = lettering.line("–", 44)
            texts.append(_text(dash, end - 34, 104, 44, 400, PALETTE.muted, "middle"))
            end -= 68
        block = max(score.width_px, caption.width_px)
        # The last team is set from the dash to the right, the first one up to the dash.
        is_last = place == 0 and len(sides) > 1
        x, anchor = (end - block, "start") if is_last else (end, "end")
        texts.append(_text(score, x, 112, _SCORE_SIZE, 800, colour, anchor))
        texts.append(_text(caption, x, 138, _CAPTION_SIZE, 700, colour, anchor))
        end -= block
    return texts


def _place(place: Place, lettering: Lettering, end: float) -> list[Text]:
    of = lettering.line(place.contestants, 32, 500, 140)
    number = lettering.line(place.place, _SCORE_SIZE, 800, 200)
    caption = lettering.line(place.caption, _CAPTION_SIZE, 700, 260)
    return [
        _text(of, end, 112, 32, 500, PALETTE.muted, "end"),
        _text(number, end - of.width_px - 10, 112, _SCORE_SIZE, 800, PALETTE.accent, "end"),
        _text(caption, end, 138, _CAPTION_SIZE, 700, PALETTE.muted, "end"),
    ]


def _chips(sides: Sequence[Side], top: int, margin_px: int, width_px: int) -> list[Chip]:
    width = (width_px - 2 * margin_px + _CHIP_GAP_PX) / len(sides) - _CHIP_GAP_PX
    return [
        Chip(
            left=round(margin_px + place * (width + _CHIP_GAP_PX), 1),
            top=top,
            width=round(width, 1),
            height=_CHIPS_PX - 14,
            colour=PALETTE.team(side.team_id),
        )
        for place, side in enumerate(sides)
    ]


def _chip_texts(sides: Sequence[Side], chips: Sequence[Chip], lettering: Lettering) -> list[Text]:
    texts: list[Text] = []
    for side, chip in zip(sides, chips, strict=True):
        points = lettering.line(side.points, 12, 600, chip.width * 0.3)
        score = lettering.line(side.score, 26, 800, chip.width * 0.6)
        name_px = chip.width - 36 - score.width_px
        name = lettering.line(side.name, 13, 700, name_px)
        right = chip.left + chip.width - 12
        name_y = chip.top + (30 if not points else 23)
        texts.append(_text(score, right, chip.top + 34, 26, 800, chip.colour, "end"))
        texts.append(_start(name, chip.left + 14, name_y, 13, 700, PALETTE.text))
        texts.append(_start(points, chip.left + 14, chip.top + 40, 12, 600, PALETTE.muted))
    return texts


def _text(line: Line, x: float, y: float, size: int, weight: int, colour: str, anchor: str) -> Text:
    return Text(line=line, x=round(x, 1), y=y, size=size, weight=weight, colour=colour, anchor=anchor)


def _start(line: Line, x: float, y: float, size: int, weight: int, colour: str) -> Text:
    return _text(line, x, y, size, weight, colour, "start")


def _left(text: Text) -> float:
    return text.x - text.line.width_px if text.anchor == "end" else text.x
