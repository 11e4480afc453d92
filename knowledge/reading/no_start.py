"""Times in a fault report that say something else than when it began.

"Tredje gang denne uka" says how often, "rapporten for oktober" what a document is about, "kurset kl. 9" when something
else is, "skal ut kl. 21" when it is needed, "rekker dere det før lunsj?" what one wants to know. None of them is when
the fault began: asking costs one message, a wrong time sends the solver to a wrong log.
"""

from __future__ import annotations

import re

from knowledge.reading.time import Found

# "For første gang i går" is when it began, every later time is not.
_HOW_OFTEN = re.compile(
    r"(?<!første )(?<!fyrste )\b(?:gang(?:en|er|ar)?|times?)\s+"
    r"(?:(?:nå|no|bare|berre|allerede|alt|så langt|now|just)\s+)?(?:(?:i løpet av|på|i|in)\s+)?$"
)
_DOCUMENT = (
    r"\w*(?:rapport|fil|slipp|faktura|summ?|beløp|tall|tal|budsjett|regnskap|rekneskap|timelist|list|avregning|oppgjør|"
    r"oppgjer|lønn|løn|bilag|statistikk|period|turnus|oversikt|saldo|termin|report|invoice|payslip|budget|figures)"
    r"(?:en|et|a|e|er|ar|ene|ane|ne|r|t|n|s|ten|tene)?"
)
_OF_DOCUMENT = re.compile(rf"\b{_DOCUMENT}\s+(?:(?:for|fra|frå|i|av|om|of|from|dated|datert)\s+)?$")
_FOR = re.compile(r"\b(?:for|per|pr\.?|gjelder|gjeld)\s+$")
_BEFORE_DOCUMENT = re.compile(rf"^(?:\s?-\s?\w|\s+{_DOCUMENT}\b)")
_SINCE = re.compile(r"\b(?:siden|sidan|since)\b")
_FROM = re.compile(r"^(?:fra|frå|from)\b")
# What has a time of its own. "Etter møtet i går" and "under kurset" do tell when it happened.
_EVENT = re.compile(
    r"(?<!etter )(?<!under )(?<!after )(?<!during )"
    r"\b\w*(?:kurs|møte|eksamen|undervisning|opplæring|presentasjon|webinar|seminar|frist|course|meeting|training|deadline)"
    r"(?:s?dag)?(?:et|en|a|er|e|t|ene|s)?\s+(?:\w+\s+){0,2}$"
)
_WANTED = re.compile(r"\b(?:ønsk\w*|ynskj\w*|trenger|treng|vil ha|wish\w*|need\w*)\s+(?:\w+\s+){0,4}$")
# What is to happen, told without a word of what is wrong: "etikettene skal ut kl. 21". "Når jeg skal åpne det i dag,
# får jeg feil" tells of the fault.
_IS_TO_BE = re.compile(r"\b(?:skal|må|shall|must|will|have to|has to|need to)\b")
_WRONG = re.compile(
    r"\b(?:ikke|ikkje|itj|aldri|feil\w*|når|da|hver gang|kvar gang|får|fær|cannot|can'?t|won'?t|not|error|when)\b"
)
# A question to the desk, and one of when it is open.
_TO_THE_DESK = re.compile(r"\b(?:dere|dokke[rn]|dykk|de|you)\b")
_OPENING = re.compile(r"\b(?:åpent?|ope[nt]?|åpningstid\w*|opningstid\w*|open|opening)\b")
_ASKS = re.compile(
    r"\b(?:hvor lenge|kor lenge|når|how long|when|hva er|kva er)\b|\b(?:er|e|is|are)\s+(?:det|dere|de|you)\b"
)
_CLAUSE = re.compile(r"[.!?;\n]|,\s|\bmen\b|\bbut\b|\bog (?:i dag|nå|no)\b")
_CLAUSE_REACH = 200
_LONG = ("week", "month", "year")
_LOOK_BACK = 60


def clause_of(low: str, found: Found) -> str:
    """The part of the sentence that the time stands in, with the sign of a question."""
    begin = max(0, found.start - _CLAUSE_REACH)
    start = max((hit.end() for hit in _CLAUSE.finditer(low, begin, found.start)), default=begin)
    ahead = _CLAUSE.search(low, found.end, found.end + _CLAUSE_REACH)
    if ahead is None:
        return low[start : found.end + _CLAUSE_REACH]
    return low[start : ahead.end() if ahead[0] == "?" else ahead.start()]


def is_no_start(low: str, found: Found) -> bool:
    """Whether a time of this text in lower case is not when the fault began. "Siden" says that it is."""
    words = low[found.start : found.end]
    if _SINCE.search(words):
        return False
    before, after = low[max(0, found.start - _LOOK_BACK) : found.start], low[found.end : found.end + _LOOK_BACK]
    if _HOW_OFTEN.search(before) or _EVENT.search(before) or _WANTED.search(before):
        return True
    if is_deadline(low, found) or _is_asked(low, found):
        return True
    is_long = found.moment.precision in _LONG
    if is_long and (_FOR.search(before) or _BEFORE_DOCUMENT.match(after)):
        return True
    return (is_long or found.moment.end is not None or bool(_FROM.match(words))) and bool(_OF_DOCUMENT.search(before))


def is_deadline(low: str, found: Found) -> bool:
    """Whether the part of the sentence that the time stands in tells what is to happen, and nothing that is wrong."""
    if found.back:
        return False
    part = clause_of(low, found)
    return _IS_TO_BE.search(part) is not None and _WRONG.search(part) is None


def _is_asked(low: str, found: Found) -> bool:
    """Whether the desk is asked about that time: when it will work again, when the desk is open."""
    asked = clause_of(low, found)
    if _OPENING.search(asked) and _ASKS.search(asked):
        return True
    return asked.endswith("?") and _TO_THE_DESK.search(asked) is not None
