"""What is noted of the choice of form, for the review of the matching."""

from __future__ import annotations

from dialogs.effects import NoteChoice
from dialogs.flows import noting
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, fill, opened
from tests.transcript import Transcript, library, person

OF_SCOPE = "hvor lenge skal egg koke for at de blir helt passe"


def noted(talk: Transcript) -> list[NoteChoice]:
    return [effect for effect in talk.effects if isinstance(effect, NoteChoice)]


def shown(text: str = "hvilket skjema skal jeg bruke for treg og frossen AKS på kontoret") -> Transcript:
    talk = Transcript(person("1linje"))
    talk.says(text)
    assert talk.state.pending is not None
    assert talk.state.pending.kind == "form_shown", talk.last
    return talk


def test_a_form_that_is_confirmed_is_noted_once_when_the_case_is_opened() -> None:
    assert noted(at_summary()) == []
    choice = noted(opened())[-1]
    assert (choice.text, choice.chosen, choice.confirmed) == (AKS_SLOW, AKS_SLOW_FORM, True)
    match = library().matcher.match(AKS_SLOW)
    assert match.best is not None
    assert (choice.proposed, choice.decision) == (match.best.form.id, match.decision.value)


def test_another_form_than_the_proposed_is_noted_when_it_is_picked_and_when_it_is_sent() -> None:
    talk = at_summary()
    talk.presses("Feil skjema")
    other = next(one for one, _ in talk.choices() if one != f"form:{noted_best(AKS_SLOW)}")
    talk.press_action(other)
    picked = noted(talk)[-1]
    assert (picked.chosen, picked.confirmed) == (int(other.removeprefix("form:")), False)
    fill(talk)
    if talk.state.pending is not None and talk.state.pending.kind == "confirm":
        talk.says("send")
        assert noted(talk)[-1].chosen == picked.chosen
        assert noted(talk)[-1].confirmed


def noted_best(text: str) -> int:
    best = library().matcher.match(text).best
    assert best is not None
    return best.form.id


def test_none_of_these_is_noted_without_a_form() -> None:
    talk = at_summary()
    talk.presses("Feil skjema")
    talk.says("ingen av disse")
    choice = noted(talk)[-1]
    assert (choice.proposed, choice.chosen, choice.confirmed) == (noted_best(AKS_SLOW), None, False)


def test_no_thanks_to_opening_a_case_says_nothing_about_the_form() -> None:
    talk = shown()
    talk.press_action("form:none")
    assert noted(talk) == []


def test_what_no_form_is_for_is_noted_as_refused() -> None:
    talk = Transcript(person("1linje"))
    talk.says(OF_SCOPE)
    assert noted(talk) == [NoteChoice(OF_SCOPE, None, "none", None)]


def test_neither_numbers_nor_addresses_are_kept() -> None:
    said = f"{AKS_SLOW}, spør 01010150074 eller kari.nordmann@oslo.invalid eller +47 22 33 44 55"
    talk = fill(begun("1linje", said, AKS_SLOW_FORM))
    talk.says("send")
    text = noted(talk)[-1].text
    assert text.startswith(AKS_SLOW)
    for removed in ("01010150074", "nordmann", "22 33", "44 55"):
        assert removed not in text


def test_a_long_story_is_cut() -> None:
    assert noting._kept("Egg koker lenge. " * 60) == ("Egg koker lenge. " * 60)[: noting.LONGEST_NOTED]


def test_a_notice_is_no_choice_of_a_form() -> None:
    talk = Transcript(person("uss"))
    talk.says("ny driftsmelding")
    talk.says("fellesfeil: AKS er nede for alle siden kl 9")
    assert noted(talk) == []
