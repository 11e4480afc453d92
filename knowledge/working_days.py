"""Norwegian public holidays and working days (G 4.3: what is promised is reckoned in working days).

Worked out here from Easter: a package with the holidays of every country costs each start 0.1 s and 18 MB for these
twelve days. A test compares every year with it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter  # type: ignore[import-untyped]

_SATURDAY = 5
# New Year's Day, Labour Day, Constitution Day, and the two days of Christmas.
_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
# Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday: days after Easter.
_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of Norway in that year."""
    sunday: date = easter(year)
    fixed = (date(year, month, day) for month, day in _FIXED)
    return frozenset((*fixed, *(sunday + timedelta(days=days) for days in _FROM_EASTER)))


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)
