"""Kundeportalen: the driftsmeldinger everybody may read, as pages and as feeds (G 5.1.2.2).

A notice that only the closed group gets is not shown. Many read at the same time just when something is down, so all
readers share one snapshot: the store is asked at most once in two seconds whatever the number of readers, and each
document is written once for as long as the notices stay the same.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import format_datetime

from aiohttp import web

from bot.store.port import Store
from bot.web.notice_html import NoticeHtml
from bot.web.notice_systems import SYSTEM_ROOT, NoticeSystems
from bot.web.pages import PLAIN_PAGE_CSP
from bot.web.portal_feeds import ATOM_PATH, JSON_PATH, PortalFeeds, WriteFeed
from bot.web.portal_pages import ROOT, PortalPages
from dialogs.case import Notice
from dialogs.texts import Texts
from knowledge.notice_reach import reach_of
from knowledge.organisation import Organisation
from knowledge.systems import System, SystemRegister

KEPT_DAYS = 14
"""for how long a notice that is over stays in the list and the feeds; its own page stays"""

_ASK_AGAIN_AFTER = timedelta(seconds=2)
# Feeds hold the address they were asked under when no other is set; strange addresses must not fill the memory.
_MOST_DOCUMENTS = 500
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")

_CACHE = {"Cache-Control": "max-age=30"}
_PAGE = {**_CACHE, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": PLAIN_PAGE_CSP}
# The feeds are there to be embedded by any site, and hold nothing but what everybody may read.
_FEED = {**_CACHE, "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_ATOM = {**_FEED, "Content-Type": "application/atom+xml; charset=utf-8"}
_JSON = {**_FEED, "Content-Type": "application/feed+json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class _Document:
    body: bytes
    headers: dict[str, str]
    tag: str
    changed: datetime
    """when it was first written as it is, in whole seconds"""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What everybody reads: open notices, the time they are seen from, and what was written of them so far.

    stamps: tag of each document and since when it has it, so that what comes out the same is not said to have changed.
    """

    notices: tuple[Notice, ...]
    now: datetime
    stamps: dict[str, tuple[str, datetime]]
    documents: dict[str, _Document] = field(default_factory=dict)

    @property
    def minute(self) -> datetime:
        """When planned work begins and "today" ends, the pages change although no notice did."""
        return self.now.replace(second=0, microsecond=0)

    def document(self, key: str, headers: dict[str, str], write: Callable[[], bytes]) -> _Document:
        """The document of this key, written on first request."""
        found = self.documents.get(key)
        if found is None:
            body = write()
            tag = hashlib.sha256(body).hexdigest()[:32]
            before, changed = self.stamps.get(key, ("", self.now))
            changed = changed if before == tag else self.now.replace(microsecond=0)
            found = _Document(body, headers, tag, changed)
            if len(self.documents) < _MOST_DOCUMENTS:
                self.documents[key] = found
            if len(self.stamps) < _MOST_DOCUMENTS or key in self.stamps:
                self.stamps[key] = tag, changed
        return found


