"""Which language a message is written in: bokmål, nynorsk or English (DESIGN 3, G 5.1.1).

Counted by small words that one language has and the others lack. Few words decide nothing: the conversation keeps its
language until a message speaks clearly, so that "ok" or an English product name does not switch it.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-zæøåéèòôA-ZÆØÅ]+")
# What a screen said is no speech of the person's: "får opp «Your account has been locked»".
_QUOTED = re.compile(r"«[^»]{0,300}»|\"[^\"]{0,300}\"|“[^”]{0,300}”")

# Words of one language that the others do not have, nor the names of programs. "Me" is English too ("just me"), "her"
# and "form" are Norwegian too, and nynorsk says "også", "hos" and "blir" as well: such words tell nothing.
_NYNORSK = frozenset(
    "eg ikkje ein eit kva kvar kor korleis kvifor kven kvarandre nokon noko nokre frå berre mykje meir vere vert "
    "verte vore dei dykk dykkar heile ho hennar sjølv gjere gjer seier fekk gjekk datamaskina tilgong treng trengst "
    "arbeide skrive skule skulen skular veke vekene opne kjem verkar verka fungerar startar stoppar manglar gjeld "
    "måndag tysdag laurdag sundag ynskjer ønskjer hjå medan heimekontor saman gløymt gløymde løyse løysing løyser "
    "teke høyrer trur fleire eigen eige eiga eigar leiar leiaren brukar brukaren brukarar brukarane brukarnamn "
    "skrivar skrivaren skrivarar tilsett tilsette namn namnet vidare fær lèt utan innan mellombels einaste vegner "
    "tenesta teneste tenester verksemd verksemda".split()
)
_BOKMAAL = frozenset(
    "jeg ikke hva hvor hvordan hvorfor hvem hvilken hvilket hvilke noe noen fra bare mye mer være siden hele hun "
    "hennes selv gjøre gjør sier fikk gikk trenger uke uken ukene mandag tirsdag lørdag søndag ønsker kommer skriver "
    "skriveren bruker brukeren brukere virker virket starter stopper mangler gjelder jobber logget åpne åpner vet "
    "saken meldingen maskinen feilen filen avdelingen glemt navn ansatt ansatte leder hjemme sammen tjeneste "
    "tjenesten skole skolen dere deres".split()
)
_ENGLISH = frozenset(
    "the is are was were our we you your not can cannot could would should does do don doesn didn isn won couldn have "
    "has had need needs want wants how what where which who whose why when please and with from since this that these "
    "those their it they she them after before into help of any like been being working work works worked hello hi "
    "thanks thank there forgot forgotten because if everyone everybody nobody anyone someone something nothing "
    "anything about yesterday today tomorrow morning afternoon broken wrong slow unable able still again "
    "mailbox users people doing done getting says tried trying my exist exists started joined account accounts "
    "password computer screen keeps stopped colleague colleagues employee employees cant dont doesnt isnt im "
    "his but only new".split()
)

# A language is chosen when at least this many of its own words stand in the message and no other has as many.
_CLEAR = 2
# So short a message is clear by one unmistakable word, when nothing speaks against it.
_FEW_WORDS = 8
_SHARE_OF_FEW = 0.15
_SHOUTED = 2
_SHORT = 4
# Courtesies that people of every language write: alone they are no language.
_COURTESIES = frozenset({"thanks", "thank", "please", "you", "hi"})

NAMES = {
    "nynorsk": "nn", "bokmål": "nb", "bokmaal": "nb", "norsk": "nb", "norwegian": "nb",
    "engelsk": "en", "english": "en",
}  # fmt: skip
_NAME = "|".join(NAMES)
_ASKING = (
    r"(?:hei|hi|hello|kan|kunne|kunna|du|dere|de|vi|me|jeg|eg|vil|ville|ha|få|ta|skriv|skrive|snakk|snakke|svar|svare|"
    r"bytt|byt|bytte|byte|gå|bruk|bruke|helst|gjerne|heller|det|alt|over|til|på|språk|målform|"
    r"can|could|would|may|we|you|i|do|please|switch|change|speak|write|answer|reply|use|prefer|like|want|continue|it|this|"
    r"to|in|language|have)"
)
_THANKS = r"(?:takk|please|pls|thanks|thank|you|er|du|snill|i\s+stedet|i\s+staden|instead|no|nå)"
_ASKED = re.compile(
    rf"^\W*(?:(?P<before>{_ASKING})[\s,:]+)*(?P<name>{_NAME})(?P<after>[\s,]+{_THANKS})*\W*$", re.IGNORECASE
)
_NO_NORWEGIAN = re.compile(
    r"^\W*(?:sorry,?\s+)?i\s+(?:do\s+not|don'?t|can'?t|cannot)\s+(?:speak|read|understand|write|know)\s+(?:any\s+)?norwegian\W*$",
    re.IGNORECASE,
)
# These alone may be an answer to something else, such as which keyboard.
_NEEDS_A_WORD = frozenset({"norsk", "engelsk", "norwegian"})


def asked_language(text: str) -> str | None:
    """The language that this message asks for, and says nothing else: "på nynorsk, takk", "can you speak English?"."""
    if _NO_NORWEGIAN.match(text):
        return "en"
    found = _ASKED.match(text[:120])
    if found is None:
        return None
    name = found["name"].lower()
    alone = found["before"] is None and found["after"] is None
    return None if alone and name in _NEEDS_A_WORD else NAMES[name]


def detect_language(text: str) -> str | None:
    """ "nb", "nn" or "en" when the message speaks clearly, else None. Reads the first 2 000 characters."""
    written = _WORD.findall(_QUOTED.sub(" ", text[:2000]))
    # "SAM/IT", "IS": a few capitals are an abbreviation, unless all is written so.
    shouted = len(written) > _SHOUTED and all(word.isupper() for word in written)
    words = [word.lower() for word in written if shouted or not (1 < len(word) <= _SHORT and word.isupper())]
    if not set(words) - _COURTESIES:
        return None
    # "Windows Hello" greets nobody.
    words = [word for place, word in enumerate(words) if place == 0 or word != "hello"]
    counts = {
        "nn": sum(word in _NYNORSK for word in words),
        "nb": sum(word in _BOKMAAL for word in words),
        "en": sum(word in _ENGLISH for word in words),
    }
    best = max(counts, key=lambda language: counts[language])
    second = max(count for language, count in counts.items() if language != best)
    # Bokmål is what is spoken anyway, so it needs no such leave.
    short = best != "nb" and second == 0 and len(words) <= _FEW_WORDS and counts[best] >= _SHARE_OF_FEW * len(words)
    if counts[best] < (1 if short else _CLEAR) or counts[best] == second:
        return None
    return best
