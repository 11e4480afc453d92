"""Reading Norwegian (and some English) expressions of time."""

from knowledge.reading.time.finding import Found, find_moments, read_moment
from knowledge.reading.time.moment import OSLO, Direction, Moment

__all__ = ["OSLO", "Direction", "Found", "Moment", "find_moments", "read_moment"]
