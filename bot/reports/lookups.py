"""What each person looked up lately: for autocomplete and suggestions, shown to nobody else."""

from __future__ import annotations

from collections import OrderedDict
from difflib import get_close_matches

__all__ = ["Lookups"]

PEOPLE = 10_000
EACH = 25


class Lookups:
    """A bounded memory, per Discord user, of the gamertags that were found for them; newest first."""

    def __init__(self) -> None:
        self._by_user: OrderedDict[int, OrderedDict[str, None]] = OrderedDict()

    def add(self, user_id: int, gamertag: str) -> None:
        """Remember that a user looked this gamertag up."""
        own = self._by_user.setdefault(user_id, OrderedDict())
        self._by_user.move_to_end(user_id)
        own[gamertag] = None
        own.move_to_end(gamertag, last=False)
        while len(own) > EACH:
            own.popitem()
        while len(self._by_user) > PEOPLE:
            self._by_user.popitem(last=False)

    def matching(self, user_id: int, typed: str) -> list[str]:
        """The user's own look-ups that contain what was typed, newest first."""
        wanted = typed.casefold().strip()
        return [tag for tag in self._by_user.get(user_id, ()) if wanted in tag.casefold()]

    def like(self, user_id: int, asked: str) -> tuple[str, ...]:
        """The user's own look-ups that look most like an unknown gamertag."""
        own = {tag.casefold(): tag for tag in self._by_user.get(user_id, ())}
        return tuple(own[near] for near in get_close_matches(asked.casefold()[:64], own, n=3, cutoff=0.6))
