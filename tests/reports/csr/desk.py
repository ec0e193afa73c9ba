"""The report on a player's ranks with all that it asks, as a bot builds it."""

from __future__ import annotations

from contextlib import aclosing
from datetime import timedelta
from uuid import UUID

from bot.halo.client import HaloInfiniteClient
from bot.reports.csr import CsrReport, Patience
from bot.reports.players import Players
from bot.reports.ranked_playlists import RankedPlaylists
from bot.reports.seasons import Seasons
from bot.stats.csr_sheet import CsrRow, CsrSheet
from bot.stats.playlists import RANKED_PLAYLISTS
from bot.store import Store
from tests.reports.conftest import NOW, House

__all__ = [
    "ARENA",
    "CSRS",
    "DAY",
    "HERO",
    "IMPATIENT",
    "MEMBER",
    "SERVER",
    "SLAYER",
    "Desk",
    "csrs_of",
    "row_of",
    "value_of",
]

HERO = "Ember Fox 7"
MEMBER, SERVER = 700_000_000_000_000_001, 700_000_000_000_000_002
CSRS = "/hi/playlist/*/csrs"
ARENA, SLAYER = RANKED_PLAYLISTS[:2]
# Nobody waits for a service that tests hold back.
IMPATIENT = Patience(first_s=0.2, rest_s=0.01)
DAY = timedelta(days=1)


def csrs_of(playlist: UUID) -> str:
    return f"/hi/playlist/{playlist}/csrs"


class Desk:
    """The report with what it asks, as a bot builds it."""

    def __init__(
        self,
        house: House,
        store: Store,
        halo: HaloInfiniteClient | None = None,
        patience: Patience = IMPATIENT,
    ) -> None:
        self.patience = patience
        self.house = house
        self.store = store
        self.halo = halo or house.halo
        self.seasons = Seasons(self.halo, now=house.now)
        self.playlists = RankedPlaylists(self.halo, now=house.now)
        self.report = self.anew()

    def anew(self) -> CsrReport:
        """The report of a process that has only just begun."""
        players = Players(self.halo, now=self.house.now)
        return CsrReport(
            self.halo,
            players,
            self.store,
            self.seasons,
            self.playlists,
            now=self.house.now,
            patience=self.patience,
        )

    async def all(self, who: str | int = HERO, season: str | None = None) -> list[CsrSheet]:
        async with aclosing(self.report.sheets(who, season)) as sheets:
            return [sheet async for sheet in sheets]

    async def last(self, who: str | int = HERO, season: str | None = None) -> CsrSheet:
        return (await self.all(who, season))[-1]

    async def link(self, gamertag: str = HERO) -> int:
        xuid = self.house.xuid(gamertag)
        await self.store.links.claim(MEMBER, xuid, gamertag, server_id=SERVER, at=NOW - 30 * DAY)
        return xuid

    async def season_path(self) -> str:
        season = await self.seasons.current()
        assert season is not None
        return season.path

    def asked_playlists(self) -> list[UUID]:
        """The playlists that were asked for, in the order in which the requests arrived."""
        return [
            UUID(entry.path.split("/")[3]) for entry in self.house.service.log if entry.path.endswith("/csrs")
        ]


def row_of(sheet: CsrSheet, playlist: UUID) -> CsrRow:
    return next(row for row in sheet.rows if row.playlist_id == playlist)


def value_of(sheet: CsrSheet, playlist: UUID) -> int:
    value = row_of(sheet, playlist).rank.current.value
    assert value is not None
    return value
