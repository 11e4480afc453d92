"""The numbers, the page and the files: the same counts everywhere, the small ones nowhere, and never a person."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

import app
from bot.insight.csv_files import csv_of
from bot.insight.page import page_of
from bot.insight.tables import Numbers, Table, numbers_of
from bot.store import Session, SqliteStore
from bot.store.promises import Promise
from tests.bot.insight.numbers import FORMULA, NASTY, RARE, filled
from tests.bot.samples import MONDAY, a_notice

ROOT = Path(__file__).parents[3]
PERSONAL = ("kari", "nordmann", "ulla", "skriveren", "gerica", "hemmelig", "får ikke logget", "rettet av", RARE.lower())


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = await filled(SqliteStore(tmp_path / "losen.db"))
    yield store
    await store.close()


async def numbers(store: SqliteStore) -> Numbers:
    return await store.read(lambda session: numbers_of(session.insight, MONDAY))


async def table(store: SqliteStore, key: str) -> Table:
    return next(one for one in (await numbers(store)).tables if one.key == key)


async def test_cases_are_counted_by_week_and_no_week_is_left_out(store: SqliteStore) -> None:
    found = await table(store, "saker")
    assert len(found.rows) == 26
    # Twelve last week, a third of them orders: too few to be shown.
    assert found.rows[-2:] == (("uke 47/26", 8, None), ("uke 48/26", 0, 0))
    assert found.rows[-3][0] == "uke 46/26"


async def test_what_few_have_stands_among_the_others(store: SqliteStore) -> None:
    assert (await table(store, "systemer")).rows == (("AKS", 21), (NASTY, 6), (FORMULA, 5), ("andre", 6))
    assert (await table(store, "virksomheter")).rows == (("BGO", 27), ("BFR", 9), ("andre", None))


async def test_fellesfeil_are_told_by_their_times(store: SqliteStore) -> None:
    found = await table(store, "fellesfeil")
    assert found.rows == (
        ("D-2026-0001", "13.11.2026 kl. 09.40", "13.11.2026 kl. 11.15", 95, 6),
        ("D-2026-0002", "03.11.2026 kl. 09.15", "03.11.2026 kl. 19.15", 600, None),
    )
    notices = await table(store, "varsling")
    assert [row[:2] for row in notices.rows] == [("D-2026-0002", 45), ("D-2026-0001", 20)]
    assert "Median 32 minutter" in notices.summed


async def test_updates_in_time_and_other_forms_are_shares(store: SqliteStore) -> None:
    assert (await table(store, "oppdateringer")).rows == (("11.2026", 1, 1, 50),)
    found = await table(store, "skjema")
    assert found.rows[-2] == ("uke 47/26", 2, 12)


@pytest.mark.parametrize(
    ("due", "month"),
    [
        ("2026-04-01T00:00+02:00", "2026-04-01"),
        ("2026-03-31T23:59+02:00", "2026-03-01"),
        ("2026-10-01T00:30+02:00", "2026-10-01"),
        ("2026-10-31T23:59+01:00", "2026-10-01"),
        ("2026-11-01T00:00+01:00", "2026-11-01"),
        ("2027-01-01T00:10+01:00", "2027-01-01"),
        ("2026-12-31T23:30+01:00", "2026-12-01"),
    ],
)
async def test_fixed_bug_an_update_promised_right_after_midnight_counted_in_the_month_before(
    tmp_path: Path, due: str, month: str
) -> None:
    """Months were those of UTC."""
    store, at = SqliteStore(tmp_path / "losen.db"), datetime.fromisoformat(due)

    def keep(session: Session) -> None:
        session.notices.add(a_notice())
        session.promises.make(Promise("D-2026-0001", at, "ulla", at))
        session.promises.settle("D-2026-0001", at)

    await store.write(keep)
    (counted,) = await store.read(lambda session: session.insight.updates())
    assert (counted.first.isoformat(), counted.in_time) == (month, 1)
    await store.close()


async def test_the_page_holds_every_table_and_no_person(store: SqliteStore) -> None:
    page = page_of(await numbers(store))
    told = re.sub(r"<[^>]*>", " ", page).lower()
    for title in ("Saker i uken", "Saker etter system i 2026", "Tid til varsel", "Oppdateringer i tide"):
        assert title in page
    for personal in PERSONAL:
        assert personal not in told
    assert "<script" not in page
    assert "&lt;script&gt;" in page


async def test_every_plot_has_words_and_a_table_and_an_id_stands_once(store: SqliteStore) -> None:
    page = page_of(await numbers(store))

    class Outline(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.ids: list[str] = []
            self.images: list[str] = []
            self.tables = 0
            self.asked: list[str] = []

        def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
            given = dict(attributes)
            self.ids += [given["id"]] if given.get("id") else []  # type: ignore[list-item]  # it is there
            self.tables += tag == "table"
            if given.get("role") == "img":
                self.images.append(given.get("aria-label") or "")
            self.asked += [value or "" for name, value in attributes if name in ("src", "href")]

    outline = Outline()
    outline.feed(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.tables == len(outline.images) == 7
    assert all("Tallene står i tabellen under." in words for words in outline.images)
    assert all(address.startswith(("/", "#")) for address in outline.asked)


async def test_a_plot_follows_light_and_dark_and_is_whole(store: SqliteStore) -> None:
    page = page_of(await numbers(store))
    plots = re.findall(r"<svg .*?</svg>", page, flags=re.DOTALL)
    assert len(plots) == 7
    for plot in plots:
        ElementTree.fromstring(plot)  # noqa: S314  our own
        assert not re.search(r"#[0-9a-f]{6}\b", plot)
        assert "currentColor" in plot
        assert "<style" not in plot


async def test_a_csv_file_has_the_same_rows_and_no_formula(store: SqliteStore) -> None:
    for one in (await numbers(store)).tables:
        text = csv_of(one)
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert tuple(rows[0]) == one.columns
        assert len(rows) == len(one.rows) + 1
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
        for personal in PERSONAL:
            assert personal not in text.lower()
    systems = csv_of(await table(store, "systemer"))
    assert f"'{FORMULA};5" in systems


async def test_an_empty_database_says_that_there_is_nothing_yet(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "losen.db")
    page = page_of(await numbers(store))
    await store.close()
    assert page.count("Ingenting å vise ennå.") == 6
    assert page.count("<table>") == 1


def test_the_command_writes_the_page_and_a_file_for_each_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert app.main(["insight", "--out", str(tmp_path / "out")]) == 0
    assert {one.name for one in (tmp_path / "out").iterdir()} == {
        "innsikt.html", "saker.csv", "systemer.csv", "virksomheter.csv", "fellesfeil.csv", "varsling.csv",
        "oppdateringer.csv", "skjema.csv",
    }  # fmt: skip
    capsys.readouterr()


def test_the_bot_never_loads_what_draws() -> None:
    """Or else it would hold 50 MB more, also where nobody opens the page."""
    code = "import sys, bot.program; print(sorted({'matplotlib', 'bot.insight.page'} & set(sys.modules)))"
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.replace("'", '"')) == []
