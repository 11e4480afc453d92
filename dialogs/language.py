"""Which language a message is written in: bokmål, nynorsk or English (DESIGN 3, G 5.1.1).

Counted by small words that one language has and the others lack. Few words decide nothing: the conversation keeps its
language until a message speaks clearly, so that "ok" or an English product name does not switch it.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-zæøåéèòôA-ZÆØÅ]+")

# "Me" is English too ("just me"), so it tells nothing.
_NYNORSK = frozenset(
    "eg ikkje ein eit kva kvar korleis kvifor kven nokon noko nokre frå berre mykje meir vere vert verte blei dei dykk "
    "hjå sidan òg skal til då når heile ho hennar sjølv gjere gjer seier får fekk vår datamaskina tilgong treng "
    "dykkar desse denne arbeide skrive skulen veke vekene "
    "logga opna kjem verkar manglar saka maskina måndag tysdag laurdag sundag ynskjer ønskjer".split()
) - frozenset("skal til då når får vår denne desse".split())
_BOKMAAL = frozenset(
    "jeg ikke en et hva hvor hvordan hvorfor hvem noen noe fra bare mye mer være blir ble de dere vi hos siden også "
    "hele hun hennes selv gjøre gjør sier fikk trenger uke ukene mandag tirsdag lørdag søndag ønsker".split()
) - frozenset("de en et vi ble".split())
_ENGLISH = frozenset(
    "the i is are was my we our you your not can cannot could does do don doesn have has need want how what where "
    "which who when please and with from since this that it they after help to of any would like get been "
    "working work works hello hi thanks".split()
) - frozenset("i to get my".split())

# A language is chosen when at least this many of its own words stand in the message and none other has as many.
_CLEAR = 2
_FEW = 2
_SHORT = 4


def detect_language(text: str) -> str | None:
    """ "nb", "nn" or "en" when the message speaks clearly, else None. Reads the first 2 000 characters."""
    written = _WORD.findall(text[:2000])
    # "SAM/IT", "IS": a few capitals are an abbreviation, unless all is written so.
    shouted = len(written) > _FEW and all(word.isupper() for word in written)
    words = [word.lower() for word in written if shouted or not (1 < len(word) <= _SHORT and word.isupper())]
    counts = {
        "nn": sum(word in _NYNORSK for word in words),
        "nb": sum(word in _BOKMAAL for word in words),
        "en": sum(word in _ENGLISH for word in words),
    }
    best = max(counts, key=lambda language: counts[language])
    second = max(count for language, count in counts.items() if language != best)
    # A short message with one unmistakable word, such as "eg" or "hello", is clear when nothing speaks against it.
    needed = (
        1 if len(words) <= 6 and second == 0 and best != "nb" and counts[best] / max(len(words), 1) >= 0.25 else _CLEAR
    )
    if counts[best] < needed or counts[best] == second:
        return None
    return best
