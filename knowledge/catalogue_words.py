"""What the catalogue's own words are called in nynorsk and English: field labels, options, hints, times and prices.

The catalogue is written in bokmål, and is fetched anew from the case tool; so a word is found by how it is written
there, not by its form. What has no translation is shown as the catalogue has it. A case keeps the catalogue's own words
(G 5.1.1): these are only what a person reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import LANGUAGES, read_yaml, yaml_files

# "2 virkedager" and "15 virkedager" are one phrase; so are "kr 38" and "kr 1 090–1 350".
_NUMBERS = re.compile(r"\d[\d\u00a0\u202f .,–-]*\d|\d")
_NUMBER = "#"


@dataclass(frozen=True, slots=True)
class CatalogueWords:
    """Translations by language, then by the word in bokmål; a number in a word stands as "#". Immutable."""

    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __call__(self, word: str, language: str) -> str:
        """The word in this language, or as it is when there is no translation."""
        known = self.translations.get(language)
        if not known:
            return word
        exact = known.get(word)
        if exact is not None:
            return exact
        phrase = known.get(_NUMBERS.sub(_NUMBER, word))
        if phrase is None:
            return word
        numbers = iter(_NUMBERS.findall(word))
        return re.sub(_NUMBER, lambda _: next(numbers, _NUMBER), phrase)

    def knows(self, word: str) -> bool:
        """Whether the word is translated, or said to be the same in every language."""
        return all(
            word in known or _NUMBERS.sub(_NUMBER, word) in known for known in self.translations.values()
        ) and bool(self.translations)


def load_catalogue_words(directory: Path) -> CatalogueWords:
    """Read every file of the folder: `words` maps bokmål to [nynorsk, English], `same` lists what all three share.

    Raises BrokenKnowledge with file and word.
    """
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES[1:]}
    for path in yaml_files(directory):
        for word, translated in _rows(path):
            for language, text in zip(found, translated, strict=True):
                if found[language].setdefault(word, text) != text:
                    raise BrokenKnowledge(f"{path}: {word}: is translated in two ways")
    return CatalogueWords(MappingProxyType({language: MappingProxyType(one) for language, one in found.items()}))


def _rows(path: Path) -> Iterable[tuple[str, tuple[str, str]]]:
    data = read_yaml(path)
    if not isinstance(data, dict) or set(data) - {"words", "same"}:
        raise BrokenKnowledge(f"{path}: must have words and same, and nothing else")
    words, same = data.get("words") or {}, data.get("same") or []
    if not isinstance(words, dict) or not isinstance(same, list):
        raise BrokenKnowledge(f"{path}: words must be a mapping and same a list")
    for word, translated in words.items():
        texts = translated if isinstance(translated, list) else []
        if len(texts) != 2 or not all(isinstance(one, str) and one.strip() for one in (word, *texts)):
            raise BrokenKnowledge(f"{path}: {word}: must have its nynorsk and its English, as texts")
        if any(one.count(_NUMBER) != word.count(_NUMBER) for one in texts):
            raise BrokenKnowledge(f"{path}: {word}: has another count of # in a translation")
        yield word, (texts[0], texts[1])
    for word in same:
        if not isinstance(word, str) or not word.strip():
            raise BrokenKnowledge(f"{path}: same: {word!r} must be text; put it in quotes")
        yield word, (word, word)
