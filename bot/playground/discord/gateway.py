"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, member requests and events, for any number of shards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any, cast

from aiohttp import WSMessage, WSMsgType, web

from bot.playground.discord.events import Event
from bot.playground.discord.intents import Intent, payload_for, wants
from bot.playground.discord.model import Guild, Json
from bot.playground.discord.payloads import member_json, user_json
from bot.playground.discord.sessions import Connection, Session
from bot.playground.discord.state import DiscordState

__all__ = ["Gateway"]

_HEARTBEAT, _IDENTIFY, _PRESENCE, _VOICE_STATE, _RESUME, _REQUEST_MEMBERS = 1, 2, 3, 4, 6, 8
_RECONNECT, _INVALID_SESSION, _HELLO, _HEARTBEAT_ACK = 7, 9, 10, 11
_UNKNOWN_ERROR, _UNKNOWN_OPCODE, _DECODE_ERROR, _NOT_AUTHENTICATED, _WRONG_TOKEN, _ALREADY_AUTHENTICATED = (
    4000,
    4001,
    4002,
    4003,
    4004,
    4005,
)
_INVALID_SHARD, _DISALLOWED_INTENTS = 4010, 4014
_GOING_AWAY, _BY_CLIENT = 1001, (1000, 1001)
_HEARTBEAT_MS = 41_250
# discord.py notes when it sent a heartbeat only after that, in another thread: an acknowledgement that is faster
# than any network counts as one of the heartbeat before, and is reported as a lag of its whole interval.
_ACKNOWLEDGED_AFTER_S = 0.05
_MEMBERS_ASKED = 100
_MEMBERS_PER_CHUNK = 1000
_PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT


