"""What is read of a report's reach and weight, and whether it is critical.

Each reading goes by rules over the folded text; where the words say nothing, the answer is None, and the dialog asks.
Extent and outage have modules of their own.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal


class Extent(StrEnum):
    """Whom a fault hits (G 7.2)."""

    USER = "user"
    DEPARTMENT = "department"
    SEVERAL_LOCATIONS = "several_locations"


class Outage(StrEnum):
    """Whether parts work or nothing does (G 7.2)."""

    PARTIAL = "partial"
    FULL = "full"


KindHint = Literal["support", "service", "question"]


def plain(text: str) -> str:
    """Lower case, same length as the text, so that places in one are places in the other."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(low if len(low) == 1 else char for char, low in zip(text, map(str.lower, text), strict=True))


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds what any of these finds."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_CRITICAL = any_of(
    r"\b(?:fare|farlig|risiko|trussel) for (?:liv|helse|pasient\w*|brukar\w*|bruker\w*)",
    r"\bliv og helse\b|\bliv eller helse\b|\bliv og død\b|\blivstruende\b|\blivsfar\w*\b|\blivstruande\b|\b"
    r"life[- ]threatening\b|\blife and health\b|\blife safety\b",
    r"\bpasientsikkerhet\w*\b|\bpasienttryggleik\w*\b|\bpatient safety\b",
    r"\b(?:kritisk|kritiske|virksomhetskritisk\w*|samfunnskritisk\w*|critical|prioritet 1|p1|prio 1|pri 1)\b",
    r"\b(?:løsepenge\w*|løsepenger|ransomware|kryptovirus|datainnbrudd\w*|datainnbrot\w*|hacket|hacka|hacked|"
    r"hackerangrep|dataangrep|cyberangrep|data breach|"
    r"datalekkasje|personvernbrudd|personvernbrot|sikkerhetsbrudd|tryggleiksbrot|sikkerhetshendelse|phishing-?angrep|"
    r"security breach|lekket|lekka persondata)\b",
    r"\bfiler?(?:ne)? (?:er|blir|blei|ble) kryptert\w*",
    r"\b(?:hele|heile|the whole|entire|i hele)\s+(?:\w+\s)?(?:virksomhet\w*|verksemd\w*|etat\w*|kommun\w*|"
    r"bydel\w*)[^.!?\n]{0,60}?\b(?:nede|ned\b|står|stopp\w*|ute av drift|dødt?|får ikke|fær ikkje|får ikkje|kommer "
    r"ikke|kjem ikkje|"
    r"uten|utan|down|mistet|blokkert|ikke logget)",
    r"\b(?:alle|flere|fleire|mange)\s+(?:virksomhet\w*|verksemd\w*|etat\w*|bydel\w*|sykehjem\w*|"
    r"sjukeheim\w*)[^.!?\n]{0,60}?\b(?:nede|ned\b|står|stopp\w*|ute av drift|dødt?|får ikke|får ikkje|kommer ikke|"
    r"kjem ikkje|uten|utan|down)",
    r"\b(?:nede|ute av drift|dødt?|down|utilgjengelig)\b[^.!?\n]{0,40}\b(?:alle|flere|fleire|mange|hele|heile|all|"
    r"the whole)\s+(?:\w+\s)?"
    r"(?:virksomhet\w*|verksemd\w*|etat\w*|bydel\w*|kommun\w*|sykehjem\w*|sjukeheim\w*)",
)
# Where life hangs on it, a fault is critical even when the word is not used.
_VITAL = any_of(
    r"\b(?:legevakt\w*|vaktsentral\w*|alarmsentral\w*|nødnett\w*|nødsentral\w*|responssenter\w*|trygghetsalarm\w*|"
    r"tryggleiksalarm\w*|pasientvarsling\w*|pasientalarm\w*|sykesignal\w*|pasientsignal\w*|amk|110-sentral\w*|113|"
    r"barnevernvakt\w*)\b",
    r"\bmedisin(?:er|ering|ar|lister|lista|listene|listen|liste|dosett\w*|skap\w*|utdeling\w*|en|ene|ane|kort\w*|"
    r"doser\w*)\b|\bmedisinsk utstyr\b|\bmedication\w*\b|\blegemid\w*\b|\blegemidd\w*\b|\bdosett\w*\b",
    r"\bpasient\w*\b[^.!?\n]{0,40}\b(?:fare|haster|hastar|venter|liv|akutt|utan|uten|ikke)\b|\b(?:haster|hastar|"
    r"akutt|urgent)\b[^.!?\n]{0,40}\b(?:pasient\w*|patients?|bebo\w*|bebu\w*)\b",
    r"\b(?:døra|dørene|døren|utgang\w*|rømning\w*|brannalarm\w*|brannvarsl\w*)\b[^.!?\n]{0,40}\b(?:låst|sperret|"
    r"virker ikke|ute av drift|ikke)\b",
)
_FAULT = any_of(
    r"\b(?:nede|ned\b|ute av drift|stopp\w*|svikt\w*|feil\w*|virker|verkar|fungerer|fungerar|får|fær|kommer|kjem|"
    r"borte|vekk|henger|fryser|mist\w*|mangler|manglar|mangla|stenge?|lås\w*|down|fail\w*|not|dødt?|død|haster|"
    r"hastar|ikke|ikkje|ikk|tregt?)\b"
)
_NEGATION_BEFORE = re.compile(
    r"\b(?:ikke|ikkje|ikk|ingen|inga|uten|utan|neppe|verken|not|no|without|isn't|aldri|ikke noe|lite|er "
    r"det)\s+(?:\w+\s+){0,2}$"
)
_SPARED_BEFORE = re.compile(
    r"\b(?:gjelder|gjeld|rammer|påvirker|påverkar|affect) (?:ikke|ikkje)\s+(?:\w+\s+)?$|\b(?:ikke|ikkje|not) (?:på|i|"
    r"hos|for|in|at)\s+$|"
    r"\b(?:does not|doesn't) affect\s+(?:\w+\s+)?$"
)
_NEGATION_AFTER = re.compile(r"^\W*(?:haster|hastar)?\s*(?:ikke|ikkje|not)\b|^\s*(?:for|til) (?:oss )?(?:nei)\b")
_CALM = any_of(
    r"\b(?:haster|hastar|hast) (?:ikke|ikkje|på ingen måte)\b",
    r"\b(?:ikke|ikkje) (?:noe |noko |særlig |veldig |så )?(?:hast\w*|kritisk\w*|akutt|farlig)\b",
    r"\b(?:not|isn't|no) (?:\w+\s)?(?:urgent|critical|hurry|rush)\b",
    r"\bkan vente\b|\bingen (?:fare|hast|krise|panikk)\b|\binga hast\b|\bno rush\b",
)


