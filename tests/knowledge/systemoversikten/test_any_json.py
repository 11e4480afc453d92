"""Whatever JSON comes, there is a register or BrokenKnowledge, and a register can be written, read and searched."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.errors import BrokenKnowledge
from knowledge.systemoversikten import FORVALTERE, TABLES, read_overview
from knowledge.systems_file import load_systems, system_to_json
from tests.fake_systemoversikten.data import answers, envelope, system, tables
from tests.knowledge.systemoversikten.test_joining import OPERATORS

# Texts as JSON can give them, half surrogate pairs and all.
TEXT = st.text(max_size=12) | st.sampled_from(
    ["a@b.no", "5 🔴", "http://[", "https://x.no", "\ud83d", "Ukjent virksomhet"]
)
LEAF = st.none() | st.booleans() | st.integers(-3, 5) | st.floats() | TEXT
ANYTHING = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)


def rows_like(row: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Rows with the right names and, here and there, anything as a value."""
    return st.dictionaries(st.sampled_from(sorted(row)), ANYTHING, max_size=4).map(lambda changes: {**row, **changes})


@st.composite
def overviews(draw: st.DrawFn) -> dict[str, Any]:
    """Tables of odd rows, among enough good ones that they are not too many."""
    known = tables()
    given_answers = {
        name: envelope(name, draw(st.lists(st.sampled_from(known[name]).flatmap(rows_like), max_size=3)))
        for name in (*TABLES, FORVALTERE)
    }
    good = [system(number, f"Prøve {number}", "DIG") for number in range(100, 160)]
    given_answers["systemer"] = envelope("systemer", [*given_answers["systemer"]["data"], *good])
    return given_answers


@settings(max_examples=40)
@given(overviews())
def test_odd_values_are_missing_values(given_answers: dict[str, Any]) -> None:
    overview = read_overview(given_answers, OPERATORS)
    assert len(overview.systems) >= 60
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "systems.json"
        rows = [system_to_json(one) for one in overview.systems]
        file.write_text(json.dumps({"systems": rows}, ensure_ascii=False), encoding="utf-8")
        register = load_systems(file)
    assert tuple(register) == overview.systems
    assert register.find("Prøve 100")[0].system.id == "100"


@given(st.dictionaries(st.sampled_from([*TABLES, FORVALTERE]), ANYTHING))
def test_another_shape_is_broken_knowledge(wrong: dict[str, Any]) -> None:
    assume(any(not isinstance(one, dict) or "data" not in one for one in wrong.values()))
    with pytest.raises(BrokenKnowledge) as refused:
        read_overview({**answers(), **wrong}, OPERATORS)
    assert str(refused.value).split(":")[0] in wrong
