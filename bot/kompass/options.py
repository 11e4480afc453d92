"""UserOptions: the fields an offering has of its own, filled from the answers to our form. Pure.

Our forms and the offering's fields are matched by their names and labels, without regard to signs and capitals. What
matches nothing is left out here; every answer stands in the description all the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST = 4000
_OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class OptionField:
    """A field of an offering. values: (name, label) of an enumeration. length: the most characters, 0 for any."""

    name: str
    label: str
    type: str
    values: tuple[tuple[str, str], ...] = ()
    length: int = 0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a field of our form: its key, its label, and its JSON value."""

    key: str
    label: str
    value: Any


def read_descriptor(value: Any) -> tuple[OptionField, ...]:
    """The fields of an offering that may be filled in; wherever the descriptor stands in the answer."""
    labels = _find(value, "localizedLabels")
    texts = labels if isinstance(labels, dict) else {}
    enumerations = {
        str(one.get("name")): tuple(
            (entry["name"], _text(texts, entry.get("localized_label_key")) or entry["name"])
            for entry in _dicts(one.get("values"))
            if isinstance(entry.get("name"), str) and entry.get("is_disabled") is not True
        )
        for one in _dicts(_find(value, "enumerationDescriptors"))
    }
    return tuple(
        OptionField(
            name=one["name"],
            label=_text(texts, one.get("localized_label_key")),
            type=str(one.get("logical_type", "")).upper(),
            values=enumerations.get(str(one.get("reference_name")), ()),
            length=one["length"] if isinstance(one.get("length"), int) else 0,
            required=one.get("required") is True,
        )
        for one in _dicts(_find(value, "userOptionsPropertyDescriptors"))
        if isinstance(one.get("name"), str) and one.get("readOnly") is not True and one.get("hidden") is not True
    )


def user_options(fields: Sequence[OptionField], answers: Iterable[Answered]) -> str:
    """The value of UserOptions: JSON in a string, as Kompass wants it."""
    filled: dict[str, str] = {}
    for answer in answers:
        for field in fields:
            if field.name not in filled and same_field(field, answer.key, answer.label):
                text = _value(field, answer.value)
                if text is not None:
                    filled[field.name] = text
                break
    return json.dumps({"complexTypeProperties": [{"properties": filled}]}, ensure_ascii=False)


def same_field(field: OptionField, key: str, label: str) -> bool:
    """Whether an offering's field asks what a field of our form asks."""
    theirs = {_plain(field.name.removesuffix("_c")), _plain(field.label)} - {""}
    return bool(theirs & {_plain(key), _plain(label)})


def _value(field: OptionField, value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).strip()
    if field.type.startswith("ENUM") or field.values:
        wanted = _plain(text)
        return next((name for name, label in field.values if wanted in (_plain(name), _plain(label))), None)
    if field.type.startswith("DATE"):
        return _millis(text)
    if field.type == "ENTITY_LINK":
        return text if text.isascii() and text.isdigit() else None
    return text[: min(field.length, _LONGEST)] if field.length > 0 else text[:_LONGEST]


def _millis(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # A date without a clock is that day where people are.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=_OSLO)
    return str(round(aware.timestamp() * 1000))


def _plain(text: str) -> str:
    folded = text.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode())


def _text(texts: Mapping[str, Any], key: Any) -> str:
    return str(texts.get(key, "")) if isinstance(key, str) else ""


def _find(value: Any, name: str) -> Any:
    """What stands under this name, at any depth (answers wrap the descriptor differently)."""
    waiting = [value]
    for _ in range(100):
        if not waiting:
            return None
        one = waiting.pop(0)
        if isinstance(one, Mapping):
            if name in one:
                return one[name]
            waiting += one.values()
    return None


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
