"""What the simulated services answer, and what they refuse, as the real ones do."""

from datetime import timedelta

import pytest

from bot.playground.halo import HaloService
from bot.playground.world import World
from bot.playground.world.places import LOST_PLACE
from bot.playground.world.playlists import PLAYLISTS
from tests.playground.halo.conftest import Caller, Clock

ARENA = PLAYLISTS["ranked_arena"].asset_id
UNKNOWN = "xuid(2533000000000001)"


@pytest.mark.parametrize("player", ["gt(ember fox 7)", "gt(EMBERFOX7)", "xuid({})", "{}"])
async def test_a_player_is_found_in_every_form(halo: Caller, world: World, player: str):
    page = await halo.stats(f"/hi/players/{player.format(world.hero.xuid)}/matches?count=3&start=1")

    assert (page["Start"], page["Count"], page["ResultCount"]) == (1, 3, 3)
    assert page["Results"][0]["MatchId"] == str(world.matches_of(world.hero.xuid)[1].match_id)


@pytest.mark.parametrize(
    "gamertag", ["月の光 Spartan", "Отряд 117", "**bold_name**", "_x_~y~", "WWWWWWWWWWWWWWW"]
)
async def test_every_gamertag_can_be_asked_for(halo: Caller, gamertag: str):
    assert (await halo.profile(f"/users/gt({gamertag})"))["gamertag"] == gamertag


async def test_history_comes_in_pages_of_at_most_25(halo: Caller, world: World):
    page = await halo.stats(f"/hi/players/xuid({world.hero.xuid})/matches?count=40")

    assert (page["Count"], page["ResultCount"]) == (25, 25)


@pytest.mark.parametrize("query", ["count=x", "start=-1", "type=ranked"])
async def test_a_history_that_nobody_understands_is_a_400(halo: Caller, world: World, query: str):
    await halo.stats(f"/hi/players/xuid({world.hero.xuid})/matches?{query}", status=400)


async def test_history_knows_matchmade_custom_and_local(halo: Caller, world: World):
    modes = {
        kind: {it["MatchInfo"]["LifecycleMode"] for it in page["Results"]}
        for kind in ("matchmaking", "custom", "local", "all")
        if (page := await halo.stats(f"/hi/players/xuid({world.hero.xuid})/matches?type={kind}&start=0"))
    }

    assert modes["matchmaking"] == {3}
    assert modes["custom"] == {1}
    assert modes["local"] == {7}


async def test_outside_matchmaking_there_is_no_playlist_and_no_season(halo: Caller, world: World):
    page = await halo.stats(f"/hi/players/xuid({world.hero.xuid})/matches?type=custom")
    info = page["Results"][0]["MatchInfo"]

    assert [info[key] for key in ("Playlist", "PlaylistExperience", "PlaylistMapModePair", "SeasonId")] == [
        None
    ] * 4


async def test_a_hidden_history_looks_like_a_new_players_but_the_rest_does_not(halo: Caller, world: World):
    hidden = world.player("Veiled Heron")
    assert hidden is not None

    assert (await halo.stats(f"/hi/players/xuid({hidden.xuid})/matches"))["Results"] == []
    assert set((await halo.stats(f"/hi/players/xuid({hidden.xuid})/matches/count")).values()) == {0}
    record = await halo.stats(f"/hi/players/xuid({hidden.xuid})/matchmade/servicerecord")
    assert record["MatchesCompleted"] > 0


async def test_who_never_played_has_nothing_at_all(halo: Caller):
    assert (await halo.stats("/hi/players/gt(Fresh Boots)/matches"))["ResultCount"] == 0
    assert (await halo.stats("/hi/players/gt(Fresh Boots)/matchmade/servicerecord"))["MatchesCompleted"] == 0


async def test_unknown_players_and_names_of_the_past_are_not_found(halo: Caller, service: HaloService):
    await halo.stats("/hi/players/gt(Nobody At All)/matches", status=404)
    await halo.profile("/users/gt(First Name)", status=404)
    await halo.profile(f"/users/{UNKNOWN}", status=404)
    await halo.profile("/users/xuid(12)", status=400)
    service.stage.unknown_gamertag_status = 400
    await halo.profile("/users/gt(Nobody At All)", status=400)


async def test_a_batch_of_users_takes_100_and_fails_for_one_unknown(halo: Caller, world: World):
    everybody = [str(player.xuid) for player in world.people]
    hundred = (everybody * 2)[:100]

    repeated = await halo.profile("/users?" + "&".join(f"xuids={xuid}" for xuid in everybody[:5]))
    joined = await halo.profile(f"/users?xuids={','.join(everybody[:5])}")

    assert repeated == joined
    assert [user["xuid"] for user in joined] == everybody[:5]
    assert len(await halo.profile(f"/users?xuids={','.join(hundred)}")) == 100
    await halo.profile(f"/users?xuids={','.join([*hundred, everybody[0]])}", status=400)
    await halo.profile(f"/users?xuids={everybody[0]},2533000000000001", status=400)


