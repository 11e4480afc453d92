"""Fit `knowledge/data/matching.json` anew: `python -m tests.evaluation.fit`.

Fitted on the development messages; what it says about them afterwards is not a measurement. `python -m
tests.evaluation` measures with cross-validation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from knowledge.matching import Matcher, Wording
from knowledge.matching.fusion import Fusion
from tests.evaluation.fitting import Sample, fit
from tests.evaluation.full_reports import full_reports
from tests.evaluation.queries import DATA, build, load_queries, shipped_catalogue, shipped_wording
from tests.evaluation.samples import foreign_known, foreign_unknown, left_out_sample, sample_of
from tests.evaluation.unseen import WORKED_ON

USED_WORDED = ("words", "pairs", "letters", "kind", "facets")
USED_BARE = ("words", "letters", "facets", "bridge")
CUES_BARE = ("one", "top", "lead", "second", "third", "length", "outside")
"""Where there are titles and descriptions only, being ahead in words or letters alone tells nothing of being right."""
HARD_EVERY = 5
HARD_COUNT = 0.06
"""Every fifth example, left out of its form, is fitted on too and counts this much: examples are spread over all a form
is for, so each is harder than a usual message, and without them the program is too sure of itself on hard ones."""
FULL_COUNT = 0.25
SHAPING_SEED = 7
"""Every message is fitted on as a full report too, and counts this much then: people write both."""


def bare_fit(known: Sample, unknown: Sample, likeness: Mapping[str, float]) -> Fusion:
    """The numbers for bare catalogues: half from either foreign condition, since a real one lies between them."""
    return fit(known.joined(unknown), USED_BARE, likeness, CUES_BARE)


def worded_fit(sample: Sample, hard: Sample) -> Fusion:
    """The numbers for catalogues with examples: from messages, and a little from left-out examples."""
    return fit(sample.joined(hard), USED_WORDED)


def hard_sample(matcher: Matcher, wording: Wording) -> Sample:
    """The left-out examples that are fitted on."""
    return left_out_sample(matcher, wording, HARD_EVERY, HARD_COUNT)


def other_hand_sample(matcher: Matcher) -> Sample:
    """The messages by another hand that were worked on (A): how sure to be is learnt from them too, since the
    development messages have been looked at for long and flatter."""
    return sample_of(matcher, load_queries(WORKED_ON))


def main() -> int:
    """Fit both styles and write the file."""
    catalogue, wording, queries = shipped_catalogue(), shipped_wording(), load_queries()
    matcher = build(catalogue, wording)
    in_full = sample_of(matcher, full_reports(queries, "shaping", SHAPING_SEED), FULL_COUNT)
    messages = sample_of(matcher, queries).joined(in_full).joined(other_hand_sample(matcher))
    worded = worded_fit(messages, hard_sample(matcher, wording))
    bare = bare_fit(
        foreign_known(catalogue, wording, queries), foreign_unknown(catalogue, wording, queries), worded.likeness
    )
    content = {"worded": _as_json(worded), "bare": _as_json(bare)}
    (DATA / "matching.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(content, indent=1) + "\n")
    return 0


def _as_json(fusion: Fusion) -> dict[str, Any]:
    content = asdict(fusion)
    del content["likeness"]
    return {key: float(np.round(value, 4)) if isinstance(value, float) else value for key, value in content.items()}


if __name__ == "__main__":
    sys.exit(main())
