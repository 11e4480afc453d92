"""Notices as posts in Teams channels: one living post each, with a line in its thread for each update (G 5.1.2.2).

A post is a card alone, since text and card can be split into two messages without an id to edit (teams.md 4.2). The
bot interface offers no way to find a post again, so what may have been posted is never posted again (4.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.teams.connector import Connector
from bot.feeds.once import Once
from bot.rendering.activities import Renderer, Surface, make_nonce
from bot.throttle import Throttle
from dialogs.case import Notice
from dialogs.notice_post import NoticePost, post_of
from dialogs.replies import Reply, Text
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.errors import Gone
from knowledge.feed_targets import FeedTarget


@dataclass(frozen=True, slots=True)
class TeamsChannelFeed:
    """See `ports.GroupFeed`. A post's id is "<its thread> <its root message>".

    service_url: where the tenant's channels are served; the token goes there, so it is set by the operator alone.
    """

    connector: Connector
    renderer: Renderer
    throttle: Throttle
    once: Once
    clock: Callable[[], datetime]
    service_url: str
    bot_id: str
    tenant_id: str

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """A new post in the target's channel."""

        async def send() -> str:
            self.throttle.check()
            activity = self._activity(self._post(notice).as_summary(), key)
            thread, root = await self.connector.start_thread(
                self.service_url, target.address, self.tenant_id, {**activity, "from": {"id": self.bot_id}}
            )
            return f"{thread} {root}" if thread and root else ""

        return await self.once.do(key, send)

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """By what was stored when it was posted."""
        return await self.once.look_up(key)

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """Edit the post and say what is new in its thread; a post that is gone is made anew, with all that was said."""
        thread, _, root = post_id.rpartition(" ")
        if not thread:
            return await self.publish(notice, target, key)
        post = self._post(notice)
        self.throttle.check()
        try:
            await self.connector.update(
                self.service_url, thread, root, self._addressed(post.as_summary(), key, thread, root)
            )
        except Gone:
            return await self.publish(notice, target, key)

        async def say() -> str:
            self.throttle.check()
            line = self._addressed(Text(post.news), f"{key} line", thread)
            return await self.connector.send(self.service_url, thread, line)

        await self.once.do(f"{key} line", say)
        return post_id

    def _post(self, notice: Notice) -> NoticePost:
        return post_of(notice, self.renderer.texts[DEFAULT_LANGUAGE], self.clock())

    def _activity(self, reply: Reply, seed: str) -> dict[str, Any]:
        return self.renderer.activity(reply, DEFAULT_LANGUAGE, Surface.TEAMS, make_nonce(seed, 0))

    def _addressed(self, reply: Reply, seed: str, thread: str, root: str = "") -> Mapping[str, Any]:
        addresses = {"from": {"id": self.bot_id}, "conversation": {"id": thread}}
        return {**self._activity(reply, seed), **addresses, **({"id": root} if root else {})}
