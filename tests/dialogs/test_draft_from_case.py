"""A case taken apart again is what it was made of: the words, every answer and how it reads (G 3.2.1, 4.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.case import Case
from dialogs.case_text import build_case
from dialogs.conversation import Conversation
from dialogs.draft_from_case import draft_of, own_words
from dialogs.items import KeptItems
from dialogs.state import Answer, Draft, State
from dialogs.turn import Situation
from knowledge.catalogue import FieldType
from tests.transcript import MONDAY, engine, library, person

NOW = MONDAY.isoformat()


def talk_as(role: str, *, language: str = "nb", inbox: tuple[Case, ...] = ()) -> Conversation:
    situation = Situation(person(role), MONDAY, "L-2026-000001", "D-2026-0001", inbox=inbox)
    return Conversation(State(language=language), situation, library(), engine().texts, KeptItems())


def reported(draft: Draft, language: str = "nb") -> Case:
    """The case that an employee's draft becomes."""
    return build_case(talk_as("ansatt", language=language), draft)


def a_draft(text: str = "PC-en starter ikke", form_id: int = 900201, **answers: Answer) -> Draft:
    kind = library().catalogue.get(form_id).kind
    assert kind is not None
    return Draft("1", kind.value, "confirm", text, NOW, NOW, form_id=form_id, answers=answers)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_answers_read_as_they_did_whatever_language_they_were_given_in(language: str) -> None:
    about = "ca. i går kl. 12.00 («rundt lunsj»)"
    draft = a_draft(
        started_at=Answer("2026-11-22T12:00:00+01:00", about),
        extent=Answer("department", "Avdelingen"),
        tried=Answer("omstart", "omstart"),
        phone=Answer("ukjent", "Vet ikke"),
    )
    again = draft_of(talk_as("1linje"), reported(draft, language), "7")
    assert again.id == "7"
    assert again.text == draft.text
    assert again.passes_on == "L-2026-000001"
    assert again.answers["started_at"] == draft.answers["started_at"]
    assert again.answers["tried"] == draft.answers["tried"]
    assert again.answers["phone"] == draft.answers["phone"]
    assert again.answers["extent"].value == "department"
    assert again.answers["extent"].shown != "department"
    assert again.answers["on_behalf_of"].value == "Ada Ansatt"


def test_what_has_a_place_of_its_own_in_the_case_comes_back_too() -> None:
    form = next(
        form for form in library().catalogue if form.billing is not None and "ressursnummer" in form.billing.fields
    )
    draft = replace(
        a_draft(
            form_id=form.id,
            ressursnummer=Answer("12345", "12345"),
            contacts=Answer("Per, Pål", "Per, Pål"),
            followers=Answer("Espen", "Espen"),
            on_behalf_of=Answer("Kari", "Kari"),
        )
    )
    again = draft_of(talk_as("1linje"), reported(draft), "7")
    assert {key: answer.shown for key, answer in again.answers.items()} == {
        "ressursnummer": "12345", "contacts": "Per, Pål", "followers": "Espen", "on_behalf_of": "Kari"
    }  # fmt: skip


@pytest.mark.parametrize("critical", [True, False])
def test_critical_is_what_it_was_settled_to_be(critical: bool) -> None:
    text = "Kritisk: ingen på legevakta kommer inn i AKS, liv og helse"
    draft = a_draft(text, 900884).with_answer("critical", Answer(critical, "Ja" if critical else "Nei"))
    again = draft_of(talk_as("1linje"), reported(draft), "7")
    assert again.critical is critical
    assert again.answers["critical"].value is critical


def test_what_the_reporter_did_not_know_is_asked_of_first_line_when_it_is_required() -> None:
    unknown = Answer("ukjent", "Vet ikke")
    form = library().catalogue.get(900201)
    assert next(field for field in form.fields if field.key == "pc_navn").required
    again = draft_of(talk_as("1linje"), reported(a_draft(pc_navn=unknown, phone=unknown)), "7")
    assert "pc_navn" not in again.answers
    assert again.answers["phone"] == unknown


def test_values_of_every_kind_read_as_people_write_them() -> None:
    form = next(form for form in library().catalogue if any(field.type is FieldType.DATE for field in form.fields))
    date = next(field.key for field in form.fields if field.type is FieldType.DATE)
    values = {date: "2026-12-01", "flag": True, "count": 3.0, "files": ["a.png", "b.png"], "later": "ettersendes"}
    case = replace(reported(a_draft(form_id=form.id)), answers=values)
    again = draft_of(talk_as("1linje"), case, "7")
    assert {key: again.answers[key].shown for key in values} == {
        date: "tirsdag 1. desember", "flag": "Ja", "count": "3", "files": "a.png, b.png", "later": "Ettersendes"
    }  # fmt: skip
    assert draft_of(talk_as("1linje"), replace(case, answers={date: "snart"}), "7").answers[date].shown == "snart"


def test_what_was_never_suspected_is_not_asked_about() -> None:
    again = draft_of(talk_as("1linje"), reported(a_draft()), "7")
    assert again.critical is None
    assert "critical" not in again.answers


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("\n\n".join).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=100)
@given(
    text=TEXTS,
    tried=TEXTS,
    extent=st.sampled_from(["user", "department"]),
    language=st.sampled_from(["nb", "nn", "en"]),
)
def test_the_reporters_own_words_come_back_exactly(text: str, tried: str, extent: str, language: str) -> None:
    draft = a_draft(text, tried=Answer(tried, tried), extent=Answer(extent, extent))
    talk = talk_as("1linje")
    assert own_words(talk, reported(draft, language)) == text
    assert own_words(talk, reported(replace(draft, answers={}), language)) == text


def test_words_that_look_like_a_line_of_the_case_stay_words() -> None:
    text = "Hei\n\nOmfang: hele huset\n\nHilsen Ada"
    draft = a_draft(text, extent=Answer("department", "Avdelingen"))
    assert own_words(talk_as("1linje"), reported(draft)) == text


def test_the_fellesfeil_it_belongs_to_comes_along() -> None:
    case = replace(reported(a_draft()), fellesfeil="D-2026-0001")
    assert draft_of(talk_as("1linje"), case, "2").fellesfeil == "D-2026-0001"
    assert draft_of(talk_as("1linje"), replace(case, fellesfeil=None), "2").fellesfeil == ""
