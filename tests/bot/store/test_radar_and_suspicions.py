"""What every store must do for the radar and for suspicions; the radar's memory in memory is held to the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.radar.detector import Memory
from bot.radar.report import Report
from bot.store import Session, SqliteStore
from dialogs.suspicion import SuspicionStatus
from knowledge.errors import StoreError
from tests.bot.radar.memory import MemoryInMemory
from tests.bot.samples import MONDAY
from tests.dialogs.test_suspicions import suspicion


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")
    yield store
    await store.close()


def a_report(ref: str, minutes: float = 0, system: str | None = "AKS", person: str = "kari") -> Report:
    return Report(ref, MONDAY + timedelta(minutes=minutes), person, "BGO", system, 900884, ("=logge på", "logg"), True)


def what_a_memory_does(memory: Memory) -> None:
    memory.add({"all": 1.5, "æøå": 1.0})
    memory.add({"all": 1.0})
    assert memory.sums(["all", "æøå", "never"]) == {"all": 2.5, "æøå": 1.0}
    assert memory.learnt_until() is None
    memory.set_learnt_until(MONDAY)
    memory.set_learnt_until(MONDAY + timedelta(hours=1))
    assert memory.learnt_until() == MONDAY + timedelta(hours=1)
    for report in (a_report("a"), a_report("b", 5), a_report("c", 10, system=None)):
        memory.hear(report)
    found = memory.recent(["system AKS", "form 900884", "word logg", "system GAT"], MONDAY + timedelta(minutes=1), 60)
    assert {subject: [one.ref for one in reports] for subject, reports in found.items()} == {
        "system AKS": ["b"],
        "form 900884": ["c"],
        "word logg": ["c"],
        "system GAT": [],
    }
    assert memory.heard_since(MONDAY) == 3
    assert memory.heard_since(MONDAY + timedelta(minutes=1)) == 2
    assert [one.ref for one in memory.lately(MONDAY + timedelta(minutes=1), 60)] == ["c", "b"]
    assert [one.ref for one in memory.lately(MONDAY, 1)] == ["c"]
    newest = memory.recent(["system AKS"], MONDAY, 1)["system AKS"]
    assert [one.ref for one in newest] == ["b"]
    assert newest[0] == a_report("b", 5)


async def test_a_report_stored_before_it_was_heard_who_stands_still_is_read(store: SqliteStore) -> None:
    def stored_then(session: Session) -> Report:
        session.radar.hear(a_report("a"))
        text = '["BGO","AKS",900884,["=logge på","logg"],true]'
        session.radar._connection.execute(  # type: ignore[attr-defined]  # as an older version wrote it
            "UPDATE radar_reports SET report = ?", (text,)
        )
        (report,) = session.radar.recent(["system AKS"], MONDAY, 60)["system AKS"]
        return report

    assert await store.write(stored_then) == a_report("a")


async def test_the_memory_of_the_store(store: SqliteStore) -> None:
    await store.write(lambda session: what_a_memory_does(session.radar))


def test_the_memory_in_memory() -> None:
    what_a_memory_does(MemoryInMemory())


async def test_a_suspicion_is_read_as_it_was_written_and_not_as_it_was_undone(store: SqliteStore) -> None:
    """What was written is kept, so that an outage's hundreds of reports are not read again with each of them."""

    def undone(session: Session) -> None:
        session.suspicions.update(replace(first, about="Gerica"))
        raise ValueError("undone")

    first = suspicion()
    await store.write(lambda session: session.suspicions.add(first))
    assert await store.read(lambda session: session.suspicions.open()) == (first,)
    with pytest.raises(ValueError, match="undone"):
        await store.write(undone)
    assert await store.write(lambda session: session.suspicions.open()) == (first,)


