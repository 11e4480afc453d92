"""Health details about a person somebody speaks of, as far as rules go.

Some words tell of nothing but health ("demens", "sykmeldt"): near a named person they are one. Others are said of
machines too ("fikk slag", "er innlagt", "er syk"): they count where the person is what the verb is said of, so the
fault itself is left alone ("skjermen til Kari fikk slag"). So does anything said of somebody who is only pointed out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from knowledge.reading.persons_spoken_of import named_persons, pointed_out
from knowledge.reading.sentences import SENTENCE_END

_NEAR = 80
_LONGEST_NAME = 60
# How far before its verb the one it is said of may stand: a birth date in brackets and a clause lie between.
_LONGEST_WAY = 140

_OF_HEALTH_ALONE = r"""(?:
    kreft(?:en|syk\w*|sjuk\w*|diagnose\w*|behandling\w*)?|svulst|leukemi|demens|demente?|alzheimers?|parkinsons?|schizofren\w*|
    psykosen?|psykotisk|bipolar|depresjon(?:en)?|deprimerte?|depressiv|angst|angstlid\w*|adhd|autis\w*|asperger|epilep\w*|
    diabetes|diabetiker\w*|hiv|aids|hepatitt|tuberkulose|lungebetennelse|hjerneslag|hjerteinfarkt|infarkt|kols|astma|
    migrene|ms-pasient|ptsd|multippel\ sklerose|rusavheng\w*|alkoholi\w*|rusmisbruk\w*|overdose|selvmord\w*|
    sjølvmord\w*|selvskad\w*|spiseforstyrr\w*|anoreksi|bulimi|gravide?|spontanabort\w*|syke?meldte?|sjukmeldte?|uføre?|utbrente?|
    tvangsinnlagt|sykehusinnlagt|insulin|marevan|morfin|metadon|subutex|litium|ritalin|sobril|valium|stesolid|cipralex|
    zyprexa|seroquel|paracet|oxynorm|oxycontin|prednisolon|antidepressiv\w*|antibiotika|cellegift\w*|kjemoterapi|
    cancer|dementia|depression|anxiety|epilepsy|pregnant|stroke|schizophrenia|suicidal
    )\b"""
_WORD = re.compile(rf"(?ix)\b{_OF_HEALTH_ALONE}")
_HOSPITAL = (
    r"(?:\s+(?:på|ved|hos|i|at)\s+(?!(?:dag|går|natt|morges|helg\w*)\b)[\w-]+"
    r"(?:\s+(?:sykehus\w*|sjukehus\w*|universitetssykehus\w*|avdeling\w*|avd|klinikk\w*))?)?"
)
_IS = r"\b(?:er|var|blei|ble|blir|vart|vert|vært|vore|ligger|ligg|lå|is|was|been)\s+"
_HAS = r"\b(?:har|hadde|fikk|fekk|får|fått|hatt|has|had|got)\s+(?:(?:hatt|fått|et|eit|en|ein|ei|a|an)\s+){0,2}"
# What is told of somebody: the verb, and what is taken out.
_STATES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_IS}(?:\w+\s+)?(?P<what>inn?lagt|innlagd|hospitali[sz]ed)\b(?!\s+(?:som\b|i\s+[A-ZÆØÅ]))(?P<where>{_HOSPITAL})",
        rf"{_IS}(?:\w+\s+)?(?P<what>lagt\s+inn\s+på\s+(?:sykehus\w*|sjukehus\w*|psykiatrisk\w*|OUS|Ullevål|Ahus|avrusning\w*))\b",
        rf"{_IS}(?P<what>(?:(?:alvorlig|alvorleg|kronisk|psykisk|fysisk|veldig|langtids)\s*)?(?:syk|sjuk|sick|ill))\b"
        r"(?!\s+(?:tre[gi]\w*|sein\w*|sakte|slow))",
        rf"{_IS}(?:\w+\s+)?(?P<what>operert|under\s+behandling\s+for\s+\w+|til\s+utredning(?:\s+for\s+\w+)?)\b",
        rf"{_IS}(?P<what>(?:på|in)\s+(?:sykehus\w*|sjukehus\w*|hospital|psykiatrisk\b(?!\s+syk)|avrusning\w*|rehabilitering\w*|"
        r"intensiven))\b",
        rf"{_HAS}(?P<what>(?:hjerne)?slag(?!\s+i\b)|drypp|hjerneblødning|hjertestans|hjerteattakk|blodpropp|hjernerystelse|prolaps|"
        r"(?:nerve)?sammenbrudd|panikkanfall|anfall|influensa|korona|covid(?:-19)?|abort|diagnose\w*(?:\s+\w+)?|"
        r"(?:\w+\s+)?(?:sykdom|sjukdom)\w*|vondt\s+i\s+\w+|ryggproblemer|hjerteproblemer|(?-i:ME|MS)(?=\s*[,.)]|\s+(?:og|and)\b|\s*$))\b",
        r"\b(?:går|gikk|gjekk|skal|time)\s+(?:til|hos|i|på)\s+"
        r"(?P<what>psykolog\w*|psykiater\w*|terapi|avrusning\w*|dialyse|behandling\s+for\s+\w+)\b",
        r"\b(?:har\s+)?(?P<what>(?:brakk|brukket|brekt|brøt)\s+(?:\w+\s+)?(?:arm|bein|fot|hånd|ankel|rygg|kne|hofte|lårhals)\w*)\b",
        rf"\b(?:er|var|ble|blei|blir|har|hadde|fikk|fekk|fått|vært|tar|lider\s+av|sliter\s+med|med|is|has|had|with)\s+"
        rf"(?:\w+\s+){{0,2}}?(?P<what>(?x:{_OF_HEALTH_ALONE}))",
    )
)
# "(Kreft, innlagt)" right after the name needs no verb.
_BESIDE = re.compile(
    r"[(,]\s*(?P<what>inn?lagt|innlagd|syk|sjuk)\b(?P<where>" + _HOSPITAL + r")(?=\s*[),.]|\s+(?:og|and)\b)"
)
_ADVERB = (
    r"(?:(?:dessverre|diverre|nå|no|også|òg|plutselig|plutseleg|jo|visst|nok|akkurat|nettopp|nylig|nyleg|dessuten|da|fortsatt|"
    r"framleis|for\s+tiden|for\s+tida|i\s+(?:går|dag|natt|morges)|alltid|ofte|now|also)\s+)*"
)
_RIGHT_BEFORE = re.compile(rf"[\s,]*(?:(?:som|who|that)\s+)?{_ADVERB}", re.IGNORECASE)
_AND = re.compile(rf".*(?:\b(?:og|and|men|but)\s+|,\s+(?:som\s+|who\s+)?){_ADVERB}", re.IGNORECASE | re.DOTALL)
_WHO = re.compile(r"[\s,]*(?:som|who)\b", re.IGNORECASE)
# What is somebody's, or told by somebody, is not that person.
_SOMEBODYS = re.compile(
    r"\b(?:til|hos|av|for|fra|frå|med|to|of|sier|seier|melder|skriver|forteller|says)\s+$", re.IGNORECASE
)
_GOES_ON = re.compile(r"\s*(?:,|og|med|pga\.?|på\s+grunn\s+av|etter|and|with)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BORN = re.compile(r"\b(?:f|født|fødd|born)\.(?=\s*\d)", re.IGNORECASE)


def health_details(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each detail that is told of a named or pointed-out person, in no order."""
    named = tuple(hit.span() for hit in named_persons(text))
    persons = sorted((*named, *(hit.span() for hit in pointed_out(text))))
    if not persons:
        return
    found = {hit.span() for hit in _WORD.finditer(text) if _is_near(text, named, *hit.span())}
    for pattern in (*_STATES, _BESIDE):
        for hit in pattern.finditer(text):
            if _is_said_of_one(text, persons, hit.start()):
                where = hit.groupdict().get("where")
                found.add((hit.start("what"), hit.end("where") if where else hit.end("what")))
    ends = {end for _, end in found}
    for hit in _WORD.finditer(text):
        # "Er sykmeldt med depresjon": what one detail is coupled to is another.
        if any(_GOES_ON.fullmatch(text[end : hit.start()]) for end in ends if 0 < hit.start() - end <= _NEAR):
            found.add(hit.span())
            ends.add(hit.end())
    yield from found


