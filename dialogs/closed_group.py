"""How people say that something is for the closed group alone, or that it is the group that is meant (G 5.1.2.2).

    "til lukket gruppe: …", "bare til IKT-hovedkontakter: …"     a text of that group's own
    "bare til IKT-hovedkontakter", "kun den lukkede gruppen"     where the notice goes
    "ingenting ekstra til den lukkede gruppen"                   that there is no such text

Any other word of it is a doubt, and a doubt is asked about (`flows.closed_guard`): what is meant for ninety must never
be read by twelve thousand.
"""

from __future__ import annotations

import re

_ONLY = r"(?:(?:bare|berre|kun|only|just)\s+)"
_TO = r"(?:(?:til|for|to)\s+)"
_THE = r"(?:(?:den|dei|de|the)\s+)"
_CLOSED = r"(?:lukk(?:et|ede|a|ete)|closed)"
_GROUP = rf"(?:{_CLOSED}\s+(?:gr\w*|group\w*))"
_MAIN_CONTACTS = r"(?:(?:SAM/)?(?:IKT[\s-]*)?(?:hovedkontakt|hovudkontakt)\w*)"

READERS = rf"{_TO}(?:alle\s+|all\s+)?{_THE}?(?:{_GROUP}|{_MAIN_CONTACTS})"
"""Who gets a message: "til alle IKT-hovedkontakter", "til den lukkede gruppen"."""

LABEL = (
    rf"{_ONLY}?{_TO}?{_THE}?(?:{_GROUP}\s*[:–-]?|(?:{_CLOSED}|{_MAIN_CONTACTS})\s*:)\s*(?=[^\s.;,!?)])"
)  # fmt: skip
"""What stands before a text of that group's own. Nothing after it is the group itself."""

_GROUP_ALONE = re.compile(
    rf"(?:{_ONLY}{_TO}?|{_TO}){_THE}?(?:{_GROUP}|{_CLOSED}|{_MAIN_CONTACTS})", re.IGNORECASE
)  # fmt: skip
_NOTHING_FOR_IT = re.compile(
    r"(?:(?:nei|no)[\s,.]+)?(?:ingen(?:ting)?|inga|ikke\s+noe|ikkje\s+noko|ikke|ikkje|nothing|no)\s+"
    r"(?:(?:mer|meir|more|ekstra|extra|eget|egen|eigen|eige|spesielt|annet|anna|tekst|text|å\s+(?:si|seie))\s+){0,3}"
    rf"{_TO}{_THE}?(?:{_GROUP}|{_CLOSED}|{_MAIN_CONTACTS})",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    rf"\b(?:{_GROUP}|{_ONLY}{_TO}?{_THE}?{_MAIN_CONTACTS}|{_ONLY}{_TO}?{_THE}{_CLOSED}"
    rf"|{_TO}{_THE}{_CLOSED}\b|{_TO}{_THE}?(?:{_CLOSED}|{_MAIN_CONTACTS})\s*:)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[.;!,\n]\s*")


def is_written_to_it(opening: str) -> bool:
    """Whether the first words of a message, before its colon, say that it is for the closed group."""
    return bool(re.search(rf"\b{READERS}\s*$", opening.partition(":")[0], re.IGNORECASE))


def names_the_group(sentence: str) -> bool:
    """Whether a sentence says no more than that it goes to the closed group."""
    return bool(_GROUP_ALONE.fullmatch(sentence.strip(" .,;:!()")))


def has_nothing_for_it(sentence: str) -> bool:
    """Whether a sentence says that the closed group gets no text of its own."""
    return bool(_NOTHING_FOR_IT.fullmatch(sentence.strip(" .,;:!()")))


def has_it_named_alone(text: str) -> bool:
    """Whether a part of the text says no more than that something goes to the closed group."""
    return any(names_the_group(part) for part in _PARTS.split(text))


def speaks_of_it(text: str) -> bool:
    """Whether some of a text may be meant for the closed group alone."""
    return bool(_SPOKEN_OF.search(text))
