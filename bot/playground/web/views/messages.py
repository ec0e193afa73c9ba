"""Messages as the page shows them: Discord's JSON with every address on the page's own origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bot.playground.discord.model import Json, Message, User
from bot.playground.discord.payloads import attachment_json, message_json
from bot.playground.discord.state import DiscordState
from bot.playground.web.ledger import has_given_up
from bot.playground.web.media import MediaLinks
from bot.playground.web.views.people import author_view

__all__ = ["MessageViews"]

_COMMAND = 2
_EXCERPT = 120
_EMBED_MEDIA = ("image", "thumbnail", "video")
_EMBED_ICONS = ("author", "footer")
_COMPONENT_MEDIA = ("media", "file")
_ATTACHMENT_SCHEME = "attachment://"
Files = Mapping[str, Json]


class MessageViews:
    """Makes the views; `links` signs the pictures that lie elsewhere."""

    def __init__(self, state: DiscordState, links: MediaLinks) -> None:
        self._state = state
        self._links = links

    def view(self, message: Message, viewer: User) -> Json:
        """A message as one person sees it, who must be allowed to."""
        body = message_json(message, "")
        files = {item.filename: attachment_json(item, "") for item in message.attachments}
        return body | {
            "author": author_view(self._state, message.channel, message.author),
            "embeds": [self._embed(embed) for embed in cast("list[Json]", body["embeds"])],
            "components": self._components(message.components, files),
            "thinking": message.thinking,
            "failed": has_given_up(message, self._state.clock.time()),
            "ephemeral": message.ephemeral,
            "interaction": self._command_used(message),
            "reply": self._reply(message, viewer),
        }

    # Pictures

    def _embed(self, embed: Json) -> Json:
        parts = {key: self._proxied(embed[key], "url", "proxy_url") for key in _EMBED_MEDIA if embed.get(key)}
        icons = {
            key: self._proxied(embed[key], "icon_url", "proxy_icon_url")
            for key in _EMBED_ICONS
            if embed.get(key)
        }
        return embed | parts | icons

    def _proxied(self, part: Json, url_key: str, proxy_key: str) -> Json:
        """A part whose proxy address is on the page's origin, or absent where it cannot be."""
        url = str(part.get(url_key) or "")
        path = url if url.startswith("/attachments/") else self._links.path(url)
        rest = {key: value for key, value in part.items() if key != proxy_key}
        return rest if path is None else rest | {proxy_key: path}

    def _components(self, components: list[Json], files: Files) -> list[Json]:
        return [cast("Json", self._walked(component, files)) for component in components]

    def _walked(self, value: Any, files: Files) -> Any:
        """A component, or something within one, with its media resolved."""
        if isinstance(value, list):
            return [self._walked(item, files) for item in cast("list[Any]", value)]
        if not isinstance(value, dict):
            return value
        node = {key: self._walked(item, files) for key, item in cast("Json", value).items()}
        return node | {key: self._media(node[key], files) for key in _COMPONENT_MEDIA if key in node}

    def _media(self, media: Any, files: Files) -> Any:
        if not isinstance(media, dict):
            return media
        body = cast("Json", media)
        url = str(body.get("url") or "")
        if url.startswith(_ATTACHMENT_SCHEME):
            return body | files.get(url.removeprefix(_ATTACHMENT_SCHEME), {})
        return self._proxied(body, "url", "proxy_url")

    # What a message answers

    def _command_used(self, message: Message) -> Json | None:
        origin = message.origin
        if origin is None or origin.type != _COMMAND or origin.original_response_id is not None:
            return None
        return {
            "user": author_view(self._state, message.channel, origin.user),
            "name": origin.name,
            "is_menu": origin.target is not None,
        }

    def _reply(self, message: Message, viewer: User) -> Json | None:
        origin = message.origin
        answered = message.reference_id
        if origin is not None:
            answered = origin.original_response_id or origin.interacted_message_id
        if answered is None or answered == message.id:
            return None
        original = self._state.messages.get(answered)
        if original is None or original.channel is not message.channel or not original.visible_for(viewer):
            return {"id": str(answered), "author": None, "text": None}
        author = author_view(self._state, original.channel, original.author)
        return {"id": str(answered), "author": author, "text": _excerpt(original)}


def _excerpt(message: Message) -> str | None:
    """The beginning of a message's text; None where it has none but files or embeds."""
    line = " ".join(message.content.split())
    return f"{line[: _EXCERPT - 1]}…" if len(line) > _EXCERPT else line or None
