"""What the discovery service calls its own assets in other languages; players' own have one name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["in_language"]

_NAMES: Mapping[str, Mapping[str, str]] = {
    "de": {
        "Ranked Arena": "Rangliste: Arena",
        "Ranked Slayer": "Rangliste: Slayer",
        "Quick Play": "Schnelles Spiel",
        "Big Team Battle": "Großes Team-Gefecht",
        "Ranked:Slayer": "Rangliste:Slayer",
        "Strongholds": "Festungen",
        "BTB:Total Control": "GTG:Totale Kontrolle",
        "Live Fire": "Scharfe Munition",
        "Recharge": "Aufladung",
        "Streets": "Straßen",
    },
    "ja": {
        "Ranked Arena": "ランク アリーナ",
        "Ranked Slayer": "ランク スレイヤー",
        "Quick Play": "クイック プレイ",
        "Big Team Battle": "ビッグ チーム バトル",
        "Ranked:Slayer": "ランク:スレイヤー",
        "Strongholds": "ストロングホールド",
        "CTF": "フラッグ戦",
        "Aquarius": "アクエリアス",
        "Live Fire": "ライブ ファイア",
        "Recharge": "リチャージ",
        "Streets": "ストリート",
    },
}


def in_language(body: dict[str, Any], accepted: str | None) -> dict[str, Any]:
    """Return an asset as it is written for a request with this ``Accept-Language``."""
    names = _NAMES.get((accepted or "").partition("-")[0].lower(), {})
    return {**body, "PublicName": names.get(body["PublicName"], body["PublicName"])}
