"""Where everything on a scoreboard stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.draw.board_sheet import MARGIN_PX, PlacedIcon, place_icon, set_foot, sheet
from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_header import lay_out_header
from bot.draw.scoreboard_parts import Cell, Mark, PlayerRow, Side
from bot.draw.shading import Stripe, backdrop_at, fade

if TYPE_CHECKING:
    from bot.draw.scoreboard import Scoreboard

__all__ = ["lay_out_scoreboard"]

_WIDTH_PX: Final = 1200
_FOOTER_PX: Final = 52
_HEADS_PX: Final = 34
_HEAD_SIZE: Final = 13
_HEADS_MOST_PX: Final = range(130, 30, -5)
_RANK_MIDDLE_PX: Final = 50
_TIER_MIDDLE_PX: Final = 92
_NAME_START_PX: Final = {True: 120, False: 80}
_LEAST_NAME_PX: Final = 280
_CELLS_END_PX: Final = 1160
_WIDEST_GAP_PX: Final = 36
_NARROWEST_GAP_PX: Final = 14
_SIDE_GAP_PX: Final = 14
_NOTE_GAP_PX: Final = 12
_STRONG, _WEAK = 0.30, 0.06


@dataclass(frozen=True, slots=True, kw_only=True)
class _Density:
    """The measures of rows, for scoreboards of up to so many."""

    up_to: float
    row_px: int
    gap_px: int
    name_size: int
    number_size: int
    note_size: int
    icon_px: int


_DENSITIES: Final = (
    _Density(up_to=10, row_px=44, gap_px=6, name_size=19, number_size=18, note_size=14, icon_px=15),
    _Density(up_to=16, row_px=36, gap_px=5, name_size=17, number_size=17, note_size=13, icon_px=13),
    _Density(up_to=float("inf"), row_px=30, gap_px=4, name_size=16, number_size=16, note_size=12, icon_px=11),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedCell:
    end: float
    text: Line
    weight: int
    colour: str
    underlined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedRow:
    """A row: its top, the baseline of its text, its shade from left to right, and what stands in it."""

    top: int
    baseline: float
    stripes: tuple[Stripe, ...]
    rank: Line
    icon: PlacedIcon | None
    name: Line
    name_weight: int
    note: Line
    note_start: float
    cells: tuple[_PlacedCell, ...]
    is_subject: bool


def lay_out_scoreboard(board: Scoreboard, lettering: Lettering) -> Mapping[str, object]:
    """Place a scoreboard on a sheet of fixed width; the height follows from the rows."""
    rows = [row for side in board.sides for row in side.rows]
    density = next(density for density in _DENSITIES if len(rows) <= density.up_to)
    header = lay_out_header(board, lettering, width_px=_WIDTH_PX, margin_px=MARGIN_PX)
    first_top = header.height_px + _HEADS_PX
    tops = _tops(board.sides, first_top, density)
    height = (max(tops, default=first_top) + density.row_px) + _FOOTER_PX
    name_start = _NAME_START_PX[any(row.tier for row in rows)]
    heads, name_px = _columns(board, rows, name_start, density, lettering)
    ends = [end for _, end in heads]
    placed = [
        _place_row(row, side, top, height, (name_start, name_px), ends, density, lettering)
        for (side, row), top in zip(
            ((side, row) for side in board.sides for row in side.rows), tops, strict=True
        )
    ]
    foot = set_foot(
        board.footer,
        board.legend,
        lettering,
        within_px=_WIDTH_PX - 2 * MARGIN_PX,
        footer_most_px=_WIDTH_PX * 0.45,
    )
    return {
        **sheet(board.language, _WIDTH_PX, height),
        "header": header,
        "density": density,
        "head_size": _HEAD_SIZE,
        "head_y": header.height_px + 20,
        "player_head": lettering.line(board.player_head, _HEAD_SIZE, 700, name_px),
        "name_start": name_start,
        "rank_middle": _RANK_MIDDLE_PX,
        "tier_middle": _TIER_MIDDLE_PX,
        "heads": heads,
        "rows": placed,
        "footer": foot.footer,
        "legend": foot.note,
    }


def _tops(sides: Sequence[Side], first_top: int, density: _Density) -> list[int]:
    tops: list[int] = []
    top = first_top
    for side in sides:
        for _ in side.rows:
            tops.append(top)
            top += density.row_px + density.gap_px
        top += _SIDE_GAP_PX if side.rows else 0
    return tops


def _columns(
    board: Scoreboard,
    rows: Sequence[PlayerRow],
    name_start: int,
    density: _Density,
    lettering: Lettering,
) -> tuple[list[tuple[Line, float]], float]:
    """Return each column's head with its right edge, and the width left for names.

    Columns are as wide as their widest text. Long heads give way until names have their share; the gaps
    take what names and notes do not need, and the names the rest.
    """
    numbers = [
        lettering.widest_px((_weighed(row.cells[place]) for row in rows), density.number_size)
        for place in range(len(board.heads))
    ]
    shared_px = _CELLS_END_PX - name_start - _LEAST_NAME_PX - len(numbers) * _NARROWEST_GAP_PX
    heads = _heads(board, numbers, shared_px, lettering)
    widths = [max(head.width_px, px) for head, px in zip(heads, numbers, strict=True)]
    wanted_px = max((_name_px(row, density, lettering) for row in rows), default=0.0)
    spare_px = shared_px - sum(widths) - max(wanted_px - _LEAST_NAME_PX, 0)
    gap = _NARROWEST_GAP_PX + spare_px / max(len(widths), 1)
    gap = min(max(gap, _NARROWEST_GAP_PX), _WIDEST_GAP_PX)
    ends: list[float] = []
    end = float(_CELLS_END_PX)
    for width in reversed(widths):
        ends.append(round(end, 1))
        end -= width + gap
    return list(zip(heads, reversed(ends), strict=True)), end - name_start


def _name_px(row: PlayerRow, density: _Density, lettering: Lettering) -> float:
    """Return how much room a name and its note would take beside each other."""
    name_px = lettering.width_px(row.name, density.name_size, _NAME_WEIGHTS[row.is_subject])
    note_px = lettering.width_px(row.note, density.note_size)
    return name_px + _NOTE_GAP_PX + (note_px + _NOTE_GAP_PX if row.note else 0)


def _heads(board: Scoreboard, numbers: Sequence[float], shared_px: float, lettering: Lettering) -> list[Line]:
    """Set the heads as wide as the columns can be together; none is narrower than its numbers."""
    heads: list[Line] = []
    for most_px in _HEADS_MOST_PX:
        heads = [
            lettering.line(head, _HEAD_SIZE, 700, max(most_px, number_px))
            for head, number_px in zip(board.heads, numbers, strict=True)
        ]
        if sum(max(head.width_px, px) for head, px in zip(heads, numbers, strict=True)) <= shared_px:
            break
    return heads


def _weighed(cell: Cell) -> tuple[str, int]:
    return cell.text, _WEIGHTS[cell.mark]


_NAME_WEIGHTS: Final = {True: 700, False: 500}
_WEIGHTS: Final = {Mark.NONE: 400, Mark.BEST_IN_TEAM: 800, Mark.BEST_IN_MATCH: 800}


def _place_row(
    row: PlayerRow,
    side: Side,
    top: int,
    height: int,
    name_place: tuple[int, float],
    ends: Sequence[float],
    density: _Density,
    lettering: Lettering,
) -> _PlacedRow:
    name_start, name_px = name_place
    weight = _NAME_WEIGHTS[row.is_subject]
    # The name has the first claim on its column, the note the rest.
    note = lettering.line(row.note, density.note_size, 400, name_px * 0.55)
    note_px = note.width_px + _NOTE_GAP_PX if note else 0
    name = lettering.line(row.name, density.name_size, weight, name_px - note_px)
    base = backdrop_at((top + density.row_px / 2) / height)
    return _PlacedRow(
        top=top,
        baseline=round(top + density.row_px / 2 + density.name_size * 0.36, 1),
        stripes=fade(
            base,
            PALETTE.team(side.team_id),
            start_px=MARGIN_PX,
            width_px=_WIDTH_PX - 2 * MARGIN_PX,
            strong=_STRONG,
            weak=_WEAK,
        ),
        rank=lettering.line(row.rank, density.number_size - 1, 600, 44),
        icon=place_icon(row.tier, density.icon_px, lettering),
        name=name,
        name_weight=weight,
        note=note,
        note_start=round(name_start + name.width_px + _NOTE_GAP_PX, 1),
        cells=tuple(
            _place_cell(cell, end, density, lettering) for cell, end in zip(row.cells, ends, strict=True)
        ),
        is_subject=row.is_subject,
    )


def _place_cell(cell: Cell, end: float, density: _Density, lettering: Lettering) -> _PlacedCell:
    weight = _WEIGHTS[cell.mark]
    return _PlacedCell(
        end=end,
        text=lettering.line(cell.text, density.number_size, weight),
        weight=weight,
        colour=getattr(PALETTE, cell.tone.value),
        underlined=cell.mark is Mark.BEST_IN_MATCH,
    )
