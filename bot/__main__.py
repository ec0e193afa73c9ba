"""The ``adjutant`` command. Each subcommand imports what it needs when it is used."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.config import PREFIX, ConfigurationError, Settings, UnavailableError, load_settings

if TYPE_CHECKING:
    from bot.store import Address

__all__ = ["main"]

cli = typer.Typer(
    name="adjutant",
    help="A Discord bot for Halo Infinite players.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@cli.callback(invoke_without_command=True)
def _top(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and end.", is_eager=True)
    ] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@cli.command()
def run() -> None:
    """Run the bot. Settings come from the environment and .env; see .env.example."""
    settings = _prepare()
    from bot.run import run as run_bot

    asyncio.run(run_bot(settings))


@cli.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the pictures are saved.")] = Path("demo"),
) -> None:
    """Show /lastmatch without any account: a simulated Halo, a local Discord, the real bot."""
    from bot.playground.demo import run_demo

    asyncio.run(run_demo(folder, typer.echo))


@cli.command()
def health() -> None:
    """Ask the running bot whether it is connected; exit code 0 if it is (for containers)."""
    settings = _prepare()
    from bot.health import is_healthy

    if settings.health_port is None:
        raise ConfigurationError("ADJUTANT_HEALTH_PORT is not set, so there is nothing to ask.")
    if not asyncio.run(is_healthy(settings.health_port)):
        raise typer.Exit(1)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The backup; a file of that name is replaced.")],
) -> None:
    """Write a backup of the database; the bot may run meanwhile."""
    settings = _prepare()
    from bot.store import back_up

    _with_database(settings, lambda address: back_up(address, file))
    typer.echo(f"The database is backed up in {file}.")


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup of any version up to this one.")]) -> None:
    """Put a backup in the place of all that the database holds; the bot may run meanwhile."""
    settings = _prepare()
    from bot.store import restore as restore_from

    _with_database(settings, lambda address: restore_from(address, file))
    typer.echo(f"The database holds what {file} does.")


def _with_database(settings: Settings, work: Callable[[Address], Coroutine[None, None, None]]) -> None:
    from bot.store import Address, StoreAddressError, StoreBusyError, StoreError, StoreUnavailableError

    url = settings.secrets().get("database_url", "").strip()
    try:
        address = Address.parse(url) if url else Address.of_file(settings.data_dir / "adjutant.sqlite")
        asyncio.run(work(address))
    except StoreAddressError as error:
        raise ConfigurationError(f"{PREFIX}DATABASE_URL cannot be used: {error}") from None
    except (StoreBusyError, StoreUnavailableError) as error:
        raise UnavailableError(str(error)) from None
    except StoreError as error:
        raise ConfigurationError(str(error)) from None


def _prepare() -> Settings:
    from bot.logs import configure_logs

    settings = load_settings()
    configure_logs(settings.log_level, style=settings.log_format, secrets=settings.secrets().values())
    return settings


def main() -> None:
    """Run the command; what the operator has to mend is one sentence and the exit code that goes with it."""
    try:
        cli()
    except ConfigurationError as error:
        typer.echo(f"adjutant: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
