"""Which option of a choice, and whether a yes or no, running text says. A doubtful one is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from knowledge.reading.working import says_it_works

WORD = re.compile(r"[a-zæøåéü0-9]+\+?")
MIN_STEM = 4
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
BRACKETS = re.compile(r"\s*\([^)]*\)|\?")
_CLAUSE_END = re.compile(
    r"(?<=[!?;])\s+|(?<=[^\d]\.)\s+|(?<=\d\.)\s+(?=[A-ZÆØÅ])|\n+|"
    r",\s+(?=men\b|og\b|mens\b|but\b|while\b|resten\b|alt annet\b|alt anna\b|ellers\b)"
)
# A clause about what still works does not say what is wrong.
_REST = re.compile(r"\b(?:resten|alt annet|alt anna|everything else)\b(?!.*\b(?:ikke|ikkje|not)\b)")
# "Kameraet virker, men ikke lyden": the sound is what is wrong, not what is ruled out.
_BUT_NOT = re.compile(r"^(?:men|but)\s+(?:ikke|ikkje|not)\s+", re.IGNORECASE)
_INNER_CAPITAL = re.compile(r"[a-zæøå][A-ZÆØÅ]")
# Names that look like the plural of a word.
_NAMES = frozenset({"teams"})
# "Min leder er Per", "leder Mona Berg" name a person, not the role that is wanted.
SOMEBODY = re.compile(
    r"\b(?:min|mi|vår|my|our)\s+(?:leder|leiar|sjef|manager)\b"
    r"|\b[^\W\d_]*(?:leder|leiar|sjef|manager)(?:en)?\s+(?:(?:er|is|heter|heiter)\s+|:\s*)?"
    r"(?=(?-i:[A-ZÆØÅ][a-zæøåé]+\s[A-ZÆØÅ][a-zæøåé]+))",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|uten|utan|nei|not|(?<!\.)no|without|aldri)\b", re.IGNORECASE)
# "Prøvd uten hell" has been tried.
_IN_VAIN = re.compile(
    r"\b(?:uten|utan)\s+(?:hell|å\s+lykkes|suksess|resultat)\b|\bmen det hjalp (?:ikke|ikkje)\b", re.IGNORECASE
)
# Words of an option or a question that alone say nothing about which one is meant.
EMPTY = frozenset(
    "ny nytt nye ønsket dato navn type hva hvor når hvem på i av til fra og eller for med det er en et den kort "
    "gjelder valg annet liste bruk".split()
)
# Whom a question is about says nothing of the answer: "Brukeren har tatt vare på bokmerker".
_SUBJECTS = frozenset("brukeren brukerne maskinen ansatte noen jobben kurs".split())
_ADDS_NOTHING = re.compile(r"s?(?:modul|del|bilde|bilete|side|visning|registrering|funksjon|fane)\w{0,3}$")
_MOST_WORDS_OF_AN_ANSWER = 3
_ACTS_ON = r"\b(?:bytte?r?|byter?|endrer?|skifter?|fjerner?|sletter?|change|replace|remove)\s+(?:(?:vår|our|the)\s+)?"
_ENDINGS = ("en", "et", "er", "ene", "n", "s", "a")
# What people say for the words of the catalogue's questions, Norwegian and English.
_ALSO_SAID: Mapping[str, frozenset[str]] = {
    "hjemmekontor": frozenset({"hjemmefra", "heimefrå", "heimanfrå", "hjemme", "heime", "home"}),
    "ios": frozenset({"iphone", "iphonen", "ipad", "ipaden", "iphoner"}),
    "ikke": frozenset({"ikkje", "ikk", "not"}),
    "forsøkt": frozenset({"prøvd", "prøvde", "prøvt", "testet", "tried"}),
    "oppgitt": frozenset(
        {"oppga", "oppgav", "oppgi", "tastet", "tasta", "entered", "gave", "skrev", "skrevet", "skreiv"}
    ),
    "trykket": frozenset({"klikket", "klikka", "klikte", "trykte", "trykka", "clicked"}),
    "lenken": frozenset({"link", "linken", "lenkja", "linkene"}),
    "passord": frozenset({"password", "passordet"}),
    "signert": frozenset({"signed", "underskrevet", "skrevet"}),
    "taushetserklæring": frozenset({"confidentiality", "nda", "teieerklæring"}),
    "varslet": frozenset({"varsla", "informert", "notified"}),
    "fratredelse": frozenset(
        "sagt sagd oppsagt oppsagd sluttet slutta slutter sluttar avskjediget avskjediga sparket sparka fired".split()
    ),
    "arrangementskode": frozenset(
        "arrangement arrangementet folkemøte folkemøtet foreldremøte konferanse konferansen seminar event".split()
    ),
    "åpning": frozenset("åpne åpnes åpen åpningen opne opnes open opened".split()),
    "mobile": frozenset("telefon telefonen telefonar telefoner mobil mobilen mobilane phone phones".split()),
    # Who may write may read too.
    "lese": frozenset({"lesetilgang", "leserett", "lesarett", "read", "skrivetilgang", "skriverett", "write"}),
    "skrive": frozenset({"skrivetilgang", "skriverett", "write"}),
    "skade": frozenset({"gulvet", "golvet", "knust", "sprukket", "sprukke", "dropped", "cracked", "smashed"}),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of what somebody wrote, in small letters too, and its words. `chooses`: it may say what is wrong."""

    text: str
    low: str
    words: tuple[str, ...]
    chooses: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of an option, with what its look-alikes begin and end with."""

    word: str
    stem: str
    also: frozenset[str]

    def stands_in(self, words: Sequence[str]) -> bool:
        """Whether it stands among the words, up to its ending."""
        if self.word in words or not self.also.isdisjoint(words):
            return True
        return any(self._is_in(word) for word in words)

    def _is_in(self, word: str) -> bool:
        part = self.word
        if word in _NAMES or part.endswith("+"):  # "Websak+" is no "Websak"
            return False
        alike = part[0] == word[0]
        if min(len(part), len(word)) < MIN_STEM:
            return alike and len(part) > 1 and any(word == part + ending for ending in _ENDINGS)
        # An ending of up to five letters ("projektor" - "projektoren"), or the last part of a compound ("testserver",
        # "jobbmobilen"), or one letter wrong ("exel", "fråvær").
        if alike and word.startswith(self.stem) and len(word) - len(self.stem) <= 5:
            return True
        # A last part that adds nothing: "opptaksmodulen", "fraværsregistreringa".
        if alike and word.startswith(part) and _ADDS_NOTHING.match(word, len(part)):
            return True
        if len(part) <= MIN_STEM:
            return False
        if part in word and any(word.endswith(part + ending) for ending in ("", "en", "et", "ene")):
            return True
        return alike and abs(len(part) - len(word)) <= 1 and OSA.distance(part, word, score_cutoff=1) <= 1


@dataclass(frozen=True, slots=True)
class _Option:
    """An option as it is looked for. `alternatives`: what is parted by a slash or a comma, when there are several."""

    low: str
    words: str
    parts: tuple[_Part, ...]
    alternatives: tuple[tuple[_Part, ...], ...]
    denied: re.Pattern[str]
    beside: tuple[_Part, ...] = ()
    """what stands in brackets: "Websak+ (nett)" """

    def words_in(self, words: Sequence[str]) -> int:
        """How many of its words stand among the words, up to their endings; 0 when one of them is missing."""
        if self.parts and all(part.stands_in(words) for part in self.parts):
            return len(self.parts)
        return int(any(all(part.stands_in(words) for part in one) for one in self.alternatives))


def clauses_of(text: str) -> list[Clause]:
    """The clauses of a text, as far as they can say different things."""
    return [
        _clause(_BUT_NOT.sub("", part))
        for clause in map(str.strip, _CLAUSE_END.split(text))
        for part in _parts_of(clause)
        if part
    ]


def _parts_of(clause: str) -> Sequence[str]:
    """A clause, parted at its commas where a part of it tells what works."""
    if "," not in clause:
        return (clause,)
    parts = [part.strip() for part in clause.split(",")]
    return parts if any(says_it_works(part.lower()) for part in parts) else (clause,)


def _clause(text: str) -> Clause:
    low = SOMEBODY.sub(" ", text).lower().replace("→", "til")
    chooses = not (says_it_works(low) or _REST.search(low))
    return Clause(text, low, tuple(WORD.findall(low)), chooses)


def chosen(clauses: Sequence[Clause], options: Sequence[str], said_as: Sequence[Sequence[str]] = ()) -> str | None:
    """The one option whose words stand in a clause; `said_as` has what each is called in other languages.

    Two options are no choice, unless one holds the other, stands there word for word, or has more of its words there.
    """
    hits: dict[str, tuple[int, _Option]] = {}
    for option, seeks in _looked_for(tuple(options), tuple(map(tuple, said_as))).items():
        found = [(_hits_in(clauses, seek), seek) for seek in seeks]
        best = max(found, key=lambda one: one[0])
        if best[0]:
            hits[option] = best
    longest = [
        one
        for one, (_, seek) in hits.items()
        if not any(one != to and seek.low in by.low for to, (_, by) in hits.items())
    ]
    if len(longest) < 2:
        return longest[0] if longest else None
    said = " ".join(WORD.findall(" ".join(clause.low for clause in clauses)))
    word_for_word = [one for one in longest if f" {hits[one][1].words} " in f" {said} "]
    acted_on = [one for one in word_for_word if re.search(rf"{_ACTS_ON}{re.escape(hits[one][1].words)}", said)]
    if len(word_for_word) > 1 and len(acted_on) == 1:
        # "Som IKT-hovedkontakt vil jeg bytte stedfortreder": what is acted on is meant, and not who says so.
        return acted_on[0]
    word_for_word = word_for_word or [one for one in longest if hits[one][1].words in said]
    if word_for_word:
        return word_for_word[0] if len(word_for_word) == 1 else None
    most = max(hits[one][0] for one in longest)
    of_most = [one for one in longest if hits[one][0] == most]
    return of_most[0] if len(of_most) == 1 and most > 1 else None


def chosen_in(text: str, options: Sequence[str], said_as: Sequence[Sequence[str]] = ()) -> str | None:
    """As `chosen`, of a text that is one clause."""
    return chosen([_clause(text)], options, said_as)


def only_said(text: str, options: Sequence[str], said_as: Sequence[Sequence[str]] = ()) -> str | None:
    """ "Klienten" for "Klient i AKS", in answer to the question: the one option that has all the words of a short
    answer, up to their endings."""
    words = [word for word in WORD.findall(text.lower()) if word not in EMPTY]
    if not 0 < len(words) <= _MOST_WORDS_OF_AN_ANSWER:
        return None
    looked_for = _looked_for(tuple(options), tuple(map(tuple, said_as)))
    hits = [
        option
        for option, seeks in looked_for.items()
        if any(
            all(any(part.stands_in((word,)) for part in (*one.parts, *one.beside)) for word in words) for one in seeks
        )
    ]
    return hits[0] if len(hits) == 1 else None


def _hits_in(clauses: Sequence[Clause], seek: _Option) -> int:
    """How many of its words stand in the one clause that has most of them, where it is not ruled out."""
    counts = [seek.words_in(one.words) for one in clauses if one.chooses and not seek.denied.search(one.low)]
    return max(counts, default=0)


def yes_or_no(clauses: Sequence[Clause], label: str) -> str | None:
    """ "ja" when a clause says what the label asks, "nei" when it denies it."""
    needed = _asked(label)
    if not needed:
        return None
    # "Permanent" and nothing else: the first word of a label of two says it.
    said_alone = len(WORD.findall(BRACKETS.sub("", label))) == 2
    for clause in clauses:
        if said_alone and len(clause.words) == 1 and needed[0].stands_in(clause.words):
            return "ja"
        if all(part.stands_in(clause.words) for part in needed):
            return "nei" if _NEGATION.search(_IN_VAIN.sub(" ", clause.text)) else "ja"
    return None


# A form's options and labels are looked for in every message, so they are taken apart once.
@lru_cache(maxsize=2048)
def _looked_for(options: tuple[str, ...], said_as: tuple[tuple[str, ...], ...]) -> Mapping[str, tuple[_Option, ...]]:
    """Each option with the ways it is called; a short word of another language is a word of this one too ("no")."""
    others = said_as or ((),) * len(options)
    return {
        option: tuple(map(_option, dict.fromkeys((option, *(one for one in also if len(one) >= MIN_STEM)))))
        for option, also in zip(options, others, strict=True)
    }


@lru_cache(maxsize=2048)
def _asked(label: str) -> tuple[_Part, ...]:
    parts = [part for part in WORD.findall(BRACKETS.sub("", label).lower()) if len(part) >= 5 and part not in EMPTY]
    return tuple(map(_part, [part for part in parts if part not in _SUBJECTS][:2] or parts[:2]))


@lru_cache(maxsize=2048)
def _option(text: str) -> _Option:
    # "Intern → sikker sone" is said "intern til sikker sone".
    low = text.lower().replace("→", "til")
    words = WORD.findall(low)
    parts = [part for part in WORD.findall(BRACKETS.sub("", text).lower()) if part not in EMPTY] or words
    alternatives = [part for part in re.split(r"\s*/\s*|,\s*", low) if len(part) >= MIN_STEM - 1]
    names = {word.lower() for word in re.findall(r"\w+", text) if _INNER_CAPITAL.search(word)}
    # "Ingen ytre skade": the option is named to be ruled out.
    first = re.escape(words[0]) if words else ""
    denied = re.compile(rf"\b(?:ingen|inga|ikke|ikkje|uten|utan|no|not|without)\s+(?:\w+\s+)?{first}")
    return _Option(
        low=low,
        words=" ".join(words),
        parts=tuple(_part(part, part in names) for part in parts),
        alternatives=tuple(tuple(map(_part, WORD.findall(one))) for one in alternatives)
        if len(alternatives) > 1
        else (),
        denied=denied,
        beside=tuple(
            _part(one) for found in _IN_BRACKETS.findall(low) for one in WORD.findall(found) if one not in EMPTY
        ),
    )


def _part(word: str, is_name: bool = False) -> _Part:
    # A name is no word with an ending: "helse" is not "HelseID".
    stem = word if is_name else word[: max(MIN_STEM, len(word) - 2)]
    return _Part(word, stem, _ALSO_SAID.get(word, frozenset()))
