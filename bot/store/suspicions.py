"""Suspicions of a fellesfeil, and which report is behind which."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from datetime import datetime
from typing import Protocol

import orjson

from bot.store.counters import next_ref, use_up
from bot.store.moments import to_millis
from dialogs.suspicion import Suspect, Suspicion
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
        # or written; the version and the text tell whether it still is the one.
        self._known: OrderedDict[str, tuple[int, str, Suspicion]] = OrderedDict()

    def next_ref(self, year: int) -> str:
        """M for mistanke, four digits."""
        return next_ref(self._connection, "suspicion", "M", 4, year)

    def add(self, suspicion: Suspicion) -> None:
        """The suspicion, its number and its reports."""
        use_up(self._connection, "suspicion", suspicion.ref)
        text = _to_text(suspicion)
        self._connection.execute(
            "INSERT INTO suspicions (ref, json, status, created_at, updated_at, version) VALUES (?, ?, ?, ?, ?, 0)",
            (
                suspicion.ref,
                text,
                suspicion.status.value,
                to_millis(suspicion.created_at),
                to_millis(suspicion.updated_at),
            ),
        )
        self._save_reports(suspicion, 0)
        self._keep(0, text, suspicion)

    def update(self, suspicion: Suspicion) -> None:
        """A new version; of its reports only those that are new are written, unless some were taken out."""
        stored = self.get(suspicion.ref)
        if stored is None:
            raise StoreError(f"there is no suspicion {suspicion.ref}")
        version, text = self._known[suspicion.ref][0] + 1, _to_text(suspicion)
        self._connection.execute(
            "UPDATE suspicions SET json = ?, status = ?, updated_at = ?, version = ? WHERE ref = ?",
            (text, suspicion.status.value, to_millis(suspicion.updated_at), version, suspicion.ref),
        )
        kept = len(stored.reports)
        if suspicion.reports[:kept] != stored.reports:
            self._connection.execute("DELETE FROM suspicion_reports WHERE suspicion = ?", (suspicion.ref,))
            kept = 0
        self._save_reports(suspicion, kept)
        self._keep(version, text, suspicion)

    def get(self, ref: str) -> Suspicion | None:
        """By reference."""
        found = self._read("WHERE ref = ?", ref)
        return found[0] if found else None

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
        rows = self._connection.execute(f"SELECT ref, version, json FROM suspicions {clause}", values)  # noqa: S608  clauses above
        return tuple(self._from_row(*row) for row in rows.fetchall())

    def _from_row(self, ref: str, version: int, text: str) -> Suspicion:
        known = self._known.get(ref)
        if known is not None and known[:2] == (version, text):
            return known[2]
        reports = self._connection.execute(
            "SELECT ref, at, title, virksomhet, role, unnamed FROM suspicion_reports WHERE suspicion = ?"
            " ORDER BY place",
            (ref,),
        )
        suspicion = Suspicion.from_json(
            orjson.loads(text),
            (
                Suspect(case, datetime.fromisoformat(at), title, virksomhet, role, bool(unnamed))
                for case, at, title, virksomhet, role, unnamed in reports
            ),
        )
        self._keep(version, text, suspicion)
        return suspicion

    def _save_reports(self, suspicion: Suspicion, begin: int) -> None:
        """Those from this place on."""
        self._connection.executemany(
            "INSERT INTO suspicion_reports (suspicion, place, ref, at, title, virksomhet, role, unnamed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (suspicion.ref, place, one.ref, one.at.isoformat(), one.title, one.virksomhet, one.role, one.unnamed)
                for place, one in enumerate(suspicion.reports[begin:], begin)
            ],
        )

    def _keep(self, version: int, text: str, suspicion: Suspicion) -> None:
        self._known[suspicion.ref] = (version, text, suspicion)
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)


def _to_text(suspicion: Suspicion) -> str:
    return orjson.dumps(suspicion.to_json()).decode()
