"""Watches the promised updates: who promised is reminded before, and all of the desk hear when nothing came.

Each is told once, however often the bot is started anew: that it was told is written with the message itself.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.notices.telling import DeskTeller
from bot.store.port import Session, Store
from bot.store.promises import Promise
from dialogs.notice_message import as_sentence
from knowledge.errors import LosenError

LOOK_EVERY = 15.0
"""Seconds. Promises are made to the minute."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PromiseWatch:
    """Looks every `LOOK_EVERY` seconds. wake is called when something was queued."""

    store: Store
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    new_id: Callable[[], str]
    wake: Callable[[], None]

    async def run(self) -> None:
        """Never ends by itself: whatever goes wrong is logged, and the next round is another attempt."""
        while True:
            try:
                await self.look()
            except LosenError as error:
                _log.warning("promised updates were not looked at: %s", error)
            except Exception:
                _log.exception("promised updates were not looked at")
            await self.sleep(LOOK_EVERY)

    async def look(self) -> int:
        """One round; returns how many promises were told of. Raises StoreError."""
        now = self.clock()

        # Looking does not take the write lock, so that the watch is never in the way of turns.
        def due(session: Session) -> bool:
            return bool(session.promises.to_remind(now) or session.promises.overdue(now))

        if not await self.store.read(due):
            return 0
        told = await self.store.write(lambda session: self._tell(session, now))
        self.wake()
        return told

    def _tell(self, session: Session, now: datetime) -> int:
        desk = DeskTeller(session, now, self.new_id)
        late = session.promises.overdue(now)
        for promise in late:
            session.promises.mark_raised(promise)
            detail = self._detail(session, promise, now)
            reached = desk.tell(promise.person_id, promise.ref, "notice_update_late", detail)
            reached |= bool(desk.tell_others(promise.person_id, promise.ref, "notice_update_late", detail))
            _log.warning("a promised update is late", extra={"notice": promise.ref, "told": reached})
        soon = session.promises.to_remind(now)
        for promise in soon:
            session.promises.mark_reminded(promise)
            desk.tell(promise.person_id, promise.ref, "notice_update_due", self._detail(session, promise, now))
        return len(late) + len(soon)

    def _detail(self, session: Session, promise: Promise, now: datetime) -> dict[str, str]:
        notice = session.notices.get(promise.ref)
        what = as_sentence(notice.what) if notice is not None else ""
        return {"name": what, "text": f"{promise.due.astimezone(now.tzinfo):%H.%M}"}
