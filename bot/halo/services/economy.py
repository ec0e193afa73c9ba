"""The economy authority: how far players are, and how they look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, cast

from pydantic import BeforeValidator

from bot.halo.errors import BadRequestError, ForbiddenError, NotFoundError
from bot.halo.models.economy import (
    Appearance,
    CareerRanks,
    PlayerCareerRank,
    PlayerCustomization,
    PlayerOperationPasses,
)
from bot.halo.responses import JsonResponse, ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.batches import Batch, BatchResponse, people_of
from bot.halo.services.endpoint import endpoint
from bot.halo.transport.answer import Answer
from bot.halo.xuid import wrap_xuid

__all__ = ["EconomyService"]


def _appearance_in(data: Any) -> Any:
    """The part about appearance, whether it came alone or with all the rest."""
    if not isinstance(data, Mapping):
        return data
    answer = cast("Mapping[str, Any]", data)
    return answer.get("Appearance", answer)


_HOST: Final = "economy.svc.halowaypoint.com"
_APPEARANCE: Final[ModelParser[Appearance]] = ModelParser(
    cast("type[Appearance]", Annotated[Appearance, BeforeValidator(_appearance_in)])
)
_CAREER_RANK: Final = ModelParser(PlayerCareerRank)
_CAREER_RANKS: Final = ModelParser(CareerRanks)
_CUSTOMIZATION: Final = ModelParser(PlayerCustomization)
_OPERATIONS: Final = ModelParser(PlayerOperationPasses)
_CAREER_BATCH: Final = Batch(size=32, entries="RewardTracks", player="Id")


class EconomyService(BaseService):
    """Career ranks, operations and customization. XUIDs must have 16 digits, else `InvalidXuidError`."""

    async def get_player_reward_track_operations(
        self, xuid: str | int
    ) -> JsonResponse[PlayerOperationPasses]:
        """How far a player is on each operation, in ranks and in experience into the next one."""
        url = endpoint(_HOST, "hi", "players", wrap_xuid(xuid), "rewardtracks", "operations")
        return await self._get_json(url, _OPERATIONS)

    async def get_player_career_rank(
        self, xuid: str | int, reward_track_id: str = "careerrank1"
    ) -> JsonResponse[PlayerCareerRank]:
        """How far the career of a player is; the rank shown in game is one more, except at the last.

        Raises:
            InvalidXuidError: ``xuid`` does not have 16 digits.
            ForbiddenError: It is somebody else than the signed-in player, as reported;
                :meth:`get_career_ranks` answers for everybody.
        """
        player = wrap_xuid(xuid)
        url = endpoint(_HOST, "hi", "players", player, "rewardtracks", "careerranks", reward_track_id)
        return await self._get_json(url, _CAREER_RANK)

    async def get_career_ranks(
        self, xuids: Iterable[str | int], reward_track_id: str = "careerRank1"
    ) -> BatchResponse[CareerRanks]:
        """How far the careers of any number of players are, each once and in the order given.

        The service takes 32 at a time and leaves out whoever has no career; they are in ``missing``.

        Raises:
            TypeError: ``xuids`` is a ``str``.
            ValueError: ``xuids`` holds nobody.
            InvalidXuidError: One does not have 16 digits.
        """

        async def ask(people: Sequence[int]) -> Answer:
            players = ",".join(wrap_xuid(xuid) for xuid in people)
            url = endpoint(_HOST, "hi", "careerranks", reward_track_id, query=[("players", players)])
            return await self._transport.get(url, options=self._options)

        return await _CAREER_BATCH.ask(people_of(xuids), ask, _CAREER_RANKS)

    async def get_player_customization(
        self, xuid: str | int, view_type: Literal["public", "private"] = "public"
    ) -> JsonResponse[PlayerCustomization]:
        """Everything a player has chosen to look like.

        Raises:
            InvalidXuidError: ``xuid`` does not have 16 digits.
            ForbiddenError: ``private`` was asked of somebody else than the signed-in player.
        """
        url = endpoint(_HOST, *_customization_of(xuid), query=[("view", view_type)])
        return await self._get_json(url, _CUSTOMIZATION)

    async def get_player_appearance(self, xuid: str | int) -> JsonResponse[Appearance]:
        """A player's service tag, emblem and backdrop.

        The small answer is asked for first, and all of the customization where that one is refused: whether
        it is there for others than oneself is not certain.
        """
        try:
            return await self._get_json(endpoint(_HOST, *_customization_of(xuid), "appearance"), _APPEARANCE)
        except (BadRequestError, ForbiddenError, NotFoundError):
            url = endpoint(_HOST, *_customization_of(xuid), query=[("view", "public")])
            return await self._get_json(url, _APPEARANCE)


def _customization_of(xuid: str | int) -> tuple[str, ...]:
    return ("hi", "players", wrap_xuid(xuid), "customization")
