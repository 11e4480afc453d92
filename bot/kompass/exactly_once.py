"""Doing something in Kompass exactly once, though it can neither tell a repeat nor be asked twice in one breath.

    1  that it is about to be done is stored, under our own key, which goes along into Kompass
    2  it is done once
    3  a certain answer is stored with what is recorded of the effect (bot.outbox), in one transaction; "no" is counted,
       and after some times it is for good
    4  after an uncertain one it is looked for by its key, each time the outbox comes back, with growing waits
    5  only when it has stayed absent for longer than the slowest call and the slowest index together is it done again

A kill between any two of these leaves a row that makes the next attempt begin with step 4.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.kompass.answers import Refused
from bot.store.port import Store
from bot.store.records import Sending
from bot.store.trouble import passing_trouble
from knowledge.errors import StoreError, TemporaryFailure, UncertainOutcome

MOST_REFUSALS = 5
"""A refusal may be an accident of the other side (it is seen inside HTTP 200); this many of the same are not."""

MOST_SENT = 10
"""What is stored as sent and has no answer yet, at most: twice the calls at once, so that none of those need wait for a
commit. With all of a batch stored as sent, a slow Kompass would let leases run out on what never left, and each of them
would have to be looked for and waited out."""

Look = Callable[[], Awaitable[str | None]]
"""Looks for what was done under the key; its id, or None."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything is ready: `send` makes the one call and gives the new id; `still` is what is linked to it after."""

    send: Callable[[], Awaitable[str]]
    still: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExactlyOnce:
    """patience: how long something must have stayed absent, from when it was sent, before it is sent again."""

    store: Store
    clock: Callable[[], datetime]
    patience: timedelta
    _sending: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_SENT))

    async def do(
        self, key: str, look: Look, prepare: Callable[[], Awaitable[Prepared]], *, repeatable: bool = False
    ) -> Sending:
        """Have it done under this key; returns what is stored of it, with its id as `answer`.

        repeatable: doing it twice is as good as once, so nobody needs to wait for its absence.
        Raises TemporaryFailure when it is not done yet and may be tried again, UncertainOutcome when it may be done,
        PermanentFailure when it will never be.
        """
        known = await self.known(key) or Sending(key)
        if known.answer:
            return known
        if known.sent_at is not None or known.refusals:
            found = await self.find(known, look)
            if found is not None:
                return found
            waited = known.sent_at is None or self.clock() - known.sent_at >= self.patience
            if not (repeatable or waited):
                raise UncertainOutcome("it was sent and is not to be found yet; it is looked for again")
        try:
            prepared = await prepare()
        except Refused as refusal:
            raise await self._refused(known, refusal) from refusal
        # What an earlier attempt may have done is looked for as long as it is not found, whatever becomes of this one.
        unsent = replace(known, still=prepared.still)
        async with self._sending:
            sent = replace(unsent, sent_at=self.clock())
            await self.save(sent)
            try:
                answer = await prepared.send()
            except TemporaryFailure:
                await self.save(unsent)
                raise
            except UncertainOutcome:
                # It may have been done as late as now, after waits and a new login.
                await self.save(replace(sent, sent_at=self.clock()))
                raise
            except Refused as refusal:
                raise await self._refused(unsent, refusal) from refusal
        return replace(sent, answer=answer)

    async def find(self, known: Sending, look: Look) -> Sending | None:
        """Look for it once and store what is found."""
        try:
            answer = await look()
        except Refused as error:
            raise UncertainOutcome(f"it cannot be looked for: {error}") from error
        if answer is None:
            return None
        found = replace(known, answer=answer)
        await self.save(found)
        return found

    async def known(self, key: str) -> Sending | None:
        """What is stored under a key."""
        with passing_trouble():
            return await self.store.read(lambda session: session.sendings.get(key))

    async def save(self, sending: Sending) -> None:
        """Store it. When this fails after the call, the row still says that it was sent."""
        try:
            await self.store.write(lambda session: session.sendings.save(sending, self.clock()))
        except StoreError as error:
            raise UncertainOutcome(str(error)) from error

    async def _refused(self, unsent: Sending, refusal: Refused) -> Exception:
        """What is raised for a refusal. unsent: as it was before what was refused."""
        if refusal.passing:
            await self.save(unsent)
            return TemporaryFailure(str(refusal))
        known = replace(unsent, refusals=unsent.refusals + 1)
        await self.save(known)
        if known.refusals < MOST_REFUSALS:
            return TemporaryFailure(f"{refusal} (refused {known.refusals} of {MOST_REFUSALS} times)")
        return refusal
