"""What a report says in passing is read as it is meant: a date, a floor, a pressed link."""

from __future__ import annotations

from tests.dialogs.talking import answers, begin, choose
from tests.transcript import Transcript, person

UPGRADE = (
    "oppgradering av Gerica til 9.3 i test 1. desember og prod 8. desember, ressursnr 1234567, fakturaref 8HEL01, "
    "kostnadssted 45678"
)


def test_the_full_stop_of_a_date_parts_no_needs() -> None:
    """ "… i test 1." was one case, and "desember og prod …" the next."""
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says(UPGRADE)
    talk.bot_does_not_say("Jeg ser flere ting")
    choose(talk, 900898)
    case = answers(talk)
    assert ("1. desember" in case["dato_test"], "8. desember" in case["dato_prod"], case["til_versjon"]) == (
        True,
        True,
        "9.3",
    )
    assert "mars" not in case.get("wanted_at", "")


def test_dates_and_environments_on_one_line() -> None:
    talk = Transcript(person("forvalter", virksomhet="HEL"))
    talk.says("Hei, vi skal oppgradere Gerica i test, preprod og prod til versjon 9.2 neste onsdag")
    talk.says("test 25.11, preprod 2. desember, prod 9. desember")
    case = answers(talk)
    assert (
        "25. november" in case["dato_test"],
        "2. desember" in case["dato_preprod"],
        "9. desember" in case["dato_prod"],
    ) == (True,) * 3


def test_the_floor_somebody_sits_on_is_no_department() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Kari Moe i 3. etg. får ikke åpnet Outlook på PC siden i går kl 13, prøvd omstart")
    assert answers(talk).get("extent") != "Flere på samme avdeling"


def test_a_link_pressed_and_a_password_given_are_not_asked_again() -> None:
    talk = Transcript(person("superbruker"))
    begin(talk, "jeg har klikket på en lenke i en epost og skrevet inn passordet mitt", 900431)
    choose(talk, 900431)
    assert (answers(talk)["klikket"], answers(talk)["passord"]) == ("Ja", "Ja")
    talk.bot_does_not_say("Passord er oppgitt: ja eller nei")


def test_the_owner_is_who_is_said_to_own() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Gi Kari Moe og Ola Lie tilgang til mappa F:\\Felles\\HR, lese og skrive, eier er Per Lund")
    talk.bot_says("Mappeeier: Per Lund")


def test_the_sentences_beside_a_fact_that_was_taken_are_not_lost() -> None:
    """Only "har restartet" was noted; whom to call and what was missing stood nowhere."""
    talk = Transcript(person("superbruker", virksomhet="BFR"))
    talk.says("hei, vi får ikke åpna gat på vaktrommet, to stk, siden vi kom på jobb i dag")
    talk.says("har restartet. kontakt hanne 99887766, mangler vakter")
    assert talk.state.draft is not None
    assert "kontakt hanne 99887766, mangler vakter" in talk.state.draft.text
