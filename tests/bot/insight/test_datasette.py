"""The file that Datasette is started with shows the numbers and nothing else of the database."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.store import SqliteStore
from tests.bot.insight.numbers import filled

ROOT = Path(__file__).parents[3]
# What no shown column may be called or hold.
PERSONAL_COLUMNS = ("person", "reporter", "name", "email", "phone", "text", "title", "description", "json", "by")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[sqlite3.Connection]:
    await (await filled(SqliteStore(tmp_path / "losen.db"))).close()
    connection = sqlite3.connect(tmp_path / "losen.db")
    yield connection
    connection.close()


def described() -> Mapping[str, Mapping[str, Any]]:
    file = yaml.safe_load((ROOT / "docs" / "drift" / "datasette.yaml").read_text(encoding="utf-8"))
    assert file["databases"]["losen"]["allow_sql"] is False  # free SQL would read every table
    tables: Mapping[str, Mapping[str, Any]] = file["databases"]["losen"]["tables"]
    return tables


async def test_every_table_of_the_database_is_shown_or_denied(database: sqlite3.Connection) -> None:
    there = dict(database.execute("SELECT name, type FROM sqlite_master WHERE type <> 'index'").fetchall())
    assert set(described()) == set(there), "a table was added or taken away: say in docs/drift/datasette.yaml which"
    for name, about in described().items():
        if about.get("allow") is False:
            assert about["hidden"] is True
            assert there[name] == "table"
        else:
            assert there[name] == "view", f"{name}: only views are shown"
            assert name.startswith("insight_")


async def test_every_shown_column_is_described_and_none_is_personal(database: sqlite3.Connection) -> None:
    for name, about in described().items():
        if about.get("allow") is False:
            continue
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        assert list(about["columns"]) == columns
        assert not {word for column in columns for word in column.split("_")} & set(PERSONAL_COLUMNS)
        rows = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608  a name of our own
        assert rows, f"{name} is empty, so nothing was checked"
        shown = str(rows).lower()
        assert not [one for one in ("kari", "ulla", "nordmann", "skriveren", "hemmelig") if one in shown]
