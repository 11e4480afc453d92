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


def shipped() -> Mapping[str, Any]:
    file: Mapping[str, Any] = yaml.safe_load((ROOT / "docs" / "drift" / "datasette.yaml").read_text(encoding="utf-8"))
    return file


def described() -> Mapping[str, Mapping[str, Any]]:
    tables: Mapping[str, Mapping[str, Any]] = shipped()["databases"]["losen"]["tables"]
    return tables


def test_nothing_is_shown_by_itself() -> None:
    """So that a table that is added some day is not shown either, nor read by SQL of one's own."""
    database = shipped()["databases"]["losen"]
    assert set(shipped()["databases"]) == {"losen"}
    assert (database["allow"], database["allow_sql"]) == (False, False)


async def test_what_is_shown_are_the_views_of_numbers_and_they_exist(database: sqlite3.Connection) -> None:
    views = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert set(described()) == views
    assert all(name.startswith("insight_") for name in views)
    for name, about in described().items():
        assert about["allow"] is True
        assert f'href="/losen/{name}"' in shipped()["description_html"], "the database's own page is closed"


async def test_every_shown_column_is_described_and_none_is_personal(database: sqlite3.Connection) -> None:
    for name, about in described().items():
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        assert list(about["columns"]) == columns
        assert not {word for column in columns for word in column.split("_")} & set(PERSONAL_COLUMNS)
        rows = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608  a name of our own
        assert rows, f"{name} is empty, so nothing was checked"
        shown = str(rows).lower()
        assert not [one for one in ("kari", "ulla", "nordmann", "skriveren", "hemmelig") if one in shown]
