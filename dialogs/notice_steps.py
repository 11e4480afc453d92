"""What becomes of a notice: pure steps from one standing to the next, a second person's approval among them.

Until it is published, nobody but the desk sees it. What was said of it on the way (why it was sent back) is left out
of what is published.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.proposed_line import ProposedLine

_STANDING = {"resolved": NoticeStatus.RESOLVED, "withdrawn": NoticeStatus.WITHDRAWN}


def submitted(notice: Notice) -> Notice:
    """The notice waiting for somebody else's approval."""
    return replace(notice, status=NoticeStatus.WAITING, history=())


def approved(notice: Notice, by: str, at: datetime) -> Notice:
    """The notice as it is published now; `by` is the name of who approved it."""
    line = NoticeUpdate(at, notice.author, "published", notice.what)
    return replace(notice, status=NoticeStatus.ACTIVE, approved_by=by, created_at=at, updated_at=at, history=(line,))


def sent_back(notice: Notice, by: str, reason: str, at: datetime) -> Notice:
    """Back to its author, who mends it or gives it up."""
    line = NoticeUpdate(at, by, "sent_back", reason)
    return replace(notice, status=NoticeStatus.SENT_BACK, updated_at=at, history=(line,))


def dropped(notice: Notice, at: datetime) -> Notice:
    """Given up before anybody saw it."""
    return replace(notice, status=NoticeStatus.DROPPED, updated_at=at)


def with_line(notice: Notice, line: NoticeUpdate, next_update_at: datetime | None) -> Notice:
    """The published notice after one more line of its history; what was promised before is settled by it."""
    return replace(
        notice,
        status=_STANDING.get(line.kind, NoticeStatus.ACTIVE),
        updated_at=line.at,
        next_update_at=next_update_at if line.kind == "updated" else None,
        history=(*notice.history, line),
    )


def with_approved_line(notice: Notice, proposed: ProposedLine, by: str, at: datetime) -> Notice:
    """As `with_line`, for a line that `by` has approved now; with it the notice as a whole has been looked at."""
    changed = with_line(notice, replace(proposed.line, at=at), proposed.next_update_at)
    return replace(changed, approved_by=notice.approved_by or by)
