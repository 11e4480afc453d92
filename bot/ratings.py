"""What people think of answers, on its way into the store: what must not be kept is taken out first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store.port import Store
from bot.store.ratings import Rating
from dialogs.privacy_guard import guard

NoteRating = Callable[[bool, str], Awaitable[None]]
"""Keeps whether an answer was liked, and why; raises StoreError."""

_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class RatingBook:
    """now: the time on the organisation's clock."""

    store: Store
    now: Callable[[], datetime]

    async def note(self, liked: bool, text: str) -> None:
        """See `NoteRating`."""
        rating = Rating(self.now().date(), liked, guard(text).text.strip()[:_LONGEST_TEXT])
        await self.store.write(lambda session: session.ratings.note(rating))
