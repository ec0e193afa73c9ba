"""Finds what a person can press, choose or fill in, and checks it as Discord's client does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.playground.discord.checks.components import walk
from bot.playground.discord.interactions import Modal
from bot.playground.discord.model import Json, Message
from bot.playground.discord.options import ClientRefused

__all__ = ["button_of", "filled_modal", "picked", "select_of"]

_BUTTON, _TEXT_INPUT, _LINK = 2, 4, 5
_STRING_SELECT = 3
_SELECTS = (3, 5, 6, 7, 8)
_ROW, _LABEL = 1, 18


def button_of(message: Message, wanted: str) -> Json:
    """Return a message's button by custom id or by label. Raises `ClientRefused`."""
    for _, component in walk(message.components):
        if component["type"] == _BUTTON and wanted in (component.get("custom_id"), component.get("label")):
            if component.get("disabled") or component.get("style") == _LINK:
                raise ClientRefused(f"The button {wanted!r} cannot be pressed.")
            return component
    raise ClientRefused(f"There is no button {wanted!r}.")


def select_of(message: Message, custom_id: str) -> Json:
    """Return a message's select menu. Raises `ClientRefused`."""
    for _, component in walk(message.components):
        if component["type"] in _SELECTS and component.get("custom_id") == custom_id:
            if component.get("disabled"):
                raise ClientRefused(f"The menu {custom_id!r} is disabled.")
            return component
    raise ClientRefused(f"There is no menu {custom_id!r}.")


def picked(select: Json, values: Sequence[str]) -> list[str]:
    """Return the values chosen in a select menu, given by value or by label. Raises `ClientRefused`."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise ClientRefused(f"Choose {least} to {most}.")
    if select["type"] != _STRING_SELECT:
        return list(values)
    by_name = {option[key]: option["value"] for key in ("label", "value") for option in select["options"]}
    unknown = [value for value in values if value not in by_name]
    if unknown:
        raise ClientRefused(f"{unknown[0]!r} is not among the options.")
    return [by_name[value] for value in values]


def filled_modal(modal: Modal, values: Mapping[str, Any]) -> list[Json]:
    """Return a modal's components as they are submitted. Raises `ClientRefused`.

    `values` maps custom ids to a text or, for menus, a list; what is left out keeps what it was filled with.
    """
    known = {component["custom_id"] for _, component in walk(modal.components) if component.get("custom_id")}
    if unknown := values.keys() - known:
        raise ClientRefused(f"The form has no field {min(unknown)!r}.")
    return [_submitted(component, values) for component in modal.components]


def _submitted(component: Json, values: Mapping[str, Any]) -> Json:
    kind = component["type"]
    body: Json = {"type": kind, "id": component["id"]}
    if kind == _LABEL:
        return body | {"component": _submitted(component["component"], values)}
    if kind == _ROW:
        return body | {"components": [_submitted(child, values) for child in component["components"]]}
    custom_id = component.get("custom_id")
    if custom_id is None:
        return body
    body["custom_id"] = custom_id
    if kind == _TEXT_INPUT:
        return body | {"value": _text(component, values.get(custom_id, component.get("value", "")))}
    if kind in _SELECTS:
        return body | {"values": _menu(component, values.get(custom_id, ()))}
    raise ClientRefused(f"A field of type {kind} cannot be filled in here.")


def _text(component: Json, text: object) -> str:
    if not isinstance(text, str):
        raise ClientRefused(f"{component['custom_id']}: type something.")
    if not text and not component.get("required", True):
        return text
    low, high = max(1, component.get("min_length", 0)), component.get("max_length", 4000)
    if not low <= len(text) <= high:
        raise ClientRefused(f"{component['custom_id']}: must be {low} to {high} characters long.")
    return text


def _menu(component: Json, chosen: object) -> list[str]:
    if not isinstance(chosen, list | tuple):
        raise ClientRefused(f"{component['custom_id']}: choose something.")
    values = cast("Sequence[str]", chosen)
    if not values and not component.get("required", True):
        return []
    return picked(component, values)
