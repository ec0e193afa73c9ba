"""Builds the INTERACTION_CREATE that a person's action sends to the bot."""

from __future__ import annotations

from bot.playground.discord.board import Board
from bot.playground.discord.desk import Desk
from bot.playground.discord.gateway import Gateway
from bot.playground.discord.interactions import Interaction, InteractionType
from bot.playground.discord.limits import FILE_BYTES
from bot.playground.discord.model import Channel, Guild, Json, Message, User
from bot.playground.discord.payloads import channel_json, member_json, user_json
from bot.playground.discord.permissions import Permission
from bot.playground.discord.state import DiscordState

__all__ = ["Envelopes"]

_IN_GUILD, _WITH_BOT, _PRIVATE = 0, 1, 2


class Envelopes:
    """Opens interactions and sends them through the gateway."""

    def __init__(self, state: DiscordState, board: Board, desk: Desk, gateway: Gateway) -> None:
        self._state = state
        self._board = board
        self._desk = desk
        self._gateway = gateway

    def send(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        *,
        name: str | None = None,
        source: Message | None = None,
    ) -> Interaction:
        """Open an interaction and send it. `source` is the message whose component was used."""
        state = self._state
        guild = None if channel.guild_id is None else state.guilds[channel.guild_id]
        owners = self._owners(user, channel, guild)
        interaction = Interaction(
            state.ids.new(),
            self._desk.new_token(),
            kind,
            user,
            channel,
            guild,
            data,
            owners,
            state.clock.time(),
            state.clock.monotonic(),
            name=name,
            source=source,
            force_ephemeral="0" not in owners and not self._may_show(user, channel),
        )
        self._desk.register(interaction)
        self._gateway.dispatch("INTERACTION_CREATE", self._payload(interaction), channel.guild_id)
        return interaction

    def _owners(self, user: User, channel: Channel, guild: Guild | None) -> dict[str, str]:
        owners: dict[str, str] = {}
        if guild is not None and guild.has_bot:
            owners["0"] = str(guild.id)
        if guild is None and self._state.bot in channel.recipients:
            owners["0"] = "0"
        if user.id in self._state.user_installs:
            owners["1"] = str(user.id)
        return owners

    def _may_show(self, user: User, channel: Channel) -> bool:
        return bool(self._state.permissions(user, channel) & Permission.USE_EXTERNAL_APPS)

    def _payload(self, interaction: Interaction) -> Json:
        state, user, channel, guild = self._state, interaction.user, interaction.channel, interaction.guild
        mine = state.permissions(user, channel)
        installed = guild is None or guild.has_bot
        app_permissions = state.permissions(state.bot, channel) if installed else mine
        body: Json = {
            "id": str(interaction.id),
            "application_id": str(state.application_id),
            "type": int(interaction.type),
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": channel_json(channel, mine),
            "locale": user.locale,
            "app_permissions": str(int(app_permissions)),
            "attachment_size_limit": FILE_BYTES,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": interaction.owners,
        }
        if guild is not None:
            body["guild_id"] = str(guild.id)
            body["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
            body["guild_locale"] = guild.locale
            body["member"] = member_json(guild.members[user.id], mine)
            body["context"] = _IN_GUILD
        else:
            body["user"] = user_json(user)
            body["context"] = _WITH_BOT if state.bot in channel.recipients else _PRIVATE
        if interaction.source is not None:
            body["message"] = self._board.json(interaction.source)
        return body
