"""`doctor` and `outbox` as an operator runs them, and cases that stay here."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

import app
from bot.commands import outbox
from bot.commands.doctor import examine
from bot.local_cases import LocalCaseRegister
from bot.routed_cases import RoutedCases
from bot.settings import load_settings
from bot.store import Session, SqliteStore
from bot.store.records import Job, OutboxRecord, RowState
from dialogs.case import Status
from tests.bot.kompass.conftest import End
from tests.bot.samples import MONDAY, a_case
from tests.fake_kompass.faults import Fault
from tests.fake_kompass.world import SCHEMA


async def test_a_doctor_who_finds_nothing_says_what_was_looked_at(end: End) -> None:
    findings = await examine(end.settings, end.clock)
    assert findings.problems == []
    assert len(findings.fine) == 5
    assert "unknown  names: whether there is a link FollowedByUsers is not told (set `followers`" in "\n".join(
        findings.lines()
    )
    assert end.fake.world.requests == []


async def test_a_doctor_tells_what_is_wrong(end: End, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(end.settings, kompass_key_field="TeamsRef_c")
    monkeypatch.setitem(SCHEMA, "Request", {k: v for k, v in SCHEMA["Request"].items() if k != "TeamsRef_c"})
    told = "\n".join((await examine(wrong, end.clock)).lines())
    assert "PROBLEM  names: Request has no property TeamsRef_c; set KOMPASS_KEY_FIELD" in told
    assert "PROBLEM  searching Request.TeamsRef_c" in told


async def test_a_doctor_who_is_not_let_in_stops_there(end: End) -> None:
    findings = await examine(replace(end.settings, kompass_password="feil"), end.clock)
    (problem,) = findings.problems
    assert "login" in problem
    assert "feil" not in problem


def test_without_kompass_there_is_nothing_to_examine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    settings = load_settings({"LOSEN_MODE": "development"})
    findings = asyncio.run(examine(settings, lambda: MONDAY))
    assert findings.lines() == ["ok       KOMPASS_URL is not set: cases go into the local register"]


@pytest.fixture
async def stuck(tmp_path: Path) -> SqliteStore:
    """A store with a case that was refused and a comment behind it."""
    store = SqliteStore(tmp_path / "losen.db")

    def fill(session: Session) -> None:
        case = a_case().with_status(Status.SENT, MONDAY)
        session.cases.add(case, "c1")
        for row_id, job in (("row-1", Job.OPEN_CASE), ("row-2", Job.COMMENT_CASE)):
            session.outbox.add(OutboxRecord(row_id, job, case.ref, case.ref, "c1", "kari", {}, MONDAY, MONDAY))
        session.outbox.lease("w", (), MONDAY, MONDAY, 1)
        session.outbox.finish("row-1", "w", RowState.FAILED, "Refused: offering is retired", MONDAY)

    await store.write(fill)
    return store


async def test_what_is_stuck_is_listed_with_its_reason(stuck: SqliteStore) -> None:
    entries = await outbox.list_waiting(stuck)
    assert [(one["id"], one["state"], one["reason"]) for one in entries] == [
        ("row-1", "failed", "Refused: offering is retired"),
        ("row-2", "queued", ""),
    ]
    json.dumps(entries)
    assert "offering is retired" in outbox.lines(entries)[0]
    assert outbox.lines([]) == ["(none)"]
    await stuck.close()


@pytest.mark.parametrize("what", ["row-1", "L-2026-000001", "all"])
async def test_a_retry_is_as_uncertain_as_what_it_repeats(stuck: SqliteStore, what: str) -> None:
    assert await outbox.retry(stuck, what, MONDAY) == 1
    row = await stuck.read(lambda session: session.outbox.get("row-1"))
    assert row is not None
    assert (row.state, row.uncertain) == (RowState.QUEUED, True)
    assert not await stuck.write(lambda session: session.outbox.cancel_queued("L-2026-000001", MONDAY))
    await stuck.close()


async def test_a_dropped_case_is_marked_as_rejected(stuck: SqliteStore) -> None:
    assert await outbox.drop(stuck, "L-2026-000001", MONDAY) == 2
    assert await outbox.drop(stuck, "L-2026-000001", MONDAY) == 0
    case = await stuck.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert case.status is Status.REJECTED
    assert await outbox.list_waiting(stuck) == []
    await stuck.close()


async def test_the_commands_read_the_store_of_the_installation(
    stuck: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await stuck.close()
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for arguments, status, told in (
        (["outbox", "list"], 0, "offering is retired"),
        (["outbox", "list", "--json"], 0, '"state": "failed"'),
        (["outbox", "retry", "row-1"], 0, "1 row(s): retry"),
        (["outbox", "drop", "nothing"], 1, "0 row(s): drop"),
        (["doctor"], 0, "KOMPASS_URL is not set"),
    ):
        assert await asyncio.to_thread(app.main, arguments) == status
        assert told in capsys.readouterr().out


async def test_cases_of_the_own_first_line_never_reach_kompass(end: End) -> None:
    cases = RoutedCases(LocalCaseRegister(end.store, end.clock), end.cases)
    for number, route in enumerate(("1.linje BGO", "1.linje"), 1):
        case = replace(a_case(f"L-2026-00000{number}"), route=route)
        opened = await cases.open(case, f"key-{number}")
        assert opened.local_number
        assert await cases.look_up(f"key-{number}") == opened
        await cases.comment(case, "Hei", f"comment-{number}")
        await cases.withdraw(case, f"withdraw-{number}")
    assert await cases.look_up("key-9") is None
    assert end.fake.seen == []
    there = await cases.open(a_case("L-2026-000003"), "key-3")
    assert there.link
    assert await cases.look_up("key-3") == there


async def test_a_case_of_the_own_first_line_is_not_delayed_by_a_kompass_that_is_down(end: End) -> None:
    end.fake.faults.order("", Fault.CLOSED, times=50)
    cases = RoutedCases(LocalCaseRegister(end.store, end.clock), end.cases)
    assert await cases.look_up("key-1") is None
    assert (await cases.open(replace(a_case(), route="1.linje BGO"), "key-1")).local_number
