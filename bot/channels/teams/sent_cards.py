"""The last cards that were sent, so that one that has been used can be replaced by what it said.

Kept in memory and few: after a restart an old card keeps its buttons, and its nonce keeps them from acting twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import orjson

from bot.rendering.used_cards import can_be_used_up

_MOST_CARDS = 500


class SentCards:
    """Cards with a button that works once, by conversation and activity id."""

    def __init__(self, most: int = _MOST_CARDS) -> None:
        self._most = most
        # As bytes: a fifth of what the objects take. Copied, since what orjson returns holds on to the room it wrote
        # in, three times as much.
        self._cards: OrderedDict[tuple[str, str], tuple[str, bytes]] = OrderedDict()

    def keep(self, conversation_id: str, activity_id: str, user_id: str, activity: Mapping[str, Any]) -> None:
        """Keep what was sent to this user (the channel's id), if it is such a card."""
        if activity_id and can_be_used_up(activity):
            self._cards[(conversation_id, activity_id)] = (user_id, bytes(memoryview(orjson.dumps(activity))))
            while len(self._cards) > self._most:
                self._cards.popitem(last=False)

    def take(self, conversation_id: str, activity_id: str, user_id: str) -> dict[str, Any] | None:
        """The card, once, for the user it was sent to: in a channel everybody can press it (teams.md 5.1)."""
        user, card = self._cards.get((conversation_id, activity_id), ("", b""))
        if not card or user != user_id:
            return None
        del self._cards[(conversation_id, activity_id)]
        found: dict[str, Any] = orjson.loads(card)
        return found
