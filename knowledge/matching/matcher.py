"""Finding the right form for a text (first version: lexical fields and example sentences, fused by fixed weights)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from knowledge.catalogue.form import Catalogue
from knowledge.matching.links import links_of, own_text, titles_of
from knowledge.matching.model import Candidate, Decision, Match, Reason
from knowledge.matching.norwegian import Lexicon, tokens
from knowledge.matching.postings import Floats, Postings
from knowledge.matching.reader import Reader, Reading, characters
from knowledge.matching.wording import FormWording, Wording

_FIELD_WEIGHTS = (("title", 3.0), ("words", 2.0), ("service", 1.0), ("own", 1.0), ("elsewhere", -0.4))
_EMPTY = FormWording(form=0)


class Matcher:
    """An index over one catalogue; immutable and safe to share between threads."""

    def __init__(self, catalogue: Catalogue, wording: Wording, reader: Reader) -> None:
        self.catalogue = catalogue
        self._wording = wording
        self._reader = reader
        self._links = links_of(catalogue)
        titles = titles_of(catalogue)
        rows: list[dict[str, float]] = []
        owners: list[int] = []
        self._example_texts: list[str] = []
        readings: list[Reading] = []
        for number, form in enumerate(catalogue):
            said = wording.forms.get(form.id, _EMPTY)
            own, elsewhere = own_text(form, titles)
            fields = {
                "title": form.title,
                "words": "\n".join(said.words),
                "service": f"{form.service} {form.category}",
                "own": own,
                "elsewhere": elsewhere,
            }
            row: dict[str, float] = {}
            for name, weight in _FIELD_WEIGHTS:
                for term, share in reader.read(fields[name]).words.items():
                    row[term] = row.get(term, 0.0) + weight * share
            rows.append(row)
            for example in said.examples:
                readings.append(reader.read(example))
                owners.append(number)
                self._example_texts.append(example)
        self._document_frequency: dict[str, int] = {}
        for reading in readings:
            for term in reading.words:
                self._document_frequency[term] = self._document_frequency.get(term, 0) + 1
        for row in rows:
            for term in row:
                self._document_frequency[term] = self._document_frequency.get(term, 0) + 1
        self._documents = len(rows) + len(readings)
        self._owners = np.array(owners, dtype=np.int64)
        self._fields = Postings([{t: w / (1.0 + abs(w)) * self._rarity(t) for t, w in row.items()} for row in rows])
        self._examples = Postings([self._unit(reading.words) for reading in readings])
        self._characters = Postings(
            [self._unit(characters(tokens(f"{f.title} {own_text(f, titles)[0]}"))) for f in catalogue]
        )

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
        texts: list[str] = []
        for form in catalogue:
            texts += (form.title, form.description, form.service, form.category)
            entry = said.forms.get(form.id, _EMPTY)
            texts += entry.examples
            texts += entry.words
        for term, variants in said.synonyms.items():
            texts += (term, *variants)
        lexicon = Lexicon(word for text in texts for word in tokens(text))
        return cls(catalogue, said, Reader(lexicon, said.synonyms, systems))

    def _rarity(self, term: str) -> float:
        return math.log(1.0 + self._documents / (1.0 + self._document_frequency.get(term, 0)))

    def _unit(self, terms: Mapping[str, float]) -> dict[str, float]:
        weighted = {
            term: (1.0 + math.log(count) if count > 1 else count) * self._rarity(term) for term, count in terms.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
        return {term: weight / length for term, weight in weighted.items()}

    def match(self, text: str, *, limit: int = 10) -> Match:
        """The forms for a text, best first, at most `limit`; any text is answered, in bounded time."""
        reading = self._reader.read(text)
        if not reading.words or not len(self.catalogue):
            return Match((), Decision.NONE)
        query = self._unit(reading.words)
        fields = self._fields.dot(query)
        by_form = np.zeros(len(self.catalogue), dtype=np.float32)
        closeness = self._examples.dot(query)
        nearest: Floats = by_form.copy()
        np.maximum.at(nearest, self._owners, closeness)
        total = by_form.copy()
        np.add.at(total, self._owners, closeness)
        letters = self._characters.dot(self._unit(characters(reading.content)))
        scores = 0.8 * fields + 3.0 * nearest + 0.6 * total + 1.5 * letters
        order = np.argsort(-scores, kind="stable")[:limit]
        weights = np.exp(5.0 * (scores - scores.max()))
        share = weights / weights.sum()
        candidates = tuple(
            Candidate(self.catalogue.forms[number], float(share[number]), self._reasons(reading, number))
            for number in order
        )
        best = candidates[0]
        decision = Decision.ANSWER if best.score >= 0.6 else Decision.ASK
        if float(scores[order[0]]) < 0.6:
            decision = Decision.NONE
        return Match(candidates, decision, best.form.kind)

    def _reasons(self, reading: Reading, number: int) -> tuple[Reason, ...]:
        found: list[tuple[float, Reason]] = []
        for term, weight in reading.words.items():
            rows, weights = self._fields.row_weights(term)
            here = weights[rows == number]
            if here.size and here[0] > 0:
                kind = "synonym" if term.startswith("=") else "word"
                found.append((float(here[0]) * weight, Reason(kind, reading.shown.get(term, term))))
        found.sort(key=lambda item: -item[0])
        return tuple(dict.fromkeys(reason for _, reason in found[:4]))

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
