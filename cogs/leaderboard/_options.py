"""What can be typed into the options: suggestions, and what somebody means who took none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from uuid import UUID

from discord import app_commands

from bot.stats.leaderboard_metrics import MEDAL, METRICS, Metric
from bot.stats.leaderboard_trouble import MetricUnknown, PlaylistUnknown
from bot.ui.limits import CHOICE_LENGTH, CHOICES
from bot.words.language import Language
from bot.words.leaderboard_words import METRIC_NAMES
from bot.words.match_words import PLAYLISTS
from bot.words.phrase import term

__all__ = [
    "metric_choices",
    "playlist_choices",
    "playlist_titles",
    "read_metric",
    "read_playlist",
]

_MEDAL = "medal:"
_SUGGESTIONS = 3
_LEAST_ALIKE = 0.5


def metric_choices(
    typed: str, medals: Mapping[int, str], english: Mapping[int, str], language: Language
) -> list[app_commands.Choice[str]]:
    """Suggest metrics whose name has what was typed in it, then medals, each with a name of its own."""
    named = [(language.say(METRIC_NAMES[key]), key) for key in METRICS if METRICS[key] is not MEDAL]
    named += [
        (language.say(term("choice", "Medal: {name}", name=title)), f"{_MEDAL}{name_id}")
        for name_id, title in _told_apart(medals, english).items()
    ]
    return _choices(typed, named)


def playlist_choices(typed: str, titles: Mapping[UUID, str]) -> list[app_commands.Choice[str]]:
    """Suggest playlists whose name has what was typed in it."""
    return _choices(typed, [(title, str(playlist)) for playlist, title in titles.items()])


def read_metric(
    asked: str, medals: Mapping[int, str], english: Mapping[int, str], language: Language
) -> tuple[Metric, int | None]:
    """Tell which metric, or which medal by its name id, somebody means.

    A suggestion's value does, and so do names in the reader's language and in English. The name that several
    medals share in the reader's language tells none of them.

    Args:
        asked: What was typed.
        medals: What medals are called in the reader's language.
        english: What they are called in English.
        language: The reader's.

    Raises:
        MetricUnknown: Nothing is called like that, or more than one medal.
    """
    wanted = _folded(asked)
    number = wanted.removeprefix(_MEDAL)
    if wanted.startswith(_MEDAL) and number.isascii() and number.isdigit() and int(number) in medals:
        return MEDAL, int(number)
    by_name = {
        _folded(name): metric
        for key, metric in METRICS.items()
        if metric is not MEDAL
        for name in (key, METRIC_NAMES[key].text, language.say(METRIC_NAMES[key]))
    }
    if wanted in by_name:
        return by_name[wanted], None
    own = _told_apart(medals, english)
    titles = {_folded(title): it for named in (english, medals, own) for it, title in named.items()}
    for name in (wanted, wanted.partition(":")[2].strip()):
        shared = tuple(own[it] for it, title in medals.items() if _folded(title) == name)
        if len(shared) > 1:
            raise MetricUnknown(asked, shared, is_shared=True)
        if name in titles:
            return MEDAL, titles[name]
    spelled = [language.say(METRIC_NAMES[key]) for key in METRICS if METRICS[key] is not MEDAL]
    raise MetricUnknown(asked, _alike(asked, [*spelled, *own.values()]))


def read_playlist(asked: str | None, titles: Mapping[UUID, str]) -> UUID | None:
    """Tell which playlist somebody means, by its name or its id; None for all matchmaking.

    Raises:
        PlaylistUnknown: None is called like that.
    """
    if asked is None or not asked.strip():
        return None
    wanted = _folded(asked)
    for playlist, title in titles.items():
        if wanted in {_folded(title), str(playlist)} or wanted == _folded(_english(playlist)):
            return playlist
    try:
        return UUID(asked.strip())
    except ValueError:
        raise PlaylistUnknown(asked, _alike(asked, titles.values())) from None


def playlist_titles(named: Mapping[UUID, str], language: Language) -> dict[UUID, str]:
    """Name playlists: as Halo does, else as we know them; without a name there is nothing to choose by."""
    return {
        it: title or language.say(PLAYLISTS[it]) for it, title in named.items() if title or it in PLAYLISTS
    }


def _told_apart(medals: Mapping[int, str], english: Mapping[int, str]) -> dict[int, str]:
    """Give medals that share a name in a language their English one too, or else their number."""
    own = dict(medals)
    for told in (english, {it: str(it) for it in medals}):
        count = Counter(map(_folded, own.values()))
        for it, title in own.items():
            if count[_folded(title)] > 1:
                own[it] = f"{medals[it]} ({told.get(it) or it})"
    return own


def _english(playlist: UUID) -> str:
    known = PLAYLISTS.get(playlist)
    return known.text if known else ""


def _choices(typed: str, named: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=label[:CHOICE_LENGTH], value=value)
        for label, value in [*_fitting(typed, named)][:CHOICES]
    ]


def _fitting(typed: str, named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    wanted = _folded(typed)
    return ((label, value) for label, value in named if wanted in _folded(label))


def _alike(asked: str, names: Iterable[str]) -> tuple[str, ...]:
    by_folded = {_folded(name): name for name in names}
    near = get_close_matches(_folded(asked)[:64], by_folded, n=_SUGGESTIONS, cutoff=_LEAST_ALIKE)
    return tuple(by_folded[name] for name in near)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
