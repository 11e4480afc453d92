"""A fellesfeil and its cases from the first link to the last answer: real engine, store, worker and local register.

Between any two messages the house is torn down and built again on the same files, as a restart does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store import Session
from bot.store.records import Job, LocalCase, RoleGrant, RowState
from dialogs.case import Case, Person, Reporter, Role, Status
from tests.bot.samples import MONDAY, a_case, a_notice
from tests.bot.whole_house import WholeHouse
from tests.transcript import person

ULLA = person("uss", virksomhet="UKE")
FRIDA = person("forvalter")
LARS = person("1linje")
SIRI = person("superbruker", virksomhet="BFR")


class Outage(WholeHouse):
    """Ulla has published a fellesfeil in AKS; Frida, Lars and Siri have reported it, Frida first of no one."""

    async def begin(self) -> None:
        for one in (ULLA, FRIDA, LARS, SIRI):
            await self.grant(one)
            await self.says(one, "hei")
        notice = replace(a_notice(at=MONDAY - timedelta(hours=1)), approved_by="Remi Manager")
        await self.store.write(lambda session: session.notices.add(notice))
        for number, who in enumerate((LARS, FRIDA, SIRI), 1):
            await self.reported(number, who)

    async def reported(self, number: int, who: Person, **more: Any) -> None:
        """A registered fault in AKS."""
        case = replace(
            a_case(f"L-2026-{number:06d}", who, MONDAY + timedelta(minutes=number)),
            title="Får ikke logget på AKS",
            description="Får ikke logget på AKS",
            reporter=Reporter(who.id, who.name, next(iter(who.roles - {Role.ANSATT}), Role.ANSATT), who.virksomhet),
            status=Status.REGISTERED,
            **more,
        )

        def work(session: Session) -> None:
            session.cases.add(case, f"c-{who.id}")
            session.local.add_case(f"open {case.ref}", case.ref, MONDAY)

        await self.store.write(work)

    async def case(self, number: int) -> Case:
        found = await self.store.read(lambda session: session.cases.get(f"L-2026-{number:06d}"))
        assert found is not None
        return found

    async def registered(self, number: int) -> LocalCase:
        """The case as the local register holds it."""
        found = await self.store.read(lambda session: session.local.case_of(f"L-2026-{number:06d}"))
        assert found is not None
        return found

    async def comments(self, number: int) -> list[str]:
        return [one["text"] for one in (await self.registered(number)).comments]

    async def with_hovedsak(self) -> None:
        """Frida's is the hovedsak, the two others its undersaker."""
        await self.says(ULLA, "hovedsak L-2026-000002")
        await self.says(ULLA, press="hovedsak:D-2026-0001:attach:all")
        await self.work()

    async def resolved(self) -> str:
        """Ulla resolves it; what everybody was told."""
        await self.tells(ULLA, "resolved", "Sertifikatet var utløpt.")
        return await self.work()


@pytest.fixture
async def outage(tmp_path: Path) -> AsyncIterator[Outage]:
    outage = Outage(tmp_path / "losen.db")
    await outage.begin()
    yield outage
    await outage.store.close()


async def test_the_forvalters_case_becomes_the_hovedsak_and_the_others_are_linked_to_it_once(outage: Outage) -> None:
    said = await outage.says(ULLA, "hovedsak")
    assert said.index("L-2026-000002") < said.rindex("L-2026-000001")
    await outage.says(ULLA, "1")
    await outage.says(ULLA, press="hovedsak:D-2026-0001:attach:all")
    told = await outage.work()
    for ref in ("L-2026-000001", "L-2026-000002", "L-2026-000003"):
        assert told.count(f"Saken din {ref} hører til fellesfeilen D-2026-0001") == 1
    number = (await outage.registered(2)).number
    assert [(await outage.registered(one)).hovedsak for one in (1, 2, 3)] == [number, None, number]
    (notice,) = await outage.notices()
    assert (notice.hovedsak, notice.updated_at) == ("L-2026-000002", MONDAY - timedelta(hours=1))
    # Pressed once more, nothing is told or linked a second time.
    await outage.says(ULLA, press="hovedsak:D-2026-0001:set:L-2026-000002")
    assert await outage.work() == ""


