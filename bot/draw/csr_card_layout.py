"""Where everything on a CSR card stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.draw.csr_card_parts import Peak, RankRow
from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE
from bot.draw.scoreboard_parts import TierIcon
from bot.draw.shading import backdrop

if TYPE_CHECKING:
    from bot.draw.csr_board import CsrBoard

__all__ = ["lay_out_ranks"]

_WIDTH_PX: Final = 1200
_MARGIN_PX: Final = 24
_HEADER_PX: Final = 116
_FOOTER_PX: Final = 46
_FOOTER_SIZE: Final = 14
_TITLE_SIZES: Final = range(36, 21, -2)
_SUBTITLE_SIZES: Final = range(17, 11, -1)
_HEAD_SIZES: Final = range(12, 7, -1)
_ICON_MIDDLE_PX: Final = 84
_TEXT_START_PX: Final = 148
_BAR_PX: Final = 420
_BAR_TEXT_START_PX: Final = 582
_VALUE_END_PX: Final = 640
_MOVES_START_PX: Final = 668
_PEAK_STARTS_PX: Final = (864, 1022)
_PEAK_PX: Final = 148
_GAP_PX: Final = 20
_MARK_LINES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Density:
    """The measures of rows, for cards of up to so many; offsets are baselines from the top of a row."""

    up_to: float
    row_px: int
    gap_px: int
    icon_px: int
    peak_icon_px: int
    name_size: int
    name_y: int
    rank_size: int
    rank_y: int
    value_size: int
    value_y: int
    bar_y: int
    bar_px: int
    bar_text_size: int
    move_size: int
    move_ys: tuple[int, int]
    mark_size: int
    peak_size: int
    peak_rank_size: int


_DENSITIES: Final = (
    _Density(
        up_to=5, row_px=112, gap_px=12, icon_px=40, peak_icon_px=17, name_size=20, name_y=40, rank_size=16, rank_y=66,
        value_size=44, value_y=57, bar_y=80, bar_px=12, bar_text_size=14, move_size=16, move_ys=(40, 65), mark_size=13,
        peak_size=22, peak_rank_size=14,
    ),
    _Density(
        up_to=float("inf"), row_px=88, gap_px=10, icon_px=32, peak_icon_px=15, name_size=18, name_y=31, rank_size=15, rank_y=53,
        value_size=36, value_y=45, bar_y=64, bar_px=10, bar_text_size=13, move_size=15, move_ys=(31, 53), mark_size=12,
        peak_size=20, peak_rank_size=13,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A line with its place, size, weight and colour."""

    line: Line
    x: float
    y: float
    size: int
    weight: int = 400
    colour: str = PALETTE.muted
    anchor: str = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Icon:
    colour: str
    mark: Line
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedBar:
    y: int
    done_px: float
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedRow:
    """A row: its top, what stands in it, and whether its outline says that it is not live."""

    top: int
    is_live: bool
    icons: tuple[_Icon, ...]
    bar: _PlacedBar | None
    texts: tuple[_Text, ...]


def lay_out_ranks(board: CsrBoard, lettering: Lettering) -> Mapping[str, object]:
    """Place a card on a sheet of fixed width; the height follows from the rows."""
    density = next(density for density in _DENSITIES if len(board.rows) <= density.up_to)
    height = _HEADER_PX + len(board.rows) * (density.row_px + density.gap_px) - density.gap_px + _FOOTER_PX
    rows = [
        _Rower(row, _HEADER_PX + place * (density.row_px + density.gap_px), density, lettering).place()
        for place, row in enumerate(board.rows)
    ]
    return {
        "language": board.language,
        "width": _WIDTH_PX,
        "height": height,
        "backdrop": backdrop(height),
        "margin": _MARGIN_PX,
        "density": density,
        "bar_start": _TEXT_START_PX,
        "bar_width": _BAR_PX,
        "rows": rows,
        "texts": [*_header(board, lettering), *_footer(board, lettering, height)],
    }


def _header(board: CsrBoard, lettering: Lettering) -> Iterator[_Text]:
    whole_px = _WIDTH_PX - 2 * _MARGIN_PX
    title, size = lettering.fitted(board.title, _TITLE_SIZES, 800, whole_px)
    yield _Text(line=title, x=_MARGIN_PX, y=58, size=size, weight=800, colour=PALETTE.text)
    subtitle_px = _PEAK_STARTS_PX[0] - _GAP_PX - _MARGIN_PX
    subtitle, size = lettering.fitted(board.subtitle, _SUBTITLE_SIZES, 400, subtitle_px)
    yield _Text(line=subtitle, x=_MARGIN_PX, y=90, size=size)
    for head, start in zip(board.peak_heads, _PEAK_STARTS_PX, strict=True):
        line, size = lettering.fitted(head, _HEAD_SIZES, 700, _PEAK_PX)
        yield _Text(line=line, x=start, y=102, size=size, weight=700)


def _footer(board: CsrBoard, lettering: Lettering, height: int) -> Iterator[_Text]:
    y = height - 17
    footer = lettering.line(board.footer, _FOOTER_SIZE, 400, _WIDTH_PX * 0.45)
    yield _Text(line=footer, x=_WIDTH_PX - _MARGIN_PX, y=y, size=_FOOTER_SIZE, anchor="end")
    note_px = _WIDTH_PX - 2 * _MARGIN_PX - footer.width_px - _GAP_PX
    note, size = lettering.fitted(board.note, range(_FOOTER_SIZE, 10, -1), 400, note_px)
    yield _Text(line=note, x=_MARGIN_PX, y=y, size=size)


