"""The conversation's state as JSON: it survives, and damaged or newer ones are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.events import Attachment
from dialogs.state import Answer, Draft, Pending, State, state_from_json, state_to_text
from knowledge.errors import UnreadableState

FULL = State(
    language="nn",
    drafts=(
        Draft(
            id="1",
            kind="support",
            stage="fill",
            text="AKS er nede",
            created_at="2026-11-23T10:00:00+01:00",
            updated_at="2026-11-23T10:00:00+01:00",
            form_id=900884,
            candidates=(900884, 900562),
            answers={
                "tried": Answer("omstart", "omstart"),
                "n": Answer(3.0, "3", "read"),
                "l": Answer(["a.png"], "a.png"),
            },
            asked=("tried",),
            skipped=("contacts",),
            attachments=(Attachment("a.png", 10, "f" * 64, "image/png"),),
            critical=True,
        ),
    ),
    pending=Pending("item", "extent", ("set:1:extent:user",), ("Bare meg",)),
    said_role="superbruker",
    said_virksomhet="BGO",
    last_case="L-2026-000001",
    queued_needs=("og en ny skjerm",),
    draft_count=1,
    misses=1,
    greeted=True,
    files=(Attachment("b.png", 11, "e" * 64),),
)


def test_state_survives_json() -> None:
    assert state_from_json(json.loads(state_to_text(FULL))) == FULL
    assert state_from_json(json.loads(state_to_text(State()))) == State()


def _damaged(**changes: Any) -> dict[str, Any]:
    return {**json.loads(state_to_text(FULL)), **changes}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        {},
        _damaged(version=2),
        _damaged(version=0),
        _damaged(version="1"),
        _damaged(drafts=None),
        _damaged(drafts=[{"id": "1"}]),
        _damaged(drafts=[{**json.loads(state_to_text(FULL))["drafts"][0], "kind": "joke"}]),
        _damaged(drafts=[{**json.loads(state_to_text(FULL))["drafts"][0], "stage": "lost"}]),
        _damaged(pending=3),
        _damaged(language=3),
        _damaged(draft_count="many"),
    ],
)
def test_damaged_or_newer_state_is_refused(data: object) -> None:
    with pytest.raises(UnreadableState):
        state_from_json(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(JSON)
def test_foreign_json_is_refused_not_crashed_on(data: object) -> None:
    with pytest.raises(UnreadableState):
        state_from_json(data)
