"""The signals that speak for each form, before they are weighed: one number per form and signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.catalogue.form import Catalogue, Kind
from knowledge.matching.bridge import Bridge
from knowledge.matching.facets import Facets, FormFacets, Stated
from knowledge.matching.learnt import (
    NO_WORDING,
    Learnt,
    example_weight,
    is_bare,
    learn,
    own_texts,
)
from knowledge.matching.links import titles_of
from knowledge.matching.profiles import Floats
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.vocabulary import Numbered
from knowledge.matching.wording import Wording

SIGNALS = ("words", "pairs", "letters", "kind", "facets", "bridge", "said")
"""In the order of the columns of `Found.signals`; the first three are those of Likeness."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text read for matching: its terms, the same as numbers of what was learnt, and the facets it states."""

    reading: Reading
    numbered: Numbered
    stated: Stated


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one text.

    `signals` has shape (forms, len(SIGNALS)). `outside` is the likeness to every theme that no form is for, `inside`
    the likeness it is to be compared with: both of shape (n, 3), n may be 0 for `outside`. `kinds` has 1 for a form for
    faults, -1 for one for orders, else 0; shape (forms,).
    """

    signals: Floats
    inside: Floats
    outside: Floats
    kinds: Floats


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
        worded_weights: Floats,
        kept: Learnt | None = None,
    ) -> None:
        """`worded_weights` are those of the three likenesses for catalogues with examples; shape (3,).

        `kept` is what was learnt of the very same before, of a catalogue that is not bare.
        """
        titles = titles_of(catalogue)
        self.bare = is_bare(catalogue, wording)
        self._size = len(catalogue)
        self._reader = reader
        self._facets = facets
        if kept is None:
            kept = learn(catalogue, wording, reader, titles)
        self.learnt, self.likeness, self.faults = kept, kept.likeness, kept.faults
        self._example_weight: list[float] = []
        for form in catalogue:
            said = wording.forms.get(form.id, NO_WORDING)
            self._example_weight.append(example_weight(said))
        self.facets = FormFacets(facets.of_form(form, own_texts(form, titles)[1]) for form in catalogue)
        self.kind_sign: Floats = np.array(
            [0.0 if form.kind is None else 1.0 if form.kind is Kind.SUPPORT else -1.0 for form in catalogue],
            dtype=np.float32,
        )
        self._bridge = None
        if self.bare and len(catalogue) and any(one.examples for one in wording.forms.values()):
            own = (own_texts(form, titles) for form in catalogue)
            self._bridge = Bridge(wording, reader, own, worded_weights)

    def read(self, reading: Reading, text: str) -> Read:
        """A reading of a text, ready to be matched."""
        return Read(reading, self.learnt.vocabulary.numbered(reading), self._facets.stated(text))

    def of(self, read: Read, *, without: int | None = None, without_theme: int | None = None) -> Found:
        """Everything that speaks for or against the forms.

        `without` is the place of a form that has this very text among its examples, `without_theme` a theme that has
        it: they then count as if they did not.
        """
        left_out = None if without is None else (without, self._example_weight[without])
        if without_theme is not None and not self.bare:
            left_out = (self._size + without_theme, 1.0)
        likeness = self.likeness.of(read.numbered, without=left_out)
        inside, outside = likeness[: self._size], likeness[self._size :]
        bridge: Floats = np.zeros(self._size, dtype=np.float32)
        if self._bridge is not None:
            bridge, known, outside = self._bridge.of(read.reading, without_theme=without_theme)
        elif self.bare:
            outside = outside[:0]
        said: Floats = np.zeros(self._size, dtype=np.float32)
        owner = self.learnt.sayings.owner(read.reading.stems)
        if owner is not None and owner != without:
            said[owner] = 1.0
        columns = (self._kind(read.numbered, without), -self.facets.contradictions(read.stated), bridge, said)
        return Found(
            np.concatenate((inside, np.stack(columns, axis=1)), axis=1),
            inside if self._bridge is None else known,
            outside,
            self.kind_sign,
        )

    def _kind(self, read: Numbered, without: int | None) -> Floats:
        """Log probability that the text is of each form's kind; shape (forms,)."""
        known = without is not None and self.kind_sign[without] != 0.0
        odds = self.faults.of(read, without=bool(self.kind_sign[without] > 0.0) if known else None)
        agreed: Floats = -np.logaddexp(0.0, -odds * self.kind_sign).astype(np.float32)
        return agreed

    def own_text_supports(self, number: int, texts: Sequence[str], among: int) -> bool:
        """Whether a form's own title and description, left out of its profile, still place it among the first."""
        read = [self.learnt.vocabulary.numbered(self._reader.read(text)) for text in texts]
        likeness = [self.likeness.of(one, without=(number, 1.0))[: self._size, 0] for one in read]
        scores = np.sum(likeness, axis=0)
        return int((scores > scores[number]).sum()) < among
