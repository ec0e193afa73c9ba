"""Names come in the reader's language, and one reader's never reach another."""

from __future__ import annotations

from bot.reports.found_match import FoundMatch
from bot.stats.match_report import MatchReport
from tests.reports.conftest import House

HERO = "Ember Fox 7"


def number(house: House, mode: str, playlist: str) -> int:
    plans = house.world.matches_of(house.xuid(HERO))
    return next(
        n
        for n, plan in enumerate(plans)
        if plan.mode.key == mode and plan.playlist and plan.playlist.key == playlist
    )


async def report_of(house: House, ago: int, locale: str) -> tuple[FoundMatch, MatchReport]:
    async with house.reports.latest(HERO, "all", ago, house.tell, locale) as found:
        return found, await found.report()


async def test_each_reader_gets_names_in_their_own_language(house: House) -> None:
    ago = number(house, "ranked_slayer", "ranked_arena")

    reports = {code: (await report_of(house, ago, code))[1] for code in ("de-DE", "ja-JP", "en-US", "de-DE")}

    assert [(report.mode, report.playlist) for report in reports.values()] == [
        ("Slayer", "Ranglisten-Arena"),
        ("スレイヤー", "ランク アリーナ"),
        ("Slayer", "Ranked Arena"),
    ]
    assert len({report.map_name for report in reports.values()}) >= 2
    assert all(report.is_ranked for report in reports.values())


async def test_a_language_is_asked_for_once_and_english_costs_nothing_more(house: House) -> None:
    ago = number(house, "ranked_slayer", "ranked_arena")
    playlists = "*/hi/playlists/*"

    await report_of(house, ago, "en-US")
    assert house.asked(playlists) == 1
    for _ in range(2):
        await report_of(house, ago, "ja-JP")

    assert house.asked(playlists) == 2


async def test_what_has_no_other_name_keeps_its_own(house: House) -> None:
    ago = number(house, "ctf", "ranked_arena")

    _, report = await report_of(house, ago, "xx-XX")

    assert (report.mode, report.playlist) == ("CTF", "Ranked Arena")


async def test_medals_are_named_in_the_readers_language(house: House) -> None:
    names: dict[str, set[str]] = {}
    for locale in ("en-US", "de-DE", "ja-JP"):
        found = [await report_of(house, ago, locale) for ago in range(8)]
        names[locale] = {medal.name for match, _ in found for medal in match.medals()}
        assert names[locale] == {medal.name for _, report in found for medal in report.medals}

    assert "Double Kill" in names["en-US"]
    assert "Doppelschlag" in names["de-DE"]
    assert "2 連続キル" in names["ja-JP"]
    assert "Double Kill" not in names["de-DE"] | names["ja-JP"]


async def test_names_that_fail_in_the_language_are_had_in_english(house: House) -> None:
    ago = number(house, "ranked_slayer", "ranked_arena")
    await report_of(house, ago, "en-US")
    house.fail("/hi/playlists/*")

    _, report = await report_of(house, ago, "de-DE")

    assert report.playlist == "Ranked Arena"
