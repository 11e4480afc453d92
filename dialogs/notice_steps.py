"""What becomes of a notice that a second person must approve: pure steps from one standing to the next.

Until it is published, nobody but the desk sees it. What was said of it on the way (why it was sent back) is left out
of what is published.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeStatus, NoticeUpdate


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
