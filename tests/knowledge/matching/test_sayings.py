"""What is written down word for word for a form is that form's, whatever else its words are like."""

from __future__ import annotations

import pytest

from knowledge.matching import Decision
from knowledge.matching.sayings import Sayings
from tests.knowledge.matching.shipped import matcher, wording


def test_a_sentence_is_found_by_its_stems_in_order_and_by_no_others() -> None:
    known = Sayings.learn([(("citrix", "virk", "ikk"), 3), (("ny", "pc"), 1)])
    assert known.owner(("citrix", "virk", "ikk")) == 3
    assert known.owner(("ikk", "virk", "citrix")) is None
    assert known.owner(()) is None


def test_what_several_owners_have_is_nobodys() -> None:
    assert Sayings.learn([(("hei",), 1), (("hei",), 2), (("hei",), 1)]).owner(("hei",)) is None


def test_what_was_kept_is_taken_up_again() -> None:
    kept = Sayings.learn([(("ny", "pc"), 1), (("ny", "mobil"), 2)]).arrays("sayings.")
    assert Sayings.from_arrays(kept, "sayings.").owner(("ny", "mobil")) == 2


def test_a_sentence_of_the_wording_comes_to_its_own_form() -> None:
    """'Citrix virker ikke' came to printing from Citrix, whose title has the same words."""
    examples = [(number, text) for number, one in wording().forms.items() for text in one.examples][::7]
    hits = sum(matcher().match(text).candidates[0].form.id == number for number, text in examples)
    assert hits >= 0.985 * len(examples)
    assert matcher().match("Citrix virker ikke").candidates[0].form.id == 900884


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("bruker låst, kari nordmann", 900266),
        ("pc-en min er treg", 900868),
        ("trenger ny mobil", 900703),
        ("Hei, trenger ny mobil. Mvh Kari", 900703),
        ("the printer does not work", 900489),
        ("I need a new phone", 900703),
    ],
)
def test_short_clear_messages_are_answered(text: str, form: int) -> None:
    """They were listed with one to three others, or came to a neighbour."""
    match = matcher().match(text)
    assert (match.decision, match.candidates[0].form.id) == (Decision.ANSWER, form)
