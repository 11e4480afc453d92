"""The guard on a new example: does its form then take a neighbour's?"""

from __future__ import annotations

from datetime import date

from knowledge.catalogue.form import Catalogue
from knowledge.matching import Matcher, Wording
from knowledge.matching.review import LONGEST_EXAMPLE, Noted, Verdict, as_example, review, settled, taken_by
from knowledge.matching.wording import with_example
from tests.knowledge.matching.shipped import matcher, wording

CARD, QUEUE = 900417, 900950  # «Adgangskort virker ikke på skriver», «Utskrift kommer ikke ut (kø)»
FORMS = (CARD, QUEUE, 900400, 900884, 900954, 900129)
FEW = Catalogue(tuple(matcher().catalogue.get(one) for one in FORMS))
SAID = Wording({one: wording().forms[one] for one in FORMS}, wording().synonyms, wording().out_of_scope)
BEFORE = Matcher.build(FEW, wording=SAID)
ONE = Noted(1, date(2026, 11, 23), "papir", CARD, "ask", QUEUE, confirmed=True)


def taken(form_id: int, example: str) -> tuple[tuple[int, str], ...]:
    after = Matcher.build(FEW, wording=with_example(SAID, form_id, example))
    return taken_by(BEFORE, after, form_id, example)


def test_a_form_that_gets_a_neighbours_examples_takes_them() -> None:
    examples = SAID.forms[QUEUE].examples[:8]
    assert any((QUEUE, example) in taken(CARD, example) for example in examples)


def test_a_form_that_gets_words_of_its_own_takes_nothing() -> None:
    assert taken(QUEUE, "fløybrumleren spytter ikke ut arkene mine") == ()


def test_a_correction_and_its_case_are_one_message() -> None:
    picked = Noted(1, ONE.day, "papir", CARD, "ask", QUEUE, confirmed=False)
    opened = Noted(2, ONE.day, "papir", CARD, "ask", QUEUE, confirmed=True)
    other = Noted(3, ONE.day, "papir", CARD, "ask", None, confirmed=False)
    assert settled((picked, opened, other)) == (opened, other)
    assert settled((opened, picked)) == (opened,)


def test_what_is_judged_too_long_or_of_a_form_that_is_gone_is_not_proposed() -> None:
    story = Noted(2, ONE.day, "a " * LONGEST_EXAMPLE, CARD, "ask", QUEUE, confirmed=True)
    gone = Noted(3, ONE.day, "borte", CARD, "ask", 1, confirmed=True)
    judged = Noted(4, ONE.day, "alt", CARD, "ask", QUEUE, confirmed=True, verdict=Verdict.REJECTED)
    assert review((ONE, story, gone, judged), BEFORE).proposals == (ONE,)


def test_an_example_stands_on_one_line() -> None:
    assert as_example(" skriveren\n  er\tborte ") == "skriveren er borte"