class _Refused(Exception):  # a close code, not an error of ours
    """The connection must be closed with a code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    """Accepts bots' websockets and sends them what happens.

    `privileged` are the privileged intents that the application was granted (none by default).
    """

    def __init__(self, state: DiscordState, token: str, rng: Random, *, privileged: int = 0) -> None:
        self.url = ""
        self._state = state
        self._token = token
        self._rng = rng
        self._privileged = privileged
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self._changed = asyncio.Event()
        self._is_out = False
        self._unsubscribe = state.events.subscribe(self._deliver)
        self._handlers: dict[int, Callable[[Session, Json], None]] = {_REQUEST_MEMBERS: self._send_members}

    def connected(self) -> bool:
        """Whether every shard of the bot has a live connection."""
        live = [session for session in self._sessions.values() if session.connection is not None]
        return bool(live) and {session.shard_id for session in live} == set(range(live[0].shard_count))

    async def wait_connected(self, *, connected: bool = True) -> None:
        """Return once every shard of the bot is connected (or, with false, not every one is)."""
        while self.connected() is not connected:
            self._changed.clear()
            await self._changed.wait()

    def dispatch(self, name: str, data: Json, guild_id: int | None) -> None:
        """Send an event that needs no intent to the shard it belongs to."""
        self._deliver(Event(name, data, guild_id))

    def reconnect(self) -> None:
        """Ask every connected bot to reconnect and resume, as Discord does now and then."""
        for connection in self._connections:
            connection.send({"op": _RECONNECT, "d": None})

    @asynccontextmanager
    async def outage(self) -> AsyncGenerator[None]:
        """Cut every connection, let none in, and forget the sessions: afterwards every bot has to identify anew.

        What happens meanwhile is told to no bot, as when it was offline for long.
        """
        self._is_out = True
        try:
            for connection in tuple(self._connections):
                await connection.socket.close(code=_UNKNOWN_ERROR)
            self._sessions.clear()
            self._changed.set()
            yield
        finally:
            self._is_out = False

    async def close(self) -> None:
        """End every connection."""
        self._unsubscribe()
        for connection in tuple(self._connections):
            await connection.socket.close(code=_GOING_AWAY)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        if self._is_out:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        session: Session | None = None
        try:
            connection.send({"op": _HELLO, "d": {"heartbeat_interval": _HEARTBEAT_MS}, "s": None, "t": None})
            async for message in socket:
                session = self._receive(connection, session, _decoded(message))
        except _Refused as refused:
            await socket.close(code=refused.code)
        finally:
            connection.finish()
            await writer
            self._connections.discard(connection)
            self._disconnected(connection, session)
        return socket

    # What a bot sends

    def _receive(self, connection: Connection, session: Session | None, frame: Json) -> Session | None:
        op, data = frame.get("op"), frame.get("d")
        if op == _HEARTBEAT:
            answer: Json = {"op": _HEARTBEAT_ACK}
            asyncio.get_running_loop().call_later(_ACKNOWLEDGED_AFTER_S, connection.send, answer)
            return session
        if op in (_IDENTIFY, _RESUME):
            if session is not None:
                raise _Refused(_ALREADY_AUTHENTICATED)
            if not isinstance(data, dict):
                raise _Refused(_DECODE_ERROR)
            begin = self._identify if op == _IDENTIFY else self._resume
            session = begin(connection, cast("Json", data))
            self._changed.set()
            return session
        if session is None:
            raise _Refused(_NOT_AUTHENTICATED)
        if op in self._handlers:
            self._handlers[op](session, cast("Json", data))
        elif op not in (_PRESENCE, _VOICE_STATE):
            raise _Refused(_UNKNOWN_OPCODE)
        return session

    def _check_token(self, data: Json) -> None:
        if str(data.get("token", "")).removeprefix("Bot ") != self._token:
            raise _Refused(_WRONG_TOKEN)

    def _identify(self, connection: Connection, data: Json) -> Session:
        self._check_token(data)
        shard_id, shard_count = data.get("shard") or (0, 1)
        if not 0 <= shard_id < shard_count:
            raise _Refused(_INVALID_SHARD)
        intents = int(data.get("intents") or 0)
        if intents & _PRIVILEGED & ~self._privileged:
            raise _Refused(_DISALLOWED_INTENTS)
        for old in [
            item for item in self._sessions.values() if item.connection is None and item.shard_id == shard_id
        ]:
            del self._sessions[old.id]
        session = Session(f"{self._rng.getrandbits(128):032x}", (shard_id, shard_count), intents)
        session.connection = connection
        self._sessions[session.id] = session
        guilds = [guild for guild in self._state.guilds.values() if guild.has_bot and session.has(guild.id)]
        session.dispatch("READY", self._ready(session, guilds))
        for guild in guilds:
            if not guild.unavailable:
                session.dispatch("GUILD_CREATE", self._state.guild_create(guild))
        return session

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": {**user_json(self._state.bot), "verified": True, "mfa_enabled": True, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard_id, session.shard_count],
            "application": {"id": str(self._state.application_id), "flags": 0},
            "private_channels": [],
        }

    def _resume(self, connection: Connection, data: Json) -> Session | None:
        self._check_token(data)
        session = self._sessions.get(str(data.get("session_id")))
        if session is None or not session.resume(connection, int(data.get("seq") or 0)):
            connection.send({"op": _INVALID_SESSION, "d": False})
            return None
        return session

    def _disconnected(self, connection: Connection, session: Session | None) -> None:
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.socket.close_code in _BY_CLIENT:
                self._sessions.pop(session.id, None)
        self._changed.set()

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self._state.guilds.get(int(data.get("guild_id") or 0))
        if guild is None or not guild.has_bot:
            return
        asked: Any = data.get("user_ids")
        not_found: list[str] = []
        if asked is not None:
            ids = [int(item) for item in cast("list[Any]", asked if isinstance(asked, list) else [asked])]
            ids = ids[:_MEMBERS_ASKED]
            found = [guild.members[user_id] for user_id in ids if user_id in guild.members]
            not_found = [str(user_id) for user_id in ids if user_id not in guild.members]
        else:
            query, limit = str(data.get("query") or "").lower(), int(data.get("limit") or 0)
            if not (query or limit) and not session.intents & Intent.GUILD_MEMBERS:
                return
            found = [item for item in guild.members.values() if item.display_name.lower().startswith(query)]
            found = found[: limit or None]
        chunks = [found[at : at + _MEMBERS_PER_CHUNK] for at in range(0, len(found), _MEMBERS_PER_CHUNK)] or [
            []
        ]
        for index, chunk in enumerate(chunks):
            answer: Json = {
                "guild_id": str(guild.id),
                "members": [member_json(member) for member in chunk],
                "chunk_index": index,
                "chunk_count": len(chunks),
                "not_found": not_found,
            }
            session.dispatch(
                "GUILD_MEMBERS_CHUNK", answer | ({"nonce": data["nonce"]} if data.get("nonce") else {})
            )

    # What a bot is sent

    def _deliver(self, event: Event) -> None:
        if event.guild_id is not None and event.name != "GUILD_DELETE":
            guild = self._state.guilds.get(event.guild_id)
            absent = guild is None or not guild.has_bot
            if absent and event.name != "INTERACTION_CREATE":
                return
        for session in self._sessions.values():
            if session.has(event.guild_id) and wants(session.intents, event):
                session.dispatch(event.name, payload_for(session.intents, event, self._state.bot))


def _decoded(message: WSMessage) -> Json:
    try:
        frame: object = json.loads(message.data) if message.type is WSMsgType.TEXT else None
    except (ValueError, RecursionError):
        raise _Refused(_DECODE_ERROR) from None
    if not isinstance(frame, dict):
        raise _Refused(_DECODE_ERROR)
    return cast("Json", frame)
