"""One figure of a benchmark."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Result"]


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured and what it is held against, in the same unit; the ratio is measured by bound."""

    what: str
    measured: float
    bound: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.measured / self.bound

    @property
    def measured_text(self) -> str:
        return f"{self.measured:.1f} {self.unit}"

    @property
    def bound_text(self) -> str:
        return f"{self.bound:.1f} {self.unit}"
