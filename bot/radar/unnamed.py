"""Reports that name no system, and may be of one that others report just now.

Such a report is made on a form on which systems are reported too, and says things. It is taken to be about the systems
in the shares in which those who do name one report them on that form: so it counts for a system as a report that is
normally as frequent as all of these together are. Where others say the same thing it counts for more, as with every
report. One on a form that has nothing to do with the system counts for nothing, and
so does one on a form on which many name none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np

from bot.radar.normal import Normal, name_of_said, names_of_signs
from bot.radar.report import Report, about_form, on_form, subject_of
from bot.radar.scene import Array, Usual, ages_of

LATELY = timedelta(minutes=45)
"""So old may be what is counted."""
MOST_LATELY = 100
"""So many of the newest reports on anything are gone through for it."""
_MOST_UNNAMED = 12
"""So many are counted to one system."""
_MOST_MIXED_UP = 2.0
"""One is counted if it is at least half as likely to be of the system as any report whatever is."""
_MOST_SYSTEMS = 4
"""To so many systems a report may be counted: those that are reported most like it."""


def unnamed_among(lately: Sequence[Report]) -> list[Report]:
    """Those that name no system but are made on a form on which others do just now; in the order they stand."""
    forms = {one.form for one in lately if one.system} - {None}
    return [one for one in lately if not one.system and one.form in forms][:_MOST_UNNAMED]


def systems_like(report: Report, lately: Iterable[Report]) -> list[str]:
    """The subjects of the systems of these reports, those first that it has most in common with."""
    likeness: dict[str, int] = {}
    for one in lately:
        if one.system and (alike := len(report.signs_of_system & one.signs)):
            subject = subject_of(one.system)
            likeness[subject] = likeness.get(subject, 0) + alike
    return sorted(likeness, key=likeness.__getitem__, reverse=True)[:_MOST_SYSTEMS]


def names_of_unnamed(subject: str, reports: Iterable[Report]) -> set[str]:
    """The sums that `those_of` needs."""
    forms = _forms(reports)
    names = {name for form in forms for name in (on_form(form), about_form(form))}
    return names | {name_of_said(subject, on_form(form)) for form in forms}


def names_said_of_unnamed(reports: Iterable[Report], signs: Iterable[str]) -> set[str]:
    """The sums of what is said on the forms of those that name no system."""
    signs = set(signs)
    return {name for form in _forms(reports) for name in names_of_signs(about_form(form), signs)}


def those_of(subject: str, reports: Sequence[Report], normal: Normal, usual: Usual) -> tuple[list[Report], Array]:
    """Those that are on the system or may be, and how many like each are normal a minute: NaN where it names it.

    One on a form that the system is hardly ever reported on is left out.
    """
    lately = usual.lately
    desk = [normal.pace * normal.at_desk(hour) / 60.0 for hour in lately.hours]
    kept, rates = [], []
    for one, at in zip(reports, lately.place(ages_of(reports, lately.now)), strict=True):
        mixed_up = np.nan if one.system or one.form is None else normal.mixed_up(subject, one.form)
        if not mixed_up > _MOST_MIXED_UP:
            kept.append(one)
            rates.append(desk[at] * mixed_up)
    return kept, np.array(rates)


def _forms(reports: Iterable[Report]) -> set[int]:
    return {one.form for one in reports if not one.system and one.form is not None}
