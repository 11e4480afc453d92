"""From a text over the forms whose wording is known to the forms of another catalogue.

A catalogue without example sentences has only titles and descriptions, in the writer's words. But how people ask for a
shared mailbox is known from the wording of some form about shared mailboxes, and that form's wording also fits the
title and description of the foreign form. So a text is matched to known forms, and known forms to foreign ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from knowledge.matching import letters
from knowledge.matching.numbering import Numbering, gather
from knowledge.matching.profiles import Floats, Profiles
from knowledge.matching.reader import Reading

_TEXT_SHARPNESS = 0.5  # how sure a text is taken to be of its known form: half, since the right form may be unknown
_FORM_SHARPNESS = 0.3  # a foreign form may cover several known ones
_FLOOR = 1e-4


class Bridge:
    """Known forms on one side, the forms of a catalogue on the other."""

    def __init__(
        self,
        known: Sequence[Sequence[Reading]],
        forms: Sequence[Sequence[Reading]],
        word_weight: float,
        letter_weight: float,
    ) -> None:
        """`known` are the examples of every known form, `forms` the title and description of every other form.

        The weights are those of the signals they name, for catalogues with examples.
        """
        self._weights = (word_weight, letter_weight)
        readings = [reading for examples in known for reading in examples]
        owners = [place for place, examples in enumerate(known) for _ in examples]
        self._numbering = Numbering([term for reading in readings for term in reading.words])
        of_text = np.array(owners, dtype=np.int64)
        ones = np.ones(len(owners), dtype=np.float32)
        self._words = Profiles(
            gather([self._numbering.terms(reading.words) for reading in readings]),
            of_text,
            ones,
            len(known),
            len(self._numbering),
        )
        self._letters = Profiles(
            letters.texts_of([reading.letters for reading in readings]), of_text, ones, len(known), letters.TERMS
        )
        self._known_of_form = np.stack(
            [_shares(_FORM_SHARPNESS * np.sum([self._scores(reading) for reading in texts], axis=0)) for texts in forms]
        )

    def _scores(self, reading: Reading) -> Floats:
        words, runs = self._weights
        found: Floats = words * self._words.score(
            self._words.weighted(self._numbering.terms(reading.words))
        ) + runs * self._letters.score(self._letters.weighted(letters.terms_of(reading.letters)))
        return found

    def of(self, reading: Reading) -> Floats:
        """Log of how likely a text and each form are about the same known form; shape (forms of the catalogue,)."""
        about = _shares(_TEXT_SHARPNESS * self._scores(reading))
        likely: Floats = np.log(self._known_of_form @ about + _FLOOR).astype(np.float32)
        return likely


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = (powers / powers.sum()).astype(np.float32)
    return shares
