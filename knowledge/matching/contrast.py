"""Whether a message tells of two things: what is wrong or wanted, and what is fine, done, or was so before.

"Ikonet i AKS virker, men programmet sier at jeg ikke er kjent bruker": the words of the other thing count for its forms
as much as the matter's own, and no weight of words can tell which is which. So a message that sets one against the
other is never taken as sure: its form is shown with its neighbours, for the person to choose (G 4.1: a case on the
wrong form cannot be moved). Where a whole clause is the other thing, its words are set aside: what works is not what
the case is about.
"""

from __future__ import annotations

import itertools
import re

from knowledge.reading.working import says_it_works

_FEWEST_WORDS = 12
"""A shorter message has no room for two things; "virker ikke, men nettet er oppe" is plain enough."""
_SETS_AGAINST = re.compile(
    r"\b(?:men|mens|but|while|although|selv\s+om|sjølv\s+om)\b"
    r"|\b(?:alt\s+annet|alt\s+anna|ellers|elles|resten|bortsett|unntatt|unnateke|otherwise|everything\s+else|the\s+rest)\b"
    r"|\b(?:virker|verkar|fungerer|fungerar|funker|går|gikk|gjekk|works?)\b[^,.]{0,12}\b(?:fint|bra|greit|greitt|ok|fine|som\s+(?:normalt|vanlig|vanleg|før))\b"
    r"|\b(?:virker|verkar|fungerer|fungerar)\s*,"
    r"|\b(?:er|var|ble|vart|blei|is|has\s+been)\s+(?:(?:nå|no|allerede|already)\s+)?(?:fast|kjøpt|ført|meldt|på\s+plass|godkjent|"
    r"godkjend|ferdig|klare?|klart|bestilt|levert|registrert|oppretta|opprettet|signert|avtalt|bought|done|approved|in\s+place)\b"
    r"|\b(?:allerede|already|fortsatt|fremdeles|framleis|still|ikke\s+lenger|ikkje\s+lenger|no\s+longer)\b"
    r"|\b(?:har|hadde|has|had)\s+(?:hatt|fått|hatt|been|vært|vore)\b",
    re.IGNORECASE,
)


def tells_of_two_things(text: str) -> bool:
    """Whether the message sets one thing against another."""
    return len(text.split()) >= _FEWEST_WORDS and _SETS_AGAINST.search(text) is not None


_CLAUSES = re.compile(r"(?<=[.!?;,\n])\s+|\s+(?=(?:men|mens|but|while|although|selv\s+om|sjølv\s+om)\b)", re.IGNORECASE)
_NOT_ONLY = re.compile(r"(?:\b(?:ikke|ikkje|not)|n't)\s+(?:bare|berre|kun|only|just)\b", re.IGNORECASE)
_HAD = re.compile(r"\b(?:har|hadde|has|have|had)\s+(?:hatt|had)\b", re.IGNORECASE)
_BUT_NOW = re.compile(r"^(?:men|but)\b.*\b(?:nå|no|now)\b", re.IGNORECASE | re.DOTALL)


def without_the_other_thing(text: str) -> str:
    """The text without the clauses that tell what works ("webmail virker"), what it is not alone ("not only Citrix"),
    or what was had before ("hun har hatt vakter, men er nå fast ansatt"); the whole text when nothing else is said.
    """
    clauses = [clause for clause in _CLAUSES.split(text) if clause]
    pairs = itertools.zip_longest(clauses, clauses[1:], fillvalue="")
    kept = [clause for clause, after in pairs if not _is_the_other_thing(clause, after)]
    return " ".join(kept) if kept and len(kept) < len(clauses) else text


def _is_the_other_thing(clause: str, after: str) -> bool:
    return (
        says_it_works(clause.lower().strip(" ,.;!"))
        or _NOT_ONLY.search(clause) is not None
        or (_HAD.search(clause) is not None and _BUT_NOW.match(after) is not None)
    )
