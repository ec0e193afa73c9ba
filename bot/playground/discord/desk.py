"""Receives what an application answers to interactions and applies Discord's deadlines."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bot.playground.discord.board import Board
from bot.playground.discord.checks.commands import check_choices
from bot.playground.discord.checks.components import check_modal, numbered
from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.form import Form
from bot.playground.discord.interactions import CallbackType, Interaction, InteractionType, Modal
from bot.playground.discord.limits import ANSWER_WITHIN, TOKEN_LIVES, USER_INSTALL_FOLLOW_UPS
from bot.playground.discord.model import Json, Message, MessageFlag, MessageOrigin, User
from bot.playground.discord.state import DiscordState
from bot.playground.discord.uploads import Body

__all__ = ["Desk"]

_ALLOWED = {
    InteractionType.COMMAND: (CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE, CallbackType.MODAL),
    InteractionType.COMPONENT: (
        CallbackType.MESSAGE,
        CallbackType.DEFERRED_MESSAGE,
        CallbackType.DEFERRED_UPDATE,
        CallbackType.UPDATE,
        CallbackType.MODAL,
    ),
    InteractionType.AUTOCOMPLETE: (CallbackType.AUTOCOMPLETE,),
    InteractionType.MODAL_SUBMIT: (CallbackType.MESSAGE, CallbackType.DEFERRED_MESSAGE),
}
_REMEMBERED = 2 * TOKEN_LIVES  # so that a dead token is told from one that never was
_ON_SOURCE = (CallbackType.DEFERRED_UPDATE, CallbackType.UPDATE)


class Desk:
    """Keeps the interactions and is asked for each step of an answer."""

    def __init__(self, state: DiscordState, board: Board, rng: Random) -> None:
        self._state = state
        self._board = board
        self._rng = rng
        self._by_id: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self._observers: list[Callable[[Interaction], None]] = []
        self._answers = {
            CallbackType.MESSAGE: self._answer_message,
            CallbackType.DEFERRED_MESSAGE: self._answer_deferred,
            CallbackType.DEFERRED_UPDATE: self._answer_deferred_update,
            CallbackType.UPDATE: self._answer_update,
            CallbackType.AUTOCOMPLETE: self._answer_choices,
            CallbackType.MODAL: self._answer_modal,
        }

    def new_token(self) -> str:
        """Return a token that nobody guesses when the generator is a secret one."""
        return f"{self._rng.getrandbits(512):0128x}"

    def watch(self, observer: Callable[[Interaction], None]) -> Callable[[], None]:
        """Call `observer` with each interaction as it begins; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def register(self, interaction: Interaction) -> None:
        """Accept answers to an interaction from now on; those whose token is long dead are forgotten."""
        self._forget(interaction.created_at - _REMEMBERED.total_seconds())
        self._by_id[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        for observer in tuple(self._observers):
            observer(interaction)

    def _forget(self, before: float) -> None:
        while self._by_id and (oldest := next(iter(self._by_id.values()))).created_at < before:
            del self._by_id[oldest.id]
            del self._by_token[oldest.token]

    # The first answer

    def respond(self, interaction_id: int, token: str, body: Body) -> Interaction:
        """Take the first answer to an interaction.

        Raises `DiscordError`: 10062 after three seconds, 40060 the second time, 50035 for a bad body.
        """
        interaction = self._by_id.get(interaction_id)
        if interaction is None or interaction.token != token:
            raise DiscordError(Refusal.UNKNOWN_INTERACTION)
        if interaction.callback is not None:
            raise DiscordError(Refusal.ALREADY_ACKNOWLEDGED)
        if self._state.clock.time() - interaction.created_at > ANSWER_WITHIN.total_seconds():
            raise DiscordError(Refusal.UNKNOWN_INTERACTION)
        callback = self._callback_type(interaction, body.json)
        data = Body(body.json.get("data") or {}, body.files)
        self._answers[callback](interaction, data)
        interaction.callback = callback
        interaction.ack_ms = self._since(interaction)
        if callback in (CallbackType.MESSAGE, CallbackType.UPDATE):
            interaction.answer_ms = interaction.ack_ms
        interaction.changed()
        return interaction

    def _callback_type(self, interaction: Interaction, body: Json) -> CallbackType:
        allowed = _ALLOWED[interaction.type]
        if interaction.type is InteractionType.MODAL_SUBMIT and interaction.source is not None:
            allowed += _ON_SOURCE
        form = Form()
        form.choice(body.get("type"), ("type",), allowed)
        form.finish()
        return CallbackType(body["type"])

    def _answer_message(self, interaction: Interaction, data: Body) -> None:
        visible_to = self._audience(interaction, data)
        origin = self._origin(interaction)
        interaction.original = self._board.create(
            interaction.channel, self._state.bot, data, origin=origin, visible_to=visible_to, at=("data",)
        )

    def _answer_deferred(self, interaction: Interaction, data: Body) -> None:
        visible_to = self._audience(interaction, data)
        interaction.original = self._board.create_thinking(
            interaction.channel, self._origin(interaction), visible_to
        )

    def _answer_deferred_update(self, interaction: Interaction, data: Body) -> None:
        del data
        interaction.original = interaction.source

    def _answer_update(self, interaction: Interaction, data: Body) -> None:
        if interaction.source is None or interaction.source.deleted:
            raise DiscordError(Refusal.UNKNOWN_MESSAGE)
        interaction.original = self._board.edit(interaction.source, data, at=("data",))

    def _answer_choices(self, interaction: Interaction, data: Body) -> None:
        form = Form()
        option = _focused(interaction.data["options"])
        interaction.choices = check_choices(
            form, data.json.get("choices"), option["type"], ("data", "choices")
        )
        form.finish()

    def _answer_modal(self, interaction: Interaction, data: Body) -> None:
        form = Form()
        components = check_modal(form, data.json)
        form.finish()
        body = data.json
        interaction.modal = Modal(body["custom_id"], body["title"], numbered(components), interaction)

    # What comes after it

    def by_token(self, application_id: int, token: str) -> Interaction:
        """Return an acknowledged interaction whose token still lives.

        Raises `DiscordError`: 10015 when unknown or not acknowledged yet, 50027 after 15 minutes.
        """
        interaction = self._by_token.get(token)
        if interaction is None or application_id != self._state.application_id:
            raise DiscordError(Refusal.UNKNOWN_WEBHOOK)
        if self._state.clock.time() - interaction.created_at > TOKEN_LIVES.total_seconds():
            raise DiscordError(Refusal.INVALID_WEBHOOK_TOKEN)
        if interaction.callback is None:
            raise DiscordError(Refusal.UNKNOWN_WEBHOOK)
        return interaction

    def message(self, interaction: Interaction, message_id: int | None) -> Message:
        """Return the original answer (None) or one of the follow-ups. Raises `DiscordError` (10008)."""
        own = [interaction.original, *interaction.follow_ups]
        found = [item for item in own if item is not None and not item.deleted]
        for message in found:
            if message.id == message_id or (message_id is None and message is interaction.original):
                return message
        raise DiscordError(Refusal.UNKNOWN_MESSAGE)

    def edit(self, interaction: Interaction, message_id: int | None, body: Body) -> Message:
        """Edit an answer; the first edit of a thinking one is the answer itself."""
        message = self._board.edit(self.message(interaction, message_id), body)
        self._answered(interaction)
        interaction.edits += message is interaction.original
        interaction.changed()
        return message

    def delete(self, interaction: Interaction, message_id: int | None) -> None:
        """Delete an answer."""
        message = self.message(interaction, message_id)
        self._board.delete(message)
        interaction.original_deleted = interaction.original_deleted or message is interaction.original
        interaction.changed()

    def follow_up(self, interaction: Interaction, body: Body) -> Message:
        """Post one more answer; straight after a defer it fills the thinking one, as Discord documents."""
        original = interaction.original
        if original is not None and original.thinking and not original.deleted:
            return self.edit(interaction, None, Body({**body.json, "flags": 0}, body.files))
        if "0" not in interaction.owners and len(interaction.follow_ups) >= USER_INSTALL_FOLLOW_UPS:
            raise DiscordError(Refusal.TOO_MANY_FOLLOW_UPS)
        origin = self._origin(interaction)
        origin.original_response_id = None if original is None else original.id
        visible_to = self._audience(interaction, body)
        message = self._board.create(
            interaction.channel, self._state.bot, body, origin=origin, visible_to=visible_to
        )
        interaction.follow_ups.append(message)
        self._answered(interaction)
        interaction.changed()
        return message

    def _answered(self, interaction: Interaction) -> None:
        if interaction.answer_ms is None:
            interaction.answer_ms = self._since(interaction)

    def _since(self, interaction: Interaction) -> float:
        return (self._state.clock.monotonic() - interaction.sent_at) * 1000

    def _audience(self, interaction: Interaction, data: Body) -> User | None:
        asked = int(data.json.get("flags") or 0) & MessageFlag.EPHEMERAL
        return interaction.user if asked or interaction.force_ephemeral else None

    def _origin(self, interaction: Interaction) -> MessageOrigin:
        source = interaction.source
        clicked = source.id if source is not None and interaction.type is InteractionType.COMPONENT else None
        return MessageOrigin(
            interaction.id,
            interaction.type,
            interaction.user,
            interaction.name,
            interaction.owners,
            interacted_message_id=clicked,
            target=self._target(interaction),
        )

    def _target(self, interaction: Interaction) -> User | int | None:
        """Return whose menu a command was chosen from."""
        target_id = int(interaction.data.get("target_id") or 0)
        return self._state.users.get(target_id) or target_id or None


def _focused(options: list[Json]) -> Json:
    for option in options:
        if option.get("focused"):
            return option
        if found := _focused(option.get("options", [])):
            return found
    return {}
