"""Whether an answer says only that there is nothing: "nei", "ingenting mer", "ingen omvei ennå", "vet ikke".

Such an answer is about the asking, and no text for those who read a notice: published, it would tell them "nei".
"""

from __future__ import annotations

import re

from dialogs.phrases import fold_phrase, is_answer, phrases

_NOTHING = (
    r"(?:ingen(?:ting)?|inga|inkje|intet|ikke|ikkje|ikk|ike|none|nothing|not|no)"
    r"(?:\s+(?:noe|noen|noko|nokon|nok|noka|any|anything))?"
)
_OF_WHAT = (
    r"(?:kjent|kjend|ny|nye|neste|oppdatering\w*|god|annen|anna|annet|andre|omvei\w*|omve[gi]\w*|workaround|løsning\w*|løysing\w*|råd|konsekvens\w*|tekst\w*|mer|meir|"
    r"mere|more|else|ekstra|spesielt|særskilt|enn\s+(?:det|dette|de\s+andre)|å\s+(?:melde|si|seie|gjøre|gjere|legge\s+til|leggje\s+til)|aktuelt)"
)
_WHEN = (
    r"(?:ennå|enno|enda|lenger|lengre|endå|foreløpig|førebels|nå|no|yet|now|så\s+langt|dessverre|diverre|her|takk|thanks|det|altså|per\s+nå|akkurat\s+nå|"
    r"akkurat\s+no|for\s+øyeblikket)"
)
_NONE = re.compile(
    r"(?:(?:nei|nope|niks|no)\b[\s,.!–-]*)?"
    r"(?:(?:det\s+(?:er|finnes|finst|fins)|(?:vi|me|jeg|eg|de)\s+har|har|finnes|there\s+is)\s+)?"
    rf"{_NOTHING}(?:\s+{_OF_WHAT})*(?:[\s,]+{_WHEN})*",
    re.IGNORECASE,
)
_NONE_AFTER = re.compile(
    r"(?:omve[gi]\w*|workaround|løsning\w*|løysing\w*)\s+(?:er|finnes|finst|fins|har|kjenner|kjenn|virker|verkar|fungerer|fungerar)\s+(?:vi\s+|me\s+)?(?:det\s+)?"
    rf"(?:ikke|ikkje|ingen|ikk)(?:\s+{_OF_WHAT})*(?:[\s,]+{_WHEN})*",
    re.IGNORECASE,
)
_NO = re.compile(rf"(?:nei|nope|niks|no|nah)\b(?:[\s,.!–-]+(?:{_OF_WHAT}|{_WHEN}))*", re.IGNORECASE)
_SAME = re.compile(
    r"(?:(?:nei|no|ja)\b[\s,.!–-]*)?(?:det\s+|den\s+|dei\s+)?(?:samme|same)\s*(?:tekst\w*|melding\w*|text)?"
    r"(?:\s+(?:som|til|for|as)\s+(?:alle|de\s+andre|dei\s+andre|everyone|all))?",
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(
    r"(?:(?:nei|no)\b[\s,.!–-]*)?(?:(?:jeg|eg|vi|me|det)\s+)?(?:vet|veit|vett|vit|kjenner|er)\s+(?:jeg\s+|vi\s+|me\s+|eg\s+)?"
    rf"(?:ikke|ikkje|ikk|usikker|usikkert|uvisst)(?:[\s,]+(?:{_WHEN}|sikkert|helt|heilt))*",
    re.IGNORECASE,
)
# "Neste oppdatering når det er ferdig": no time of the clock, and no part of what happens.
_WHEN_DONE = re.compile(
    r"(?:(?:kommer|kjem|blir)\s+)?(?:når|når\s+vi\s+vet\s+at|when|etter\s+at)\s+(?:det|den|vi|me|arbeidet|alt|dette|jobben|it|we)\s+"
    r"(?:er|har|is|are)\s+(?:ferdig\w*|over|oppe(?:\s+igjen)?|i\s+mål|done|finished|gjennomført|utført)\W*",
    re.IGNORECASE,
)


def is_nothing(text: str) -> bool:
    """Whether the whole message says that there is nothing, that it is not known, or that it is skipped."""
    folded = fold_phrase(text)
    if is_answer(text, "dont_know") or is_answer(text, "nothing") or phrases().commands.get(folded) == "skip":
        return True
    return folded in phrases().answers["no_words"] or any(
        pattern.fullmatch(folded) for pattern in (_NO, _NONE, _NONE_AFTER, _SAME, _NOT_KNOWN)
    )


def begins_with_no(text: str) -> bool:
    """Whether a short message begins by saying no: "ingenting de ikke vet"."""
    return bool(re.match(r"(?:nei|nope|niks|ingenting|ikke\s+noe|ikkje\s+noko|nothing)\b", fold_phrase(text)))


def is_when_done(text: str) -> bool:
    """Whether the next update is promised for when the work is over, and for no time of the clock."""
    return bool(_WHEN_DONE.fullmatch(text.strip()))
