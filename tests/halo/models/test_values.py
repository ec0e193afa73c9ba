from __future__ import annotations

import datetime as dt
import json
import math
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.halo.models.discovery_ugc import Film, Map
from bot.halo.models.economy import PlayerOperationPasses
from bot.halo.models.gamecms_hacs import OperationRewardTrack
from bot.halo.models.profile import User
from bot.halo.models.refdata import LifecycleMode, MedalNameId, Outcome, Tier
from bot.halo.models.skill import CsrContainer, MatchSkillResult
from bot.halo.models.stats import CoreStats, MatchHistoryResult, MatchInfo, MatchStats, PlayerStats, Stats
from bot.halo.models.values import Date

MATCH_ID = "00000000-0000-4000-8000-000000000009"


def from_python(model: Any, body: dict[str, Any]) -> Any:
    return model(**body)


def from_bytes(model: Any, body: dict[str, Any]) -> Any:
    return model.model_validate_json(json.dumps(body).encode())


@pytest.fixture(params=[from_python, from_bytes], ids=["python", "bytes"])
def read(request: pytest.FixtureRequest) -> Callable[[Any, dict[str, Any]], Any]:
    return request.param


Read = Callable[[Any, dict[str, Any]], Any]


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ("PT18M31.2141873S", 1111.214187),
        ("P17DT10H55M53.7685509S", 1508153.768551),
        ("PT0S", 0),
        ("P1D", 86400),
    ],
)
def test_durations_may_have_days_and_seven_digits(read: Read, sent: str, seconds: float) -> None:
    duration = read(MatchInfo, {"Duration": sent}).duration

    assert duration.total_seconds() == pytest.approx(seconds, abs=2e-6)


@pytest.mark.parametrize(
    "sent",
    [
        "2024-05-06T07:08:09Z",
        "2024-05-06T07:08:09",
        "2024-05-06T07:08:09.0000000Z",
        "2024-05-06T09:08:09+02:00",
    ],
)
def test_every_moment_is_aware_and_in_utc(read: Read, sent: str) -> None:
    moment = read(Date, {"ISO8601Date": sent}).value

    assert moment == dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)
    assert moment.utcoffset() == dt.timedelta()


def test_a_moment_that_utc_does_not_have_is_refused_as_wrong(read: Read) -> None:
    with pytest.raises(ValidationError):
        read(Date, {"ISO8601Date": "0001-01-01T00:00:00+02:00"})


@pytest.mark.parametrize(
    ("sent", "means"), [(12, 12), (12.0, 12), (12.9, 12), ("12", 12), ("NaN", 0), (None, 0)]
)
def test_a_count_is_whole_however_it_is_sent(read: Read, sent: Any, means: int) -> None:
    assert read(CoreStats, {"DamageDealt": sent, "Kills": 3}).damage_dealt == means


@pytest.mark.parametrize(
    ("sent", "means"), [("Infinity", math.inf), ("-Infinity", -math.inf), ("1.5", 1.5), (None, None)]
)
def test_an_mmr_may_be_infinite_or_unknown(read: Read, sent: Any, means: float | None) -> None:
    assert read(MatchSkillResult, {"TeamMmr": sent}).team_mmr == means


def test_no_number_is_no_number(read: Read) -> None:
    assert math.isnan(read(CoreStats, {"Accuracy": "NaN"}).accuracy)


def test_what_is_left_out_reads_as_nothing_of_its_kind(read: Read) -> None:
    core = read(Stats, {"CoreStats": {"Kills": None, "Medals": None, "AverageLifeDuration": None}}).core_stats

    assert (core.kills, core.medals, core.average_life_duration) == (0, (), dt.timedelta())
    assert core == read(CoreStats, {})
    info = read(MatchHistoryResult, {"MatchId": MATCH_ID, "MatchInfo": None, "Outcome": None}).match_info
    assert (info.start_time, info.map_variant, info.lifecycle_mode) == (None, None, None)
    assert read(MatchInfo, {"LifecycleMode": 99}).lifecycle_mode == LifecycleMode(99)
    assert read(MatchHistoryResult, {"MatchId": MATCH_ID, "Outcome": None}).outcome is Outcome.UNKNOWN
    csr = read(CsrContainer, {"Tier": None, "Value": None})
    assert (csr.tier, csr.value) == (Tier.UNRANKED, 0)


