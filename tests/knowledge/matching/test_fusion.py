from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import BrokenKnowledge
from knowledge.matching import Decision
from knowledge.matching.evidence import SIGNALS, Found
from knowledge.matching.fusion import CUES, load_fusion
from tests.knowledge.shipped import DATA

FUSION = load_fusion(DATA / "matching.json", "worded")


def found(best: float, outside: float | None) -> Found:
    signals = np.zeros((3, len(SIGNALS)), dtype=np.float32)
    signals[0, 0] = best
    themes = np.zeros((0 if outside is None else 1, 3), dtype=np.float32)
    themes[:, 0] = outside or 0.0
    return Found(signals, signals[:, :3], themes, np.zeros(3, dtype=np.float32))


def test_more_like_what_no_form_is_for_is_more_likely_outside() -> None:
    def outside(likeness: float) -> float:
        one = found(8.0, likeness)
        return FUSION.probability_outside(FUSION.cues(one, FUSION.scores(one.signals), 6))

    assert outside(2.0) < outside(8.0) < outside(14.0)


def test_a_longer_lead_is_more_likely_right() -> None:
    def right(best: float) -> float:
        one = found(best, 1.0)
        return FUSION.probability_right(FUSION.cues(one, FUSION.scores(one.signals), 6))

    assert right(1.0) < right(3.0) < right(9.0) < 1.0


def test_without_sentences_out_of_scope_nothing_is_outside_of_them() -> None:
    one = found(5.0, None)
    assert FUSION.cues(one, FUSION.scores(one.signals), 6)[CUES.index("outside")] == 0.0


def test_outside_is_refused_before_right_is_answered() -> None:
    assert FUSION.decide(right=1.0, outside=FUSION.none_at) is Decision.NONE
    assert FUSION.decide(right=FUSION.answer_at, outside=0.0) is Decision.ANSWER
    assert FUSION.decide(right=FUSION.answer_at - 0.01, outside=0.0) is Decision.ASK


def test_both_styles_are_shipped() -> None:
    assert load_fusion(DATA / "matching.json", "bare").signals["bridge"] > 0.0
    assert FUSION.signals["words"] > 0.0


@pytest.mark.parametrize("text", ["{", "[]", "{}", json.dumps({"worded": {"signals": {}}})])
def test_numbers_of_another_shape_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "matching.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenKnowledge, match=r"matching\.json"):
        load_fusion(path, "worded")
