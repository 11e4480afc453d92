"""The step that brought the subjects of what the radar has heard: what stood before is found by them."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.radar.report import Report
from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.moments import to_millis
from bot.store.radar import SqliteRadar, _to_text
from bot.store.sqlite import _connect
from tests.bot.samples import MONDAY


def reports() -> list[Report]:
    words = ("=logge på", *(f"w{number}" for number in range(12)))
    return [
        Report("L-1", MONDAY, "kari", "BGO", "AKS", 900884, words, True),
        Report("L-2", MONDAY + timedelta(minutes=1), "per", "BGO", None, 900884, words, False),
        Report("L-3", MONDAY + timedelta(minutes=2), "ida", "BGO", None, None, ("skriver", "skriver"), False),
    ]


def test_what_was_heard_before_is_found_by_its_subjects(tmp_path: Path) -> None:
    connection: sqlite3.Connection = _connect(tmp_path / "losen.db")
    database = Database(connection)
    MIGRATIONS.apply(database, stop_before=["m022_radar_subjects"])
    for one in reports():
        connection.execute(
            "INSERT INTO radar_reports (ref, at, person_id, report) VALUES (?, ?, ?, ?)",
            (one.ref, to_millis(one.at), one.person, _to_text(one)),
        )
    assert migrate(database)[0] == "m022_radar_subjects"
    radar = SqliteRadar(connection)
    for one in reports():
        found = radar.recent(one.subjects, MONDAY, 60)
        assert all(one in heard for heard in found.values()), found
    assert connection.execute("SELECT count(*) FROM radar_subjects").fetchone()[0] == sum(
        len(set(one.subjects)) for one in reports()
    )
    radar.forget("L-2")
    assert radar.recent(["word w3"], MONDAY, 60) == {"word w3": []}
    connection.close()
