"""Where everything on a leaderboard stands."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.draw.board_sheet import MARGIN_PX, PlacedIcon, place_icon, set_foot, sheet
from bot.draw.leaderboard_parts import BoardRow
from bot.draw.leaderboard_portraits import round_portrait
from bot.draw.lettering import Lettering, Line
from bot.draw.palette import PALETTE, blend
from bot.draw.scoreboard_parts import Tone

if TYPE_CHECKING:
    from bot.draw.leaderboard import Leaderboard

__all__ = ["lay_out_leaderboard"]

_WIDTH_PX: Final = 900
_HEADER_PX: Final = 110
_ROW_PX: Final = 50
_STEP_PX: Final = 56
_PIN_GAP_PX: Final = 14
_FOOTER_PX: Final = 48
_MESSAGE_PX: Final = 130
_TITLE_SIZES: Final = range(34, 19, -1)
_SUBTITLE_SIZES: Final = range(17, 12, -1)
_MESSAGE_SIZES: Final = (24, 17)
_MESSAGE_LEADING_PX: Final = 36
_RANK_MIDDLE_PX: Final = 60
_RANK_SIZES: Final = range(22, 11, -1)
_RANK_PX: Final = 48
_PORTRAIT_MIDDLE_PX: Final = 106
_PORTRAIT_PX: Final = 36
_NAME_START_PX: Final = 138
_NAME_SIZES: Final = range(20, 14, -1)
_MARK_PX: Final = 26
_END_PX: Final = 856
_VALUE_SIZE: Final = 24
_DETAIL_SIZE: Final = 17
_COLUMN_GAP_PX: Final = 26
_ICON_RADIUS_PX: Final = 17
_BAR_OPACITY: Final = 0.2
_RADIUS_PX: Final = 10
_BAR_COLOUR: Final = PALETTE.teams[0]
_RANKS: Final = {1: PALETTE.accent, 2: "#c9d4df", 3: PALETTE.tier("bronze")}
# Discs without a picture: bright enough to tell apart, none of them the caller's accent.
_DISCS: Final = (
    *(PALETTE.tier(tier) for tier in ("onyx", "diamond", "platinum", "bronze")),
    *PALETTE.teams[1:3],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlacedRow:
    """A row: its top, the length of its bar, and what stands in it."""

    top: int
    bar_px: float
    bar_colour: str
    rank: Line
    rank_size: int
    rank_colour: str
    portrait: str | None
    disc_colour: str
    initial: Line
    name: Line
    name_size: int
    name_weight: int
    mark_middle: float | None
    icon: PlacedIcon | None
    value: Line
    detail: Line
    detail_weight: int
    detail_colour: str
    is_caller: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Right edges of the value and of its detail, the middle of the tier icons, and the room for names."""

    value_end: float
    detail_end: float
    icon_middle: float
    name_px: float


def lay_out_leaderboard(board: Leaderboard, lettering: Lettering) -> Mapping[str, object]:
    """Place a leaderboard on a sheet of fixed width."""
    everybody = (*board.rows, *((board.pinned,) if board.pinned else ()))
    columns = _columns(everybody, lettering)
    rows = [_place(row, _HEADER_PX + at * _STEP_PX, columns, lettering) for at, row in enumerate(board.rows)]
    end = _HEADER_PX + (len(rows) * _STEP_PX if rows else _MESSAGE_PX)
    pinned = _place(board.pinned, end + _PIN_GAP_PX, columns, lettering) if board.pinned else None
    height = end + (_PIN_GAP_PX + _STEP_PX if pinned else 0) + _FOOTER_PX
    within_px = _WIDTH_PX - 2 * MARGIN_PX
    title, title_size = lettering.fitted(board.title, _TITLE_SIZES, 800, within_px)
    subtitle, subtitle_size = lettering.fitted(board.subtitle, _SUBTITLE_SIZES, 400, within_px)
    foot = set_foot(board.footer, board.note, lettering, within_px=within_px, footer_most_px=within_px * 0.4)
    return {
        **sheet(board.language, _WIDTH_PX, height),
        "radius": _RADIUS_PX,
        "row_px": _ROW_PX,
        "title": title,
        "title_size": title_size,
        "subtitle": subtitle,
        "subtitle_size": subtitle_size,
        "rows": [*rows, pinned] if pinned else rows,
        "columns": columns,
        "separator": end + _PIN_GAP_PX / 2 - 3 if pinned else None,
        "rank_middle": _RANK_MIDDLE_PX,
        "portrait_middle": _PORTRAIT_MIDDLE_PX,
        "portrait_px": _PORTRAIT_PX,
        "name_start": _NAME_START_PX,
        "value_size": _VALUE_SIZE,
        "detail_size": _DETAIL_SIZE,
        "icon_radius": _ICON_RADIUS_PX,
        "message": [] if rows else _message(board.message, within_px, lettering),
        "note": foot.note,
        "footer": foot.footer,
    }


