from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord
import pytest

from bot.stats.csr_sheet import CsrSheet
from bot.ui.csr_embed import csr_alt, csr_embed
from bot.ui.emoji import TierEmoji
from bot.ui.limits import fit
from bot.words.language import LANGUAGES, language_for
from tests.draw.csr_scenes import ASKED_AT, arena_sheet, placement, ranked, row, sheet
from tests.english import ENGLISH

EARLIER = ASKED_AT - timedelta(hours=4)


def embed_of(it: CsrSheet, emoji: TierEmoji | None = None) -> discord.Embed:
    return csr_embed(it, emoji or TierEmoji(), ENGLISH)


def value_of(embed: discord.Embed, name: str) -> str:
    return next(field.value or "" for field in embed.fields if field.name == name)


def freshness_of(it: CsrSheet) -> str:
    return (embed_of(it).description or "").splitlines()[-1]


def test_the_words_hold_every_figure_of_the_card() -> None:
    embed = embed_of(arena_sheet())

    assert embed.title == "CSR · Season 13-2"
    assert embed.author.name == "Ember Fox 7"
    assert value_of(embed, "Ranked Arena").splitlines() == [
        "Diamond 4 · **1,372** · 28 to Diamond 5",
        "+12 in 24 h · +64 in 7 days",
        "peak 1,421 (Diamond 5) · all-time 1,549 (Onyx)",
    ]
    assert value_of(embed, "Ranked Doubles").startswith("Onyx · **1,586**\n")
    assert value_of(embed, "Ranked Snipers").splitlines() == [
        "In placement, 6 of 10",
        "all-time peak 884 (Gold 6)",
    ]
    assert embed.description == "until <t:1799773200:f>, <t:1799773200:R>\n-# live"


def test_it_has_the_colour_of_the_highest_rank() -> None:
    highest = embed_of(arena_sheet()).colour
    lower = embed_of(sheet(row(0, ranked(1100, 1100, 1100)), row(1, ranked(300, 300, 300)))).colour

    assert highest == discord.Colour(0xB07CFF)
    assert lower == discord.Colour(0x63C7C0)
    assert embed_of(sheet(row(0, placement(1, 5)))).colour == discord.Colour(0x56697C)


def test_tier_icons_stand_before_the_ranks() -> None:
    emoji = TierEmoji()
    emoji.learn({"csr_diamond_4": "<:csr_diamond_4:1>", "csr_unranked": "<:csr_unranked:2>"})

    embed = embed_of(arena_sheet(), emoji)

    assert value_of(embed, "Ranked Arena").startswith("<:csr_diamond_4:1> Diamond 4 · **1,372**")
    assert value_of(embed, "Ranked Snipers").startswith("<:csr_unranked:2> In placement")


@pytest.mark.parametrize(
    ("season", "all_time", "words"),
    [
        (1421, 1549, "peak <:d:1> 1,421 · all-time <:o:2> 1,549"),
        (1421, 1421, "season and all-time peak <:d:1> 1,421"),
        (None, 1549, "all-time peak <:o:2> 1,549"),
        (1421, None, "season peak <:d:1> 1,421"),
        (40, 1549, "peak 40 (Bronze 1) · all-time <:o:2> 1,549"),
    ],
)
def test_peaks_have_the_icon_of_their_rank_or_else_its_name(
    season: int | None, all_time: int | None, words: str
) -> None:
    emoji = TierEmoji()
    emoji.learn({"csr_diamond_5": "<:d:1>", "csr_onyx": "<:o:2>"})
    rank = ranked(1372, season or 0, all_time or 0)
    rank = replace(
        rank,
        season_peak=None if season is None else rank.season_peak,
        all_time_peak=None if all_time is None else rank.all_time_peak,
    )

    embed = embed_of(sheet(row(0, rank)), emoji)

    assert value_of(embed, "Ranked Arena").splitlines()[-1] == words