async def test_csr_drops_whoever_is_33rd(halo: Caller, world: World):
    players = ",".join(player.player_id for player in world.people[:40])

    assert len((await halo.skill(f"/hi/playlist/{ARENA}/csrs?players={players}"))["Value"]) == 32


async def test_one_invalid_player_makes_a_404_that_still_holds_the_others(halo: Caller, world: World):
    plan = world.matches_of(world.hero.xuid)[0]
    players = f"players={world.hero.player_id}&players={UNKNOWN}"

    for path in (f"/hi/playlist/{ARENA}/csrs", f"/hi/matches/{plan.match_id}/skill"):
        entries = (await halo.skill(f"{path}?{players}", status=404))["Value"]
        assert [entry["ResultCode"] for entry in entries] == [0, 1]
        assert entries[0]["Result"] is not None


async def test_a_bot_in_the_list_fails_the_skill_of_all(halo: Caller, world: World):
    plan = world.matches_of(world.hero.xuid)[0]

    await halo.skill(
        f"/hi/matches/{plan.match_id}/skill?players={world.hero.player_id}&players=bid(3.0)", status=400
    )


async def test_the_rank_after_the_latest_match_is_the_current_one(halo: Caller, world: World):
    plan = next(it for it in world.matches_of(world.hero.xuid) if it.playlist is PLAYLISTS["ranked_arena"])

    skill = await halo.skill(f"/hi/matches/{plan.match_id}/skill?players={world.hero.player_id}")
    csr = await halo.skill(f"/hi/playlist/{ARENA}/csrs?players={world.hero.player_id}")

    assert skill["Value"][0]["Result"]["RankRecap"]["PostMatchCsr"] == csr["Value"][0]["Result"]["Current"]


async def test_an_unranked_match_has_no_rank_before_or_after(halo: Caller, world: World):
    plan = next(it for it in world.matches_of(world.hero.xuid, "matchmaking") if not it.ranked)

    recap = (await halo.skill(f"/hi/matches/{plan.match_id}/skill?players={world.hero.player_id}"))["Value"][
        0
    ]["Result"]["RankRecap"]

    assert {recap["PreMatchCsr"]["Value"], recap["PostMatchCsr"]["Value"]} == {0}


async def test_seasons_are_asked_for_by_bare_id_and_a_path_means_nothing(halo: Caller, world: World):
    def path(season: str) -> str:
        return f"/hi/playlist/{ARENA}/csrs?players={world.hero.player_id}&season={season}"

    earlier = world.seasons[-3]
    now = await halo.skill(f"/hi/playlist/{ARENA}/csrs?players={world.hero.player_id}")
    assert await halo.skill(path(earlier.path)) == now
    assert await halo.skill(path(earlier.season_id)) != now
    await halo.skill(path("CsrSeason99-1"), status=404)
    await halo.skill(
        f"/hi/playlist/{PLAYLISTS['quick_play'].asset_id}/csrs?players={world.hero.player_id}", status=404
    )


async def test_stats_appear_some_seconds_after_the_end_and_skill_later_still(
    changing_halo: Caller, clock: Clock
):
    halo = changing_halo
    service = halo.service
    plan = service.end_match()
    stats, skill = (
        f"/hi/matches/{plan.match_id}/stats",
        f"/hi/matches/{plan.match_id}/skill?players={service.world.hero.player_id}",
    )

    page = await halo.stats(f"/hi/players/xuid({service.world.hero.xuid})/matches?count=1")
    assert page["Results"][0]["MatchId"] == str(plan.match_id)
    await halo.stats(stats, status=404)
    clock.advance(7)
    assert (await halo.stats(stats))["MatchId"] == str(plan.match_id)
    await halo.skill(skill, status=404)
    clock.advance(6)
    await halo.skill(skill)


async def test_the_future_is_not_told(changing_halo: Caller, clock: Clock):
    halo = changing_halo
    service = halo.service
    plan = service.world.end_match(clock.now + timedelta(minutes=5))

    page = await halo.stats(f"/hi/players/xuid({service.world.hero.xuid})/matches?count=1")

    assert page["Results"][0]["MatchId"] != str(plan.match_id)


async def test_deleted_assets_and_unknown_versions_are_not_found(halo: Caller, world: World):
    lost = world.catalogue.place(LOST_PLACE)
    arena = world.catalogue.playlist(PLAYLISTS["ranked_arena"])

    await halo.discovery(f"/hi/maps/{lost.asset_id}/versions/{lost.version_id}", status=404)
    await halo.discovery(f"/hi/playlists/{arena.asset_id}/versions/{lost.version_id}", status=404)
    await halo.discovery(f"/hi/maps/{arena.asset_id}", status=404)
    await halo.discovery("/hi/maps/no-id", status=400)
    await halo.discovery(f"/hi/films/matches/{lost.asset_id}/spectate", status=404)


