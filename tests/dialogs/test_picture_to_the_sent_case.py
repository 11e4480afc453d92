"""A picture sent while it is asked whether some words belong to the case just sent goes where the words go."""

from __future__ import annotations

import pytest

from tests.dialogs.talking import opened
from tests.transcript import Transcript


def asked() -> Transcript:
    talk = opened("1linje")
    talk.says("det virker ikke likevel")
    talk.bot_says("Skal jeg legge det i sak L-2026-000001")
    return talk


@pytest.mark.parametrize("words", ["her er skjermbilde", ""])
def test_it_reaches_the_case_with_the_words(words: str) -> None:
    """It was a question about a new need, and the file never reached the case."""
    talk = asked()
    talk.says(words, "skjerm.png")
    talk.bot_says("Skal jeg legge det i sak L-2026-000001")
    talk.says("ja")
    if talk.state.pending is not None and talk.state.pending.kind == "addressee":
        talk.says("1")
    assert [one["name"] for one in talk.case["attachments"]] == ["skjerm.png"]
    assert "det virker ikke likevel" in talk.cases[0].comments[-1]["text"]
    assert words in talk.cases[0].comments[-1]["text"]


def test_or_begins_the_new_case_with_them() -> None:
    talk = asked()
    talk.says("skriveren i 3. etasje gir striper", "striper.png")
    talk.presses("Det er noe nytt")
    assert talk.state.draft is not None
    assert [one.name for one in talk.state.draft.attachments] == ["striper.png"]
    assert "striper" in talk.state.draft.text


def test_or_goes_nowhere() -> None:
    talk = asked()
    talk.says("her er skjermbilde", "skjerm.png")
    talk.presses("Nei, la den være")
    assert talk.case["attachments"] == []
