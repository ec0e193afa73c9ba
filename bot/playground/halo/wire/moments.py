"""How the services write moments and durations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = ["write_date", "write_duration", "write_moment"]


def write_moment(moment: datetime) -> str:
    """``2025-01-29T04:07:25.964Z``: milliseconds without trailing zeros, in UTC."""
    text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    milliseconds = f"{moment.microsecond // 1000:03d}".rstrip("0")
    return f"{text}.{milliseconds}Z" if milliseconds else f"{text}Z"


def write_date(moment: datetime) -> dict[str, Any]:
    """The object that dates are wrapped in."""
    return {"ISO8601Date": write_moment(moment)}


def write_duration(duration: timedelta, *, digits: int = 3, extra: str = "") -> str:
    """``PT9M9.421S``, with days where there are any; ``extra`` is more digits for the fraction's end."""
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = (f"{duration.microseconds:06d}"[:digits] + extra).rstrip("0")
    days = f"{duration.days}D" if duration.days else ""
    time = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    if seconds or fraction or not (days or time):
        time += f"{seconds}.{fraction}S" if fraction else f"{seconds}S"
    return f"P{days}T{time}" if time else f"P{days}"