class Portal:
    """`/driftsmeldinger`, a page for each notice and each system, and the feeds of all and of each system."""

    def __init__(
        self,
        store: Store,
        organisation: Organisation,
        texts: Texts,
        timezone: tzinfo,
        now: Callable[[], datetime],
        public_url: str,
        register: Callable[[], SystemRegister],
    ) -> None:
        """`public_url`: scheme and host that links in the feeds begin with; empty: those of the request.

        register: the register of systems in use.
        """
        self._systems = NoticeSystems(register)
        self._reach = reach_of(organisation)
        html = NoticeHtml(texts, timezone)
        name = organisation.portal_name
        self._pages = PortalPages(html, name, KEPT_DAYS)
        self._feeds = PortalFeeds(html, name, organisation.municipality, organisation.desk_name, self._reach)
        self._store = store
        self._now = now
        self._public_url = public_url
        self._snapshot: _Snapshot | None = None
        self._stamps: dict[str, tuple[str, datetime]] = {}
        self._asked_at = datetime.min.replace(tzinfo=UTC)
        self._asking = asyncio.Lock()

    def __call__(self, app: web.Application) -> None:
        """Register the pages."""
        app.router.add_get(ROOT, self._show_all)
        app.router.add_get(f"{ROOT}/", self._without_slash)
        app.router.add_get(ATOM_PATH, self._show_atom)
        app.router.add_get(JSON_PATH, self._show_json)
        app.router.add_get(f"{ROOT}/{{ref}}", self._show_one)
        app.router.add_get(f"{SYSTEM_ROOT}/{{system}}", self._show_all)
        app.router.add_get(f"{SYSTEM_ROOT}/{{system}}/feed.atom", self._show_atom)
        app.router.add_get(f"{SYSTEM_ROOT}/{{system}}/feed.json", self._show_json)

    async def _show_all(self, request: web.Request) -> web.Response:
        seen = await self._current()
        asked = self._asked_for(request, seen)
        if asked is None:
            return self._no_system()
        system, notices = asked

        def write() -> bytes:
            return self._pages.all(notices, seen.now, self._systems.named(seen.notices), system).encode()

        return _answer(request, seen.document(_key("", system), _PAGE, write))

    def _asked_for(self, request: web.Request, seen: _Snapshot) -> tuple[System | None, tuple[Notice, ...]] | None:
        """The system whose page or feed is asked for, if it is one's, and the notices there; None: no such system."""
        system_id = request.match_info.get("system")
        if system_id is None:
            return None, seen.notices
        system = self._systems.get(system_id)
        return (system, self._systems.about(system, seen.notices)) if system is not None else None

    def _no_system(self) -> web.Response:
        return _not_found(self._pages.unknown("Fant ikke systemet"))

    async def _without_slash(self, request: web.Request) -> web.Response:
        raise web.HTTPFound(ROOT)

    async def _show_one(self, request: web.Request) -> web.Response:
        ref = request.match_info["ref"]
        seen = await self._current()
        notice = next((one for one in seen.notices if one.ref == ref), None)
        if notice is not None:
            shown = notice
            return _answer(request, seen.document(ref, _PAGE, lambda: self._pages.one(shown, seen.now).encode()))
        # A link to an old notice keeps working; few follow one.
        stored = await self._store.read(lambda session: session.notices.get(ref))
        old = None if stored is None else self._for_everybody(stored)
        if old is None:
            return _not_found(self._pages.unknown("Fant ikke driftsmeldingen"))
        aside = _Snapshot((), seen.now, self._stamps)
        return _answer(request, aside.document(ref, _PAGE, lambda: self._pages.one(old, seen.now).encode()))

    async def _show_atom(self, request: web.Request) -> web.Response:
        return await self._show_feed(request, "atom", _ATOM, self._feeds.atom)

    async def _show_json(self, request: web.Request) -> web.Response:
        return await self._show_feed(request, "json", _JSON, self._feeds.json)

    async def _show_feed(
        self, request: web.Request, kind: str, headers: dict[str, str], write: WriteFeed
    ) -> web.Response:
        seen, base = await self._current(), self._base(request)
        asked = self._asked_for(request, seen)
        if asked is None:
            return self._no_system()
        system, notices = asked
        key = _key(f"{kind} {base}", system)
        return _answer(request, seen.document(key, headers, lambda: write(notices, base, seen.now, system)))

    def _base(self, request: web.Request) -> str:
        if self._public_url:
            return self._public_url
        # An address of no known form gets links without one, which are read from where the feed was found.
        return f"{request.scheme}://{request.host}" if _HOST.fullmatch(request.host) else ""

    async def _current(self) -> _Snapshot:
        """The snapshot, read anew when it is time; whoever comes meanwhile waits for the same reading."""
        if self._snapshot is None or self._is_old():
            async with self._asking:
                if self._snapshot is None or self._is_old():
                    self._snapshot = await self._read(self._snapshot)
        return self._snapshot

    def _is_old(self) -> bool:
        # A clock that was set back must not keep the snapshot alive.
        return not timedelta(0) <= self._now() - self._asked_at < _ASK_AGAIN_AFTER

    async def _read(self, before: _Snapshot | None) -> _Snapshot:
        now = self._now()
        since = now - timedelta(days=KEPT_DAYS)
        found = await self._store.read(lambda session: session.notices.recent(since))
        seen = (self._for_everybody(notice) for notice in found)
        read = _Snapshot(tuple(notice for notice in seen if notice is not None), now, self._stamps)
        self._asked_at = now
        if before is not None and (before.notices, before.minute) == (read.notices, read.minute):
            return before
        return read

    def _for_everybody(self, notice: Notice) -> Notice | None:
        """Without what only closed groups are told; None when it went to nobody else, or is not published yet."""
        shown = notice.is_published and self._reach.shows_on_portal(notice.groups)
        return notice.open_version() if shown else None


def _key(what: str, system: System | None) -> str:
    """Of a document; a space, which no reference has, keeps those of systems apart from those of notices."""
    return f"{what} system {system.id}" if system is not None else what


def _not_found(page: str) -> web.Response:
    headers = {name: value for name, value in _PAGE.items() if name not in _CACHE}
    return web.Response(status=404, body=page.encode(), headers=headers)


def _answer(request: web.Request, document: _Document) -> web.Response:
    changed = format_datetime(document.changed.astimezone(UTC), usegmt=True)
    headers = {**document.headers, "ETag": f'"{document.tag}"', "Last-Modified": changed}
    if _has_it(request, document):
        return web.Response(status=304, headers=headers)
    return web.Response(body=document.body, headers=headers)


def _has_it(request: web.Request, document: _Document) -> bool:
    # The tag is exact, so it decides where it is given (RFC 9110, 13.2.2).
    if request.if_none_match is not None:
        return any(tag.value in (document.tag, "*") for tag in request.if_none_match)
    return request.if_modified_since is not None and document.changed <= request.if_modified_since
