"""What becomes of self-help is told as the person said it, never guessed (G 3.2.1)."""

from __future__ import annotations

import pytest

from tests.transcript import Transcript, person

BITLOCKER = "pcen ber om bitlocker nøkkel"


@pytest.mark.parametrize(
    ("said", "tried"),
    [
        ("nei", "Selvhjelpen «PC-en ber om BitLocker-nøkkel» løste det ikke"),
        ("det hjalp ikke, det er OSL12345", "Selvhjelpen «PC-en ber om BitLocker-nøkkel» løste det ikke"),
        ("nei jeg har ikke prøvd det dere skrev", "Selvhjelpen «PC-en ber om BitLocker-nøkkel» er ikke prøvd"),
        ("forstår ikke hva du mener", "Selvhjelpen «PC-en ber om BitLocker-nøkkel» er ikke prøvd"),
        ("ja det st noe om bitloker", "ikke sagt om den er prøvd"),
        ("kontoret", "ikke sagt om den er prøvd"),
    ],
)
def test_the_case_says_what_was_said_of_the_advice(said: str, tried: str) -> None:
    """Whatever was answered, the case said that the advice had not helped."""
    talk = Transcript(person("ansatt"))
    talk.says(BITLOCKER)
    talk.says(said)
    assert talk.state.draft is not None
    assert tried in talk.state.draft.answers["tried"].shown


@pytest.mark.parametrize("number", ["1", "2.", "3)"])
def test_a_bare_number_does_not_end_the_report(number: str) -> None:
    """Steps and questions are numbered, and "1" was taken for "it helped": no case came of it."""
    talk = Transcript(person("ansatt"))
    talk.says(BITLOCKER)
    talk.says(number)
    talk.bot_says("Hjalp rådene?")
    assert talk.state.draft is not None
    talk.says("ja")
    talk.bot_says("Da oppretter jeg ingen sak")


class TestPlayed:
    """What the last players met."""

    def test_an_article_about_something_else_is_not_shown(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("excel maser om at produktet ikke er lisensiert og alt i menyen er grått")
        talk.bot_does_not_say("Outlook er treg")

    def test_a_question_is_no_no(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("Utskriften kommer ikke ut")
        talk.says("når er det fikset?")
        talk.bot_says("Hjalp rådene?")
        assert talk.state.draft is not None
        assert talk.state.draft.stage == "self_help"
        assert talk.state.draft.text == "Utskriften kommer ikke ut"
        talk.says("nei")
        assert talk.state.draft.stage != "self_help"

    def test_who_tried_it_has_tried_it(self) -> None:
        talk = Transcript(person("ansatt"))
        talk.says("Utskriften kommer ikke ut")
        talk.says("jo jeg prøvde det, men jobben blir liggende i køen")
        assert talk.state.draft is not None
        assert "ikke sagt om" not in talk.state.draft.answers["tried"].shown
