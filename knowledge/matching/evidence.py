"""The signals that speak for each form, before they are weighed: one number per form and signal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.catalogue.form import Catalogue, Form, Kind
from knowledge.matching.bridge import Bridge
from knowledge.matching.facets import Facets, FormFacets, Stated
from knowledge.matching.likeness import BARE, WORDED, Likeness, Said
from knowledge.matching.links import own_text, titles_of
from knowledge.matching.odds import Odds
from knowledge.matching.profiles import Floats
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.wording import FormWording, Wording

SIGNALS = ("words", "pairs", "letters", "kind", "facets", "bridge")
"""In the order of the columns of `Found.signals`; the first three are those of Likeness."""

NO_WORDING = FormWording(form=0)
THEME = 20
"""Sentences that no form is for are taken this many at a time, about as many as a form has, so that they compare."""
_UNWORDED = 3.0
"""How much more the title and description of a form without examples count among forms that have them."""
_KIND_CERTAINTY = 0.3


@dataclass(frozen=True, slots=True)
class Read:
    """A text read for matching: its terms and the facets it states."""

    reading: Reading
    stated: Stated


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one text.

    `signals` has shape (forms, len(SIGNALS)). `outside` is the likeness to every theme that no form is for, `inside`
    the likeness it is to be compared with: both of shape (n, 3), n may be 0 for `outside`.
    """

    signals: Floats
    inside: Floats
    outside: Floats


class Evidence:
    """Profiles of every form of a catalogue, what all sentences together tell about kinds, and the bridge if needed.

    A catalogue is bare when fewer than half of its forms have example sentences: then function words say nothing
    (titles have none worth counting) and the bridge over the known wording is used instead.
    """

    def __init__(
        self, catalogue: Catalogue, wording: Wording, reader: Reader, facets: Facets, worded_weights: Floats
    ) -> None:
        """`worded_weights` are those of the three likenesses for catalogues with examples; shape (3,)."""
        titles = titles_of(catalogue)
        examples = {
            number: [reader.read(example) for example in one.examples]
            for number, one in sorted(wording.forms.items())
            if one.examples
        }
        themes = [
            [reader.read(text) for text in wording.out_of_scope[start : start + THEME]]
            for start in range(0, len(wording.out_of_scope), THEME)
        ]
        self.bare = sum(form.id in examples for form in catalogue) * 2 < len(catalogue)
        self._size = len(catalogue)
        said: list[Said] = []
        sentences: list[tuple[Reading, bool]] = []
        form_facets: list[Mapping[str, frozenset[str]]] = []
        own: list[tuple[Reading, ...]] = []
        self._example_weight: list[float] = []
        for number, form in enumerate(catalogue):
            texts = form_texts(form, wording.forms.get(form.id, NO_WORDING), titles)
            more = 1.0 if form.id in examples or self.bare else _UNWORDED
            form_facets.append(facets.of_form(form, texts[1][0]))
            read = [Said(number, reader.read(text), weight * more) for text, weight in texts]
            own.append((read[0].reading, read[1].reading))
            said += read
            # a form's examples count the same together however many they are, so that many do not win by number
            of_form = examples.get(form.id, ())
            self._example_weight.append(THEME / max(len(of_form), 1))
            for reading in of_form:
                said.append(Said(number, reading, THEME / len(of_form)))
                if form.kind is not None:
                    sentences.append((reading, form.kind is Kind.SUPPORT))
        if not self.bare:
            said += [Said(self._size + theme, reading) for theme, one in enumerate(themes) for reading in one]
        self._own = own
        self.likeness = Likeness(said, self._size + len(themes), BARE if self.bare else WORDED)
        self.faults = Odds(sentences, certainty=_KIND_CERTAINTY)
        self.facets = FormFacets(form_facets)
        self.kind_sign: Floats = np.array(
            [0.0 if form.kind is None else 1.0 if form.kind is Kind.SUPPORT else -1.0 for form in catalogue],
            dtype=np.float32,
        )
        self._bridge = None
        if self.bare and own and examples:
            self._bridge = Bridge(list(examples.values()), themes, own, worded_weights, THEME)

    def of(self, read: Read, *, without: int | None = None, without_theme: int | None = None) -> Found:
        """Everything that speaks for or against the forms.

        `without` is the place of a form that has this very text among its examples, `without_theme` a theme that has
        it: they then count as if they did not.
        """
        reading = read.reading
        left_out = None if without is None else (without, self._example_weight[without])
        if without_theme is not None and not self.bare:
            left_out = (self._size + without_theme, 1.0)
        likeness = self.likeness.of(reading, without=left_out)
        inside, outside = likeness[: self._size], likeness[self._size :]
        bridge: Floats = np.zeros(self._size, dtype=np.float32)
        if self._bridge is not None:
            bridge, known, outside = self._bridge.of(reading, without_theme=without_theme)
        elif self.bare:
            outside = outside[:0]
        columns = (self._kind(reading, without), -self.facets.contradictions(read.stated), bridge)
        return Found(
            np.concatenate((inside, np.stack(columns, axis=1)), axis=1),
            inside if self._bridge is None else known,
            outside,
        )

    def _kind(self, reading: Reading, without: int | None) -> Floats:
        """Log probability that the text is of each form's kind; shape (forms,)."""
        known = without is not None and self.kind_sign[without] != 0.0
        odds = self.faults.of(reading, without=bool(self.kind_sign[without] > 0.0) if known else None)
        agreed: Floats = -np.logaddexp(0.0, -odds * self.kind_sign).astype(np.float32)
        return agreed

    def own_text_supports(self, number: int, among: int) -> bool:
        """Whether a form's own title and description, left out of its profile, still place it among the first."""
        likeness = [self.likeness.of(reading, without=(number, 1.0))[: self._size, 0] for reading in self._own[number]]
        scores = np.sum(likeness, axis=0)
        return int((scores > scores[number]).sum()) < among


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


def sentences_of(wording: Wording) -> Sequence[str]:
    """Every sentence of the wording, whatever it is about."""
    return (*(text for one in wording.forms.values() for text in (*one.examples, *one.words)), *wording.out_of_scope)
