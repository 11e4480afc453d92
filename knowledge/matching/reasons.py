"""Why a form is suggested, in words a person can check: what in the text hit, and the nearest example."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.catalogue.form import Catalogue, Kind
from knowledge.matching.evidence import Evidence, Read
from knowledge.matching.learnt import NO_WORDING
from knowledge.matching.model import Reason
from knowledge.matching.norwegian import STOP_WORDS, stem, tokens, written
from knowledge.matching.profiles import Integers
from knowledge.matching.reader import Reader
from knowledge.matching.wording import Wording

_WORDS_SHOWN = 4
_HITS = 12  # terms looked at for a candidate: function words among them are not shown
_EXPLAINED = 5  # candidates that get reasons; the rest are not shown to anybody
_COMPARED = 3  # candidates whose examples are compared with the text
_ALIKE = 0.4  # how much of text and example together must be shared for the example to be a reason
# Would not convince anybody: "ikke" and "feil" fit every fault, "trenger" every order.
_NOTHING = STOP_WORDS | set("ikke feil feilen feiler feilmelding problem problemer hjelp ny nytt nye not".split())
_CLEAR_KIND = 1.5  # log odds from which the wording itself tells a fault from an order


class Reasons:
    """Finds the reasons for candidates of one catalogue."""

    def __init__(self, catalogue: Catalogue, wording: Wording, reader: Reader, evidence: Evidence) -> None:
        self._catalogue = catalogue
        self._reader = reader
        self._evidence = evidence
        self._wording = wording
        self._titles: dict[int, frozenset[str]] = {}
        self._examples: dict[int, _Examples] = {}

    def of(self, read: Read, text: str, numbers: Sequence[int]) -> list[tuple[Reason, ...]]:
        """The reasons for some forms (places in the catalogue, best first): strongest words, then example and intent.

        `text` is what was read: words are shown as they are spelt there.

        Only the first few get any.
        """
        said = self._numbers({stem(word) for word in read.reading.tokens if word not in STOP_WORDS})
        odds = self._evidence.faults.of(read.numbered)
        explained = numbers[:_EXPLAINED]
        term_of = dict(zip(read.numbered.words.numbers.tolist(), read.reading.words, strict=True))
        hits = [[term_of[hit] for hit in one] for one in self._evidence.likeness.hits(read.numbered, explained, _HITS)]
        spelt = written(text)
        shown = {
            term: " ".join(spelt.get(word, word) for word in words)
            for term, words in self._reader.behind(read.reading, {term for one in hits for term in one}).items()
            if not _NOTHING.issuperset(words)
        }
        found: list[tuple[Reason, ...]] = []
        for place, (number, terms) in enumerate(zip(explained, hits, strict=True)):
            reasons = self._words(shown, terms, number)
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
                reasons[value] = Reason("title" if term in self._title_of(number) else "word", value)
            if len(reasons) == _WORDS_SHOWN:
                break
        return list(reasons.values())

    def _title_of(self, number: int) -> frozenset[str]:
        """The stems of a form's title, worked out when the form is first explained."""
        if number not in self._titles:
            self._titles[number] = _stems(self._catalogue.forms[number].title)
        return self._titles[number]

    def _example(self, said: Integers, number: int) -> list[Reason]:
        examples = self._examples_of(number)
        if not examples.texts or not len(said):
            return []
        among = np.zeros(len(self._evidence.learnt.vocabulary.words), dtype=np.int64)
        among[said] = 1
        among[-1] = 0  # what is unknown is shared with nothing
        shared = np.add.reduceat(among[examples.stems], examples.starts)
        alike = shared / (len(said) + examples.sizes - shared)
        best = alike.max()
        if best < _ALIKE:
            return []
        return [Reason("example", max(examples.texts[place] for place in np.flatnonzero(alike == best)))]

    def _examples_of(self, number: int) -> _Examples:
        """The examples of a form with their stems, worked out when the form is first compared: few ever are."""
        if number not in self._examples:
            wording = self._wording.forms.get(self._catalogue.forms[number].id, NO_WORDING)
            stems = [(text, self._numbers(_stems(text))) for text in wording.examples]
            stems = [(text, numbers) for text, numbers in stems if len(numbers)]
            sizes = np.array([len(numbers) for _, numbers in stems], dtype=np.int64)
            together = np.concatenate([numbers for _, numbers in stems]) if stems else sizes
            self._examples[number] = _Examples(
                tuple(text for text, _ in stems), together.astype(np.int32), sizes.cumsum() - sizes, sizes
            )
        return self._examples[number]

    def _numbers(self, stems: Collection[str]) -> Integers:
        return self._evidence.learnt.vocabulary.words.of(stems)


@dataclass(frozen=True, slots=True)
class _Examples:
    """Examples of one form: the stems of example i are the `sizes[i]` numbers of `stems` from `starts[i]` on."""

    texts: tuple[str, ...]
    stems: npt.NDArray[np.int32]
    starts: Integers
    sizes: Integers


def _within(words: str, others: str) -> bool:
    return f" {words} ".lower() in f" {others} ".lower()


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if word not in STOP_WORDS)
