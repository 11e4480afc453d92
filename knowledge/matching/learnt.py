"""What is learnt from the sentences of a catalogue's forms: how each form sounds, and how faults and orders do.

Learning reads thousands of sentences, which is most of a start. The same catalogue, wording and systems always teach
the same, so what was learnt can be kept as plain arrays and taken up again (`keeping.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.catalogue.form import Catalogue, Form, Kind
from knowledge.matching.likeness import BARE, WORDED, Likeness
from knowledge.matching.links import own_text
from knowledge.matching.odds import Odds
from knowledge.matching.profiles import Arrays
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.sayings import Sayings
from knowledge.matching.vocabulary import Corpus, Vocabulary
from knowledge.matching.wording import FormWording, Wording

NO_WORDING = FormWording(form=0)
THEME = 20
"""Sentences that no form is for are taken this many at a time, about as many as a form has, so that they compare."""
_UNWORDED = 3.0
"""How much more the title and description of a form without examples count among forms that have them."""
_KIND_CERTAINTY = 0.3


@dataclass(frozen=True, slots=True)
class Learnt:
    """`likeness` of a text to every form, then to every theme that no form is for; `faults`: log odds of a fault;
    `sayings`: the example sentences themselves."""

    vocabulary: Vocabulary
    likeness: Likeness
    faults: Odds
    sayings: Sayings

    def arrays(self) -> Arrays:
        """All of it."""
        return {
            **self.vocabulary.arrays("vocabulary."),
            **self.likeness.arrays("likeness."),
            **self.faults.arrays("faults."),
            **self.sayings.arrays("sayings."),
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> Learnt:
        """The inverse, of a catalogue that is not bare; raises KeyError or ValueError on foreign arrays."""
        return cls(
            Vocabulary.from_arrays(arrays, "vocabulary."),
            Likeness.from_arrays(arrays, "likeness.", WORDED),
            Odds.from_arrays(arrays, "faults.", certainty=_KIND_CERTAINTY),
            Sayings.from_arrays(arrays, "sayings."),
        )


def is_bare(catalogue: Catalogue, wording: Wording) -> bool:
    """Whether fewer than half of the forms have example sentences."""
    worded = sum(bool(wording.forms.get(form.id, NO_WORDING).examples) for form in catalogue)
    return worded * 2 < len(catalogue)


def themes_of(wording: Wording) -> Sequence[Sequence[str]]:
    """The sentences that no form is for, some to a theme."""
    return [wording.out_of_scope[start : start + THEME] for start in range(0, len(wording.out_of_scope), THEME)]


def learn(catalogue: Catalogue, wording: Wording, reader: Reader, titles: frozenset[str]) -> Learnt:
    """Learn from everything that is written of the forms, and of what no form is for where there are examples."""
    bare = is_bare(catalogue, wording)
    corpus = Corpus()
    owners: list[int] = []
    weights: list[float] = []
    sides: list[bool | None] = []  # a fault, an order, or neither

    said: list[tuple[Sequence[str], int]] = []

    def take(owner: int, reading: Reading, weight: float, fault: bool | None = None) -> None:
        corpus.add(reading)
        owners.append(owner)
        weights.append(weight)
        sides.append(fault)

    for number, form in enumerate(catalogue):
        words = wording.forms.get(form.id, NO_WORDING)
        more = 1.0 if words.examples or bare else _UNWORDED
        for text, weight in form_texts(form, words, titles):
            take(number, reader.read(text), weight * more)
        for text in words.examples:
            reading = reader.read(text)
            take(number, reading, example_weight(words), None if form.kind is None else form.kind is Kind.SUPPORT)
            said.append((reading.stems, number))
    themes = () if bare else themes_of(wording)
    for number, theme in enumerate(themes, start=len(catalogue)):
        for text in theme:
            take(number, reader.read(text), 1.0)
    vocabulary, texts = corpus.numbered()
    likeness = Likeness(texts, vocabulary, owners, weights, len(catalogue) + len(themes), BARE if bare else WORDED)
    faults = Odds(texts, vocabulary, sides, certainty=_KIND_CERTAINTY)
    return Learnt(vocabulary, likeness, faults, Sayings.learn(said))


def example_weight(wording: FormWording) -> float:
    """How much an example counts: a form's count the same together however many, so that many do not win by number."""
    return THEME / max(len(wording.examples), 1)


def own_texts(form: Form, titles: frozenset[str]) -> tuple[str, str]:
    """Title and description, the latter without the parts that point to other forms where anything is left."""
    own, elsewhere = own_text(form, titles)
    return form.title, own or elsewhere


def form_texts(form: Form, wording: FormWording, titles: frozenset[str]) -> list[tuple[str, float]]:
    """The texts of a form other than its examples, with how much each counts: title and description first.

    A description counts without the parts that point to other forms: they name what the form is not for.
    """
    title, description = own_texts(form, titles)
    return [
        (title, 1.0),
        (description, 1.0),
        (f"{form.service} {form.category}", 0.5),
        (" \n ".join(wording.words), 1.0),
    ]


def sentences_of(wording: Wording) -> Sequence[str]:
    """Every sentence of the wording, whatever it is about."""
    return (*(text for one in wording.forms.values() for text in (*one.examples, *one.words)), *wording.out_of_scope)
