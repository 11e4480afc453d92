"""Finding the right form for a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from knowledge.catalogue.form import Catalogue
from knowledge.matching.evidence import NO_WORDING, Evidence
from knowledge.matching.links import links_of
from knowledge.matching.model import Candidate, Decision, Match, Reason
from knowledge.matching.norwegian import Lexicon, tokens
from knowledge.matching.reader import Reader, Reading
from knowledge.matching.wording import Wording

_WEIGHTS = np.array([1.1, 0.4, 0.7, 0.5], dtype=np.float32)


class Matcher:
    """An index over one catalogue; immutable and safe to share between threads."""

    def __init__(self, catalogue: Catalogue, wording: Wording, reader: Reader) -> None:
        self.catalogue = catalogue
        self._wording = wording
        self._reader = reader
        self._links = links_of(catalogue)
        self._evidence = Evidence(catalogue, wording, reader)

    @classmethod
    def build(
        cls,
        catalogue: Catalogue,
        *,
        wording: Wording | None = None,
        systems: Iterable[tuple[str, Sequence[str]]] = (),
    ) -> Matcher:
        """Index a catalogue. Only id, title and description of a form are needed; the rest helps when there."""
        said = Wording() if wording is None else wording
        systems = tuple(systems)
        texts: list[str] = []
        for form in catalogue:
            texts += (form.title, form.description, form.service, form.category)
            entry = said.forms.get(form.id, NO_WORDING)
            texts += entry.examples
            texts += entry.words
        for term, variants in (*said.synonyms.items(), *systems):
            texts += (term, *variants)
        lexicon = Lexicon(word for text in texts for word in tokens(text))
        return cls(catalogue, said, Reader(lexicon, said.synonyms, systems))

    def match(self, text: str, *, limit: int = 10) -> Match:
        """The forms for a text, best first, at most `limit`; any text is answered, in bounded time."""
        reading = self._reader.read(text)
        if not reading.tokens or not len(self.catalogue):
            return Match((), Decision.NONE)
        scores = self._evidence.of(reading) @ _WEIGHTS
        order = np.argsort(-scores, kind="stable")[:limit]
        weights = np.exp(scores - scores.max())
        share = weights / weights.sum()
        candidates = tuple(
            Candidate(self.catalogue.forms[number], float(share[number]), self._reasons(reading, int(number)))
            for number in order
        )
        best = candidates[0]
        return Match(candidates, Decision.ANSWER if best.score >= 0.7 else Decision.ASK, best.form.kind)

    def _reasons(self, reading: Reading, number: int) -> tuple[Reason, ...]:
        amounts = self._evidence.words.contributions(self._evidence.terms(reading)[0], number)
        terms = [term for term in reading.words if self._evidence.knows(term)]
        found = sorted(zip(amounts, terms, strict=True), key=lambda item: -item[0])
        reasons = [
            Reason("synonym" if term.startswith("=") else "word", reading.shown[term])
            for amount, term in found
            if amount > 0.0 and term in reading.shown
        ]
        return tuple(dict.fromkeys(reasons))[:4]

    def apart(self, first: int, second: int) -> str | None:
        """One Norwegian sentence on what tells two forms apart, or None when nobody has written it."""
        for one, other in ((first, second), (second, first)):
            said = self._wording.forms.get(one)
            if said is not None and other in said.apart:
                return said.apart[other]
        for one, other in ((first, second), (second, first)):
            for link in self._links.get(one, ()):
                if link.target == other:
                    return link.clause
        return None
