"""Amounts with their unit: "500 GB", "2 minutter", "kr 1 200", as the number that a field with a unit asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.reading.signals import plain

_FIGURE = r"(?<![\w.,/-])(\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,9})(?:[.,](\d{1,3}))?"
# A word of the label that names the unit, and each way to write it with what it is worth in that unit.
_UNITS: Mapping[str, Mapping[str, float]] = {
    "gb": {r"tb|terabyte": 1000, r"gb|gigabyte|gig": 1, r"mb|megabyte": 0.001},
    "sekunder": {r"min|minutt(?:er)?|minutes?": 60, r"s|sek|sekund(?:er)?|seconds?": 1},
    "timer": {r"t|timer?|timar|hours?": 1},
    "beløp": {r"kr|kroner|nok|,-": 1},
}
_BEFORE: Mapping[str, str] = {"beløp": r"\b(?:kr\.?|nok|kroner)\s*"}


def read_amount(text: str, label: str) -> float | None:
    """The one amount in the unit that the label names; None when it names none, or the text has none or several."""
    low = plain(text)
    words = re.findall(r"\w+", label.lower())
    unit = next((unit for unit in _UNITS if any(word.startswith(unit) for word in words)), None)
    if unit is None:
        return None
    found = {
        _number(hit) * worth
        for written, worth in _UNITS[unit].items()
        for hit in re.finditer(rf"{_FIGURE}\s?(?:{written})(?![\wæøå])", low)
    }
    before = _BEFORE.get(unit)
    if before is not None:
        found |= {_number(hit) for hit in re.finditer(before + _FIGURE.removeprefix(r"(?<![\w.,/-])"), low)}
    return found.pop() if len(found) == 1 else None


def _number(hit: re.Match[str]) -> float:
    whole = re.sub(r"\D", "", hit[1])
    return float(f"{whole}.{hit[2]}" if hit[2] else whole)
