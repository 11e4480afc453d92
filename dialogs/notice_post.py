"""A notice as a post in a group, free of the place it is posted at: heading, where it stands, facts, what was said.

A post is read on any day, so its dates are whole. A notice that was withdrawn tells only that: what was wrong in it is
no longer shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.dates import show_duration, show_moment
from dialogs.notice_text import post_rows
from dialogs.problem_task import is_for_now
from dialogs.replies import Link, Row, Summary
from dialogs.texts import Texts

FROM_AFAR = datetime(1, 1, 1, tzinfo=UTC)
"""From here no day is near, and every date is shown with its year."""


@dataclass(frozen=True, slots=True)
class NoticePost:
    """All plain text. `standing`: reference and state; `told`: what was said, newest first; `news`: the newest of it.

    news is what goes into the thread of an earlier version, and says by itself which notice it is about. link: to the
    notice's own page, where everybody may read it.
    """

    heading: str
    standing: str
    rows: tuple[Row, ...]
    told: tuple[str, ...]
    news: str
    link: Link | None = None

    def as_summary(self) -> Summary:
        """For a place that shows replies."""
        links = (self.link,) if self.link else ()
        return Summary(self.heading, self.rows, (self.standing, *self.told), links)

    def as_text(self) -> str:
        """For a place that takes text alone."""
        rows = "\n".join(f"{row.label}: {row.value}" for row in self.rows)
        link = f"{self.link.label}: {self.link.url}" if self.link else ""
        return "\n\n".join(part for part in (self.heading, self.standing, rows, "\n".join(self.told), link) if part)


def post_of(notice: Notice, texts: Texts, now: datetime, page: str = "") -> NoticePost:
    """The post of a notice; of its open version where everybody reads it.

    now: decides whether it is planned. page: the address of its own page, "" when it has none.
    """
    withdrawn = notice.status is NoticeStatus.WITHDRAWN
    told = [_told(line, texts) for line in reversed(notice.history) if line.text]
    news = told[0] if told else ""
    standing = f"{notice.ref} · {state(notice, texts, now)}"
    return NoticePost(
        heading=texts("notice.was_withdrawn", ref=notice.ref) if withdrawn else heading(notice, texts),
        standing=". ".join(one for one in (standing, lasted(notice, texts)) if one),
        rows=() if withdrawn else _rows(notice, texts),
        # The first line repeats what the post itself says.
        told=tuple(told[:1] if withdrawn else told[:-1]),
        news=f"{standing}: {news}" if news else standing,
        link=Link(texts("notice.own_page"), page) if page else None,
    )


def heading(notice: Notice, texts: Texts) -> str:
    """ "Fellesfeil: AKS er nede"."""
    key = f"notice.type_{notice.type}"
    kind = texts(key) if texts.has(key) else notice.type.capitalize()
    return f"{kind}: {notice.what}"


def state(notice: Notice, texts: Texts, now: datetime) -> str:
    """Planned, going on, over or withdrawn."""
    state = notice.status.value
    if notice.status is NoticeStatus.ACTIVE and notice.since > now:
        state = "planned"
    elif notice.status is NoticeStatus.RESOLVED and notice.type != "fellesfeil":
        state = "over"  # only what was broken is mended
    elif notice.status is NoticeStatus.RESOLVED and is_for_now(notice.history[-1].text):
        state = "for_now"
    return texts(f"notice.state_{state}")


def lasted(notice: Notice, texts: Texts) -> str:
    """How long it went on, or empty when it is not over or never began."""
    if notice.status is not NoticeStatus.RESOLVED or notice.updated_at <= notice.since:
        return ""
    return texts("notice.lasted", lasted=show_duration(notice.updated_at - notice.since, texts.language))


def _rows(notice: Notice, texts: Texts) -> tuple[Row, ...]:
    """What the heading does not say already; what is not known is left out, since nobody can answer there."""
    heading = texts("notice.what")
    return tuple(row for row in post_rows(notice, texts, FROM_AFAR) if row.value and row.label != heading)


def _told(line: NoticeUpdate, texts: Texts) -> str:
    said = f"{show_moment(line.at, texts.language, FROM_AFAR)}: {line.text}"
    return f"{said}\n{texts('notice.closed_text')}: {line.closed}" if line.closed else said
