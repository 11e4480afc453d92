"""Fitting the few numbers of `knowledge/data/matching.json`, in plain numpy.

Signals are weighed by a conditional logit (which form, given the text), certainty by two logistic regressions, and the
two thresholds are chosen by cost. Every fit takes weights for its rows, so that cross-validation can leave rows out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from knowledge.matching.evidence import SIGNALS, Found
from knowledge.matching.fusion import CUES, Fusion
from knowledge.matching.likeness import ALIKE_IN

Floats = npt.NDArray[np.float64]
SET = {"said": 4.0}
"""No message that is fitted on stands in the wording, so what it weighs that one does is set: as much as it takes to
put a form before a neighbour that is twenty times likelier otherwise, and no more."""
_SIGNAL_PENALTY = 0.003
_CUE_PENALTY = 0.01
WRONG_CONFIDENT_MOST = 0.0065
"""Of all messages. The limit is 2 %; on messages by another hand it was wrong and sure two to three times as often as
on those it is fitted on."""
REFUSED_MOST = 0.007
"""Of messages that have a form. The limit is 2 %; messages by another hand were refused oftener than those it is fitted
on."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Messages with what was found for each, which forms are right, and how much each message counts."""

    found: tuple[Found, ...]
    lengths: npt.NDArray[np.int64]  # words; shape (messages,)
    right: npt.NDArray[np.bool_]  # shape (messages, forms)
    counts: Floats  # shape (messages,)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Which messages have a right form; shape (messages,)."""
        return np.asarray(self.right.any(axis=1), dtype=np.bool_)

    def at(self, rows: npt.NDArray[np.int64]) -> Sample:
        """Some of the messages."""
        return Sample(tuple(self.found[row] for row in rows), self.lengths[rows], self.right[rows], self.counts[rows])

    def joined(self, other: Sample) -> Sample:
        """Both samples as one."""
        return Sample(
            self.found + other.found,
            np.concatenate((self.lengths, other.lengths)),
            np.concatenate((self.right, other.right)),
            np.concatenate((self.counts, other.counts)),
        )


def fit(
    sample: Sample,
    used: tuple[str, ...],
    likeness: Mapping[str, float] | None = None,
    used_cues: tuple[str, ...] = CUES,
) -> Fusion:
    """All numbers from one sample; signals not in `used` and cues not in `used_cues` get weight 0.

    `likeness` are the weights by which inside and outside are compared; the fitted ones when not given.
    """
    places = [SIGNALS.index(name) for name in used]
    rows = np.flatnonzero(sample.inside)
    table = np.stack([sample.found[row].signals[:, places] for row in rows])
    weights = _conditional_logit(table, sample.right[rows], sample.counts[rows])
    signals = dict.fromkeys(SIGNALS, 0.0) | SET | dict(zip(used, (round(float(w), 4) for w in weights), strict=True))
    unset = dict.fromkeys(CUES, 0.0)
    compared = {name: signals[name] for name in ALIKE_IN} if likeness is None else likeness
    fusion = Fusion(signals, unset, unset, 1.0, 1.0, compared)
    cues, hits = cues_and_hits(sample, fusion)
    told = cues * np.isin(CUES, used_cues)
    right = _logistic(told, hits, sample.counts)
    outside = _logistic(told, ~sample.inside, sample.counts)
    fusion = replace(fusion, right=_named(right), outside=_named(outside))
    none_at = _refuse_at(sample, fusion, cues)
    return replace(
        fusion, none_at=round(none_at, 4), answer_at=round(_answer_at(sample, fusion, cues, hits, none_at), 4)
    )


