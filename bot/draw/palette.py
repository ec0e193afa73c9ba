"""The colours of every picture: one dark theme, one accent, team, tier and medal colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["PALETTE", "Palette", "blend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours as ``#rrggbb``; what a table does not know takes the neutral one of its kind."""

    sky: str
    ground: str
    panel: str
    text: str
    muted: str
    accent: str
    good: str
    bad: str
    neutral_side: str
    ink: str
    teams: tuple[str, ...]
    tiers: Mapping[str, str]
    unranked: str
    medals: Mapping[int, str]
    outcomes: Mapping[str, str]

    def team(self, team_id: int | None) -> str:
        """Return a team's colour; ids beyond the eight of the game start over."""
        return self.neutral_side if team_id is None else self.teams[team_id % len(self.teams)]

    def tier(self, tier: str) -> str:
        """Return a CSR tier's colour by its name; unranked and unknown tiers are grey."""
        return self.tiers.get(tier.casefold(), self.unranked)

    def medal(self, difficulty: int | None) -> str:
        """Return the rim of a medal of this difficulty, 0 normal to 3 mythic."""
        return self.medals.get(difficulty or 0, self.muted)

    def outcome(self, outcome: str) -> str:
        """Return the pill of an outcome by its name, such as ``WIN``."""
        return self.outcomes.get(outcome, self.muted)


def blend(base: str, over: str, opacity: float) -> str:
    """Lay the colour ``over`` with an opacity of 0 to 1 on ``base`` and return the opaque result."""
    channels = zip(bytes.fromhex(base[1:]), bytes.fromhex(over[1:]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * opacity):02x}" for low, high in channels)


PALETTE: Final = Palette(
    sky="#0b1420",
    ground="#122338",
    panel="#15283d",
    text="#eaf2fb",
    muted="#8aa2b8",
    accent="#f3c64e",
    good="#4cc38a",
    bad="#e5635b",
    neutral_side="#7d95ab",
    ink="#0b1420",
    teams=("#3b8eea", "#e2574c", "#45b868", "#e0b13c", "#9a6bff", "#e8823a", "#2fb9c7", "#e56bb5"),
    tiers=MappingProxyType(
        {
            "bronze": "#b9743c",
            "silver": "#b8c4cf",
            "gold": "#f0bf45",
            "platinum": "#63c7c0",
            "diamond": "#6fa8ff",
            "onyx": "#b07cff",
        }
    ),
    unranked="#56697c",
    medals=MappingProxyType({0: "#7f93a6", 1: "#4aa3ff", 2: "#b46bff", 3: "#ff9b3d"}),
    outcomes=MappingProxyType(
        {"WIN": "#4cc38a", "LOSS": "#e5635b", "TIE": "#9db3c7", "DID_NOT_FINISH": "#d9a441"}
    ),
)
