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

from knowledge.matching.fusion import Fusion
from tests.evaluation.fitting import Sample, fit
from tests.evaluation.queries import DATA, build, load_queries, shipped_catalogue, shipped_wording
from tests.evaluation.samples import foreign_known, foreign_unknown, sample_of

USED_WORDED = ("words", "pairs", "letters", "kind", "facets")
USED_BARE = ("words", "letters", "facets", "bridge")


def bare_fit(known: Sample, unknown: Sample, likeness: Mapping[str, float]) -> Fusion:
    """The numbers for bare catalogues: half from either foreign condition, since a real one lies between them."""
    return fit(known.joined(unknown), USED_BARE, likeness)


def main() -> int:
    """Fit both styles and write the file."""
    catalogue, wording, queries = shipped_catalogue(), shipped_wording(), load_queries()
    worded = fit(sample_of(build(catalogue, wording), queries), USED_WORDED)
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