async def test_a_report_that_comes_later_is_attached_when_it_is_registered(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.says(SIRI, "AKS fryser for alle på kontoret i dag")
    await outage.says(SIRI, "Gjelder meg også")
    said = await outage.says(SIRI, "Ja, lag en sak")
    await outage.says_until(SIRI, "Skal jeg sende saken?", said)
    await outage.says(SIRI, "send")
    # Before it has a number there is nothing to link; the link waits for it and is made once.
    assert "L-2026-000004 er registrert" not in await outage.work()
    await outage.work(60)
    assert (await outage.case(4)).fellesfeil == "D-2026-0001"
    assert (await outage.registered(4)).hovedsak == (await outage.registered(2)).number


async def test_an_undo_in_time_leaves_no_link_behind(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.says(SIRI, "AKS fryser for alle på kontoret i dag")
    await outage.says(SIRI, "Gjelder meg også")
    said = await outage.says(SIRI, "Ja, lag en sak")
    await outage.says_until(SIRI, "Skal jeg sende saken?", said)
    await outage.says(SIRI, "send")
    await outage.says(SIRI, "angre")
    await outage.work(60)
    assert (await outage.case(4)).status is Status.WITHDRAWN
    assert await outage.store.read(lambda session: session.local.case_of("L-2026-000004")) is None


async def test_another_hovedsak_takes_the_place_of_the_first(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.says(ULLA, "bytt hovedsak til L-2026-000001")
    await outage.work()
    number = (await outage.registered(1)).number
    assert [(await outage.registered(one)).hovedsak for one in (1, 2, 3)] == [None, number, number]


async def test_one_update_reaches_every_case_and_every_reporter_once(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.tells(ULLA, "updated", "Leverandøren har funnet feilen. Ny melding kl. 13.")
    told = await outage.work()
    comment = "Til deg som meldte saken: Nytt om fellesfeilen D-2026-0001: Leverandøren har funnet feilen."
    for number in (1, 2, 3):
        (said,) = await outage.comments(number)
        assert said.startswith(comment)
        assert told.count(f"som saken din L-2026-{number:06d} hører til: Leverandøren har funnet feilen") == 1
    assert "Kommentaren i sak" not in told  # Ulla hears of the notice, not of each comment
    assert await outage.work(3600) == ""


async def test_who_wants_to_be_spared_hears_of_the_end_alone(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.store.write(lambda session: session.watched.mute("L-2026-000001", LARS.id, muted=True))
    await outage.tells(ULLA, "updated", "Leverandøren har funnet feilen.")
    assert "L-2026-000001" not in await outage.work()
    assert len(await outage.comments(1)) == 1
    assert "Saken din L-2026-000001 hører til den. Virker det hos deg nå?" in await outage.resolved()


async def test_closed_cases_and_those_of_others_are_left_alone(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.reported(4, LARS)
    closed = await outage.case(3)
    await outage.store.write(lambda session: session.cases.update(closed.with_status(Status.CLOSED, MONDAY)))
    await outage.resolved()
    assert await outage.comments(3) == []
    assert await outage.comments(4) == []
    assert len(await outage.comments(1)) == 1


class TestWhenItIsResolved:
    async def test_each_reporter_is_asked_and_yes_closes_with_verification(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        told = await outage.resolved()
        assert told.count("Virker det hos deg nå?") == 3
        assert (await outage.case(1)).status is Status.REGISTERED  # what it is in Kompass is told by Kompass
        assert "Sak L-2026-000001 er lukket" in await outage.says(LARS, "ja, det virker")
        await outage.work()
        assert (await outage.case(1)).status is Status.CLOSED
        assert "Det virker hos meg etter fellesfeilen D-2026-0001" in (await outage.comments(1))[-1]
        assert (await outage.registered(1)).hovedsak is not None

    async def test_no_lets_the_case_go_on_as_its_own_and_uss_is_told(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        said = await outage.says(LARS, "Nei, siden er fortsatt hvit")
        assert "videre som egen sak" in said
        told = await outage.work()
        assert told.count("Lars Linje sier at det ikke virker etter D-2026-0001: «Nei, siden er fortsatt hvit»") == 1
        case = await outage.case(1)
        assert (case.status, case.fellesfeil) == (Status.IN_PROGRESS, None)
        assert (await outage.registered(1)).hovedsak is None
        assert "Saken er tatt av fellesfeilen" in (await outage.comments(1))[-1]
        assert (await outage.registered(3)).hovedsak is not None

    async def test_who_does_not_answer_is_reminded_once_and_then_left_in_peace(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        await outage.says(LARS, "ja")
        await outage.work()
        told = await outage.work(24 * 3600)
        assert "sak L-2026-000001" not in told
        assert told.count("Du trenger ikke svare") == 2
        assert await outage.work(14 * 24 * 3600) == ""
        assert (await outage.case(3)).status is Status.REGISTERED
        # The answer is welcome all the same.
        await outage.says(SIRI, "ja")
        assert (await outage.case(3)).status is Status.CLOSED

    async def test_whoever_withdrew_the_case_is_not_reminded_and_one_closed_in_kompass_may_still_say_no(
        self, outage: Outage
    ) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        lars, siri = await outage.case(1), await outage.case(3)
        await outage.store.write(lambda session: session.cases.update(lars.with_status(Status.WITHDRAWN, MONDAY)))
        await outage.store.write(lambda session: session.cases.update(siri.with_status(Status.CLOSED, MONDAY)))
        assert "L-2026-000001" not in await outage.work(24 * 3600)
        await outage.says(SIRI, "nei, det er fortsatt nede")
        assert "Sak L-2026-000003 går videre som egen sak" in await outage.work()

    async def test_a_report_that_was_begun_before_it_was_over_is_a_case_of_its_own(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.says(SIRI, "AKS fryser for alle på kontoret i dag")
        await outage.says(SIRI, "Gjelder meg også")
        said = await outage.says(SIRI, "Ja, lag en sak")
        await outage.says_until(SIRI, "Skal jeg sende saken?", said)
        await outage.resolved()
        await outage.says(SIRI, press="send:1")
        await outage.work(60)
        assert (await outage.case(4)).fellesfeil is None
        assert (await outage.registered(4)).hovedsak is None

    async def test_what_is_told_meanwhile_does_not_wait_for_the_reminder(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        rows = await outage.store.read(lambda session: session.outbox.in_state(RowState.QUEUED))
        reminders = [row for row in rows if row.job is Job.TELL]
        assert len(reminders) == 3
        assert all(row.lane.startswith("later ") for row in reminders)

    async def test_nobody_answers_for_another_or_twice(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        for who in (SIRI, ULLA):
            await outage.says(who, press="works:L-2026-000001:no")
        await outage.says(LARS, "ja")
        await outage.says(LARS, press="works:L-2026-000001:no")
        await outage.work()
        assert (await outage.case(1)).status is Status.CLOSED

    async def test_uss_hears_only_as_long_as_it_is_uss(self, outage: Outage) -> None:
        await outage.with_hovedsak()
        await outage.resolved()
        await outage.says(LARS, "nei")
        await outage.store.write(lambda session: session.people.revoke(ULLA.id, Role.USS))
        assert "sier at det ikke virker" not in await outage.work()


async def test_a_withdrawn_notice_lets_all_its_cases_go(outage: Outage) -> None:
    await outage.with_hovedsak()
    await outage.tells(ULLA, "withdrawn", "Det var bare hos én bydel.")
    told = await outage.work()
    assert told.count("behandles videre for seg") == 3
    for number in (1, 2, 3):
        assert (await outage.case(number)).fellesfeil is None
        assert (await outage.registered(number)).hovedsak is None


async def test_what_lies_with_an_own_first_line_hears_it_too_and_is_never_linked(outage: Outage) -> None:
    await outage.with_hovedsak()
    ada = person("ansatt")
    of_bgo = RoleGrant(LARS.id, "1linje", "admin", MONDAY, "BGO")
    await outage.store.write(lambda session: session.people.grant(of_bgo))
    await outage.says(ada, "hei")
    await outage.reported(4, ada, route="1.linje BGO", fellesfeil="D-2026-0001")
    told = await outage.resolved()
    assert "Saken din L-2026-000004 hører til den. Virker det hos deg nå?" in told
    assert (await outage.registered(4)).comments == ()
    await outage.says(ada, "nei, det virker ikke")
    told = await outage.work()
    assert "sier at det ikke virker i sak L-2026-000004" in told
    assert "går videre som egen sak" not in told  # it is the own 1.linje's, and none of USS's
    assert (await outage.registered(4)).hovedsak is None


@pytest.mark.parametrize(
    "press",
    ["hovedsak:D-2026-0001:set:L-2026-000001", "hovedsak:D-2026-0001:attach:all", "problem:D-2026-0001:made"],
)
async def test_nobody_but_uss_does_any_of_it_even_with_a_forged_button(outage: Outage, press: str) -> None:
    await outage.says(LARS, press=press)
    await outage.work()
    (notice,) = await outage.notices()
    assert notice.hovedsak is None
    assert all(case.fellesfeil is None for case in await outage.cases())


async def test_a_makeshift_leaves_a_task_that_outlives_a_restart(outage: Outage) -> None:
    await outage.with_hovedsak()
    assert "Rotårsak til AKS er nede" in await outage.tells(ULLA, "resolved", "Midlertidig løst med omstart")
    assert "Saker: 3, fra BFR, BGO" in await outage.says(ULLA, "problemsaker")
    await outage.says(ULLA, press="problem:D-2026-0001:made")
    await outage.says(ULLA, "PM-17")
    assert "Ingen problemsaker venter" in await outage.says(ULLA, "problemsaker")
