"""The chat page and the local feed pages. No page asks anything of another host, and none runs script from text.

The feed pages work without JavaScript: the text of a notice is written by people and stands escaped in plain HTML.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from bot.store.records import FeedPost
from bot.web.demo_people import DemoPerson
from bot.web.notice_html import NoticeHtml
from dialogs.case import NoticeStatus
from dialogs.texts import Texts

Posts = Callable[[str], Awaitable[Sequence[FeedPost]]]
"""The posts of a group, newest first"""

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_STATIC_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# Web Chat sets styles from script (hence unsafe-inline for styles only), reads chosen files as blobs and shrinks
# pictures in a worker made of a blob.
_CHAT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
    " connect-src 'self' blob:; font-src 'self' data:; worker-src blob:; manifest-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PLAIN_PAGE_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""for pages without script"""


class ChatPage:
    """The chat page with its identity picker; development mode only."""

    def __init__(self, people: Mapping[str, DemoPerson], groups: Mapping[str, str]) -> None:
        """`groups`: name of each group by its key."""
        options = "\n".join(
            f'      <option value="{escape(one.key)}" data-name="{escape(one.person.name)}">'
            f"{escape(one.person.name)} – {escape(one.about)}</option>"
            for one in people.values()
        )
        template = Template((_HERE / "index.html").read_text(encoding="utf-8"))
        self._page = template.substitute(people=options, feeds=_feed_links(groups))

    def __call__(self, app: web.Application) -> None:
        """Register the page."""
        app.router.add_get("/", self._show)

    async def _show(self, request: web.Request) -> web.Response:
        return _html(self._page, _CHAT_CSP)


class FeedPages:
    """`/feed/<group>`: the notices of a group, newest first, each one living post."""

    def __init__(
        self, groups: Mapping[str, str], posts: Posts, texts: Texts, timezone: tzinfo, now: Callable[[], datetime]
    ) -> None:
        """`groups`: name of each group by its key; `timezone` is what times are shown in."""
        self._groups = groups
        self._posts = posts
        self._html = NoticeHtml(texts, timezone)
        self._now = now
        self._template = Template((_HERE / "feed.html").read_text(encoding="utf-8"))

    def __call__(self, app: web.Application) -> None:
        """Register the pages."""
        app.router.add_get("/feed/", self._index)
        app.router.add_get("/feed/{group}", self._show)

    async def _index(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(f"/feed/{next(iter(self._groups))}")

    async def _show(self, request: web.Request) -> web.Response:
        group = request.match_info["group"]
        if group not in self._groups:
            raise web.HTTPNotFound(text="no such group")
        posts = await self._posts(group)
        shown = "\n".join(self._article(post) for post in posts) or "<p>Ingen driftsmeldinger.</p>"
        page = self._template.substitute(
            title=escape(self._groups[group]), feeds=_feed_links(self._groups, group), posts=shown
        )
        return _html(page, PLAIN_PAGE_CSP)

    def _article(self, post: FeedPost) -> str:
        notice, now = post.notice, self._now()
        over = notice.status is not NoticeStatus.ACTIVE
        return (
            f'<article id="{escape(notice.ref)}"{" class=over" if over else ""}>'
            f"<h2>{escape(self._html.heading(notice))}</h2>{self._html.meta(notice, now)}"
            f"{self._html.facts(notice, now)}{self._html.history(notice, 3, now)}</article>"
        )


def static_files(app: web.Application) -> None:
    """Our own files and Web Chat; nothing else of the folder can be asked for."""
    app.router.add_get("/static/{name}", _static)


async def _static(request: web.Request) -> web.StreamResponse:
    name = request.match_info["name"]
    file = _HERE / "vendor" / name if name == "webchat.js" else _STATIC / name
    kind = _STATIC_TYPES.get(file.suffix)
    if kind is None or Path(name).name != name or not file.is_file():
        raise web.HTTPNotFound(text="no such file")
    return web.FileResponse(file, headers={"Content-Type": f"{kind}; charset=utf-8", "Cache-Control": "no-cache"})


def _feed_links(groups: Mapping[str, str], current: str = "") -> str:
    return "\n".join(
        f'    <li><a href="/feed/{escape(key)}"{" aria-current=page" if key == current else ""}>{escape(name)}</a></li>'
        for key, name in groups.items()
    )


def _html(page: str, csp: str) -> web.Response:
    return web.Response(text=page, content_type="text/html", headers={"Content-Security-Policy": csp})
