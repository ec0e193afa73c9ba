"""How far a player is: operations and career."""

from __future__ import annotations

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.refdata import SkillResultCode

__all__ = [
    "CareerRankValue",
    "CareerRanks",
    "PlayerCareerRank",
    "PlayerOperationPass",
    "PlayerOperationPasses",
    "RewardTrackProgress",
]


class RewardTrackProgress(PascalCaseModel):
    """How far a player is on a reward track; ``partial_progress`` is experience towards the next rank."""

    rank: int = 0
    partial_progress: int = 0
    has_reached_max_rank: bool = False
    is_owned: bool | None = None


class PlayerOperationPass(PascalCaseModel):
    """A player's progress on one operation."""

    reward_track_path: str = ""
    current_progress: RewardTrackProgress = Field(default_factory=RewardTrackProgress)
    is_owned: bool = False

    @property
    def track_id(self) -> str:
        """The track's id, the stem of its path."""
        return self.reward_track_path.rsplit("/", 1)[-1].removesuffix(".json")

    @property
    def last_unlocked_rank(self) -> int:
        """The rank reached last, 0 before the first."""
        return self.current_progress.rank

    @property
    def partial_progress(self) -> int:
        """The experience gathered towards the next rank."""
        return self.current_progress.partial_progress

    @property
    def has_reached_max_rank(self) -> bool:
        """Whether there is no rank left to reach."""
        return self.current_progress.has_reached_max_rank

    @property
    def is_completed(self) -> bool:
        """Whether there is no rank left to reach."""
        return self.has_reached_max_rank

    @property
    def is_not_started(self) -> bool:
        """Whether no experience was ever gathered on it."""
        return not (self.is_completed or self.last_unlocked_rank or self.partial_progress)

    @property
    def is_in_progress(self) -> bool:
        """Whether it was started and not completed."""
        return not (self.is_completed or self.is_not_started)


class PlayerOperationPasses(PascalCaseModel):
    """A player's progress on all operations."""

    active_operation_reward_track_path: str | None = None
    operation_reward_tracks: tuple[PlayerOperationPass, ...] = ()

    @property
    def active(self) -> PlayerOperationPass | None:
        """The operation that experience goes to, if it is among the tracks."""
        path = self.active_operation_reward_track_path
        return next(
            (track for track in self.operation_reward_tracks if track.reward_track_path == path), None
        )

    @property
    def completed(self) -> tuple[PlayerOperationPass, ...]:
        """The operations with no rank left to reach."""
        return tuple(track for track in self.operation_reward_tracks if track.is_completed)

    @property
    def not_started(self) -> tuple[PlayerOperationPass, ...]:
        """The operations without any experience."""
        return tuple(track for track in self.operation_reward_tracks if track.is_not_started)

    @property
    def in_progress(self) -> tuple[PlayerOperationPass, ...]:
        """The operations that were started and not completed."""
        return tuple(track for track in self.operation_reward_tracks if track.is_in_progress)


class PlayerCareerRank(PascalCaseModel):
    """A player's career; the rank shown is ``current_progress.rank`` + 1, except at the last."""

    current_progress: RewardTrackProgress = Field(default_factory=RewardTrackProgress)
    spartan_id: str | None = None


class CareerRankValue(PascalCaseModel):
    """The career of one player, if there is one; ``id`` is ``xuid(…)``."""

    id: str
    result_code: SkillResultCode | None = None
    result: PlayerCareerRank | None = None


class CareerRanks(PascalCaseModel):
    """The careers of the players that were asked for; whoever has none is left out."""

    reward_tracks: tuple[CareerRankValue, ...] = ()
