"""Which language a message is in; few words decide nothing."""

from __future__ import annotations

import pytest

from dialogs.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg får ikke logget på, hvordan gjør jeg det?", "nb"),
        ("Eg får ikkje logga på datamaskina mi", "nn"),
        ("Kva skjema skal eg bruke?", "nn"),
        ("I cannot log on to my computer, what should I do?", "en"),
        ("Hello, the printer is not working", "en"),
        ("hello", "en"),
        ("ok", None),
        ("2", None),
        ("AKS", None),
        ("Citrix Workspace app error", None),
        ("", None),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
