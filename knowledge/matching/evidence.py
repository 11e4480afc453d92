"""The signals that speak for each form, before they are weighed: one number per form and signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.catalogue.form import Catalogue, Form, Kind
from knowledge.matching import letters
from knowledge.matching.bridge import Bridge
from knowledge.matching.facets import Facets, FormFacets, Stated
from knowledge.matching.links import own_text, titles_of
from knowledge.matching.numbering import Numbering, gather
from knowledge.matching.odds import Odds
from knowledge.matching.profiles import Floats, Integers, Profiles, Terms
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.wording import FormWording, Wording

SIGNALS = ("words", "pairs", "letters", "kind", "facets", "bridge")
"""In the order of the columns that `Evidence.of` returns."""

NO_WORDING = FormWording(form=0)
_UNWORDED = 3.0
"""How much more the title and description of a form without examples count among forms that have them."""
_STYLE_WORDED = (0.04, 0.7)  # saturation and rarity power of profiles with many examples
_STYLE_BARE = (0.02, 1.0)  # of profiles with a title and a description only
_KIND_CERTAINTY = 0.3


@dataclass(frozen=True, slots=True)
class Read:
    """A text read for matching: its terms and the facets it states."""

    reading: Reading
    stated: Stated


class Evidence:
    """Profiles of every form of a catalogue, what all sentences together tell about kinds, and the bridge if needed.

    A catalogue is bare when fewer than half of its forms have example sentences: then function words say nothing
    (titles have none worth counting) and the bridge over the known wording is used instead.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        wording: Wording,
        reader: Reader,
        facets: Facets,
        bridge_weights: tuple[float, float],
    ) -> None:
        titles = titles_of(catalogue)
        examples = {
            number: [reader.read(example) for example in one.examples] for number, one in sorted(wording.forms.items())
        }
        with_examples = [bool(examples.get(form.id)) for form in catalogue]
        self.bare = sum(with_examples) * 2 < len(with_examples)
        owners: list[int] = []
        weights: list[float] = []
        readings: list[Reading] = []
        sentences: list[tuple[Reading, bool]] = []
        self._own: list[list[Reading]] = []
        form_facets: list[Mapping[str, frozenset[str]]] = []
        for number, form in enumerate(catalogue):
            more = 1.0 if with_examples[number] or self.bare else _UNWORDED
            texts = form_texts(form, wording.forms.get(form.id, NO_WORDING), titles)
            form_facets.append(facets.of_form(form, texts[1][0]))
            said = [(reader.read(text), weight * more) for text, weight in texts]
            self._own.append([reading for reading, _ in said[:2]])
            said += [(reading, 1.0) for reading in examples.get(form.id, ())]
            readings += [reading for reading, _ in said]
            weights += [weight for _, weight in said]
            owners += [number] * len(said)
            if form.kind is not None:
                sentences += [(reading, form.kind is Kind.SUPPORT) for reading in examples.get(form.id, ())]
        self.facets = FormFacets(form_facets)
        self._words = Numbering(term for reading in readings for term in self._worded(reading))
        self._pairs = Numbering(pair for reading in readings for pair in reading.pairs)
        of_text: Integers = np.array(owners, dtype=np.int64)
        counts: Floats = np.array(weights, dtype=np.float32)
        size = len(catalogue)
        style = _STYLE_BARE if self.bare else _STYLE_WORDED
        rows = [self._words.terms(self._worded(reading)) for reading in readings]
        self.words = Profiles(gather(rows), of_text, counts, size, len(self._words), *style)
        rows = [self._pairs.terms(dict.fromkeys(reading.pairs, 1.0)) for reading in readings]
        self.pairs = Profiles(gather(rows), of_text, counts, size, len(self._pairs), *style)
        runs = letters.texts_of([reading.letters for reading in readings])
        self.letters = Profiles(runs, of_text, counts, size, letters.TERMS, *style)
        self.faults = Odds(sentences, certainty=_KIND_CERTAINTY)
        ours = [reading for one in examples.values() for reading in one]
        self.outside = Odds(
            [*((reading, False) for reading in ours), *((reader.read(text), True) for text in wording.out_of_scope)]
        )
        self.kind_sign: Floats = np.array(
            [0.0 if form.kind is None else 1.0 if form.kind is Kind.SUPPORT else -1.0 for form in catalogue],
            dtype=np.float32,
        )
        self._bridge = None
        if self.bare and size and ours:
            self._bridge = Bridge([one for one in examples.values() if one], self._own, *bridge_weights)

    def _worded(self, reading: Reading) -> Mapping[str, float]:
        return reading.content if self.bare else reading.words

    def of(self, read: Read, *, without: int | None = None) -> Floats:
        """The signals of a text for every form; shape (forms, len(SIGNALS)).

        `without` is the place of a form that has this very text among its examples: its signals are then what they
        would be without that example.
        """
        reading = read.reading
        columns: list[Floats] = []
        for profiles, terms in zip((self.words, self.pairs, self.letters), self.terms(reading), strict=True):
            scores = profiles.score(terms)
            if without is not None:
                scores[without] = profiles.score_without(terms, without)
            columns.append(scores)
        known = without is not None and self.kind_sign[without] != 0.0
        odds = self.faults.of(reading, without=bool(self.kind_sign[without] > 0.0) if known else None)
        columns.append(-np.logaddexp(0.0, -odds * self.kind_sign).astype(np.float32))
        columns.append(-self.facets.contradictions(read.stated))
        columns.append(np.zeros_like(columns[0]) if self._bridge is None else self._bridge.of(reading))
        return np.stack(columns, axis=1)

    def terms(self, reading: Reading) -> tuple[Terms, Terms, Terms]:
        """The weighted terms of a text: words, pairs, letters."""
        return (
            self.words.weighted(self._words.terms(self._worded(reading))),
            self.pairs.weighted(self._pairs.terms(dict.fromkeys(reading.pairs, 1.0))),
            self.letters.weighted(letters.terms_of(reading.letters)),
        )

    def hits(self, reading: Reading, owners: Sequence[int], most: int) -> list[list[str]]:
        """For each owner the terms of a text that its profile has, those that add most first, at most `most`."""
        known = [term for term in self._worded(reading) if term in self._words]
        amounts = self.words.contributions(self.words.weighted(self._words.terms(self._worded(reading))), owners)
        order = np.argsort(-amounts, axis=1, kind="stable")[:, :most]
        return [
            [known[place] for place in places if row[place] > 0.0] for row, places in zip(amounts, order, strict=True)
        ]

    def own_text_supports(self, number: int, among: int) -> bool:
        """Whether a form's own title and description, left out of its profile, still place it among the first."""
        scores = np.zeros(len(self._own), dtype=np.float32)
        own = 0.0
        for reading in self._own[number]:
            terms = self.words.weighted(self._words.terms(self._worded(reading)))
            scores += self.words.score(terms)
            own += self.words.score_without(terms, number)
        scores[number] = own
        return int((scores > own).sum()) < among


def form_texts(form: Form, wording: FormWording, titles: frozenset[str]) -> list[tuple[str, float]]:
    """The texts of a form other than its examples, with how much each counts: title and description first.

    A description counts without the parts that point to other forms: they name what the form is not for.
    """
    own, elsewhere = own_text(form, titles)
    return [
        (form.title, 1.0),
        (own or elsewhere, 1.0),
        (f"{form.service} {form.category}", 0.5),
        (" \n ".join(wording.words), 1.0),
    ]
