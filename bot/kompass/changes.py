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
from bot.kompass.names import Names
from bot.kompass.news import Piece, news_of
from bot.store.port import Session, Store
from bot.store.records import Watch
from dialogs.case import Case
from dialogs.events import Happened
from knowledge.errors import LosenError

_ROTATION = 25
"""Unchanged cases whose comments are read all the same, each round."""

_log = logging.getLogger(__name__)


class Tell(Protocol):
    """Puts an outcome into words and queues the message, in the transaction that records it (`TurnService.tell`)."""

    def __call__(self, session: Session, conversation_id: str, person_id: str, event: Happened) -> None:
        """For one person in one conversation."""
        ...


@dataclass(frozen=True, slots=True)
class ChangeWatch:
    """Looks every `every` seconds. wake is called when something was queued.

    approval_address: where people answer the approval of the case with this number.
    """

    client: KompassClient
    names: Names
    store: Store
    tell: Tell
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    every: float
    wake: Callable[[], None]
    approval_address: Callable[[str], str]

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
            names = self.names
            layout = ("Id", names.phase, names.status, "LastUpdateTime", "Solution", names.requested_by)
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
        seen = watch.comments | {one.id for one in comments}
        session.watched.save(replace(watch, changed=_millis(request), phase=phase, comments=seen), now)
        changed, pieces = news_of(watch, case, request, comments, self.names, now)
        if changed != case:
            session.cases.update(changed)
        told = [self._tell_all(session, changed, piece) for piece in pieces]
        return any(told)

    def _tell_all(self, session: Session, case: Case, piece: Piece) -> bool:
        """The reporter where the case was opened, and followers we know, each where nobody else reads."""
        told: dict[str, str] = {}
        opened_in = session.cases.conversation_of(case.ref)
        if piece.to_reporter and opened_in is not None:
            told[case.reporter.id] = opened_in
        for follower in case.followers:
            for person_id in (follower, *session.people.with_email(follower)):
                own = personal_conversation(session, person_id)
                if own is not None and person_id != case.reporter.id:
                    told.setdefault(person_id, own.id)
        event = Happened(piece.outcome, case.ref, {"text": piece.text, "url": self._url(case, piece)})
        spared = session.watched.muted(case.ref) if piece.quiet else frozenset[str]()
        hearing = [(person_id, where) for person_id, where in told.items() if person_id not in spared]
        for person_id, conversation_id in hearing:
            self.tell(session, conversation_id, person_id, event)
        return bool(hearing)

    def _url(self, case: Case, piece: Piece) -> str:
        if case.kompass is None:
            return ""
        return self.approval_address(case.kompass.id) if piece.approval else case.kompass.url


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), MOST_IDS):
        yield ids[start : start + MOST_IDS]


def _millis(request: Mapping[str, Any]) -> int:
    text = str(request.get("LastUpdateTime", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
