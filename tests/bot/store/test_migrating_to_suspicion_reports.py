"""The step that gave the reports behind a suspicion a table of their own: what stood in its JSON is read as it was."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path

from sqlite_utils import Database

from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.moments import to_millis
from bot.store.sqlite import _connect
from bot.store.suspicions import SqliteSuspicions
from dialogs.suspicion import Suspicion
from tests.dialogs.test_suspicions import suspicion


def as_it_was(one: Suspicion) -> str:
    reports = [{**asdict(each), "at": each.at.isoformat()} for each in one.reports]
    return json.dumps({**one.to_json(), "reports": reports})


def test_the_reports_of_before_are_behind_their_suspicions_still(tmp_path: Path) -> None:
    connection: sqlite3.Connection = _connect(tmp_path / "losen.db")
    database = Database(connection)
    MIGRATIONS.apply(database, stop_before=["m023_suspicion_reports"])
    before = (suspicion(), suspicion("M-2026-0002", about="GAT"))
    for one in before:
        connection.execute(
            "INSERT INTO suspicions (ref, json, status, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
            (one.ref, as_it_was(one), one.status.value, to_millis(one.created_at), to_millis(one.updated_at)),
        )
    assert migrate(database)[0] == "m023_suspicion_reports"
    assert SqliteSuspicions(connection).all() == before
    connection.execute("DELETE FROM suspicions WHERE ref = 'M-2026-0001'")
    left = connection.execute("SELECT DISTINCT suspicion FROM suspicion_reports").fetchall()
    assert left == [("M-2026-0002",)], "the reports go with their suspicion"
    connection.close()
