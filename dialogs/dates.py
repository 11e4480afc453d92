"""How dates and times are shown to people, per language. Own tables: no installed locale is needed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_WEEKDAYS = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "nn": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_NEAR = {
    "nb": {0: "i dag", -1: "i går", 1: "i morgen"},
    "nn": {0: "i dag", -1: "i går", 1: "i morgon"},
    "en": {0: "today", -1: "yesterday", 1: "tomorrow"},
}


def show_date(day: date, language: str, today: date) -> str:
    """ "tirsdag 24. november", with the year when it is not this one's, and "i går (...)" for the nearest days."""
    if language == "en":
        text = f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS['en'][day.month - 1]}"
    else:
        text = f"{_WEEKDAYS[language][day.weekday()]} {day.day}. {_MONTHS[language][day.month - 1]}"
    if day.year != today.year:
        text += f" {day.year}"
    near = _NEAR[language].get((day - today).days)
    return f"{near}, {text}" if near else text


def show_time(moment: datetime, language: str) -> str:
    """ "kl. 08.15" / "at 08:15"."""
    return f"at {moment:%H:%M}" if language == "en" else f"kl. {moment:%H.%M}"


def show_moment(moment: datetime, language: str, now: datetime, with_time: bool = True) -> str:
    """Date and time as people read them; the date alone when the time is not known."""
    shown = show_date(moment.date(), language, now.date())
    return f"{shown} {show_time(moment, language)}" if with_time else shown


def show_duration(length: timedelta, language: str) -> str:
    """ "2 timer og 5 minutter"; days when it lasted longer than two."""
    minutes = max(int(length.total_seconds() // 60), 1)
    words = {
        "nb": ("dag", "dager", "time", "timer", "minutt", "minutter", " og "),
        "nn": ("dag", "dagar", "time", "timar", "minutt", "minutt", " og "),
        "en": ("day", "days", "hour", "hours", "minute", "minutes", " and "),
    }[language]
    days, rest = divmod(minutes, 24 * 60)
    hours, mins = divmod(rest, 60)
    parts = []
    for count, one, many in ((days, words[0], words[1]), (hours, words[2], words[3]), (mins, words[4], words[5])):
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return words[6].join(parts[:2])
