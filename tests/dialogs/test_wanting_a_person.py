"""A wish for a person is heard in whatever words; what looks like one in a report is not."""

from __future__ import annotations

import pytest

from dialogs.commands import Command, find_command
from dialogs.human_wish import wants_a_human
from tests.transcript import Transcript, person


@pytest.mark.parametrize(
    "text",
    [
        "Kan jeg få snakke med et menneske i stedet?",
        "kan jeg få snakke med et menneske i stedet? Dette skjønner jeg ikke noe av.",
        "finnes det noen jeg kan ringe",
        "Finst det nokon eg kan ringje?",
        "eg vil heller prate med nokon",
        "can I talk to a person please",
        "gidder ikke robot, gi meg en person",
        "jeg vil ikke prate med en robot, sett meg over til et menneske",
        "Jeg må få snakke med noen om dette",
        "hvem kan jeg ringe?",
        "kan jeg ringe dere?",
        "is there someone I can call?",
        "I'd rather speak to a human",
        "I would like to speak with a real person",
        "kunne jeg fått prate med en ekte person",
        "vil ha et menneske",
        "jeg vil ha et menneske",
        "nei, bare snakke med noen",
        "gi meg nummeret til et menneske",
    ],
)
def test_a_wish_for_a_person(text: str) -> None:
    found = find_command(text)
    assert found is not None
    assert found.command is Command.HANDOVER


@pytest.mark.parametrize(
    "text",
    [
        "Brukeren vil snakke med en konsulent. Hun kommer ikke inn i Fasit.",
        "brukeren vil snakke med noen",
        "kan noen ringe meg på 41 22 33 44",
        "Skjermen er svart. Kan noen ringe meg på 95111222?",
        "Når jeg vil snakke med noen i Teams, hører de meg ikke",
        "Jeg kan ikke snakke med noen i Teams-møter",
        "vi trenger en person til i gruppen",
        "gi en person tilgang til mappen",
        "gi meg en personlig mappe",
        "Gerica er nede for alle på sykehjemmet, kan jeg snakke med et menneske",
        "Jeg vil ringe folk fra Teams, men det går ikke",
        "hvem kan jeg legge til som eier",
        "får ikke ringt noen fra svargruppen",
        "flytt nummeret til en person i svargruppen",
    ],
)
def test_no_wish_for_a_person(text: str) -> None:
    found = find_command(text)
    assert found is None or found.command is not Command.HANDOVER


def test_in_the_middle_of_a_report_the_person_is_handed_over_and_the_report_kept() -> None:
    talk = Transcript(person("superbruker"))
    talk.says("Skriveren MFP30911 striper, det begynte i går")
    said = talk.says("finnes det noen jeg kan ringe i stedet?")
    assert "23 47 70 70" in said
    assert talk.state.drafts


@pytest.mark.parametrize(
    "said", ["kan noen ringe meg? får ikke løst det i chat", "kan noen ringe meg", "can someone call me?"]
)
def test_fixed_bug_a_call_that_was_wished_for_was_a_form(said: str) -> None:
    talk = Transcript(person("superbruker"))
    talk.says(said)
    assert not talk.state.drafts
    talk.bot_says("23 47 70 70")


@pytest.mark.parametrize("said", ["kan noen ringe meg på 41223344", "AKS er nede, kan noen ringe meg?"])
def test_in_a_report_it_is_no_wish_for_a_person(said: str) -> None:
    assert not wants_a_human(said)
