"""The ``adjutant`` command. Each subcommand imports what it needs when it is used."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__
from bot.config import ConfigurationError, Settings, load_settings

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
