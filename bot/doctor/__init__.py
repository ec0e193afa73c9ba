"""``adjutant doctor``: a look at every step from the settings to Halo, each with what to do about it."""

from __future__ import annotations

from bot.doctor.case import Case, load_case
from bot.doctor.checkup import CHECKS, Check, check_all, examine
from bot.doctor.finding import Finding, Verdict

__all__ = ["CHECKS", "Case", "Check", "Finding", "Verdict", "check_all", "examine", "load_case"]