@pytest.mark.parametrize(
    "body", [{}, {"MatchId": None}, {"MatchId": "no id"}, {"MatchId": MATCH_ID, "Players": 7}]
)
def test_another_shape_is_still_refused(read: Read, body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read(MatchStats, body)


def test_one_bad_entry_of_a_mapping_does_not_take_the_others_with_it(read: Read) -> None:
    result = read(
        MatchSkillResult,
        {
            "TeamMmrs": {"0": 1349.5, "one": 7, "2": None, "3": "Infinity"},
            "Counterfactuals": {
                "TierCounterfactuals": {"Gold": {"Kills": None}, "Mythril": {"Kills": 4.5}, "x": 3}
            },
        },
    )

    assert result.team_mmrs == {0: 1349.5, 3: math.inf}
    tiers = result.counterfactuals.tier_counterfactuals
    assert {tier.value: counterfactual.kills for tier, counterfactual in tiers.items()} == {
        "Gold": None,
        "Mythril": 4.5,
    }


@pytest.mark.parametrize("sent", [{}, None])
def test_no_stat_performances_are_none(read: Read, sent: Any) -> None:
    assert read(MatchSkillResult, {"StatPerformances": sent}).stat_performances is None


def test_a_model_cannot_be_changed_can_be_hashed_and_survives_a_process_border(read: Read) -> None:
    result = read(MatchSkillResult, {"TeamMmrs": {"0": 1.5}})

    with pytest.raises(ValidationError):
        result.team_id = 3
    with pytest.raises(TypeError):
        result.team_mmrs[0] = 2.5
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301
    assert hash(result) == hash(MatchSkillResult(team_mmrs={0: 1.5}))


def test_a_dump_can_be_read_again(read: Read) -> None:
    body = {"TeamMmrs": {"0": 1.5}, "TeamMmr": 2.5, "RankRecap": {"PreMatchCsr": {"Tier": "Mythril"}}}
    result = read(MatchSkillResult, body)

    assert MatchSkillResult.model_validate_json(result.model_dump_json(by_alias=True)) == result
    assert MatchSkillResult(**result.model_dump()) == result


def test_the_rule_about_nulls_holds_inside_other_types_too() -> None:
    users = TypeAdapter(list[User]).validate_json('[{"xuid": "1", "gamertag": null, "gamerpic": null}]')

    assert users == [User(xuid=1)]


def test_fields_may_be_given_by_name() -> None:
    assert CoreStats(kills=3, kda=1.5) == CoreStats.model_validate({"Kills": 3, "KDA": 1.5})


def test_only_people_have_xuids_in_a_match(read: Read) -> None:
    players = [
        {"PlayerId": "xuid(2533274800000001)", "PlayerType": 1},
        {"PlayerId": "bid(1.0)", "PlayerType": 2},
        {"PlayerId": "xuid(nobody)", "PlayerType": 1},
    ]
    match = read(MatchStats, {"MatchId": MATCH_ID, "Players": players})

    assert match.xuids == [2533274800000001]
    assert [player.is_human for player in match.players] == [True, False, True]
    assert not read(PlayerStats, {"PlayerId": "x", "PlayerType": None}).is_human


def film(*chunks: tuple[int, int]) -> dict[str, Any]:
    return {
        "AssetId": MATCH_ID,
        "BlobStoragePathPrefix": "https://films.test/x/",
        "CustomData": {
            "Chunks": [
                {"Index": index, "ChunkType": kind, "FileRelativePath": f"/filmChunk{index}"}
                for index, kind in chunks
            ]
        },
    }


def test_a_film_knows_where_its_chunks_lie_in_order(read: Read) -> None:
    chunks = read(Film, film((2, 3), (0, 1), (1, 2))).get_chunks_and_urls()

    assert [(chunk.index, url) for chunk, url in chunks] == [
        (index, f"https://films.test/x/filmChunk{index}") for index in range(3)
    ]


def test_only_a_finished_film_has_highlight_events(read: Read) -> None:
    assert read(Film, film((0, 1), (1, 3))).highlight_events_url == "https://films.test/x/filmChunk1"
    assert read(Film, film((0, 1), (1, 2))).highlight_events_url is None
    assert read(Film, film()).highlight_events_url is None


def test_operations_are_sorted_by_how_far_they_are(read: Read) -> None:
    passes = read(
        PlayerOperationPasses,
        {
            "ActiveOperationRewardTrackPath": "RewardTracks/Operations/B.json",
            "OperationRewardTracks": [
                {
                    "RewardTrackPath": "RewardTracks/Operations/A.json",
                    "CurrentProgress": {"HasReachedMaxRank": True},
                },
                {
                    "RewardTrackPath": "RewardTracks/Operations/B.json",
                    "CurrentProgress": {"PartialProgress": 5},
                },
                {"RewardTrackPath": "RewardTracks/Operations/C.json", "CurrentProgress": None},
            ],
        },
    )

    assert passes.active is passes.operation_reward_tracks[1]
    groups = (passes.completed, passes.in_progress, passes.not_started)
    assert [[track.track_id for track in group] for group in groups] == [["A"], ["B"], ["C"]]
    assert read(PlayerOperationPasses, {}).active is None


def test_an_operation_knows_its_last_rank_and_where_it_rewards(read: Read) -> None:
    reward = {"CurrencyRewards": [{"CurrencyPath": "c.json", "Amount": 1}]}
    track = read(
        OperationRewardTrack,
        {"Ranks": [{"Rank": 1, "PaidRewards": reward}, {"Rank": 2, "FreeRewards": None}]},
    )

    assert track.total_ranks == 2
    assert [rank.has_rewards for rank in track.ranks] == [True, False]
    assert read(OperationRewardTrack, {}).total_ranks == 0


def test_an_unknown_medal_stays_in_its_place(read: Read) -> None:
    medals = read(CoreStats, {"Medals": [{"NameId": 123456, "Count": 2}, {"NameId": 622331684}]}).medals

    assert [(medal.name_id.display_name, medal.count) for medal in medals] == [
        ("Medal 123456", 2),
        ("Double Kill", 0),
    ]
    assert medals[1].name_id is MedalNameId.DOUBLE_KILL


def test_a_subclass_follows_the_rule_for_what_it_inherits(read: Read) -> None:
    asset = {
        "AssetId": MATCH_ID,
        "VersionId": MATCH_ID,
        "PublicName": None,
        "CustomData": None,
        "Files": None,
    }

    assert read(Map, asset) == read(Map, {"AssetId": MATCH_ID, "VersionId": MATCH_ID})
