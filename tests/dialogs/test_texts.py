"""The texts: the same in three languages, free of organisation facts, plain to read, true about what can be typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from dialogs.commands import Command, find_command
from dialogs.phrases import is_answer
from dialogs.texts import DEFAULT_LANGUAGE, LANGUAGES, Texts, load_texts, placeholders
from knowledge.errors import BrokenKnowledge, MissingText
from knowledge.organisation import load_organisation
from knowledge.reading import read_moment
from tests.readability import MAX_AVERAGE_LIX, lix

ROOT = Path(__file__).parents[2]


@cache
def texts() -> Mapping[str, Texts]:
    return load_texts()


@cache
def facts() -> Mapping[str, str]:
    """The organisation's facts by placeholder name."""
    return load_organisation(ROOT / "knowledge" / "data" / "organisation.yaml").facts


# The three languages


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != DEFAULT_LANGUAGE])
def test_every_language_has_the_same_keys_in_the_same_order(language: str) -> None:
    assert list(texts()[language].entries) == list(texts()[DEFAULT_LANGUAGE].entries)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != DEFAULT_LANGUAGE])
def test_a_text_takes_the_same_values_in_every_language(language: str) -> None:
    bokmaal, other = texts()[DEFAULT_LANGUAGE].entries, texts()[language].entries
    wrong = [key for key in bokmaal if placeholders(bokmaal[key]) != placeholders(other.get(key, ""))]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_left_as_a_note(language: str) -> None:
    entries = texts()[language].entries
    assert entries
    assert not [key for key, text in entries.items() if not re.search(r"\w", text) or "TODO" in text]


def test_english_sentences_are_translated_not_copied() -> None:
    """Names and single words may be the same in two languages; a sentence is not."""
    bokmaal, english = texts()["nb"].entries, texts()["en"].entries
    same = {key for key, text in english.items() if text == bokmaal[key] and len(text.split()) >= 3}
    # A comment is read by Norwegian case workers whatever language the chat is in; the others are only values.
    only_values = {"comment.greeting", "choose.form_line", "status.line", "hovedsak.title", "hovedsak.case"}
    assert same == only_values & same


def test_english_quotes_in_one_way() -> None:
    assert not [key for key, text in texts()["en"].entries.items() if set(text) & set("«»“”")]


def test_nynorsk_has_no_word_that_only_bokmaal_has() -> None:
    words = set(re.findall(r"[a-zæøå]+", " ".join(texts()["nn"].entries.values()).lower()))
    assert not words & _ONLY_BOKMAAL
    bokmaal = set(re.findall(r"[a-zæøå]+", " ".join(texts()["nb"].entries.values()).lower()))
    assert len(bokmaal & _ONLY_BOKMAAL) > 30


_ONLY_BOKMAAL = frozenset(
    "jeg ikke hva hvem hvor hvordan hvorfor hvilken hvilket hvilke noe noen fra bare mye mer være ble siden også hele "
    "selv gjøre gjør fikk trenger uker nå dere deres dem finnes skriver virker ennå sendes saken meldingen meldinger "
    "driftsmeldinger riktig gjelder finner mangler vet velg se si sier begynte kommer fortell annen løse hjalp ansatt "
    "forvalter beskrivelse".split()
)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nb", "Nå svarer jeg på bokmål."), ("nn", "No svarar eg på nynorsk."), ("en", "Now I will answer in English.")],
)
def test_a_language_says_its_own_name_when_switched_to(language: str, said: str) -> None:
    assert texts()[language]("language.switched") == said


# No fact of the organisation stands in a text

_FIXED = ("uke.oslo", "saas.smax", "servicesenter@", "http://", "https://")
# Eight digits, however grouped; neither a case number (L-2026-000001) nor a date (24.11.2026).
_PHONE_NUMBER = re.compile(r"(?<![\w.-])(?:\+47 ?)?\d(?:[ ]?\d){7}(?![\w.-]*\d)")


