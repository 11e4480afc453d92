"""Self-help before a case is written (G 3.2.1)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.selfhelp import load_selfhelp
from tests.knowledge.shipped import catalogue, selfhelp


def test_an_article_is_taken_apart_into_intro_steps_and_what_comes_after() -> None:
    article = selfhelp().get("SH-005")
    assert article is not None
    assert article.intro == "Prøv dette før du melder feil på utskrift."
    assert len(article.steps) == 6
    assert article.steps[0] == "Se i displayet på maskinen om det er papirstopp, tomt for papir eller feilkode."
    assert article.outro == "Ta med maskin-ID fra klistremerket når du kontakter 1.linje."


def test_no_word_of_an_article_is_lost_when_it_is_taken_apart() -> None:
    for article in selfhelp().articles:
        numbered = " ".join([article.intro, *article.steps, article.outro]).split()
        assert numbered == re.sub(r"(?m)^\d+\. ", "", article.body).split()


def test_the_articles_of_a_form_come_with_the_one_most_about_it_first() -> None:
    found = selfhelp().for_form(900884)
    assert [article.id for article in found] == ["SH-010", "SH-009", "SH-013"]
    assert selfhelp().for_form(1) == ()


def test_every_form_an_article_names_exists() -> None:
    for article in selfhelp().articles:
        assert article.related_form_ids
        assert all(form_id in catalogue() for form_id in article.related_form_ids), article.id


@pytest.mark.parametrize(
    ("said", "article_id"),
    [
        ("utskriften kommer ikke ut", "SH-005"),
        ("kontoen min er låst", "SH-002"),
        ("jeg har glemt passordet", "SH-001"),
        ("Outlook er treg og henger", "SH-014"),
        ("ingen lyd i Teams-møtet", "SH-019"),
        ("disken på pc-en er full", "SH-025"),
        ("har fått en mistenkelig epost", "SH-033"),
        ("OneDrive synkroniserer ikkje", "SH-021"),
        ("kjem ikkje inn i sikker sone", "SH-034"),
    ],
)
def test_the_article_about_what_was_said_comes_first(said: str, article_id: str) -> None:
    found = selfhelp().find(said)
    assert found
    assert found[0].id == article_id


@pytest.mark.parametrize(
    "said",
    [
        "",
        "hei",
        "noe er feil",
        "det virker ikke",
        "ny PC til nyansatt",
        "jeg trenger tilgang til Gerica",
        "bestille oppgradering av applikasjon i prod",
        "kantina er stengt",
        "brannmuråpning mot leverandør",
        "sikker sone skal utvides med egen filserver, backup og nytt navn for barnevernet i bydelen",
        "🙂",
    ],
)
def test_no_article_is_offered_for_what_none_is_about(said: str) -> None:
    assert selfhelp().find(said) == ()


def test_no_more_articles_are_offered_than_asked_for() -> None:
    said = "kontoen er låst og jeg har glemt passordet"
    assert len(selfhelp().find(said)) > 1
    assert len(selfhelp().find(said, limit=1)) == 1


def test_an_unknown_article_is_none() -> None:
    assert selfhelp().get("SH-999") is None


ARTICLE = {"id": "A", "title": "T", "body": "B", "related_form_ids": [1]}


def test_a_line_between_two_steps_belongs_to_the_step_before_it(tmp_path: Path) -> None:
    path = tmp_path / "selfhelp.json"
    path.write_text(json.dumps([ARTICLE | {"body": "1. Åpne.\nVent litt.\n\n2) Lukk.\nFerdig."}]), encoding="utf-8")
    (article,) = load_selfhelp(path).articles
    assert (article.intro, article.steps, article.outro) == ("", ("Åpne. Vent litt.", "Lukk."), "Ferdig.")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "not JSON in UTF-8"),
        ("[" * 100_000, "not JSON in UTF-8"),
        ("{}", "must be a list of articles"),
        ("[3]", "article 1: must be an object with keys"),
        (json.dumps([ARTICLE, ARTICLE | {"id": "B", "title": " "}]), "article 2: title: must be text"),
        (json.dumps([ARTICLE | {"related_form_ids": ["1"]}]), "article 1: related_form_ids: must be a list of whole"),
        (json.dumps([ARTICLE | {"related_form_ids": [True]}]), "article 1: related_form_ids: must be a list of whole"),
        (json.dumps([ARTICLE, ARTICLE]), "id A stands twice"),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "selfhelp.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(told)):
        load_selfhelp(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenKnowledge, match="cannot be read"):
        load_selfhelp(tmp_path / "selfhelp.json")
