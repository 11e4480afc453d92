"""Times in the database: whole milliseconds since 1970, UTC, so that they compare as numbers across summer time."""

from __future__ import annotations

from datetime import UTC, datetime


def to_millis(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware time; a naive one would mean the machine's own zone and is a mistake."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return round(moment.timestamp() * 1000)


def from_millis(millis: int) -> datetime:
    """The aware time, in UTC."""
    return datetime.fromtimestamp(millis / 1000, UTC)


def from_millis_or_none(millis: int | None) -> datetime | None:
    """The aware time, or None where there is none."""
    return None if millis is None else from_millis(millis)
