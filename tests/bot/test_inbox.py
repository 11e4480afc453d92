"""Between an employee and 1.linje on the real store: each is told exactly once, and only who may (G 3.2.1, 5.2)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store.records import Job, RoleGrant, RowState
from bot.turns import Answered, Incoming
from dialogs.case import Case, Person, Role
from dialogs.events import Event, Pressed, Said
from dialogs.replies import Reply
from tests.bot.samples import MONDAY
from tests.bot.whole_house import WholeHouse
from tests.transcript import person

FAULT = "PC-en min starter ikke siden i går kl 14, prøvd omstart"
ADA = person("ansatt")
LARS = person("1linje")
LISE = replace(LARS, id="p-lise", name="Lise Linje")
HEGE = replace(LARS, id="p-hege", name="Hege Linje", virksomhet="HEL", first_line_of=frozenset({"HEL"}))


class TwoPeople(WholeHouse):
    """A house that knows to whom it said what. Nobody's claim of a role or a place counts: grants do."""

    def build(self) -> None:
        super().build()
        self.heard: dict[str, list[str]] = {}

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        self.heard.setdefault(str(reference["conversation_id"]), []).append(self.plain(replies, language))

    async def turn(
        self, who: Person, event: Event, activity: str = "", nonce: str | None = None, **reference: Any
    ) -> Answered:
        answered = await self.turns.handle(
            Incoming(
                f"c-{who.id}{reference.get('thread', '')}",
                activity or self.activity_id(),
                "web",
                event,
                replace(who, roles=frozenset(Role), first_line_of=frozenset({"BGO"})),
                nonce,
                {"conversation_id": f"c-{who.id}{reference.get('thread', '')}", **reference},
            )
        )
        assert not answered.failed
        return answered

    async def says(self, who: Person, text: str = "", press: str = "") -> str:
        answered = await self.turn(who, Pressed(press) if press else Said(text))
        return self.plain(answered.replies, answered.language)

    async def hears(self, who: Person, seconds: float = 0) -> list[str]:
        """What reached the person since the last time."""
        await self.work(seconds)
        return self.heard.pop(f"c-{who.id}", [])

    async def grant_first_line(self, *people: Person) -> None:
        grants = [RoleGrant(one.id, Role.FORSTELINJE.value, "admin", MONDAY, one.virksomhet) for one in people]

        def work(session: Any) -> None:
            for grant in grants:
                session.people.grant(grant)

        await self.store.write(work)

    async def case(self, ref: str = "L-2026-000001") -> Case:
        case = await self.store.read(lambda session: session.cases.get(ref))
        assert case is not None
        return case

    async def jobs(self) -> list[Job]:
        """Everything queued that is not a message."""
        rows = await self.store.read(lambda session: session.outbox.in_state(RowState.QUEUED))
        return [row.job for row in rows if row.job is not Job.DELIVER]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TwoPeople]:
    house = TwoPeople(tmp_path / "losen.db")
    await house.grant_first_line(LARS, LISE, HEGE)
    for one in (LARS, LISE, HEGE):
        await house.says(one, "hei")
    yield house
    await house.store.close()


async def report(house: TwoPeople, text: str = FAULT) -> None:
    said = await house.says(ADA, text)
    for _ in range(8):
        if "Skal jeg sende saken?" in said:
            break
        said = await house.says(ADA, "1" if "1." in said else "vet ikke")
    assert "innboksen til 1.linje" in await house.says(ADA, "send")


async def test_a_case_for_first_line_goes_to_no_case_system_and_is_announced_once_each(house: TwoPeople) -> None:
    await report(house)
    assert await house.jobs() == [Job.TELL, Job.TELL]
    assert await house.hears(LARS) == []
    (told,) = await house.hears(LARS, 20)
    assert "Ny sak i innboksen, L-2026-000001 fra Ada Ansatt" in told
    assert "Spør tilbake" in told
    assert len(await house.hears(LISE)) == 1
    assert await house.hears(HEGE) == []
    assert await house.hears(ADA) == []
    assert (await house.case()).status == "received"


