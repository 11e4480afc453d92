"""The signals that speak for each form, before they are weighed: one number per form and signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.catalogue.form import Catalogue, Form, Kind
from knowledge.matching import letters
from knowledge.matching.links import own_text, titles_of
from knowledge.matching.odds import Odds
from knowledge.matching.profiles import Floats, Integers, Profiles, Terms, Texts
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.wording import FormWording, Wording

SIGNALS = ("words", "pairs", "letters", "kind")
"""In the order of the columns that `Evidence.of` returns."""

NO_WORDING = FormWording(form=0)


def form_texts(form: Form, wording: FormWording, titles: frozenset[str]) -> list[tuple[str, float]]:
    """The texts of a form with how much each counts; examples come last and count one each.

    A description counts without the parts that point to other forms: they name what the form is not for.
    """
    own, elsewhere = own_text(form, titles)
    return [
        (form.title, 1.0),
        (own or elsewhere, 1.0),
        (f"{form.service} {form.category}", 0.5),
        (" \n ".join(wording.words), 1.0),
        *((example, 1.0) for example in wording.examples),
    ]


class Numbering:
    """Terms to numbers; the last number stands for every term not seen at build."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._number = {term: number for number, term in enumerate(sorted(set(terms)))}

    def __len__(self) -> int:
        return len(self._number) + 1

    def __contains__(self, term: object) -> bool:
        return term in self._number

    def terms(self, amounts: Mapping[str, float]) -> Terms:
        """A text's terms by number."""
        unknown = len(self._number)
        numbers = np.array([self._number.get(term, unknown) for term in amounts], dtype=np.int64)
        return Terms(numbers, np.array(list(amounts.values()), dtype=np.float32))


def gather(rows: Sequence[Terms]) -> Texts:
    """Many texts as one table."""
    return Texts(
        np.repeat(np.arange(len(rows), dtype=np.int64), [len(row.numbers) for row in rows]),
        np.concatenate([row.numbers for row in rows]) if rows else np.zeros(0, dtype=np.int64),
        np.concatenate([row.amounts for row in rows]) if rows else np.zeros(0, dtype=np.float32),
    )


def pair_amounts(reading: Reading) -> dict[str, float]:
    """The pairs of a reading, each counting one."""
    return dict.fromkeys(reading.pairs, 1.0)


class Evidence:
    """Profiles of every form of a catalogue and what all example sentences together tell about kinds."""

    def __init__(self, catalogue: Catalogue, wording: Wording, reader: Reader) -> None:
        titles = titles_of(catalogue)
        owners: list[int] = []
        weights: list[float] = []
        readings: list[Reading] = []
        sentences: list[tuple[Reading, bool]] = []
        for number, form in enumerate(catalogue):
            said = wording.forms.get(form.id, NO_WORDING)
            texts = form_texts(form, said, titles)
            for place, (text, weight) in enumerate(texts):
                reading = reader.read(text)
                readings.append(reading)
                owners.append(number)
                weights.append(weight)
                if form.kind is not None and place >= len(texts) - len(said.examples):
                    sentences.append((reading, form.kind is Kind.SUPPORT))
        self._words = Numbering([term for reading in readings for term in reading.words])
        self._pairs = Numbering([pair for reading in readings for pair in reading.pairs])
        of_text: Integers = np.array(owners, dtype=np.int64)
        counts: Floats = np.array(weights, dtype=np.float32)
        size = len(catalogue)
        self.words = Profiles(
            gather([self._words.terms(reading.words) for reading in readings]), of_text, counts, size, len(self._words)
        )
        self.pairs = Profiles(
            gather([self._pairs.terms(pair_amounts(reading)) for reading in readings]),
            of_text,
            counts,
            size,
            len(self._pairs),
        )
        self.letters = Profiles(
            letters.texts_of([reading.letters for reading in readings]), of_text, counts, size, letters.TERMS
        )
        self.faults = Odds(sentences, certainty=0.3)
        self._kind_sign: Floats = np.array(
            [0.0 if form.kind is None else 1.0 if form.kind is Kind.SUPPORT else -1.0 for form in catalogue],
            dtype=np.float32,
        )

    def of(self, reading: Reading, *, without: int | None = None) -> npt.NDArray[np.float32]:
        """The signals of a text for every form; shape (forms, len(SIGNALS)).

        `without` is the place of a form that has this very text among its examples: its signals are then what they
        would be without that example.
        """
        found = self.terms(reading)
        columns: list[Floats] = []
        for profiles, terms in zip((self.words, self.pairs, self.letters), found, strict=True):
            scores = profiles.score(terms)
            if without is not None:
                scores[without] = profiles.score_without(terms, without)
            columns.append(scores)
        known = without is not None and self._kind_sign[without] != 0.0
        odds = self.faults.of(reading, without=bool(self._kind_sign[without] > 0.0) if known else None)
        columns.append(-np.logaddexp(0.0, -odds * self._kind_sign).astype(np.float32))
        return np.stack(columns, axis=1)

    def knows(self, term: str) -> bool:
        """Whether a term of a reading occurs in any form's texts."""
        return term in self._words

    def terms(self, reading: Reading) -> tuple[Terms, Terms, Terms]:
        """The weighted terms of a text: words, pairs, letters."""
        return (
            self.words.weighted(self._words.terms(reading.words)),
            self.pairs.weighted(self._pairs.terms(pair_amounts(reading))),
            self.letters.weighted(letters.terms_of(reading.letters)),
        )
