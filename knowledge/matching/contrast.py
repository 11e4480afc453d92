"""Whether a message tells of two things: what is wrong or wanted, and what is fine, done, or was so before.

"Ikonet i AKS virker, men programmet sier at jeg ikke er kjent bruker": the words of the other thing count for its forms
as much as the matter's own, and no weight of words can tell which is which. So a message that sets one against the
other is never taken as sure: its form is shown with its neighbours, for the person to choose (G 4.1: a case on the
wrong form cannot be moved).
"""

from __future__ import annotations

import re

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
