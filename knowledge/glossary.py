"""The glossary (G 2.2 and the words the other chapters use): what a term means, when someone asks.

Only a question that is about the term itself counts: «hva er Citrix?» is one, «hva er galt med Citrix?» is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.errors import BrokenKnowledge
from knowledge.matching.norwegian import stem, tokens
from knowledge.organisation import Organisation, check_placeholders
from knowledge.yaml_files import Section, read_yaml

MAX_QUESTION = 200
"""A longer text is not a question about a word."""

_POLITE = re.compile(
    r"^(?:(?:hei|hallo|hello|hi|unnskyld|eh+|men|og|så|ok|okei)\b[\s,!.]*)*"
    r"(?:(?:jeg|eg)\s+(?:bare\s+|berre\s+)?(?:lurer|lurar|undrer|undrast)\s+på\s+|(?:vet|veit)\s+(?:du|dere|de|dykk)\s+"
    r"|(?:jeg|eg)\s+(?:vet|veit|skjønner|skjønar|forstår)\s+(?:ikke|ikkje)\s+"
    r"|(?:kan|kunne)\s+(?:du|dere|de|noen|nokon)\s+(?:si|seie|fortelle|fortelje|forklare|forklara)\s*(?:meg|me)?\s+"
    r"|i\s+(?:do\s+not|don't)\s+know\s+|do\s+you\s+know\s+|(?:can|could)\s+you\s+(?:please\s+)?(?:tell|explain)\s+(?:me\s+)?"
    r"|i\s+(?:just\s+)?wonder\s+)?"
)
_BE = r"(?:er|var|e|is|are)"
_QUESTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:hva|kva|ka|hvem|kven|what|who)\s+{_BE}\s+meant\s+by\s+(?P<term>.+)",
        r"(?:hva|kva|ka)\s+(?:betyr|betyder|tyder|betyr det med|innebærer|inneber)\s+(?P<term>.+)",
        r"(?:hva|kva|ka)\s+(?:menes|meines|meinast|er meint|er ment)\s+(?:egentlig\s+|eigentleg\s+)?med\s+(?P<term>.+)",
        r"(?:hva|kva|ka)\s+(?:mener|meiner)\s+(?:du|dere|de|dykk|man|ein)\s+med\s+(?P<term>.+)",
        r"(?:hva|kva|ka)\s+står\s+(?P<term>.+?)\s+for",
        r"(?:hva|kva|ka)\s+vil\s+(?:det\s+)?(?:si|seie)\s+(?:med\s+)?(?P<term>.+)",
        r"(?:hva|kva|ka)\s+(?P<term>.+?)\s+(?:er|betyr|tyder|er for noe|er for noko)",
        rf"(?:hva|kva|ka|hvem|kven|what|who)\s+{_BE}\s+(?P<term>.+)",
        r"what\s+(?:does|do)\s+(?P<term>.+?)\s+(?:mean|stand\s+for)",
        r"what\s+(?P<term>.+?)\s+(?:is|are|means|stands\s+for)",
        r"(?:hva|kva|ka)\s+gj(?:ør|er)\s+(?P<term>(?:en|ei|et|ein|eit)\s+.+)",
        r"(?:forklar|forklare|definer|explain|define)\s+(?:meg\s+)?(?P<term>.+)",
        r"(?:definisjon(?:en)?\s+(?:av|på)|the\s+meaning\s+of|meaning\s+of)\s+(?P<term>.+)",
    )
)
_BARE = re.compile(r"(?P<term>[^?]{1,40})\s*\?+")
_BEFORE = re.compile(
    r"^(?:en|ei|et|ein|eit|den|det|a|an|the|såkalt|såkalte|ordet|begrepet|omgrepet|uttrykket|forkortelsen|forkortinga|rollen|rolla"
    r"|betydningen av|term|word)\s+"
)
_AFTER = re.compile(
    r"\s+(?:for noe|for noko|for noe rart|egentlig|eigentleg|nå igjen|no igjen|igjen|da|her|hos dere|hos dykk|i kompass"
    r"|in kompass|i oslo kommune|forresten|again|then|exactly)$"
)
_SHORT_IS = re.compile(r"\b(what|who)['’]s\b")
_QUOTES = re.compile(r"[«»\"“”„'`´]")


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `names` are all ways to write it, the shown one first; `explanation` is by language (nb, nn, en).

    Explanations may hold placeholders: show them with `explained`.
    """

    key: str
    names: tuple[str, ...]
    explanation: Mapping[str, str]
    chapter: str
    see: tuple[str, ...] = ()
    """keys of terms that belong to it"""

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0]

    def explained(self, language: str, organisation: Organisation) -> str:
        """The explanation in a language, with the organisation's facts filled in."""
        return organisation.fill(self.explanation[language])


