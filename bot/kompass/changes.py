"""What others do to cases in Kompass, found by asking and told to those who wait for it, once each.

Every interval the open cases are asked for in batches. Of each case is kept when it was last changed, its phase, and
which comments were seen (its own watermark, so that nothing is missed when the index lags); what differs is news. What
is news is stored, and the messages about it queued, in one transaction: a kill in between tells neither twice nor
never. Whether a comment counts as a change of its case is not known, so some unchanged cases have their comments read
in every round too, those looked at longest ago first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from bot.first_line import personal_conversation
from bot.kompass.answers import read_entities
from bot.kompass.client import AT_ONCE, KompassClient
from bot.kompass.comments import PublicComment, read_public
from bot.kompass.filters import MOST_IDS, with_ids
from bot.kompass.html import to_text
from bot.kompass.names import Names
from bot.store.port import Session, Store
from bot.store.records import Watch
from dialogs.case import OPEN, Case, Status
from dialogs.events import Happened
from knowledge.errors import LosenError

_ROTATION = 25
"""Unchanged cases whose comments are read all the same, each round."""

_LONGEST = 1500
"""Of a comment or a solution, in a message; the whole stands in Kompass."""

_log = logging.getLogger(__name__)


class Tell(Protocol):
    """Puts an outcome into words and queues the message, in the transaction that records it (`TurnService.tell`)."""

    def __call__(self, session: Session, conversation_id: str, person_id: str, event: Happened) -> None:
        """For one person in one conversation."""
        ...


@dataclass(frozen=True, slots=True)
class ChangeWatch:
    """Looks every `every` seconds. wake is called when something was queued."""

    client: KompassClient
    names: Names
    store: Store
    tell: Tell
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    every: float
    wake: Callable[[], None]

    async def run(self) -> None:
        """Never ends by itself: whatever goes wrong is logged, and the next round is another attempt."""
        while True:
            await self.sleep(self.every)
            try:
                news = await self.look()
            except LosenError as error:
                _log.warning("changes in Kompass were not read: %s", error)
            except Exception:
                _log.exception("changes in Kompass were not read")
            else:
                _log.debug("changes in Kompass were read", extra={"count": news})

    async def look(self) -> int:
        """One round; returns how many cases had news. Raises PortError or StoreError, with the rest told already."""
        watches = await self.store.read(lambda session: session.watched.open_cases())
        found: dict[str, Mapping[str, Any]] = {}
        for batch in _batches([watch.number for watch in watches]):
            layout = ("Id", self.names.phase, "LastUpdateTime", "Solution", self.names.requested_by)
            query = self.client.requests.many("Request", layout, with_ids(batch), size=len(batch))
            found |= {str(one["Id"]): one for one in read_entities(await self.client.call(query))}
        here = [(watch, found[watch.number]) for watch in watches if watch.number in found]
        changed = [(watch, one) for watch, one in here if _millis(one) != watch.changed]
        rest = [(watch, one) for watch, one in here if _millis(one) == watch.changed]
        slots = asyncio.Semaphore(AT_ONCE)

        async def look_at(watch: Watch, request: Mapping[str, Any]) -> bool:
            async with slots:
                return await self._look_at(watch, request)

        done = await asyncio.gather(
            *(look_at(watch, one) for watch, one in (*changed, *rest[:_ROTATION])), return_exceptions=True
        )
        news = sum(one is True for one in done)
        if news:
            self.wake()
        for one in done:
            if isinstance(one, BaseException):
                raise one
        return news

    async def _look_at(self, watch: Watch, request: Mapping[str, Any]) -> bool:
        comments = await read_public(self.client, watch.number)
        return await self.store.write(partial(self._record, ref=watch.ref, request=request, comments=comments))

    def _record(
        self, session: Session, ref: str, request: Mapping[str, Any], comments: Sequence[PublicComment]
    ) -> bool:
        """Store what is seen and queue what is told; whether there was news. What was seen is read again here."""
        watch, case, now = session.watched.get(ref), session.cases.get(ref), self.clock()
        if watch is None or case is None:
            return False
        phase = str(request.get(self.names.phase) or "")
        new = [one for one in comments if one.id not in watch.comments and not one.ours]
        seen = watch.comments | {one.id for one in comments}
        session.watched.save(replace(watch, changed=_millis(request), phase=phase, comments=seen), now)
        told = False
        requester = str(request.get(self.names.requested_by) or "")
        for comment in new:
            event = Happened("case_answered", ref, self._detail(case, comment.text))
            # Nobody is told what he has written himself.
            told |= self._tell_all(session, case, event, reporter=comment.by != requester)
        status = self._status(phase)
        if status is not None and status is not case.status and case.status in OPEN and phase != watch.phase:
            session.cases.update(case.with_status(status, now))
            solution = to_text(str(request.get("Solution") or ""))
            outcome = f"case_now_{status.value}"
            told |= self._tell_all(session, case, Happened(outcome, ref, self._detail(case, solution)), reporter=True)
        return told

    def _tell_all(self, session: Session, case: Case, event: Happened, *, reporter: bool) -> bool:
        """The reporter where the case was opened, and followers we know, each where nobody else reads."""
        told: dict[str, str] = {}
        opened_in = session.cases.conversation_of(case.ref)
        if reporter and opened_in is not None:
            told[case.reporter.id] = opened_in
        for follower in case.followers:
            for person_id in (follower, *session.people.with_email(follower)):
                own = personal_conversation(session, person_id)
                if own is not None and person_id != case.reporter.id:
                    told.setdefault(person_id, own.id)
        for person_id, conversation_id in told.items():
            self.tell(session, conversation_id, person_id, event)
        return bool(told)

    def _status(self, phase: str) -> Status | None:
        """Our word for a phase; None for one we do not know, which changes nothing."""
        word = self.names.phases.get(phase)
        return Status(word) if word is not None else None

    def _detail(self, case: Case, text: str) -> dict[str, str]:
        cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        return {"text": cut, "url": case.kompass.url if case.kompass else ""}


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), MOST_IDS):
        yield ids[start : start + MOST_IDS]


def _millis(request: Mapping[str, Any]) -> int:
    text = str(request.get("LastUpdateTime", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
