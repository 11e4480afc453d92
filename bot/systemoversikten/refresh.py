"""Fetch, check, keep: the register of systems is renewed every night, and whenever the command asks for it.

What is fetched replaces the snapshot only when all of it is whole and it has not shrunk suspiciously; otherwise the
old one stays, and its age is told. The running bot takes every new snapshot into use, also one the command fetched.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.systemoversikten.snapshot import Snapshot, read_snapshot, write_snapshot
from knowledge.errors import BrokenKnowledge, LosenError
from knowledge.systemoversikten import Operators, Overview, read_overview

Fetch = Callable[[], Awaitable[Mapping[str, object]]]
"""Fetches the tables; raises PortError."""

POLL_SECONDS = 60.0
"""How often the running bot looks at the clock and at the file."""

OLD_AT_START = timedelta(hours=24)
"""A bot that starts with an older snapshot, or none, fetches at once instead of waiting for the night."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Makes a new snapshot out of what `fetch` gives. source is the host, for the record."""

    fetch: Fetch
    file: Path
    operators: Operators
    source: str
    clock: Callable[[], datetime]

    async def renew(self, *, any_size: bool = False) -> Overview:
        """Fetch and keep; any_size: also when a table has lost many rows.

        Raises PortError or BrokenKnowledge, and the old snapshot is untouched then.
        """
        last = None if any_size else self.last()
        answers = await self.fetch()
        return await asyncio.to_thread(self._keep, answers, last.rows if last else None)

    def last(self) -> Snapshot | None:
        """The snapshot there is; a broken one counts as none."""
        try:
            return read_snapshot(self.file)
        except BrokenKnowledge:
            return None

    def _keep(self, answers: Mapping[str, object], last_rows: Mapping[str, int] | None) -> Overview:
        overview = read_overview(answers, self.operators, last_rows)
        write_snapshot(self.file, overview, self.source, self.clock())
        return overview


class NightlyRenewal:
    """Renews at a full hour of the organisation's clock and takes new snapshots into use, until it is cancelled.

    take gets the file of a new snapshot. sleep waits in seconds.
    """

    def __init__(
        self,
        *,
        renewal: Renewal,
        take: Callable[[Path], Awaitable[None]],
        hour: int,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._renewal = renewal
        self._take = take
        self._hour = hour
        self._sleep = sleep
        self._taken = self._stamp()

    async def run(self) -> None:
        """Never ends by itself: whatever goes wrong is logged, and the next night is another attempt."""
        due = self._first()
        while True:
            now = self._renewal.clock()
            if now >= due:
                due = next_time(now, self._hour)
                await self._renew()
            await self._take_new()
            await self._sleep(POLL_SECONDS)

    async def _renew(self) -> None:
        try:
            overview = await self._renewal.renew()
        except (LosenError, OSError) as error:
            _log.error("the register of systems was not renewed: %s; %s", error, self._age())
        except Exception:
            _log.exception("the register of systems was not renewed; %s", self._age())
        else:
            if overview.unreadable:
                _log.warning("some rows of Systemoversikten cannot be read", extra={"count": overview.unreadable})
            _log.info("the register of systems was renewed", extra={"count": len(overview.systems)})

    async def _take_new(self) -> None:
        stamp = self._stamp()
        if stamp == self._taken:
            return
        # Also when it fails: the same file would fail again a minute later.
        self._taken = stamp
        try:
            await self._take(self._renewal.file)
        except Exception:
            _log.exception("the new register of systems could not be taken into use; the old one is")
        else:
            _log.info("the new register of systems is in use")

    def _first(self) -> datetime:
        now = self._renewal.clock()
        last = self._renewal.last()
        return next_time(now, self._hour) if last and now - last.fetched_at < OLD_AT_START else now

    def _age(self) -> str:
        last = self._renewal.last()
        if last is None:
            return "there is no earlier one"
        return f"the one in use is {(self._renewal.clock() - last.fetched_at) // timedelta(hours=1)} hours old"

    def _stamp(self) -> tuple[int, int] | None:
        try:
            status = self._renewal.file.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino


def next_time(now: datetime, hour: int) -> datetime:
    """The next time after `now` the clock on the wall shows the full hour."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
