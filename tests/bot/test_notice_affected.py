"""Who is hit by a notice: counted once, allowed only for what one may read, forgotten on request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.port import Session
from tests.bot.samples import a_notice
from tests.bot.whole_house import WholeHouse
from tests.transcript import person

ADA, LARS = person("ansatt"), person("1linje")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")

    def add(session: Session) -> None:
        session.notices.add(a_notice())
        session.notices.add(a_notice("D-2026-0002", ("sam_ikt_hovedkontakter",), what="Gerica er nede"))

    await house.store.write(add)
    await house.grant(LARS)
    yield house
    await house.store.close()


async def test_one_press_counts_once_and_the_case_belongs_to_it(house: WholeHouse) -> None:
    assert "Er det dette?" in await house.says(LARS, "AKS fryser for alle på kontoret i dag")
    await house.says(LARS, "Gjelder meg også")
    said = await house.says(LARS, "Ja, lag en sak")
    await house.says_until(LARS, "Skal jeg sende saken?", said)
    await house.says(LARS, "send")
    (case,) = await house.cases()
    assert case.fellesfeil == "D-2026-0001"
    assert await house.store.read(lambda session: session.affected.count("D-2026-0001")) == 1
    assert await house.store.read(lambda session: session.affected.counts()) == {"D-2026-0001": 1}


async def test_what_one_may_not_read_hits_nobody(house: WholeHouse) -> None:
    """A closed group's notice is neither shown nor can anybody else be counted for it."""
    said = await house.says(ADA, "Gerica er nede hos oss")
    assert "D-2026-0002" not in said
    assert await house.store.read(lambda session: session.affected.count("D-2026-0002")) == 0


async def test_the_muted_stay_counted_and_the_forgotten_too(house: WholeHouse) -> None:
    for who in (ADA, LARS):
        await house.says(who, "AKS fryser for alle på kontoret i dag")
        await house.says(who, "Gjelder meg også")
    await house.says(ADA, "ikke varsle meg")

    def told(session: Session) -> tuple[str, ...]:
        return session.affected.subscribers("D-2026-0001", "", 10)

    assert await house.store.read(told) == (LARS.id,)
    await house.says(LARS, "slett mine data")
    await house.says(LARS, "ja")
    assert await house.store.read(told) == ()
    assert await house.store.read(lambda session: session.affected.count("D-2026-0001")) == 2
    assert await house.store.read(lambda session: session.affected.of_person(LARS.id)) == frozenset()


async def test_subscribers_come_in_parts(house: WholeHouse) -> None:
    def add(session: Session) -> None:
        for number in range(5):
            session.affected.add("D-2026-0001", f"p{number}", house.clock())

    await house.store.write(add)
    first = await house.store.read(lambda session: session.affected.subscribers("D-2026-0001", "", 3))
    rest = await house.store.read(lambda session: session.affected.subscribers("D-2026-0001", first[-1], 3))
    assert (first, rest) == (("p0", "p1", "p2"), ("p3", "p4"))
