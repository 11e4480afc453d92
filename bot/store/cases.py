"""Cases in SQLite: the JSON of DESIGN 5 is the truth, the columns beside it are for finding."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import lru_cache

import orjson

from bot.store.counters import next_ref, use_up
from bot.store.moments import to_millis
from dialogs.case import Case
from knowledge.errors import StoreError

_LONGEST_REMEMBERED = 4000
# The newest of each name, so that somebody with a thousand cases waits no longer than somebody with one.
_NEWEST = (
    "SELECT * FROM (SELECT ref, created_at FROM case_people WHERE person_id = {} ORDER BY 2 DESC, 1 DESC LIMIT :limit)"
)
_SEEN = "SELECT json FROM ({}) AS seen JOIN cases USING (ref) ORDER BY seen.created_at DESC, ref DESC LIMIT :limit"
_OF_PERSON = _SEEN.format(f"{_NEWEST.format(':person')} UNION {_NEWEST.format(':address')}")
_OF_PERSON_WITHOUT_ADDRESS = _SEEN.format(_NEWEST.format(":person"))


class SqliteCases:
    """See `port.Cases`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def next_ref(self, year: int) -> str:
        """L for Losen, six digits."""
        return next_ref(self._connection, "case", "L", 6, year)

    def add(self, case: Case, conversation_id: str) -> None:
        """The case, its number, and who may see it."""
        use_up(self._connection, "case", case.ref)
        created = to_millis(case.created_at)
        self._connection.execute(
            "INSERT INTO cases (ref, json, status, reporter_id, kompass_id, conversation_id, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case.ref,
                _to_text(case),
                case.status.value,
                case.reporter.id,
                case.kompass.id if case.kompass else None,
                conversation_id,
                created,
                to_millis(case.updated_at),
            ),
        )
        self._save_people(case)
        self._save_inbox(case)

    def update(self, case: Case) -> None:
        """Everything but the conversation, which never changes."""
        changed = self._connection.execute(
            "UPDATE cases SET json = ?, status = ?, kompass_id = ?, updated_at = ? WHERE ref = ?",
            (
                _to_text(case),
                case.status.value,
                case.kompass.id if case.kompass else None,
                to_millis(case.updated_at),
                case.ref,
            ),
        ).rowcount
        if changed != 1:
            raise StoreError(f"there is no case {case.ref}")
        self._connection.execute("DELETE FROM case_people WHERE ref = ?", (case.ref,))
        self._save_people(case)
        self._connection.execute("DELETE FROM inbox WHERE ref = ?", (case.ref,))
        self._save_inbox(case)

    def get(self, ref: str) -> Case | None:
        """By our reference."""
        row = self._connection.execute("SELECT json FROM cases WHERE ref = ?", (ref,)).fetchone()
        return case_from_text(row[0]) if row else None

    def conversation_of(self, ref: str) -> str | None:
        """By our reference."""
        row = self._connection.execute("SELECT conversation_id FROM cases WHERE ref = ?", (ref,)).fetchone()
        return str(row[0]) if row else None

    def of_person(self, person_id: str, limit: int, email: str = "") -> tuple[Case, ...]:
        """Through the index of people, which is sorted by time; an empty address is nobody's."""
        known_as = {"person": person_id, "address": email.lower(), "limit": limit}
        rows = self._connection.execute(_OF_PERSON if email else _OF_PERSON_WITHOUT_ADDRESS, known_as)
        return tuple(case_from_text(row[0]) for row in rows)

    def inbox(self, virksomheter: Collection[str], limit: int) -> tuple[Case, ...]:
        """Through the table that holds the open ones alone, sorted by time."""
        rows = self._connection.execute(
            "SELECT json FROM inbox JOIN cases USING (ref) WHERE virksomhet IN (SELECT value FROM json_each(?))"
            " ORDER BY inbox.created_at DESC, ref DESC LIMIT ?",
            (orjson.dumps(sorted(virksomheter)).decode(), limit),
        )
        return tuple(case_from_text(row[0]) for row in rows)

    def take(self, ref: str, person_id: str) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO taken_cases (ref, person_id) VALUES (?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET person_id = excluded.person_id",
            (ref, person_id),
        )

    def taken_by(self, ref: str) -> str | None:
        """By our reference."""
        row = self._connection.execute("SELECT person_id FROM taken_cases WHERE ref = ?", (ref,)).fetchone()
        return str(row[0]) if row else None

    def all(self) -> tuple[Case, ...]:
        """By age."""
        rows = self._connection.execute("SELECT json FROM cases ORDER BY created_at, ref")
        return tuple(case_from_text(row[0]) for row in rows)

    def _save_people(self, case: Case) -> None:
        created = to_millis(case.created_at)
        self._connection.executemany(
            "INSERT INTO case_people (person_id, created_at, ref) VALUES (?, ?, ?)",
            [(person, created, case.ref) for person in {case.reporter.id, *map(_as_found, case.followers)}],
        )

    def _save_inbox(self, case: Case) -> None:
        if case.first_line and case.is_open:
            self._connection.execute(
                "INSERT INTO inbox (virksomhet, created_at, ref) VALUES (?, ?, ?)",
                (case.first_line, to_millis(case.created_at), case.ref),
            )


def _as_found(follower: str) -> str:
    """An address is one whatever its capitals; an id is as it is."""
    return follower.lower() if "@" in follower else follower


def _to_text(case: Case) -> str:
    return orjson.dumps(case.to_json()).decode()


def case_from_text(text: str) -> Case:
    """A case as its JSON was stored."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _read(text)


# Every turn reads the person's cases, which seldom change; the same text is always the same, immutable case. One that
# somebody pasted his log in is read anew: a thousand of those would take as much memory as all else.
@lru_cache(maxsize=1500)
def _remembered(text: str) -> Case:
    return _read(text)


def _read(text: str) -> Case:
    return Case.from_json(orjson.loads(text))
