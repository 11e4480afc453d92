"""The catalogue is fetched from Kompass every night (see `bot.nightly`), and the desk hears what changed.

A catalogue that cannot be read or has lost a suspicious share of its forms is not taken into use: a case cannot be
moved to another form (G 4.1), so a broken export would send people to the wrong ones. The desk is told then, too.

It is told under a key made of what it is told, before the catalogue is exchanged: after a kill in between the exchange
is made the next night, and nobody hears of it a second time.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.commands.catalogue import current_catalogue_file, imported_file, take_into_use, too_many_lost
from bot.kompass.client import KompassClient
from bot.kompass.offerings import fetch_entries
from bot.nightly import PATIENT, patiently
from bot.notices.telling import DeskTeller, note_to_desk
from bot.private_files import replace_private
from bot.store.port import Session, Store
from knowledge.catalogue import Catalogue
from knowledge.catalogue.importing import compare, read_catalogue
from knowledge.errors import BrokenCatalogue

_MOST_NAMED = 5
_LONGEST_REASON = 300

_NO_DETAIL = {"id": "", "reason": "", "added": "", "removed": "", "changed": ""}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatalogueEveryNight:
    """See `bot.nightly.NightlyJob`.

    address: of the form of an offering, with {id}. words: a text for the desk (`TurnService.words`). queued is called
    when the desk is to be told. clock gives aware times, sleep waits in seconds, jitter is from 0 to 1.
    """

    client: KompassClient
    data_dir: Path
    address: str
    store: Store
    words: Callable[..., str]
    queued: Callable[[], None]
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    jitter: Callable[[], float]

    @property
    def what(self) -> str:
        """For the log."""
        return "the catalogue"

    @property
    def file(self) -> Path:
        """The imported catalogue, whether Kompass or an operator's file was imported."""
        return imported_file(self.data_dir)

    def last(self) -> datetime | None:
        """When Kompass last gave its offerings, whether they were taken into use or not."""
        try:
            return datetime.fromtimestamp(fetched_file(self.data_dir).stat().st_mtime, UTC)
        except OSError:
            return None

    async def renew(self) -> None:
        """Raises PortError, BrokenCatalogue, LosenError when too much is gone, StoreError or OSError."""
        before = await asyncio.to_thread(read_catalogue, current_catalogue_file(self.data_dir, None))

        async def fetch() -> list[dict[str, Any]]:
            return await fetch_entries(self.client, before, self.address)

        entries = await patiently(fetch, PATIENT, clock=self.clock, sleep=self.sleep, jitter=self.jitter)
        file = await asyncio.to_thread(keep_fetched, entries, self.data_dir, self.clock())
        try:
            new = await asyncio.to_thread(read_catalogue, file)
        except BrokenCatalogue as error:
            reason = "; ".join(error.problems)[:_LONGEST_REASON]
            await self._tell("desk_catalogue_broken", {"reason": reason})
            raise
        report = compare(before, new)
        if too_many_lost(report):
            lost = _named(report.removed, before)
            await self._tell("desk_catalogue_shrunk", {"removed": lost, "id": str(len(before))})
        elif report.added or report.removed or report.changed:
            changes = {"added": _named(report.added, new), "removed": _named(report.removed, before)}
            await self._tell("desk_catalogue_changed", {**changes, "changed": _named(tuple(report.changed), new)})
        if report.added or report.removed or report.changed:
            # Raises when too many are lost, with what an operator can do about it.
            await asyncio.to_thread(take_into_use, new, report, self.data_dir, force=False)
        _log.info("the catalogue was fetched", extra={"count": len(new)})

    async def _tell(self, outcome: str, detail: dict[str, str]) -> None:
        told = json.dumps([outcome, detail], ensure_ascii=False, sort_keys=True)
        key = f"catalogue-{hashlib.sha256(told.encode()).hexdigest()[:20]}"
        now, numbers = self.clock(), count(1)
        summary = self.words(f"outcome.{outcome}", ref="", **{**_NO_DETAIL, **detail})

        def write(session: Session) -> bool:
            if session.outbox.get(key) is not None:
                return False
            session.outbox.add(note_to_desk(key, key, "", "", summary, now))
            DeskTeller(session, now, lambda: f"{key}-{next(numbers)}").tell_others("", "", outcome, detail)
            return True

        if await self.store.write(write):
            self.queued()


def fetched_file(data_dir: Path) -> Path:
    """What Kompass gave last, before it was checked."""
    return data_dir / "catalogue-from-kompass.json"


def keep_fetched(entries: Sequence[Mapping[str, Any]], data_dir: Path, now: datetime) -> Path:
    """Keep the entries to be checked and taken into use like any other catalogue file; raises OSError."""
    file = fetched_file(data_dir)
    replace_private(file, json.dumps(entries, ensure_ascii=False, indent=1))
    os.utime(file, (now.timestamp(), now.timestamp()))
    return file


def _named(form_ids: Sequence[int], catalogue: Catalogue) -> str:
    """How many, and which of them by title, as far as people read: "2 (A, B)"."""
    titles = [catalogue.get(form_id).title for form_id in form_ids[:_MOST_NAMED]]
    if not titles:
        return "0"
    return f"{len(form_ids)} ({', '.join(titles)}{' …' if len(form_ids) > len(titles) else ''})"
