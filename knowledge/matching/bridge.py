"""From a text over the forms whose wording is known to the forms of another catalogue.

A catalogue without example sentences has only titles and descriptions, in the writer's words. But how people ask for a
shared mailbox is known from the wording of some form about shared mailboxes, and that form's wording also fits the
title and description of the foreign form. So a text is matched to known forms, and known forms to foreign ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.matching.learnt import example_weight, themes_of
from knowledge.matching.likeness import WORDED, Likeness, shares_of
from knowledge.matching.profiles import Floats
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.vocabulary import Corpus
from knowledge.matching.wording import Wording

_TEXT_SHARPNESS = 0.8  # how sure a text is taken to be of its known form: less than fully, the right one may be unknown
_FORM_SHARPNESS = 1.2  # a foreign form may cover several known ones
_FLOOR = 1e-4


class Bridge:
    """Known forms on one side, the forms of a catalogue on the other; beside the known forms, what no form is for."""

    def __init__(self, wording: Wording, reader: Reader, forms: Iterable[Sequence[str]], weights: Floats) -> None:
        """`wording` has the known forms, `forms` are the title and description of each other form.

        `weights` are those of the three likenesses for catalogues with examples; shape (3,).
        """
        self._weights = weights
        known = [one for _, one in sorted(wording.forms.items()) if one.examples]
        themes = themes_of(wording)
        self._known = len(known)
        corpus = Corpus()
        owners: list[int] = []
        counts: list[float] = []
        said = [*((one.examples, example_weight(one)) for one in known), *((theme, 1.0) for theme in themes)]
        for owner, (texts, weight) in enumerate(said):
            for text in texts:
                corpus.add(reader.read(text))
                owners.append(owner)
                counts.append(weight)
        self._vocabulary, numbered = corpus.numbered()
        self._likeness = Likeness(numbered, self._vocabulary, owners, counts, len(said), WORDED)
        # a form's side is read in words only: there may be ten thousand forms
        self._known_of_form: Floats = np.stack([shares_of(self._known_words(texts, reader)) for texts in forms])

    def _known_words(self, texts: Sequence[str], reader: Reader) -> Floats:
        likeness = [self._likeness.words_of(self._vocabulary.worded(reader.read(text))) for text in texts]
        summed: Floats = np.sum(likeness, axis=0)[: self._known] * np.float32(_FORM_SHARPNESS)
        return summed

    def _scores(self, likeness: Floats) -> Floats:
        scores: Floats = likeness[: self._known] @ self._weights
        return scores

    def of(self, reading: Reading, *, without_theme: int | None = None) -> tuple[Floats, Floats, Floats]:
        """How a text fits the catalogue's forms, and its likeness to known forms and to what is outside.

        The first is the log of how likely text and form are about the same known form; shape (forms,). The other two
        have shape (known forms, 3) and (themes, 3). `without_theme` is a theme that has this very text.
        """
        without = None if without_theme is None else (self._known + without_theme, 1.0)
        likeness = self._likeness.of(self._vocabulary.numbered(reading), without=without)
        about = shares_of(self._scores(likeness) * np.float32(_TEXT_SHARPNESS))
        likely: Floats = np.log(self._known_of_form @ about + _FLOOR).astype(np.float32)
        return likely, likeness[: self._known], likeness[self._known :]
