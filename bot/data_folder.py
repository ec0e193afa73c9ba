"""The folder for everything that is kept."""

from __future__ import annotations

from pathlib import Path

from bot.config import ConfigurationError, setting

__all__ = ["make_data_folder"]


def make_data_folder(path: Path) -> None:
    """Make the folder if need be.

    Raises:
        ConfigurationError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"{setting('data_dir')} {path} cannot be made ({error.strerror}): "
            "name a folder that the bot may write to."
        ) from None
