"""One lock a conversation, so that two quick messages are answered in the order they came (DESIGN 2, step 3)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ConversationLocks:
    """Locks by conversation id. A lock exists only while somebody holds it or waits for it, so they never pile up."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    def waiting(self, conversation_id: str) -> int:
        """How many hold the conversation or wait for it."""
        return self._locks[conversation_id][1] if conversation_id in self._locks else 0

    def __len__(self) -> int:
        return len(self._locks)

    @asynccontextmanager
    async def holding(self, conversation_id: str) -> AsyncIterator[None]:
        """Hold the conversation; those who wait get it in the order they came."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks[conversation_id]
            if users == 1:
                del self._locks[conversation_id]
            else:
                self._locks[conversation_id] = (lock, users - 1)
