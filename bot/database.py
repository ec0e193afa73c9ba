"""Which database the settings name, and its trouble in words for the operator."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from bot.config import PREFIX, ConfigurationError, Settings, UnavailableError
from bot.store import Address, StoreAddressError, StoreBusyError, StoreError, StoreUnavailableError

__all__ = ["database_address", "told_in_words"]

FILE = "adjutant.sqlite"


def database_address(settings: Settings) -> Address:
    """The database of ``ADJUTANT_DATABASE_URL``, or a file of SQLite's in the data folder.

    Raises:
        StoreAddressError: The setting names no database that Adjutant can use.
    """
    url = settings.secrets().get("database_url", "").strip()
    return Address.parse(url) if url else Address.of_file(settings.data_dir / FILE)


@contextmanager
def told_in_words() -> Generator[None]:
    """Turn what is wrong with the database into what the operator can do.

    Raises:
        ConfigurationError: It has to be mended first.
        UnavailableError: It may work at another time.
    """
    try:
        yield
    except StoreAddressError as error:
        raise ConfigurationError(f"{PREFIX}DATABASE_URL cannot be used: {error}") from None
    except (StoreBusyError, StoreUnavailableError) as error:
        raise UnavailableError(str(error)) from None
    except StoreError as error:
        raise ConfigurationError(str(error)) from None
