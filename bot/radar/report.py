"""A fault report as the radar hears it, and the subjects it has.

A subject is what several reports may have in common: a system or, where none is known, a form, and every word that
tells something. Each has its own normal, so a word that is said every day raises nothing, and neither does a system
that many work with. What else the reports on a subject say are signs of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

MOST_WORDS = 10
"""Words of a report that are looked at: those that tell most stand first."""
WIDE = "wide"
"""that more than the one person is said to be hit"""
WHOLE = "whole"
"""that all of the virksomhet is said to stand still"""
_SYSTEM, _ON_FORM = "system ", "on form "


def subject_of(system: str) -> str:
    """The subject that is a system."""
    return f"{_SYSTEM}{system}"


def system_of(subject: str) -> str | None:
    """The system that a subject is, or none."""
    return subject.removeprefix(_SYSTEM) if subject.startswith(_SYSTEM) else None


def about_form(form: int) -> str:
    """The subject that reports without a system on this form have."""
    return f"form {form}"


def on_form(form: int) -> str:
    """The sign that a report with a system was made on this form."""
    return f"{_ON_FORM}{form}"


def says_form(sign: str) -> bool:
    """Whether a sign is one of `on_form`."""
    return sign.startswith(_ON_FORM)


@dataclass(frozen=True)
class Report:
    """One report. `words` are synonyms (`=`) and stems as `knowledge.matching` reads them, those that tell most first.

    person and virksomhet say whose it is; wide: more than the one person is said to be hit; whole: all of the
    virksomhet is said to stand still.
    """

    ref: str
    at: datetime
    person: str
    virksomhet: str
    system: str | None = None
    form: int | None = None
    words: tuple[str, ...] = ()
    wide: bool = False
    whole: bool = False

    @property
    def about(self) -> str | None:
        """The system the report is about, else its form; a report with a system counts for no form."""
        if self.system:
            return subject_of(self.system)
        return None if self.form is None else about_form(self.form)

    @cached_property
    def signs(self) -> frozenset[str]:
        """What else it says: its words, its form beside the system, and that it is wide."""
        signs = {f"says {word}" for word in self.words[:MOST_WORDS]}
        if self.system and self.form is not None:
            signs.add(on_form(self.form))
        return frozenset(signs | {WIDE} if self.wide else signs)

    @cached_property
    def signs_of_system(self) -> frozenset[str]:
        """The same, its form also where it names no system and may be of one."""
        return self.signs if self.form is None else self.signs | {on_form(self.form)}

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Everything other reports may share with it; where no system is known, every word is one."""
        words = () if self.system else tuple(f"word {word}" for word in self.words[:MOST_WORDS])
        return words if self.about is None else (self.about, *words)
