"""Numbers of cases and notices: a row a year, without holes, since a number is used up only with its case."""

from __future__ import annotations

import re
import sqlite3

from knowledge.errors import StoreError

_REF = re.compile(r"[A-ZÆØÅ]+-(?P<year>\d{4})-(?P<number>\d+)")


def next_ref(connection: sqlite3.Connection, name: str, prefix: str, digits: int, year: int) -> str:
    """The next reference of the year, such as "L-2026-000123"; not used up."""
    row = connection.execute("SELECT last FROM counters WHERE name = ? AND year = ?", (name, year)).fetchone()
    return f"{prefix}-{year}-{(row[0] if row else 0) + 1:0{digits}}"


def use_up(connection: sqlite3.Connection, name: str, ref: str) -> None:
    """Mark a reference as used; raises StoreError when it is not the next one."""
    match = _REF.fullmatch(ref)
    if match is None:
        raise StoreError(f"{ref!r} is not a reference")
    year, number = int(match["year"]), int(match["number"])
    if number == 1:
        sql = "INSERT INTO counters (name, year, last) VALUES (?, ?, 1) ON CONFLICT (name, year) DO NOTHING"
        changed = connection.execute(sql, (name, year)).rowcount
    else:
        sql = "UPDATE counters SET last = last + 1 WHERE name = ? AND year = ? AND last = ?"
        changed = connection.execute(sql, (name, year, number - 1)).rowcount
    if changed != 1:
        raise StoreError(f"{ref} is not the next reference")
