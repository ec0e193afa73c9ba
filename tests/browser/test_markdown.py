"""Discord's markdown, as the page's own module renders it: what is written → which elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.driving import Tabs, Windows
from tests.browser.hand_stage import open_hand_stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from bot.playground.world import World

pytest.importorskip("playwright.async_api", reason="playwright is not installed")
pytestmark = pytest.mark.asyncio(loop_scope="session")

RENDER = """async sources => {
  const { Directory } = await import("/static/js/directory.js");
  const { isJumbo, renderInline, renderMarkdown } = await import("/static/js/markdown/render.js");
  const person = { id: "11", name: "Ada <b>", username: "ada", avatar: "", bot: false, locale: "en-US" };
  const guild = {
    id: "1", name: "Arena", icon: "", members: [{ ...person, nick: "*Ada*", color: null, roles: [] }],
    channels: [{ id: "22", name: "general", topic: null, can_send: true }],
    roles: [{ id: "33", name: "Ranked", color: "#4fc3f7" }],
  };
  const directory = new Directory({ guilds: [guild], dms: [], users: [person], you: person }, "22");
  const around = { directory, locale: "en-GB", openChannel: () => undefined, useCommand: () => undefined };
  return sources.map(([how, source]) => {
    if (how === "jumbo") return String(isJumbo(source));
    const box = document.createElement("div");
    box.append((how === "inline" ? renderInline : renderMarkdown)(source, around));
    return box.innerHTML.replace(/<svg.*?<[/]svg>/g, "");
  });
}"""


def a(href: str, text: str, title: str | None = None) -> str:
    return f'<a href="{href}" title="{title or href}" target="_blank" rel="noopener noreferrer">{text}</a>'


def mention(text: str, extra: str = "") -> str:
    return f'<span class="mention"{extra}>{text}</span>'


def person(text: str, user: str) -> str:
    about = f'aria-haspopup="menu" data-user="{user}" data-person="{user}"'
    return f'<button class="mention" type="button" {about}>{text}</button>'


EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
RANKED = ' style="--mention: #4fc3f7;"'

SIGNS = (
    "*", "**", "_", "__", "~~", "||", "`", "``", "```", "[", "](", ")", "<", ">", "<@", "<t:", "\\", "\n", "> ", "- ", "# ",
    "é", " ",
)  # fmt: skip

INLINE = {
    # Emphasis, alone and within each other
    "plain": "plain",
    "**b** *i* _i_ __u__ ~~s~~": "<strong>b</strong> <em>i</em> <em>i</em> <u>u</u> <s>s</s>",
    "***x***": "<strong><em>x</em></strong>",
    "**a *b* __c__**": "<strong>a <em>b</em> <u>c</u></strong>",
    "__**~~x~~**__": "<u><strong><s>x</s></strong></u>",
    "*a **b***": "<em>a <strong>b</strong></em>",
    "_a __b___": "<em>a <u>b</u></em>",
    "**two\nlines**": "<strong>two\nlines</strong>",
    "a*b*c": "a<em>b</em>c",
    "snake_case_name and __init__": "snake_case_name and <u>init</u>",
    "2 * 3 * 4": "2 * 3 * 4",
    "a * b*": "a * b*",
    "**open": "**open",
    "*open **b**": "*open <strong>b</strong>",
    "****": "****",
    "**": "**",
    "~~ ~~": "~~ ~~",
    # Escapes
    r"\*x\* \_x\_ \~~x~~ \|\|x\|\|": "*x* _x_ ~~x~~ ||x||",
    r"\\*x*": r"\<em>x</em>",
    r"\a \ \n": r"\a \ \n",
    r"**a\** b**": "<strong>a** b</strong>",
    r"\[a](https://example.com)": f"[a]({a('https://example.com/', 'https://example.com')})",
    r"\<@11> \`x`": "&lt;@11&gt; `x`",
    "\\": "\\",
    # Code
    "`code` ``co`de`` `` `a` ``": "<code>code</code> <code>co`de</code> <code>`a`</code>",
    "` 1`": "<code> 1</code>",
    "`**b** <@11>`": "<code>**b** &lt;@11&gt;</code>",
    "`open": "`open",
    r"`a\`": r"<code>a\</code>",
    "**`a**`": "<strong>`a</strong>`",
    # Links
    "https://example.com/a_b_c?d=1&e=2.": f"{a('https://example.com/a_b_c?d=1&amp;e=2', 'https://example.com/a_b_c?d=1&amp;e=2')}.",
    "(https://example.com/x_(y))": f"({a('https://example.com/x_(y)', 'https://example.com/x_(y)')})",
    "<https://example.com>": a("https://example.com/", "https://example.com"),
    "[a **b**](https://example.com)": a("https://example.com/", "a <strong>b</strong>"),
    '[a](https://example.com "tip")': a("https://example.com/", "a", "tip"),
    "[a](<https://example.com>)": a("https://example.com/", "a"),
    "[a](javascript:alert(1))": "[a](javascript:alert(1))",
    "[a](data:text/html,x)": "[a](data:text/html,x)",
    "[a](/path)": "[a](/path)",
    "[https://good.example](https://evil.example)": (
        f"[https://good.example]({a('https://evil.example/', 'https://evil.example')})"
    ),
    "[]( https://example.com)": f"[]( {a('https://example.com/', 'https://example.com')})",
    "xhttps://example.com": "xhttps://example.com",
    "https://": "https://",
    # What refers to something
    "<@11> <@!11> <@99>": " ".join(
        [person("@*Ada*", "11")] * 2 + [mention("@unknown-user", ' data-user="99"')]
    ),
    "<@&33> <@&99>": f"{mention('@Ranked', RANKED)} {mention('@unknown-role')}",
    "<#22> <#99>": f'<button class="mention" type="button">general</button> {mention("# unknown")}',
    "</group sub:44>": '<button class="mention" type="button">/group sub</button>',
    "@everyone @here @nobody": f"{mention('@everyone')} {mention('@here')} @nobody",
    "<:csr:55><a:go:56>": "".join(
        f'<img class="emoji" src="/emojis/{number}" alt=":{name}:" title=":{name}:" draggable="false">'
        for name, number in (("csr", 55), ("go", 56))
    ),
    "<:x/../y:55> <:csr:5x> <@x> <>": "&lt;:x/../y:55&gt; &lt;:csr:5x&gt; &lt;@x&gt; &lt;&gt;",
    # Markup is text
    "<b>x</b> &amp; <img src=x onerror=alert(1)>": "&lt;b&gt;x&lt;/b&gt; &amp;amp; &lt;img src=x onerror=alert(1)&gt;",
    "\"quotes\" 'too'": "\"quotes\" 'too'",
}

BLOCKS = {
    "# One\n## Two\n### Three\n#### Four\n#Five": "<h1>One</h1><h2>Two</h2><h3>Three</h3>#### Four\n#Five",
    "# **b** ##": "<h1><strong>b</strong></h1>",
    "text\n# One\ntext": "text<h1>One</h1>text",
    "-# small *i*\n-#not": "<small>small <em>i</em></small>-#not",
    "> a\n> **b**\nc": "<blockquote>a\n<strong>b</strong></blockquote>c",
    "> # h\n> - x": "<blockquote><h1>h</h1><ul><li>x</li></ul></blockquote>",
    ">>> a\n\nb": "<blockquote>a\n\nb</blockquote>",
    "> > a": "<blockquote>&gt; a</blockquote>",
    ">a": "&gt;a",
    "- a\n- b\n  - c\n  - d\n- e": "<ul><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e</li></ul>",
    "3. a\n4. b": '<ol start="3"><li>a</li><li>b</li></ol>',
    "* a\n1. b": '<ul><li>a</li></ul><ol start="1"><li>b</li></ol>',
    "- a\n  more\nend": "<ul><li>a\nmore</li></ul>end",
    "-a\n-": "-a\n-",
    "```\na\n```": "<pre><code>a</code></pre>",
    "```py\n# x\n  **y**\n```": '<pre><code data-language="py"># x\n  **y**</code></pre>',
    "```py```": "<pre><code>py</code></pre>",
    "a\n```\n> b\n```\nc": "a<pre><code>&gt; b</code></pre>c",
    "||```\nx\n```||": '<span class="spoiler" role="button" tabindex="0" aria-label="Spoiler: show it">'
    '<span class="spoiler-text" aria-hidden="true"><pre><code>x</code></pre></span></span>',
    "``````": "``````",
    "```open": "```open",
    "a\n\nb": "a\n\nb",
    "# a\n\nb": "<h1>a</h1>\nb",
}

JUMBO = {
    "😀": "true",
    "😀 🎮\n<:csr:55>": "true",
    "👨‍👩‍👧🇸🇪": "true",
    "😀 a": "false",
    "": "false",
    "1": "false",
    "😀" * 31: "false",
    "**😀**": "false",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def page(windows: Windows, small_world: World) -> AsyncIterator[Page]:
    async with open_hand_stage(small_world) as stage:
        tabs = Tabs(windows, stage.site.origin)
        page = await tabs.open()
        await page.route("**/emojis/*", lambda route: route.fulfill(content_type="image/svg+xml", body=EMPTY))
        yield page
        await tabs.close()


async def render(page: Page, how: str, sources: list[str]) -> list[str]:
    rendered: list[str] = await page.evaluate(RENDER, [[how, source] for source in sources])
    return rendered


@pytest.mark.parametrize(
    ("how", "table"), [("inline", INLINE), ("blocks", INLINE), ("blocks", BLOCKS), ("jumbo", JUMBO)]
)
async def test_what_is_written_becomes(page: Page, how: str, table: dict[str, str]):
    rendered = await render(page, how, list(table))

    assert dict(zip(table, rendered, strict=True)) == table


async def test_titles_know_no_blocks(page: Page):
    sources = ["# a", "> a", "- a", "-# a"]

    assert await render(page, "inline", sources) == ["# a", "&gt; a", "- a", "-# a"]


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("t", "14:26"),
        ("T", "14:26:40"),
        ("d", "13/09/2020"),
        ("D", "13 September 2020"),
        ("f", "13 September 2020 at 14:26"),
        ("", "13 September 2020 at 14:26"),
        ("F", "Sunday, 13 September 2020 at 14:26"),
        ("s", "13/09/2020, 14:26"),
        ("S", "13/09/2020, 14:26:40"),
    ],
)
async def test_moments_are_written_in_their_style(page: Page, style: str, shown: str):
    # 2020-09-13 12:26:40 UTC, seen in Berlin.
    (html,) = await render(page, "inline", [f"<t:1600000000:{style}>" if style else "<t:1600000000>"])

    # Some versions of the browser write no comma after the weekday.
    assert re.sub("<[^>]*>", "", html).replace("Sunday 13", "Sunday, 13") == shown
    assert re.search('title="Sunday,? 13 September 2020 at 14:26"', html)


async def test_distances_are_rounded_as_discord_does(page: Page):
    seconds = [0, 59, 60, 89, 90, 44 * 60, 46 * 60, 5 * 3600, 23 * 3600, 3 * 86400, 27 * 86400, 400 * 86400]
    code = """async all => {
      const { formatDistance } = await import("/static/js/time.js");
      return all.map(value => [formatDistance(-value, "en-US"), formatDistance(value || 1, "de")]);
    }"""

    written: list[list[str]] = await page.evaluate(code, seconds)

    assert [past for past, _ in written] == [
        "0 seconds ago", "59 seconds ago", "1 minute ago", "1 minute ago", "2 minutes ago", "44 minutes ago",
        "1 hour ago", "5 hours ago", "1 day ago", "3 days ago", "1 month ago", "1 year ago",
    ]  # fmt: skip
    assert [future for _, future in written][-2:] == ["in 1 Monat", "in 1 Jahr"]


@given(st.lists(st.sampled_from(SIGNS), max_size=60).map("".join))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_any_text_becomes_harmless_elements_and_loses_no_letter(page: Page, source: str):
    (html,) = await render(page, "blocks", [source])

    assert not re.search(r"<(script|img|iframe|style)\b", html)
    assert re.sub("<[^>]*>", "", html).count("é") == source.count("é")


async def test_long_hostile_texts_are_read(page: Page):
    sources = [sign * 3000 for sign in SIGNS]
    sources += ["**a " * 1500, "*_~~||" * 1000, "[a](" * 1500, "<" * 3000 + "@11>", "> " * 3000]
    sources += ["- a\n" + "    - c\n" * 1000, "".join(f"{' ' * depth}- {depth}\n" for depth in range(60))]

    rendered = await render(page, "blocks", sources)

    assert [html.count("a") for html in rendered[len(SIGNS) : len(SIGNS) + 1]] == [1500]
