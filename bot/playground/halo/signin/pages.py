"""The pages of the simulated Microsoft that a person sees."""

from __future__ import annotations

from html import escape
from typing import Final

from aiohttp import web

__all__ = ["DEVICE_PAGE", "write_denial_page", "write_device_page"]

DEVICE_PAGE: Final = "/microsoft.com/devicelogin"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PAGE: Final = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1.1em sans-serif; margin: 12vh auto; max-width: 26em; padding: 0 1em; color-scheme: light dark }}
input, button {{ font: inherit; padding: .4em .8em; margin: .3em .3em .3em 0 }}
</style>
<main><h1>{title}</h1>{content}<p><small>This is the playground's own stand-in. It belongs to no company,
and no account is behind it.</small></p></main></html>
"""
_FORM: Final = """<form method="post">
<p><label>The code that the other device shows:<br>
<input name="user_code" value="{code}" autocomplete="off" autofocus required></label></p>
<p><button name="answer" value="approve">Sign in</button><button name="answer" value="decline">Decline</button></p>
</form>"""


def write_device_page(user_code: str = "", *, told: str = "") -> web.Response:
    """The page that a user code is typed at; ``told`` is what became of the last one."""
    said = f'<p role="status">{escape(told)}</p>' if told else ""
    return _write("Sign in to your device", said + _FORM.format(code=escape(user_code[:40])))


def write_denial_page(description: str) -> web.Response:
    """What a browser shows whose request was wrong."""
    return _write("That is not possible", f'<p role="alert">{escape(description)}</p>', status=400)


def _write(title: str, content: str, *, status: int = 200) -> web.Response:
    text = _PAGE.format(title=title, content=content)
    return web.Response(text=text, status=status, content_type="text/html", headers=_HEADERS)
