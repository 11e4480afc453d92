"""The step that brought the inboxes: what stood before is in them, and granted roles stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from sqlite_utils import Database

from bot.store.cases import SqliteCases
from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.people import SqlitePeople
from bot.store.records import RoleGrant
from bot.store.sqlite import _connect
from dialogs.case import Status
from tests.bot.samples import MONDAY, a_case


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """As the first program left it, with three cases and a role in it."""
    database = Database(_connect(tmp_path / "losen.db"))
    MIGRATIONS.apply(database, stop_before=["m003_inbox"])
    cases = (
        replace(a_case("L-2026-000001"), route="1.linje BGO"),
        replace(a_case("L-2026-000002"), route="1.linje BGO", status=Status.WITHDRAWN),
        a_case("L-2026-000003"),
    )
    for case in cases:
        database.execute(
            "INSERT INTO cases (ref, json, status, reporter_id, conversation_id, created_at, updated_at)"
            " VALUES (?, ?, ?, 'kari', 'c1', 1, 1)",
            (case.ref, orjson.dumps(case.to_json()).decode(), case.status.value),
        )
    database.execute("INSERT INTO roles VALUES ('lars', '1linje', 'admin', ?)", (int(MONDAY.timestamp() * 1000),))
    yield database
    database.close()


def test_open_cases_at_first_line_are_in_their_inbox(db: Database) -> None:
    assert migrate(db)[0] == "m003_inbox"
    assert [case.ref for case in SqliteCases(db.conn).inbox({"BGO"}, 20)] == ["L-2026-000001"]


def test_a_role_granted_before_stays_and_opens_no_inbox(db: Database) -> None:
    migrate(db)
    people = SqlitePeople(db.conn)
    assert people.grants() == (RoleGrant("lars", "1linje", "admin", MONDAY),)
    assert people.first_line_of("lars") == frozenset()
    people.grant(RoleGrant("lars", "1linje", "admin", MONDAY, "BGO"))
    assert people.first_line_of("lars") == {"BGO"}
    assert people.revoke("lars", "1linje")
    assert people.roles("lars") == frozenset()
