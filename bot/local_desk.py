"""The local desk: hand-overs kept in the store until somebody reads them with the operator's command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.ports import HandedOver
from bot.store.port import Store
from bot.store.records import HandOverRecord
from bot.store.trouble import passing_trouble


class LocalDesk:
    """See `ports.Desk`."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    async def take_over(self, what: HandedOver, key: str) -> None:
        """Kept once a key."""
        record = HandOverRecord(key, what.to, what.summary, what.person.id, what.conversation_id, self._clock())
        with passing_trouble():
            await self._store.write(lambda session: session.local.add_hand_over(record))
