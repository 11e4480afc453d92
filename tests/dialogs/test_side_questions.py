"""Questions asked in between are answered, and the open question is asked again (met by players)."""

from __future__ import annotations

import pytest

from dialogs import notice_steps
from tests.dialogs.test_known_day import talk_of
from tests.transcript import Transcript, person

UNSURE = "nettet virker ikke"
ASKING = "AKS er nede for hele avdelingen siden i går kl 08.15"
READY = (f"{ASKING}, prøvd omstart", "kontor")
QUESTIONS = [
    ("hva er forskjellen på feil og bestilling?", "rødt skjema"),
    ("hvem er forvalter av Gerica?", "forvalter.gerica@example.invalid"),
    ("hvor lang tid tar det å få ny pc?", "5–10 virkedager"),
    ("er visma nede?", "ingen driftsmelding om visma"),
]


@pytest.mark.parametrize(("question", "said"), QUESTIONS)
@pytest.mark.parametrize(
    ("before", "open_question"),
    [((UNSURE,), "Hvilket av disse skjemaene passer?"), ((ASKING,), "Pålogging fra"), (READY, "Skal jeg sende saken?")],
)
def test_it_is_answered_and_the_case_waits(
    before: tuple[str, ...], open_question: str, question: str, said: str
) -> None:
    talk = talk_of("1linje", *before)
    draft = talk.state.draft
    assert draft is not None
    talk.says(question)
    talk.bot_says(said, open_question)
    talk.bot_does_not_say("Det har jeg notert", "Endret")
    assert talk.state.draft is not None
    assert talk.state.draft.text == draft.text
    assert talk.state.draft.answers == draft.answers


@pytest.mark.parametrize(("question", "said"), QUESTIONS)
def test_it_begins_no_case(question: str, said: str) -> None:
    talk = talk_of("1linje", question)
    talk.bot_says(said)
    assert not talk.state.drafts


def test_what_is_known_to_be_down_is_told() -> None:
    """G 5.1.2.2"""
    desk = talk_of(
        "uss",
        "driftsmelding: Visma er nede for alle siden kl 9. Ny oppdatering kl 15",
        "alle bydeler",
        "får ikke ført timer",
        "ingen",
        "alle gruppene",
        "ingen",
        "publiser",
        "ja",
    )
    approved = notice_steps.approved(desk.notices[0], "Unni Uss", desk.now)
    talk = Transcript(person("1linje"), notices=[approved])
    talk.says(ASKING)
    talk.says("er visma nede?")
    talk.bot_says(talk.notices[0].ref, "Visma er nede", "Pålogging fra")


def test_a_system_that_is_not_in_the_register_is_said_not_to_be() -> None:
    talk_of("1linje", "hvem er forvalter av Tullesystemet?").bot_says("finner ikke «Tullesystemet»")


def test_a_question_without_an_answer_is_not_noted() -> None:
    talk = talk_of("1linje", UNSURE, "hvorfor er himmelen blå?")
    talk.bot_does_not_say("notert")
    talk.bot_says("ikke noe svar", "Hvilket av disse skjemaene passer?")


@pytest.mark.parametrize("report", ["er helt nede her", "Er det nede?", "Visma er nede", "hvem kan hjelpe meg?"])
def test_other_words_are_no_such_question(report: str) -> None:
    talk = talk_of("1linje")
    said = talk.says(report)
    assert "driftsmelding om" not in said


def test_the_answers_are_in_three_languages() -> None:
    talk_of("1linje", "english", "who is the owner of Gerica?").bot_says("The forvalter of Gerica")
