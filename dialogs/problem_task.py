"""A fault that was mended for the time being, and the problem case that its root cause still needs (G 5.1.2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProblemTask:
    """Somebody at the desk must make a problem case. `draft` is its text, ready to be pasted; `by` who resolved it."""

    fellesfeil: str
    what: str
    draft: str
    by: str
    at: datetime
