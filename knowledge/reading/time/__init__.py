"""Reading Norwegian (and some English) expressions of time."""

from knowledge.reading.time.finding import Found, TimesIn, begins_with_time, find_moments, read_moment, warm_up
from knowledge.reading.time.moment import OSLO, Direction, Moment, as_beginning, aware

__all__ = [
    "OSLO",
    "Direction",
    "Found",
    "Moment",
    "TimesIn",
    "as_beginning",
    "aware",
    "begins_with_time",
    "find_moments",
    "read_moment",
    "warm_up",
]
