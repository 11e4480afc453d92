"""The driftsmeldinger as Atom 1.0 (RFC 4287) and JSON Feed 1.1, to be embedded by other sites and read by programs.

Ids are made of the installation's name and the notice's reference alone, so an update is the same entry at every
reader. A withdrawn notice stays as an entry that says so: whoever has it already must hear of it. Names of the people
who wrote are left out, and so are the groups that are not open: everybody may read this.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.web.notice_html import NoticeHtml, characters
from bot.web.notice_systems import page_of_system
from bot.web.portal_pages import ROOT, path_of
from dialogs.case import Notice, NoticeStatus
from knowledge.notice_reach import NoticeReach
from knowledge.systems import System

ATOM_PATH = f"{ROOT}/feed.atom"
JSON_PATH = f"{ROOT}/feed.json"

_TITLE = "Driftsmeldinger"

# What everybody may know of a notice; whatever is kept of it besides is not told until it is named here.
_PUBLIC = frozenset(
    {"ref", "type", "what", "affected", "since", "consequence", "workaround", "next_update_at", "contact", "groups",
     "status", "hovedsak", "history", "created_at", "updated_at"}
)  # fmt: skip
_PUBLIC_OF_A_LINE = frozenset({"at", "kind", "text"})

WriteFeed = Callable[[Sequence[Notice], str, datetime, System | None], bytes]
"""The notices, scheme and host, the time, and the one system it is about -> the feed"""


class PortalFeeds:
    """Writes the feeds, in bokmål. `owner` makes the ids this installation's; `author` is who tells."""

    def __init__(self, html: NoticeHtml, name: str, owner: str, author: str, reach: NoticeReach) -> None:
        self._html = html
        self._name = name
        self._author = author
        self._reach = reach
        self._ids = uuid5(NAMESPACE_URL, f"{owner}{ROOT}")

    def atom(self, notices: Sequence[Notice], base: str, now: datetime, about: System | None = None) -> bytes:
        """`base`: scheme and host that links begin with. about: the one system that the feed is about."""
        page = _page(about)
        feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "nb"})
        _add(feed, "id", (uuid5(self._ids, page) if about else self._ids).urn)
        _add(feed, "title", self._title_of(about))
        _add(feed, "updated", _newest(notices, now).isoformat())
        _add(_add(feed, "author"), "name", self._author)
        _add(feed, "link", rel="self", type="application/atom+xml", href=f"{base}{page}/feed.atom")
        _add(feed, "link", rel="alternate", type="text/html", href=f"{base}{page}")
        for notice in _by_change(notices):
            entry = _add(feed, "entry")
            _add(entry, "id", self._id(notice).urn)
            _add(entry, "title", self._heading(notice, now))
            _add(entry, "published", notice.created_at.isoformat())
            _add(entry, "updated", notice.updated_at.isoformat())
            _add(entry, "link", rel="alternate", type="text/html", href=f"{base}{path_of(notice)}")
            _add(entry, "category", term=characters(notice.type))
            _add(entry, "category", term=notice.status.value)
            _add(entry, "summary", self._summary(notice))
            _add(entry, "content", self._content(notice), type="html")
        document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return document

    def json(self, notices: Sequence[Notice], base: str, now: datetime, about: System | None = None) -> bytes:
        """As `atom`, and every item has the whole notice as an object."""
        page = _page(about)
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title_of(about),
            "home_page_url": f"{base}{page}",
            "feed_url": f"{base}{page}/feed.json",
            "language": "nb",
            "authors": [{"name": self._author}],
            "items": [
                {
                    "id": self._id(notice).urn,
                    "url": f"{base}{path_of(notice)}",
                    "title": self._heading(notice, now),
                    "summary": self._summary(notice),
                    "content_html": self._content(notice),
                    "date_published": notice.created_at.isoformat(),
                    "date_modified": notice.updated_at.isoformat(),
                    "tags": [notice.type, notice.status.value],
                    "_losen": self._public(notice),
                }
                for notice in _by_change(notices)
            ],
        }
        return json.dumps(feed, ensure_ascii=False).encode()

    def _title_of(self, about: System | None) -> str:
        return f"{_TITLE} om {characters(about.name)} – {self._name}" if about else f"{_TITLE} – {self._name}"

    def _id(self, notice: Notice) -> UUID:
        return uuid5(self._ids, notice.ref)

    def _heading(self, notice: Notice, now: datetime) -> str:
        heading = self._html.heading(notice)
        if notice.status is NoticeStatus.ACTIVE:
            return heading
        return f"{self._html.state(notice, now).capitalize()}: {heading}"

    def _summary(self, notice: Notice) -> str:
        return self._html.last_said(notice) or characters(notice.what)

    def _content(self, notice: Notice) -> str:
        if notice.status is NoticeStatus.WITHDRAWN:
            return self._html.withdrawn(notice)
        return self._html.facts(notice) + self._html.history(notice, 2)

    def _public(self, notice: Notice) -> dict[str, Any]:
        told = {key: value for key, value in notice.open_version().to_json().items() if key in _PUBLIC}
        told["groups"] = [key for key in notice.groups if self._reach.is_open(key)]
        told["history"] = [
            {key: value for key, value in line.items() if key in _PUBLIC_OF_A_LINE} for line in told["history"]
        ]
        return told


def _page(about: System | None) -> str:
    return page_of_system(about) if about else ROOT


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _by_change(notices: Sequence[Notice]) -> list[Notice]:
    return sorted(notices, key=lambda notice: notice.updated_at, reverse=True)


def _newest(notices: Sequence[Notice], now: datetime) -> datetime:
    # An empty feed must have a time too, and one that stays the same from one reading to the next.
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return max((notice.updated_at for notice in notices), default=midnight)