def facts_in(text: str) -> list[str]:
    """What stands in the text although it belongs in the organisation file."""
    found = [fixed for fixed in _FIXED if fixed in text.lower()]
    found += [fact for fact in facts().values() if re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", text)]
    return found + _PHONE_NUMBER.findall(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_organisation_fact_stands_in_a_text(language: str) -> None:
    found = {key: hits for key, text in texts()[language].entries.items() if (hits := facts_in(text))}
    assert not found


@pytest.mark.parametrize(
    "text",
    [
        "Ring 23 47 70 70.", "Ring 23477070", "Ring +47 23477070 nå", "skriv til servicesenter@noe.no",
        "se uke.oslo.no", "på SAAS.smax.no", "Kompass svarer ikke", "Hei USS.", "les https://example.com",
    ],
)  # fmt: skip
def test_an_organisation_fact_is_found(text: str) -> None:
    assert facts_in(text)


@pytest.mark.parametrize(
    "text", ["kommentar L-2026-000001 teksten", "24.11.2026", "{desk_name} på {phone}", "24. november kl. 08.15"]
)
def test_an_example_is_no_organisation_fact(text: str) -> None:
    assert not facts_in(text)


# Plain language


def average_lix(language: str) -> float:
    """The mean over the texts that are sentences: a label or a button has none to measure. A value counts as a word."""
    filled = [re.sub(r"\{\w+\}", "navn", text) for text in texts()[language].entries.values()]
    sentences = [text for text in filled if re.search(r"[.!?]\W*$", text) and len(text.split()) >= 3]
    assert len(sentences) > 100
    return mean(lix(text) for text in sentences)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Du kan gå nå.", 4.0),  # four short words, one sentence
        ("Du kan gå. Jeg blir her.", 3.0),  # six short words, two sentences
        ("Saksbehandleren ringer deg.", 3 + 100 / 3),  # three words, one of them long ("ringer" has six letters)
        ("Kom kl. 14 til 1.linje. Takk!", 5 / 2),  # five words; an abbreviation and a name end no sentence
        ("Velg:\n– én\n– to", 1.0),  # three lines of one word
        ("", 0.0),
    ],
)
def test_lix_is_counted_as_bjoernsson_did(text: str, expected: float) -> None:
    assert lix(text) == pytest.approx(expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_easy_to_read(language: str) -> None:
    assert average_lix(language) < MAX_AVERAGE_LIX


# What the texts tell people to type

_QUOTED = re.compile(r"[«\"]([^«»\"]+)[»\"]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["help.all", "help.uss"])
def test_the_help_names_commands_that_work_in_its_own_language(language: str, key: str) -> None:
    # What stands with a question mark is an example of a question, and "..." stands for the person's own words.
    named = [word for word in _QUOTED.findall(texts()[language].entries[key]) if not word.endswith("?")]
    assert len(named) >= 7
    assert not [word for word in named if find_command(word.replace("...", "skriver")) is None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_named_elsewhere_work(language: str) -> None:
    """Which command, too: "status" must not turn out to be something else."""
    wanted = {
        "error.old_card": Command.STATUS,
        "error.lost": Command.HELP,
        "drafts.too_many": Command.DRAFTS,
        "edited.noted": Command.COMMENT,
        "comment.no_case": Command.COMMENT,
        "status.unknown_case": Command.STATUS,
        "outcome.other": Command.STATUS,
        "inbox.help": Command.INBOX,
        "inbox.not_allowed": Command.STATUS,
        "outcome.case_solved": Command.REOPEN,
        "outcome.case_passed_on": Command.STATUS,
        "reopen.not_solved": Command.COMMENT,
    }
    entries = texts()[language].entries
    said = {key: [find_command(word) for word in _QUOTED.findall(entries[key])] for key in wanted}
    assert {key: [one.command for one in found if one] for key, found in said.items()} == {
        key: [command] for key, command in wanted.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("fill.required", "dont_know"),
        ("error.choice", "dont_know"),
        ("error.yes_no", "dont_know"),
        ("error.empty", "dont_know"),
        ("error.required", "dont_know"),
        ("item.ask_attachment", "later"),
    ],
)
def test_the_answers_named_are_understood(language: str, key: str, answers: str) -> None:
    named = [word for word in _QUOTED.findall(texts()[language].entries[key]) if "{" not in word]
    assert len(named) == 1
    assert is_answer(named[0], answers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "direction"), [("error.date", "future"), ("error.moment", "past")])
def test_the_example_dates_can_be_read(language: str, key: str, direction: Literal["past", "future"]) -> None:
    now = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))
    examples = _QUOTED.findall(texts()[language].entries[key])
    assert len(examples) == 3
    assert not [one for one in examples if read_moment(one, now, direction) is None]


# Reading the files


def _write(directory: Path, **files: str) -> Path:
    for language in LANGUAGES:
        (directory / f"{language}.yaml").write_text(files.get(language, "a:\n  b: tekst\n"), encoding="utf-8")
    return directory


@pytest.mark.parametrize(
    "broken",
    ["- a\n- b\n", "a: tekst\n", "a:\n  b: ''\n", "a:\n  b: '  '\n", "a:\n  b: 3\n", "a:\n  yes: true\n", "a: [\n"],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, broken: str) -> None:
    with pytest.raises(BrokenKnowledge, match=r"nn\.yaml"):
        load_texts(_write(tmp_path, nn=broken))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "en.yaml").unlink()
    with pytest.raises(BrokenKnowledge, match=r"en\.yaml"):
        load_texts(tmp_path)


def test_a_forgotten_translation_is_said_in_bokmaal(tmp_path: Path) -> None:
    loaded = load_texts(_write(tmp_path, nb="a:\n  b: tekst\n  c: 'hei, {name}'\n"))
    assert loaded["en"]("a.c", name="Ada") == "hei, Ada"
    assert loaded["en"].has("a.c")
    assert not loaded["en"].has("a.d")


def test_a_text_that_is_unknown_or_lacks_a_value_is_an_error_of_its_own(tmp_path: Path) -> None:
    loaded = load_texts(_write(tmp_path, nb="a:\n  c: 'hei, {name}'\n"))
    with pytest.raises(MissingText, match=r"a\.d"):
        loaded["nb"]("a.d")
    with pytest.raises(MissingText, match="name"):
        loaded["nb"]("a.c")


def test_a_value_is_put_in_as_it_is(tmp_path: Path) -> None:
    loaded = load_texts(_write(tmp_path, nb="a:\n  c: 'hei, {name}'\n"))
    assert loaded["nb"]("a.c", name="<b>{phone}</b>") == "hei, <b>{phone}</b>"
