"""Profiles and granted roles in SQLite."""

from __future__ import annotations

import sqlite3

from bot.store.moments import from_millis, to_millis
from bot.store.records import Profile, RoleGrant
from dialogs.case import Role


class SqlitePeople:
    """See `port.People`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def profile(self, person_id: str) -> Profile | None:
        """By id."""
        row = self._connection.execute(
            "SELECT id, name, virksomhet, email, phone, said_role FROM people WHERE id = ?", (person_id,)
        ).fetchone()
        return Profile(*row) if row else None

    def with_email(self, address: str) -> tuple[str, ...]:
        """Through the index of addresses in small letters; SQLite's own `lower` knows ASCII only, as addresses do."""
        rows = self._connection.execute(
            "SELECT id FROM people WHERE lower(email) = lower(?) AND email != '' ORDER BY id", (address,)
        )
        return tuple(row[0] for row in rows)

    def save_profile(self, profile: Profile) -> None:
        """Insert or replace."""
        self._connection.execute(
            "INSERT INTO people (id, name, virksomhet, email, phone, said_role) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, virksomhet = excluded.virksomhet,"
            " email = excluded.email, phone = excluded.phone, said_role = excluded.said_role",
            (profile.id, profile.name, profile.virksomhet, profile.email, profile.phone, profile.said_role),
        )

    def forget(self, person_id: str) -> None:
        """The profile; granted roles are the operator's to take back."""
        self._connection.execute("DELETE FROM people WHERE id = ?", (person_id,))

    def roles(self, person_id: str) -> frozenset[str]:
        """By person."""
        rows = self._connection.execute("SELECT role FROM roles WHERE person_id = ?", (person_id,))
        return frozenset(row[0] for row in rows)

    def first_line_of(self, person_id: str) -> frozenset[str]:
        """By person and role."""
        rows = self._connection.execute(
            "SELECT virksomhet FROM roles WHERE person_id = ? AND role = ? AND virksomhet != ''",
            (person_id, Role.FORSTELINJE.value),
        )
        return frozenset(row[0] for row in rows)

    def first_line(self, virksomhet: str) -> tuple[str, ...]:
        """Through the index of places."""
        rows = self._connection.execute(
            "SELECT person_id FROM roles WHERE virksomhet = ? AND role = ? ORDER BY person_id",
            (virksomhet, Role.FORSTELINJE.value),
        )
        return tuple(row[0] for row in rows)

    def first_line_reads(self, virksomhet: str, besides: str) -> bool:
        """On the path of every turn: two indexes, and the first hit is enough."""
        row = self._connection.execute(
            "SELECT 1 FROM roles JOIN conversations USING (person_id)"
            " WHERE virksomhet = ? AND role = ? AND person_id != ? LIMIT 1",
            (virksomhet, Role.FORSTELINJE.value, besides),
        ).fetchone()
        return row is not None

    def grant(self, grant: RoleGrant) -> None:
        """Who granted it first stays on record."""
        self._connection.execute(
            "INSERT INTO roles (person_id, role, virksomhet, granted_by, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (grant.person_id, grant.role, grant.virksomhet, grant.granted_by, to_millis(grant.at)),
        )

    def revoke(self, person_id: str, role: str) -> bool:
        """By person and role."""
        return (
            self._connection.execute("DELETE FROM roles WHERE person_id = ? AND role = ?", (person_id, role)).rowcount
            > 0
        )

    def grants(self) -> tuple[RoleGrant, ...]:
        """Sorted."""
        rows = self._connection.execute(
            "SELECT person_id, role, granted_by, at, virksomhet FROM roles ORDER BY person_id, role, virksomhet"
        )
        return tuple(RoleGrant(person, role, by, from_millis(at), place) for person, role, by, at, place in rows)
