"""The report on one match, computed from the models that tell of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.halo.models.discovery_ugc import Map, Playlist, UgcGameVariant
from bot.halo.models.gamecms_hacs import MedalMetadata
from bot.halo.models.refdata import SkillResultCode
from bot.halo.models.skill import MatchSkill, MatchSkillResult
from bot.halo.models.stats import MatchInfo, MatchStats
from bot.stats.clock import match_clock
from bot.stats.csr import change_of, has_csr
from bot.stats.map_asset import map_image_url, map_title
from bot.stats.match_report import CsrChange, Expectation, MatchReport, PlayerLine
from bot.stats.medals import tally_medals
from bot.stats.modes import mode_for, mode_title
from bot.stats.participants import SubjectNotInMatchError
from bot.stats.played_like import played_like
from bot.stats.playlists import is_ranked_playlist
from bot.stats.scoreboard import Scoreboard, build_scoreboard

__all__ = ["UNTRANSLATED", "LocalNames", "SubjectNotInMatchError", "build_match_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalNames:
    """The names of a match's variant and playlist in another language than English; None where unknown."""

    variant: str | None
    playlist: str | None


UNTRANSLATED: Final = LocalNames(variant=None, playlist=None)


def build_match_report(
    *,
    stats: MatchStats,
    skill: MatchSkill | None,
    subject_xuid: int,
    gamertags: Mapping[int, str],
    map_asset: Map | None,
    variant: UgcGameVariant | None,
    playlist: Playlist | None,
    medals: MedalMetadata | None,
    gamerpic_url: str | None,
    locale: str = "en-US",
    local: LocalNames = UNTRANSLATED,
    skill_pending: bool = False,
) -> MatchReport:
    """Compute what ``/lastmatch`` shows of a match.

    Args:
        stats: The match.
        skill: CSR and expectations of its players; None where the service has none (yet).
        subject_xuid: Whose report it is.
        gamertags: Gamertags by XUID, of as many players as are known.
        map_asset: The map, named in the reader's language; None when it was deleted.
        variant: The game variant in English; None when it was deleted.
        playlist: The playlist in English; None when there is none, or its asset is gone.
        medals: Halo's medal metadata; without it medals go by the names this bot knows.
        gamerpic_url: The subject's gamerpic.
        locale: The language of the medals' names and descriptions.
        local: What variant and playlist are called in that language.
        skill_pending: Whether skill is still to come.

    Raises:
        SubjectNotInMatchError: The subject is not among the players of the match.
    """
    info, clock = stats.match_info, match_clock(stats.match_info)
    mode = mode_for(info.game_variant_category)
    results = _results_by_player(skill)
    is_ranked = _is_ranked(info, playlist, results)
    board = build_scoreboard(
        stats,
        subject_xuid=subject_xuid,
        gamertags=gamertags,
        csr_changes=_csr_changes(results, is_ranked=is_ranked),
    )
    return MatchReport(
        match_id=stats.match_id,
        category=info.game_variant_category,
        mode=mode_title(variant.public_name if variant else None, local.variant),
        map_name=map_title(map_asset),
        map_image_url=map_image_url(map_asset),
        playlist_id=info.playlist.asset_id if info.playlist else None,
        playlist=_one_line(local.playlist) or _one_line(playlist.public_name if playlist else None),
        is_ranked=is_ranked,
        is_firefight=mode is not None and mode.is_pve,
        started_at=clock.started_at,
        ended_at=clock.ended_at,
        duration=clock.duration,
        subject=board.subject,
        gamerpic_url=gamerpic_url,
        teams=board.teams,
        place=_place(board),
        contestants=len(board.players),
        players=board.players,
        medals=tally_medals(stats, subject_xuid, medals, locale),
        expectation=_expectation(results.get(board.subject.player_id), board.subject),
        skill_pending=skill_pending,
        objective_columns=board.objective_columns,
    )


def _results_by_player(skill: MatchSkill | None) -> dict[str, MatchSkillResult]:
    """Return the skill of everybody for whom the service has some, by player id."""
    values = skill.value if skill else ()
    return {
        value.id: value.result
        for value in values
        if value.result is not None and value.result_code in {None, SkillResultCode.SUCCESS}
    }


def _is_ranked(info: MatchInfo, playlist: Playlist | None, results: Mapping[str, MatchSkillResult]) -> bool:
    """Whether the match was for CSR: its playlist says so, or somebody's CSR does."""
    name = playlist.public_name if playlist else None
    by_playlist = info.playlist is not None and is_ranked_playlist(info.playlist.asset_id, name)
    return by_playlist or any(has_csr(result.rank_recap) for result in results.values())


def _csr_changes(results: Mapping[str, MatchSkillResult], *, is_ranked: bool) -> dict[str, CsrChange]:
    changes = {
        player_id: change_of(result.rank_recap, is_ranked=is_ranked) for player_id, result in results.items()
    }
    return {player_id: change for player_id, change in changes.items() if change is not None}


def _one_line(name: str | None) -> str:
    return " ".join((name or "").split())


def _place(board: Scoreboard) -> int | None:
    """Return the subject's place in free-for-all; teams have a score instead."""
    return board.subject.rank if board.subject.rank > 0 and not board.teams else None


def _expectation(result: MatchSkillResult | None, subject: PlayerLine) -> Expectation | None:
    """Return what the service expected of the subject, or None when it says nothing at all."""
    if result is None or result.counterfactuals is None:
        return None
    own, tiers = result.counterfactuals.self_counterfactuals, result.counterfactuals.tier_counterfactuals
    expectation = Expectation(
        kills=_finite(own.kills),
        deaths=_finite(own.deaths),
        played_like=played_like(subject.kills, subject.deaths, tiers),
    )
    return None if expectation == Expectation(kills=None, deaths=None, played_like=None) else expectation


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
