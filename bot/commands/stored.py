"""Commands on what is stored: cases and roles. They read and write the same store as the running bot."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.store.port import Store
from bot.store.records import RoleGrant
from dialogs.case import Role
from knowledge.errors import LosenError

GRANTED_BY_OPERATOR = "operator"


async def list_cases(store: Store) -> list[dict[str, Any]]:
    """Every case, oldest first, in the shape of the design."""
    cases = await store.read(lambda session: session.cases.all())
    return [case.to_json() for case in cases]


async def list_roles(store: Store) -> list[dict[str, Any]]:
    """Every granted role."""
    grants = await store.read(lambda session: session.people.grants())
    return [
        {
            "person": grant.person_id,
            "role": grant.role,
            "virksomhet": grant.virksomhet,
            "granted_by": grant.granted_by,
            "at": grant.at.isoformat(),
        }
        for grant in grants
    ]


async def grant_role(
    store: Store, person_id: str, role: str, now: datetime, by: str = GRANTED_BY_OPERATOR, virksomhet: str = ""
) -> None:
    """Give a person a role, in a virksomhet or in none in particular; again changes nothing.

    A 1.linje sees the inbox of the virksomhet named here, and no inbox when none is.
    """
    grant = RoleGrant(person_id, Role(role).value, by, now, virksomhet)
    await store.write(lambda session: session.people.grant(grant))


async def revoke_role(store: Store, person_id: str, role: str) -> bool:
    """Take a role back in every virksomhet; False when it was not granted."""
    return await store.write(lambda session: session.people.revoke(person_id, role))


async def import_roles(store: Store, file: Path, now: datetime, virksomheter: Collection[str]) -> int:
    """Grant the roles of a CSV file with the columns person and role, all or nothing; returns how many lines.

    A column virksomhet, where there is one, holds an abbreviation among `virksomheter` or nothing.
    """
    lines = _role_lines(file, virksomheter)
    grants = [RoleGrant(person, role, GRANTED_BY_OPERATOR, now, place) for person, role, place in lines]

    def grant_all(session: Any) -> None:
        for grant in grants:
            session.people.grant(grant)

    await store.write(grant_all)
    return len(grants)


def case_lines(cases: list[dict[str, Any]]) -> list[str]:
    """Cases for people, a line each."""
    return [f"{case['ref']}  {case['status']:<18} {case['route']:<20} {case['title']}" for case in cases] or ["(none)"]


def role_lines(grants: list[dict[str, Any]]) -> list[str]:
    """Granted roles for people, a line each."""
    return [
        f"{grant['person']:<40} {grant['role']:<16} {grant['virksomhet'] or '-':<5} by {grant['granted_by']}"
        for grant in grants
    ] or ["(none)"]


SHOW: dict[str, Callable[[list[dict[str, Any]]], list[str]]] = {
    "cases": case_lines,
    "roles": role_lines,
}


def _role_lines(file: Path, virksomheter: Collection[str]) -> list[tuple[str, str, str]]:
    import csv

    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    known = {role.value for role in Role}
    problems = [
        f"line {number}: person and a role among {', '.join(sorted(known))} are expected"
        for number, row in enumerate(rows, 2)
        if not (row.get("person") or "").strip() or (row.get("role") or "").strip() not in known
    ]
    problems += [
        f"line {number}: no virksomhet is abbreviated {place}"
        for number, row in enumerate(rows, 2)
        if (place := _place(row)) and place not in virksomheter
    ]
    if problems:
        raise LosenError(f"{file}: nothing was granted. " + "; ".join(problems[:10]))
    return [(row["person"].strip(), row["role"].strip(), _place(row)) for row in rows]


def _place(row: dict[str, str]) -> str:
    return (row.get("virksomhet") or "").strip().upper()
