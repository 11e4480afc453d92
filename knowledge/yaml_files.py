"""Reading the knowledge files people edit: strict YAML, with the file and the place in every complaint.

Checklists, guide answers, glossary and organisation are owned by the service desk and edited by hand. A slip there must
be told at start in a way its owner can act on, never met by a user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import BrokenKnowledge

try:
    from yaml import CSafeLoader as _SafeLoader  # ten times faster, and the start waits for it
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

LANGUAGES = ("nb", "nn", "en")
"""Every text a user may see exists in all three (G 5.1.1: Norwegian unless agreed otherwise)."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
"""`{name}` in a text stands for a fact of the organisation (see `knowledge.organisation`)."""


class _UniqueKeyLoader(_SafeLoader):
    """Plain YAML, but a key written twice is an error: YAML itself silently keeps the last one."""


def _unique_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict | set):
            raise yaml.constructor.ConstructorError(None, None, "a key must be plain text", key_node.start_mark)
        if key in result:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} is written twice", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def parse_yaml(text: str) -> Any:
    """Plain safe YAML; raises yaml.YAMLError."""
    return yaml.load(text, Loader=_SafeLoader)


def read_plain_yaml(path: Path) -> Any:
    """The content of one YAML file in UTF-8, its keys not checked; raises BrokenKnowledge with the file's name."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BrokenKnowledge(f"{path.name}: {error}") from error


def read_yaml(path: Path) -> Any:
    """The content of one YAML file in UTF-8; raises BrokenKnowledge with file and line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_UniqueKeyLoader)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise BrokenKnowledge(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenKnowledge(f"{path}: not UTF-8 at byte {error.start}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BrokenKnowledge(f"{path}: {' '.join(str(error).split()) or type(error).__name__}") from error


def yaml_files(directory: Path) -> list[Path]:
    """The YAML files of a directory in order of name; raises BrokenKnowledge when there are none."""
    found = sorted(directory.glob("*.yaml"))
    if not found:
        raise BrokenKnowledge(f"{directory}: no .yaml files here")
    return found


class Section:
    """A mapping out of a knowledge file, read key by key; every method raises BrokenKnowledge naming file and key.

    Call `done` at the end: a key nobody asked for is a misspelt one.
    """

    def __init__(self, data: object, where: str) -> None:
        self.where = where
        if not isinstance(data, Mapping):
            raise BrokenKnowledge(f"{where}: must be a mapping of keys to values, not {_shape(data)}")
        self._data: Mapping[Any, Any] = data
        self._asked: set[str] = set()

    def wrong(self, key: str, problem: str) -> BrokenKnowledge:
        """The error for a value of this section, to raise."""
        return BrokenKnowledge(f"{self.where}: {key}: {problem}")

    def named_as(self, name: str) -> Section:
        """The same section, named by what its owner calls it instead of its number in the list."""
        self.where = f"{self.where} ({name})"
        return self

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        self._asked.add(key)
        return self._data.get(key) is not None

    def _value(self, key: str) -> Any:
        if not self.has(key):
            raise self.wrong(key, "is missing")
        return self._data[key]

    def text(self, key: str) -> str:
        """A text that is not blank, without blanks at its ends."""
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(
                key, f"must be text, not {_shape(value)}; put it in quotes if it looks like something else"
            )
        return value.strip()

    def text_or(self, key: str, default: str) -> str:
        """As `text`, or the default when the key is not there."""
        return self.text(key) if self.has(key) else default

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        """A text out of a fixed set."""
        value = self.text(key)
        if value not in allowed:
            raise self.wrong(key, f"{value!r} is not one of {', '.join(allowed)}")
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise self.wrong(key, f"must be true or false, not {_shape(value)}")
        return value

    def number(self, key: str) -> int:
        """A whole number of at least 0."""
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.wrong(key, f"must be a whole number of at least 0, not {_shape(value)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none blank, none twice."""
        value = self._value(key)
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            raise self.wrong(key, "must be a list of texts")
        stripped = tuple(one.strip() for one in value)
        if len(set(stripped)) != len(stripped):
            raise self.wrong(key, "holds the same text twice")
        return stripped

    def texts_or_none(self, key: str) -> tuple[str, ...]:
        """As `texts`, or () when the key is not there."""
        return self.texts(key) if self.has(key) else ()

    def each_language(self, key: str) -> Mapping[str, str]:
        """A text in every language: {nb: ..., nn: ..., en: ...}."""
        section = self.section(key)
        found = {language: section.text(language) for language in LANGUAGES}
        section.done()
        return found

    def each_language_or_none(self, key: str) -> Mapping[str, str]:
        """As `each_language`, or {} when the key is not there."""
        return self.each_language(key) if self.has(key) else {}

    def texts_each_language(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """A list of texts in every language."""
        section = self.section(key)
        found = {language: section.texts(language) for language in LANGUAGES}
        section.done()
        return found

    def section(self, key: str) -> Section:
        """A mapping under a key."""
        return Section(self._value(key), f"{self.where}: {key}")

    def sections(self, key: str) -> list[Section]:
        """A list of mappings under a key, not empty."""
        return list_of_sections(self._value(key), f"{self.where}: {key}")

    def named_sections(self, key: str) -> Iterator[tuple[str, Section]]:
        """The mappings of a mapping, with their names."""
        yield from self.section(key).named()

    def named(self) -> Iterator[tuple[str, Section]]:
        """Every entry of this mapping, each of them a mapping, with its name."""
        for name in self.names():
            yield name, self.section(name)

    def names(self) -> list[str]:
        """The keys, which must be texts; asked for, all of them."""
        for name in self._data:
            if not isinstance(name, str):
                raise self.wrong(str(name), "a key must be text; put it in quotes")
        self._asked.update(self._data)
        return list(self._data)

    def done(self) -> None:
        """Complain of keys nobody asked for."""
        unknown = sorted(str(key) for key in self._data if key not in self._asked)
        if unknown:
            raise self.wrong(unknown[0], f"is not a key here; known keys: {', '.join(sorted(self._asked))}")


def list_of_sections(data: object, where: str) -> list[Section]:
    """A list of mappings, not empty; raises BrokenKnowledge."""
    if not isinstance(data, list) or not data:
        raise BrokenKnowledge(f"{where}: must be a list with at least one entry")
    return [Section(one, f"{where}[{number}]") for number, one in enumerate(data, start=1)]


def _shape(value: object) -> str:
    """A value named in a complaint: its kind, and itself when it is short and plain."""
    if isinstance(value, str | int | float | bool):
        return f"{type(value).__name__} {value!r}" if len(str(value)) <= 40 else type(value).__name__
    return "nothing" if value is None else type(value).__name__
