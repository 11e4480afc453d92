"""Whether somebody says that it works now, that it does not, or that he has not tried yet (G 5.1.2.1).

Read where that is what is asked: after a proposed solution and after a fellesfeil. Thanks and joy say that it works,
when nothing in the message speaks against it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from dialogs.taken_back import forgets_it


class Verdict(StrEnum):
    """What is said."""

    WORKS = "works"
    WORKS_NOT = "works_not"
    UNTRIED = "untried"


_NOT = r"(?:ikke|ikkje|ikkj|itj|not|n[o']t)"
_UNTRIED = re.compile(
    rf"\b(?:{_NOT}|haven'?t|hasn'?t)\s+(?:(?:fått|rukket|rokke|rukke|ennå|enno|enda|kunnet|kunna|had|time|yet|å|to)\s+){{0,4}}"
    r"(?:teste?t?|testa|prøvd?|prøve|sjekket?|sjekka|tried|try|tested?|checked?)\b",
    re.IGNORECASE,
)
_WORKS_NOT = re.compile(
    rf"\b(?:virker|virket|verkar|verka|fungerer|fungerte|funker|funket|går|gikk|works?|worked|working|hjalp|hjelper|hjelpte|hjelpt|"
    rf"helped|løste\s+seg|ordnet\s+seg)\s+(?:\w+\s+)?{_NOT}\b"
    rf"|\b(?:does|did|is)\s*n[o']t\s+(?:work|help)|\b{_NOT}\s+(?:virke|virket|hjulpet|løst|fikset|fiksa|bra|work|fixed|solved)\w*"
    r"|\b(?:fortsatt|fremdeles|framleis|still)\b|\b(?:samme|same)\s+(?:feil|problem|error|feilmelding)"
    r"|\b(?:like|lige)\s+(?:ille|treg\w*|dårlig|dårleg|galt)\b",
    re.IGNORECASE,
)
# "Virker fortsatt fint": it still works.
_STILL_FINE = re.compile(
    r"\b(?:virker|verkar|fungerer|funker|works?)\s+(?:fortsatt|fremdeles|framleis|still)\s+(?:fint|bra|greit|fine)\b",
    re.IGNORECASE,
)
# "Den kom tilbake nå", "det gikk over av seg selv": of a thing that was away, or a fault that was there.
_CAME_BACK = re.compile(
    r"\b(?:kom|kommer|kjem|gikk|gjekk|går|er|ble|blei|fikk|fekk|came|went|is|got)\b(?:\s+[\w'-]+){0,3}\s+"
    r"(?:tilbake|attende|ut|fram|frem|inn|over|borte|løst|back|out|through|away|gone|in)\b",
    re.IGNORECASE,
)
_NOW_OR_THANKS = re.compile(
    r"\b(?:nå|no|now|igjen|att|again|likevel|allikevel|takk|thanks|av\s+seg\s+s(?:elv|jølv)|by\s+itself)\b",
    re.IGNORECASE,
)
_SPEAKS_AGAINST = re.compile(
    r"\b(?:ikke|ikkje|not|men|but|fortsatt|framleis|still|feil\w*|error|melding\w*|\w+n't)\b|\?", re.IGNORECASE
)
_WORD = re.compile(r"[a-zæøå']+")
_WORKING_WORDS = frozenset(
    "virker virket verkar verka funker funket funka fungerer fungerte fikset fiksa løst løyst løste ordnet ordna "
    "orden hjalp hjelpte supert perfekt topp flott strålende kanon herlig nydelig works working worked fixed "
    "solved helped great perfect awesome oppe".split()
)
# What may stand beside them without saying anything else.
_SMALL_WORDS = frozenset(
    "ja jo jada joda jepp yes yep ok okei nå no now da then det den dei de dette ting alt alle it everything all "
    "this that igjen att again helt heilt fint bra fine som normalt vanlig vanleg skal før hos for med meg oss me "
    "us takk tusen mange thanks thank you hjelpen hjelpa help kjempebra i seg er var ble vart vi jeg eg here her "
    "ser sjå ut looks så veldig much so very endelig endeleg finally is are and og men problemet saken saka problem "
    "case the".split()
)
# "Alt ok nå": of all of it, a plain "fine" says as much.
_ALL = frozenset({"alt", "alle", "all", "everything"})
_FINE = frozenset({"ok", "okei", "bra", "fint", "fine", "greit", "good"})
# "Ser bra ut i HEL": where it works.
_PLACE = re.compile(r"\b(?:i|hos|på|in|at)\s+[A-ZÆØÅ][\w-]*")
_MOST_WORDS = 14


def verdict(text: str) -> Verdict | None:
    """What the message says of it, or None when it is about something else."""
    if _UNTRIED.search(text):
        return Verdict.UNTRIED
    if _WORKS_NOT.search(text) and not _STILL_FINE.search(text):
        return Verdict.WORKS_NOT
    words = _WORD.findall(_PLACE.sub(" ", text).lower())
    said = set(words)
    looks_fine = bool(said & _FINE) and (bool(said & _ALL) or said >= {"ser", "ut"})
    says_it = bool(said & _WORKING_WORDS) or looks_fine
    nothing_else = len(words) <= _MOST_WORDS and said <= _WORKING_WORDS | _SMALL_WORDS | _FINE and "?" not in text
    return Verdict.WORKS if says_it and nothing_else else None


def is_over(text: str) -> bool:
    """Whether a short message says that the fault is over: that it works, came back, or is to be forgotten."""
    if verdict(text) is Verdict.WORKS:
        return True
    if len(text.split()) > _MOST_WORDS or _SPEAKS_AGAINST.search(text) is not None:
        return False
    return _CAME_BACK.search(text) is not None and (forgets_it(text) or _NOW_OR_THANKS.search(text) is not None)
