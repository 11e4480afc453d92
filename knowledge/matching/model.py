"""What the matcher answers with: values only, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.catalogue.form import Form, Kind


class Decision(StrEnum):
    """What to do with a text. A wrong and confident answer costs most: a case cannot be moved (G 4.1)."""

    ANSWER = "answer"  # one form is clearly right: propose it
    ASK = "ask"  # a form is probably among the first few: ask, or show the best three
    NONE = "none"  # nothing an IT service desk handles


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for a form. `value` is text that can be shown to people."""

    kind: str  # "word" | "synonym" | "example" | "system" | "title" | "intent"
    value: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form with the calibrated probability (0..1) that it is the right one."""

    form: Form
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitQuestion:
    """The one question that best divides the candidates; `options` are facet value -> form ids.

    `key` is the facet: "platform", "zone", "container", "intent", "environment" or "extent". The dialog words it.
    """

    key: str
    options: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to one text: candidates best first (at most `limit`), and what to do with them."""

    candidates: tuple[Candidate, ...]
    decision: Decision
    kind: Kind | None = None
    question: SplitQuestion | None = None
    needs: tuple[str, ...] = ()  # the separate needs in the text when there are two or more, else empty

    @property
    def best(self) -> Candidate | None:
        """The first candidate, or None when there is none."""
        return self.candidates[0] if self.candidates else None
