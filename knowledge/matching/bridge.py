"""From a text over the forms whose wording is known to the forms of another catalogue.

A catalogue without example sentences has only titles and descriptions, in the writer's words. But how people ask for a
shared mailbox is known from the wording of some form about shared mailboxes, and that form's wording also fits the
title and description of the foreign form. So a text is matched to known forms, and known forms to foreign ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.matching.likeness import WORDED, Likeness, Said, shares_of
from knowledge.matching.profiles import Floats
from knowledge.matching.reader import Reading

_TEXT_SHARPNESS = 0.8  # how sure a text is taken to be of its known form: less than fully, the right one may be unknown
_FORM_SHARPNESS = 1.2  # a foreign form may cover several known ones
_FLOOR = 1e-4


class Bridge:
    """Known forms on one side, the forms of a catalogue on the other; beside the known forms, what no form is for."""

    def __init__(
        self,
        known: Sequence[Sequence[Reading]],
        outside: Sequence[Sequence[Reading]],
        forms: Sequence[Sequence[Reading]],
        weights: Floats,
        even: float,
    ) -> None:
        """`known` and `outside` are sentences by form and by theme, `forms` title and description of each other form.

        `weights` are those of the three likenesses for catalogues with examples; shape (3,).
        The sentences of a form count `even` together.
        """
        self._weights = weights
        self._known = len(known)
        self._likeness = Likeness(
            [
                *(Said(owner, reading, even / len(one)) for owner, one in enumerate(known) for reading in one),
                *(Said(len(known) + theme, reading) for theme, one in enumerate(outside) for reading in one),
            ],
            len(known) + len(outside),
            WORDED,
        )
        # a form's side is read in words only: there may be ten thousand forms
        self._known_of_form: Floats = np.stack(
            [
                shares_of(
                    np.sum([self._likeness.words_of(reading)[: self._known] for reading in texts], axis=0)
                    * np.float32(_FORM_SHARPNESS)
                )
                for texts in forms
            ]
        )

    def _scores(self, likeness: Floats) -> Floats:
        scores: Floats = likeness[: self._known] @ self._weights
        return scores

    def of(self, reading: Reading, *, without_theme: int | None = None) -> tuple[Floats, Floats, Floats]:
        """How a text fits the catalogue's forms, and its likeness to known forms and to what is outside.

        The first is the log of how likely text and form are about the same known form; shape (forms,). The other two
        have shape (known forms, 3) and (themes, 3). `without_theme` is a theme that has this very text.
        """
        without = None if without_theme is None else (self._known + without_theme, 1.0)
        likeness = self._likeness.of(reading, without=without)
        about = shares_of(self._scores(likeness) * np.float32(_TEXT_SHARPNESS))
        likely: Floats = np.log(self._known_of_form @ about + _FLOOR).astype(np.float32)
        return likely, likeness[: self._known], likeness[self._known :]
