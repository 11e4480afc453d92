"""How people take back what they said: each opening is read in one place."""

from __future__ import annotations

import pytest

from dialogs.taken_back import after_changed_mind, after_forget, after_no, takes_back


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("nei, det er Outlook", "det er Outlook"),
        ("Nei nei, feil skjema", "feil skjema"),
        ("nei", ""),
        ("neida – den er treg", "den er treg"),
        ("no, it is Outlook", "it is Outlook"),
        ("no it is Outlook", "it is Outlook"),
        ("No one can log in", None),
        ("No er det verre", None),
        ("neida, nei. vent", "vent"),
        ("neiheten", None),
    ],
)
def test_what_follows_a_no(text: str, after: str | None) -> None:
    assert after_no(text) == after


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("glem det, meld heller at skriveren er tom", "skriveren er tom"),
        ("glem hele greia, jeg trenger ny mobil", "jeg trenger ny mobil"),
        ("dropp saken og bestill heller en ny skjerm", "bestill heller en ny skjerm"),
        ("glem det, heller nettbrett", None),
        ("glem det, heller et nettbrett", "et nettbrett"),
        ("forget it, my phone is broken", "my phone is broken"),
        ("glem det", None),
    ],
)
def test_what_is_wanted_of_one_who_drops_the_rest(text: str, instead: str | None) -> None:
    assert after_forget(text) == instead
    assert after_changed_mind(text) == instead


@pytest.mark.parametrize(("text", "back"), [("nei, i forgårs", True), ("nei", False), ("i forgårs", False)])
def test_a_no_alone_takes_nothing_back(text: str, back: bool) -> None:
    assert takes_back(text) is back
