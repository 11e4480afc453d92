"""What a clause says still works."""

from __future__ import annotations

import pytest

from knowledge.reading.working import says_it_works, something_works


@pytest.mark.parametrize("text", ["mail on the computer works fine", "meetings and chat work", "webmail virker"])
def test_it_works(text: str) -> None:
    assert says_it_works(text)
    assert something_works(f"the phone is dead, {text}")


@pytest.mark.parametrize(
    "text",
    ["my work e-mail stopped syncing on my phone", "i am at work", "our work phone is dead", "it does not work"],
)
def test_somebodys_work_is_no_working(text: str) -> None:
    assert not says_it_works(text)
    assert not something_works(text)