def test_a_playlist_without_a_match_this_season_says_so_once() -> None:
    embed = embed_of(sheet(row(0, replace(placement(0, 5), all_time_peak=ranked(884, 884, 884).current))))

    assert value_of(embed, "Ranked Arena").splitlines() == [
        "Not played this season",
        "all-time peak 884 (Gold 6)",
    ]


def test_a_season_that_is_over_has_no_way_to_go() -> None:
    embed = embed_of(replace(arena_sheet(), is_current_season=False))

    assert value_of(embed, "Ranked Arena").splitlines()[0] == "Diamond 4 · **1,372**"
    assert value_of(embed, "Ranked Snipers").splitlines()[0] == "Placement not finished · **6/10**"
    assert (embed.description or "").startswith("ended <t:")


def test_how_fresh_it_is_is_always_said() -> None:
    live, old = row(0, ranked(10, 10, 10)), row(1, ranked(10, 10, 10), known_at=EARLIER)
    stamp = f"<t:{int(EARLIER.timestamp())}:R>"

    assert freshness_of(sheet(live)) == "-# live"
    assert freshness_of(sheet(old)) == f"-# Halo services are having trouble · last known {stamp}"
    assert freshness_of(sheet(live, old)) == "-# live · what is marked is last known"
    assert freshness_of(sheet(live, waiting=2)) == "-# still asking Halo · 2 playlists still to come"
    assert freshness_of(sheet(old, waiting=1)) == (
        "-# still asking Halo · 1 playlist still to come · what is marked is last known"
    )
    assert freshness_of(sheet(live, unanswered=6)) == "-# No answer for 6 playlists · what shows is live"
    assert freshness_of(sheet(unanswered=1)) == "-# No answer for 1 playlist"
    assert freshness_of(sheet(live, old, unanswered=1)) == (
        "-# No answer for 1 playlist · what is marked is last known"
    )
    assert freshness_of(sheet(old, unanswered=1)) == (
        f"-# Halo services are having trouble · last known {stamp} · No answer for 1 playlist"
    )
    assert freshness_of(sheet(live, waiting=1, unanswered=1)) == (
        "-# still asking Halo · 1 playlist still to come · No answer for 1 playlist"
    )
    mixed = embed_of(sheet(live, old))
    assert f"-# last known {stamp}" in value_of(mixed, "Ranked Slayer")
    assert "last known" not in value_of(mixed, "Ranked Arena")


def test_nothing_ranked_is_said_kindly_and_only_when_that_is_known() -> None:
    assert "**Ember Fox 7** has no ranked matches yet" in (embed_of(sheet()).description or "")
    assert "in this season" in (embed_of(sheet(is_current_season=False)).description or "")
    assert "Of what Halo answered" in (embed_of(sheet(unanswered=2)).description or "")
    assert "no ranked" not in (embed_of(sheet(waiting=3)).description or "")


def test_names_are_made_harmless() -> None:
    it = sheet(row(0, ranked(10, 10, 10), name="[x](http://y) @everyone"), gamertag="**a** @here")
    embed = embed_of(it)

    assert embed.fields[0].name == "\\[x\\](http://y) @\u200beveryone"
    assert "\\*\\*a\\*\\*" in (embed_of(sheet(gamertag="**a** @here")).description or "")


def test_the_alt_text_says_what_the_picture_shows() -> None:
    alt = csr_alt(arena_sheet(), ENGLISH)

    assert alt.startswith("Ranks of Ember Fox 7, Season 13-2: Ranked Arena 1,372, Diamond 4 · ")
    assert alt.endswith("Ranked Snipers 6/10, In placement")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_eight_playlists_fit_into_a_message_in_every_language(code: str) -> None:
    rows = [row(n, ranked(1399, 1399, 1399), -1234, -1234, known_at=EARLIER) for n in range(8)]
    embed = csr_embed(sheet(*rows, gamertag="W" * 32), TierEmoji(), language_for(code))
    before = embed.to_dict()

    assert fit(embed).to_dict() == before
    assert len(embed.fields) == 8
