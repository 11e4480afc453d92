"""A fault that was mended for the time being, and the problem case that its root cause still needs (G 5.1.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_FOR_NOW = re.compile(
    r"\b(?:midlertidig\w*|mellombels|provisorisk\w*|inntil\s+videre|inntil\s+vidare|omgåelse|workaround|"
    r"temporar\w*|for\s+now)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ProblemTask:
    """Somebody at the desk must make a problem case. `draft` is its text, ready to be pasted; `by` who resolved it."""

    fellesfeil: str
    what: str
    draft: str
    by: str
    at: datetime


def is_for_now(text: str) -> bool:
    """Whether the words say that the fault is mended for the time being only."""
    return bool(_FOR_NOW.search(text))
