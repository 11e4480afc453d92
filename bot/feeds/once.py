"""Posting once where the other side cannot tell a repeat from something new.

    1  that it is about to be posted is stored, under our own key
    2  it is posted
    3  what came of it is stored: the id, or that it certainly was not posted
    4  a kill or a lost answer in between leaves a row that says it may have been posted; then it is looked for where
       the service can be searched, and left to a person where it cannot

Twice is worse than late: twelve thousand people read it (G 5.1.2.2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.store.port import Store
from bot.store.records import Sending
from bot.store.trouble import passing_trouble
from knowledge.errors import OutcomeUnknown, PermanentFailure, StoreError, TemporaryFailure, UncertainOutcome

Look = Callable[[], Awaitable[str | None]]
"""Looks for what was posted under the key; its id, or None when it is not to be found."""


@dataclass(frozen=True, slots=True)
class Once:
    """Posts under keys and remembers what came of each.

    patience: what has been absent from searches for so long was never posted.
    """

    store: Store
    clock: Callable[[], datetime]
    patience: timedelta = timedelta(minutes=3)

    async def do(self, key: str, send: Callable[[], Awaitable[str]], look: Look | None = None) -> str:
        """The id of what `send` posted, now or before under the same key.

        Raises OutcomeUnknown when it may have been posted and there is no `look`, UncertainOutcome when it is to be
        looked for again, TemporaryFailure and PermanentFailure when it certainly was not posted.
        """
        found = await self.look_up(key, look)
        if found is not None:
            return found
        with passing_trouble():
            await self._save(Sending(key, sent_at=self.clock()))
        try:
            answer = await send()
        except UncertainOutcome as error:
            raise self._lost(look, str(error)) from error
        except (TemporaryFailure, PermanentFailure):
            with passing_trouble():
                await self._save(Sending(key))
            raise
        if not answer:
            raise self._lost(look, "it was taken, but no id was given")
        await self._found(Sending(key), answer)
        return answer

    async def look_up(self, key: str, look: Look | None = None) -> str | None:
        """The id of what was posted under this key, or None when nothing certainly was; raises as `do`."""
        with passing_trouble():
            known = await self.store.read(lambda session: session.sendings.get(key))
        if known is None or known.answer:
            return known.answer if known else None
        if known.sent_at is None:
            return None
        found = await look() if look is not None else None
        if found is not None:
            await self._found(known, found)
            return found
        if look is None or self.clock() - known.sent_at < self.patience:
            raise self._lost(look, "it was sent, and what became of it is not known")
        return None

    def _lost(self, look: Look | None, why: str) -> OutcomeUnknown | UncertainOutcome:
        return OutcomeUnknown(why) if look is None else UncertainOutcome(why)

    async def _found(self, known: Sending, answer: str) -> None:
        try:
            await self._save(replace(known, answer=answer))
        except StoreError as error:
            # The row still says that it was sent.
            raise UncertainOutcome(str(error)) from error

    async def _save(self, sending: Sending) -> None:
        await self.store.write(lambda session: session.sendings.save(sending, self.clock()))
