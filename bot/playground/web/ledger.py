"""Follows every interaction for the people at the page: acknowledged, failed, and the forms that are open."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.playground.discord.desk import Desk
from bot.playground.discord.interactions import Interaction, InteractionType, Modal
from bot.playground.discord.limits import ANSWER_WITHIN, TOKEN_LIVES
from bot.playground.discord.model import Json, Message, User
from bot.playground.discord.options import ClientRefused
from bot.playground.discord.state import DiscordState

__all__ = ["NO_RESPONSE", "Ledger", "Notice", "has_given_up"]

NO_RESPONSE = "The application did not respond"
_OPEN_FORMS = 5
_KEPT_FAILURES = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that one person's page has to know: an event's name and data."""

    user: User
    event: str
    data: Json


class Ledger:
    """Keeps what a reload must not lose and tells what Discord's client would show.

    Deadlines go by the clock of the local Discord; call `sweep` now and then to have them noticed.
    """

    def __init__(self, state: DiscordState, desk: Desk) -> None:
        self._state = state
        self._observers: list[Callable[[Notice], None]] = []
        self._waiting: dict[int, Interaction] = {}
        self._thinking: dict[int, Interaction] = {}
        self._forms: OrderedDict[int, Modal] = OrderedDict()
        self._submissions: dict[int, int] = {}
        self._failures: defaultdict[int, deque[Json]] = defaultdict(lambda: deque(maxlen=_KEPT_FAILURES))
        self._unwatch = desk.watch(self._begin)

    def subscribe(self, observer: Callable[[Notice], None]) -> Callable[[], None]:
        """Call `observer` with every notice from now on; the returned function ends that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def close(self) -> None:
        """Follow nothing any more."""
        self._unwatch()

    # What a person has open

    def pending(self, user: User) -> list[Json]:
        """The interactions that the application has not acknowledged yet."""
        mine = (item for item in self._waiting.values() if item.user is user)
        return [
            {"interaction": str(item.id), "channel": str(item.channel.id), "command": item.name}
            for item in mine
        ]

    def failures(self, user: User) -> list[Json]:
        """The interactions that came to nothing and were not put away, oldest first."""
        return list(self._failures[user.id])

    def forms(self, user: User) -> list[Modal]:
        """The forms that a person has open, oldest first."""
        return [form for form in self._forms.values() if form.opened_by.user is user]

    def form(self, user: User, opener_id: int) -> Modal:
        """One of them. Raises `ClientRefused`."""
        form = self._forms.get(opener_id)
        if form is None or form.opened_by.user is not user:
            raise ClientRefused("This form is not open any more.")
        return form

    def close_form(self, user: User, opener_id: int) -> None:
        """Close one of them without sending it. Raises `ClientRefused`."""
        self._drop_form(self.form(user, opener_id))

    def submitted(self, form: Modal, submission: Interaction) -> None:
        """A form was sent; it closes once that is acknowledged and stays open when it is not."""
        self._submissions[submission.id] = form.opened_by.id

    def forget_failure(self, user: User, interaction_id: int) -> None:
        """Put a failure away."""
        kept = [item for item in self._failures[user.id] if item["interaction"] != str(interaction_id)]
        self._failures[user.id] = deque(kept, maxlen=_KEPT_FAILURES)

    # What becomes of interactions

    def sweep(self) -> None:
        """Give up on what has waited too long."""
        now = self._state.clock.time()
        for table, patience in ((self._waiting, ANSWER_WITHIN), (self._thinking, TOKEN_LIVES)):
            for interaction in list(table.values()):
                if now - interaction.created_at > patience.total_seconds():
                    del table[interaction.id]
                    self._fail(interaction)

    def _begin(self, interaction: Interaction) -> None:
        if interaction.type is InteractionType.AUTOCOMPLETE:
            return
        self._waiting[interaction.id] = interaction
        interaction.watchers.append(partial(self._changed, interaction))

    def _changed(self, interaction: Interaction) -> None:
        original = interaction.original
        thinking = original is not None and original.thinking and not original.deleted
        if self._waiting.pop(interaction.id, None) is not None:
            self._acknowledge(interaction)
            if thinking:
                self._thinking[interaction.id] = interaction
        elif not thinking:
            self._thinking.pop(interaction.id, None)

    def _acknowledge(self, interaction: Interaction) -> None:
        self._tell(interaction.user, "acknowledged", {"interaction": str(interaction.id)})
        form = self._forms.get(self._submissions.pop(interaction.id, 0))
        if form is not None:
            self._drop_form(form)
        if interaction.modal is not None:
            self._open_form(interaction.modal)

    def _fail(self, interaction: Interaction) -> None:
        self._submissions.pop(interaction.id, None)
        message = interaction.original or interaction.source
        data: Json = {
            "interaction": str(interaction.id),
            "message": None if message is None else str(message.id),
            "channel": str(interaction.channel.id),
            "command": interaction.name,
            "text": NO_RESPONSE,
        }
        self._failures[interaction.user.id].append(data)
        self._tell(interaction.user, "failed", data)

    def _open_form(self, form: Modal) -> None:
        user = form.opened_by.user
        for old in self.forms(user)[: 1 - _OPEN_FORMS]:
            self._drop_form(old)
        self._forms[form.opened_by.id] = form
        self._tell(user, "modal", form_view(form))

    def _drop_form(self, form: Modal) -> None:
        self._forms.pop(form.opened_by.id, None)
        self._tell(form.opened_by.user, "modal_gone", {"interaction": str(form.opened_by.id)})

    def _tell(self, user: User, event: str, data: Json) -> None:
        for observer in tuple(self._observers):
            observer(Notice(user, event, data))


def form_view(form: Modal) -> Json:
    """A form as the page shows it."""
    return {
        "interaction": str(form.opened_by.id),
        "channel": str(form.opened_by.channel.id),
        "title": form.title,
        "custom_id": form.custom_id,
        "components": form.components,
    }


def has_given_up(message: Message, now: float) -> bool:
    """Whether a message says that the application is thinking though it cannot answer any more."""
    return message.thinking and now - message.created_at.timestamp() > TOKEN_LIVES.total_seconds()