async def test_only_what_the_real_service_lets_cache_has_a_shelf_life(halo: Caller, world: World):
    plan = world.matches_of(world.hero.xuid)[0]
    place = world.catalogue.place(plan.place)
    player = f"xuid({world.hero.xuid})"
    lives: list[str | None] = []
    for path in (
        f"/discovery-infiniteugc.svc.halowaypoint.com/hi/maps/{place.asset_id}/versions/{place.version_id}",
        f"/halostats.svc.halowaypoint.com/hi/matches/{plan.match_id}/stats",
        "/gamecms-hacs.svc.halowaypoint.com/hi/Waypoint/file/medals/metadata.json",
        f"/halostats.svc.halowaypoint.com/hi/players/{player}/matches",
        f"/skill.svc.halowaypoint.com/hi/matches/{plan.match_id}/skill?players={player}",
        f"/profile.svc.halowaypoint.com/users/{player}",
    ):
        async with halo.session.get(halo.service.origin + path, headers=halo.headers) as response:
            assert response.headers["Content-Type"] == "application/json; charset=utf-8"
            lives.append(response.headers.get("Cache-Control"))
            await response.read()

    assert lives == [
        "public, max-age=18000",
        "public, max-age=86400",
        "public, max-age=86400",
        None,
        None,
        None,
    ]


async def test_the_medal_sheet_and_the_pictures_that_answers_name_are_there(halo: Caller, world: World):
    metadata = await halo.cms("/hi/Waypoint/file/medals/metadata.json")
    track = await halo.cms("/hi/Progression/file/RewardTracks/CareerRanks/careerRank1.json")
    place = await halo.discovery(
        f"/hi/maps/{world.catalogue.place(world.matches_of(world.hero.xuid)[0].place).asset_id}"
    )
    user = await halo.profile("/users/me")
    cms = "https://gamecms-hacs.svc.halowaypoint.com/hi"
    authorised = [
        f"{cms}/Waypoint/file/{metadata['sprites']['small']['path']}",
        f"{cms}/images/file/{track['Ranks'][150]['RankIcon']}",
    ]
    public = [
        place["Files"]["Prefix"] + "images/thumbnail.png",
        user["gamerpic"]["medium"],
        "https://www.halowaypoint.com/images/halo-infinite/csr/diamond_3.png",
    ]

    for url in (*authorised, *public):
        headers = halo.headers if url in authorised else {}
        async with halo.session.get(
            url.replace("https:/", halo.service.origin, 1), headers=headers
        ) as response:
            assert (response.status, response.content_type) == (200, "image/png"), url
            assert (await response.read()).startswith(b"\x89PNG")
    assert halo.service.leaks == []


async def test_a_refusal_says_what_an_operator_wants_to_know(halo: Caller):
    async with halo.session.get(
        halo.url("halostats.svc.halowaypoint.com", "/hi/nothing"), headers=halo.headers
    ) as response:
        assert response.status == 404
        assert {"X-343-Exception", "MS-CV", "Transaction-ID"} <= response.headers.keys()


async def test_careers_of_many_leave_out_whoever_has_none(halo: Caller, world: World):
    fresh = world.player("Fresh Boots")
    assert fresh is not None

    answer = await halo.economy(
        f"/hi/careerranks/careerRank1?players={world.hero.player_id},{fresh.player_id}"
    )

    assert [track["Id"] for track in answer["RewardTracks"]] == [world.hero.player_id]
    await halo.economy(f"/hi/players/{fresh.player_id}/rewardtracks/careerranks/careerrank1", status=403)


async def test_a_new_service_tag_shows_at_once(changing_halo: Caller):
    halo = changing_halo
    world = halo.service.world
    world.set_service_tag(world.hero.xuid, "AB12")

    full = await halo.economy(f"/hi/players/{world.hero.player_id}/customization?view=public")
    alone = await halo.economy(f"/hi/players/{world.hero.player_id}/customization/appearance")

    assert full["Appearance"] == alone
    assert alone["ServiceTag"] == "AB12"


async def test_service_records_can_be_filtered(halo: Caller, world: World):
    path = f"/hi/players/xuid({world.hero.xuid})/matchmade/servicerecord"
    whole = await halo.stats(path)
    ranked, social = await halo.stats(f"{path}?isranked=True"), await halo.stats(f"{path}?isranked=False")
    by_season = [await halo.stats(f"{path}?seasonid={season}") for season in whole["Subqueries"]["SeasonIds"]]

    assert ranked["MatchesCompleted"] + social["MatchesCompleted"] == whole["MatchesCompleted"]
    assert sum(record["CoreStats"]["Kills"] for record in by_season) == whole["CoreStats"]["Kills"]
    await halo.stats(f"{path}?isranked=true", status=400)


async def test_a_playlists_configuration_tells_whether_it_ranks(halo: Caller):
    ranks = {
        key: (await halo.cms(f"/hi/multiplayer/file/playlists/assets/{PLAYLISTS[key].asset_id}.json"))[
            "HasCsr"
        ]
        for key in ("ranked_arena", "quick_play")
    }

    assert ranks == {"ranked_arena": True, "quick_play": False}
