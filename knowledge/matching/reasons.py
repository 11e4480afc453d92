"""Why a form is suggested, in words a person can check: what in the text hit, and the nearest example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.catalogue.form import Catalogue, Kind
from knowledge.matching.evidence import Evidence, Read
from knowledge.matching.learnt import NO_WORDING
from knowledge.matching.model import Reason
from knowledge.matching.norwegian import STOP_WORDS, stem, tokens
from knowledge.matching.reader import Reader
from knowledge.matching.wording import Wording

_WORDS_SHOWN = 4
_HITS = 12  # terms looked at for a candidate: function words among them are not shown
_EXPLAINED = 5  # candidates that get reasons; the rest are not shown to anybody
_COMPARED = 3  # candidates whose examples are compared with the text
_ALIKE = 0.4  # how much of text and example together must be shared for the example to be a reason
_NOTHING = STOP_WORDS | set("ikke feil feilen feiler feilmelding problem problemer hjelp ny nytt nye not".split())
_CLEAR_KIND = 1.5  # log odds from which the wording itself tells a fault from an order


class Reasons:
    """Finds the reasons for candidates of one catalogue."""

    def __init__(self, catalogue: Catalogue, wording: Wording, reader: Reader, evidence: Evidence) -> None:
        self._catalogue = catalogue
        self._reader = reader
        self._evidence = evidence
        self._wording = wording
        self._titles = [_stems(form.title) for form in catalogue]
        self._examples: dict[int, list[tuple[frozenset[str], str]]] = {}

    def of(self, read: Read, text: str, numbers: Sequence[int]) -> list[tuple[Reason, ...]]:
        """The reasons for some forms (places in the catalogue, best first): strongest words, then example and intent.

        `text` is what was read: words are shown as they are spelt there.

        Only the first few get any.
        """
        said = frozenset(stem(word) for word in read.reading.tokens if word not in STOP_WORDS)
        odds = self._evidence.faults.of(read.reading)
        explained = numbers[:_EXPLAINED]
        shown = {
            term: words for term, words in self._reader.shown(read.reading, text).items() if not _says_nothing(words)
        }
        found: list[tuple[Reason, ...]] = []
        for place, (number, hits) in enumerate(
            zip(explained, self._evidence.likeness.hits(read.reading, explained, _HITS), strict=True)
        ):
            reasons = self._words(shown, hits, number)
            if place < _COMPARED:
                reasons += self._example(said, number)
            kind = self._catalogue.forms[number].kind
            if kind is Kind.SUPPORT and odds >= _CLEAR_KIND:
                reasons.append(Reason("intent", "feil"))
            elif kind is Kind.SERVICE and odds <= -_CLEAR_KIND:
                reasons.append(Reason("intent", "bestilling"))
            found.append(tuple(reasons))
        return found + [()] * (len(numbers) - len(explained))

    def _words(self, shown: Mapping[str, str], terms: Sequence[str], number: int) -> list[Reason]:
        reasons: dict[str, Reason] = {}
        for term in terms:
            value = shown.get(term)
            if value is None or any(_within(value, other) for other in reasons):
                continue
            for other in [one for one in reasons if _within(one, value)]:
                del reasons[other]
            system = self._reader.system(term)
            if system is not None:
                reasons[value] = Reason("system", system)
            elif term.startswith("="):
                reasons[value] = Reason("synonym", value)
            else:
                reasons[value] = Reason("title" if term in self._titles[number] else "word", value)
            if len(reasons) == _WORDS_SHOWN:
                break
        return list(reasons.values())

    def _example(self, said: frozenset[str], number: int) -> list[Reason]:
        best, nearest = 0.0, ""
        for stems, example in self._examples_of(number):
            shared = len(said & stems)
            alike = shared / (len(said) + len(stems) - shared) if shared else 0.0
            if (alike, example) > (best, nearest):
                best, nearest = alike, example
        return [Reason("example", nearest)] if best >= _ALIKE else []

    def _examples_of(self, number: int) -> list[tuple[frozenset[str], str]]:
        """The examples of a form with their stems, worked out when the form is first compared: few ever are."""
        if number not in self._examples:
            wording = self._wording.forms.get(self._catalogue.forms[number].id, NO_WORDING)
            self._examples[number] = [(_stems(example), example) for example in wording.examples]
        return self._examples[number]


def _within(words: str, others: str) -> bool:
    return f" {words} ".lower() in f" {others} ".lower()


def _says_nothing(words: str) -> bool:
    """Whether words would not convince anybody: "ikke" and "feil" fit every fault, "trenger" every order."""
    return all(word in _NOTHING for word in tokens(words))


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if word not in STOP_WORDS)