def _is_near(text: str, persons: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    # Only persons that begin near the word can be near it.
    first = bisect_left(persons, (start - _NEAR - _LONGEST_NAME, 0))
    last = bisect_left(persons, (end + _NEAR + 1, 0))
    between = (
        text[min(end, person_end) : max(start, person_start)] for person_start, person_end in persons[first:last]
    )
    return any(len(gap) <= _NEAR and not _ends_a_sentence(gap) for gap in between)


def _is_said_of_one(text: str, persons: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a person is what the verb that begins here is said of."""
    first = bisect_left(persons, (at - _LONGEST_WAY - _LONGEST_NAME, 0))
    for start, end in persons[first : bisect_left(persons, (at, 0))]:
        if not 0 <= at - end <= _LONGEST_WAY:
            continue
        between = _IN_BRACKETS.sub("", text[end:at])
        if _ends_a_sentence(between):
            continue
        if not _WHO.match(between) and _SOMEBODYS.search(text[max(0, start - 12) : start]):
            continue
        if _RIGHT_BEFORE.fullmatch(between) or _AND.fullmatch(between):
            return True
    return False


def _ends_a_sentence(between: str) -> bool:
    plain = _BORN.sub("", _IN_BRACKETS.sub("", between))
    return SENTENCE_END.search(plain) is not None or "\n\n" in plain