def _message(lines: Sequence[str], within_px: float, lettering: Lettering) -> list[tuple[Line, float, int]]:
    """Set what is said instead of rows: a large line, smaller ones below, all in the middle."""
    placed: list[tuple[Line, float, int]] = []
    for number, line in enumerate(lines):
        size = _MESSAGE_SIZES[min(number, 1)]
        fitted, fitted_size = lettering.fitted(line, range(size, 12, -1), 400, within_px)
        placed.append((fitted, _HEADER_PX + 52 + number * _MESSAGE_LEADING_PX, fitted_size))
    return placed


def _columns(rows: Sequence[BoardRow], lettering: Lettering) -> _Columns:
    """Give numbers the room that the widest takes, from the right; names have the rest."""
    detail_px = lettering.widest_px(((row.detail, _detail_weight(row)) for row in rows), _DETAIL_SIZE)
    value_px = lettering.widest_px(((row.value, 800) for row in rows), _VALUE_SIZE)
    value_end = _END_PX - (detail_px + _COLUMN_GAP_PX if detail_px else 0)
    icon_middle = value_end - value_px - 14 - _ICON_RADIUS_PX
    has_icons = any(row.tier for row in rows)
    numbers_start = icon_middle - _ICON_RADIUS_PX if has_icons else value_end - value_px
    return _Columns(
        value_end=round(value_end, 1),
        detail_end=_END_PX,
        icon_middle=round(icon_middle, 1),
        name_px=numbers_start - 16 - _NAME_START_PX,
    )


def _place(row: BoardRow, top: int, columns: _Columns, lettering: Lettering) -> _PlacedRow:
    weight = 700 if row.is_caller else 500
    name_px = columns.name_px - (_MARK_PX if row.is_verified else 0)
    name, name_size = lettering.fitted(row.name, _NAME_SIZES, weight, name_px)
    rank, rank_size = lettering.fitted(row.rank, _RANK_SIZES, 800, _RANK_PX)
    portrait = round_portrait(row.portrait, _PORTRAIT_PX) if row.portrait else None
    return _PlacedRow(
        top=top,
        bar_px=round(min(max(row.share, 0.0), 1.0) * (_WIDTH_PX - 2 * MARGIN_PX), 1),
        bar_colour=blend(PALETTE.panel, _bar_colour(row), _BAR_OPACITY),
        rank=rank,
        rank_size=rank_size,
        rank_colour=_RANKS.get(row.place, PALETTE.muted),
        portrait=b64encode(portrait).decode() if portrait else None,
        disc_colour=blend(PALETTE.panel, _disc_colour(row), 0.6),
        initial=lettering.line(lettering.clean(row.initial)[:1].upper(), 18, 700, _PORTRAIT_PX),
        name=name,
        name_size=name_size,
        name_weight=weight,
        mark_middle=round(_NAME_START_PX + name.width_px + 17, 1) if row.is_verified else None,
        icon=place_icon(row.tier, _ICON_RADIUS_PX, lettering),
        value=lettering.line(row.value, _VALUE_SIZE, 800),
        detail=lettering.line(row.detail, _DETAIL_SIZE, _detail_weight(row)),
        detail_weight=_detail_weight(row),
        detail_colour=getattr(PALETTE, row.tone.value),
        is_caller=row.is_caller,
    )


def _detail_weight(row: BoardRow) -> int:
    return 400 if row.tone is Tone.MUTED else 600


def _bar_colour(row: BoardRow) -> str:
    return PALETTE.tier(row.tier.tier) if row.tier else _BAR_COLOUR


def _disc_colour(row: BoardRow) -> str:
    return PALETTE.tier(row.tier.tier) if row.tier else _DISCS[row.hue % len(_DISCS)]