def cues_and_hits(sample: Sample, fusion: Fusion) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The cues of every message, and whether its best form is right."""
    cues: list[tuple[float, ...]] = []
    hits: list[bool] = []
    for row, found in enumerate(sample.found):
        scores = fusion.scores(found.signals)
        cues.append(fusion.cues(found, scores, int(sample.lengths[row])))
        hits.append(bool(sample.right[row, int(scores.argmax())]))
    return np.array(cues), np.array(hits)


def _named(weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(CUES, weights, strict=True)}


def _refuse_at(sample: Sample, fusion: Fusion, cues: Floats) -> float:
    """The lowest probability of being outside that refuses no more than REFUSED_MOST of what has a form."""
    outside = np.array([fusion.probability_outside(row) for row in cues])
    return _lowest(outside, sample.inside, sample.counts, REFUSED_MOST * float(sample.counts[sample.inside].sum()))


def _answer_at(sample: Sample, fusion: Fusion, cues: Floats, hits: npt.NDArray[np.bool_], none_at: float) -> float:
    """The lowest probability of being right at which no more than WRONG_CONFIDENT_MOST of all are answered wrong."""
    right = np.array([fusion.probability_right(row) for row in cues])
    refused = np.array([fusion.probability_outside(row) >= none_at for row in cues])
    return _lowest(right, ~hits & ~refused, sample.counts, WRONG_CONFIDENT_MOST * float(sample.counts.sum()))


def _lowest(values: Floats, bad: npt.NDArray[np.bool_], counts: Floats, allowed: float) -> float:
    """The lowest threshold above which the bad rows together count no more than `allowed`."""
    order = np.argsort(-values)
    spent = np.cumsum(np.where(bad, counts, 0.0)[order])
    over = np.flatnonzero(spent > allowed)
    if not len(over):
        return 0.5
    first = int(over[0])
    below = float(values[order[first]])
    above = float(values[order[first - 1]]) if first else 1.0
    return max(0.3, (below + above) / 2.0)


def _conditional_logit(signals: npt.NDArray[np.float32], right: npt.NDArray[np.bool_], counts: Floats) -> Floats:
    """Weights that make the right forms most likely: Newton's method with halved steps, penalised."""
    total = float(counts.sum())

    def state(weights: Floats) -> tuple[float, Floats, Floats]:
        """The penalised loss, the chance of each form, and each right form's share of the right ones."""
        scores = signals @ weights
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        given = powers * right
        hit = np.maximum(given.sum(axis=1, keepdims=True), 1e-30)
        whole = powers.sum(axis=1, keepdims=True)
        loss = float(-(np.log(hit / whole)[:, 0] * counts).sum() / total + _SIGNAL_PENALTY * weights @ weights)
        return loss, powers / whole, given / hit

    weights = np.zeros(signals.shape[2])
    loss, chance, given = state(weights)
    for _ in range(60):
        mean_all = np.einsum("nf,nfd->nd", chance, signals)
        mean_right = np.einsum("nf,nfd->nd", given, signals)
        slope = ((mean_right - mean_all) * counts[:, None]).sum(axis=0) / total - 2 * _SIGNAL_PENALTY * weights
        centred = signals - mean_all[:, None, :]
        curve = np.einsum("nf,nfd,nfe->de", chance * counts[:, None], centred, centred) / total
        step = np.linalg.solve(curve + 2 * _SIGNAL_PENALTY * np.eye(len(weights)), slope)
        for _ in range(30):
            tried, tried_chance, tried_given = state(weights + step)
            if tried <= loss:
                break
            step = step / 2
        weights, loss, chance, given = weights + step, tried, tried_chance, tried_given
        if np.abs(step).max() < 1e-5:
            break
    return weights


def _logistic(cues: Floats, answer: npt.NDArray[np.bool_], counts: Floats) -> Floats:
    """Weights of cues (the first is the constant and not penalised) for a yes, by Newton's method."""
    scale = np.maximum(cues.std(axis=0), 1e-9)
    scale[0] = 1.0
    table = cues / scale
    penalty = np.full(cues.shape[1], _CUE_PENALTY * counts.sum())
    penalty[0] = 1e-6
    weights = np.zeros(cues.shape[1])
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(table @ weights, -50, 50)))
        slope = table.T @ ((answer - chance) * counts) - penalty * weights
        curve = (table * (chance * (1 - chance) * counts)[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights = weights + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-7:
            break
    found: Floats = weights / scale
    return found
