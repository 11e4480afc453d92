"""The first day of a new installation: nothing has been heard, and yet the desk must be told of a fellesfeil.

Everything as `app.py serve` wires it; only the clock is passed in. Each report is a whole conversation of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from dialogs.case import Person, Role
from dialogs.suspicion import Suspicion
from tests.bot.whole_house import WholeHouse
from tests.transcript import person

ULLA = person("uss", virksomhet="UKE")
PLACES = ("BGO", "BFR", "BSA", "BUN", "BGA", "BAL")
TOLD = (
    "Gerica er nede for hele avdelingen siden kl. 09.30, prøvd omstart",
    "Får ikke kontakt med Gerica i dag, gjelder bare meg, siden kl. 09.40, prøvd omstart",
    "Gerica virker ikke for noen her siden kl. 09.30, har prøvd en annen maskin",
)


def people(count: int, places: Sequence[str] = PLACES) -> list[Person]:
    return [
        Person(f"p-{n}", f"Melder {n}", places[n % len(places)], frozenset({Role.ANSATT, Role.FORSTELINJE}))
        for n in range(count)
    ]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    await house.grant(ULLA)
    await house.says(ULLA, "hei")
    yield house
    await house.store.close()


async def report(house: WholeHouse, who: Person, text: str, seconds: float = 30) -> None:
    await house.grant(who)
    said = await house.says(who, text)
    for _ in range(15):
        if "Skal jeg sende saken?" in said:
            break
        said = await house.says(who, "nei, noe annet" if "gjelder meg også" in said.lower() else "vet ikke")
    await house.says(who, "send")
    house.clock.advance(seconds)


async def suspicions(house: WholeHouse) -> tuple[Suspicion, ...]:
    return await house.store.read(lambda session: session.suspicions.all())


async def test_twelve_reports_in_some_minutes_are_told_of_on_the_first_day(house: WholeHouse) -> None:
    told = ""
    for n, who in enumerate(people(12)):
        await report(house, who, TOLD[n % 3])
        told += await house.work()
        assert n < 5 or "ser ut som én fellesfeil (Gerica)" in told, "the first few are enough"
    listed = await house.says(ULLA, "mistanker")
    assert "M-2026-0001" in listed
    (suspicion,) = await suspicions(house)
    assert len(suspicion.reports) == 12


async def test_whose_virksomhet_nobody_knows_counts_for_itself(house: WholeHouse) -> None:
    """In Teams nobody's virksomhet is known before he says it, and here they say "vet ikke"."""
    for n, who in enumerate(people(8, places=("",))):
        await report(house, who, TOLD[n % 3])
    assert len(await suspicions(house)) == 1


async def test_a_few_faults_of_different_kinds_are_none(house: WholeHouse) -> None:
    texts = ("Gerica er nede", "skriveren virker ikke", "får ikke åpnet Excel", "mobilen vil ikke lade")
    for n, who in enumerate(people(4)):
        await report(house, who, texts[n], seconds=600)
    assert await suspicions(house) == ()
