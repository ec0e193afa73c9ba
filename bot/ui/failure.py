"""A failure as a person reads it, and those that no error stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.words.phrase import Phrase, phrase, term

__all__ = [
    "ACTION_LABELS",
    "NOT_FINISHED",
    "NOT_YOURS",
    "RESTARTING",
    "TOO_LONG",
    "Action",
    "Failure",
    "Severity",
]


class Action(Enum):
    """What a button under a failure does. The command that failed builds the buttons it can offer."""

    ASK_PLAYER = "ask_player"
    LOOK_UP = "look_up"
    RETRY = "retry"
    CHECK_AGAIN = "check_again"
    LINK = "link"


ACTION_LABELS = {
    Action.ASK_PLAYER: term("button", "Try again"),
    Action.LOOK_UP: term("button", "Look somebody up"),
    Action.RETRY: term("button", "Retry"),
    Action.CHECK_AGAIN: term("button", "Check again"),
    Action.LINK: term("button", "Link account"),
}


class Severity(Enum):
    """How the log sees it: nobody's fault, the service's, the operator's task, our bug."""

    OUTCOME = "info"
    TROUBLE = "warning"
    OPERATOR = "error"
    BUG = "exception"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as a person reads it. The text is ours alone: never an exception's."""

    title: Phrase
    text: Phrase
    actions: tuple[Action, ...] = ()
    severity: Severity = Severity.OUTCOME


TOO_LONG = Failure(
    phrase("This took too long"),
    phrase("I gave up waiting. Please try again in a moment."),
    (Action.RETRY,),
    Severity.TROUBLE,
)
NOT_FINISHED = Failure(
    phrase("That did not finish"),
    phrase(
        "This button or form is from before my last restart, or I was too slow. Please use the command again."
    ),
)
RESTARTING = Failure(phrase("I am restarting"), phrase("Please try again in a few seconds."), (Action.RETRY,))
NOT_YOURS = Failure(
    phrase("This one is not yours"),
    phrase("These buttons belong to whoever asked. Use the command yourself and you get your own."),
)
