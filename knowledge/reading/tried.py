"""What a report says was tried against the fault (G 5.1.2, 7.2), in the person's own words and no more than those."""

from __future__ import annotations

import re

from knowledge.reading.signals import plain

# Deeds one does against a fault, as participles; with "har" before them, or first in a sentence.
_DEEDS = (
    r"(?:startet|starta|restartet|restarta|rebootet|reboota|rebota|omstartet|slått|skrudd|logget|logga|byttet|bytta|"
    r"skiftet|tømt|slettet|sletta|installert|reinstallert|avinstallert|oppdatert|koblet|kobla|lukket|lukka|åpnet|opna|"
    r"fjernet|fjerna|ladet|lada|holdt\s+inne|haldt\s+inne|ringt|sjekket|sjekka|kontrollert|kjørt|køyrt|testet|testa|"
    r"nullstilt|resatt|synket|synkronisert|ryddet|rydda|lest|meldt\s+(?:det\s+)?(?:inn\s+)?til|bedt|spurt|tatt\s+ut|"
    r"teke\s+ut|dratt\s+ut|drege\s+ut|tilbakestilt|gjenstartet|vasket|renset|satt\s+(?:inn|i)|sett\s+(?:inn|i))"
)
# These happen to nothing by themselves, so they are a deed after a comma too: "fra 08.30, tømt cache".
_ONLY_A_DEED = (
    r"tømt|nullstilt|reinstallert|avinstallert|(?:slått|skrudd)\s+av\s+og\s+på|ladet|lada|(?:holdt|haldt)\s+inne"
)
# Said of what "we" did; "vi byttet skriver i går" is a change, not an attempt.
_PAST = (
    r"testet|testa|restartet|restarta|rebooted|reinstallerte|slettet|sletta|tømte|nullstilte|skrudde|"
    r"(?:byttet|bytta)\s+(?:kabel|nettleser|nettlesar|maskin|pc|port|uttak|mus|tastatur|headset|hodesett|batteri)"
)
_AGAIN = r"(?:på\s+nytt|om\s+att|om\s+igjen)"
_TRIED = re.compile(
    rf"""(?x)\b(?:
        (?:har\s+|hadde\s+|vi\s+har\s+|me\s+har\s+|jeg\s+har\s+|eg\s+har\s+)?(?:alt\s+|allerede\s+|selv\s+|også\s+|òg\s+|og\s+)*
        (?:prøvd|prøvde|prøvt|prøva|proevd|forsøkt|forsøkte|freista)\b
      | (?:jeg|eg|vi|me)\s+(?:{_PAST})\b
      | (?:(?:jeg|eg|vi|me|hun|han|ho)\s+)?(?:har|hadde)\s+
        (?:(?!ikke|ikkje|verken|hverken|aldri)\w+\s+){{0,2}}{_DEEDS}\b
      | (?:har|hadde)\s+(?!gått|sluttet|slutta|falt|skjedd|kommet|stoppet|stoppa|blitt|vært|vore|dukket|oppstått)
        (?:[\w-]+\s+){{1,4}}{_AGAIN}\b
      | (?:i|we|she|he|they)(?:'ve|\s+have|\s+has)?\s+(?:already\s+)?(?:
          tried|restarted|rebooted|reinstalled|removed|checked|cleared)\b
      | \btried\b
      | (?:startet|starta)\s+(?:[\w-]+\s+){{0,3}}(?:på\s+nytt|om)\b
      | (?:ny|nytt|nye|annen|anna|annet|another|new)\s+[\w-]+\s+
        (?:hjalp|hjelpte|hjelper|hjelp|did)\s*(?:ikke|ikkje|not|n't)\b
      | (?:logget|logga)\s+(?:helt\s+)?(?:av|ut)\s+og\s+(?:på|inn)\b
      | (?:annen|anna|en\s+annen|ny)\s+(?:pc|maskin|bruker|nettleser|browser)\s+(?:samme|testet|testa|prøvd|ok|også)
      | restartet|rebootet|rebota|reboota|omstartet
      | (?:restart|omstart|reboot|restarting|omstarting)\s+(?:
          av|of|ok|gjort|utført|testet|prøvd|samme|uten\s+hell|hjelper|hjalp|hjelpte|hjelpt|hjelp|har\s+ikke|did|didn't|does|gir|ga)\b
    )
      | (?:(?<=[.!?:]\s)|^)(?!startet\b|starta\b){_DEEDS}\b
      | (?<=,\s)(?:{_ONLY_A_DEED})\b
      | (?:(?<=[.!?:,]\s)|^)(?:restarted|rebooted|reinstalled|reset)\b(?!\s+(?:by\s+)?(?:itself|themselves|on\s+its))"""
)
# "Etter at jeg har logget inn" tells when it fails, and is no attempt to mend it.
_NOT_OURS = re.compile(
    r"(?:\b(?:ikke|ikkje|verken|hverken|aldri|kan du|kan dere|blir|skal|som|etter at|når|da|straks|med en gang|idet|"
    r"hver gang|kvar gong|when|once))\s*$"
)
_BEFORE = 16
_END = re.compile(
    r",\s*(?:bare|berre|kun|alle|alt|ingen|hele|heile|noe|noko|i går|i dag|i morges|fra|frå|det|jeg|eg|vi får|den|nå|"
    r"only|all|since|men)\b|\s+(?:og|men|and)\s+(?:\w+\s+){1,4}(?:virker|verkar|fungerer|fryser|henger|heng|er|works|is)\b|"
    r"\.(?=\s|$)|[!?\n;]|\s[-–]\s|,?\s+(?:men|but|og\s+(?:nå|så|vi\s+trenger|det\s+haster)|siden|haster|ring|tlf|hilsen|"
    r"mvh|(?:telefon|mobil)\w*(?=\W+(?:\w+\W+)?\+?\d)|"
    r"i am|jeg er|eg er|feilkode|gjelder|ikke kritisk|ikkje kritisk|det haster|begynte|"
    r"startet(?!\s+(?:\w+\s+){0,3}(?:på\s+nytt|om)\b))\b|"
    r"\bkan\s+(?:dere|du|de)\b|\b(?:det\s+)?(?:begynte|startet\s+(?:i|for|kl)|oppsto)\b|"
    r"\W+(?:\w+\s+)?(?:\+47\s?)?\d(?:[ ]?\d){7}\b"
)
# After a comma, only what is a deed, or one of the things one tries, is still about what was tried: not "40 brukere",
# "PC-navn OSL778", a name or a place.
_OTHER = (
    r"(?:annen|anna|annet|andre|ny|nytt|another|other|new)\s+[\w-]+(?:\s+(?:samme|same|ok|også|òg|too)(?:\s+\w+)?)?"
)
_ALSO_TRIED = re.compile(
    rf"(?:(?:og|samt|and|også|òg|vi|jeg|eg|me|har|so|så)\s+)*(?:{_DEEDS}|prøvd|prøvde|forsøkt|tried|restarted|rebooted|"
    rf"omstart|restart|reboot|å\s+\w+|to\s+\w+)\b|"
    rf"(?:(?:og|samt|and|en|ei|ein|et|eit|a|an)\s+)*{_OTHER}(?:\s+(?:og|and)\s+(?:{_OTHER}|[\w-]+))*\s*$|"
    r"(?:uten|utan)\s+(?:hell|at|å|resultat)\b|(?:samme|same)\s+(?:feil|resultat|result|problem)\w*\s*$|"
    r"(?:(?:det|it|that)\s+)?(?:hjalp|hjelpte|did)\s*(?:ikke|ikkje|not|n't)\b"
)
_NOTHING_ELSE_THAN = re.compile(
    r"\b(?:ikke|ikkje|ikk)\s+(?:prøvd|forsøkt|testet|testa|gjort)\s+(?:noe\s+|noko\s+)?(?:annet|anna)\s+enn\s+"
)
_ATTEMPTS = r"(?:prøvd|prøvt|prøve|forsøkt|testet|testa|teste|gjort|gjøre|gjere)"
_NOTHING = re.compile(
    rf"\b(?:har\s+)?(?:ikke|ikkje|ikk)\s+(?:(?:rukket|rokke|fått)\s+(?:å\s+)?)?{_ATTEMPTS}\s+(?:noe|noko|noen|nokon)"
    r"(?:\s+(?:forsøk|selv|sjølv|ting|som\s+helst|enda|ennå))?|"
    r"\bingenting\s+(?:er\s+)?(?:prøvd|forsøkt)|\bhave(?:n't| not) tried anything|"
    r"\b(?:nobody|no one) has tried anything|\bnothing (?:has been|was) tried|"
    rf"\b(?:ingen|inga)\s+(?:\w+\s+){{0,2}}har\s+(?:fått\s+|rukket\s+(?:å\s+)?|rokke\s+(?:å\s+)?)?{_ATTEMPTS}\s+(?:noe|noko)"
)
_LONGEST = 300


def read_tried(text: str) -> str | None:
    """The person's own words on what was tried, to the end of what is about that."""
    low = plain(text)
    but = _NOTHING_ELSE_THAN.search(low)
    if but is not None:
        return _kept(text, low, but.end(), but.end()) or None
    nothing = _NOTHING.search(low)
    if nothing is not None:
        return text[nothing.start() : nothing.end()].strip()
    for hit in _TRIED.finditer(low):
        if _NOT_OURS.search(low[max(0, hit.start() - _BEFORE) : hit.start()]):
            continue
        said = _kept(text, low, hit.start(), hit.end())
        if said:
            return said
    return None


def _kept(text: str, low: str, start: int, known: int) -> str:
    """From `start` on; what stands before `known` is about what was tried, what follows is cut where it is not."""
    end = _END.search(low, known)
    stop = min(end.start() if end is not None else len(text), start + _LONGEST)
    comma = low.find(",", known, stop)
    while comma != -1:
        after = low.find(",", comma + 1, stop)
        if not _ALSO_TRIED.match(low[comma + 1 : after if after != -1 else stop].strip()):
            stop = comma
            break
        comma = after
    return text[start:stop].strip(" ,:-–")
