"""How many are asked for, whatever the thing is called and however it is spelt."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.reading.counts import read_count

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 berbare til kurs", 3),
        ("trenger 3 bærbare pcer innen 15. desember", 3),
        ("Låne 4 laptoper fra 1. desember til 5. desember", 4),
        ("tre nye PC-er", 3),
        ("trenger to skjermer", 2),
        ("skjermer x 4", 4),
        ("2x mobil", 2),
        ("fire nettbrett til 3. trinn", 4),
        ("bestill 12 ladre", 12),
        ("vi er 6 ansatte som skal ha mobil", 6),
        ("7 pcr", 7),
    ],
)
def test_it_is_read(text: str, count: int) -> None:
    assert read_count(text, MONDAY) == count


@pytest.mark.parametrize(
    "text",
    [
        "PC til Storgata 3 levert mandag",
        "mobil til rom 204 helst",
        "låne PC i 3 uker",
        "versjon 9 oppgradering",
        "klokka 12 møte",
        "leveres 4 etasje",
        "en Windows 11 maskin",
        "I need to order phones",
        "bestill 5 tastaturer og 2 mus",
        "til Grønland 28 innen fredag",
    ],
)
def test_another_figure_is_no_number_of_items(text: str) -> None:
    assert read_count(text, MONDAY) is None
