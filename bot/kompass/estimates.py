"""How many hours an estimate says, read out of what people write (G 5.1.4: an estimate holds hours only). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_HOURS = re.compile(
    rf"(?<![\w.,])(?P<hours>{_NUMBER}(?:\s*(?:-|–|til)\s*{_NUMBER})?)\s*(?:timer|timar|timeverk|time|hours?|t)\b",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"estimat|overslag|anslag|tilbud|tilbod", re.IGNORECASE)
_LONGEST = 5000


def hours_in(texts: Sequence[str]) -> str:
    """The hours as they were written ("12", "7,5", "10–12"): of the newest text that speaks of an estimate, else "".

    texts: oldest first.
    """
    for text in reversed(texts):
        said = text[:_LONGEST]
        about = _ESTIMATE.search(said)
        # "Vi brukte 2 timer på å finne ut at estimatet er 12 timer": what follows the word is meant, if anything does.
        found = about and (_HOURS.search(said, about.end()) or _HOURS.search(said))
        if found:
            return found["hours"]
    return ""
