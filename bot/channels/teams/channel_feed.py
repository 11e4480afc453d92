"""Notices as posts in Teams channels: one living post each, with a line in its thread for each update (G 5.1.2.2).

A post is a card alone, since text and card can be split into two messages without an id to edit (teams.md 4.2). The
bot interface offers no way to find a post again, so what may have been posted is never posted again (4.4).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from bot.channels.teams.connector import Connector
from bot.channels.teams.credentials import BotToken, Credentials
from bot.channels.teams.pacing import TEAMS_LIMITS, Pacing
from bot.feeds.once import Once
from bot.rendering.activities import Renderer, Surface, make_nonce
from bot.settings import Settings
from bot.throttle import Throttle
from bot.web.portal_pages import NoticeAddress
from dialogs.case import Notice
from dialogs.notice_post import NoticePost, post_of
from dialogs.replies import Reply, Text
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.errors import Gone
from knowledge.feed_targets import FeedTarget

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class TeamsChannelFeed:
    """See `ports.GroupFeed`. A post's id is "<its thread> <its root message>".

    service_url: where the tenant's channels are served; the token goes there, so it is set by the operator alone.
    """

    connector: Connector
    renderer: Renderer
    throttle: Throttle
    once: Once
    clock: Clock
    service_url: str
    bot_id: str
    tenant_id: str
    page: NoticeAddress = field(default_factory=NoticeAddress)

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

    async def check(self, target: FeedTarget) -> None:
        """The bot is in the team of the channel: otherwise it may not see who else is."""
        await self.connector.see_members(self.service_url, target.address)

    @classmethod
    def over(
        cls,
        connector: Connector,
        throttle: Throttle,
        renderer: Renderer,
        once: Once,
        clock: Clock,
        settings: Settings,
        page: NoticeAddress | None = None,
    ) -> TeamsChannelFeed:
        """The feed of an installation, over this connector. page: tells readers where a notice's own page is."""
        where = (settings.teams_service_url, f"28:{settings.app_id}", settings.app_tenantid)
        return cls(connector, renderer, throttle, once, clock, *where, page or NoticeAddress())

    def _post(self, notice: Notice) -> NoticePost:
        return post_of(notice, self.renderer.texts[DEFAULT_LANGUAGE], self.clock(), self.page(notice))

    def _activity(self, reply: Reply, seed: str) -> dict[str, Any]:
        return self.renderer.activity(reply, DEFAULT_LANGUAGE, Surface.TEAMS, make_nonce(seed, 0))

    def _addressed(self, reply: Reply, seed: str, thread: str, root: str = "") -> Mapping[str, Any]:
        addresses = {"from": {"id": self.bot_id}, "conversation": {"id": thread}}
        return {**self._activity(reply, seed), **addresses, **({"id": root} if root else {})}


@asynccontextmanager
async def alone(
    settings: Settings, renderer: Renderer, once: Once, clock: Clock, monotonic: Callable[[], float]
) -> AsyncIterator[TeamsChannelFeed]:
    """The feed without a server around it, for a command."""
    async with aiohttp.ClientSession() as session:
        token = BotToken(Credentials(settings) if settings.app_id else None, monotonic)
        throttle = Throttle(monotonic)
        connector = Connector(lambda: session, token, Pacing(TEAMS_LIMITS, monotonic, asyncio.sleep), throttle)
        yield TeamsChannelFeed.over(connector, throttle, renderer, once, clock, settings)
