"""The catalogue's own words in nynorsk and English: all that the shipped catalogue says, and still told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dialogs.forms import first_sentence
from knowledge.catalogue import Form
from knowledge.catalogue.importing import read_catalogue
from knowledge.catalogue_words import CatalogueWords, load_catalogue_words
from knowledge.errors import BrokenKnowledge
from knowledge.library import DATA

LANGUAGES = ("nn", "en")
_ONLY_BOKMAAL = frozenset(
    "jeg ikke hva hvem hvor hvordan hvilken hvilket hvilke noe noen fra bare mye mer være ble hele gjøre trenger nå "
    "dere skriver maskinen meldingen filen gjelder navn virksomhet tjeneste bruker brukere eier leder ansatt "
    "sykepleier skole måned måneder virkedager høyre".split()
)


@cache
def words() -> CatalogueWords:
    return load_catalogue_words(DATA / "catalogue_words")


@cache
def forms() -> tuple[Form, ...]:
    return tuple(read_catalogue(DATA / "forms.json"))


def _words_of(form: Form) -> Iterator[str]:
    yield form.title
    yield first_sentence(form.description)
    for field in form.fields:
        yield field.label
        yield from field.choices
        if field.help:
            yield field.help
    if form.delivery_time:
        yield form.delivery_time
    if form.billing is not None and form.billing.price:
        yield form.billing.price


def test_every_word_of_the_shipped_catalogue_is_translated() -> None:
    missing = {word for form in forms() for word in _words_of(form) if not words().knows(word)}
    assert not missing


def test_nothing_is_translated_that_no_form_says() -> None:
    said = {re.sub(r"\d[\d\u00a0\u202f .,–-]*\d|\d", "#", word) for form in forms() for word in _words_of(form)}
    said |= {word for form in forms() for word in _words_of(form)}
    assert not {word for word in words().translations["en"] if word not in said}


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_and_labels_of_a_form_stay_apart(language: str) -> None:
    """Two options that read the same could not be told apart by the one who answers."""
    groups = [
        (form.id, group)
        for form in forms()
        for group in ([one.label for one in form.fields], *(one.choices for one in form.fields))
    ]
    assert not [
        (form_id, group)
        for form_id, group in groups
        if len({words()(word, language) for word in group}) < len(set(group))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_forms_are_called_the_same(language: str) -> None:
    """Who chooses by the name must be able to tell them apart."""
    names = [words()(form.title, language).lower() for form in forms()]
    assert len(set(names)) == len({form.title for form in forms()})


def test_nynorsk_has_no_word_that_only_bokmaal_has() -> None:
    said = " ".join(words().translations["nn"].values()).replace(
        "Visma Flyt Skole", ""
    )  # a name is the same everywhere
    found = set(re.findall(r"[a-zæøå]+", said.lower()))
    assert not found & _ONLY_BOKMAAL
    assert len(set(re.findall(r"[a-zæøå]+", " ".join(words().translations["nn"]).lower())) & _ONLY_BOKMAAL) > 25


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("Gjelder bruker", "nn", "Gjeld brukar"),
        ("Gjelder bruker", "en", "User concerned"),
        ("Gjelder bruker", "nb", "Gjelder bruker"),
        ("15 virkedager", "en", "15 working days"),
        ("5–10 virkedager", "nn", "5–10 virkedagar"),
        ("kr 1 180 per time", "en", "NOK 1 180 per hour"),
        ("kr 3 400 per sertifikat (3 år)", "en", "NOK 3 400 per certificate (3 years)"),
        ("kr 3 400 per fjøs", "en", "kr 3 400 per fjøs"),
        ("Felt ingen kjenner", "en", "Felt ingen kjenner"),
    ],
)
def test_a_word_in_a_language(word: str, language: str, expected: str) -> None:
    assert words()(word, language) == expected


def test_without_translations_the_catalogue_speaks_itself() -> None:
    assert CatalogueWords()("Handling", "en") == "Handling"
    assert not CatalogueWords().knows("Handling")


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ("- a\n", "words and same"),
        ("words: [a]\n", "must be a mapping"),
        ("words: {Fra: [Frå]}\n", "Fra"),
        ("words: {Fra: [Frå, '']}\n", "Fra"),
        ("words: {'# uker': ['veker', '# weeks']}\n", "# uker"),
        ("same: [yes]\n", "True"),
        ("words: {Fra: [Frå, From]}\nother: 1\n", "words and same"),
    ],
)
def test_a_broken_file_is_refused_with_the_word(tmp_path: Path, broken: str, named: str) -> None:
    (tmp_path / "labels.yaml").write_text(broken, encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=re.escape(named)):
        load_catalogue_words(tmp_path)


def test_two_translations_of_one_word_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("words: {Fra: [Frå, From]}\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("words: {Fra: [Frå, Since]}\n", encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match="two ways"):
        load_catalogue_words(tmp_path)
