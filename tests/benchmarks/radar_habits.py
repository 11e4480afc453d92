"""How people at a made-up desk report, and in what a made-up year may differ from what the radar takes for granted.

`USUAL` is what the radar's numbers were chosen with; each of `OTHERWISE` differs from it in one thing, and nothing was
chosen with those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Share of a working day's reports by hour, from midnight.
_BY_DAY = (1, 1, 1, 1, 1, 2, 8, 45, 100, 95, 85, 65, 70, 72, 60, 35, 14, 10, 8, 7, 6, 5, 3, 2)
# Work in two shifts: a peak in the evening, and a quarter of everything by night.
_IN_SHIFTS = (20, 18, 15, 15, 18, 30, 60, 70, 50, 40, 35, 30, 35, 60, 80, 75, 50, 40, 40, 45, 60, 70, 40, 25)


@dataclass(frozen=True, slots=True)
class Habits:
    """recognised: how often the system of a report is. misspelt: how often its name is written so that it is not, and
    stays among the words. late: minutes after which a report is made, on average. noise: how many times as many things
    happen that are no outage, and how many times as much days differ. hours: the rhythm of a working day. words: where
    the sentences come from, "symptoms" or "forms".
    """

    recognised: float = 0.9
    misspelt: float = 0.0
    late: float = 0.0
    noise: float = 1.0
    hours: tuple[int, ...] = _BY_DAY
    words: str = "symptoms"


USUAL = Habits()
OTHERWISE: Mapping[str, Habits] = {
    "work in shifts, also by night": Habits(hours=_IN_SHIFTS),
    "twice the noise": Habits(noise=2.0),
    "reports 20 minutes late": Habits(late=20.0),
    "half the systems not named": Habits(recognised=0.5),
    "a third of the names misspelt": Habits(misspelt=0.33),
    "other words": Habits(words="forms"),
}
