"""Collects what is wrong with a request body and nests it by path, as Discord's error 50035 does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.playground.discord.errors import DiscordError, Refusal
from bot.playground.discord.limits import Count, Text

__all__ = ["Form", "Path"]

Path = tuple[str | int, ...]


class Form:
    """The errors found so far in one request body."""

    def __init__(self) -> None:
        self._errors: dict[str, Any] = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one error at a place of the body."""
        node = self._errors
        for step in path:
            node = cast("dict[str, Any]", node.setdefault(str(step), {}))
        cast("list[dict[str, str]]", node.setdefault("_errors", [])).append(
            {"code": code, "message": message}
        )

    def text(self, value: object, path: Path, rule: Text) -> None:
        """Check one text against its rule; absent is fine unless the rule requires it."""
        if rule.trimmed and isinstance(value, str):
            value = value.strip()
        if value is None:
            if rule.required:
                self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        elif rule.min_length and not rule.min_length <= len(value) <= rule.max_length:
            span = f"between {rule.min_length} and {rule.max_length}"
            missing = not value and rule.required
            code = "BASE_TYPE_REQUIRED" if missing else "BASE_TYPE_BAD_LENGTH"
            self.add(path, code, "This field is required" if missing else f"Must be {span} in length.")
        elif len(value) > rule.max_length:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {rule.max_length} or fewer in length.")

    def texts(self, body: Mapping[str, Any], path: Path, rules: Mapping[str, Text]) -> None:
        """Check several texts of one object."""
        for key, rule in rules.items():
            self.text(body.get(key), (*path, key), rule)

    def count(self, items: Sequence[object], path: Path, rule: Count) -> None:
        """Check how many items a list has."""
        if rule.least <= len(items) <= rule.most:
            return
        if rule.least:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {rule.least} and {rule.most} in length.")
        else:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {rule.most} or fewer in length.")

    def number(self, value: object, path: Path, low: float, high: float) -> None:
        """Check a number's range; absent is fine."""
        if value is None:
            return
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.add(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif value < low:
            self.add(path, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {low}.")
        elif value > high:
            self.add(path, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {high}.")

    def span(self, body: Mapping[str, Any], path: Path, low_key: str, high_key: str) -> None:
        """Check that the lower of two bounds is not above the upper one; absent or broken ones are checked elsewhere."""
        low, high = body.get(low_key), body.get(high_key)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            message = f"int value should be less than or equal to {high}."
            self.add((*path, low_key), "NUMBER_TYPE_MAX", message)

    def choice(self, value: object, path: Path, allowed: Sequence[int]) -> bool:
        """Check that a value is one of those allowed."""
        if value in allowed:
            return True
        names = ", ".join(str(item) for item in allowed)
        self.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{names}}}.")
        return False

    def objects(self, value: object, path: Path) -> list[dict[str, Any]]:
        """Return the objects of a list; anything that is none is an error, and null is an empty list."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        found: list[dict[str, Any]] = []
        for index, item in enumerate(cast("list[object]", value)):
            if isinstance(item, dict):
                found.append(cast("dict[str, Any]", item))
            else:
                self.add((*path, index), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return found

    def finish(self) -> None:
        """Raise `DiscordError` 50035 when anything was wrong."""
        if self._errors:
            raise DiscordError(Refusal.INVALID_FORM_BODY, self._errors)
