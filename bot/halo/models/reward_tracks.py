"""Reward tracks: the career ranks and the operations, with what each rank gives."""

from __future__ import annotations

from pydantic import Field

from bot.halo.models.base import CamelCaseModel, PascalCaseModel
from bot.halo.models.values import ReadOnlyDict, empty_mapping

__all__ = [
    "CareerRewardTrack",
    "CareerRewardTrackRank",
    "CurrencyReward",
    "InventoryReward",
    "OperationRewardTrack",
    "OperationRewardTrackRank",
    "RankRewards",
    "TranslatableString",
    "TranslatableStringWithStatus",
]


class InventoryReward(PascalCaseModel):
    """Something to wear or use."""

    inventory_item_path: str = ""
    amount: int = 0
    type: str = ""


class CurrencyReward(PascalCaseModel):
    """Something to spend."""

    currency_path: str = ""
    amount: int = 0


class RankRewards(PascalCaseModel):
    """What is given at a rank."""

    inventory_rewards: tuple[InventoryReward, ...] = ()
    currency_rewards: tuple[CurrencyReward, ...] = ()


class TranslatableString(CamelCaseModel):
    """A text in English and its translations, by language code such as ``de-DE``."""

    value: str = ""
    translations: ReadOnlyDict[str, str] = Field(default_factory=empty_mapping)


class TranslatableStringWithStatus(TranslatableString):
    """A text with its translations and the state of these, which for rank titles are none."""

    status: str = ""


class CareerRewardTrackRank(PascalCaseModel):
    """A career rank; title, sub-title and tier make its name ("Sergeant Bronze 2").

    The icons are paths for `get_image`; the numbers in them are not rank numbers. Heights are 280, 600 and 196 px.
    """

    rank: int = 0
    free_rewards: RankRewards = Field(default_factory=RankRewards)
    paid_rewards: RankRewards = Field(default_factory=RankRewards)
    xp_required_for_rank: int = 0
    rank_title: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    rank_sub_title: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    rank_tier: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    rank_icon: str = ""
    rank_large_icon: str = ""
    rank_adornment_icon: str = ""
    tier_type: str = ""
    rank_grade: int = 0


class CareerRewardTrack(PascalCaseModel):
    """All career ranks; the rank shown is the progress rank + 1, except at the last."""

    track_id: str = ""
    ranks: tuple[CareerRewardTrackRank, ...] = ()
    name: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    description: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    operation_number: int = 0
    date_range: TranslatableStringWithStatus = Field(default_factory=TranslatableStringWithStatus)
    is_ritual: bool = False
    summary_image_path: str = ""
    week_number: int | None = None
    xp_per_rank: int = 0


class OperationRewardTrackRank(PascalCaseModel):
    """A rank of an operation."""

    rank: int = 0
    free_rewards: RankRewards = Field(default_factory=RankRewards)
    paid_rewards: RankRewards = Field(default_factory=RankRewards)

    @property
    def has_rewards(self) -> bool:
        """Whether anything is given at this rank, paid for or not."""
        return any(
            rewards.inventory_rewards or rewards.currency_rewards
            for rewards in (self.free_rewards, self.paid_rewards)
        )


class OperationRewardTrack(PascalCaseModel):
    """The ranks of an operation and what they give."""

    track_id: str | None = None
    ranks: tuple[OperationRewardTrackRank, ...] = ()
    name: TranslatableStringWithStatus | None = None
    description: TranslatableStringWithStatus | None = None
    xp_per_rank: int | None = None
    battle_pass_image: str | None = None
    background_image_path: str | None = None

    @property
    def total_ranks(self) -> int:
        """The number of the last rank, 0 without one."""
        return max((rank.rank for rank in self.ranks), default=0)
