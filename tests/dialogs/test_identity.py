"""Who proves that a user is who he says: never the employee for himself (G 3.2.1)."""

from __future__ import annotations

from tests.transcript import Transcript, person

NEW_PHONE = "Jeg har fått ny telefon og må nullstille tofaktor, den gamle er borte"


def test_an_employee_is_not_asked_who_checked_him() -> None:
    talk = Transcript(person("ansatt"))
    talk.says(NEW_PHONE)
    said = talk.says("nei")
    assert "Skal jeg sende saken?" in said
    assert "1.linje må være sikre på at det er deg" in said


def test_the_first_line_is_asked_when_it_passes_the_case_on() -> None:
    employee = Transcript(person("ansatt"))
    employee.says(NEW_PHONE)
    employee.says("nei")
    employee.says("send")
    first_line = Transcript(person("1linje"), cases=employee.cases)
    first_line.says("innboksen")
    said = first_line.says(f"send videre {employee.cases[0].ref}")
    assert "Hvordan er identiteten bekreftet?" in said


def test_an_orderer_for_himself_is_asked_who_vouched_for_him() -> None:
    talk = Transcript(person("1linje"))
    assert "Hvordan er det bekreftet at det er deg?" in talk.says(NEW_PHONE)


def test_an_orderer_for_a_user_is_asked_how_he_made_sure() -> None:
    talk = Transcript(person("1linje"))
    assert "Hvordan er identiteten bekreftet?" in talk.says(
        "Kari Nordmann har fått ny telefon og må nullstille tofaktor"
    )
