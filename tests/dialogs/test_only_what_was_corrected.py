"""A case says "Rettet av innmelder" of what the reporter changed, and of nothing else its words could be read as."""

from __future__ import annotations

from tests.desk import Desk
from tests.dialogs.talking import fill
from tests.dialogs.test_inbox import desk_with_a_case
from tests.transcript import Transcript, person

CORRECTED = "Rettet av innmelder"


def passed_on(desk: Desk) -> str:
    desk.first_line.press_action("inbox:L-2026-000001:pass_on")
    fill(desk.first_line).says("send")
    assert len(desk.cases) == 2, desk.first_line.last
    return desk.cases[1].description


def test_the_names_of_those_who_talked_about_it_correct_nothing() -> None:
    """ "Gjelder bruker er Ada Ansatt, ikke Lars Linje" was read out of the quoted question."""
    desk = desk_with_a_case()
    desk.first_line.presses("Spør tilbake")
    desk.first_line.says("Hvilket skrivernummer står på lappen?")
    desk.employee.says("Det står P-4711 på lappen")
    description = passed_on(desk)
    assert "Det står P-4711" in description
    assert CORRECTED not in description


def test_several_dates_in_an_order_correct_nothing() -> None:
    """ "Ønsket dato er ca. 25. november, ikke 9. desember"."""
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says("Hei, vi skal oppgradere Gerica i test, preprod og prod til versjon 9.2 neste onsdag")
    talk.says("Test: 25. november\nProd: 9. desember")
    talk.says("preprod blir 2. desember")
    talk.bot_does_not_say("teksten sier", CORRECTED)


def test_what_was_corrected_is_told_of() -> None:
    talk = Transcript(person("1linje"))
    talk.says("Kari Moe får ikke logget på AKS hjemmefra siden i går kl 10, prøvd omstart")
    fill(talk)
    talk.says("det gjelder Per Hansen, ikke Kari Moe")
    talk.says("send")
    assert f"{CORRECTED}: Gjelder bruker er Per Hansen, ikke Kari Moe." in talk.case["description"]


def test_a_correction_goes_with_the_case_to_another_form() -> None:
    talk = Transcript(person("1linje"))
    talk.says("Kari Moe får ikke logget på AKS hjemmefra siden i går kl 10, prøvd omstart")
    fill(talk)
    talk.says("det begynte forresten på fredag")
    talk.says("send")
    talk.says("feil skjema L-2026-000001")
    talk.says("1")
    fill(talk).says("send")
    assert len(talk.cases) == 2, talk.text()
    assert f"{CORRECTED}: Når feilen begynte er fredag 20. november" in talk.case["description"]
