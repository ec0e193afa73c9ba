"""Refresh tokens, which rotate: each use answers with another one."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.halo.signin.denial import Denial, DenialKind

__all__ = ["RefreshTokens"]

_NAME = "playground-refresh"


@dataclass(slots=True, kw_only=True)
class _Issue:
    """One that is still good. ``client_id`` is None until the first application has used it."""

    client_id: str | None
    dies_at: datetime
    predecessor: str | None


class RefreshTokens:
    """The refresh tokens that are good.

    A used token stays good until a successor of it is first used, and is refused for good from then on. So whoever
    uses it again before, because the answer got lost, only gets one more successor; all of them are good, and the
    first one used ends the predecessor. ``newest`` is the one issued last.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)
        self._good: dict[str, _Issue] = {}
        self.newest = ""

    def issue(self, client_id: str | None, life: timedelta, *, predecessor: str | None = None) -> str:
        """A new token, the successor of another one or the first of a sign-in."""
        token = self.newest = f"{_NAME}-{next(self._numbers)}"
        self._good[token] = _Issue(client_id=client_id, dies_at=self._clock() + life, predecessor=predecessor)
        return token

    def use(self, token: str, client_id: str, life: timedelta) -> str:
        """Use a token, and return its successor.

        Raises:
            Denial: It is not good: unknown, superseded, revoked, another application's, or too long unused.
        """
        issue = self._good.get(token)
        if issue is None or issue.client_id not in {None, client_id}:
            raise Denial(DenialKind.BAD_GRANT)
        now = self._clock()
        if issue.dies_at <= now:
            del self._good[token]
            raise Denial(DenialKind.UNUSED_TOO_LONG)
        if issue.predecessor is not None:
            self._good.pop(issue.predecessor, None)
        issue.client_id, issue.predecessor, issue.dies_at = client_id, None, now + life
        return self.issue(client_id, life, predecessor=token)

    def revoke(self) -> None:
        """Refuse every token that was ever issued."""
        self._good.clear()
