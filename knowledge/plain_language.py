"""What makes a text hard to read, as hints to whoever wrote it (klarspråk): he decides, and may leave it as it is.

Long sentences, LIX, passives after a modal verb, and words that people outside IT do not know (`data/jargon.yaml`). The
rules are few and plain on purpose: at an outage nobody reads a lecture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import read_plain_yaml

JARGON_FILE = Path(__file__).parent / "data" / "jargon.yaml"

_MOST_WORDS = 25
_MOST_LIX = 50
# A short text has too few words for LIX to say anything.
_WORDS_FOR_LIX = 15
_LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\W*(?:\s[–«\"]?[A-ZÆØÅ]|$))|\n")
# "skal utføres", "kan ikke benyttes"; verbs whose s is no passive are let through.
_PASSIVE = re.compile(
    r"\b(?:skal|må|kan|vil|bør|ville|skulle|kunne|måtte)\s+(?:(?:ikke|ikkje|nå|no|også|òg)\s+)?(\w{3,}[ea]s)\b",
    re.IGNORECASE,
)
_NO_PASSIVE = frozenset(
    {"finnes", "finnas", "synes", "synas", "lykkes", "trives", "møtes", "minnes", "kjennes", "deres"}
)


class HintKind(StrEnum):
    """What is hard about it."""

    LONG_SENTENCE = "long_sentence"
    LIX = "lix"
    PASSIVE = "passive"
    JARGON = "jargon"


@dataclass(frozen=True, slots=True)
class Hint:
    """found: the words it is about, or the number for LIX. instead: what could be written, for a word of the list."""

    kind: HintKind
    found: str
    instead: str = ""


def hints(text: str) -> tuple[Hint, ...]:
    """What could be plainer in a text, each once, in the order of the kinds."""
    found = [Hint(HintKind.LONG_SENTENCE, one) for one in sentences(text) if len(_WORD.findall(one)) > _MOST_WORDS]
    score = lix(text)
    if len(_WORD.findall(text)) >= _WORDS_FOR_LIX and score > _MOST_LIX and not found:
        found.append(Hint(HintKind.LIX, str(round(score))))
    passives = (match[1].lower() for match in _PASSIVE.finditer(text))
    found += [Hint(HintKind.PASSIVE, one) for one in dict.fromkeys(passives) if one not in _NO_PASSIVE]
    found += _jargon_in(text)
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; "kl. 14" and "1.linje" end none."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if _WORD.search(part))


def lix(text: str) -> float:
    """Björnsson's readability index: words a sentence plus the percentage of words longer than six letters."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    return len(words) / len(sentences(text)) + 100 * sum(len(word) > _LONG_WORD for word in words) / len(words)


def _jargon_in(text: str) -> list[Hint]:
    folded = " ".join(_WORD.findall(text.lower()))
    found = []
    for pattern, instead in _jargon().items():
        match = pattern.search(folded)
        if match is not None:
            found.append(Hint(HintKind.JARGON, match[0], instead))
    return found


@cache
def _jargon() -> Mapping[re.Pattern[str], str]:
    return load_jargon(JARGON_FILE)


def load_jargon(path: Path) -> Mapping[re.Pattern[str], str]:
    """Words and what to write instead; a word that ends in "-" counts with every ending. Raises BrokenKnowledge."""
    words = read_plain_yaml(path)
    try:
        return {
            re.compile(rf"\b{re.escape(word.removesuffix('-'))}{'[^ ]*' if word.endswith('-') else ''}(?= |$)"): instead
            for word, instead in words.items()
            if isinstance(instead, str) or _wrong(word)
        }
    except (AttributeError, TypeError) as error:
        raise BrokenKnowledge(f"{path.name}: {error!r}") from error


def _wrong(word: object) -> bool:
    raise TypeError(f"{word!r} has no word to write instead")