def read_critical(text: str, support: bool = True) -> tuple[str, ...]:
    """The words that make it critical (G 5.1.2.2: real consequence), none when nothing does or it is denied.

    `support`: with an order, only words of danger and breach count, not the mere naming of a vital service.
    """
    low = plain(text)
    found = [text[hit.start() : hit.end()].strip() for hit in _CRITICAL.finditer(low) if not _denied(low, hit)]
    if support and not _CALM.search(low) and _FAULT.search(low):
        found.extend(text[hit.start() : hit.end()].strip() for hit in _VITAL.finditer(low) if not _spared(low, hit))
    return tuple(dict.fromkeys(found))


# A clause that says just this: "kritisk", "ja, det er kritisk", "kritisk ja". "Hvis det er kritisk" and
# "er det kritisk?" say something else.
_SAYS_CRITICAL = re.compile(
    r"(?:(?:ja|jo|jau|yes|nei|men|og|hei)\s+)*"
    r"(?:(?:det|dette|denne|den|feilen|feila|saken|saka|it|this)\s+)?(?:(?:er|e|is)\s+)?"
    r"(?:(?:veldig|svært|helt|heilt|nå|no|så absolutt|absolutt|very|now|jo|faktisk)\s+)*"
    r"(?:kritisk|critical)(?:\s+(?:feil|fault))?(?:\s*[:=-]?\s*(?:ja|yes|nå|no|now|her|for oss))*"
)
_CLAUSE_END = re.compile(r"[,;.!\n]|(?<=\?)|\s[–-]\s")


def says_critical(text: str) -> bool:
    """Whether a clause says outright that it is critical; a consequence from which it may follow is no such clause."""
    clauses = (clause.strip(" ()") for clause in _CLAUSE_END.split(plain(text)))
    return any(_SAYS_CRITICAL.fullmatch(clause) for clause in clauses)


def _spared(low: str, hit: re.Match[str]) -> bool:
    """It is said that just this is not hit; "får ikke opp medisinlister" is no such denial."""
    return bool(_SPARED_BEFORE.search(low[max(0, hit.start() - 30) : hit.start()]))


def _denied(low: str, hit: re.Match[str]) -> bool:
    before = re.split(r"[.!?,;\n]", low[max(0, hit.start() - 40) : hit.start()])[-1]
    return bool(_NEGATION_BEFORE.search(before) or _NEGATION_AFTER.match(low[hit.end() : hit.end() + 12]))
