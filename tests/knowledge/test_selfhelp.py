"""Self-help before a case is written (G 3.2.1)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from statistics import mean

import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.selfhelp import load_selfhelp
from tests.knowledge.shipped import catalogue, selfhelp
from tests.readability import MAX_AVERAGE_LIX, lix


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


class TestInThePersonsLanguage:
    @pytest.mark.parametrize("language", ["nn", "en"])
    def test_every_article_is_translated_step_by_step(self, language: str) -> None:
        """A translation with another number of steps is passed over, so being there says that the steps are as many."""
        assert not [article.id for article in selfhelp().articles if language not in article.translations]

    def test_nynorsk_has_no_word_that_only_bokmaal_has(self) -> None:
        said = " ".join(article.title_in("nn") + " " + article.body_in("nn") for article in selfhelp().articles)
        assert not set(re.findall(r"[a-zæøå]+", said)) & _ONLY_BOKMAAL
        bokmaal = " ".join(article.body for article in selfhelp().articles)
        assert len(set(re.findall(r"[a-zæøå]+", bokmaal)) & _ONLY_BOKMAAL) > 30

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_the_articles_are_easy_to_read(self, language: str) -> None:
        assert mean(lix(article.body_in(language)) for article in selfhelp().articles) < MAX_AVERAGE_LIX

    def test_bokmaal_and_a_language_without_a_translation_read_it_as_it_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / "selfhelp.json"
        path.write_text(json.dumps([{"id": "A", "title": "Tittel", "body": "Først.\n1. Ett steg."}]), encoding="utf-8")
        article = load_selfhelp(path).articles[0]
        assert (article.title_in("en"), article.body_in("en")) == ("Tittel", "Først.\n1. Ett steg.")

    def test_a_translation_of_another_version_is_passed_over(self, tmp_path: Path) -> None:
        """An article that got one more step would else lose it in English."""
        path, folder = tmp_path / "selfhelp.json", tmp_path / "translations"
        folder.mkdir()
        path.write_text(json.dumps([{"id": "A", "title": "T", "body": "1. Ett.\n2. To."}]), encoding="utf-8")
        (folder / "en.yaml").write_text('A: {title: Title, body: "1. One."}\n', encoding="utf-8")
        assert load_selfhelp(path, folder).articles[0].title_in("en") == "T"
        (folder / "en.yaml").write_text('A: {title: Title, body: "1. One.\\n2. Two."}\n', encoding="utf-8")
        assert load_selfhelp(path, folder).articles[0].title_in("en") == "Title"

    @pytest.mark.parametrize("broken", ["- A\n", "A: x\n", "A: {title: T}\n", "A: {title: T, body: B, more: C}\n"])
    def test_a_broken_translation_is_refused(self, tmp_path: Path, broken: str) -> None:
        path = tmp_path / "selfhelp.json"
        path.write_text(json.dumps([{"id": "A", "title": "T", "body": "B"}]), encoding="utf-8")
        (tmp_path / "en.yaml").write_text(broken, encoding="utf-8")
        with pytest.raises(BrokenKnowledge, match=r"en\.yaml"):
            load_selfhelp(path, tmp_path)


_ONLY_BOKMAAL = frozenset(
    "jeg ikke hva hvem hvor hvordan hvorfor hvilken hvilket hvilke noe noen fra bare mye mer være ble siden også hele "
    "selv gjøre gjør fikk trenger uker dere deres dem finnes skriver virker ennå sendes saken meldingen meldinger "
    "gjelder finner mangler vet velg se sier begynte kommer fortell annen løse hjalp ansatt åpne åpner bruker "
    "hjemme skriveren maskinen siden slette filen mappen nettleseren starter stopper".split()
)
