from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from snowballstemmer.norwegian_stemmer import NorwegianStemmer

from knowledge.matching import norwegian
from knowledge.matching.norwegian import MAX_TOKENS, Lexicon, plain, spelled, stem, tokens

LEXICON = Lexicon(
    tokens("passord tilbakestilling tilgangen skriver kø kontoen postkasse får møterom barnehagene fjern")
)


def test_the_three_letters_are_one_with_their_digraphs() -> None:
    assert spelled("ÆØÅ æøå") == "aeoeaa aeoeaa"
    assert spelled("café naïve") == "cafe naive"


@given(st.text(max_size=200))
def test_the_one_spelling_is_its_own(text: str) -> None:
    assert spelled(spelled(text)) == spelled(text)


@given(st.text(max_size=200))
def test_words_are_letters_and_digits_of_the_keyboard(text: str) -> None:
    assert all(word.isascii() and word.replace("&", "").replace("+", "").isalnum() for word in tokens(text))


def test_divided_words_are_joined_and_the_number_of_words_is_bounded() -> None:
    assert tokens("E-post på wi-fi") == ["epost", "paa", "wifi"]
    assert len(tokens("ord " * 5_000)) == MAX_TOKENS


def test_stems_of_one_word_meet() -> None:
    assert stem("skriveren") == stem("skriver")
    assert stem("brukerne") == stem("bruker")
    assert stem("12") == "12"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("passord", ["passord"]),
        ("faar", ["faar"]),
        ("far", ["faar"]),  # typed without the letter
        ("tilbakstillng", ["tilbakestilling"]),  # two errors in a long word
        ("xyzzy", ["xyzzy"]),
        ("q1w2e3", ["q1w2e3"]),
    ],
)
def test_words_are_read_as_the_known_ones_they_stand_for(word: str, meant: list[str]) -> None:
    assert LEXICON.read(word)[:1] == tuple(stem(one) for one in meant)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("passordtilbakestilling", ("passord", "tilbakestilling")),
        ("barnehagepostkasse", ("barnehage", "postkasse")),
        ("kontoskriver", None),  # "konto" itself is not known, only "kontoen"
    ],
)
def test_compounds_are_divided_in_known_words(word: str, parts: tuple[str, str] | None) -> None:
    lexicon = Lexicon(tokens("passord tilbakestilling barnehage postkasse skriver kontoen"))
    expected = () if parts is None else tuple(stem(part) for part in parts)
    assert lexicon.read(word)[1:] == expected


def test_plain_drops_what_a_foreign_keyboard_lacks() -> None:
    assert plain(spelled("får kø være")) == "far ko vere"


def test_two_threads_stem_at_the_same_time_as_one_does_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new register of systems is indexed in a thread beside the turns, and a stemmer keeps its word in itself."""
    monkeypatch.setattr(norwegian, "_STEMMER", NorwegianStemmer())
    heads = ("bruker", "skriver", "tilgang", "maskin", "system", "avdeling")
    words = [f"{head}{ending}" for head in heads for ending in ("en", "ene", "er", "erne", "s")] * 40
    unremembered = norwegian._stemmed.__wrapped__
    alone = [unremembered(word) for word in words]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(unremembered, words))
    finally:
        sys.setswitchinterval(interval)
    assert together == alone


def test_a_word_that_is_mostly_spelt_otherwise_is_read_as_that_and_as_itself() -> None:
    used = ["outlook"] * 20 + ["outlok", "kalender", "kalendere"]
    lexicon = Lexicon(used)
    assert lexicon.read("outlok") == (stem("outlook"), stem("outlok"))
    assert lexicon.read("kalender") == (stem("kalender"),), "a word is no slip of one that is as seldom"
    assert Lexicon(["outlook"] * 20 + ["outlok"] * 9).read("outlok") == (stem("outlok"),), "used often, it is a word"


def test_what_is_remembered_of_words_has_an_end_and_numbers_are_not_among_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report names a room, a clock or a case of its own: memory grew with the turns, by 100 bytes a number."""
    monkeypatch.setattr(norwegian, "_REMEMBERED", 50)
    lexicon = Lexicon(tokens("skriver kontoen"))
    for number in range(200):
        assert lexicon.read(str(number)) == (str(number),)
    assert len(lexicon._read) == 0
    for number in range(200):
        lexicon.read(f"pc{number}")
    assert len(lexicon._read) <= 50
