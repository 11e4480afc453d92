"""How the matching does on what people really wrote: what a person should look at, and examples to take over.

Nothing here changes anything: what people chose is counted, and a person decides (docs/kunnskap.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.catalogue.form import Form
from knowledge.matching.matcher import Matcher
from knowledge.matching.model import Decision

LONGEST_EXAMPLE = 300
"""A longer message is a story with many needs and details, not an example of one."""

_NEIGHBOURS = 10


class Verdict(StrEnum):
    """What the service desk thinks of a choice as an example."""

    OPEN = ""
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Noted:
    """A message with the form the matcher had first, what it decided, and the form the person chose.

    chosen None: none of those offered, or nothing was offered. confirmed: a case was opened with it.
    """

    id: int
    day: date
    text: str
    proposed: int | None
    decision: str
    chosen: int | None
    confirmed: bool
    verdict: Verdict = Verdict.OPEN

    @property
    def corrected(self) -> bool:
        """Whether the person wanted another form than the first."""
        return self.proposed is not None and self.chosen != self.proposed


@dataclass(frozen=True, slots=True)
class Review:
    """What came out. Counted things have the most frequent first; `settled` is one entry a message."""

    settled: tuple[Noted, ...]
    unknown_words: tuple[tuple[str, int], ...]
    never_reached: tuple[Form, ...]
    confused: tuple[tuple[tuple[int, int], int], ...]  # ((proposed, chosen), how often)
    refused: tuple[Noted, ...]
    proposals: tuple[Noted, ...]


def review(noted: Sequence[Noted], matcher: Matcher) -> Review:
    """Everything worth a look in these choices."""
    messages = settled(noted)
    words = Counter(word for one in messages for word in {found.lower() for found in matcher.unknown(one.text)})
    pairs = Counter(
        (one.proposed, one.chosen)
        for one in messages
        if one.proposed is not None and one.chosen is not None and one.corrected
    )
    reached = {one.proposed for one in messages} | {one.chosen for one in messages}
    return Review(
        settled=messages,
        unknown_words=tuple(sorted(words.items(), key=lambda entry: (-entry[1], entry[0]))),
        never_reached=tuple(form for form in matcher.catalogue if form.id not in reached),
        confused=tuple(sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))),
        refused=tuple(one for one in messages if one.decision == Decision.NONE),
        proposals=_proposals(messages, matcher),
    )


def settled(noted: Iterable[Noted]) -> tuple[Noted, ...]:
    """One entry a message and chosen form: a correction and the case then opened with it are one choice."""
    found: dict[tuple[str, int | None], Noted] = {}
    for one in noted:
        key = (one.text, one.chosen)
        before = found.get(key)
        if before is None or (one.confirmed and not before.confirmed):
            found[key] = one
    return tuple(sorted(found.values(), key=lambda one: one.id))


def taken_by(before: Matcher, after: Matcher, form_id: int, example: str) -> tuple[tuple[int, str], ...]:
    """The examples of neighbours, with whose they are, that a form takes with confidence once it has a new example.

    `before` and `after` are the matchers without and with it. Neighbours are the forms nearest to the example and those
    the wording tells apart from the form.
    """
    near = [candidate.form.id for candidate in before.match(example, limit=_NEIGHBOURS).candidates]
    own = before.wording.forms.get(form_id)
    known = {form.id for form in before.catalogue}
    neighbours = dict.fromkeys(one for one in (*near, *(own.apart if own else ())) if one != form_id and one in known)

    def takes(matcher: Matcher, neighbour: int, said: str) -> bool:
        match = matcher.left_out(neighbour, said, limit=1)
        return match.decision is Decision.ANSWER and match.candidates[0].form.id == form_id

    return tuple(
        (neighbour, said)
        for neighbour in neighbours
        if neighbour in before.wording.forms
        for said in before.wording.forms[neighbour].examples
        if takes(after, neighbour, said) and not takes(before, neighbour, said)
    )


def as_example(text: str) -> str:
    """A message as it stands among the examples: on one line."""
    return re.sub(r"\s+", " ", text).strip()


def _proposals(messages: Iterable[Noted], matcher: Matcher) -> tuple[Noted, ...]:
    """Confirmed choices where the matcher was unsure or wrong, and which nobody has judged yet."""
    known = {form.id for form in matcher.catalogue}
    return tuple(
        one
        for one in messages
        if one.confirmed
        and one.verdict is Verdict.OPEN
        and one.chosen in known
        and len(one.text) <= LONGEST_EXAMPLE
        and (one.corrected or one.decision != Decision.ANSWER)
    )
