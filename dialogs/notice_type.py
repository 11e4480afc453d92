"""What kind of notice a message begins or speaks of, in everyday words (G 5.1.2.2).

"planlagt vedlikehold: AKS er nede lørdag 8-12"   "nedetid på Gerica i natt"
"informasjon til alle: ..."                       "fellesfeil på AKS, ingen kommer inn"
"""

from __future__ import annotations

import re

from dialogs import closed_group

# Of what is written before the matter itself: "lag en driftsmelding om", "kan du sende ut".
_ASKED = (
    r"(?:(?:hei|heisann|god\s+morgen|ok|nå)\b[\s,.!–-]*)?(?:(?:kan\s+du|kunne\s+du|kan\s+eg|vi\s+må|me\s+må|jeg\s+vil|eg\s+vil|jeg\s+skal|eg\s+skal|please)\s+)?"
    r"(?:(?:lag|lage|skriv|skrive|publiser\w*|send(?:e)?(?:\s+ut)?|legg(?:e|je)?\s+ut|meld(?:e)?(?:\s+inn)?|varsl\w*|opprett\w*|start\w*|publish|create)\s+)?"
    r"(?:(?:om|en|ei|et|eit|ein|ny|nytt|a|an|new|vi\s+har|me\s+har|det\s+er|dette\s+er|har)\s+)*"
)
_OF = r"\b[\s:,–-]*(?:(?:om|på|av|for|i|ved)\s+(?:at\s+)?)?"
_BEGINNINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^{_ASKED}(?:{words})", re.IGNORECASE))
    for kind, words in (
        (
            "vedlikehold",
            rf"(?:planlagt|planlagd|planned)\s+(?:vedlik\w+|nedetid\w*|oppgradering\w*|stans\w*|stopp|arbeid\w*|omstart\w*|driftsstans\w*|"
            rf"maintenance|downtime){_OF}|(?:vedlikehold|vedlikehald|vedlikehol|vedlikeholdsvindu\w*|vedlikehaldsvindauge)\s*(?::|på\b|av\b|for\b|i\b)\s*",
        ),
        ("fellesfeil", rf"(?:felles|fells|feles)\s?feil{_OF}"),
        (
            "informasjon",
            r"(?:informasjon|info|orientering|beskjed|melding|informer\w*|information|notice)\s*(?:til|to)\s+(?:alle|everyone|everybody|all)"
            r"(?:\s+(?:ansatte|tilsette|sammen|virksomheter|verksemder|gruppene|gruppen))?\s*(?::|om\b(?:\s+at\b)?|[–-])\s*|"
            rf"(?:informasjon|info|orientering|information)\s*(?:{closed_group.READERS})?\s*:\s*",
        ),
        ("", rf"(?:driftsmelding|driftmelding|driftsvarsel|driftsmld|nedetid|driftsstans){_OF}"),
    )
)
_IN_WORDS = (
    ("fellesfeil", re.compile(r"\bfelles\s?feil\w*", re.IGNORECASE)),
    (
        "vedlikehold",
        re.compile(r"\bvedlikeh[oa]ld\w*|\bplanlagt\s+(?:nedetid|oppgradering|stans|arbeid)\w*", re.IGNORECASE),
    ),
    ("informasjon", re.compile(r"^\W*(?:type\W+)?(?:informasjon|info|orientering|information)\b", re.IGNORECASE)),
)
_PLANNED = re.compile(
    r"\b(?:skal|vil|kommer\s+til\s+å|blir|vert|planl\w+)\b.{0,60}\b(?:oppgrader\w*|patch\w*|vedlik\w*|omstart\w*|flytt\w*|bytt\w*|nede|"
    r"utilgjengelig\w*|utilgjengeleg\w*|stengt|stoppe\w*|oppdater\w*)\b|\b(?:vedlikeholdsvindu|vedlikehaldsvindauge|planned\s+\w+)",
    re.IGNORECASE | re.DOTALL,
)


def begun(text: str) -> tuple[str, str] | None:
    """The kind ("" when only that it is a notice) and the matter of a message that begins one; None for all others."""
    for kind, pattern in _BEGINNINGS:
        found = pattern.match(text.strip())
        if found is not None and found.end():
            return kind, text.strip()[found.end() :].strip(" \n:,–-")
    return None


def kind_said(said: str) -> str:
    """The kind that a message names in so many words: at its beginning, or before its first colon; else empty."""
    opening = begun(said)
    if opening is not None and opening[0]:
        return opening[0]
    before = said.partition(":")[0] if ":" in said[:60] else said
    named = [kind for kind, pattern in _IN_WORDS if pattern.search(before)]
    return named[0] if named else ""


def is_planned(text: str) -> bool:
    """Whether a sentence tells of work that is to come."""
    return bool(_PLANNED.search(text))
