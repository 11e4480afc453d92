"""What the page about the catalogue's health shows: counts only, so that it can be passed on.

Titles of forms are the catalogue's own. Of what people wrote, single words alone get here, and only words that several
messages have and that somebody has written in small letters: a name is written with a capital, and rarely comes often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.plots.weeks import monday_of, week_name
from knowledge.matching import Decision, Matcher
from knowledge.matching.review import Noted, Review

ENOUGH = 3
"""Messages that must have a word before it is shown."""
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Week:
    """The messages of one week, by what the matcher decided; `corrected` of those it had a form for."""

    monday: date
    answered: int
    asked: int
    refused: int
    corrected: int

    @property
    def name(self) -> str:
        """As people say it, with the year: "uke 48/26"."""
        return week_name(self.monday)

    @property
    def share_corrected(self) -> float | None:
        """Part of the messages with a form that people wanted another form for; None when there were none."""
        proposed = self.answered + self.asked
        return self.corrected / proposed if proposed else None


@dataclass(frozen=True, slots=True)
class Health:
    """Everything the page shows; lists have the worst first."""

    first: date
    last: date
    weeks: tuple[Week, ...]
    confused: tuple[tuple[str, str, int], ...]
    """proposed title, chosen title, how often"""
    never_reached: tuple[tuple[str, int, int], ...]
    """category, forms never reached, forms in all"""
    unknown_words: tuple[tuple[str, int], ...]


def health_of(found: Review, matcher: Matcher, first: date, last: date) -> Health:
    """The numbers from one day to another, both counted."""
    titles = {form.id: form.title for form in matcher.catalogue}
    sizes = Counter(form.category for form in matcher.catalogue)
    never = Counter(form.category for form in found.never_reached)
    return Health(
        first=first,
        last=last,
        weeks=_weeks(found.settled, first, last),
        confused=tuple(
            (titles.get(proposed, str(proposed)), titles.get(chosen, str(chosen)), count)
            for (proposed, chosen), count in found.confused[:SHOWN]
        ),
        never_reached=tuple((name or "uten kategori", count, sizes[name]) for name, count in never.most_common()),
        unknown_words=_words(found.settled, matcher),
    )


def _weeks(messages: Iterable[Noted], first: date, last: date) -> tuple[Week, ...]:
    by_week: dict[date, list[Noted]] = {}
    monday = monday_of(first)
    while monday <= last:
        by_week[monday] = []
        monday += timedelta(days=7)
    for one in messages:
        by_week.setdefault(monday_of(one.day), []).append(one)
    return tuple(
        Week(
            monday=start,
            answered=sum(one.decision == Decision.ANSWER for one in of_week),
            asked=sum(one.decision == Decision.ASK for one in of_week),
            refused=sum(one.decision == Decision.NONE for one in of_week),
            corrected=sum(one.corrected and one.decision != Decision.NONE for one in of_week),
        )
        for start, of_week in sorted(by_week.items())
    )


def _words(messages: Iterable[Noted], matcher: Matcher) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    small: set[str] = set()
    for one in messages:
        written = set(matcher.unknown(re.sub(r"\S*[/@\\]\S*", " ", one.text)))  # no addresses of pages, people or files
        counts.update({word.lower() for word in written})
        small |= {word for word in written if word.islower()}
    enough = [(word, count) for word, count in counts.items() if count >= ENOUGH and word in small]
    return tuple(sorted(enough, key=lambda entry: (-entry[1], entry[0]))[:SHOWN])
