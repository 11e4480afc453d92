"""Fetch, check, keep: the register of systems is renewed every night, and whenever the command asks for it.

What is fetched replaces the snapshot only when all of it is whole and it has not shrunk suspiciously; otherwise the
old one stays.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.systemoversikten.snapshot import Snapshot, read_snapshot, write_snapshot
from knowledge.errors import BrokenKnowledge
from knowledge.systemoversikten import Operators, Overview, read_overview

Fetch = Callable[[], Awaitable[Mapping[str, object]]]
"""Fetches the tables; raises PortError."""

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


@dataclass(frozen=True, slots=True)
class RegisterEveryNight:
    """The register of systems as what `bot.nightly` renews."""

    renewal: Renewal

    @property
    def what(self) -> str:
        """For the log."""
        return "the register of systems"

    @property
    def file(self) -> Path:
        """The snapshot."""
        return self.renewal.file

    async def renew(self) -> None:
        """Raises PortError, BrokenKnowledge or OSError."""
        overview = await self.renewal.renew()
        if overview.unreadable:
            _log.warning("some rows of Systemoversikten cannot be read", extra={"count": overview.unreadable})
        _log.info("the register of systems was renewed", extra={"count": len(overview.systems)})

    def last(self) -> datetime | None:
        """By the snapshot."""
        kept = self.renewal.last()
        return kept.fetched_at if kept else None
