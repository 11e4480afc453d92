"""Answers to questions about how the service desk works (the whole guide), each in a few plain words with its chapter.

Precision comes first: a fault report or an order must never be met with a lecture. So a text counts only when it is a
question (or nothing but a topic), and when it and a known wording are about the same things and nothing else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import BrokenKnowledge
from knowledge.matching.norwegian import Lexicon, spelled, stem, tokens
from knowledge.organisation import LINK_NAMES, Organisation, check_placeholders
from knowledge.yaml_files import Section, read_yaml, yaml_files

WORDS_FILE = "words.yaml"
"""In the guide's folder: concept -> the words that mean it here, and words that say nothing."""

DESK = "desk"
"""The concept that means the service desk itself."""

MIN_FIT = 0.7
"""How alike what was asked and a known wording must be (1 = about exactly the same things)."""
MIN_FIT_OF_REQUEST = 0.9
"""The same when the desk is asked to do something («kan dere oppgradere …?»): that is an order more often than not."""
MAX_WORDS = 25
"""A longer text tells a story; questions about the guide are short."""

_INTERROGATIVE_WEIGHT = 0.5  # «når» and «hvor» tell two questions about the same thing apart, but little more
_UNKNOWN = 1.4  # a word no wording has weighs more than the rarest known one: it is about something else
_DESK_WEIGHT = 0.3  # whom the question is put to is seldom said, and says nothing of what it is about
_INTERROGATIVES = {
    "when": "naar kva_tid when",
    "where": "hvor kvar kor where",
    "who": "hvem kven who whom",
    "how": "hvordan korleis hvorledes how aassen",
    "why": "hvorfor kvifor why",
    "which": "hvilken hvilket hvilke kva_for which",
    "what": "hva kva ka what",
}
_IS_INTERROGATIVE = {word: f"?{concept}" for concept, words in _INTERROGATIVES.items() for word in words.split()}
_STARTS_QUESTION = frozenset(
    tokens(
        "er har kan kunne skal må bør går finnes finst gjelder gjeld koster kostar blir"
        " do does is are can could must should may will have"
    )
)
"""A verb first makes a question even without its mark; not «får» and «trenger», with which faults and orders begin."""
_REQUEST = re.compile(r"\W*(?:kan|kunne|vil|can|could|would)\s+(?:du|dere|de|dykk|you)\b", re.IGNORECASE)
_NOT = frozenset({"ikke", "ikkje", "not"})


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """One answer. `questions` are wordings people use and `answer` is what to say, both by language (nb, nn, en).

    `links` are names of the organisation's links. The answer may hold placeholders: show it with `answered`.
    """

    id: str
    questions: Mapping[str, tuple[str, ...]]
    answer: Mapping[str, str]
    chapter: str
    links: tuple[str, ...] = ()

    def answered(self, language: str, organisation: Organisation) -> str:
        """The answer in a language, with the organisation's facts filled in."""
        return organisation.fill(self.answer[language])


@dataclass(frozen=True, slots=True)
class Words:
    """What words mean in questions about the guide. `concepts`: concept -> words; `empty` are words to pass over."""

    concepts: Mapping[str, tuple[str, ...]]
    empty: tuple[str, ...]


class Guide:
    """All answers, found by question. Immutable."""

    def __init__(self, answers: Iterable[GuideAnswer], words: Words) -> None:
        self.answers: tuple[GuideAnswer, ...] = tuple(answers)
        self._by_id = {answer.id: answer for answer in self.answers}
        self._vocabulary = _Vocabulary(words, (one for answer in self.answers for one in _wordings(answer)))
        self._desk = frozenset(stem(word) for one in words.concepts.get(DESK, ()) for word in tokens(one))
        self._topics = {
            self._topic(tokens(wording)): answer
            for answer in self.answers
            for wording in _wordings(answer)
            if not wording.endswith("?")
        }
        self._wordings: list[tuple[frozenset[str], GuideAnswer]] = []
        counts: Counter[str] = Counter()
        for answer in self.answers:
            bags = set()
            for wording in _wordings(answer):
                bag = self._vocabulary.read(wording)
                if not _says_something(bag):
                    raise BrokenKnowledge(
                        f"answer {answer.id}: «{wording}» says nothing that tells it from other questions"
                    )
                bags.add(bag)
            counts.update({concept for bag in bags for concept in bag})
            self._wordings.extend((bag, answer) for bag in bags)
        self._unknown = _UNKNOWN * math.log(1 + len(self.answers))
        self._weights = {one: math.log(1 + len(self.answers) / count) for one, count in counts.items()}
        self._weights[DESK] = _DESK_WEIGHT
        for concept in _INTERROGATIVES:
            self._weights[f"?{concept}"] = _INTERROGATIVE_WEIGHT

    def __iter__(self) -> Iterator[GuideAnswer]:
        return iter(self.answers)

    def get(self, answer_id: str) -> GuideAnswer | None:
        """The answer with this id, or None."""
        return self._by_id.get(answer_id)

    def answer(self, text: str) -> GuideAnswer | None:
        """The answer to a question about the guide, or None when the text is anything else."""
        found = self.nearest(text)
        if found is None:
            return None
        least = MIN_FIT_OF_REQUEST if _REQUEST.match(text) else MIN_FIT
        return found[0] if found[1] >= least else None

    def may_ask_for(self, ids: Collection[str], text: str, may_begin_later: Callable[[str], bool]) -> bool:
        """Whether the text, or what is left of it without some of its words, may ask for one of these answers.

        may_begin_later: whether the first words of a text may be among those left out.
        """
        words = tokens(text)
        if "?" in text or any(word in _IS_INTERROGATIVE for word in words):
            return True
        if any(word in _STARTS_QUESTION for word in words[:1]) or (
            any(word in _STARTS_QUESTION for word in words) and may_begin_later(text)
        ):
            return True
        stems = self._topic(words)
        return any(topic <= stems for topic, answer in self._topics.items() if answer.id in ids)

    def nearest(self, text: str) -> tuple[GuideAnswer, float] | None:
        """The answer whose wording is most like the text and how alike they are (0 to 1), whether or not it is enough.

        None when the text is no question, too long, or has no word the guide knows.
        """
        words = tokens(text)
        if not words or len(words) > MAX_WORDS:
            return None
        if not _is_question(text, words):
            # «åpningstider» is a question in all but form; «steng brukeren nå» is not
            topic = self._topics.get(self._topic(words))
            return None if topic is None else (topic, 1.0)
        asked = self._vocabulary.read(text)
        if not _says_something(asked):
            return None
        asked_weight = self._weight(asked)
        best: tuple[GuideAnswer, float] | None = None
        for bag, answer in self._wordings:
            shared = self._weight(asked & bag)
            fit = 2 * shared / (asked_weight + self._weight(bag)) if shared else 0.0
            if fit > (best[1] if best is not None else 0.0):
                best = (answer, fit)
        return best

    def _topic(self, words: list[str]) -> frozenset[str]:
        return frozenset(stem(word) for word in words) - self._desk

    def _weight(self, concepts: frozenset[str]) -> float:
        return sum(self._weights.get(one, self._unknown) for one in concepts)


