"""What is taken out of a message before anything is stored or sent on (privacy).

Numbers and passwords never go on. Health details of a named person are taken out too, and so is who a patient is, but
there the person decides: a message that begins with "ta med:" keeps them, since a solver may need them. What was taken
out is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.reading import find_personal_data, mask_personal_data
from knowledge.reading.personal import Kind

_HEALTH: Final[frozenset[Kind]] = frozenset({"health", "patient"})
_KEEP = re.compile(r"^\s*(?:ta\s+med|ta\s+det\s+med|keep)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guarded:
    """The message as it may be stored. `text_key` says what was taken out, or is empty."""

    text: str
    text_key: str = ""


def guard(text: str) -> Guarded:
    """The message without what must not go on."""
    asked_to_keep = _KEEP.match(text)
    if asked_to_keep:
        text = text[asked_to_keep.end() :]
    kinds: set[Kind] = {finding.kind for finding in find_personal_data(text)}
    if asked_to_keep:
        kinds -= _HEALTH
    if not kinds:
        return Guarded(text)
    masked = mask_personal_data(text, _HEALTH if asked_to_keep else frozenset())
    if kinds <= _HEALTH:
        return Guarded(masked, "privacy.masked_health")
    return Guarded(masked, "privacy.masked_both" if kinds & _HEALTH else "privacy.masked")
