"""Finding the right form for a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from knowledge.catalogue.form import Catalogue, Kind
from knowledge.matching.asides import Asides
from knowledge.matching.contrast import tells_of_two_things, without_the_other_thing
from knowledge.matching.evidence import Evidence, Found, Read
from knowledge.matching.facets import Facets, best_question, load_facets
from knowledge.matching.fusion import Fusion, load_fusion
from knowledge.matching.keeping import Kept, Shelf, key_of
from knowledge.matching.learnt import NO_WORDING, Learnt, own_texts, sentences_of
from knowledge.matching.likeness import ALIKE_IN, shares_of
from knowledge.matching.links import links_of, titles_of
from knowledge.matching.model import Candidate, Decision, Match
from knowledge.matching.needs import announces_another, may_be_need, parts
from knowledge.matching.norwegian import Lexicon, tokens
from knowledge.matching.profiles import Floats
from knowledge.matching.reader import Reader
from knowledge.matching.reasons import Reasons
from knowledge.matching.wording import Wording

_DATA = Path(__file__).parents[1] / "data"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ASKED_ABOUT = 6  # candidates a question may divide
_ASKED_SHARE = 0.02  # a candidate less probable than this is not worth a question
_NEED_AT = 0.6  # probability from which a part of a text is a need of its own
_NEED_AMONG = 5  # where nothing announces a second need, its form must be among the first of the whole text
_ONE_NEED_AT = 0.9  # a text whose first form is this probable is not searched for a second need
_OWN_AMONG = 10
"""A form's wording belongs to it when its own title and description alone place it among this many forms, or among a
tenth of them in a small catalogue."""
_REMEMBERED = 256  # texts whose answer is kept, here alone: those of the dialogs that are under way
_NARROWING = ("platform", "zone", "container", "environment")  # facets a word alone names: "pc", "sikker sone"
_OWN_ASKED = 40  # forms that are looked at for that: a catalogue's wording is its own or it is not


@dataclass(frozen=True, slots=True)
class _Scored:
    scores: Floats  # of every form
    right: float  # probability that the first form is right
    outside: float  # probability that no form is for the text


class Matcher:
    """An index over one catalogue; immutable and safe to share between threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        wording: Wording,
        reader: Reader,
        facets: Facets,
        fusions: tuple[Fusion, Fusion],
        learnt: Learnt | None = None,
    ) -> None:
        """`fusions` are the numbers for catalogues with examples and for bare ones; `build` reads them all.

        `learnt` is what was learnt of the very same before.
        """
        worded, bare = fusions
        self.catalogue = catalogue
        self._wording = wording
        self._reader = reader
        self._facets = facets
        self._links = links_of(catalogue)
        weights = np.array([worded.likeness[name] for name in ALIKE_IN], dtype=np.float32)
        self._evidence = Evidence(catalogue, wording, reader, facets, weights, learnt)
        self._fusion = bare if self._evidence.bare else worded
        self._reasons = Reasons(catalogue, wording, reader, self._evidence)
        # What a case is about is asked for again when it is summed up, and when it is sent.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._matched)

    @classmethod
    def build(
        cls,
        catalogue: Catalogue,
        *,
        wording: Wording | None = None,
        systems: Iterable[tuple[str, Sequence[str]]] = (),
        shelf: Shelf | None = None,
    ) -> Matcher:
        """Index a catalogue. Only id, title and description of a form are needed; the rest helps when there.

        `wording` may be another catalogue's: when the ids meet but the texts do not, the wording is not taken for
        these forms' own. With a `shelf`, what was learnt at an earlier start is taken up, and what is learnt now is
        kept; not of a bare catalogue. Raises BrokenKnowledge when the fitted numbers or facets cannot be read.
        """
        said = Wording() if wording is None else wording
        systems = tuple(systems)
        key = "" if shelf is None else key_of(catalogue, said, systems)
        kept = None if shelf is None else Kept.take(shelf, key)
        lexicon = Lexicon(_words(catalogue, said, systems)) if kept is None else kept.lexicon
        asides = Asides.learn(lexicon, said.asides, sentences_of(said)) if kept is None else kept.asides
        reader = Reader(lexicon, said.synonyms, systems, asides)
        facets = load_facets(_DATA / "facets.yaml")
        fusions = (load_fusion(_DATA / "matching.json", "worded"), load_fusion(_DATA / "matching.json", "bare"))
        if kept is not None:
            return cls(catalogue, said, reader, facets, fusions, kept.learnt)
        matcher = cls(catalogue, said, reader, facets, fusions)
        if not matcher._wording_belongs():
            renumbered = {-place - 1: entry for place, entry in enumerate(said.forms.values())}
            matcher = cls(catalogue, replace(said, forms=renumbered), reader, facets, fusions)
        if shelf is not None and not matcher._evidence.bare:
            Kept(lexicon, asides, matcher._evidence.learnt).put(shelf, key)
        return matcher

    def _wording_belongs(self) -> bool:
        """Whether the wording with this catalogue's ids is about its forms, judged by more than half of them."""
        worded = [
            number
            for number, form in enumerate(self.catalogue)
            if self._wording.forms.get(form.id, NO_WORDING).examples
        ]
        asked = worded[:: max(1, len(worded) // _OWN_ASKED)]
        among = max(1, min(_OWN_AMONG, len(self.catalogue) // _OWN_AMONG))
        titles = titles_of(self.catalogue)
        agreeing = 0
        for number in asked:
            title, description = own_texts(self.catalogue.forms[number], titles)
            agreeing += self._evidence.own_text_supports(number, (title, description), among)
        return not asked or agreeing * 2 > len(asked)

    def terms(self, text: str) -> tuple[str, ...]:
        """What a text is about, without function words: synonyms and systems (`=`), then stems, then parts of them."""
        content = self._reader.read(text).content
        return tuple(sorted(content, key=lambda term: -content[term]))

    def match(self, text: str, *, limit: int = 10) -> Match:
        """The forms for a text, best first, at most `limit`; any text is answered, in bounded time."""
        return self._remembered(text, limit)

    def _matched(self, text: str, limit: int) -> Match:
        # Whose address it is says nothing of the need, and its domain would ("…@….kommune.no" is no web site).
        text = _ADDRESS.sub(" ", text)
        read = self._read(text)
        whole = self._match(read, text, limit)
        if whole.decision is Decision.NONE or not whole.candidates:
            return whole
        if whole.decision is Decision.ANSWER and (read.reading.aside or tells_of_two_things(text)):
            # "det begynte i går kl 14" alone is no need, whatever is like it
            whole = replace(whole, decision=Decision.ASK)
        announced = announces_another(text)
        if whole.candidates[0].score >= _ONE_NEED_AT and not announced:
            return whole
        among = {candidate.form.id for candidate in whole.candidates[:_NEED_AMONG]}
        needs: list[str] = []
        forms: set[int] = set()
        for piece in parts(text):
            form = self._need(piece) if may_be_need(piece) else None
            if form is not None and not announced and self.catalogue.forms[form].id not in among:
                form = None  # torn out of its context
            if form is None or form in forms:
                # No need of its own: it tells more of the one before, or of the first.
                needs[-1:] = [f"{needs[-1]} {piece}"] if needs else [piece]
            elif needs and not forms:
                needs[-1] = f"{needs[-1]} {piece}"
            else:
                needs.append(piece)
            forms |= {form} if form is not None else set()
        return replace(whole, needs=tuple(needs)) if len(forms) >= 2 else whole

    def _need(self, piece: str) -> int | None:
        """The place of the form that this piece of a text is a need for, when it is one."""
        read = self._read(piece)
        scored = None if read.reading.aside else self._score(read)
        if scored is None or scored.outside >= self._fusion.none_at or scored.right < _NEED_AT:
            return None
        return int(scored.scores.argmax())

    def left_out(self, form_id: int, example: str, *, limit: int = 10) -> Match:
        """The match for an example of a form as if that form did not have it; raises UnknownForm."""
        form = self.catalogue.get(form_id)
        return self._match(self._read(example, learnt=True), example, limit, self.catalogue.forms.index(form))

    def found(self, text: str, *, without: int | None = None, without_theme: int | None = None) -> tuple[Found, int]:
        """What fitting and review need of a text: everything found, and the number of words.

        `without` is the place of the form that has the text as an example, `without_theme` the theme of what no form
        is for that has it: they then count as if they did not.
        """
        read = self._read(text, learnt=without is not None or without_theme is not None)
        return self._evidence.of(read, without=without, without_theme=without_theme), len(read.reading.tokens)

    @property
    def wording(self) -> Wording:
        """The wording it was built with."""
        return self._wording

    def unknown(self, text: str) -> tuple[str, ...]:
        """The words of a text that no form, example, synonym or system is found by, as they were written."""
        return self._reader.unknown(text)

    def _read(self, text: str, *, learnt: bool = False) -> Read:
        # What was learnt from is taken out again only as it was read then.
        if learnt:
            return self._evidence.read(self._reader.read(text), text)
        matter = without_the_other_thing(text)
        said = self._facets.without_denied(text)
        told = said if matter is text else self._facets.without_denied(matter)
        return self._evidence.read(self._reader.read_message(said, told), matter)

    def _score(self, read: Read, without: int | None = None) -> _Scored | None:
        length = len(read.reading.tokens)
        if not length or not len(self.catalogue):
            return None
        found = self._evidence.of(read, without=without)
        scores = self._fusion.scores(found.signals)
        cues = self._fusion.cues(found, scores, length)
        return _Scored(scores, self._fusion.probability_right(cues), self._fusion.probability_outside(cues))

    def _match(self, read: Read, text: str, limit: int, without: int | None = None) -> Match:
        scored = self._score(read, without)
        if scored is None:
            return Match((), Decision.NONE)
        right, outside = scored.right, scored.outside
        shares = shares_of(scored.scores)
        order = _best(scored.scores, max(limit, _ASKED_ABOUT))
        best = float(shares[order[0]])
        # what is left when the first is wrong goes to the others by their shares, never more than the first has
        left = (1.0 - right) * (1.0 - outside) / max(1.0 - best, 1e-6)
        probabilities = [right, *(min(float(shares[number]) * left, right) for number in order[1:])]
        decision = self._fusion.decide(right, outside)
        reasons = self._reasons.of(read, text, order[:limit])
        candidates = tuple(
            Candidate(self.catalogue.forms[number], probability, why)
            for number, probability, why in zip(order[:limit], probabilities, reasons, strict=False)
        )
        question = None
        if decision is Decision.ASK:
            asked = [
                (self.catalogue.forms[number].id, probability, self._evidence.facets.of_form(number))
                for number, probability in zip(order[:_ASKED_ABOUT], probabilities, strict=False)
                if probability >= _ASKED_SHARE
            ]
            question = best_question(read.stated, asked, self._facets.keys)
        return Match(candidates, decision, self._kind(shares), question)

    def _kind(self, shares: Floats) -> Kind | None:
        """The kind that most of the probability lies on; None when no form has a kind."""
        sign = self._evidence.kind_sign
        faults, orders = float(shares[sign > 0].sum()), float(shares[sign < 0].sum())
        if faults == orders == 0.0:
            return None
        return Kind.SUPPORT if faults > orders else Kind.SERVICE

    def naming_the_same(self, words: str, texts: Sequence[str]) -> tuple[int, ...]:
        """The places of the texts (titles, labels) that name what the words name and no other: the platform, the zone,
        the environment or what is shared; none when the words name nothing of it."""
        said = self._facets.stated(words).said
        stated = [self._facets.stated(text).said for text in texts]
        named = [key for key in _NARROWING if said.get(key)]
        return tuple(
            place
            for place, of_text in enumerate(stated)
            if named and all(of_text.get(key) and of_text[key] <= said[key] for key in named)
        )

    def apart(self, form: int, other: int) -> str | None:
        """One Norwegian sentence, to stand beside a form, on what tells it from another; None when nobody wrote it.

        What is written for the other one is no answer: beside this form it would say of it what holds of its neighbour.
        """
        said = self._wording.forms.get(form)
        if said is not None and other in said.apart:
            return said.apart[other]
        return next((link.clause for link in self._links.get(form, ()) if link.target == other), None)


def _words(catalogue: Catalogue, wording: Wording, systems: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Every word that is written of the forms, said of them, or names something."""
    for form in catalogue:
        for text in (form.title, form.description, form.service, form.category):
            yield from tokens(text)
    for sentence in (*sentences_of(wording), *wording.asides):
        yield from tokens(sentence)
    for term, variants in (*wording.synonyms.items(), *systems):
        for text in (term, *variants):
            yield from tokens(text)


def _best(scores: Floats, most: int) -> list[int]:
    """The places of the best scores, best first, at most `most`; of equal ones the lower place comes first."""
    if len(scores) > most:
        floor = np.partition(scores, len(scores) - most)[len(scores) - most]
        places = np.flatnonzero(scores >= floor)
    else:
        places = np.arange(len(scores))
    return [int(place) for place in places[np.argsort(-scores[places], kind="stable")][:most]]