async def test_one_more_report_of_an_outage_writes_that_report_alone(store: SqliteStore, tmp_path: Path) -> None:
    """Every report of an outage used to write again all that came before it."""
    written: list[str] = []
    standing = suspicion()
    await store.write(lambda session: session.suspicions.add(standing))
    store._writer.set_trace_callback(written.append)
    for number in range(3):
        more = replace(standing.reports[0], ref=f"L-2026-0009{number:02}", at=MONDAY + timedelta(hours=1 + number))
        standing = standing.with_reports([more], more.at)
        grown = standing
        await store.write(lambda session: session.suspicions.update(grown))  # noqa: B023  called at once
    store._writer.set_trace_callback(None)
    assert sum(one.startswith("INSERT INTO suspicion_reports") for one in written) == 3
    assert not any(one.startswith("DELETE") for one in written)
    assert await store.read(lambda session: session.suspicions.all()) == (standing,)
    again = SqliteStore(tmp_path / "losen.db")
    assert await again.read(lambda session: session.suspicions.all()) == (standing,)
    await again.close()


async def test_a_report_that_comes_late_or_is_taken_out_is_read_so_again(store: SqliteStore, tmp_path: Path) -> None:
    first = suspicion()
    first = replace(first, reports=(replace(first.reports[0], unnamed=True), *first.reports[1:]))
    early = replace(first.reports[0], ref="L-2026-000900", at=first.reports[0].at - timedelta(minutes=1))
    grown = first.with_reports([early], MONDAY)
    left, new = grown.without([first.reports[-1].ref], MONDAY).split([early.ref], "M-2026-0002", MONDAY)

    def work(session: Session) -> None:
        session.suspicions.add(first)
        session.suspicions.update(grown)
        assert session.suspicions.get(first.ref) == grown
        session.suspicions.update(left)
        session.suspicions.add(new)

    await store.write(work)
    again = SqliteStore(tmp_path / "losen.db")
    assert await again.read(lambda session: session.suspicions.get(first.ref)) == left
    assert await again.read(lambda session: session.suspicions.get(new.ref)) == new
    await again.close()


async def test_what_the_radar_forgets(store: SqliteStore) -> None:
    def work(session: Session) -> list[str]:
        for number, person in enumerate(("kari", "per", "kari", "ida")):
            session.radar.hear(a_report(f"r{number}", minutes=number, person=person))
        session.radar.add({"small": 0.01, "great": 5.0})
        session.radar.forget("r1")
        session.radar.forget_person("kari")
        session.radar.hear(a_report("r4", minutes=-60))
        assert session.radar.tidy(MONDAY, 0.1) == 2
        assert session.radar.sums(["small", "great"]) == {"great": 5.0}
        since = MONDAY - timedelta(days=1)
        return [one.ref for one in session.radar.recent(["system AKS"], since, 60)["system AKS"]]

    assert await store.write(work) == ["r3"]


async def test_suspicions_are_numbered_found_and_replaced(store: SqliteStore) -> None:
    first, second = suspicion(), suspicion("M-2026-0002", about="AKS")

    def work(session: Session) -> None:
        assert session.suspicions.next_ref(2026) == "M-2026-0001"
        session.suspicions.add(first)
        session.suspicions.add(replace(second, created_at=MONDAY + timedelta(minutes=1)))

    await store.write(work)
    decided = first.decided(SuspicionStatus.CONFIRMED, "Ulla", MONDAY + timedelta(hours=2), notice="D-2026-0001")
    await store.write(lambda session: session.suspicions.update(decided))

    def check(session: Session) -> None:
        assert session.suspicions.get("M-2026-0001") == decided
        assert session.suspicions.get("M-2026-0009") is None
        assert [one.ref for one in session.suspicions.open()] == ["M-2026-0002"]
        assert [one.ref for one in session.suspicions.changed_since(MONDAY)] == ["M-2026-0002", "M-2026-0001"]
        assert [one.ref for one in session.suspicions.changed_since(MONDAY + timedelta(hours=1))] == ["M-2026-0001"]
        assert [one.ref for one in session.suspicions.confirmed_by("D-2026-0001")] == ["M-2026-0001"]
        assert [one.ref for one in session.suspicions.all()] == ["M-2026-0001", "M-2026-0002"]

    await store.read(check)


async def test_a_suspicion_with_a_wrong_number_or_none_is_refused(store: SqliteStore) -> None:
    with pytest.raises(StoreError):
        await store.write(lambda session: session.suspicions.add(suspicion("M-2026-0007")))
    with pytest.raises(StoreError):
        await store.write(lambda session: session.suspicions.update(suspicion()))
