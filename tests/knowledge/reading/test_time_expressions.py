"""Every expression of the table, read as a typed answer; and rules that no table row shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from knowledge.reading.time import OSLO, Direction, find_moments, read_moment

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
DIRECTIONS: dict[str, Direction | None] = {"p": "past", "f": "future", "-": None}


@pytest.mark.parametrize(
    "words",
    ["The printer on the third floor does not work", "the second screen is black", "den andre skriveren virker ikke",
     "den tredje PC-en er treg"],
)  # fmt: skip
def test_an_ordinal_before_a_thing_was_a_day_of_the_month(words: str) -> None:
    assert find_moments(words, NOW, "past") == ()


@pytest.mark.parametrize("words", ["it began on the third", "on the third it began", "den tredje kl. 9 stoppet det"])
def test_an_ordinal_alone_is_a_day_of_the_month(words: str) -> None:
    (found,) = find_moments(words, NOW, "past")
    assert found.moment.at.day == 3


def rows() -> list[tuple[str, str, str, str, str]]:
    lines = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()
    cells = [[*line.split("|"), "", "", ""][:5] for line in lines if line and not line.startswith("#")]
    return [(a, b, c, d, e) for a, b, c, d, e in cells]


def wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds").removesuffix(":00")


@pytest.mark.parametrize(("sign", "words", "start", "precision", "end"), rows(), ids=lambda cell: cell)
def test_expression(sign: str, words: str, start: str, precision: str, end: str) -> None:
    moment = read_moment(words, NOW, DIRECTIONS[sign])
    if not start:
        assert moment is None
        return
    assert moment is not None
    assert (wall(moment.at), moment.precision) == (start, precision)
    assert moment.at.tzinfo is OSLO
    if end:
        assert moment.end is not None
        assert wall(moment.end) == end


@pytest.mark.parametrize(
    ("words", "vague"),
    [
        ("rundt kl 8", True),
        ("ved 9-tiden", True),
        ("for et par timer siden", True),
        ("ca. 07.30", True),
        ("sent i går kveld", True),
        ("midten av mars", True),
        ("etter lunsj", True),
        ("kl 8", False),
        ("i går", False),
        ("for to timer siden", False),
        ("mandag den 23. november", False),
        ("mandag den 24. november", True),  # the weekday does not fit, so somebody must look
    ],
)
def test_vague_words_are_estimates(words: str, vague: bool) -> None:
    moment = read_moment(words, NOW, "past")
    assert moment is not None
    assert moment.estimate is vague


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("siden i går", "since"),
        ("fra og med 1. mars", "since"),
        ("innen fredag", "by"),
        ("senest kl 14", "by"),
        ("t.o.m. fredag", "by"),
        ("etter kl 16", "after"),
        ("etter fem dager", "after"),
        ("i går", "at"),
    ],
)
def test_how_the_words_stand_to_the_moment(words: str, bound: str) -> None:
    moment = read_moment(words, NOW)
    assert moment is not None
    assert moment.bound == bound


def test_a_weekday_that_does_not_fit_its_date_gives_way_to_the_date() -> None:
    moment = read_moment("onsdag 15. februar", NOW, "future")  # a Monday in 2027
    assert moment is not None
    assert (wall(moment.at), moment.estimate) == ("2027-02-15T00:00", True)


def test_a_weekday_picks_the_year_of_its_date() -> None:
    moment = read_moment("søndag 22. november", NOW)  # without direction: the near one, though it is past
    assert moment is not None
    assert wall(moment.at) == "2026-11-22T00:00"


@pytest.mark.parametrize(
    ("words", "start"),
    [("for 6 timer siden", "2026-10-25T02:30:00+02:00"), ("for 5 timer siden", "2026-10-25T02:30:00+01:00")],
)
def test_hours_run_in_real_time_over_the_autumn_change(words: str, start: str) -> None:
    moment = read_moment(words, datetime(2026, 10, 25, 7, 30, tzinfo=OSLO), "past")
    assert moment is not None
    assert moment.at.isoformat() == start


def test_hours_run_in_real_time_over_the_spring_change() -> None:
    moment = read_moment("for 3 timer siden", datetime(2027, 3, 28, 5, 0, tzinfo=OSLO), "past")
    assert moment is not None
    assert moment.at == datetime.fromisoformat("2027-03-28T01:00:00+01:00")


def test_a_time_the_spring_change_skips_becomes_the_one_after_it() -> None:
    moment = read_moment("28.3.2027 kl 02:30", NOW)
    assert moment is not None
    assert moment.at.isoformat() == "2027-03-28T03:30:00+02:00"


def test_now_may_come_in_any_zone_or_none() -> None:
    utc = read_moment("i går kl 8", datetime.fromisoformat("2026-11-24T23:30:00+00:00"))
    naive = read_moment("i går kl 8", datetime.fromisoformat("2026-11-25T00:30:00"))
    assert utc is not None
    assert utc == naive
    assert wall(utc.at) == "2026-11-24T08:00"


def test_the_year_is_the_iso_year_for_week_one() -> None:
    moment = read_moment("uke 1 2027", NOW)
    assert moment is not None
    assert wall(moment.at) == "2027-01-04T00:00"


@pytest.mark.parametrize("words", ["uke 54", "32. januar", "29.2.2027", "kl 25", "12:60", "uke 53 2027"])
def test_what_no_calendar_has_is_no_such_time(words: str) -> None:
    moment = read_moment(words, NOW)
    assert moment is None or moment.text != words


@pytest.mark.parametrize(
    "text",
    [
        "Vi skal fra 8 til 9 på fagsystemet",
        "ny kopimaskin til 2. etasje",
        "oppgrader F3 til E3 på 12 stk",
        "IKT-kontakten vår mot UKE går av",
        "sendt til en kollega",
        "hotfix 4.1.3b fra leverandøren",
        "serveren har adresse 10.20.30.40",
        "mandatet til gruppa",
        "det var en feil",
        "siden er nede",
        "varen er sendt",
    ],
)
def test_running_text_without_times_has_none(text: str) -> None:
    assert find_moments(text, NOW) == ()


def test_running_text_keeps_the_order_and_the_places() -> None:
    text = "Gikk fint i går, men siden kl. 08.15 i dag er alt nede. Må være oppe før kl 14!"
    found = find_moments(text, NOW, "past")
    assert [text[one.start : one.end] for one in found] == ["i går", "siden kl. 08.15 i dag", "før kl 14"]
    assert [one.moment.text for one in found] == ["i går", "siden kl. 08.15 i dag", "før kl 14"]


def test_lengths_count_only_looking_back() -> None:
    text = "Systemet har vært nede i to timer"
    (found,) = find_moments(text, NOW, "past")
    assert found.moment.at == NOW - timedelta(hours=2)
    assert find_moments(text, NOW, "future") == ()
