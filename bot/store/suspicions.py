"""Suspicions of a fellesfeil, and which report is behind which."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from datetime import datetime
from typing import Protocol

import orjson

from bot.store.counters import next_ref, use_up
from bot.store.moments import to_millis
from dialogs.suspicion import Suspicion
from knowledge.errors import StoreError

_MOST_KNOWN = 16


class Suspicions(Protocol):
    """Suspicions by reference, standing, and report. A part of `port`."""

    def next_ref(self, year: int) -> str:
        """The reference the next suspicion of the year gets ("M-2026-0001"); not used up until `add`."""
        ...

    def add(self, suspicion: Suspicion) -> None:
        """Store a new one and use up its reference; raises StoreError when the reference is not the next one."""
        ...

    def update(self, suspicion: Suspicion) -> None:
        """Replace a stored one; raises StoreError when there is none with its reference."""
        ...

    def get(self, ref: str) -> Suspicion | None:
        """By reference."""
        ...

    def open(self) -> tuple[Suspicion, ...]:
        """Those nobody has decided about, newest first."""
        ...

    def changed_since(self, at: datetime) -> tuple[Suspicion, ...]:
        """Those that were raised, grew or were decided at this time or later, newest first."""
        ...

    def confirmed_by(self, notice_ref: str) -> tuple[Suspicion, ...]:
        """Those that are the fellesfeil of this notice."""
        ...

    def all(self) -> tuple[Suspicion, ...]:
        """Every one, oldest first."""
        ...


class SqliteSuspicions:
    """See `Suspicions`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # In an outage every report reads the suspicion again and adds one to its hundreds. By reference, as last read
        # or written; the text tells whether it still is the one.
        self._known: OrderedDict[str, tuple[str, Suspicion]] = OrderedDict()

    def next_ref(self, year: int) -> str:
        """M for mistanke, four digits."""
        return next_ref(self._connection, "suspicion", "M", 4, year)

    def add(self, suspicion: Suspicion) -> None:
        """The suspicion and its number."""
        use_up(self._connection, "suspicion", suspicion.ref)
        self._connection.execute(
            "INSERT INTO suspicions (ref, json, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (
                suspicion.ref,
                self._to_text(suspicion),
                suspicion.status.value,
                to_millis(suspicion.created_at),
                to_millis(suspicion.updated_at),
            ),
        )

    def update(self, suspicion: Suspicion) -> None:
        """A whole new version."""
        changed = self._connection.execute(
            "UPDATE suspicions SET json = ?, status = ?, updated_at = ? WHERE ref = ?",
            (self._to_text(suspicion), suspicion.status.value, to_millis(suspicion.updated_at), suspicion.ref),
        ).rowcount
        if changed != 1:
            raise StoreError(f"there is no suspicion {suspicion.ref}")

    def get(self, ref: str) -> Suspicion | None:
        """By reference."""
        row = self._connection.execute("SELECT ref, json FROM suspicions WHERE ref = ?", (ref,)).fetchone()
        return self._from_row(*row) if row else None

    def open(self) -> tuple[Suspicion, ...]:
        """Through an index that holds only the open ones."""
        return self._read("WHERE status = 'open' ORDER BY created_at DESC, ref DESC")

    def changed_since(self, at: datetime) -> tuple[Suspicion, ...]:
        """By change; a report is heard in a turn, so it must not take long."""
        return self._read("WHERE updated_at >= ? ORDER BY created_at DESC, ref DESC", to_millis(at))

    def confirmed_by(self, notice_ref: str) -> tuple[Suspicion, ...]:
        """Of some hundred a year, when a notice is published."""
        return self._read("WHERE json_extract(json, '$.notice') = ? ORDER BY created_at, ref", notice_ref)

    def all(self) -> tuple[Suspicion, ...]:
        """By age."""
        return self._read("ORDER BY created_at, ref")

    def _read(self, clause: str, *values: int | str) -> tuple[Suspicion, ...]:
        rows = self._connection.execute(f"SELECT ref, json FROM suspicions {clause}", values)  # noqa: S608  clauses above
        return tuple(self._from_row(*row) for row in rows)

    def _to_text(self, suspicion: Suspicion) -> str:
        text = orjson.dumps(suspicion.with_reports_as_they_are()).decode()
        self._keep(text, suspicion)
        return text

    def _from_row(self, ref: str, text: str) -> Suspicion:
        known = self._known.get(ref)
        if known is not None and known[0] == text:
            return known[1]
        suspicion = Suspicion.from_json(orjson.loads(text))
        self._keep(text, suspicion)
        return suspicion

    def _keep(self, text: str, suspicion: Suspicion) -> None:
        self._known[suspicion.ref] = (text, suspicion)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
