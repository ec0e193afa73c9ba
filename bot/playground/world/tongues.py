"""What maps, modes and playlists are called in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["find_tongue", "translate", "translate_pair"]

_TONGUES: Final = ("de-DE", "fr-FR", "es-ES", "pt-BR", "ja-JP")
# English, then the tongues in their order; what is missing has the English name everywhere.
_ROWS: Final = (
    ("Slayer", "Slayer", "Assassin", "Asesino", "Assassino", "スレイヤー"),
    (
        "Ranked:Slayer",
        "Rangliste: Slayer",
        "Classé : Assassin",
        "Clasificatoria: Asesino",
        "Ranqueada: Assassino",
        "ランク: スレイヤー",
    ),
    (
        "Ranked:Tactical Slayer",
        "Rangliste: Taktik-Slayer",
        "Classé : Assassin tactique",
        "Clasificatoria: Asesino táctico",
        "Ranqueada: Assassino tático",
        "ランク: タクティカル スレイヤー",
    ),
    (
        "Ranked:Snipers",
        "Rangliste: Scharfschützen",
        "Classé : Snipers",
        "Clasificatoria: Francotiradores",
        "Ranqueada: Atiradores",
        "ランク: スナイパー",
    ),
    (
        "FFA:Slayer",
        "Jeder gegen jeden: Slayer",
        "Mêlée générale : Assassin",
        "Todos contra todos: Asesino",
        "Todos contra todos: Assassino",
        "FFA: スレイヤー",
    ),
    ("CTF", "Flaggenraub", "Capture du drapeau", "Captura la bandera", "Capture a bandeira", "CTF"),
    ("Oddball", "Oddball", "Crâne", "Bola loca", "Caveira", "オッドボール"),
    ("Strongholds", "Stellungen", "Bases", "Fortalezas", "Fortalezas", "ストロングホールド"),
    (
        "King of the Hill",
        "König des Hügels",
        "Roi de la colline",
        "Rey de la colina",
        "Rei do morro",
        "キング オブ ザ ヒル",
    ),
    ("Elimination", "Eliminierung", "Élimination", "Eliminación", "Eliminação", "エリミネーション"),
    ("Infection", "Infektion", "Infection", "Infección", "Infecção", "インフェクション"),
    ("Extraction", "Extraktion", "Extraction", "Extracción", "Extração", "エクストラクション"),
    (
        "Ranked Arena",
        "Ranglisten-Arena",
        "Arène classée",
        "Arena clasificatoria",
        "Arena ranqueada",
        "ランク アリーナ",
    ),
    (
        "Ranked Slayer",
        "Ranglisten-Slayer",
        "Assassin classé",
        "Asesino clasificatorio",
        "Assassino ranqueado",
        "ランク スレイヤー",
    ),
    (
        "Ranked Doubles",
        "Ranglisten-Doppel",
        "Doublettes classées",
        "Dobles clasificatorios",
        "Duplas ranqueadas",
        "ランク ダブルス",
    ),
    ("Quick Play", "Schnelles Spiel", "Partie rapide", "Partida rápida", "Partida rápida", "クイック プレイ"),
    (
        "Big Team Battle",
        "Große Teamschlacht",
        "Grande bataille en équipe",
        "Gran batalla por equipos",
        "Grande batalha em equipe",
        "ビッグ チーム バトル",
    ),
    ("Firefight", "Feuergefecht", "Baptême du feu", "Tiroteo", "Tiroteio", "ファイアファイト"),
    ("Live Fire", "Scharfe Munition", "Tir réel", "Fuego real", "Fogo real", "ライブ ファイア"),
    ("Streets", "Straßen", "Rues", "Calles", "Ruas", "ストリート"),
    ("Bazaar", "Basar", "Bazar", "Bazar", "Bazar", "バザール"),
    ("Solitude", "Einsamkeit", "Solitude", "Soledad", "Solidão", "ソリチュード"),
)
_NAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {row[0]: dict(zip(_TONGUES, row[1:], strict=True)) for row in _ROWS}
)
_PAIRS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "de-DE": "{mode} auf {place}",
        "fr-FR": "{mode} sur {place}",
        "es-ES": "{mode} en {place}",
        "pt-BR": "{mode} em {place}",
        "ja-JP": "{place}: {mode}",
    }
)
_PAIR: Final = "{mode} on {place}"


def find_tongue(header: str) -> str | None:
    """The first language of an ``Accept-Language`` that names are kept in; None for English and all others."""
    for wish in header.split(","):
        language = wish.split(";")[0].strip().casefold().partition("-")[0]
        if language == "en":
            return None
        for tongue in _TONGUES:
            if tongue.casefold().startswith(f"{language}-"):
                return tongue
    return None


def translate(name: str, tongue: str | None) -> str:
    """A name in a language, the English one where there is no other."""
    return _NAMES.get(name, {}).get(tongue or "", name)


def translate_pair(mode: str, place: str, tongue: str | None) -> str:
    """The name of a mode on a map."""
    return _PAIRS.get(tongue or "", _PAIR).format(
        mode=translate(mode, tongue), place=translate(place, tongue)
    )
