"""The radar in the whole house: people report, the desk is told, decides, and the cases follow.

Between any two messages the house is torn down and built again on the same files, as a restart does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.radar import listening
from bot.radar.report import Report
from bot.store import Session
from dialogs.case import Case, Person, Role
from dialogs.suspicion import Suspicion, SuspicionStatus
from tests.bot.samples import MONDAY, a_case
from tests.bot.whole_house import WholeHouse
from tests.transcript import person

ULLA = person("uss", virksomhet="UKE")
OF_THE_DESK = Person("p-im2", "Iris Im", "UKE", frozenset({Role.ANSATT, Role.USS}))
PLACES = ("BGO", "BFR", "BSA", "BUN", "BGA", "BAL")


def reporter(place: str, role: Role = Role.FORSTELINJE) -> Person:
    return Person(f"p-{place}", f"Lin fra {place}", place, frozenset({Role.ANSATT, role}))


def fault(number: int, place: str, minutes: float, system: str = "Gerica", words: str = "henger") -> Case:
    """A case as the confirmed summary opens it."""
    at = MONDAY + timedelta(minutes=minutes)
    who = reporter(place)
    case = a_case(f"L-2026-{number:06d}", who, at)
    text = f"{system} {words} for alle"
    return replace(
        case, title=text, description=f"{text}\n\nSystem: {system}", answers={"system": system, "extent": "department"}
    )


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    """A house in which two weeks with a few faults a day have been heard."""
    house = WholeHouse(tmp_path / "losen.db")
    for who in (ULLA, OF_THE_DESK):
        await house.grant(who)

    def two_weeks(session: Session) -> None:
        for number in range(1, 61):
            case = fault(number, PLACES[number % 6], -14 * 24 * 60 + number * 300, system=("AKS", "GAT")[number % 2])
            session.cases.add(case, "c-old")
        assert house.radar().learn_from(session) == 60

    await house.store.write(two_weeks)
    await house.says(ULLA, "hei")
    yield house
    await house.store.close()


async def reports(house: WholeHouse, *cases: Case) -> None:
    """Each is opened and heard in a transaction of its own, as a turn does."""
    for case in cases:
        house.clock.now = case.created_at

        def work(session: Session, case: Case = case) -> None:
            session.cases.add(case, "c-reporter")
            house.radar().hear(session, case, "c-reporter")

        await house.store.write(work)
        await house.store.close()
        house.build()


async def suspicions(house: WholeHouse) -> tuple[Suspicion, ...]:
    return await house.store.read(lambda session: session.suspicions.all())


async def outage(house: WholeHouse, count: int = 4, first: int = 61, minutes: float = 0) -> None:
    await reports(house, *(fault(first + n, PLACES[(first + n) % 6], minutes + n * 3) for n in range(count)))


async def test_the_first_reports_of_a_rare_fault_from_several_virksomheter_are_a_suspicion(house: WholeHouse) -> None:
    await outage(house, 1)
    assert await suspicions(house) == ()
    await outage(house, 2, first=62, minutes=3)
    (suspicion,) = await suspicions(house)
    assert (suspicion.about, suspicion.system, suspicion.ref) == ("Gerica", "Gerica", "M-2026-0001")
    assert [one.ref for one in suspicion.reports] == ["L-2026-000061", "L-2026-000062", "L-2026-000063"]
    told = await house.work()
    assert "M-2026-0001" in told
    assert "Er dette en fellesfeil?" in told
    assert "Gerica henger for alle" in told
    assert await house.work() == "", "told once"
    notes = await house.store.read(lambda session: session.local.hand_overs())
    assert ["M-2026-0001" in note.summary for note in notes] == [True]


def without_system(number: int, place: str, minutes: float, text: str, form: int = 900884) -> Case:
    """A case whose reporter names no system."""
    case = replace(fault(number, place, minutes), title=text, description=text, form_id=form)
    return replace(case, answers={"extent": "department"})


async def test_a_report_without_a_system_counts_to_the_one_that_others_report_just_now(house: WholeHouse) -> None:
    """One in ten names none; such a one was heard for itself alone, and the outage was found a report later."""
    await reports(house, fault(61, "BGO", 0), without_system(62, "BFR", 2, "Programmet henger for alle"))
    assert await suspicions(house) == ()
    await reports(house, fault(63, "BUN", 4))
    (suspicion,) = await suspicions(house)
    assert [(one.ref, one.unnamed) for one in suspicion.reports] == [
        ("L-2026-000061", False),
        ("L-2026-000062", True),
        ("L-2026-000063", False),
    ]
    told = await house.work()
    assert "3 meldinger ser ut som én fellesfeil (Gerica)" in told
    assert "2. L-2026-000062 (uten system) fra BFR" in told
    said = await house.says(ULLA, "ta ut M-2026-0001: 2")
    assert "Jeg har tatt ut L-2026-000062. 2 er igjen i M-2026-0001." in said


async def test_it_may_be_the_report_without_a_system_that_raises_the_suspicion(house: WholeHouse) -> None:
    """Two that say only that it hits themselves are not enough; the third says the same, and that all are hit."""
    for number, place, minutes in ((61, "BGO", 0), (62, "BUN", 3)):
        case = fault(number, place, minutes, system="AKS", words="fryser")
        await reports(house, replace(case, answers={"system": "AKS", "extent": "user"}))
    assert await suspicions(house) == ()
    await reports(house, without_system(63, "BFR", 5, "Programmet fryser for alle"))
    (suspicion,) = await suspicions(house)
    assert (suspicion.about, suspicion.system, suspicion.hovedsak) == ("AKS", "AKS", "L-2026-000061")
    assert [one.unnamed for one in suspicion.reports] == [False, False, True]


async def test_a_report_on_a_form_that_is_about_no_system_is_none_of_it(house: WholeHouse) -> None:
    await reports(
        house,
        fault(61, "BGO", 0),
        without_system(62, "BFR", 2, "Skriveren i resepsjonen er tom for papir", form=900171),
        *(fault(63 + n, PLACES[n + 2], 3 + n) for n in range(3)),
    )
    (suspicion,) = await suspicions(house)
    assert "L-2026-000062" not in [one.ref for one in suspicion.reports]


def colleagues(place: str, count: int, first: int = 61, minutes: float = 0) -> list[Case]:
    """Each from somebody else of one virksomhet."""
    cases = [fault(first + n, place, minutes + n) for n in range(count)]
    return [replace(case, reporter=replace(case.reporter, id=f"p-{place}-{case.ref}")) for case in cases]


async def test_a_few_people_of_one_virksomhet_are_no_fellesfeil(house: WholeHouse) -> None:
    await reports(house, *colleagues("BAL", 9))
    assert await suspicions(house) == ()


async def test_many_people_of_one_virksomhet_alone_are_told_of_as_just_that(house: WholeHouse) -> None:
    """G 5.1.2.2: no fellesfeil, but the desk decides what a bydel that stands still is."""
    await reports(house, *colleagues("BAL", 10))
    told = await house.work()
    assert "bare Bydel Alna melder om feil (Gerica)" in told
    assert "Omfang: Bare Bydel Alna. En fellesfeil rammer flere virksomheter." in told
    notes = await house.store.read(lambda session: session.local.hand_overs())
    assert ["bare Bydel Alna" in note.summary for note in notes] == [True]
    await reports(house, *colleagues("BAL", 3, first=71, minutes=12))
    assert await house.work() == "", "told once"
    (suspicion,) = await suspicions(house)
    assert (len(suspicion.reports), suspicion.alone) == (13, "BAL")
    await reports(house, fault(74, "BGO", 200, words="kommer ikke inn"))
    (suspicion,) = await suspicions(house)
    assert len(suspicion.reports) == 13, "somebody else's ordinary report is no part of it"


async def test_when_others_report_it_too_the_desk_is_told_that_it_is_no_longer_one_alone(house: WholeHouse) -> None:
    await reports(house, *colleagues("BAL", 10))
    await house.work()
    await reports(house, *(fault(71 + n, place, 11 + n) for n, place in enumerate(("BGO", "BFR", "BSA", "BUN"))))
    told = await house.work()
    assert "Nå melder også andre virksomheter om feilen" in told
    assert "Omfang" not in told
    (suspicion,) = await suspicions(house)
    assert suspicion.alone == ""
    assert set(suspicion.virksomheter) == {"BAL", "BGO", "BFR", "BSA", "BUN"}


def stands_still(number: int, place: str, minutes: float, system: str = "Gerica") -> Case:
    case = fault(number, place, minutes, system=system, words="er nede for hele bydelen")
    answers = {**case.answers, "extent": "several_locations", "outage": "full"}
    return replace(case, answers=answers, critical=True)


async def test_one_who_says_that_the_whole_virksomhet_stands_still_is_enough(house: WholeHouse) -> None:
    await reports(house, stands_still(61, "BAL", 0))
    assert "bare Bydel Alna melder om feil (Gerica)" in await house.work()
    (suspicion,) = await suspicions(house)
    assert [one.ref for one in suspicion.reports] == ["L-2026-000061"]


async def test_where_it_is_said_all_the_time_one_is_not_enough(house: WholeHouse) -> None:
    """As many as false alarms may be raised a week; the rest is told of when more people report it."""
    systems = ("Gerica", "AKS", "GAT", "Websak", "Visma", "Profil")
    await reports(house, *(stands_still(61 + n, PLACES[n], n * 300, system=systems[n]) for n in range(6)))
    assert 1 <= len(await suspicions(house)) < 6


async def test_a_suspicion_nobody_decides_about_does_not_grow_for_ever(house: WholeHouse) -> None:
    """On a busy system every report was added, day in day out, and none of them was learnt as normal."""
    await outage(house, 3)
    await reports(house, *(fault(64 + n, PLACES[n % 6], 60 + n * 240, words=f"annet {n}") for n in range(24)))
    (first,) = [one for one in await suspicions(house) if one.ref == "M-2026-0001"]
    assert len(first.reports) < 10
    assert first.status is SuspicionStatus.LAPSED


async def test_one_person_counts_once(house: WholeHouse) -> None:
    one = reporter("BGO")
    same = [fault(61 + n, PLACES[n], n) for n in range(5)]
    await reports(house, *(replace(case, reporter=replace(case.reporter, id=one.id)) for case in same))
    assert await suspicions(house) == ()


async def test_orders_and_what_is_passed_on_are_not_heard(house: WholeHouse) -> None:
    cases = [fault(61 + n, PLACES[n], n) for n in range(6)]
    orders = [replace(case, kind="service") for case in cases[:3]]
    passed = [replace(case, moved_from="L-2026-000001") for case in cases[3:]]
    await reports(house, *orders, *passed)
    assert await suspicions(house) == ()


async def test_a_report_taken_back_does_not_count(house: WholeHouse) -> None:
    lars = reporter("BGO")
    await house.grant(lars)
    await outage(house, 1)
    await house.store.write(lambda session: session.radar.forget("L-2026-000061"))
    await outage(house, 1, first=62, minutes=3)
    assert await suspicions(house) == ()


async def test_a_known_fellesfeil_raises_nothing_new(house: WholeHouse) -> None:
    known = [replace(fault(61 + n, PLACES[n], n), fellesfeil="D-2026-0001") for n in range(6)]
    await reports(house, *known)
    assert await suspicions(house) == ()


async def test_it_grows_and_the_desk_is_told_again_when_it_has_doubled(house: WholeHouse) -> None:
    await outage(house, 3)
    await house.work()
    await outage(house, 2, first=64, minutes=9)
    assert await house.work() == ""
    await outage(house, 1, first=66, minutes=15)
    assert "har vokst til 6 meldinger" in await house.work()
    (suspicion,) = await suspicions(house)
    assert len(suspicion.reports) == suspicion.told == 6


async def test_an_outage_without_end_lists_no_more_than_so_many_reports(
    house: WholeHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every report of one system was kept in memory and looked through with the next, 25 000 in 100 000 turns."""
    monkeypatch.setattr(listening, "MOST_REPORTS", 5)
    await outage(house, 8)
    (suspicion,) = await suspicions(house)
    assert [one.ref for one in suspicion.reports] == [f"L-2026-{number:06}" for number in range(61, 66)]
    assert suspicion.updated_at == MONDAY + timedelta(minutes=21)  # those after them are its own all the same


