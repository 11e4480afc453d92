"""All feeds as one: each target's kind has the feed that knows its service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.ports import GroupFeed
from dialogs.case import Notice
from knowledge.errors import TemporaryFailure
from knowledge.feed_targets import FeedKind, FeedTarget


@dataclass(frozen=True, slots=True)
class RoutedFeed:
    """See `ports.GroupFeed`. What has no feed here waits for a process that has it, as the terminal has none."""

    feeds: Mapping[FeedKind, GroupFeed]

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """At the target's own service."""
        return await self._of(target).publish(notice, target, key)

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """At the target's own service."""
        return await self._of(target).look_up(target, key)

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """At the target's own service."""
        return await self._of(target).update(post_id, notice, target, key)

    async def check(self, target: FeedTarget) -> None:
        """At the target's own service."""
        await self._of(target).check(target)

    def _of(self, target: FeedTarget) -> GroupFeed:
        feed = self.feeds.get(target.kind)
        if feed is None:
            raise TemporaryFailure(f"nothing in this process posts to {target.kind.value}")
        return feed
