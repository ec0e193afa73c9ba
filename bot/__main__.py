"""The ``adjutant`` command. Each subcommand imports what it needs when it is used."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.config import ConfigurationError, Settings, load_settings

if TYPE_CHECKING:
    from bot.logs import Hide
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
    settings = load_settings()
    hide = _begin_logs(settings)
    with _without_collector():
        from bot.run import run as run_bot

    asyncio.run(run_bot(settings, hide=hide))


@cli.command()
def login(
    browser: Annotated[
        bool,
        typer.Option("--browser", help="Use a browser on this machine instead of a code for any device."),
    ] = False,
) -> None:
    """Sign in to Halo, once; the bot stays signed in from then on, also one that is running."""
    settings = load_settings()
    hide = _begin_logs(settings, quiet=True)
    with _without_collector():
        from bot.login import login as sign_in
        from bot.login import open_in_browser
        from bot.terminal import open_console

    open_url = open_in_browser if browser else None
    asyncio.run(sign_in(settings, open_console(), open_url=open_url, hide=hide))


@cli.command()
def doctor() -> None:
    """Check every step from the settings to Halo, and say what to do; exit code 0 if all is fine."""
    with _without_collector():
        from bot.doctor import examine, load_case
        from bot.terminal import open_console

    case = load_case()
    hide = _begin_logs(case.settings, quiet=True)
    if code := asyncio.run(examine(replace(case, hide=hide), open_console())):
        raise typer.Exit(code)


@cli.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the pictures are saved.")] = Path("demo"),
) -> None:
    """Show /lastmatch without any account: a simulated Halo, a local Discord, the real bot."""
    with _without_collector():
        from bot.playground.demo import run_demo

    asyncio.run(run_demo(folder, typer.echo))


@cli.command()
def playground(
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Where the page is; ADJUTANT_PLAYGROUND_PORT or 8343."),
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
    seed: Annotated[str, typer.Option(help="Another seed is another world.")] = "adjutant",
    once: Annotated[
        str | None, typer.Option(help="Type one command, print the answer and end: '/lastmatch player:…'.")
    ] = None,
    press: Annotated[
        list[str] | None, typer.Option(help="With --once: press this button of the answer; may be repeated.")
    ] = None,
    save: Annotated[Path, typer.Option(help="With --once: where the pictures are saved.")] = Path(),
) -> None:
    """Try the bot in a browser without any account: a simulated Halo, a local Discord, the real bot."""
    if press and once is None:
        raise typer.BadParameter(
            "It needs --once: there has to be an answer to press it on.", param_hint="--press"
        )
    settings = _playground_settings()
    # What the bot says to its operator is part of the show; how it starts is not.
    said = "log_level" in settings.model_fields_set and once is None
    _begin_logs(settings if said else settings.model_copy(update={"log_level": "WARNING"}))
    if once is not None:
        with _without_collector():
            from bot.playground.once import OnceOptions, play_once

        options = OnceOptions(line=once, press=press or (), folder=save, seed=seed)
        if not asyncio.run(play_once(options, typer.echo, lambda line: typer.echo(line, err=True))):
            raise typer.Exit(1)
        return
    import os

    with _without_collector():
        from bot.playground.serve import ServeOptions, can_open_browser, serve_playground

    wanted = ServeOptions(
        host=host,
        port=settings.playground_port if port is None else port,
        open_browser=open_browser and can_open_browser(os.environ),
        seed=seed,
    )
    asyncio.run(serve_playground(wanted, typer.echo))


@cli.command()
def health() -> None:
    """Ask the running bot whether it is connected; exit code 0 if it is (for containers)."""
    settings = load_settings()
    _begin_logs(settings)
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
    from bot.store import back_up

    _with_database(lambda address: back_up(address, file))
    typer.echo(f"The database is backed up in {file}.")


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup of any version up to this one.")]) -> None:
    """Put a backup in the place of all that the database holds; the bot may run meanwhile."""
    from bot.store import restore as restore_from

    _with_database(lambda address: restore_from(address, file))
    typer.echo(f"The database holds what {file} does.")


@contextmanager
def _without_collector() -> Generator[None]:
    """Import a lot: it all stays, so the collector need not look through it again and again meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _with_database(work: Callable[[Address], Coroutine[None, None, None]]) -> None:
    from bot.database import database_address, told_in_words

    settings = load_settings()
    _begin_logs(settings)
    with told_in_words():
        asyncio.run(work(database_address(settings)))


def _playground_settings() -> Settings:
    """Read the settings that matter to the playground, whatever is wrong with those of the real bot."""
    from bot.doctor.case import load_case

    case = load_case()
    for name in ("playground_port", "log_level", "log_format"):
        if name in case.invalid:
            raise ConfigurationError(case.invalid[name])
    return case.settings


def _begin_logs(settings: Settings, *, quiet: bool = False) -> Hide:
    """Begin to log. ``quiet`` leaves it to the command to say what goes wrong, unless everything is wanted."""
    from bot.logs import configure_logs

    level = "CRITICAL" if quiet and settings.log_level != "DEBUG" else settings.log_level
    return configure_logs(level, style=settings.log_format, secrets=settings.secrets().values())


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
