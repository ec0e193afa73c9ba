"""What each person looked up lately: for autocomplete and suggestions, shown to nobody else."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

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

    def forget(self, *, user_ids: Collection[int], gamertags: Collection[str]) -> None:
        """Forget these users' look-ups, and these gamertags in everybody's."""
        for user_id in user_ids:
            self._by_user.pop(user_id, None)
        gone = {_fold(gamertag) for gamertag in gamertags}
        for own in self._by_user.values():
            for gamertag in [tag for tag in own if _fold(tag) in gone]:
                del own[gamertag]

    def of_user(self, user_id: int) -> tuple[str, ...]:
        """All that a user looked up, newest first."""
        return tuple(self._by_user.get(user_id, ()))

    def matching(self, user_id: int, typed: str) -> list[str]:
        """The user's own look-ups that contain what was typed, newest first."""
        wanted = _fold(typed)
        return [tag for tag in self._by_user.get(user_id, ()) if wanted in _fold(tag)]


def _fold(gamertag: str) -> str:
    return "".join(gamertag.casefold().split())
