"""What the doctor has to go by: the settings, as far as they can be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.config import InvalidSettingsError, Settings, load_settings, unknown_names
from bot.logs import Hide, hide_nothing

__all__ = ["Case", "load_case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An installation to look at.

    Attributes:
        settings: The settings; those that are not valid are at their defaults.
        invalid: A sentence for each of these, by field or file, as in
            :class:`~bot.config.InvalidSettingsError`.
        unknown: Names that look like settings and are none.
        hide: Is told every token that turns up, so that no log shows it.
    """

    settings: Settings
    invalid: Mapping[str, str]
    unknown: Sequence[str] = ()
    hide: Hide = hide_nothing


def load_case() -> Case:
    """Read the settings and go on without those that cannot be used."""
    invalid: dict[str, str] = {}
    while True:
        try:
            settings = load_settings(without=invalid)
        except InvalidSettingsError as error:
            if error.problems.keys() <= invalid.keys():
                raise
            invalid |= error.problems
        else:
            return Case(settings=settings, invalid=invalid, unknown=unknown_names())