async def test_a_case_undone_in_time_is_never_announced(house: TwoPeople) -> None:
    await report(house)
    await house.says(ADA, "angre")
    assert await house.hears(LARS, 60) == []
    assert "tom" in await house.says(LARS, "innboksen")


async def test_a_case_undone_later_is_told_to_those_who_know_of_it(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await house.says(ADA, "angre")
    assert ["Ada Ansatt har trukket sak" in one for one in await house.hears(LARS)] == [True]
    assert await house.jobs() == []


async def test_question_and_answer_reach_the_other_exactly_once(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await house.turn(LARS, Pressed("inbox:L-2026-000001:ask"))
    for _ in range(3):
        await house.turn(LARS, Said("Hvilken lampe lyser?"), activity="same", nonce="card")
    (asked,) = await house.hears(ADA)
    assert "Lars Linje i 1.linje spør om sak L-2026-000001: «Hvilken lampe lyser?»" in asked
    await house.says(ADA, "Den røde")
    (answered,) = await house.hears(LARS)
    assert "Ada Ansatt skriver i sak L-2026-000001: «Den røde»" in answered
    # Whoever asked has taken the case: the colleague is not disturbed.
    assert len(await house.hears(LISE)) == 1
    assert [one["text"] for one in (await house.case()).comments] == ["Hvilken lampe lyser?", "Den røde"]


async def test_a_message_told_is_told_once_though_the_worker_dies(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await house.turn(LARS, Pressed("inbox:L-2026-000001:solve"))
    await house.says(LARS, "Hold inne knappen i ti sekunder")

    def take(session: Any) -> object:
        return session.outbox.lease("worker", {"web"}, house.clock(), house.clock(), 8)

    await house.store.write(take)  # taken, and then the process is gone
    await house.store.close()
    house.build()
    await house.worker.take_back()
    (told,) = await house.hears(ADA)
    assert "Hold inne knappen" in told
    assert await house.hears(ADA, 600) == []


async def test_reopening_reaches_the_one_who_answered(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await house.turn(LARS, Pressed("inbox:L-2026-000001:solve"))
    await house.says(LARS, "Hold inne knappen")
    await house.hears(ADA)
    await house.hears(LISE)
    await house.says(ADA, "virker ikke")
    await house.says(ADA, "Den er fortsatt død")
    (told,) = await house.hears(LARS)
    assert "Den er fortsatt død" in told
    assert await house.hears(LISE) == []
    assert (await house.case()).status == "in_progress"


async def pass_on(house: TwoPeople) -> str:
    said = await house.says(LARS, press="inbox:L-2026-000001:pass_on")
    for _ in range(8):
        if "Skal jeg sende saken?" in said:
            break
        said = await house.says(LARS, "vet ikke")
    return await house.says(LARS, "send")


async def test_passing_on_opens_one_case_and_tells_the_reporter_once(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    assert "L-2026-000002" in await pass_on(house)
    (told,) = await house.hears(ADA, 20)
    assert "videre til USS" in told
    assert "L-2026-000002" in told
    old, new = await house.case(), await house.case("L-2026-000002")
    assert (old.status, old.moved_to) == ("moved", new.ref)
    assert (new.status, new.moved_from, new.on_behalf_of) == ("registered", old.ref, "Ada Ansatt")
    assert "L-2026-000002" in await house.says(ADA, "status")
    assert "tom" in await house.says(LISE, "innboksen")


async def test_passing_on_that_is_undone_puts_the_case_back_and_tells_nobody(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await pass_on(house)
    await house.says(LARS, "angre")
    assert await house.hears(ADA, 60) == []
    old = await house.case()
    assert (old.status, old.moved_to) == ("in_progress", None)
    assert (await house.case("L-2026-000002")).status == "withdrawn"
    assert "L-2026-000001" in await house.says(LISE, "innboksen")


async def test_first_line_of_another_virksomhet_can_do_nothing_with_forged_buttons(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    for what in ("", ":ask", ":solve", ":pass_on"):
        said = await house.says(HEGE, press=f"inbox:L-2026-000001{what}")
        assert "Ada" not in said
    await house.says(HEGE, "Dette er for en annen")
    case = await house.case()
    assert (case.status, case.comments) == ("received", ())
    assert await house.hears(ADA) == []


async def test_a_role_taken_back_takes_the_inbox_with_it(house: TwoPeople) -> None:
    await report(house)
    await house.turn(LARS, Pressed("inbox:L-2026-000001:solve"))
    await house.store.write(lambda session: session.people.revoke(LARS.id, "1linje"))
    # The case was to be announced to him, and his answer was under way.
    assert await house.hears(LARS, 20) == []
    assert "i innboksen. Den kan være løst" in await house.says(LARS, "Ferdig")
    assert (await house.case()).status == "received"
    assert "for dem som er 1.linje" in await house.says(LARS, "innboksen")
    assert len(await house.hears(LISE)) == 1


async def test_saying_that_one_works_elsewhere_opens_no_inbox(house: TwoPeople) -> None:
    """Virksomhet is said or claimed by the channel; the grant alone counts."""
    await report(house)
    moved = replace(HEGE, virksomhet="BGO")
    assert "tom" in await house.says(moved, "innboksen")


async def test_a_group_hears_nothing_of_a_case(house: TwoPeople) -> None:
    mona = replace(LARS, id="p-mona", name="Mona Linje")
    await house.grant_first_line(mona)
    await house.turn(mona, Said("hei"), personal=False)
    await report(house)
    assert await house.hears(mona, 20) == []
    await house.turn(mona, Said("hei"), thread="-alone")
    await house.says(ADA, "kommentar L-2026-000001 det haster litt")
    await house.hears(LARS)
    assert len(house.heard.pop("c-p-mona-alone")) == 1


async def test_a_reporter_who_has_deleted_everything_cannot_be_reached_and_that_is_said(house: TwoPeople) -> None:
    await report(house)
    await house.hears(LARS, 20)
    await house.store.write(lambda session: session.conversations.forget_person(ADA.id))
    await house.turn(LARS, Pressed("inbox:L-2026-000001:ask"))
    await house.says(LARS, "Hvilken lampe lyser?")
    (told,) = await house.hears(LARS)
    assert "når ikke Ada Ansatt" in told
    assert (await house.case()).comments[0]["text"] == "Hvilken lampe lyser?"


async def test_nobody_is_told_of_what_he_did_himself(house: TwoPeople) -> None:
    """Somebody of 1.linje reports on a form he lacks the right to: it comes to the colleagues."""
    said = await house.says(LARS, "Vi må åpne brannmuren mot en ny server hos leverandøren")
    assert "Send til vår 1.linje" in said
    said = await house.says(LARS, "Send til vår 1.linje")
    for _ in range(12):
        if "Skal jeg sende saken?" in said:
            break
        said = await house.says(LARS, "vet ikke")
    await house.says(LARS, "send")
    assert await house.hears(LARS, 20) == []
    assert len(await house.hears(LISE)) == 1


async def test_a_reporter_in_a_group_is_answered_alone_where_that_is_possible(house: TwoPeople) -> None:
    await report(house)
    await house.turn(ADA, Said("hei"), personal=False)  # the conversation turns out to be a group's
    await house.hears(LARS, 20)
    await house.turn(LARS, Pressed("inbox:L-2026-000001:ask"))
    await house.says(LARS, "Hvilken lampe lyser?")
    assert len(await house.hears(ADA)) == 1
    await house.turn(ADA, Said("hei"), thread="-alone")
    await house.turn(LARS, Pressed("inbox:L-2026-000001:ask"))
    await house.says(LARS, "Og hvor?")
    assert await house.hears(ADA) == []
    assert "Og hvor?" in house.heard["c-p-ansatt-alone"][0]
