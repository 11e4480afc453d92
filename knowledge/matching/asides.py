"""What is said beside the matter: greetings, since when, whom it hits, what was tried, how to reach them, thanks.

A good report has more of this than of what it is about (the checklists ask for it, G 7.1-7.3), and for which form is
right it says nothing. Where it stands is read word by word: a word speaks for an aside as far as it is commoner in
sentences known to be asides than in sentences about forms; and since people do not change the subject at every word,
the likeliest course of the whole text is taken (a two-state hidden Markov model, read by Viterbi's algorithm).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from knowledge.matching.norwegian import MAX_CHARACTERS, MAX_TOKENS, STOP_WORDS, Lexicon, one_word, tokens
from knowledge.matching.numbering import strings_from_array, strings_to_array
from knowledge.matching.profiles import Arrays

_WORD = re.compile(r"[^\W_]+")
_WORD_OR_STOP = re.compile(r"[^\W_]+|[.,;:!?\n–]")
_SMOOTHING = 0.15
_OF_THE_MATTER = -3.5  # log odds of a known word that no aside has: "Gerica" is the matter, whatever stands around it
_NEW = -1.5  # and of a word nobody has used before: a name, mostly, on either side
_MATTER_FIRST = -0.3  # added to the log odds of every word: what may be either is the matter
_MOST = 3.0  # no word alone says more than this
_TURN = 3.0  # what it takes to change the subject in the middle of a sentence
_TURN_AT_STOP = 0.5  # and where there is a sign between
_LEAST = 2
"""Words that tell something; a text with fewer left is taken whole ("alt er nede" may be all there is)."""


class _Word(NamedTuple):
    key: str  # its stem; a number by its length
    word: str  # in the one spelling
    end: int  # place in the text
    begins: bool  # whether a sign is between it and the word before


class Asides:
    """Knows asides from the matter by sentences of both; without either, everything is the matter."""

    def __init__(self, lexicon: Lexicon, odds: Mapping[str, float]) -> None:
        """`odds`: by word of an aside, the log odds that it is said in one; `learn` finds them."""
        self._lexicon = lexicon
        self._odds = odds

    @classmethod
    def learn(cls, lexicon: Lexicon, asides: Iterable[str], sentences: Iterable[str]) -> Asides:
        """From sentences known to be asides, and others."""
        reader = cls(lexicon, {})
        aside, matter = reader._counted(asides), reader._counted(sentences)
        if not aside or not matter:
            return reader
        share = aside.total() / matter.total()
        odds = {
            key: math.log((count + _SMOOTHING) / (matter[key] * share + _SMOOTHING)) for key, count in aside.items()
        }
        return cls(lexicon, odds)

    def arrays(self) -> Arrays:
        """What was learnt."""
        return {"asides.words": strings_to_array(self._odds), "asides.odds": np.array(list(self._odds.values()))}

    @classmethod
    def from_arrays(cls, lexicon: Lexicon, arrays: Arrays) -> Asides:
        """The inverse; raises KeyError or ValueError on foreign arrays."""
        words, odds = strings_from_array(arrays["asides.words"]), arrays["asides.odds"].tolist()
        return cls(lexicon, dict(zip(words, odds, strict=True)))

    def matter(self, text: str) -> str:
        """The text without its asides; empty when there is nothing else."""
        words = list(self._words(text)) if self._odds else []
        if not words:
            return text
        kept: list[str] = []
        last = 0
        for word, aside in zip(words, self._course(words), strict=True):
            if not aside:
                kept.append(text[last : word.end])
            last = word.end
        kept.append(text[last:])
        left = "".join(kept)
        return left if _WORD.search(left) else ""

    def told(self, text: str) -> str:
        """What of the text tells which form is right: the matter, or the whole text when that is too little."""
        return self.enough(self.matter(text), text)

    def enough(self, matter: str, text: str) -> str:
        """The matter of a text, or the whole text when that is too little."""
        telling = {word for word in tokens(matter) if word not in STOP_WORDS and not word.isdigit()}
        return matter if len(telling) >= _LEAST else text

    def _course(self, words: list[_Word]) -> list[bool]:
        """For each word whether it is an aside, on the likeliest course through all of them."""
        matter, aside = 0.0, -_TURN  # people begin with the matter, after a greeting
        came_from: list[tuple[bool, bool]] = []
        for word in words:
            turn = _TURN_AT_STOP if word.begins else _TURN
            came_from.append((aside - turn > matter, aside >= matter - turn))
            odds = self._odds_of(word) + _MATTER_FIRST
            matter, aside = max(matter, aside - turn), max(aside, matter - turn) + odds
        now = aside > matter
        course: list[bool] = []
        for before_matter, before_aside in reversed(came_from):
            course.append(now)
            now = before_aside if now else before_matter
        return course[::-1]

    def _odds_of(self, word: _Word) -> float:
        """Log odds that a word is said in an aside."""
        said = self._odds.get(word.key)
        if said is None:
            return _OF_THE_MATTER if self._lexicon.knows(word.word) else _NEW
        return max(-_MOST, min(_MOST, said))

    def _counted(self, texts: Iterable[str]) -> Counter[str]:
        return Counter(word.key for text in texts for word in self._words(text))

    def _words(self, text: str) -> Iterator[_Word]:
        begins = False
        left = MAX_TOKENS
        for found in _WORD_OR_STOP.finditer(text[:MAX_CHARACTERS]):
            if not found[0][0].isalnum():
                begins = True
                continue
            if not left:
                return
            left -= 1
            word = one_word(found[0])
            # A phone number is an aside whatever its digits, and so is the time of day.
            key = f"#{len(word)}" if word.isdigit() else self._lexicon.read(word)[0]
            yield _Word(key, word, found.end(), begins)
            begins = False
