"""The catalogue is exchanged in the middle of a conversation: nothing a person has told is lost, and no turn fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dialogs.state import Draft
from knowledge.catalogue.importing import catalogue_to_json
from knowledge.library import Library, with_catalogue
from tests.dialogs.talking import AKS_SLOW, AKS_SLOW_FORM, at_summary, begun, opened
from tests.transcript import Transcript, library, person

Without = Callable[..., Library]


def draft_of(talk: Transcript) -> Draft:
    assert talk.state.draft is not None
    return talk.state.draft


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Without:
    def made(*form_ids: int) -> Library:
        left = [one for one in catalogue_to_json(library().catalogue) if one["id"] not in form_ids]
        file: Path = tmp_path_factory.mktemp("catalogue") / "forms.json"
        file.write_text(json.dumps(left), encoding="utf-8")
        return with_catalogue(library(), file, None)

    return made


def test_the_form_of_the_case_at_hand_is_gone_and_another_is_chosen_with_every_answer(without: Without) -> None:
    """Every turn of the conversation failed from then on."""
    talk = at_summary()
    answers = dict(draft_of(talk).answers)
    talk.knowledge = without(AKS_SLOW_FORM)
    talk.says("send")
    talk.bot_says("Skjemaet for «AKS fryser for alle på kontoret i dag» er tatt bort", "Det du har svart, tar jeg med")
    assert not talk.cases
    talk.says("1")
    assert draft_of(talk).form_id not in (None, AKS_SLOW_FORM)
    assert len(answers) > 3
    assert {key: draft_of(talk).answers[key] for key in answers} == answers


def test_the_answer_that_was_being_given_is_kept(without: Without) -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    assert talk.state.pending is not None
    assert talk.state.pending.kind == "item"
    talk.knowledge = without(AKS_SLOW_FORM)
    talk.says("vi har startet serveren på nytt")
    assert "vi har startet serveren på nytt" in draft_of(talk).text


def test_the_form_of_the_case_that_waits_is_gone(without: Without) -> None:
    talk = begun("1linje", AKS_SLOW, AKS_SLOW_FORM)
    talk.says("ny sak: Lån av PC, tidsbegrenset")
    talk.knowledge = without(AKS_SLOW_FORM)
    talk.says("avbryt")
    talk.bot_says("Tilbake til saken: AKS fryser", "Hvilket av disse skjemaene passer?")


def test_a_form_that_is_offered_is_gone(without: Without) -> None:
    talk = Transcript(person("1linje"))
    talk.says("AKS")
    offered = draft_of(talk).candidates
    assert draft_of(talk).stage == "choose"
    talk.knowledge = without(offered[0])
    talk.press_action(f"form:{offered[0]}")
    talk.bot_says("er tatt bort")
    assert offered[0] not in draft_of(talk).candidates


def test_a_case_on_a_form_that_is_gone_is_shown_commented_and_registered_again(without: Without) -> None:
    talk = opened()
    talk.knowledge = without(AKS_SLOW_FORM)
    talk.says("status")
    talk.bot_says(talk.cases[0].ref)
    talk.says("feil skjema")
    talk.bot_says("Det du har svart, tar jeg med videre")
