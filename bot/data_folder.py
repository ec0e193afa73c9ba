"""The folder for everything that is kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.config import ConfigurationError, setting

__all__ = ["make_data_folder", "require_writable"]


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


def require_writable(path: Path) -> None:
    """See that files can be made in the folder.

    Raises:
        ConfigurationError: They cannot.
    """
    try:
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise ConfigurationError(
            f"{setting('data_dir')} {path} cannot be written to ({error.strerror}): "
            "let the bot's user write there, or name another folder."
        ) from None
