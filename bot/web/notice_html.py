"""A notice as HTML: the parts that the feed pages, Kundeportalen and its feeds put together.

Every text of a notice is written by people: it is escaped here, and characters that neither HTML nor XML may hold are
left out, so that one odd character from a paste cannot break a page or a feed for everybody.
"""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from html import escape

from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.dates import show_moment
from dialogs.notice_post import FROM_AFAR, heading, lasted, state
from dialogs.texts import Texts

# All that XML 1.0 (section 2.2) does not count as a character.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def characters(text: str) -> str:
    """The text without what may stand in no document."""
    return _NO_CHARACTER.sub("", text)


class NoticeHtml:
    """Writes notices in the language of `texts`, times in `timezone`.

    `now` of a method is what "today" is seen from; a feed, which may be read at any time, leaves it out and gets whole
    dates.
    """

    def __init__(self, texts: Texts, timezone: tzinfo) -> None:
        self.texts = texts
        self._timezone = timezone

    def heading(self, notice: Notice) -> str:
        """Plain text, not escaped: "Fellesfeil: AKS er nede"."""
        return characters(heading(notice, self.texts))

    def state(self, notice: Notice, now: datetime) -> str:
        """Plain text: planned, going on, over or withdrawn."""
        return state(notice, self.texts, now)

    def lasted(self, notice: Notice) -> str:
        """Plain text: how long it went on, or empty when it is not over or never began."""
        return lasted(notice, self.texts)

    def time(self, moment: datetime, now: datetime | None = None) -> str:
        """A `<time>` element."""
        local = moment.astimezone(self._timezone)
        seen_from = now.astimezone(self._timezone) if now else FROM_AFAR
        shown = show_moment(local, self.texts.language, seen_from)
        return f'<time datetime="{local.isoformat(timespec="minutes")}">{escape(shown)}</time>'

    def facts(self, notice: Notice, now: datetime | None = None) -> str:
        """A `<dl>` of what is known."""
        texts = self.texts
        facts = [
            (texts("notice.affected"), _text(notice.affected)),
            (texts("notice.since"), self.time(notice.since, now)),
            (texts("notice.consequence"), _text(notice.consequence)),
        ]
        if notice.status is NoticeStatus.ACTIVE:
            facts.append((texts("notice.workaround"), _text(notice.workaround)))
        if notice.next_update_at is not None and notice.status is NoticeStatus.ACTIVE:
            facts.append((texts("notice.next_update"), self.time(notice.next_update_at, now)))
        facts.append((texts("notice.contact"), _text(notice.contact)))
        if notice.closed_text:
            facts.append((texts("notice.closed_text"), _text(notice.closed_text)))
        if notice.hovedsak:
            facts.append((texts("notice.hovedsak"), _text(notice.hovedsak)))
        rows = (f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in facts if value)
        return f"<dl>{''.join(rows)}</dl>"

    def history(self, notice: Notice, level: int, now: datetime | None = None) -> str:
        """A heading of this level and what was said, newest first; empty when nothing was."""
        lines = [one for one in notice.history if one.text]
        if not lines:
            return ""
        items = "".join(
            f"<li>{self.time(one.at, now)}: {_text(one.text)}{self._closed(one)}</li>" for one in reversed(lines)
        )
        return f"<h{level}>{escape(self.texts('notice.updates'))}</h{level}><ol reversed>{items}</ol>"

    def _closed(self, line: NoticeUpdate) -> str:
        return f"<br>{escape(self.texts('notice.closed_text'))}: {_text(line.closed)}" if line.closed else ""

    def last_said(self, notice: Notice) -> str:
        """Plain text: the newest line of the history."""
        return characters(next((one.text for one in reversed(notice.history) if one.text), ""))

    def withdrawn(self, notice: Notice) -> str:
        """A paragraph that says it was withdrawn, and no longer what was wrong in it."""
        text = f"{self.texts('notice.was_withdrawn', ref=notice.ref)} {self.last_said(notice)}"
        return f"<p>{escape(characters(text))}</p>"

    def meta(self, notice: Notice, now: datetime) -> str:
        """A line with reference, state and when it was changed."""
        parts = [
            _text(notice.ref),
            escape(self.state(notice, now)),
            f"{escape(self.texts('notice.changed'))} {self.time(notice.updated_at, now)}",
        ]
        return f'<p class="meta">{" · ".join(parts)}</p>'


def _text(text: str) -> str:
    return escape(characters(text))
