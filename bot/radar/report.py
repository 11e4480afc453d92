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
            return f"system {self.system}"
        return None if self.form is None else f"form {self.form}"

    @cached_property
    def signs(self) -> frozenset[str]:
        """What else it says: its words, its form beside the system, and that it is wide."""
        signs = {f"says {word}" for word in self.words[:MOST_WORDS]}
        if self.system and self.form is not None:
            signs.add(f"on form {self.form}")
        return frozenset(signs | {WIDE} if self.wide else signs)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """Everything other reports may share with it; where no system is known, every word is one."""
        words = () if self.system else tuple(f"word {word}" for word in self.words[:MOST_WORDS])
        return words if self.about is None else (self.about, *words)