class Glossary:
    """All terms. Immutable."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: tuple[Term, ...] = tuple(terms)
        self._by_key = {term.key: term for term in self.terms}
        self._by_name: dict[str, Term] = {}
        for term in self.terms:
            for name in term.names:
                taken = self._by_name.setdefault(_name_key(name), term)
                if taken is not term:
                    raise BrokenKnowledge(f"the name {name} belongs to both {taken.key} and {term.key}")
        for term in self.terms:
            for key in term.see:
                if key not in self._by_key:
                    raise BrokenKnowledge(f"term {term.key}: see: there is no term {key}")
        self._long_names = [name for name in self._by_name if len(name) >= 6]

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def get(self, key: str) -> Term | None:
        """The term with this key, or None."""
        return self._by_key.get(key)

    def named(self, name: str) -> Term | None:
        """The term with this name, in any case, inflected, or a little misspelt when it is long; else None."""
        key = _name_key(name)
        found = self._by_name.get(key)
        if found is None and len(key) >= 6:
            errors = 1 if len(key) < 9 else 2
            near = process.extractOne(key, self._long_names, scorer=OSA.distance, score_cutoff=errors)
            found = self._by_name[near[0]] if near is not None else None
        return found

    def explain(self, text: str) -> Term | None:
        """The term a question is about, or None when the text is no question about a term of the glossary."""
        if len(text) > MAX_QUESTION:
            return None
        said = " ".join(_QUOTES.sub(" ", _SHORT_IS.sub(r"\1 is", text.lower())).split())
        question = _POLITE.sub("", said, count=1).strip(" ?!.,:;")
        for pattern in _QUESTIONS:
            match = pattern.fullmatch(question)
            if match is not None and (term := self.named(_trimmed(match["term"]))) is not None:
                return term
        bare = _BARE.fullmatch(said)
        return self.named(_trimmed(bare["term"])) if bare is not None else None


def load_glossary(path: Path) -> Glossary:
    """Read the glossary; raises BrokenKnowledge with file and term."""
    root = Section(read_yaml(path), str(path))
    terms = []
    for key, section in root.named_sections("terms"):
        term = Term(
            key=key,
            names=section.texts("names"),
            explanation=section.each_language("explanation"),
            chapter=section.text("chapter"),
            see=section.texts_or_none("see"),
        )
        section.done()
        for language, text in term.explanation.items():
            check_placeholders(text, f"{section.where}: explanation: {language}")
        terms.append(term)
    root.done()
    try:
        return Glossary(terms)
    except BrokenKnowledge as error:
        raise BrokenKnowledge(f"{path}: {error}") from error


def _trimmed(term: str) -> str:
    """The term without article before it and small words after it."""
    previous = ""
    while term != previous:
        previous = term
        term = _AFTER.sub("", _BEFORE.sub("", term)).strip(" ?!.,:;")
    return term


def _name_key(name: str) -> str:
    """A name as it is looked up: word stems run together, so that «problem-sak» and «problemsaken» are the same."""
    words = tokens(name)
    return "".join(words[:-1]) + stem(words[-1]) if words else ""
