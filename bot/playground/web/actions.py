"""Does what the page asks for: one entry for each action, its arguments checked before."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from bot.playground.discord import ApplicationDidNotRespond, ClientRefused, DiscordError, InteractionHandle
from bot.playground.discord.model import Json
from bot.playground.web import frames
from bot.playground.web.locales import LOCALES
from bot.playground.web.views.people import user_view
from bot.playground.web.views.welcome import commands_view, history_view
from bot.playground.web.visit import Visit

__all__ = ["Actions"]

_log = logging.getLogger(__name__)
A = TypeVar("A", bound=frames.Arguments)


@dataclass(frozen=True, slots=True)
class _Action(Generic[A]):
    """What an action takes and what it does; the answer is what the page gets as `ok`."""

    arguments: type[A]
    run: Callable[[A], Awaitable[Json]]


class Actions:
    """Everything that one visit can ask for."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._world = visit.backstage.world
        self._table: dict[str, _Action[Any]] = {
            "enter": _Action(frames.Enter, self._enter),
            "open": _Action(frames.Channel, self._open),
            "slash": _Action(frames.Slash, self._slash),
            "autocomplete": _Action(frames.Autocomplete, self._autocomplete),
            "use_on_user": _Action(frames.UserMenu, self._use_on_user),
            "use_on_message": _Action(frames.MessageMenu, self._use_on_message),
            "click": _Action(frames.Click, self._click),
            "select": _Action(frames.Select, self._select),
            "submit": _Action(frames.Submit, self._submit),
            "close_modal": _Action(frames.FormId, self._close_modal),
            "say": _Action(frames.Say, self._say),
            "typing": _Action(frames.Channel, self._typing),
            "dismiss": _Action(frames.Dismiss, self._dismiss),
            "dismiss_failure": _Action(frames.ForgetFailure, self._dismiss_failure),
            "locale": _Action(frames.Locale, self._locale),
            "server": _Action(frames.Server, self._server),
            "world": _Action(frames.World, self._switch),
        }
        world = self._world
        self._switches: dict[str, Callable[[frames.World], Awaitable[None] | None]] = {
            "end_match": lambda order: world.end_match(order.gamertag, order.mode),
            "latency": lambda order: world.set_latency(order.ms),
            "failure": lambda order: world.set_failure(order.kind),
            "expire_sign_in": lambda _: world.expire_sign_in(),
            "revoke_sign_in": lambda _: world.revoke_sign_in(),
            "restore_sign_in": lambda _: world.restore_sign_in(),
            "service_tag": lambda order: world.set_service_tag(order.gamertag or "", order.text),
            "rename": lambda order: world.rename(order.gamertag or "", order.text),
        }

    async def answer(self, text: str) -> Json:
        """Do what a frame asks for and return the reply to it; nothing that is in it can make this raise."""
        try:
            request = frames.Request.model_validate_json(text)
        except ValidationError:
            return {"n": None, "error": "The page sent something that is no request."}
        try:
            return {"n": request.n, "ok": await self._perform(request)}
        except ValidationError as error:
            place = ".".join(str(step) for step in error.errors()[0]["loc"])
            return {"n": request.n, "error": f"The page sent something that does not fit ({place[:80]})."}
        except (ClientRefused, DiscordError, ApplicationDidNotRespond) as error:
            return {"n": request.n, "error": _sentence(error)}
        except Exception:
            _log.exception("The page's request failed: %s", request.do)
            return {"n": request.n, "error": "Something went wrong in the playground itself."}

    async def _perform(self, request: frames.Request) -> Json:
        action = self._table.get(request.do)
        if action is None:
            raise ClientRefused("The page asked for something that there is not.")
        if request.do != "enter":
            self._visit.check_entered()
        return await action.run(action.arguments.model_validate(request.model_extra or {}))

    async def _enter(self, arguments: frames.Enter) -> Json:
        return self._visit.enter(arguments.user, arguments.channel)

    async def _open(self, arguments: frames.Channel) -> Json:
        channel = self._visit.channel(arguments.channel)
        self._visit.open(channel)
        person = self._visit.person
        return {
            "channel": str(channel.id),
            "messages": history_view(self._visit.backstage, person, channel),
            "commands": commands_view(person, channel),
        }

    async def _slash(self, arguments: frames.Slash) -> Json:
        channel = self._visit.channel(arguments.channel)
        return _sent(await self._visit.person.slash(channel, arguments.command, **arguments.options))

    async def _autocomplete(self, arguments: frames.Autocomplete) -> Json:
        channel, others = self._visit.channel(arguments.channel), dict(arguments.options)
        others.pop(arguments.option, None)
        handle = await self._visit.person.autocomplete(
            channel, arguments.command, arguments.option, arguments.typed, **others
        )
        return {"choices": await handle.choices()}

    async def _use_on_user(self, arguments: frames.UserMenu) -> Json:
        channel, target = self._visit.channel(arguments.channel), self._visit.user(arguments.target)
        return _sent(await self._visit.person.use_on_user(channel, arguments.command, target))

    async def _use_on_message(self, arguments: frames.MessageMenu) -> Json:
        message = self._visit.message(arguments.message)
        return _sent(await self._visit.person.use_on_message(message, arguments.command))

    async def _click(self, arguments: frames.Click) -> Json:
        message = self._visit.message(arguments.message)
        return _sent(await self._visit.person.click(message, arguments.custom_id))

    async def _select(self, arguments: frames.Select) -> Json:
        message = self._visit.message(arguments.message)
        return _sent(await self._visit.person.select(message, arguments.custom_id, arguments.values))

    async def _submit(self, arguments: frames.Submit) -> Json:
        ledger, person = self._visit.backstage.ledger, self._visit.person
        form = ledger.form(person.user, int(arguments.modal))
        handle = await person.submit(form, arguments.values)
        ledger.submitted(form, handle.interaction)
        return _sent(handle)

    async def _close_modal(self, arguments: frames.FormId) -> Json:
        self._visit.backstage.ledger.close_form(self._visit.person.user, int(arguments.modal))
        return {}

    async def _say(self, arguments: frames.Say) -> Json:
        channel = self._visit.channel(arguments.channel)
        return {"message": str((await self._visit.person.say(channel, arguments.content)).id)}

    async def _typing(self, arguments: frames.Channel) -> Json:
        await self._visit.person.typing(self._visit.channel(arguments.channel))
        return {}

    async def _dismiss(self, arguments: frames.Dismiss) -> Json:
        await self._visit.person.dismiss(self._visit.message(arguments.message))
        return {}

    async def _dismiss_failure(self, arguments: frames.ForgetFailure) -> Json:
        self._visit.backstage.ledger.forget_failure(self._visit.person.user, int(arguments.interaction))
        return {}

    async def _locale(self, arguments: frames.Locale) -> Json:
        if arguments.locale not in LOCALES:
            raise ClientRefused("Discord's client does not speak this language.")
        user = self._visit.person.user
        user.locale = arguments.locale
        self._visit.tell_commands()
        return {"you": user_view(user)}

    async def _server(self, arguments: frames.Server) -> Json:
        state, user = self._visit.backstage.discord.state, self._visit.person.user
        guild = state.guilds.get(int(arguments.guild))
        if guild is None or (user.id in guild.members) is (arguments.what == "join"):
            raise ClientRefused("There is no such server.")
        if arguments.what == "leave" and guild.owner_id == user.id:
            raise ClientRefused("You own this server, so you cannot leave it.")
        changes = {
            "join": lambda: state.join(guild, user),
            "leave": lambda: state.leave(guild, user),
            "add_bot": lambda: state.add_bot(guild),
            "remove_bot": lambda: state.remove_bot(guild),
        }
        changes[arguments.what]()
        return {}

    async def _switch(self, arguments: frames.World) -> Json:
        done = self._switches[arguments.what](arguments)
        if done is not None:
            await done
        return {"world": self._world.view()}


def _sent(handle: InteractionHandle) -> Json:
    return {"interaction": str(handle.interaction.id)}


def _sentence(error: ClientRefused | DiscordError | ApplicationDidNotRespond) -> str:
    text = str(error)
    if isinstance(error, DiscordError):
        # With what was wrong where: "Invalid Form Body (content: Must be 2000 or fewer in length.)".
        found = [f"{'.'.join(place)}: {message}" for place, message in error.problems()]
        text = f"{error.message} ({'; '.join(found)})" if found else error.message
    return text if text.endswith((".", "!", "?")) else f"{text}."
