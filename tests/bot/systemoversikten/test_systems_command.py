"""`systems fetch`, `list` and `find`, and which register they and the bot read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import systems
from bot.settings import Settings, load_settings
from bot.systemoversikten.snapshot import snapshot_file
from knowledge.errors import BrokenKnowledge, LosenError, PermanentFailure
from knowledge.library import DATA
from knowledge.systems_file import load_systems
from tests.bot.samples import MONDAY
from tests.fake_systemoversikten import FORVALTERE_KEY, KEY, FakeSystemoversikten, Fault, running


def settings_for(url: str, folder: Path, **changes: str) -> Settings:
    return load_settings(
        {
            "LOSEN_MODE": "development",
            "DATA_DIR": str(folder / "data"),
            "SYSTEMOVERSIKTEN_URL": url,
            "SYSTEMOVERSIKTEN_KEY": KEY,
            "SYSTEMOVERSIKTEN_FORVALTERE_KEY": FORVALTERE_KEY,
            **changes,
        }
    )


async def test_fetch_tells_what_came_and_the_others_read_it(tmp_path: Path) -> None:
    async with running(FakeSystemoversikten()) as url:
        settings = settings_for(url, tmp_path)
        assert list(systems.register_in_use(settings, MONDAY)) == list(load_systems(DATA / "systems.json"))
        told = await systems.fetch(settings, any_size=False)
    assert told.startswith("11 systems in use, of 13 rows, from 127.0.0.1, are in ")
    register = systems.register_in_use(settings, MONDAY)
    assert [row["id"] for row in systems.all_systems(register)][:3] == ["1", "2", "4"]
    assert [(row["choice_name"], row["match"], row["words"]) for row in systems.find(register, "journalprøve")] == [
        ("Journalprøve (HPR)", "name", "journalprøve"),
        ("Journalprøve (BXX)", "name", "journalprøve"),
    ]


async def test_fetch_says_how_many_rows_it_could_not_read(tmp_path: Path) -> None:
    fake = FakeSystemoversikten()
    fake.rows["systemer"] += [{**fake.rows["systemer"][0], "id": 500 + number} for number in range(20)]
    fake.rows["systemer"][5]["navn"] = ""
    async with running(fake) as url:
        told = await systems.fetch(settings_for(url, tmp_path), any_size=False)
    assert "of 33 rows, 1 unreadable, from" in told


async def test_fetch_refuses_a_shrunk_register_unless_forced(tmp_path: Path) -> None:
    fake = FakeSystemoversikten()
    async with running(fake) as url:
        settings = settings_for(url, tmp_path)
        await systems.fetch(settings, any_size=False)
        fake.fail("systemer", Fault.SHRUNK, times=None)
        with pytest.raises(BrokenKnowledge, match="only 6 rows, and 13 last time"):
            await systems.fetch(settings, any_size=False)
        assert "of 6 rows" in await systems.fetch(settings, any_size=True)


async def test_fetch_with_a_refused_key_leaves_no_snapshot(tmp_path: Path) -> None:
    async with running(FakeSystemoversikten()) as url:
        settings = settings_for(url, tmp_path, SYSTEMOVERSIKTEN_KEY="feil")
        with pytest.raises(PermanentFailure, match="key was refused"):
            await systems.fetch(settings, any_size=False)
    assert not snapshot_file(settings.data_dir).exists()


async def test_fetch_without_an_address_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LosenError, match="SYSTEMOVERSIKTEN_URL and SYSTEMOVERSIKTEN_KEY are not set"):
        await systems.fetch(load_settings({"LOSEN_MODE": "development", "DATA_DIR": str(tmp_path)}), any_size=False)


def test_lines_have_what_is_asked_for_most_often() -> None:
    rows = [
        {"id": "1", "name": "A", "choice_name": "A (DIG)", "operated_by": "2S", "forvalter_email": "a@example.org"},
        {"id": "2", "name": "B"},
    ]
    first, second = systems.lines(rows)
    assert first.split() == ["1", "A", "(DIG)", "2S", "a@example.org"]
    assert second.split() == ["2", "B", "-", "-"]
    assert systems.lines([]) == ["(none)"]
