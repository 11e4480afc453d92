"""The local feed: notices as posts on a page of our own, one living post a notice and group (G 5.1.2.2).

An update edits the post it belongs to; what was said before stays readable in the notice's history. The post's id is
made from the key it was published under, so publishing again finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.store.port import Session, Store
from bot.store.records import FeedPost
from bot.store.trouble import passing_trouble
from dialogs.case import Notice
from knowledge.feed_targets import FeedTarget


class LocalFeed:
    """See `ports.GroupFeed`."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        """A new post, unless the key has one."""
        return await self._write(lambda session: self._publish(session, notice, target.group, key))

    async def look_up(self, target: FeedTarget, key: str) -> str | None:
        """By key."""
        with passing_trouble():
            post = await self._store.read(lambda session: session.local.post(_post_id(key)))
        return post.id if post else None

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        """The same post with this version; a post that is gone is made anew."""

        def work(session: Session) -> str:
            post = session.local.post(post_id)
            if post is None:
                return self._publish(session, notice, target.group, key)
            if post.notice != notice:
                session.local.save_post(replace(post, notice=notice, edits=post.edits + 1, updated_at=self._clock()))
            return post_id

        return await self._write(work)

    async def check(self, target: FeedTarget) -> None:
        """The database answers."""
        with passing_trouble():
            await self._store.read(lambda session: session.local.post(""))

    async def posts(self, group: str | None = None) -> tuple[FeedPost, ...]:
        """The posts of a group, or of all, newest first; for the feed page. Raises StoreError."""
        return await self._store.read(lambda session: session.local.posts(group))

    def _publish(self, session: Session, notice: Notice, group: str, key: str) -> str:
        post_id = _post_id(key)
        if session.local.post(post_id) is None:
            now = self._clock()
            session.local.save_post(FeedPost(post_id, group, notice, edits=0, posted_at=now, updated_at=now))
        return post_id

    async def _write(self, work: Callable[[Session], str]) -> str:
        with passing_trouble():
            return await self._store.write(work)


def _post_id(key: str) -> str:
    return "post-" + hashlib.sha256(key.encode()).hexdigest()[:16]
