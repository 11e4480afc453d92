"""The parts of a message with commas: where each ends, and which takes back the one before it (DESIGN 3).

"I går, nei forresten i dag kl 8, berre meg": what begins so corrects what stands before it, and is no part of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from dialogs.choosing import yes_or_no
from dialogs.items import DraftItem
from dialogs.phrases import fold_phrase, phrases
from dialogs.taken_back import instead_of_before, only_takes_back
from knowledge.catalogue import FieldType
from knowledge.reading.signals import says_critical

_NO_END = "jan feb mar apr jun jul aug sep okt nov des etg tlf avd mnd osv".split()
# The end of a sentence parts too ("nei. iphone, i går", "ja!!! klienten", "kl 02. har …"); "25. nov." does not end.
# So do "4711. Vi flytter …" and "BGO-9. prøvd …"; "15. Desember" and "4. Etasje" do not.
_AFTER_A_FIGURE = r"(?<=\bkl \d\d)|(?<=[:.]\d\d)|(?<=\d{3})|(?<=-\d)|(?<=-\d\d)"
_AFTER_A_WORD = r"(?<=[^\W\d]{3})" + "".join(rf"(?<!\b{one})" for one in _NO_END)
_NEW_SENTENCE = (
    r"(?<=\d)\.\s+(?=(?-i:[A-ZÆØÅ]))(?!jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[sc]|et(?:asje|g)|floor)"
)
_SENTENCE_END = rf"!+\s+|(?:(?<=\bja)|{_AFTER_A_FIGURE}|{_AFTER_A_WORD})\.\s+|{_NEW_SENTENCE}"
# "Lese - eller nei lese og skrive": who takes something back needs no comma for it.
_AND_NO = (
    r"\s+[-–]\s+(?=nei\b)|\s+(?:[-–]\s+)?"
    r"(?=(?:(?:eller|or)\s+(?:nei|no|forresten|rettere)|(?:nei|no)\s+(?:vent|wait|forresten|heller))\b)"
)
_PARTS = re.compile(rf"\s*,(?!\d)\s*|{_SENTENCE_END}|{_AND_NO}", re.IGNORECASE)
SENTENCE_ENDS = re.compile(_SENTENCE_END, re.IGNORECASE)
# "8.10." is a date by its full stop (knowledge/reading/time).
_DATE_END = re.compile(r"(?<!\b\d\.\d)(?<!\b\d\.\d\d)(?<!\b\d\d\.\d)(?<!\b\d\d\.\d\d)[ .!]+$")
_DENIES = re.compile(
    r"^(?:(?:og|and)\s+)?(?:ikke|ikkje|not)\s+(?!prøv|tried|noe\b|noko\b|kritisk|critical|test|gjort)(?:\S+\s*){1,4}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CommaPart:
    """One part, as it was written. instead: what it says in place of the part before it; empty when it takes nothing
    back."""

    text: str
    instead: str = ""


def comma_parts(text: str, current: DraftItem) -> list[CommaPart]:
    """The parts that say something; a leading "nei" takes back or denies, unless it answers what is asked."""
    parts = [_DATE_END.sub("", part).strip(" !") for part in _PARTS.split(text.strip(" .!,"))]
    if parts and yes_or_no(parts[0]) is False and len(parts[0].split()) == 1:
        parts = parts if current.type is FieldType.BOOLEAN or current.key == "tried" else parts[1:]
    # "Nei, dette er kritisk": the "nei" is to what the bot took for granted, and what is said outright counts.
    parts = [
        part
        for part, after in zip_longest(parts, parts[1:], fillvalue="")
        if not (yes_or_no(part) is False and len(part.split()) == 1 and says_critical(after))
    ]
    polite = ("thanks", "greeting", "send")
    said = [part for part in parts if part and phrases().commands.get(fold_phrase(part)) not in polite]
    return list(_with_openers(said))


def _with_openers(parts: list[str]) -> Iterator[CommaPart]:
    """Each part; one that only takes back ("nei vent") opens the one after it."""
    opener = ""
    for place, part in enumerate(parts):
        if place and only_takes_back(part) and place + 1 < len(parts):
            opener = f"{opener}{part} "
            continue
        whole, opener = f"{opener}{part}", ""
        denied = parts[place + 1] if place + 1 < len(parts) and _DENIES.match(parts[place + 1]) else ""
        if denied:
            # "Per Moe, ikke Ola Lie": both are one correction.
            yield CommaPart(f"{whole}, {denied}", instead_of_before(whole) or whole)
        elif not (place and _DENIES.match(part)):
            yield CommaPart(whole, instead_of_before(whole))
