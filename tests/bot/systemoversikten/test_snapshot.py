"""The snapshot: whole or the old one, private, and honest about its age."""

from __future__ import annotations

import json
import logging
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.systemoversikten.snapshot import Snapshot, read_snapshot, snapshot_file, systems_in_use, write_snapshot
from knowledge.errors import BrokenKnowledge
from knowledge.systemoversikten import Operators, Overview, read_overview
from knowledge.systems import System
from knowledge.systems_file import load_systems
from tests.bot.samples import MONDAY
from tests.fake_systemoversikten.data import answers
from tests.knowledge.shipped import organisation


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return snapshot_file(tmp_path / "data")


def overview() -> Overview:
    return read_overview(answers(), Operators.of(organisation()))


def test_what_is_written_is_read(file: Path) -> None:
    assert read_snapshot(file) is None
    write_snapshot(file, overview(), "kartoteket.example.org", MONDAY)
    assert read_snapshot(file) == Snapshot(MONDAY, "kartoteket.example.org", overview().rows)
    assert tuple(load_systems(file)) == overview().systems


def test_only_the_owner_may_read_it_and_nothing_is_left_beside_it(file: Path) -> None:
    write_snapshot(file, overview(), "host", MONDAY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_disk_that_refuses_leaves_the_old_one(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_snapshot(file, overview(), "old", MONDAY)

    def refuse(*names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        write_snapshot(file, Overview((System("1", "Ny"),), {}), "new", MONDAY)
    kept = read_snapshot(file)
    assert kept is not None
    assert kept.source == "old"


WHOLE = {"fetched_at": MONDAY.isoformat(), "source": "host", "rows": {"systemer": 1}, "systems": []}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        json.dumps({**WHOLE, "fetched_at": "yesterday"}),
        json.dumps({**WHOLE, "fetched_at": "2026-11-23T10:00:00"}),
        json.dumps({**WHOLE, "fetched_at": 5}),
        json.dumps({**WHOLE, "rows": [1]}),
        json.dumps({**WHOLE, "rows": {"systemer": "many"}}),
        json.dumps({"systems": []}),
    ],
)
def test_something_else_is_refused_and_not_used(file: Path, content: str, caplog: pytest.LogCaptureFixture) -> None:
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(BrokenKnowledge):
        read_snapshot(file)
    assert systems_in_use(file.parent, MONDAY) is None
    assert "cannot be used" in caplog.text


def test_a_snapshot_with_broken_systems_is_not_used(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({**WHOLE, "systems": [{"id": 1}]}))
    assert systems_in_use(file.parent, MONDAY) is None
    assert "cannot be used" in caplog.text


def test_no_snapshot_is_no_trouble(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert systems_in_use(file.parent, MONDAY) is None
    assert caplog.records == []


@pytest.mark.parametrize(
    ("age", "level", "told"),
    [
        (timedelta(hours=5), logging.INFO, "5 hours ago"),
        (timedelta(days=7), logging.INFO, "168 hours ago"),
        (timedelta(days=8, hours=1), logging.WARNING, "8 days ago"),
    ],
)
def test_its_age_is_told_and_after_a_week_as_a_warning(
    file: Path, age: timedelta, level: int, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    write_snapshot(file, overview(), "host", MONDAY - age)
    assert systems_in_use(file.parent, MONDAY) == file
    (record,) = caplog.records
    assert record.levelno == level
    assert told in record.getMessage()


def test_the_zone_of_its_time_is_kept(file: Path) -> None:
    write_snapshot(file, overview(), "host", MONDAY)
    kept = read_snapshot(file)
    assert kept is not None
    assert kept.fetched_at == datetime.fromisoformat("2026-11-23T09:00:00+00:00")
