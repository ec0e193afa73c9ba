"""The skill authority: CSR, MMR and expected performance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from bot.halo.models.skill import MatchSkill, PlaylistCsr
from bot.halo.responses import ModelParser
from bot.halo.services.base import BaseService
from bot.halo.services.batches import Batch, BatchResponse, people_of
from bot.halo.services.endpoint import bare_season_id, endpoint, uuid_text
from bot.halo.transport.answer import Answer
from bot.halo.xuid import wrap_xuid

__all__ = ["SkillService"]

_HOST: Final = "skill.svc.halowaypoint.com"
_MATCH_SKILL: Final = ModelParser(MatchSkill)
_PLAYLIST_CSR: Final = ModelParser(PlaylistCsr)
# A whole roster fits; more than that would make an address that servers refuse as too long.
_ROSTER: Final = Batch(size=100, entries="Value", player="Id")
_LADDER: Final = Batch(size=32, entries="Value", player="Id")


class SkillService(BaseService):
    """How good players are, and how a match was expected to go.

    A player without a result has an entry that says so; the service may call that a 404 although it holds
    the others' results, which are then used.
    """

    async def get_match_skill(
        self, match_id: str | UUID, xuids: Iterable[str | int]
    ) -> BatchResponse[MatchSkill]:
        """What a match did to the skill of ``xuids``, in the order given; bots among them are left out.

        A match that has just ended has none yet; ``not_found_wait_s`` says how long to ask again.

        Raises:
            TypeError: ``xuids`` is a ``str``.
            ValueError: ``xuids`` holds nobody, or ``match_id`` is no UUID.
            InvalidXuidError: One does not have 16 digits.
            NotFoundError: There is no such match, or not yet.
        """
        segments = ("hi", "matches", uuid_text(match_id), "skill")

        async def ask(people: Sequence[int]) -> Answer:
            url = endpoint(_HOST, *segments, query=_players(people))
            return await self._transport.get(url, options=self._options, body_of_404=True, settles=True)

        return await _ROSTER.ask(people_of(xuids), ask, _MATCH_SKILL)

    async def get_playlist_csr(
        self, playlist_id: str | UUID, xuids: Iterable[str | int], season_id: str | None = None
    ) -> BatchResponse[PlaylistCsr]:
        """The CSR of any number of ``xuids`` in a playlist, each once and in the order given.

        Args:
            playlist_id: The asset id of the playlist.
            xuids: The players; the service takes 32 at a time and drops the rest without a word.
            season_id: ``CsrSeason5-1`` or its path; the current season by default.

        Raises:
            TypeError: ``xuids`` is a ``str``.
            ValueError: ``xuids`` holds nobody, or ``playlist_id`` is no UUID.
            InvalidXuidError: One does not have 16 digits.
            NotFoundError: The playlist has no ladder in that season.
        """
        segments = ("hi", "playlist", uuid_text(playlist_id), "csrs")
        season = [("season", bare_season_id(season_id))] if season_id else []

        async def ask(people: Sequence[int]) -> Answer:
            url = endpoint(_HOST, *segments, query=[*_players(people), *season])
            return await self._transport.get(url, options=self._options, body_of_404=True)

        return await _LADDER.ask(people_of(xuids), ask, _PLAYLIST_CSR)


def _players(xuids: Iterable[int]) -> list[tuple[str, str]]:
    return [("players", wrap_xuid(xuid)) for xuid in xuids]
