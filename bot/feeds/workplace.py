"""Notices as posts in Workplace groups, over the Graph API of Workplace.

Meta closed the service on 1 June 2026; the protocol is kept for installations that still have something that speaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.feeds.marks import has_mark, marked
from bot.feeds.once import Once
from bot.feeds.service import FeedService
from bot.http_meaning import error_code
from bot.web.portal_pages import NoticeAddress
from dialogs.case import Notice
from dialogs.notice_post import NoticePost, post_of
from dialogs.texts import Texts
from knowledge.errors import Gone, PortError, TemporaryFailure, UncertainOutcome
from knowledge.feed_targets import FeedTarget

# The service tells its failures by codes inside statuses that mean little.
_SLOW_DOWN = frozenset({"4", "17", "32", "613"})
_BAD_TOKEN = "190"  # noqa: S105  the code of an error
_NOT_THERE = frozenset({"803"})
_UNKNOWN_OBJECT = ("100", 33)
# "An unknown error" and "temporarily unavailable", whatever the status: it may have been done.
_MAYBE_DONE = frozenset({"1", "2"})
# Comments come oldest first unless one asks, and a post about an outage gets many.
_NEWEST = {"order": "reverse_chronological"}


@dataclass(frozen=True, slots=True)
class WorkplaceFeed:
    """See `ports.GroupFeed`. A post's id is "GROUP_POST", as the service names it."""

    service: FeedService
    texts: Texts
    once: Once
    clock: Callable[[], datetime]
    page: NoticeAddress = field(default_factory=NoticeAddress)

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """A new post in the group."""
        edge, body = f"{target.address}/feed", {"message": self._text(notice, key), "formatting": "PLAINTEXT"}
        return await self.once.do(key, lambda: self._add(edge, body), lambda: self._look(edge, key))

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """By what was stored when it was posted, and by its mark among the newest of the group."""
        return await self.once.look_up(key, lambda: self._look(f"{target.address}/feed", key))

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """Edit the post and comment on it what is new; a post that is gone is made anew, with all that was said."""
        if not post_id.replace("_", "").isdigit():
            return await self.publish(notice, target, key)
        line, comments = f"{key} line", f"{post_id}/comments"
        try:
            await self.service.call("POST", post_id, {"message": self._text(notice, key)})
            body = {"message": marked(self._post(notice).news, notice.ref, line)}
            await self.once.do(line, lambda: self._add(comments, body), lambda: self._look(comments, line, **_NEWEST))
        except Gone:
            return await self.publish(notice, target, key)
        return post_id

    async def check(self, target: FeedTarget) -> None:
        """The group can be read."""
        await self._look(f"{target.address}/feed", "")

    def _post(self, notice: Notice) -> NoticePost:
        return post_of(notice, self.texts, self.clock(), self.page(notice))

    def _text(self, notice: Notice, key: str) -> str:
        return marked(self._post(notice).as_text(), notice.ref, key)

    async def _add(self, edge: str, body: Mapping[str, Any]) -> str:
        made = (await self.service.call("POST", edge, body)).get("id")
        return made if isinstance(made, str) else ""

    async def _look(self, edge: str, key: str, **order: str) -> str | None:
        found = (await self.service.call("GET", edge, None, fields="id,message", limit="100", **order)).get("data")
        rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
        return next((str(one["id"]) for one in rows if has_mark(one.get("message"), key) and "id" in one), None)


def workplace_failure(status: int, answer: object) -> PortError | None:
    """What the codes of this service mean; None: what the status means."""
    code = error_code(answer)
    if code in _SLOW_DOWN:
        return TemporaryFailure(f"Workplace answered {status} {code}", 60.0)
    if code == _BAD_TOKEN:
        return TemporaryFailure(f"Workplace does not take the token ({status} {code})")
    if code in _MAYBE_DONE:
        return UncertainOutcome(f"Workplace answered {status} {code}")
    if code in _NOT_THERE or (code, _subcode(answer)) == _UNKNOWN_OBJECT:
        return Gone(f"Workplace answered {status} {code}")
    return None


def _subcode(answer: object) -> object:
    error = answer.get("error") if isinstance(answer, dict) else None
    return error.get("error_subcode") if isinstance(error, dict) else None
