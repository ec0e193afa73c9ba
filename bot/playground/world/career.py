"""The career: 272 ranks from Recruit to Hero, and where a total of experience stands."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CAREER_EXPERIENCE", "CAREER_RANKS", "CareerRank", "career_progress"]

_TIERS = ("Bronze", "Silver", "Gold", "Platinum", "Diamond", "Onyx")
_TITLES = (
    "Cadet", "Private", "Lance Corporal", "Corporal", "Sergeant", "Staff Sergeant", "Gunnery Sergeant", "Master Sergeant",
    "Lieutenant", "Captain", "Major", "Lt Colonel", "Colonel", "Brigadier General", "General",
)  # fmt: skip
_GRADES = ("I", "II", "III")
# What the first title of each tier costs; every title more costs so much more of it, and so does every grade.
_COSTS = (1_500, 3_000, 7_000, 15_000, 30_000, 45_000)
_MORE_A_TITLE, _MORE_A_GRADE = 0.16, 0.03
_COST_STEP = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerRank:
    """One rank; ``experience`` leads from it to the next, ``grade`` is 1 to 3 (Recruit 1, Hero 0)."""

    number: int
    title: str
    tier: str
    grade: int
    experience: int
    icon: str

    @property
    def has_tier(self) -> bool:
        """The first and the last rank stand outside the tiers."""
        return 1 < self.number < 272


def _climb() -> tuple[CareerRank, ...]:
    """Recruit; then each tier walks through all titles in three grades; then Hero.

    The number in an icon's file counts tier by tier within a title, so it is not the rank's number.
    """
    ranks = [_rank(1, "Recruit", "Bronze", 1, 100, "1_Recruit")]
    for tier_at, tier in enumerate(_TIERS):
        for title_at, title in enumerate(_TITLES):
            for grade_at, grade in enumerate(_GRADES):
                file_number = 2 + title_at * 18 + tier_at * 3 + grade_at
                factor = 1 + title_at * _MORE_A_TITLE + grade_at * _MORE_A_GRADE
                experience = round(_COSTS[tier_at] * factor / _COST_STEP) * _COST_STEP
                file = f"{file_number}_{title.replace(' ', '_')}_{tier}_{grade}"
                ranks.append(_rank(len(ranks) + 1, title, tier, grade_at + 1, experience, file))
    return (*ranks, _rank(len(ranks) + 1, "Hero", "Gold", 0, 1, "272_Hero"))


def _rank(number: int, title: str, tier: str, grade: int, experience: int, file: str) -> CareerRank:
    icon = f"career_rank/ProgressWidget/{file}.png"
    return CareerRank(number=number, title=title, tier=tier, grade=grade, experience=experience, icon=icon)


CAREER_RANKS = _climb()
"""All ranks in order."""

CAREER_EXPERIENCE = sum(rank.experience for rank in CAREER_RANKS[:-1])
"""What it takes to the last rank."""


def career_progress(experience: int) -> tuple[int, int, bool]:
    """Progress rank, experience into it and whether it is the last, as the economy service counts.

    The displayed rank is the progress rank + 1 except at the maximum, where both are 272.
    """
    for rank in CAREER_RANKS[:-1]:
        if experience < rank.experience:
            return rank.number - 1, experience, False
        experience -= rank.experience
    return CAREER_RANKS[-1].number, 0, True
