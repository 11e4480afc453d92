"""Facets: the few sides of a need that tell neighbouring forms apart, and the question that asks for one.

Platform, zone, container, environment, intent and extent are read from texts and from forms with the same words
(`knowledge/data/facets.yaml`). "Ikke ny, bare flytte" denies a value; "virker ikke på mobil" does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue.form import Form
from knowledge.errors import BrokenKnowledge
from knowledge.matching.model import SplitQuestion
from knowledge.matching.norwegian import spelled, stem, tokens, words_of
from knowledge.yaml_files import read_plain_yaml

_LONGEST_PHRASE = 4
_LEAST_GAIN = 0.35  # bits a question must be expected to bring; less is not worth a person's answer
_LEAST_COVERED = 0.75  # how much of the candidates' probability must lie on forms that have the facet
_DENIED = re.compile(
    r"(?:^|[,.;:!?(\n]|\b(?:er|gjelder|gjeld|skal|trenger|vil|men|og|is)\b(?:\s+\w+)?)\s*"
    r"(?:ikke|ikkje|not|ingen)\s+(?:(?:en|ei|et|eit|a|an|the|paa|i|for|om|av|noe|noen|ha)\s+){0,2}"
    r"(\w+(?:[ -]\w+){0,3})"
)

_FIRST_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of each facet: values it states and values it denies."""

    said: Mapping[str, frozenset[str]]
    denied: Mapping[str, frozenset[str]]


class Facets:
    """Reads facets with the words of a facets file."""

    def __init__(self, words: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self.keys = tuple(words)
        self._phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for key, values in words.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    stems = tuple(stem(word) for word in tokens(phrase))[:_LONGEST_PHRASE]
                    self._phrases.setdefault(stems, []).append((key, value))
        self._openers = frozenset(phrase[0] for phrase in self._phrases if phrase)

    def stated(self, text: str) -> Stated:
        """The facets of a text."""
        read = spelled(text)
        said = self._find([stem(word) for word in words_of(read)])
        denied: dict[str, set[str]] = {}
        for _, found in self._denials(read):
            for key, values in found.items():
                denied.setdefault(key, set()).update(values)
        return Stated(
            {key: frozenset(values - denied.get(key, set())) for key, values in said.items()},
            {key: frozenset(values) for key, values in denied.items()},
        )

    def without_denied(self, text: str) -> str:
        """The text without the words it denies: "ligger lokalt, ikke i Citrix" is not about Citrix."""
        read = spelled(text)
        places = [start for start, _ in self._denials(read)]
        if not places:
            return text
        kept = read
        for start in reversed(places):
            kept = kept[:start] + _FIRST_WORD.sub(" ", kept[start:], count=1)
        return kept

    def _denials(self, read: str) -> Iterator[tuple[int, dict[str, set[str]]]]:
        """Where in a text, in the one spelling, a facet is denied, and which."""
        for match in _DENIED.finditer(read):
            opening = [stem(word) for word in tokens(match.group(1))]
            found = self._find(opening[:_LONGEST_PHRASE], only_first=True)
            if found:
                yield match.start(1), found

    def of_form(self, form: Form, own_text: str) -> Mapping[str, frozenset[str]]:
        """The facets of a form: those of its title; of its description only where the title is silent."""
        title = self._find([stem(word) for word in tokens(form.title)])
        text = self._find([stem(word) for word in tokens(own_text)])
        return {key: frozenset(title.get(key) or text.get(key, set())) for key in self.keys}

    def _find(self, stems: Sequence[str], *, only_first: bool = False) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for start, opener in enumerate(stems[:1] if only_first else stems):
            if opener not in self._openers:
                continue
            for end in range(start + 1, min(len(stems), start + _LONGEST_PHRASE) + 1):
                for key, value in self._phrases.get(tuple(stems[start:end]), ()):
                    found.setdefault(key, set()).add(value)
        return found


class FormFacets:
    """The facets of all forms of a catalogue, each facet as one number a form with a bit for every value."""

    def __init__(self, forms: Iterable[Mapping[str, frozenset[str]]]) -> None:
        self._bit: dict[str, dict[str, int]] = {}
        masks: list[dict[str, int]] = []
        for facets in forms:
            for key, values in facets.items():
                bits = self._bit.setdefault(key, {})
                for value in sorted(values):
                    bits.setdefault(value, 1 << len(bits))
            masks.append({key: self._mask(key, values) for key, values in facets.items() if values})
        self._size = len(masks)
        self._masks = {key: np.array([one.get(key, 0) for one in masks], dtype=np.int32) for key in self._bit}

    def of_form(self, number: int) -> Mapping[str, frozenset[str]]:
        """The facets of the form at a place in the catalogue."""
        return {
            key: frozenset(value for value, bit in self._bit[key].items() if has[number] & bit)
            for key, has in self._masks.items()
        }

    def _mask(self, key: str, values: Iterable[str]) -> int:
        return sum(self._bit[key].get(value, 0) for value in values)

    def contradictions(self, stated: Stated) -> npt.NDArray[np.float32]:
        """In how many facets a text and each form exclude each other; shape (forms,)."""
        count = np.zeros(self._size, dtype=np.float32)
        for key, has in self._masks.items():
            said = self._mask(key, stated.said.get(key, frozenset()))
            denied = self._mask(key, stated.denied.get(key, frozenset()))
            if stated.said.get(key):
                count += (has > 0) & ((has & said) == 0)
            if denied:
                count += (has > 0) & ((has & ~denied) == 0)
        return count


def best_question(
    stated: Stated,
    candidates: Sequence[tuple[int, float, Mapping[str, frozenset[str]]]],
    keys: Sequence[str],
) -> SplitQuestion | None:
    """The facet whose answer is expected to tell most about which of the candidates is right; None when none does.

    `candidates` are (form id, probability, facets of the form), best first. A form with several values of a facet is
    offered under each of them; a form without the facet is offered under none, so most of the probability must have it.
    """
    total = sum(probability for _, probability, _ in candidates)
    best: tuple[float, SplitQuestion] | None = None
    for key in keys:
        if stated.said.get(key) or total <= 0.0:
            continue
        options: dict[str, list[int]] = {}
        weight: dict[str, float] = {}
        covered = 0.0
        for number, probability, facets in candidates:
            values = facets.get(key) or frozenset()
            covered += probability / total if values else 0.0
            for value in sorted(values):
                options.setdefault(value, []).append(number)
                weight[value] = weight.get(value, 0.0) + probability / total / len(values)
        if len(options) < 2 or covered < _LEAST_COVERED:
            continue
        gain = -sum(share / covered * math.log2(share / covered) for share in weight.values() if share > 0.0)
        distinct = {tuple(forms) for forms in options.values()}
        if gain >= _LEAST_GAIN and len(distinct) > 1 and (best is None or gain > best[0]):
            ordered = sorted(options.items(), key=lambda item: (-weight[item[0]], item[0]))
            best = (gain, SplitQuestion(key, tuple((value, tuple(forms)) for value, forms in ordered)))
    return None if best is None else best[1]


def load_facets(path: Path) -> Facets:
    """Read a facets file; raises BrokenKnowledge."""
    content = read_plain_yaml(path)
    if not isinstance(content, dict) or not all(isinstance(values, dict) for values in content.values()):
        raise BrokenKnowledge(f"{path.name}: expected facet -> value -> words")
    for values in content.values():
        if not all(isinstance(words, list) for words in values.values()):
            raise BrokenKnowledge(f"{path.name}: expected a list of words for every value")
    return Facets(
        {
            key: {value: [str(word) for word in words] for value, words in values.items()}
            for key, values in content.items()
        }
    )
