"""How often the right form comes first: `python -m tests.evaluation` (`make eval`).

Losen's own rows are cross-validated: every number that is fitted (weights, certainty, thresholds) is fitted on other
messages than the ones it is measured on, ten times over. The wording was written without sight of these messages; how
texts are turned into terms was chosen while looking at these totals, so a small part of the result may be luck.
What another hand wrote (tests/data/unseen) says how it does on messages nobody here had seen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from knowledge.catalogue.form import Catalogue, Kind
from knowledge.matching import Decision, Matcher, Wording
from knowledge.matching.fusion import Fusion
from knowledge.matching.likeness import shares_of
from tests.evaluation.baselines import baselines
from tests.evaluation.fit import FULL_COUNT, SHAPING_SEED, bare_fit, hard_sample, other_hand_sample, worded_fit
from tests.evaluation.fitting import Sample, cues_and_hits
from tests.evaluation.full_reports import full_reports
from tests.evaluation.outcomes import Outcome, header, row, rows_by, share, tell
from tests.evaluation.queries import Query, Rank, build, load_queries, shipped_catalogue, shipped_wording
from tests.evaluation.samples import foreign_known, foreign_unknown, left_out_sample, sample_of
from tests.evaluation.unseen import tables

FOLDS = 10
UNSEEN_SEED = 2026
Fit = Callable[[npt.NDArray[np.int64]], Fusion]
"""Rows of messages to fit on, to the numbers fitted."""


def main() -> int:
    """Print the tables."""
    catalogue, wording, queries = shipped_catalogue(), shipped_wording(), load_queries()
    tell(f"{len(queries)} messages, {sum(not query.labels for query in queries)} of them for no form; per cent.\n")
    header()
    for name, rank in baselines(catalogue):
        row(name, _ranked(rank, catalogue, queries))
    matcher = build(catalogue, wording)
    own, hard = sample_of(matcher, queries), hard_sample(matcher, wording)
    shaping = sample_of(matcher, full_reports(queries, "shaping", SHAPING_SEED), FULL_COUNT)
    other = other_hand_sample(matcher)

    def fit_own(rows: npt.NDArray[np.int64]) -> Fusion:
        return worded_fit(own.at(rows).joined(shaping.at(rows)).joined(other), hard)

    outcomes = _cross_validated(own, queries, catalogue, fit_own)
    row("Losen", outcomes)
    told_in_full = sample_of(matcher, full_reports(queries, "unseen", UNSEEN_SEED))
    row("Losen, told in full", _cross_validated(told_in_full, queries, catalogue, fit_own))
    whole = fit_own(np.arange(len(queries)))
    known, unknown = foreign_known(catalogue, wording, queries), foreign_unknown(catalogue, wording, queries)

    def fit_bare(rows: npt.NDArray[np.int64]) -> Fusion:
        return bare_fit(known.at(rows), unknown.at(rows), whole.likeness)

    row("foreign catalogue, needs known", _cross_validated(known, queries, catalogue, fit_bare))
    row("foreign catalogue, needs unknown", _cross_validated(unknown, queries, catalogue, fit_bare))
    _left_out(matcher, wording, whole)
    tables(matcher, wording)
    rows_by("Losen by style", [(outcome.query.style, outcome) for outcome in outcomes])
    rows_by("Losen by persona", [(outcome.query.persona, outcome) for outcome in outcomes])
    return 0


def _ranked(rank: Rank, catalogue: Catalogue, queries: Sequence[Query]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for query in queries:
        ranking = list(rank(query.text))
        kind = catalogue.get(ranking[0]).kind if ranking else None
        outcomes.append(
            Outcome(
                query,
                bool(set(ranking[:1]) & set(query.labels)),
                bool(set(ranking[:3]) & set(query.labels)),
                kind == query.kind,
                None,
            )
        )
    return outcomes


def _cross_validated(sample: Sample, queries: Sequence[Query], catalogue: Catalogue, fit_on: Fit) -> list[Outcome]:
    outcomes: list[Outcome | None] = [None] * len(queries)
    shuffled = np.random.default_rng(20261123).permutation(len(queries))
    for fold in range(FOLDS):
        held = shuffled[fold::FOLDS]
        fusion = fit_on(np.setdiff1d(np.arange(len(queries)), held))
        cues, hits = cues_and_hits(sample.at(held), fusion)
        for place, cue, hit in zip(held, cues, hits, strict=True):
            scores = fusion.scores(sample.found[place].signals)
            three = np.argsort(-scores, kind="stable")[:3]
            decision = fusion.decide(fusion.probability_right(cue), fusion.probability_outside(cue))
            outcomes[place] = Outcome(
                queries[place],
                bool(hit),
                bool(sample.right[place][three].any()),
                _kind(catalogue, scores) == queries[place].kind,
                decision,
            )
    return [outcome for outcome in outcomes if outcome is not None]


def _kind(catalogue: Catalogue, scores: npt.NDArray[np.float32]) -> str:
    fault = np.array([form.kind is Kind.SUPPORT for form in catalogue])
    return "support" if float(shares_of(scores)[fault].sum()) > 0.5 else "service"


def _left_out(matcher: Matcher, wording: Wording, fusion: Fusion) -> None:
    """Every third example as if its form did not have it; the weights saw a few of them, so this is a rough guide."""
    sample = left_out_sample(matcher, wording, every=3, count=1.0)
    cues, hits = cues_and_hits(sample, fusion)
    three = [
        bool(right[np.argsort(-fusion.scores(found.signals), kind="stable")[:3]].any())
        for found, right in zip(sample.found, sample.right, strict=True)
    ]
    sure = [
        fusion.decide(fusion.probability_right(cue), fusion.probability_outside(cue)) is Decision.ANSWER and not hit
        for cue, hit in zip(cues, hits, strict=True)
    ]
    tell(
        f"\n{len(sample)} example sentences, each left out of its form: first {share([bool(hit) for hit in hits])}, "
        f"in 3 {share(three)}, wrong and sure {share(sure)}"
    )


if __name__ == "__main__":
    sys.exit(main())
