"""A suspicion that one of the desk splits: the others, who were told of it, see what became of it (G 5.1.2.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.port import Session
from dialogs.suspicion import Suspect, Suspicion
from tests.bot.samples import MONDAY
from tests.bot.whole_house import WholeHouse
from tests.dialogs.talking import second_uss
from tests.transcript import person

ULLA, REMI, LARS = person("uss", virksomhet="UKE"), second_uss(), person("1linje")
REF, NEW = "M-2026-0001", "M-2026-0002"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    """Two of the desk have been told of a suspicion with four reports."""
    house = WholeHouse(tmp_path / "losen.db")
    for who in (ULLA, REMI):
        await house.grant(who)
    for who in (ULLA, REMI, LARS):
        await house.says(who, "hei")

    def suspect(session: Session) -> None:
        reports = [
            Suspect(f"L-2026-00000{n}", MONDAY + timedelta(minutes=n), f"Gerica henger {n}", "BGO", "1linje")
            for n in (1, 2, 3, 4)
        ]
        whole = Suspicion(
            ref=REF, subject="gerica", about="Gerica", reports=(), normal=0.1, minutes=30, created_at=MONDAY,
            updated_at=MONDAY, system="Gerica",
        )  # fmt: skip
        session.suspicions.add(whole.with_reports(reports, MONDAY))

    await house.store.write(suspect)
    yield house
    await house.store.close()


async def test_fixed_bug_the_others_were_not_told_of_a_split(house: WholeHouse) -> None:
    assert f"{REF} er delt i to" in await house.says(ULLA, f"del {REF}: 2 og 4")
    told = await house.work()
    assert told.count(f"Ulla Uss har delt mistanke {REF} i to") == 1
    assert NEW in told
    # Both as they are now, numbered anew.
    assert "1. L-2026-000001" in told
    assert "2. L-2026-000003" in told
    assert "2. L-2026-000004" in told
    assert await house.pending(REMI) == NEW
    assert f"{NEW} er avvist" in await house.says(REMI, f"avvis {NEW}: øvelse")


async def test_of_one_that_is_decided_by_then_nobody_is_told(house: WholeHouse) -> None:
    await house.says(ULLA, f"del {REF}: 2 og 4")
    await house.says(ULLA, f"avvis {NEW}: øvelse")
    assert "har delt mistanke" not in await house.work()
