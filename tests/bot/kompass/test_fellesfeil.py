"""A fellesfeil and its cases in Kompass, over HTTP, with answers that are lost: each link and comment is there once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.kompass.html import to_text
from bot.store import Session
from bot.store.records import Profile, RowState
from dialogs.case import Person, Reporter, Status
from tests.bot.kompass.conftest import End
from tests.bot.samples import MONDAY, a_case, a_notice
from tests.bot.whole_house import WholeHouse
from tests.fake_kompass.faults import Fault
from tests.transcript import person

ULLA, FRIDA, LARS = person("uss", virksomhet="UKE"), person("forvalter"), person("1linje")
IDS = {ULLA.id: "7101", FRIDA.id: "7102", LARS.id: "7103"}


class HouseAtKompass(WholeHouse):
    """The whole bot on the database of `end`, with Kompass as its case system."""

    def __init__(self, path: Path, end: End) -> None:
        self.end = end
        super().__init__(path)

    def build(self) -> None:
        super().build()
        self.worker._ports = replace(self.worker._ports, case_system=self.end.cases)

    async def work(self, seconds: float = 0) -> str:
        """Both clocks go together."""
        self.end.clock.advance(seconds)
        return await super().work(seconds)

    def comments(self, number: str) -> list[tuple[str, str, str]]:
        """Of a case in Kompass: who it is by, who may see it, and its first words."""
        return [
            (one["Submitter"]["UserId"], one["PrivacyType"], to_text(one["Body"])[:70])
            for one in self.end.fake.world.comments.get(number, [])
        ]


@pytest.fixture
async def house(end: End, tmp_path: Path) -> AsyncIterator[HouseAtKompass]:
    house = HouseAtKompass(tmp_path / "losen.db", end)
    for who in (ULLA, FRIDA, LARS):
        address = f"{who.id}@oslo.example"
        end.fake.world.add_person(IDS[who.id], who.name, address)
        await house.grant(who)
        known = Profile(who.id, who.name, who.virksomhet, address)
        await house.store.write(lambda session, known=known: session.people.save_profile(known))  # type: ignore[misc]
        await house.says(who, "hei")
    notice = replace(a_notice(at=MONDAY - timedelta(hours=1)), approved_by="Remi Manager")
    await house.store.write(lambda session: session.notices.add(notice))
    for number, who in enumerate((FRIDA, LARS), 1):
        await _registered(house, number, who)
    yield house
    await house.store.close()


async def _registered(house: HouseAtKompass, number: int, who: Person) -> None:
    case = replace(
        a_case(f"L-2026-{number:06d}", who, MONDAY + timedelta(minutes=number)),
        title="Får ikke logget på AKS",
        reporter=Reporter(who.id, who.name, "forvalter" if who is FRIDA else "1linje", who.virksomhet),
    )
    opened = await house.end.cases.open(case, f"open {case.ref}")
    known = replace(case, kompass=opened.link, status=Status.REGISTERED)

    def work(session: Session) -> None:
        session.cases.add(known, f"c-{who.id}")

    await house.store.write(work)


@pytest.mark.parametrize("done", [False, True])
async def test_links_and_comments_are_there_once_though_every_first_answer_is_lost(
    house: HouseAtKompass, done: bool
) -> None:
    end = house.end
    hovedsak, undersak = (request["Id"] for request in end.fake.world.requests)
    await house.says(ULLA, "hovedsak L-2026-000001")
    await house.says(ULLA, press="hovedsak:D-2026-0001:attach:all")
    end.fake.faults.order("ems/bulk", Fault.CLOSED, done=done)
    for _ in range(6):
        await house.work(600)
    assert end.fake.world.links == [("RequestCausedByRequest", undersak, hovedsak)]
    await house.tells(ULLA, "updated", "Leverandøren har funnet feilen.")
    end.fake.faults.order("collaboration", Fault.CLOSED, done=done, times=2)
    for _ in range(6):
        await house.work(600)
    told = (IDS[ULLA.id], "PUBLIC", "Til deg som meldte saken: Nytt om fellesfeilen D-2026-0001: Leverandør")
    assert house.comments(hovedsak) == [told]
    assert house.comments(undersak) == [told]
    assert await house.store.read(lambda session: session.outbox.in_state(RowState.FAILED)) == ()


async def test_no_takes_the_link_off_and_speaks_in_the_reporters_name(house: HouseAtKompass) -> None:
    _, undersak = (request["Id"] for request in house.end.fake.world.requests)
    await house.says(ULLA, "hovedsak L-2026-000001")
    await house.says(ULLA, press="hovedsak:D-2026-0001:attach:all")
    await house.tells(ULLA, "resolved", "Sertifikatet var utløpt.")
    await house.work()
    await house.says(LARS, "nei, siden er fortsatt hvit")
    await house.work()
    assert house.end.fake.world.links == []
    assert [by for by, _, _ in house.comments(undersak)] == [IDS[ULLA.id], IDS[LARS.id]]
    assert house.comments(undersak)[-1][2].startswith("Hei USS. Det virker fortsatt ikke hos meg")
