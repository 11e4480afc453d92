"""Times in a report that are not when it began (met by players)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.transcript import MONDAY, library


@pytest.mark.parametrize(
    "text",
    [
        "AKS er nede, tredje gang denne uka",
        "AKS nede, andre gang på en uke",
        "PC-en slo seg av to ganger i går",
        "rapporten for oktober blir feil i Agresso",
        "feil sum for november i Visma",
        "timelisten for uke 46 er feil",
        "feil i oktober-rapporten",
        "fakturaen fra 12. november er feil",
        "perioden 01.10 til 31.10 vises ikke i rapporten",
        "AKS er nede, kurset begynte kl 9",
        "Vi får ikke skrevet ut, har møte i dag kl 8",
    ],
)
def test_how_often_or_what_it_is_about_is_no_start(text: str) -> None:
    assert library().reader.read_start(text, MONDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("rapporten for oktober blir feil siden i går", date(2026, 11, 22)),
        ("AKS feilet for første gang i går", date(2026, 11, 22)),
        ("AKS er nede, startet etter møtet i går", date(2026, 11, 22)),
        ("feilen kom i oktober", date(2026, 10, 1)),
        ("Gerica har vært treg siden forrige uke", date(2026, 11, 16)),
        ("får ikke lønnslister siden oktober", date(2026, 10, 1)),
    ],
)
def test_what_is_said_to_be_the_start_still_is(text: str, day: date) -> None:
    began = library().reader.read_start(text, MONDAY)
    assert began is not None
    assert began.at.date() == day
