"""The guide's checklists as data (G 7.1-7.3, and what a notice must say, G 5.1.2.2): what to ask, how, and when.

The service desk owns the files; one engine fills any of them. A file with an unknown key, a missing language or a
pattern that is not one is refused at start with file and key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from knowledge.catalogue.form import FieldType
from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import PLACEHOLDER, Section, read_yaml

CHECKLIST_NAMES = ("general", "support", "service", "notice")
"""One file each: G 7.1, 7.2, 7.3 and the notice of G 5.1.2.2."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHAPTER = re.compile(r"\d+(?:\.\d+)*(?:, \d+(?:\.\d+)*)*")


class AskedWhen(StrEnum):
    """When an item without an answer is asked for. An item that is not asked may still be said, or filled in a card."""

    MISSING = "missing"
    """whenever it has no answer"""
    NEVER = "never"
    """never on its own: it stands in the card and the summary, and is taken when the person says it"""
    MISSING_SYSTEM = "missing_system"
    """when the form has no field of type system and no system was read out of what was said"""
    CRITICAL = "critical"
    """when the fault is critical (G 5.1.2.2)"""
    CRITICAL_SUSPECTED = "critical_suspected"
    """when the words sound critical: the person confirms or denies it"""
    BILLING = "billing"
    """when the form's billing has a field of the item's key: the order costs (G 5.1.3)"""


class Default(StrEnum):
    """Who stands in when nobody is named."""

    NONE = ""
    REPORTER = "reporter"
    """the one who reports (G 5.1.2: expected to test unless someone else is named)"""
    DESK = "desk"
    """the service desk itself"""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """One thing to choose: the stored value, and what the person sees, by language."""

    value: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a checklist. Texts are by language (nb, nn, en); `choices` is set exactly for type choice.

    `required_when_critical` makes an otherwise optional item required for a critical fault. `pattern` is matched
    against the answer without blanks, in capitals; `error` is what to say when it does not fit, and set exactly when
    there is a pattern. names: what people write before the answer instead of the label ("hvem: ..."), small letters.
    """

    key: str
    question: Mapping[str, str]
    label: Mapping[str, str]
    type: FieldType
    required: bool
    asked_when: AskedWhen
    chapter: str
    choices: tuple[ItemChoice, ...] = ()
    help: Mapping[str, str] = field(default_factory=dict)
    required_when_critical: bool = False
    default: Default = Default.NONE
    pattern: str | None = None
    error: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def checked(self, answer: str) -> str | None:
        """The answer as it is stored, or None when it does not fit the pattern (then say `error`)."""
        if self.pattern is None:
            return answer.strip()
        compact = "".join(answer.split()).upper()
        return compact if re.fullmatch(self.pattern, compact) else None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist in the order it is asked."""

    name: str
    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def get(self, key: str) -> Item | None:
        """The item with this key, or None."""
        return next((item for item in self.items if item.key == key), None)


def load_checklists(directory: Path) -> Mapping[str, Checklist]:
    """All checklists by name, from `<name>.yaml` each; raises BrokenKnowledge with file and key."""
    return {name: _checklist(name, directory / f"{name}.yaml") for name in CHECKLIST_NAMES}


def _checklist(name: str, path: Path) -> Checklist:
    root = Section(read_yaml(path), str(path))
    items = tuple(_item(section) for section in root.sections("items"))
    root.done()
    keys = [item.key for item in items]
    for key in keys:
        if keys.count(key) > 1:
            raise root.wrong("items", f"key {key} stands twice")
    return Checklist(name, items)


def _item(section: Section) -> Item:
    key = section.text("key")
    if not _KEY.fullmatch(key):
        raise section.wrong("key", f"{key!r}: small letters, digits and _ only")
    section = section.named_as(key)
    field_type = FieldType(section.one_of("type", [one.value for one in FieldType]))
    chapter = section.text("chapter")
    if not _CHAPTER.fullmatch(chapter):
        raise section.wrong("chapter", "must be chapters of the guide, as '7.2' or '7.2, 5.1.2'")
    pattern = section.text("pattern") if section.has("pattern") else None
    error = section.each_language_or_none("error")
    if pattern is not None:
        try:
            re.compile(pattern)
        except re.error as problem:
            raise section.wrong("pattern", f"not a regular expression: {problem}") from problem
    if (pattern is None) != (not error):
        raise section.wrong("error", "a pattern and its error text come together")
    item = Item(
        key=key,
        question=section.each_language("question"),
        label=section.each_language("label"),
        type=field_type,
        required=section.flag("required"),
        asked_when=AskedWhen(section.one_of("asked_when", [one.value for one in AskedWhen])),
        chapter=chapter,
        choices=_choices(section, field_type),
        help=section.each_language_or_none("help"),
        required_when_critical=section.has("required_when_critical") and section.flag("required_when_critical"),
        default=Default(
            section.one_of("default", [one.value for one in Default if one]) if section.has("default") else ""
        ),
        pattern=pattern,
        error=error,
        names=section.texts_or_none("names"),
    )
    section.done()
    _no_placeholders(item, section)
    return item


def _choices(section: Section, field_type: FieldType) -> tuple[ItemChoice, ...]:
    if (field_type is FieldType.CHOICE) != section.has("choices"):
        raise section.wrong("choices", "must be there for type choice, and for no other type")
    if field_type is not FieldType.CHOICE:
        return ()
    choices = []
    for one in section.sections("choices"):
        choices.append(ItemChoice(one.text("value"), one.each_language("label")))
        one.done()
    values = [one.value for one in choices]
    if len(set(values)) != len(values):
        raise section.wrong("choices", "holds the same value twice")
    return tuple(choices)


def _no_placeholders(item: Item, section: Section) -> None:
    """Checklists are shown as they stand: a fact of the organisation has no place in them."""
    for name, texts in (("question", item.question), ("label", item.label), ("help", item.help), ("error", item.error)):
        if any(PLACEHOLDER.search(text) for text in texts.values()):
            raise section.wrong(name, "placeholders are not filled in here")


def items_of(checklists: Mapping[str, Checklist], *names: str) -> tuple[Item, ...]:
    """The items of several checklists, one after the other, each key once (the first one counts).

    Raises BrokenKnowledge when there is no checklist of a name.
    """
    found: dict[str, Item] = {}
    for name in names:
        if name not in checklists:
            raise BrokenKnowledge(f"no checklist {name}")
        for item in checklists[name]:
            found.setdefault(item.key, item)
    return tuple(found.values())
