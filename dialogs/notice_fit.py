"""Whether what somebody tells is about the matter of a notice: by system, by virksomhet, by words (G 5.1.2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.case import Notice
from knowledge.organisation import Virksomhet
from knowledge.systems import SystemRegister

_ENOUGH_WORDS = 2
_ENOUGH_BESIDE_A_SYSTEM = 3
"""A notice that names a system is about that system; a report that names none must say more of the same."""
_WORD = re.compile(r"[a-zæøå0-9]{4,}")
_EVERYDAY = frozenset(
    "ikke ikkje siden sidan noen nokon alle hele heile virker verkar fungerer feil problem problemer melding "
    "brukere brukarar bruker brukar klokka kommer skal kunne blir eller etter under over mange flere fleire "
    "dette nede ingen inga logget logga logge innlogging åpne åpnet starter startet starta omstart prøvd prøvde "
    "treg tregt henger avdelingen avdelinga kontoret bydelen bydelene etaten virksomheten kommunen ansatte tilsette "
    "jobbe jobber arbeide stopper stoppet feilmelding morges dag noko fleste".split()
)
# What is said to be down or slow is the matter, whether the register knows it or not: "VPN er nede".
_SUBJECT = re.compile(
    r"\b([a-zæøå0-9]{3,})(?:\s+\w+)?\s+(?:er|var)\s+(?:helt\s+|heilt\s+)?(?:nede|borte|ustabil\w*|treg\w*|ute)\b|"
    r"\b([a-zæøå0-9]{3,})\s+(?:feiler|feilar|henger|virker ikke|fungerer ikke|verkar ikkje)\b"
)
_EVERYBODY = re.compile(r"\b(?:alle|everyone|everybody|all)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NoticeMatter:
    """What a notice is about: the systems it names, its telling words, and what it says is down (`subjects`)."""

    systems: frozenset[str]
    words: frozenset[str]
    subjects: frozenset[str] = frozenset()

    def is_in(self, told: str, more: str, its_systems: frozenset[str]) -> bool:
        """Whether a report is about it. told: what may name a system, those it names (`systems_in`) are `its_systems`;
        more: the rest of its words.
        """
        if self.systems & its_systems:
            return True
        if self.systems and its_systems:
            return False
        if self.subjects & frozenset(re.findall(r"\w+", told.lower())):
            return True
        shared = len(self.words & _words(f"{told} {more}"))
        return shared >= (_ENOUGH_BESIDE_A_SYSTEM if self.systems else _ENOUGH_WORDS)


def matter_of(notice: Notice, register: SystemRegister) -> NoticeMatter:
    """Read out of what it says happens, to whom, and with what consequence."""
    about = f"{notice.what} {notice.affected} {notice.consequence}"
    subjects = {one for hit in _SUBJECT.finditer(notice.what.lower()) for one in hit.groups() if one}
    return NoticeMatter(systems_in(about, register), _words(about), frozenset(subjects) - _EVERYDAY)


def hits(notice: Notice, virksomhet: str, virksomheter: Mapping[str, Virksomhet]) -> bool:
    """Whether people of this virksomhet are among those it affects, as far as it says; unknown counts as yes."""
    if not virksomhet or _EVERYBODY.search(notice.affected):
        return True
    named = {
        code
        for code, one in virksomheter.items()
        if re.search(rf"\b(?:{code}|{re.escape(one.name)})\b", notice.affected)
    }
    return not named or virksomhet in named


def systems_in(text: str, register: SystemRegister) -> frozenset[str]:
    """The ids of the systems a text names."""
    return frozenset(hit.system.id for hit in register.find(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower())) - _EVERYDAY
