"""How many of something a text asks for: "3 nye PC-er", "3 berbare", "tre mobiler", "skjermer x 4"."""

from __future__ import annotations

import re
from datetime import datetime

from knowledge.reading.time import find_moments

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni", "ti", "elleve", "tolv"), start=2
    )
    for word in words.split()
}
_THINGS = (
    r"(?:stk|stykk\w*|nye|brukere?|brukarar|personer|personar|skjermer|skjermar|mobiler|mobilar|pc\w*|maskiner|maskinar|"
    r"lisenser|lisensar|deltakere|deltakarar|ansatte|tilsette|nettbrett|items|users|screens|phones|laptops|licences)\b"
)
_NUMBER = rf"(?:(?P<figure>\d{{1,3}})|(?P<word>{'|'.join(_NUMBERS)}))"
_SAID = re.compile(rf"(?<![\w.,/-]){_NUMBER}[ \t]*(?={_THINGS})", re.IGNORECASE)
_TIMES_SIGN = re.compile(r"\b(?:x|ganger)\s?(\d{1,3})\b|\b(\d{1,3})\s?x\b", re.IGNORECASE)
# Whatever the thing is called, and however it is spelt. An address, a version, a time and a price are no number of it.
_ANYTHING = re.compile(r"(?<![\w.,/:+-])(\d{1,3})\s+(?P<thing>[a-zæøå][\w-]{2,})", re.IGNORECASE)
_NO_THING = re.compile(
    r"(?:dag\w*|uke\w*|veke\w*|time\w*|timar|minutt\w*|måned\w*|månad\w*|år\w*|kr|kroner|nok|prosent|gb|mb|tb|mbit|gbit|etasje\w*|etg|"
    r"trinn\w*|klasse\w*|linje\w*|gang\w*|meter|tommer|tommar|cm|mm|og|eller|til|på|i|av|for|fra|med|ved|som|er|days|weeks|"
    r"hours|minutes|months|years|inch\w*|floor|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|"
    r"desember)$",
    re.IGNORECASE,
)
_NUMBERED_BEFORE = re.compile(
    r"(?:\b(?i:versjon|version|rom|rommet|etasje|kl|klokka|nr|nummer|sone|punkt|pkt|avd|avdeling|vlan|port|windows|office|"
    r"uke|side|plan|bygg|inngang|trinn|linje|kr)\W{0,2}|\w*(?i:gata|gate|veien|vegen|vei|plass|torg|allé)\s|"
    r"(?<=\w\s)[A-ZÆØÅ][a-zæøå]+\s)$"
)


def read_count(text: str, now: datetime) -> int | None:
    """The one number of items that is asked for; None when none is, or several."""
    said = [_value(hit) for hit in _SAID.finditer(text)]
    said += [int(hit[1] or hit[2]) for hit in _TIMES_SIGN.finditer(text)]
    if said:
        return said[0]
    times = find_moments(text, now)
    found = {
        int(hit[1])
        for hit in _ANYTHING.finditer(text)
        if not _NO_THING.match(hit["thing"])
        and not _NUMBERED_BEFORE.search(text[max(0, hit.start() - 24) : hit.start()])
        and not any(time.start <= hit.start() < time.end for time in times)
    }
    return found.pop() if len(found) == 1 else None


def _value(hit: re.Match[str]) -> int:
    return int(hit["figure"]) if hit["figure"] else _NUMBERS[hit["word"].lower()]