async def test_a_dismissed_one_is_raised_again_only_when_it_has_grown_clearly(house: WholeHouse) -> None:
    await outage(house, 3)
    await house.work()
    assert "er avvist" in await house.says(ULLA, "avvis M-2026-0001: planlagt øvelse")
    (suspicion,) = await suspicions(house)
    assert (suspicion.status, suspicion.reason) == (SuspicionStatus.DISMISSED, "planlagt øvelse")
    assert suspicion.decided_by == ULLA.name
    await outage(house, 2, first=64, minutes=20)
    assert await house.work() == ""
    await outage(house, 2, first=66, minutes=26)
    assert "var avvist, men nå er det" in await house.work()
    (suspicion,) = await suspicions(house)
    assert suspicion.status is SuspicionStatus.OPEN


async def test_one_that_nobody_decided_about_lapses(house: WholeHouse) -> None:
    await outage(house, 3)
    await reports(house, fault(64, "BGO", 25 * 60, system="AKS"))
    (suspicion,) = await suspicions(house)
    assert suspicion.status is SuspicionStatus.LAPSED
    assert "ingen mistanker" in await house.says(ULLA, "mistanker")


async def test_confirmed_the_reports_become_undersaker_and_the_forvalters_case_the_hovedsak(house: WholeHouse) -> None:
    cases = [fault(61 + n, PLACES[n], n * 3) for n in range(3)]
    cases[1] = replace(cases[1], reporter=replace(cases[1].reporter, role="forvalter"))

    def registered(session: Session) -> None:
        for case in cases:
            stored = session.cases.get(case.ref)
            assert stored is not None
            session.cases.update(replace(stored, status=stored.status.__class__("registered")))

    await reports(house, *cases)
    await house.store.write(registered)
    await house.work()
    said = await house.says(ULLA, press="suspicion:M-2026-0001:confirm")
    answers = {"consequence": "Ingen får ført journal", "workaround": "ingen", "groups": "SAM/IT"}
    for _ in range(6):
        if "Skal jeg publisere" in said:
            break
        said = await house.says(ULLA, answers[await house.pending(ULLA)])
    assert "Flere melder om feil: Gerica" in said
    await house.says(ULLA, "publiser")
    await house.says(ULLA, "ja")
    waiting = await house.store.read(lambda session: session.notices.unpublished())
    assert [notice.ref for notice in waiting] == ["D-2026-0001"]
    assert {case.fellesfeil for case in (await house.cases())[60:]} == {None}, "not before it is approved"
    await house.says(OF_THE_DESK, "til godkjenning")
    await house.says(OF_THE_DESK, "godkjenn")
    (notice,) = await house.notices()
    assert notice.hovedsak == "L-2026-000062"
    assert {case.fellesfeil for case in (await house.cases())[60:]} == {"D-2026-0001"}
    (suspicion,) = await suspicions(house)
    assert (suspicion.status, suspicion.notice) == (SuspicionStatus.CONFIRMED, "D-2026-0001")


