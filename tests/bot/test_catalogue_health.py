"""`knowledge report`: the numbers, and a page that asks nobody for anything and names nobody."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

import app
from bot.catalogue_health.numbers import Health, health_of
from bot.catalogue_health.page import page_of
from bot.store import SqliteStore
from dialogs.effects import NoteChoice
from knowledge.matching.review import Noted, review
from tests.transcript import library

MONDAY = date(2026, 11, 23)
CARD, QUEUE = 900417, 900950
ONE = Noted(1, MONDAY, "skriveren henger", QUEUE, "answer", QUEUE, confirmed=True)


def health(*noted: Noted, first: date = MONDAY - timedelta(days=14), last: date = MONDAY) -> Health:
    matcher = library().matcher
    numbered = [replace(one, id=number, text=f"{one.text} {number}") for number, one in enumerate(noted)]
    return health_of(review(numbered, matcher), matcher, first, last)


def test_each_week_counts_decisions_and_corrections_and_no_week_is_left_out() -> None:
    wrong = replace(ONE, proposed=CARD)
    found = health(
        ONE,
        wrong,
        replace(wrong, decision="ask", chosen=None),
        replace(ONE, decision="none", proposed=None, chosen=None),
        replace(ONE, day=MONDAY - timedelta(days=8)),
    )
    assert [(one.name, one.answered, one.asked, one.refused, one.corrected) for one in found.weeks] == [
        ("uke 46/26", 1, 0, 0, 0),
        ("uke 47/26", 0, 0, 0, 0),
        ("uke 48/26", 2, 1, 1, 2),
    ]
    assert [one.share_corrected for one in found.weeks] == [0.0, None, 2 / 3]
    assert found.confused == (("Adgangskort virker ikke på skriver", "Utskrift kommer ikke ut (kø)", 1),)


def test_forms_never_reached_are_counted_by_category() -> None:
    catalogue = library().catalogue
    reached = catalogue.get(QUEUE).category
    before = {name: (never, size) for name, never, size in health().never_reached}
    after = {name: (never, size) for name, never, size in health(ONE).never_reached}
    assert sum(never for never, _ in before.values()) == len(catalogue)
    assert before[reached][0] - after[reached][0] == 1
    assert before[reached][1] == after[reached][1]


def test_only_words_that_several_wrote_in_small_letters_are_shown() -> None:
    said = ("fløybrumleren og Xyvørn", "Fløybrumleren, spør Xyvørn", "fløybrumleren Xyvørn", "zæmblikk", "zæmblikk")
    addresses = ("kvørn@zæmb.invalid https://zæmb.invalid/kvørn",) * 4
    found = health(*(replace(ONE, text=text) for text in (*said, *addresses)))
    assert found.unknown_words == (("fløybrumleren", 3),)


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.tables = 0
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.images += [values] if tag == "img" else []
        self.tables += tag == "table"
        self.loaded += [value for name, value in attrs if name in ("src", "href") and value]


def test_every_plot_has_an_alternative_text_and_a_table_and_nothing_is_fetched() -> None:
    odd = replace(ONE, proposed=CARD)
    unknown = [replace(odd, text="fløybrumleren") for _ in range(3)]
    text = page_of(health(ONE, odd, *unknown))
    page = _Page(text)
    assert len(page.images) == page.tables == 5
    assert all(len(image["alt"] or "") > 30 for image in page.images)
    assert all(one.startswith("data:image/svg+xml;base64,") for one in page.loaded)
    for one in page.loaded:
        picture = ElementTree.fromstring(b64decode(one.partition(",")[2]))  # noqa: S314 - our own
        assert picture.tag.endswith("svg")
    assert "default-src 'none'" in text
    assert "skriveren henger" not in text
    assert page_of(health(ONE, odd, *unknown)) == text


def test_titles_are_escaped_and_a_time_without_messages_says_so() -> None:
    text = page_of(replace(health(), confused=(("<b>A$1$", "B & C" * 20, 2),)))
    assert "&lt;b&gt;A$1$" in text
    assert "<b>A" not in text
    assert text.count("Ingenting i denne tiden.") == 3


def test_the_command_writes_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    today = datetime.now(ZoneInfo("Europe/Oslo")).date()

    async def write() -> None:
        store = SqliteStore(tmp_path / "losen.db")
        await store.write(lambda session: session.choices.note(NoteChoice("Hei", CARD, "ask", QUEUE), today))
        await store.close()

    asyncio.run(write())
    assert app.main(["knowledge", "report", "--out", str(tmp_path / "helse.html")]) == 0
    assert "1 meldinger" in capsys.readouterr().out
    text = (tmp_path / "helse.html").read_text(encoding="utf-8")
    assert re.search(r"<td>uke \d+/\d\d</td><td class=\"n\">0</td><td class=\"n\">1</td>", text)


def test_nothing_but_the_report_loads_the_plotting() -> None:
    code = "import sys, app, bot.program, bot.commands.learning; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(app.__file__).parent).returncode == 0  # noqa: S603 - our own code
