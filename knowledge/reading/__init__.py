"""Reading free Norwegian text: what a report says, what time it speaks of, what must not be stored."""

from knowledge.reading.personal import Finding, find_personal_data, mask_personal_data, without_masks
from knowledge.reading.reader import Reader, Reading
from knowledge.reading.signals import Extent, KindHint, Outage
from knowledge.reading.time import Moment, as_beginning, read_moment

__all__ = [
    "Extent",
    "Finding",
    "KindHint",
    "Moment",
    "Outage",
    "Reader",
    "Reading",
    "as_beginning",
    "find_personal_data",
    "mask_personal_data",
    "read_moment",
    "without_masks",
]
