"""Background work that survives a crash: taken under a lease, done at least once, shared fairly by servers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.store.database import Database, insert_into
from bot.store.players import tracked_among
from bot.store.tables import JobRow, LinkRow, PlayerRow, ServerRow, TurnRow

__all__ = ["Backlog", "Job", "Jobs", "NewJob", "add_jobs"]

NO_SERVER: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """Work to be done.

    Attributes:
        kind: Which kind of work, for example ``refresh``.
        key: What tells it from others of its kind; work that is there already is not added again.
        priority: Lower is sooner, before any fairness.
        server_id: For whose sake; servers take turns. None: a turn of its own.
        user_id: Whose it is: it goes with the user's data.
        xuid: Whose it is: it goes with the player's data.
        payload: What it needs to know, and how far it has come. In it and in the key nobody is named but whom
            the job is for, so that it names nobody any more when it goes with that one's data.
    """

    kind: str
    key: str
    due_at: datetime
    priority: int = 0
    server_id: int | None = None
    user_id: int | None = None
    xuid: int | None = None
    payload: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(NewJob):
    """Work that was taken. ``attempts`` counts this one: over 1, somebody began it before and did not finish."""

    id: int
    lease_id: UUID
    attempts: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What there is to do of one kind.

    Attributes:
        kind: Which.
        due: How much waits and is due.
        later: How much is for later.
        oldest_due_at: When the first of what waits was, or will be, due; None if nothing waits.
        in_hand: How much is being done.
    """

    kind: str
    due: int
    later: int
    oldest_due_at: datetime | None
    in_hand: int = 0


