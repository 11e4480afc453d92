"""Hints for plainer texts: few, true, and never for what is plain already."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import BrokenKnowledge
from knowledge.plain_language import Hint, HintKind, hints, lix, load_jargon, sentences


@pytest.mark.parametrize(
    "text",
    [
        "AKS er nede. Ingen får logget på siden kl. 08.15 i dag. 1.linje tar imot saker.",
        "Dere kan bruke telefonen. Det finnes også en nettside. Alle kan lykkes med det.",
        "Leverandøren bytter en disk. Neste oppdatering kommer kl. 13.",
        "",
        "!!! ...",
    ],
)
def test_what_is_plain_gets_no_hint(text: str) -> None:
    assert hints(text) == ()


def test_a_long_sentence_is_shown() -> None:
    long = " ".join(["Vi ser at mange ikke får logget på AKS"] * 4)
    (hint,) = hints(f"Kort. {long}. Kort.")
    assert (hint.kind, hint.found) == (HintKind.LONG_SENTENCE, long)


def test_heavy_words_in_short_sentences_are_counted() -> None:
    heavy = "Systemleverandørens driftspersonell gjennomgår påloggingsinfrastrukturen. " * 4
    (hint,) = hints(heavy)
    assert (hint.kind, int(hint.found) > 90) == (HintKind.LIX, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Serveren skal startes kl. 12.", "startes"),
        ("AKS kan ikke benyttes nå.", "benyttes"),
        ("Han må varsles", "varsles"),
    ],
)
def test_a_passive_after_a_modal_verb(text: str, found: str) -> None:
    assert hints(text) == (Hint(HintKind.PASSIVE, found),)


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("Saken er eskalert til leverandøren.", "eskalert", "sende videre"),
        ("Vi ser økt latens.", "latens", "ventetid"),
        ("Rollback er i gang.", "rollback", "gå tilbake"),
    ],
)
def test_a_word_that_few_know(text: str, found: str, instead: str) -> None:
    assert hints(text) == (Hint(HintKind.JARGON, found, instead),)


def test_a_word_is_not_found_inside_another() -> None:
    assert hints("Tokenisering og cachene er noe annet.") == ()


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    for content in ("- en\n- to\n", "ord:\n  annet: 1\n", "a: [\n"):
        file = tmp_path / "jargon.yaml"
        file.write_text(content, encoding="utf-8")
        with pytest.raises(BrokenKnowledge, match=r"jargon\.yaml"):
            load_jargon(file)


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    assert lix(text) >= 0
    assert all(hint.found for hint in hints(text))
    assert all(sentences(text))