class _Rower:
    """Places one row."""

    def __init__(self, row: RankRow, top: int, density: _Density, lettering: Lettering) -> None:
        self._row = row
        self._top = top
        self._density = density
        self._lettering = lettering
        self._colour = PALETTE.tier(row.icon.tier)
        # Without a way to go, name and rank stand in the middle of the row.
        self._lower_px = 0 if row.bar else (density.row_px - density.bar_y) // 3

    def place(self) -> _PlacedRow:
        density, row = self._density, self._row
        middle = self._top + density.row_px / 2
        peaks = [
            (peak, start)
            for peak, start in zip((row.season_peak, row.all_time_peak), _PEAK_STARTS_PX, strict=True)
        ]
        icons = [self._icon(row.icon, _ICON_MIDDLE_PX, middle, density.icon_px)]
        texts = [*self._name_and_value(), *(self._moves() if not row.mark else self._mark(middle))]
        for peak, start in peaks:
            if peak is not None:
                icons.append(
                    self._icon(peak.icon, start + density.peak_icon_px, middle, density.peak_icon_px)
                )
            texts += self._peak(peak, start, middle)
        return _PlacedRow(
            top=self._top, is_live=not row.mark, icons=tuple(icons), bar=self._bar(), texts=tuple(texts)
        )

    def _icon(self, icon: TierIcon, x: float, y: float, radius: float) -> _Icon:
        mark = "" if icon.sub_tier is None else str(icon.sub_tier)
        return _Icon(
            colour=PALETTE.tier(icon.tier),
            mark=self._lettering.line(mark, radius, 800),
            x=x,
            y=y,
            radius=radius,
        )

    def _name_and_value(self) -> Iterator[_Text]:
        density, row, down = self._density, self._row, self._top + self._lower_px
        colour = PALETTE.muted if row.mark else PALETTE.text
        value = self._lettering.line(row.value, density.value_size, 800)
        yield _Text(
            line=value, x=_VALUE_END_PX, y=down + density.value_y, size=density.value_size, weight=800,
            colour=colour, anchor="end",
        )  # fmt: skip
        name_px = _VALUE_END_PX - value.width_px - _GAP_PX - _TEXT_START_PX
        for text, size, y, its_colour in (
            (row.name, density.name_size, density.name_y, colour),
            (row.rank, density.rank_size, density.rank_y, self._colour if row.icon.tier else PALETTE.muted),
        ):
            line, fitting = self._lettering.fitted(text, range(size, 11, -1), 700, name_px)
            yield _Text(line=line, x=_TEXT_START_PX, y=down + y, size=fitting, weight=700, colour=its_colour)
        if row.bar is not None:
            text_px = _PEAK_STARTS_PX[0] - _GAP_PX - _BAR_TEXT_START_PX
            sizes = range(density.bar_text_size, 9, -1)
            line, size = self._lettering.fitted(row.bar.text, sizes, 400, text_px)
            y = self._top + density.bar_y + density.bar_px - 1
            yield _Text(line=line, x=_BAR_TEXT_START_PX, y=y, size=size)

    def _moves(self) -> Iterator[_Text]:
        density, within_px = self._density, _PEAK_STARTS_PX[0] - _GAP_PX - _MOVES_START_PX
        for movement, y in zip(self._row.movements, density.move_ys, strict=False):
            sizes = range(density.move_size, 9, -1)
            line, size = self._lettering.fitted(movement.text, sizes, 600, within_px)
            colour: str = getattr(PALETTE, movement.tone.value)
            down = self._top + self._lower_px + y
            yield _Text(line=line, x=_MOVES_START_PX, y=down, size=size, weight=600, colour=colour)

    def _mark(self, middle: float) -> Iterator[_Text]:
        """Set of when the row is, in the place of the movements, above the words beside the bar."""
        size, within_px = self._density.mark_size, _PEAK_STARTS_PX[0] - _GAP_PX - _MOVES_START_PX
        lines = self._lettering.lines(self._row.mark, size, 600, within_px, _MARK_LINES)
        leading = size * 1.35
        centre = middle if self._row.bar is None else self._top + self._density.bar_y / 2 + 4
        first = centre - leading * (len(lines) - 1) / 2 + size * 0.36
        for place, line in enumerate(lines):
            yield _Text(
                line=line, x=_MOVES_START_PX, y=round(first + place * leading, 1), size=size, weight=600
            )

    def _peak(self, peak: Peak | None, start: float, middle: float) -> Iterator[_Text]:
        density = self._density
        if peak is None:
            dash = self._lettering.line("–", density.peak_size, 700)
            yield _Text(line=dash, x=start, y=middle + 7, size=density.peak_size, weight=700)
            return
        x = start + 2 * density.peak_icon_px + 10
        within_px = start + _PEAK_PX - x
        value, size = self._lettering.fitted(peak.value, range(density.peak_size, 11, -1), 700, within_px)
        colour = PALETTE.muted if self._row.mark else PALETTE.text
        yield _Text(line=value, x=x, y=middle - 1, size=size, weight=700, colour=colour)
        rank, size = self._lettering.fitted(peak.rank, range(density.peak_rank_size, 8, -1), 400, within_px)
        yield _Text(line=rank, x=x, y=middle + density.peak_rank_size + 5, size=size)

    def _bar(self) -> _PlacedBar | None:
        bar = self._row.bar
        if bar is None:
            return None
        part = min(max(bar.part, 0.0), 1.0)
        return _PlacedBar(
            y=self._top + self._density.bar_y, done_px=round(part * _BAR_PX, 1), colour=self._colour
        )
