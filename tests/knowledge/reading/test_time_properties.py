"""Whatever is written: no error, aware moments, ranges that run forward, and a direction that is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reading.time import OSLO, Direction, begins_with_time, find_moments, read_moment
from knowledge.reading.time.finding import grammar
from knowledge.reading.time.lexicon import LEXICON

# Hypothesis wants naive bounds; they become aware right away.
NOWS = st.datetimes(datetime(1995, 1, 1), datetime(2095, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=OSLO)
)
DIRECTIONS: st.SearchStrategy[Direction | None] = st.sampled_from(["past", "future", None])
WORDS = st.sampled_from(sorted({*LEXICON, *grammar().words}))
FIGURES = st.from_regex(r"[0-9]{1,4}([.:/-][0-9]{1,2}){0,3}\.?", fullmatch=True)
PHRASES = st.lists(WORDS | FIGURES, min_size=1, max_size=9).map(" ".join)


@settings(deadline=None)
@given(st.text(max_size=300), NOWS, DIRECTIONS)
def test_any_text_is_read_without_error(text: str, now: datetime, direction: Direction | None) -> None:
    for found in find_moments(text, now, direction):
        assert text[found.start : found.end] == found.moment.text
    read_moment(text, now, direction)


@settings(deadline=None, max_examples=300)
@given(PHRASES, NOWS, DIRECTIONS)
def test_any_row_of_time_words_gives_sound_moments(text: str, now: datetime, direction: Direction | None) -> None:
    for moment in [*(found.moment for found in find_moments(text, now, direction)), read_moment(text, now, direction)]:
        if moment is None:
            continue
        assert moment.at.tzinfo is OSLO
        # A wall time that exists: going round by UTC changes nothing.
        assert moment.at.astimezone(UTC).astimezone(OSLO).replace(tzinfo=None) == moment.at.replace(tzinfo=None)
        assert moment.end is None or (moment.end.tzinfo is OSLO and moment.end > moment.at)
        assert moment.text in text


@settings(deadline=None)
@given(
    st.sampled_from(
        ["mandag", "fredag", "halv ni", "kl 14", "i mars", "julaften", "15.2.", "uke 8", "i helga", "påske"]
    ),
    NOWS,
)
def test_what_may_lie_either_way_goes_the_way_asked_for(words: str, now: datetime) -> None:
    back, ahead = read_moment(words, now, "past"), read_moment(words, now, "future")
    assert back is not None
    assert ahead is not None
    assert back.at <= now
    assert (ahead.end or ahead.at + timedelta(days=31)) >= now
    assert back.at <= ahead.at


@settings(deadline=None)
@given(st.integers(1, 90), st.sampled_from(["minutter", "timer", "dager", "uker", "måneder", "år"]), NOWS)
def test_a_length_back_and_ahead_lie_on_either_side(count: int, unit: str, now: datetime) -> None:
    back, ahead = read_moment(f"for {count} {unit} siden", now), read_moment(f"om {count} {unit}", now)
    assert back is not None
    assert ahead is not None
    assert back.at <= now
    assert ahead.at + timedelta(days=31) >= now


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), NOWS)
def test_a_full_date_is_itself_in_every_spelling(day: date, now: datetime) -> None:
    months = "januar februar mars april mai juni juli august september oktober november desember".split()
    for words in (
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.year}-{day.month:02}-{day.day:02}",
        f"{day.day}. {months[day.month - 1]} {day.year}",
        f"den {day.day}. {months[day.month - 1][:3]} {day.year}",
    ):
        moment = read_moment(words, now)
        assert moment is not None, words
        assert (moment.at.date(), moment.precision) == (day, "day"), words


@settings(deadline=None)
@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_day_is_read(hour: int, minute: int) -> None:
    now = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
    for words in (f"i går kl {hour:02}:{minute:02}", f"i går kl. {hour:02}.{minute:02}", f"{hour:02}{minute:02} i går"):
        moment = read_moment(words, now, "past")
        assert moment is not None
        assert (moment.at.day, moment.at.hour, moment.at.minute) == (23, hour, minute), words


def test_a_very_long_text_is_read_only_so_far() -> None:
    text = "hei " * 30_000 + "i går kl 8"
    assert find_moments(text, datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)) == ()


@settings(deadline=None, max_examples=300)
@given(st.text("xå 1.(", max_size=6), PHRASES, NOWS, DIRECTIONS)
def test_a_text_whose_first_words_are_a_time_is_known_to_begin_so(
    before: str, phrase: str, now: datetime, direction: Direction | None
) -> None:
    text = f"{before}{phrase}"
    moment = read_moment(text, now, direction)
    if moment is not None and not any(sign.isalnum() for sign in text.partition(moment.text)[0]):
        assert begins_with_time(text)
