"""Signals weighed into probabilities, and probabilities into a decision.

All numbers come from `knowledge/data/matching.json`, fitted on messages with known answers (`make fit`); one set for
catalogues with example sentences and one for bare catalogues. A decision is by cost: wrong and confident is the worst,
since a case cannot be moved to another form (G 4.1).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.errors import BrokenKnowledge
from knowledge.matching.evidence import SIGNALS, Found
from knowledge.matching.likeness import ALIKE_IN, shares_of
from knowledge.matching.model import Decision

CUES = ("one", "top", "lead", "second", "third", "length", "outside", "short", "kind", "words", "letters")
"""What the certainty of an answer is read from: see `Fusion.cues`."""

_WORDS, _LETTERS = SIGNALS.index("words"), SIGNALS.index("letters")
_LEAD_MOST = 12.0
_SHORT = 4  # words; so few leave less room for another meaning, and are oftener right than a longer text as far ahead


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights of signals, and of cues for "the first form is right" and "no form is for this"."""

    signals: Mapping[str, float]
    right: Mapping[str, float]
    outside: Mapping[str, float]
    answer_at: float  # probability from which the first form is proposed
    none_at: float  # probability of being outside from which the text is refused
    likeness: Mapping[str, float]  # weights by which inside and outside are compared

    def scores(self, signals: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Signals of shape (forms, len(SIGNALS)) weighed into one score a form; shape (forms,)."""
        weights = np.array([self.signals[name] for name in SIGNALS], dtype=np.float32)
        scores: npt.NDArray[np.float32] = signals @ weights
        return scores

    def cues(self, found: Found, scores: npt.NDArray[np.float32], length: int) -> tuple[float, ...]:
        """The cues in the order of CUES, from what was found, the scores of all forms, and the number of words.

        one: the constant; top: the best score; lead: log odds of the best form's share; second and third: how far the
        best score is ahead of these two; length: log of the number of words; outside: how much more the text is like
        what no form is for than like any form; short: whether it has a few words only; kind: log odds of the share of
        all forms that are of the best one's kind; words and letters: how far the best form is ahead of all others in
        these two alone, below zero where another one is.
        """
        weights = np.array([self.likeness[name] for name in ALIKE_IN], dtype=np.float32)
        outside = 0.0
        if len(found.outside):
            outside = float((found.outside @ weights).max() - (found.inside @ weights).max())
        shares = shares_of(scores)
        best = int(scores.argmax())
        first, second, third = _three_best(scores)
        return (
            1.0,
            first,
            _log_odds(float(shares[best])),
            first - second,
            first - third,
            math.log(length + 1.0),
            outside,
            float(length <= _SHORT),
            _log_odds(float(shares[found.kinds == found.kinds[best]].sum())),
            _ahead(found.signals[:, _WORDS], best),
            _ahead(found.signals[:, _LETTERS], best),
        )

    def probability_right(self, cues: Sequence[float]) -> float:
        """Probability (0..1) that the first form is a right one."""
        return _logistic(self.right, cues)

    def probability_outside(self, cues: Sequence[float]) -> float:
        """Probability (0..1) that no form is for the text."""
        return _logistic(self.outside, cues)

    def decide(self, right: float, outside: float) -> Decision:
        """What to do at these probabilities."""
        if outside >= self.none_at:
            return Decision.NONE
        return Decision.ANSWER if right >= self.answer_at else Decision.ASK


def _log_odds(share: float) -> float:
    return min(math.log(max(share, 1e-6) / max(1.0 - share, 1e-6)), _LEAD_MOST)


def _ahead(likeness: npt.NDArray[np.float32], best: int) -> float:
    """How much more a form has than the best of all others."""
    others = max(likeness[:best].max(initial=0.0), likeness[best + 1 :].max(initial=0.0))
    return float(likeness[best] - others)


def _three_best(scores: npt.NDArray[np.float32]) -> tuple[float, float, float]:
    """The three best scores, best first; where there are fewer forms, the last stands for those missing."""
    best = np.sort(np.partition(scores, -3)[-3:] if len(scores) > 3 else scores)[::-1]
    return float(best[0]), float(best[min(1, len(best) - 1)]), float(best[-1])


def _logistic(weights: Mapping[str, float], cues: Sequence[float]) -> float:
    total = sum(weights[name] * cue for name, cue in zip(CUES, cues, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


def load_fusion(path: Path, style: str) -> Fusion:
    """The fitted numbers for one style, "worded" or "bare"; raises BrokenKnowledge."""
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        content = whole[style]
        return Fusion(
            signals={name: float(content["signals"][name]) for name in SIGNALS},
            right={name: float(content["right"][name]) for name in CUES},
            outside={name: float(content["outside"][name]) for name in CUES},
            answer_at=float(content["answer_at"]),
            none_at=float(content["none_at"]),
            likeness={name: float(whole["worded"]["signals"][name]) for name in ALIKE_IN},
        )
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise BrokenKnowledge(f"{path.name}: {style}: {error}") from error
