"""From a match to what its film tells."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from uuid import UUID

from yarl import URL

from bot.halo.client import HaloInfiniteClient
from bot.halo.errors import FilmNotFoundError, FilmReadError, NotFoundError
from bot.halo.film.event import HighlightEvent
from bot.halo.film.highlight_events import read
from bot.halo.transport.tokens import SERVICE_HOSTS

__all__ = ["read_highlight_events"]


async def read_highlight_events(
    client: HaloInfiniteClient,
    match_id: str | UUID,
    *,
    gamertags: Mapping[int, str] | None = None,
) -> list[HighlightEvent]:
    """Return the highlight events of a match, in the film's order, which is nearly that of time.

    Only people have events, bots have none. Team and mode are not in the film: join them from the match
    stats by XUID. Kills of the game's own enemies are not recorded, and rarely a kill or death is missing
    (see :func:`~bot.halo.film.highlight_events.check`).

    The two requests have the client's options. The chunk is read in a thread, one at a time for each client.

    Args:
        client: Asks for the film's manifest, and with it for the chunk, without any token.
        match_id: The match.
        gamertags: Gamertags by XUID, used instead of the film's own.

    Raises:
        FilmNotFoundError: The match has no film (any more), or no highlight events (yet).
        FilmReadError: The film is there and cannot be read.
        HaloError: A request failed for another reason.
        ValueError: ``match_id`` is not shaped like a UUID.
    """
    try:
        film = await (await client.discovery_ugc.get_film_by_match_id(match_id)).parse()
        if film.highlight_events_url is None:
            raise FilmNotFoundError(f"The film of match {match_id} has no highlight events")
        data = await client.discovery_ugc.get_film_chunk(_public_address(film.highlight_events_url))
    except NotFoundError as error:
        raise FilmNotFoundError(f"The film of match {match_id} is not there ({error})") from error
    async with client.film_turn:
        return await asyncio.to_thread(read, data, film.custom_data.film_major_version, gamertags)


def _public_address(text: str) -> URL:
    """Return where a chunk lies, if that is an address that nobody would be given tokens for."""
    try:
        url = URL(text)
    except ValueError:
        url = URL()
    is_public = url.scheme in {"http", "https"} and url.raw_host and url.raw_host not in SERVICE_HOSTS
    if not is_public or url.raw_user is not None or url.raw_password is not None:
        raise FilmReadError("The film names no public address for its highlight events")
    return url