async def test_only_the_desk_decides(house: WholeHouse) -> None:
    await outage(house, 3)
    lars = person("1linje")
    await house.grant(lars)
    assert "Mistanker er bare for" in await house.says(lars, press="suspicion:M-2026-0001:dismiss")
    (suspicion,) = await suspicions(house)
    assert suspicion.status is SuspicionStatus.OPEN


async def test_somebody_else_was_faster(house: WholeHouse) -> None:
    await outage(house, 3)
    await house.says(ULLA, "avvis M-2026-0001: øvelse")
    assert "er avgjort" in await house.says(OF_THE_DESK, press="suspicion:M-2026-0001:dismiss")


async def test_a_radar_that_fails_costs_nobody_his_case(house: WholeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Report:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.radar.listening.Listening._report", broken)
    await outage(house, 1)
    assert len(await house.cases()) == 61


async def test_what_was_taken_out_is_settled(house: WholeHouse) -> None:
    await outage(house, 3)
    assert "er avvist" in await house.says(ULLA, "ta ut M-2026-0001: 1, 2 og 3")
    await house.work()
    await outage(house, 2, first=64, minutes=9)
    (suspicion,) = await suspicions(house)
    assert (suspicion.status, suspicion.reports) == (SuspicionStatus.DISMISSED, ())


async def test_split_off_reports_are_a_suspicion_of_their_own_and_later_ones_come_to_the_likest(
    house: WholeHouse,
) -> None:
    words = ("får ikke logget på", "får ikke skrevet ut etiketter") * 2
    await reports(house, *(fault(61 + n, PLACES[n], n, words=words[n]) for n in range(4)))
    await house.work()
    said = await house.says(ULLA, "del M-2026-0001: 2 og 4")
    assert "2 meldinger er igjen i M-2026-0001, og 2 er nå mistanke M-2026-0002" in said
    listed = await house.says(ULLA, "mistanker")
    assert listed.index("M-2026-0001") < listed.index("Skilt ut fra: M-2026-0001")
    await reports(house, *(fault(65 + n, PLACES[4 + n], 6 + n, words=words[n]) for n in range(2)))
    logging_on, printing = await suspicions(house)
    assert [one.ref for one in logging_on.reports] == ["L-2026-000061", "L-2026-000063", "L-2026-000065"]
    assert [one.ref for one in printing.reports] == ["L-2026-000062", "L-2026-000064", "L-2026-000066"]
    assert "er avvist" in await house.says(ULLA, "avvis M-2026-0002: skriveren var tom")
    logging_on, printing = await suspicions(house)
    assert (logging_on.status, printing.status) == (SuspicionStatus.OPEN, SuspicionStatus.DISMISSED)


async def test_only_the_desk_splits(house: WholeHouse) -> None:
    await outage(house, 3)
    lars = person("1linje")
    await house.grant(lars)
    assert "Mistanker er bare for" in await house.says(lars, press="suspicion:M-2026-0001:split")
    assert len(await suspicions(house)) == 1


async def test_a_turn_that_is_undone_has_not_been_heard(house: WholeHouse) -> None:
    await outage(house, 1)
    case = fault(62, "BUN", 3)
    house.clock.now = case.created_at

    def killed(session: Session) -> None:
        session.cases.add(case, "c-reporter")
        house.radar().hear(session, case, "c-reporter")
        assert session.suspicions.open()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await house.store.write(killed)
    assert await suspicions(house) == ()
    assert await house.work() == ""
    await reports(house, case)
    assert len(await suspicions(house)) == 1
