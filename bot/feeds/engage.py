"""Notices as posts in Viva Engage communities, over its REST interface (the one that was Yammer's).

Its interface posts, replies, reads and deletes, and cannot edit: so the conversation is the living post. An update is a
reply that says where things stand, and the newest reply is what holds. Only a user may post there, so the token is that
of a service account.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.feeds.marks import has_mark, marked
from bot.feeds.once import Once
from bot.feeds.service import FeedService
from bot.web.portal_pages import NoticeAddress
from dialogs.case import Notice
from dialogs.notice_post import NoticePost, post_of
from dialogs.texts import Texts
from knowledge.errors import Gone, UncertainOutcome
from knowledge.feed_targets import FeedTarget

# Of twenty messages each: more than a community says while an answer is lost and looked for.
_MOST_PAGES = 10


@dataclass(frozen=True, slots=True)
class EngageFeed:
    """See `ports.GroupFeed`. A post's id is that of the message that began its conversation."""

    service: FeedService
    texts: Texts
    once: Once
    clock: Callable[[], datetime]
    page: NoticeAddress = field(default_factory=NoticeAddress)

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """A new conversation in the community."""
        text = marked(self._post(notice).as_text(), notice.ref, key)
        body = {"body": text, "group_id": int(target.address)}
        return await self.once.do(key, lambda: self._say(body), lambda: self._find(target, key))

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """By what was stored when it was posted, and by its mark among the newest of the community."""
        return await self.once.look_up(key, lambda: self._find(target, key))

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """A reply in the conversation; when that is gone, a new one with all that was said."""
        if not post_id.isdigit():
            return await self.publish(notice, target, key)
        post, line = self._post(notice), f"{key} line"
        told = f"{post.heading}\n{post.news}"
        if notice.history and notice.history[-1].before:
            # What was said here before cannot be edited, so that what is changed is told with all that stands now.
            told = "\n\n".join((told, "\n".join(f"{row.label}: {row.value}" for row in post.rows)))
        body = {"body": marked(told, notice.ref, line), "replied_to_id": int(post_id)}
        try:
            await self.once.do(line, lambda: self._say(body), lambda: self._look(f"in_thread/{post_id}", line))
        except Gone:
            return await self.publish(notice, target, key)
        return post_id

    async def check(self, target: FeedTarget) -> None:
        """The community can be read."""
        await self._find(target, "")

    def _post(self, notice: Notice) -> NoticePost:
        return post_of(notice, self.texts, self.clock(), self.page(notice))

    async def _say(self, body: Mapping[str, Any]) -> str:
        answer = await self.service.call("POST", "api/v1/messages.json", body)
        return next((str(one["id"]) for one in _messages(answer)), "")

    async def _find(self, target: FeedTarget, key: str) -> str | None:
        # Only what begins a conversation: at an outage many people answer, and a list holds twenty messages.
        return await self._look(f"in_group/{target.address}", key, threaded="true")

    async def _look(self, where: str, key: str, **query: str) -> str | None:
        """The message with the mark of this key among the newest of a list, page after page."""
        for _ in range(_MOST_PAGES):
            answer = await self.service.call("GET", f"api/v1/messages/{where}.json", None, **query)
            found = _messages(answer)
            ours = next((str(one["id"]) for one in found if has_mark(_plain(one), key)), None)
            meta = answer.get("meta")
            if ours is not None or not found or not isinstance(meta, dict) or meta.get("older_available") is not True:
                return ours
            query["older_than"] = str(min(one["id"] for one in found))
        raise UncertainOutcome("so much was said meanwhile that it cannot be found")


def _messages(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    messages = answer.get("messages")
    if not isinstance(messages, list):
        raise UncertainOutcome("Viva Engage answered without messages")
    return [one for one in messages if isinstance(one, dict) and isinstance(one.get("id"), int)]


def _plain(message: Mapping[str, Any]) -> object:
    body = message.get("body")
    return body.get("plain", "") if isinstance(body, dict) else ""
