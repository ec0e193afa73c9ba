"""The cards that the golden pictures show, from the plain one to the hardest ones to lay out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from bot.draw.card import Card
from bot.draw.medal_strip import MedalStrip, StripMedal
from bot.draw.scoreboard_card import scoreboard_card
from bot.draw.sprites import cut_sprites
from bot.halo.models.refdata import Outcome, Tier
from bot.stats.match_report import MatchReport, MedalTally, PlayerLine
from bot.ui.match_text import medal_kinds
from bot.words.language import language_for
from bot.words.phrase import phrase
from tests.english import ENGLISH

from .csr_scenes import csr_scenes
from .leaderboard_scenes import leaderboard_scenes
from .match_reports import csr, flags, held, infected, player, report, team

__all__ = ["arena", "big_team_battle", "scene", "scene_names", "sprite_sheet", "strip"]

FOOTER = "Adjutant"
COUNTS = (1, 3, 1, 2, 1, 2, 5, 1, 2, 12)
LONG_NAMES = {
    "de": (
        *("Rangliste: Eskalations-Scharfschützengefecht", "Versunkene Forschungsstation Oasis"),
        *(
            "Großes Team-Gefecht: Jeder gegen jeden",
            "Meisterscharfschützin",
            "Unerschütterliche Verteidigerin",
        ),
        *("Flaggenträgereskorte", "Doppelschlag"),
    ),
    "ja": (
        *("ランク エスカレーション スレイヤー バリアント", "フォービドゥン ラボラトリー"),
        *(
            "ビッグ チーム バトル ソーシャル プレイリスト",
            "マスタースナイパー",
            "アンストッパブル ディフェンダー",
        ),
        *("フラッグ キャリアー エスコート", "2 連続キル"),
    ),
}
TALLIES = tuple(
    MedalTally(name_id=n, count=1, name="x", description="", difficulty=None, sprite_index=None)
    for n in range(18)
)
MEDALS = (
    *("Killtacular", "Perfect", "Flag Joust", "Triple Kill", "Nade Shot", "Killing Spree", "Double Kill"),
    *("Rifleman", "Wingman", "Unknown medal", "Straight Balling", "Return to Sender", "Meisterscharfschütze"),
    *("Убийственная серия", "マスタースナイパー", "연속 처치", "العربية", "Off the Rack"),
)


@cache
def sprite_sheet(size_px: int = 128, count: int = 151, columns: int = 16) -> bytes:
    """A sheet of drawn badges, no two of which look alike."""
    scale = 2
    cell = size_px * scale
    sheet = Image.new("RGBA", (columns * cell, -(-count // columns) * cell))
    pen = ImageDraw.Draw(sheet)
    for index in range(count):
        left, top = index % columns * cell, index // columns * cell
        hue = index * 47 % 360
        middle = (left + cell / 2, top + cell / 2)
        pen.regular_polygon((*middle, cell * 0.48), 8 + index % 3 * 4, fill=f"hsl({hue},35%,62%)")
        pen.circle(middle, cell * 0.36, fill=f"hsl({(hue + 40) % 360},55%,22%)")
        pen.regular_polygon((*middle, cell * 0.2), 3 + index % 4, rotation=index % 5 * 9, fill="#f4f8fc")
    small = sheet.resize((sheet.width // scale, sheet.height // scale), Image.Resampling.LANCZOS)
    png = BytesIO()
    small.save(png, "PNG")
    return png.getvalue()


@cache
def strip(count: int) -> MedalStrip:
    sprites = cut_sprites(sprite_sheet(), columns=16, size_px=128, indices=range(count))
    medals = tuple(
        StripMedal(
            name=MEDALS[number % len(MEDALS)],
            count=str(COUNTS[number % 10]),
            difficulty=3 - 4 * number // count,
            sprite=None if number % 10 == 9 else sprite,
        )
        for number, sprite in enumerate(sprites)
    )
    total = sum(COUNTS[number % 10] for number in range(count))
    title = f"{count} medals, {total} in all" if count > 1 else "1 medal"
    return MedalStrip(language="en-US", title=title, hint="rarest first", medals=medals)


def arena() -> MatchReport:
    diamond, platinum = Tier.DIAMOND, Tier.PLATINUM
    loss = Outcome.LOSS
    eagle = (
        player("Ember Fox 7", 1, (2610, 24, 13, 8, 58.16, 6178), team_id=0, is_subject=True, csr=csr(diamond, 4, 12), objective=flags(2)),
        player("Quiet One", 3, (1985, 17, 14, 11, 51.47, 5402), team_id=0, csr=csr(diamond, 2, 9), objective=flags(1)),
        player("月の光 Spartan", 4, (1720, 15, 16, 9, 47.91, 4871), team_id=0, csr=csr(platinum, 6, 11), objective=flags(0)),
        player("Late Joiner", 7, (640, 6, 9, 4, 44.09, 2010), team_id=0, csr=csr(Tier.GOLD, 3, 0), objective=flags(0), joined_after=timedelta(minutes=4, seconds=10)),
    )  # fmt: skip
    cobra = (
        player("Brute Force", 2, (2240, 21, 15, 6, 55.02, 6640), team_id=1, csr=csr(Tier.ONYX, None, -8), outcome=loss, objective=flags(1)),
        player("WWWWWWWWWWWWWWW", 5, (1500, 14, 17, 7, 49.29, 4700), team_id=1, csr=csr(diamond, 1, -9), outcome=loss, objective=flags(1), left_after=timedelta(minutes=8, seconds=30)),
        player("Отряд 117", 6, (1290, 12, 18, 12, 41.78, 4120), team_id=1, csr=csr(Tier.UNRANKED, None, None, placement_done=6, placement_total=10), outcome=loss, objective=flags(0)),
        player("343 Ritzy", 8, (410, 4, 8, 1, None, 1230), team_id=1, is_bot=True, outcome=loss, objective=flags(0)),
    )  # fmt: skip
    return report(eagle + cobra, (team(0, 3, outcome=Outcome.WIN, is_subject=True), team(1, 2)))


def crowd(count: int, teams: int) -> tuple[PlayerLine, ...]:
    """Many players, late joiners, leavers and bots among them, in the order of a report."""
    names = (
        "Gruntpuncher",
        "Needler Nell",
        "Warthog Wen",
        "Sir Betrayal",
        "한국어 게이머",
        "x",
        "Sgt Waffles",
    )
    lines = [
        player(
            f"{names[n % 7]} {n}" if n != 11 else "WWWWWWWWWWWWWWW",
            n + 1,
            (2900 - 83 * n, 31 - n, 9 + n % 7, n * 5 % 13, 61.9 - n, 8123 - 217 * n),
            team_id=n * teams // count if teams else None,
            is_subject=n == count // 3,
            is_bot=n % 13 == 12,
            joined_after=timedelta(minutes=n, seconds=7) if n % 9 == 5 else None,
            left_after=timedelta(minutes=n + 4, seconds=59) if n % 11 in {5, 6} else None,
            objective=flags(n % 3, n % 5) if teams else (),
        )
        for n in range(count)
    ]
    return tuple(lines)


def big_team_battle() -> MatchReport:
    sides = (team(0, 3, outcome=Outcome.WIN, is_subject=True), team(1, 2))
    return report(crowd(30, 2), sides, map_name="Fragmentation", playlist="Big Team Battle")


def hostile() -> MatchReport:
    names = (
        *("<svg onload=x>&amp;", "\u202egnorw\u202c way", "Z" + "a\u0301\u0302\u0303\u0304\u0308" * 9, "nul\x00l\x1b[31m"),
        *("ผู้เล่น", "مرحبا", "😀👩‍👩‍👧 fam", "हिन्दी नाम", "\u3164", "lone \ud800 half", "{{ 7*7 }}", "M" * 500),
    )  # fmt: skip
    lines = tuple(
        player(name, n + 1, (10**9 - n, 999, 0, 12345, 100, 10**7 * (12 - n)), is_subject=n == 2)
        for n, name in enumerate(names)
    )
    return report(lines, mode="<b>" * 40, map_name="&" * 9, playlist_id=None, duration=timedelta(hours=3))


def long_scenes(code: str) -> dict[str, Card]:
    """What is longest in a language: a match that somebody left, its columns, its medals."""
    language = language_for(code)
    names = LONG_NAMES[code]
    lines = tuple(
        replace(
            line,
            outcome=Outcome.DID_NOT_FINISH if line.is_subject else line.outcome,
            joined_after=timedelta(minutes=1, seconds=5),
            left_after=timedelta(minutes=12, seconds=34),
            objective=infected(n),
            team_id=(3, 5)[n // 6],
            csr=csr(Tier.DIAMOND, 4, -12),
        )
        for n, line in enumerate(crowd(12, 2))
    )
    board = report(
        lines,
        (team(3, 12, 120, is_subject=True), team(5, 9, 98, outcome=Outcome.WIN)),
        mode=names[0],
        map_name=names[1],
        playlist=names[2],
        duration=timedelta(hours=1, minutes=23),
    )
    medals = tuple(
        replace(medal, name=names[n % len(names)], count=language.numbers.count(1234))
        for n, medal in enumerate(strip(18).medals)
    )
    title = phrase("{medals}, {total} in all", medals=medal_kinds(TALLIES), total=12345)
    card = MedalStrip(
        language=code, title=language.say(title), hint=language.say(phrase("rarest first")), medals=medals
    )
    return {
        f"scoreboard-long-{code}": scoreboard_card(board, language, footer=FOOTER),
        f"medals-long-{code}": card,
    }


@cache
def _scenes() -> Mapping[str, Card]:
    many = tuple(team(n, 50 - 3 * n, outcome=Outcome.WIN if n == 0 else Outcome.LOSS) for n in range(8))
    rounds = (team(1, 1, 187, is_subject=True), team(0, 2, 203, outcome=Outcome.WIN))
    oddball = [
        player(f"Carrier {n}", n + 1, (1800 - n * 200, 15 - n, 9 + n, 3, 48.3, 4000 - n), team_id=(1, 0)[n // 2], is_subject=n == 0, outcome=Outcome.LOSS, objective=held(n, 7 * n))
        for n in range(4)
    ]  # fmt: skip
    firefight = [
        player(f"Marine {n}", n + 1, (15320 - n * 2100, 143 - n * 9, n, 31, 55.5, 31412 - n), team_id=0, is_subject=n == 1)
        for n in range(4)
    ]  # fmt: skip
    cards: dict[str, Card] = {f"medals-{count}": strip(count) for count in (1, 3, 10, 18, 36, 64)}
    boards = {
        "arena": arena(),
        "big-team-battle": big_team_battle(),
        "free-for-all": report(crowd(24, 0), mode="Slayer", playlist="Rumble Pit"),
        "eight-teams": report(crowd(16, 8), many, mode="Slayer", map_name="Behemoth", playlist="Multi-Team"),
        "rounds": report(tuple(oddball), rounds, mode="Oddball", map_name="Live Fire"),
        "firefight": report(
            tuple(firefight), (team(0, 45, outcome=Outcome.WIN),), mode="Firefight: King of the Hill", is_firefight=True
        ),
        "alone": report((replace(firefight[1], rank=1),), mode="Slayer", playlist_id=None),
        "hostile": hostile(),
    }  # fmt: skip
    cards |= {
        f"scoreboard-{name}": scoreboard_card(board, ENGLISH, footer=FOOTER) for name, board in boards.items()
    }
    for code in ("de", "fr", "es-ES", "pt-BR", "ja"):
        language = language_for(code)
        cards[f"scoreboard-{code}"] = scoreboard_card(arena(), language, footer=FOOTER)
    for code in ("de", "ja"):
        cards |= long_scenes(code)
    cards |= leaderboard_scenes()
    cards |= csr_scenes()
    return cards


def scene_names() -> list[str]:
    """The names of all golden pictures."""
    return sorted(_scenes())


def scene(name: str) -> Card:
    """What a golden picture shows."""
    return _scenes()[name]
