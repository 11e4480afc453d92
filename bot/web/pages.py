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
from dialogs.case import Notice, NoticeStatus
from dialogs.dates import show_moment
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
_FEED_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


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
        self._texts = texts
        self._timezone = timezone
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
        return _html(page, _FEED_CSP)

    def _article(self, post: FeedPost) -> str:
        notice = post.notice
        over = notice.status is not NoticeStatus.ACTIVE
        facts = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in self._facts(notice))
        return (
            f'<article id="{escape(notice.ref)}"{" class=over" if over else ""}>'
            f"<h2>{escape(self._kind(notice))}: {escape(notice.what)}</h2>"
            f'<p class="meta">{escape(notice.ref)} · {_STATUS[notice.status]}'
            f" · sist oppdatert {self._time(notice.updated_at)}</p>"
            f"<dl>{facts}</dl>{self._history(notice)}</article>"
        )

    def _facts(self, notice: Notice) -> list[tuple[str, str]]:
        texts = self._texts
        facts = [
            (texts("notice.affected"), escape(notice.affected)),
            (texts("notice.since"), self._time(notice.since)),
            (texts("notice.consequence"), escape(notice.consequence)),
            (texts("notice.workaround"), escape(notice.workaround)),
        ]
        if notice.next_update_at is not None and notice.status is NoticeStatus.ACTIVE:
            facts.append(("Neste oppdatering", self._time(notice.next_update_at)))
        facts.append(("Kontakt", escape(notice.contact)))
        if notice.hovedsak:
            facts.append(("Hovedsak", escape(notice.hovedsak)))
        return [(label, value) for label, value in facts if value]

    def _history(self, notice: Notice) -> str:
        lines = [one for one in notice.history if one.text]
        if not lines:
            return ""
        items = "".join(f"<li>{self._time(one.at)}: {escape(one.text)}</li>" for one in reversed(lines))
        return f"<h3>Oppdateringer</h3><ol reversed>{items}</ol>"

    def _kind(self, notice: Notice) -> str:
        key = f"notice.type_{notice.type}"
        return self._texts(key) if self._texts.has(key) else notice.type.capitalize()

    def _time(self, moment: datetime) -> str:
        local = moment.astimezone(self._timezone)
        shown = show_moment(local, "nb", self._now().astimezone(self._timezone))
        return f'<time datetime="{local.isoformat(timespec="minutes")}">{escape(shown)}</time>'


_STATUS = {
    NoticeStatus.ACTIVE: "pågår",
    NoticeStatus.RESOLVED: "rettet",
    NoticeStatus.WITHDRAWN: "trukket",
}


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