class Jobs:
    """The queue. What a worker does with a job has to be harmless when done twice: leases run out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *jobs: NewJob) -> int:
        """Add work that is not there yet; return how much of it was new.

        Work that waits already becomes due no later, and no less urgent, than it is asked for now. Work for
        somebody who is not there is not added: for an unlinked user or player, or an unknown server. So a worker
        that goes on from one job to the next brings nobody back who was erased meanwhile.
        """
        async with self._database.writing(changes=()) as connection:
            return await add_jobs(connection, jobs)

    async def take(
        self,
        now: datetime,
        *,
        lease: timedelta,
        kinds: Collection[str],
        limit: int = 1,
        alike: str | None = None,
    ) -> tuple[Job, ...]:
        """Take due work under a lease: the most urgent first, then one of each server in turn.

        Work whose lease has run out is due again: whoever had it has died, or is too slow.

        Args:
            now: What is due by then is.
            lease: For how long it is taken.
            kinds: What is taken.
            limit: How much, at most.
            alike: The entry of the payload, a text, that is the same in all that are taken together. Whose turn
                it is decides which; it is filled up with others of that, their own turns first.
        """
        async with self._database.writing(changes=(), background=True) as connection:
            lease_id = uuid4()
            query = _next(now, kinds)
            if alike is not None:
                first = (await connection.execute(query.limit(1))).first()
                query = _next(now, kinds, like=(alike, None if first is None else first.id))
            ids = (await connection.execute(query.limit(limit))).all()
            chosen = [job_id for job_id, _ in ids]
            await connection.execute(
                update(JobRow)
                .where(JobRow.id.in_(chosen))
                .values(lease_id=lease_id, leased_until=now + lease, attempts=JobRow.attempts + 1)
            )
            await _note_turns(connection, {server for _, server in ids})
            rows = (await connection.execute(_JOBS.where(JobRow.id.in_(chosen)))).mappings()
            taken = {row["id"]: Job(**row) for row in rows}
            return tuple(taken[job_id] for job_id in chosen)

    async def keep(self, job: Job, until: datetime, payload: dict[str, Any] | None = None) -> bool:
        """Lengthen the lease, and note how far the work has come; False: somebody else has it now."""
        changes: dict[str, Any] = {"leased_until": until}
        if payload is not None:
            changes["payload"] = payload
        return await self._change(job, changes)

    async def put_back(self, job: Job, due_at: datetime, *, done: bool = False) -> bool:
        """Give a job back, to be done at another time; False: somebody else has it now.

        With ``done`` it went well and is to be done again: its attempts are counted anew.
        """
        changes: dict[str, Any] = {"lease_id": None, "leased_until": None, "due_at": due_at}
        return await self._change(job, changes | ({"attempts": 0} if done else {}))

    async def finish(self, job: Job) -> bool:
        """Remove a job that is done; False: somebody else has it now, and will find it done."""
        async with self._database.writing(changes=(), background=True) as connection:
            gone = delete(JobRow).where(JobRow.id == job.id, JobRow.lease_id == job.lease_id)
            return (await connection.execute(gone)).rowcount == 1

    async def backlog(self, now: datetime) -> tuple[Backlog, ...]:
        """Return how much waits and how much is being done, by kind."""
        free, is_due = _free(now), JobRow.due_at <= now
        due, waiting = func.sum(case((and_(free, is_due), 1), else_=0)), func.sum(case((free, 1), else_=0))
        async with self._database.reading() as connection:
            rows = await connection.execute(
                select(JobRow.kind, due, waiting, func.min(case((free, JobRow.due_at))), func.count())
                .group_by(JobRow.kind)
                .order_by(JobRow.kind)
            )
            return tuple(
                Backlog(kind, due, waiting - due, oldest, in_hand=count - waiting)
                for kind, due, waiting, oldest, count in rows
            )

    async def _change(self, job: Job, changes: dict[str, Any]) -> bool:
        async with self._database.writing(changes=(), background=True) as connection:
            mine = update(JobRow).where(JobRow.id == job.id, JobRow.lease_id == job.lease_id)
            return (await connection.execute(mine.values(changes))).rowcount == 1


_JOBS: Final = select(
    JobRow.id,
    JobRow.kind,
    JobRow.key,
    JobRow.due_at,
    JobRow.priority,
    JobRow.server_id,
    JobRow.user_id,
    PlayerRow.xuid,
    JobRow.payload,
    JobRow.lease_id,
    JobRow.attempts,
).outerjoin(PlayerRow, PlayerRow.id == JobRow.player_id)


@dataclass(frozen=True, slots=True)
class _There:
    """Whom work can be for: linked users, players by XUID, servers."""

    users: frozenset[int]
    players: dict[int, int]
    servers: frozenset[int]

    @classmethod
    async def among(cls, connection: AsyncConnection, jobs: Collection[NewJob]) -> _There:
        users = select(LinkRow.user_id).where(LinkRow.user_id.in_({job.user_id for job in jobs}))
        servers = select(ServerRow.id).where(ServerRow.id.in_({job.server_id for job in jobs}))
        return cls(
            frozenset((await connection.execute(users)).scalars()),
            await tracked_among(connection, {job.xuid for job in jobs}),
            frozenset((await connection.execute(servers)).scalars()),
        )

    def has(self, job: NewJob) -> bool:
        named = ((job.user_id, self.users), (job.xuid, self.players), (job.server_id, self.servers))
        return all(number is None or number in known for number, known in named)


async def add_jobs(connection: AsyncConnection, jobs: Collection[NewJob]) -> int:
    """Do what `Jobs.add` does, together with what else is written: both are done, or neither."""
    there = await _There.among(connection, jobs)
    return sum([await _add(connection, job, there.players) for job in jobs if there.has(job)])


async def _add(connection: AsyncConnection, job: NewJob, players: dict[int, int]) -> bool:
    row = {
        "kind": job.kind,
        "key": job.key,
        "priority": job.priority,
        "server_id": job.server_id,
        "user_id": job.user_id,
        "player_id": None if job.xuid is None else players[job.xuid],
        "payload": job.payload,
        "due_at": job.due_at,
        "attempts": 0,
    }
    new = insert_into(connection, JobRow).values(row).on_conflict_do_nothing(index_elements=["kind", "key"])
    if (await connection.execute(new.returning(JobRow.id))).first() is not None:
        return True
    there = (JobRow.kind == job.kind, JobRow.key == job.key)
    sooner = update(JobRow).where(*there, JobRow.due_at > job.due_at).values(due_at=job.due_at)
    await connection.execute(sooner)
    more_urgent = update(JobRow).where(*there, JobRow.priority > job.priority)
    await connection.execute(more_urgent.values(priority=job.priority))
    return False


def _free(now: datetime) -> Any:
    return or_(JobRow.leased_until.is_(None), JobRow.leased_until <= now)


def _next(
    now: datetime, kinds: Collection[str], *, like: tuple[str, int | None] | None = None
) -> Select[int, int]:
    """Choose jobs: by priority, then each server's first, second, … with the longest unserved server first."""
    server = func.coalesce(JobRow.server_id, NO_SERVER)
    within = func.row_number().over(
        partition_by=(JobRow.priority, server), order_by=(JobRow.due_at, JobRow.id)
    )
    due = select(JobRow.id, JobRow.priority, JobRow.due_at, server.label("server_id"), within.label("nth"))
    due = due.where(JobRow.due_at <= now, _free(now), JobRow.kind.in_(kinds))
    waiting = (due if like is None else due.where(_alike(*like))).subquery("waiting")
    served = func.coalesce(TurnRow.turn, 0)
    return (
        select(waiting.c.id, waiting.c.server_id)
        .outerjoin(TurnRow, TurnRow.server_id == waiting.c.server_id)
        .order_by(waiting.c.priority, waiting.c.nth, served, waiting.c.due_at, waiting.c.id)
    )


def _alike(entry: str, job_id: int | None) -> ColumnElement[bool]:
    """What has the same text as that job in this entry of the payload; the job itself, whatever it has."""
    other = aliased(JobRow)
    text = select(other.payload[entry].as_string()).where(other.id == job_id).scalar_subquery()
    return or_(JobRow.id == job_id, JobRow.payload[entry].as_string() == text)


async def _note_turns(connection: AsyncConnection, servers: set[int]) -> None:
    turn = (await connection.execute(select(func.coalesce(func.max(TurnRow.turn), 0) + 1))).scalar_one()
    for server_id in sorted(servers):
        new = insert_into(connection, TurnRow).values(server_id=server_id, turn=turn)
        await connection.execute(new.on_conflict_do_update(index_elements=["server_id"], set_={"turn": turn}))
