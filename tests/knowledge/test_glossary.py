"""What a term means, when someone asks (G 2.2)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import BrokenKnowledge
from knowledge.glossary import load_glossary
from knowledge.yaml_files import LANGUAGES
from tests.knowledge.guide_questions import NOT_QUESTIONS
from tests.knowledge.shipped import DATA, glossary, organisation

GUIDE_TERMS = (
    "USS",
    "RM",
    "IM",
    "Citrix",
    "AKS",
    "ITAS",
    "2S",
    "SMV",
    "Kompass",
    "ServiceNow",
    "UKE",
    "PRK",
    "CAB",
    "IKT",
    "Sonemodell",
    "FSA",
    "1.linje",
    "IKT hovedkontakt",
    "Støtteforespørsel",
    "Tjenesteforespørsel",
    "Systemoversikten",
    "Innmelder",
)
OTHER_TERMS = (
    "SAM/IT",
    "SAM/IKT-hovedkontakter",
    "fellesfeil",
    "hovedsak",
    "undersak",
    "driftsmelding",
    "følger",
    "Lokal Servicedesk",
    "problem-sak",
)


@pytest.mark.parametrize("name", [*GUIDE_TERMS, *OTHER_TERMS])
@pytest.mark.parametrize("question", ["hva er {}", "Hva betyr {}?", "kva er {}?", "What is {}?", "{}?"])
def test_every_term_of_the_guide_is_explained_when_asked_for(name: str, question: str) -> None:
    term = glossary().explain(question.format(name))
    assert term is not None
    assert term is glossary().named(name)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("hva er RM", "rm"),
        ("hva betyr ITAS?", "itas"),
        ("kva er ein hovudsak", "hovedsak"),
        ("Hva menes med «driftsmelding»?", "driftsmelding"),
        ("hva står CAB for", "cab"),
        ("Hva vil det si med undersaker?", "undersak"),
        ("jeg lurer på hva sonemodellen er", "sonemodell"),
        ("Hei, kan du forklare meg hva PRK er?", "prk"),
        ("vet du hva en følger i Kompass er?", "folger"),
        ("hvem er 2S?", "2s"),
        ("hva gjør en RM?", "rm"),
        ("hva er 1. linje", "forstelinje"),
        ("hva er fellesfeil for noe", "fellesfeil"),
        ("hva er felesfeil", "fellesfeil"),
        ("hva er systemoversiktn?", "systemoversikten"),
        ("what does AKS mean?", "aks"),
        ("what's ITAS", "itas"),
        ("do you know what a hovedsak is?", "hovedsak"),
        ("forklar begrepet problemsak", "problemsak"),
        ("HVA ER USS???", "uss"),
    ],
)
def test_a_term_is_found_however_it_is_asked_for(question: str, key: str) -> None:
    term = glossary().explain(question)
    assert term is not None
    assert term.key == key


@pytest.mark.parametrize(
    "text",
    [
        "hva er galt med Citrix?",
        "hva er feilen?",
        "hva er problemet med AKS",
        "hva er statusen på hovedsaken vår?",
        "Kompass er nede?",
        "Kompass",
        "hva er servicenow nede",
        "hva er klokka?",
        "hva er XYZ?",
        "hva er",
        "?",
        "",
        "hva er " + "RM " * 100,
        *NOT_QUESTIONS,
    ],
)
def test_what_is_no_question_about_a_term_is_left_alone(text: str) -> None:
    assert glossary().explain(text) is None


def test_every_explanation_is_there_in_every_language_with_its_facts_filled_in() -> None:
    for term in glossary():
        for language in LANGUAGES:
            explained = term.explained(language, organisation())
            assert len(explained) > 20
            assert "{" not in explained
        assert re.fullmatch(r"\d+(\.\d+)*(, \d+(\.\d+)*)*", term.chapter), term.key


def test_terms_that_belong_together_are_named_by_key() -> None:
    seen = {key for term in glossary() for key in term.see}
    assert seen
    assert all(glossary().get(key) is not None for key in seen)
    assert glossary().get("finnes_ikke") is None
    uss = glossary().get("uss")
    assert uss is not None
    assert uss.name == "USS"


@given(st.text(max_size=300))
def test_any_text_is_taken_without_harm(text: str) -> None:
    found = glossary().explain(text)
    assert found is None or found in glossary().terms


WORD = {"nb": "a", "nn": "b", "en": "c"}


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        (
            {"a": {"names": ["A"], "explanation": {"nb": "x", "nn": "y"}, "chapter": "2.2"}},
            "explanation: en: is missing",
        ),
        ({"a": {"names": [], "explanation": WORD}}, "a: chapter: is missing"),
        (
            {"a": {"names": ["A"], "explanation": WORD | {"en": "{telefon}"}, "chapter": "2.2"}},
            "explanation: en: {telefon}",
        ),
        ({"a": {"names": ["A"], "explanation": WORD, "chapter": "2.2", "se": ["b"]}}, "a: se: is not a key here"),
        (
            {"a": {"names": ["A"], "explanation": WORD, "chapter": "2.2", "see": ["b"]}},
            "term a: see: there is no term b",
        ),
        (
            {key: {"names": ["Lik"], "explanation": WORD, "chapter": "2.2"} for key in ("a", "b")},
            "the name Lik belongs to both a and b",
        ),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, terms: object, told: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(yaml.safe_dump({"terms": terms}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(told)) as caught:
        load_glossary(path)
    assert str(path) in str(caught.value)


def test_the_shipped_file_is_where_it_should_be() -> None:
    assert len(load_glossary(DATA / "glossary.yaml").terms) == len(glossary().terms) > 40
