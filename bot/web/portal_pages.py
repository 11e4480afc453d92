"""The pages of driftsmeldinger on Kundeportalen: all that matter now, those about one system, and each by itself.

Plain HTML that works without JavaScript and does not reload itself: a page that moves under the reader shuts some
people out (WCAG 2.2.1, 3.2.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from bot.web.notice_html import NoticeHtml, characters
from bot.web.notice_systems import page_of_system
from dialogs.case import Notice, NoticeStatus
from knowledge.notice_reach import NoticeReach
from knowledge.systems import System

ROOT = "/driftsmeldinger"

_TEMPLATE = Path(__file__).parent / "portal.html"
_TITLE = "Driftsmeldinger"
_CURRENT = ' aria-current="page"'


def path_of(notice: Notice) -> str:
    """Where the notice has its own page."""
    return f"{ROOT}/{quote(notice.ref, safe='')}"


@dataclass(frozen=True, slots=True)
class NoticeAddress:
    """The address of a notice's page, for posts elsewhere: "" without a public address, or where nobody may read it."""

    public_url: str = ""
    reach: NoticeReach = field(default_factory=NoticeReach)

    def __call__(self, notice: Notice) -> str:
        """With scheme and host."""
        shown = self.public_url and self.reach.shows_on_portal(notice.groups)
        return f"{self.public_url}{path_of(notice)}" if shown else ""


class PortalPages:
    """Writes the pages, in bokmål. `days`: for how long the list keeps what is over; `name`: the portal's name."""

    def __init__(self, html: NoticeHtml, name: str, days: int) -> None:
        self._html = html
        self._name = name
        self._days = days
        self._template = Template(_TEMPLATE.read_text(encoding="utf-8"))

    def all(
        self, notices: Sequence[Notice], now: datetime, systems: Sequence[System] = (), about: System | None = None
    ) -> str:
        """The list: what goes on, what is planned, then what is over. Withdrawn ones were never meant to be read.

        systems: those that have a notice, to choose among. about: the one system that the list is about.
        """
        active = [one for one in notices if one.status is NoticeStatus.ACTIVE]
        over = [one for one in notices if one.status is NoticeStatus.RESOLVED]
        over.sort(key=lambda notice: notice.updated_at, reverse=True)
        sections = [
            self._section("now", "Gjelder nå", [one for one in active if one.since <= now], now, "Ingenting nå."),
            self._section("planned", "Planlagt", [one for one in active if one.since > now], now, ""),
            self._section("over", f"Avsluttet de siste {self._days} dagene", over, now, "Ingen."),
        ]
        content = self._systems(systems, about) + "\n".join(one for one in sections if one)
        if about is None:
            return self._page(_TITLE, _TITLE, content, listing=True)
        title, own = f"{_TITLE} om {characters(about.name)}", page_of_system(about)
        return self._page(title, title, content, feeds=own)

    def one(self, notice: Notice, now: datetime) -> str:
        """One notice with its history. A withdrawn one says so and no longer tells what was wrong in it."""
        html = self._html
        if notice.status is NoticeStatus.WITHDRAWN:
            told = html.withdrawn(notice)
        else:
            told = self._lasted(notice) + html.facts(notice, now) + html.history(notice, 2, now)
        content = f"<article{_over(notice)}>{html.meta(notice, now)}{told}</article>"
        heading = html.heading(notice)
        return self._page(f"{heading} – {_TITLE}", heading, content)

    def unknown(self, heading: str) -> str:
        """The page where there is nothing of the kind."""
        text = "<p>Den finnes ikke her. Se listen over alle driftsmeldinger.</p>"
        return self._page(f"Ikke funnet – {_TITLE}", heading, text)

    def _systems(self, systems: Sequence[System], about: System | None) -> str:
        """Links to the pages of the systems that have a notice."""
        if not systems:
            return ""
        links = "".join(
            f'<li><a href="{page_of_system(one)}"{_CURRENT if about and one.id == about.id else ""}>'
            f"{escape(characters(one.name))}</a></li>"
            for one in systems
        )
        return f'<p class="by" id="by-system">Velg system:</p><ul aria-labelledby="by-system">{links}</ul>\n'

    def _section(self, key: str, heading: str, notices: Sequence[Notice], now: datetime, empty: str) -> str:
        if not notices and not empty:
            return ""
        shown = "\n".join(self._listed(one, now) for one in notices) or f"<p>{empty}</p>"
        return f'<section aria-labelledby="{key}">\n<h2 id="{key}">{heading}</h2>\n{shown}\n</section>'

    def _listed(self, notice: Notice, now: datetime) -> str:
        html, anchor = self._html, escape(notice.ref)
        if notice.status is NoticeStatus.ACTIVE:
            told = html.facts(notice, now) + html.history(notice, 4, now)
        else:
            told = f"{self._lasted(notice)}<p>{escape(html.last_said(notice))}</p>"
        return (
            f'<article aria-labelledby="{anchor}"{_over(notice)}>'
            f'<h3 id="{anchor}"><a href="{path_of(notice)}">{escape(html.heading(notice))}</a></h3>'
            f"{html.meta(notice, now)}{told}</article>"
        )

    def _lasted(self, notice: Notice) -> str:
        lasted = self._html.lasted(notice)
        return f"<p>{escape(lasted)}</p>" if lasted else ""

    def _page(self, title: str, heading: str, content: str, *, listing: bool = False, feeds: str = ROOT) -> str:
        about = heading if feeds != ROOT else _TITLE
        return self._template.substitute(
            title=escape(title),
            portal=escape(self._name),
            heading=escape(heading),
            current=_CURRENT if listing else "",
            feeds=feeds,
            feeds_title=escape(about),
            content=content,
        )


def _over(notice: Notice) -> str:
    return "" if notice.status is NoticeStatus.ACTIVE else ' class="over"'
