"""The cases of fellesfeil, whose answer is awaited after one, and the problem cases that are still to be made."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import Protocol

from bot.store.cases import case_from_text
from bot.store.moments import from_millis, to_millis
from dialogs.case import OPEN, Case
from dialogs.problem_task import ProblemTask

# Word for word what the index has, or else it is not used.
_OPEN_FAULT = (
    f"status IN ({', '.join(repr(status.value) for status in sorted(OPEN))})"
    " AND json_extract(json, '$.kind') = 'support' AND json_extract(json, '$.fellesfeil') IS NULL"
)

# A case that the case system has closed may still not work; one that is no longer wanted is asked about no more.
_AWAITED = (
    "FROM verifications JOIN cases USING (ref) WHERE works IS NULL AND status NOT IN ('withdrawn', 'moved', 'rejected')"
)

MOST_FAULTS = 300
"""More than this nobody goes through when a fellesfeil is put together."""


class Fellesfeil(Protocol):
    """The cases of fellesfeil, and what is asked about them. A part of `port`."""

    def cases(self, notice_ref: str) -> tuple[Case, ...]:
        """The cases that belong to a fellesfeil, whatever their status, oldest first."""
        ...

    def faults(self, since: datetime, limit: int = MOST_FAULTS) -> tuple[Case, ...]:
        """The cases of active fellesfeil, and open faults reported since then, oldest first, at most `limit`."""
        ...

    def ask(self, case: Case, at: datetime) -> None:
        """Note that the reporter is asked whether it works; asking again opens the question anew."""
        ...

    def awaits(self, ref: str) -> bool:
        """Whether the reporter of the case has been asked and has not answered."""
        ...

    def to_verify(self, person_id: str) -> frozenset[str]:
        """The person's cases of which it has not been answered."""
        ...

    def answered(self, ref: str, works: bool, at: datetime) -> None:
        """The reporter has answered."""
        ...

    def forget_person(self, person_id: str) -> None:
        """Ask a person nothing any more."""
        ...

    def add_problem(self, task: ProblemTask) -> None:
        """Keep a task; a later one of the same fellesfeil takes its place and is open again."""
        ...

    def problems(self) -> tuple[ProblemTask, ...]:
        """The tasks that are still open, oldest first."""
        ...

    def settle_problem(self, notice_ref: str, made: bool, note: str, at: datetime) -> bool:
        """The task is done or not needed; False when none was open."""
        ...


class SqliteFellesfeil:
    """See `Fellesfeil`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def cases(self, notice_ref: str) -> tuple[Case, ...]:
        """Through the index of fellesfeil."""
        rows = self._connection.execute(
            "SELECT json FROM cases WHERE json_extract(json, '$.fellesfeil') = ? ORDER BY created_at, ref",
            (notice_ref,),
        )
        return tuple(case_from_text(row[0]) for row in rows)

    def faults(self, since: datetime, limit: int = MOST_FAULTS) -> tuple[Case, ...]:
        """Through the indexes of fellesfeil and of open faults; those of a fellesfeil first, when there are too many.

        CROSS JOIN and the plus keep SQLite from going through every case by its age, or every one of any fellesfeil.
        """
        of_fellesfeil = self._connection.execute(
            "SELECT cases.json FROM notices CROSS JOIN cases ON json_extract(cases.json, '$.fellesfeil') = +notices.ref"
            " WHERE notices.status = 'active' ORDER BY cases.created_at DESC LIMIT ?",
            (limit,),
        ).fetchall()
        others = self._connection.execute(
            f"SELECT json FROM cases INDEXED BY cases_open_faults WHERE created_at >= ? AND {_OPEN_FAULT}"  # noqa: S608  our own words
            " ORDER BY created_at DESC LIMIT ?",
            (to_millis(since), limit - len(of_fellesfeil)),
        ).fetchall()
        found = (case_from_text(row[0]) for row in (*of_fellesfeil, *others))
        return tuple(sorted(found, key=lambda case: (case.created_at, case.ref)))

    def ask(self, case: Case, at: datetime) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO verifications (ref, person_id, asked_at) VALUES (?, ?, ?) ON CONFLICT (ref) DO UPDATE"
            " SET asked_at = excluded.asked_at, works = NULL, answered_at = NULL",
            (case.ref, case.reporter.id, to_millis(at)),
        )

    def awaits(self, ref: str) -> bool:
        """By our reference."""
        row = self._connection.execute(f"SELECT 1 {_AWAITED} AND ref = ?", (ref,)).fetchone()
        return row is not None

    def to_verify(self, person_id: str) -> frozenset[str]:
        """Through the index that holds the unanswered ones alone."""
        rows = self._connection.execute(f"SELECT ref {_AWAITED} AND person_id = ?", (person_id,))
        return frozenset(row[0] for row in rows)

    def answered(self, ref: str, works: bool, at: datetime) -> None:
        """By our reference."""
        self._connection.execute(
            "UPDATE verifications SET works = ?, answered_at = ? WHERE ref = ?", (works, to_millis(at), ref)
        )

    def forget_person(self, person_id: str) -> None:
        """Delete the rows."""
        self._connection.execute("DELETE FROM verifications WHERE person_id = ?", (person_id,))

    def add_problem(self, task: ProblemTask) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO problem_tasks (notice, what, draft, by_person, created_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (notice) DO UPDATE SET what = excluded.what, draft = excluded.draft,"
            " by_person = excluded.by_person, created_at = excluded.created_at,"
            " made = NULL, note = '', settled_at = NULL",
            (task.fellesfeil, task.what, task.draft, task.by, to_millis(task.at)),
        )

    def problems(self) -> tuple[ProblemTask, ...]:
        """By age."""
        rows = self._connection.execute(
            "SELECT notice, what, draft, by_person, created_at FROM problem_tasks WHERE made IS NULL"
            " ORDER BY created_at, notice"
        )
        return tuple(ProblemTask(ref, what, draft, by, from_millis(at)) for ref, what, draft, by, at in rows)

    def settle_problem(self, notice_ref: str, made: bool, note: str, at: datetime) -> bool:
        """By fellesfeil."""
        changed = self._connection.execute(
            "UPDATE problem_tasks SET made = ?, note = ?, settled_at = ? WHERE notice = ? AND made IS NULL",
            (made, note, to_millis(at), notice_ref),
        ).rowcount
        return changed == 1
