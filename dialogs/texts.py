"""All texts the bot says, one YAML file per language in `dialogs/texts/` (DESIGN 3: outside code, in one place).

A text is found by key and filled with named values. A missing text falls back to bokmål, and a test fails on it, so
that a user gets an answer even where a translation was forgotten. Values are put in as they are: escaping belongs to
the renderer, which knows the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import yaml

from knowledge.errors import BrokenKnowledge, MissingText
from knowledge.yaml_files import parse_yaml

LANGUAGES = ("nb", "nn", "en")
DEFAULT_LANGUAGE = "nb"
TEXTS_DIRECTORY = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, with bokmål behind it."""

    language: str
    entries: Mapping[str, str]
    fallback: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of this key filled with values; raises MissingText when no language has the key or a value lacks."""
        return self.filled(key, {}, values)

    def filled(self, key: str, facts: Mapping[str, object], values: Mapping[str, object]) -> str:
        """The same, with values that are always at hand; a value of its own name takes a fact's place."""
        text = self.entries.get(key) or self.fallback.get(key)
        if text is None:
            raise MissingText(f"no text with key {key!r}")
        if "{" not in text:
            return text  # most texts take no values
        try:
            return text.format_map({**facts, **values})
        except KeyError as error:
            raise MissingText(f"text {key!r} needs a value for {error}") from error

    def has(self, key: str) -> bool:
        """Whether some language has this key."""
        return key in self.entries or key in self.fallback


def load_texts(directory: Path = TEXTS_DIRECTORY) -> Mapping[str, Texts]:
    """Texts by language; raises BrokenKnowledge on a file that is not a flat mapping of key to text."""
    entries = {language: _read(directory / f"{language}.yaml") for language in LANGUAGES}
    return MappingProxyType(
        {language: Texts(language, entries[language], entries[DEFAULT_LANGUAGE]) for language in LANGUAGES}
    )


def placeholders(text: str) -> frozenset[str]:
    """The names of the values a text takes."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _read(path: Path) -> Mapping[str, str]:
    try:
        data = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BrokenKnowledge(f"{path.name}: {error}") from error
    if not isinstance(data, dict):
        raise BrokenKnowledge(f"{path.name}: a mapping of key to text is expected")
    flat: dict[str, str] = {}
    for group, texts in data.items():
        if not isinstance(texts, dict):
            raise BrokenKnowledge(f"{path.name}: group {group!r} must be a mapping of name to text")
        for name, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                raise BrokenKnowledge(f"{path.name}: {group}.{name} must be a text")
            flat[f"{group}.{name}"] = text.strip()
    return MappingProxyType(flat)
