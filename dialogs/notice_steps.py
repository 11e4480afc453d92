"""What becomes of a notice: pure steps from one standing to the next, a second person's approval among them.

Until it is published, nobody but the desk sees it. What was said of it on the way (why it was sent back) is left out
of what is published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.case import Notice, NoticeStatus, NoticeUpdate
from dialogs.proposed_line import ProposedLine

FACTS = ("what", "affected", "since", "consequence", "workaround", "contact", "groups")
"""What a notice tells that a later line may change, in the order of its checklist. When it is said again is no fact."""

_NOTHING: Mapping[str, str] = {}
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


def with_facts(notice: Notice, changes: Mapping[str, str]) -> Notice:
    """The notice with these facts (of `FACTS`) changed, each a text: a time in ISO, groups as keys with commas."""
    changed: dict[str, Any] = dict(changes)
    if "since" in changes:
        changed["since"] = datetime.fromisoformat(changes["since"])
    if "groups" in changes:
        changed["groups"] = tuple(changes["groups"].split(","))
    return replace(notice, **changed)


def fact(notice: Notice, name: str) -> str:
    """One of `FACTS` of a notice, as `with_facts` takes it."""
    value = getattr(notice, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def is_wider(notice: Notice, groups: Collection[str]) -> bool:
    """Whether these groups are more than the notice goes to: then nobody has agreed to so many yet."""
    return not set(groups) <= set(notice.groups)


def with_line(
    notice: Notice, line: NoticeUpdate, next_update_at: datetime | None, changes: Mapping[str, str] = _NOTHING
) -> Notice:
    """The published notice after one more line of its history; what was promised before is settled by it.

    changes: the facts that it changes. What they were stays in the history.
    """
    changed = with_facts(notice, changes)
    before = {name: fact(notice, name) for name in changes}
    return replace(
        changed,
        status=_STANDING.get(line.kind, NoticeStatus.ACTIVE),
        updated_at=line.at,
        next_update_at=next_update_at if line.kind == "updated" else None,
        history=(*notice.history, replace(line, before=before)),
        approved_by="" if is_wider(notice, changed.groups) else notice.approved_by,
    )


def with_approved_line(notice: Notice, proposed: ProposedLine, by: str, at: datetime) -> Notice:
    """As `with_line`, for a line that `by` has approved now; with it the notice as a whole has been looked at."""
    changed = with_line(notice, replace(proposed.line, at=at), proposed.next_update_at, proposed.changes)
    return replace(changed, approved_by=changed.approved_by or by)