def load_guide(directory: Path) -> Guide:
    """Read every answer file of the directory and its words.yaml; raises BrokenKnowledge with file and key."""
    words = _words(directory / WORDS_FILE)
    answers: dict[str, GuideAnswer] = {}
    for path in yaml_files(directory):
        if path.name == WORDS_FILE:
            continue
        root = Section(read_yaml(path), str(path))
        for answer_id, section in root.named_sections("answers"):
            if answer_id in answers:
                raise section.wrong("answers", f"{answer_id} is already in another file")
            answers[answer_id] = _answer(answer_id, section)
        root.done()
    if not answers:
        raise BrokenKnowledge(f"{directory}: no answers here")
    return Guide(answers.values(), words)


def _answer(answer_id: str, section: Section) -> GuideAnswer:
    answer = GuideAnswer(
        id=answer_id,
        questions=section.texts_each_language("questions"),
        answer=section.each_language("answer"),
        chapter=section.text("chapter"),
        links=section.texts_or_none("links"),
    )
    section.done()
    for name in answer.links:
        if name not in LINK_NAMES:
            raise section.wrong("links", f"{name} is not one of {', '.join(LINK_NAMES)}")
    for language, text in answer.answer.items():
        check_placeholders(text, f"{section.where}: answer: {language}")
    return answer


def _words(path: Path) -> Words:
    root = Section(read_yaml(path), str(path))
    section = root.section("concepts")
    words = Words({name: section.texts(name) for name in section.names()}, root.texts("empty"))
    root.done()
    return words


def _wordings(answer: GuideAnswer) -> Iterator[str]:
    for wordings in answer.questions.values():
        yield from wordings


def _is_question(text: str, words: list[str]) -> bool:
    if "?" in text or any(word in _IS_INTERROGATIVE for word in words):
        return True
    # «kan ikke åpne fila» tells of a fault
    return words[0] in _STARTS_QUESTION and not (len(words) > 1 and words[1] in _NOT)


def _says_something(bag: frozenset[str]) -> bool:
    return any(not concept.startswith("?") and concept != DESK for concept in bag)


class _Vocabulary:
    """Reads a text as the set of concepts it is about: stems, with words of one meaning made one."""

    def __init__(self, words: Words, wordings: Iterable[str]) -> None:
        self._empty = frozenset(word for one in words.empty for word in tokens(one))
        self._concepts: dict[str, str] = {}
        self._phrases: list[tuple[re.Pattern[str], str]] = []
        known = {word for wording in wordings for word in tokens(wording)}
        phrases: dict[str, str] = {}
        for concept, synonyms in words.concepts.items():
            for synonym in (concept, *synonyms):
                parts = tokens(synonym)
                known.update(parts)
                key = stem(parts[0]) if len(parts) == 1 else " ".join(parts)
                taken = (self._concepts if len(parts) == 1 else phrases).setdefault(key, concept)
                if taken != concept:
                    raise BrokenKnowledge(f"{WORDS_FILE}: concepts: {synonym} stands under both {taken} and {concept}")
        # the longest first: «på vegne av» before «på vegne»
        for phrase, concept in sorted(phrases.items(), key=lambda one: -len(one[0])):
            self._phrases.append((re.compile(rf"\b{re.escape(phrase)}\b"), f" {concept} "))
        self._lexicon = Lexicon(known)

    def read(self, text: str) -> frozenset[str]:
        """The concepts of a text; interrogatives are marked with «?»."""
        said = " ".join(tokens(spelled(text)))
        for phrase, concept in self._phrases:
            said = phrase.sub(concept, said)
        found: set[str] = set()
        for word in said.split():
            interrogative = _IS_INTERROGATIVE.get(word)
            if interrogative is not None:
                found.add(interrogative)
                continue
            one = self._concepts.get(stem(word))
            if one is not None:
                found.add(one)
            elif word not in self._empty:
                found.add(self._read_unknown(word))
        return frozenset(found)

    def _read_unknown(self, word: str) -> str:
        """A word that is no concept as it stands: perhaps misspelt; else its stem."""
        meant = self._lexicon.read(word)[0]
        return self._concepts.get(meant, meant)
