"""Answers in a critical case are taken as given: nobody is asked whether they are something new (G 5.1.2.2)."""

from __future__ import annotations

from datetime import datetime

from tests.dialogs.talking import answers, at_summary, choose
from tests.transcript import OSLO, Transcript, person

NIGHT = datetime(2026, 11, 24, 3, 0, tzinfo=OSLO)
NO_PHONE = "Hele Bydelen er uten telefon, svartjenesten 21802180 er nede siden 8:15, innbyggere kommer ikke gjennom"


def test_a_yes_and_the_rest_on_one_line() -> None:
    talk = Transcript(person("superbruker"))
    talk.says(NO_PHONE)
    talk.says("ja, 21802180, innkommende, ringt telenor")
    talk.bot_does_not_say("Det høres ut som noe nytt")
    assert answers(talk)["critical"] == "Ja"
    assert answers(talk)["retning"] == "Innkommende"


def test_the_number_that_is_dead_is_nobodys_to_be_called_on() -> None:
    talk = Transcript(person("superbruker"))
    talk.says(NO_PHONE)
    assert answers(talk)["svargruppe"] == "21802180"
    assert "phone" not in answers(talk)
    talk.says("ja, 21802180, innkommende, ringt telenor")
    assert "phone" not in answers(talk)


def test_a_yes_before_several_sentences() -> None:
    talk = Transcript(person("superbruker"), now=NIGHT)
    talk.says("Gerica er helt nede for alle i bydelen, medisinlister er utilgjengelige")
    choose(talk, 900075)
    talk.says("ja!!! klient tror jeg. startet kl 02. har restartet. ring meg på 90011223")
    said = answers(talk)
    assert said["critical"] == "Ja"
    assert said["phone"] == "+4790011223"
    assert "02.00" in said["started_at"]
    talk.bot_says("Skal jeg sende saken?")


def test_a_no_before_several_sentences() -> None:
    talk = Transcript(person("superbruker"), now=NIGHT)
    talk.says("Gerica er helt nede for alle i bydelen, medisinlister er utilgjengelige")
    choose(talk, 900075)
    talk.says("nei. klient tror jeg. startet kl 02. har restartet alle maskinene på huset og ringt nabobydelen")
    assert answers(talk)["critical"] == "Nei"


def test_what_belongs_to_this_case_answers_what_is_asked() -> None:
    """It only went into the description, and everything was asked again."""
    talk = Transcript(person("superbruker"))
    talk.says("AKS fryser for alle på kontoret i dag")
    talk.says("i tillegg: noe virker, prøvd omstart")
    talk.bot_says("Det hører til denne saken")
    talk.presses("Det hører til denne saken")
    assert answers(talk)["outage"] == "Noe virker"
    assert "omstart" in answers(talk)["tried"]
    assert talk.state.draft is not None
    assert "i tillegg: noe virker" in talk.state.draft.text


def test_what_fills_no_line_is_added_and_said_to_be() -> None:
    talk = at_summary()
    talk.says("en ting til: vi mangler papir")
    talk.presses("Det hører til denne saken")
    talk.bot_says("Det la jeg til i beskrivelsen", "vi mangler papir", "Skal jeg sende saken?")
