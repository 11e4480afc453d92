"""One entry of a catalogue file, judged field by field.

Nothing is mended or guessed: what is not exactly right is a problem with its line, form and field (G 4.1: the form
steers the whole workflow, and a wrong one cannot be changed afterwards).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from knowledge.catalogue.form import AUDIENCES, BILLING_FIELDS, Billing, Field, FieldType, Form, Kind
from knowledge.catalogue.reading_files import Row

_MAX_ID = 2**53 - 1  # the largest whole number that survives every JSON reader, the browser's included
_MAX_TITLE = 300
_MAX_TEXT = 10_000
_KINDS = tuple(kind.value for kind in Kind)
_TYPES = tuple(one.value for one in FieldType)
_URL = re.compile(r"https?://[^\s<>\"]+")
_FIELD_KEY = re.compile(r"\w{1,60}")

FORM_KEYS = (
    "id",
    "title",
    "kind",
    "service",
    "category",
    "description",
    "audience",
    "fields",
    "billing",
    "estimate_approval",
    "route",
    "delivery_time",
    "channel",
    "channel_url",
    "url",
)
"""The keys of an entry, in the order of the file."""
_FIELD_KEYS = ("key", "label", "type", "required", "choices", "help")


class Entry:
    """One row being read: takes values out, notes every problem, gives a Form only when there was none."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._id: int | None = None
        self.problems: list[str] = []

    def form(self) -> Form | None:
        """The form of this row, or None when `problems` says why not."""
        data = self._row.content
        if not isinstance(data, dict):
            self._wrong("", f"must be an object with keys, not {_shape(data)}")
            return None
        self._id = self._number(data)
        self._unknown_keys(data, FORM_KEYS, "")
        title = self._text(data, "title", required=True, longest=_MAX_TITLE)
        description = self._text(data, "description", required=True, lines=True)
        kind = self._one_of(data, "kind", _KINDS)
        audience = self._texts(data, "audience", "", allowed=AUDIENCES)
        fields = self._fields(data)
        billing = self._billing(data, fields)
        channel = self._text(data, "channel", default="kompass")
        form = {
            "service": self._text(data, "service"),
            "category": self._text(data, "category"),
            "route": self._text(data, "route"),
            "delivery_time": self._text_or_none(data, "delivery_time"),
            "channel_url": self._url(data, "channel_url"),
            "url": self._url(data, "url"),
            "estimate_approval": self._flag(data, "estimate_approval", "", default=False),
        }
        if channel != "kompass" and data.get("channel_url") is None:
            # G 4.2: what is ordered elsewhere gets a link and no case, so without a link there is nothing to give.
            self._wrong("channel_url", f"missing; the form is ordered in «{_shown(channel)}» and needs its address")
        if self.problems or self._id is None:
            return None
        return Form(
            id=self._id,
            title=title,
            description=description,
            kind=Kind(kind) if kind else None,
            audience=audience,
            fields=fields,
            billing=billing,
            channel=channel,
            **form,  # type: ignore[arg-type]  # each value was checked above for the key it has here
        )

    def _wrong(self, place: str, problem: str) -> None:
        form = "" if self._id is None else f", form {self._id}"
        self.problems.append(f"line {self._row.line}{form}, {place or 'entry'}: {problem}")

    def _unknown_keys(self, data: Mapping[str, Any], known: Iterable[str], prefix: str) -> None:
        for key in data:
            if key not in known:
                self._wrong(f"{prefix}{_shown(key)}", "is not a known field")

    def _number(self, data: Mapping[str, Any]) -> int | None:
        value = data.get("id")
        if value is None:
            self._wrong("id", "missing")
        elif isinstance(value, bool) or not isinstance(value, int):
            self._wrong("id", f"must be a whole number, not {_shape(value)}")
        elif not 0 < value <= _MAX_ID:
            self._wrong("id", f"must lie between 1 and {_MAX_ID}")
        else:
            return value
        return None

    def _text(
        self,
        data: Mapping[str, Any],
        key: str,
        prefix: str = "",
        *,
        required: bool = False,
        default: str = "",
        lines: bool = False,
        longest: int = _MAX_TEXT,
    ) -> str:
        value = data.get(key)
        place = f"{prefix}{key}"
        if value is None:
            if required:
                self._wrong(place, "missing")
            return default
        if not isinstance(value, str):
            self._wrong(place, f"must be text, not {_shape(value)}")
            return default
        if required and not value.strip():
            self._wrong(place, "empty")
        if len(value) > longest:
            self._wrong(place, f"{len(value)} characters; at most {longest}")
        for problem in _bad_characters(value, lines=lines):
            self._wrong(place, problem)
        return value or default

    def _text_or_none(self, data: Mapping[str, Any], key: str, prefix: str = "", *, lines: bool = False) -> str | None:
        if data.get(key) is None:
            return None
        return self._text(data, key, prefix, lines=lines)

    def _url(self, data: Mapping[str, Any], key: str) -> str | None:
        value = self._text_or_none(data, key)
        if value is not None and isinstance(data[key], str) and not _URL.fullmatch(value):
            self._wrong(key, "must be an address that begins with https:// or http://")
        return value

    def _flag(self, data: Mapping[str, Any], key: str, prefix: str, *, default: bool | None = None) -> bool:
        value = data.get(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(f"{prefix}{key}", "missing" if value is None else f"must be true or false, not {_shape(value)}")
        return False

    def _one_of(self, data: Mapping[str, Any], key: str, allowed: tuple[str, ...], prefix: str = "") -> str | None:
        value = data.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in allowed:
            self._wrong(f"{prefix}{key}", f"{_shape(value)} is not one of {', '.join(allowed)}")
            return None
        return value

    def _texts(
        self, data: Mapping[str, Any], key: str, prefix: str, *, allowed: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """A list of texts, none of them empty or twice."""
        value = data.get(key)
        place = f"{prefix}{key}"
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong(place, f"must be a list, not {_shape(value)}")
            return ()
        found: list[str] = []
        for number, one in enumerate(value, start=1):
            if not isinstance(one, str) or not one.strip():
                self._wrong(f"{place}[{number}]", f"must be text, not {_shape(one)}")
            elif allowed is not None and one not in allowed:
                self._wrong(f"{place}[{number}]", f"{_shape(one)} is not one of {', '.join(allowed)}")
            elif one in found:
                self._wrong(f"{place}[{number}]", f"{_shape(one)} stands twice")
            else:
                for problem in _bad_characters(one, lines=False):
                    self._wrong(f"{place}[{number}]", problem)
                found.append(one)
        return tuple(found)

    def _fields(self, data: Mapping[str, Any]) -> tuple[Field, ...]:
        value = data.get("fields")
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong("fields", f"must be a list, not {_shape(value)}")
            return ()
        found = [self._field(one, f"fields[{number}]") for number, one in enumerate(value, start=1)]
        fields = tuple(field for field in found if field is not None)
        for key, count in Counter(field.key for field in fields).items():
            if count > 1 and key:
                self._wrong("fields", f"key «{key}» stands {count} times")
        return fields

    def _field(self, data: object, place: str) -> Field | None:
        if not isinstance(data, dict):
            self._wrong(place, f"must be an object with keys, not {_shape(data)}")
            return None
        prefix = f"{place}."
        self._unknown_keys(data, _FIELD_KEYS, prefix)
        key = self._text(data, "key", prefix, required=True)
        if key.strip() and not _FIELD_KEY.fullmatch(key):
            self._wrong(f"{prefix}key", f"{_shape(key)}: use letters, digits and _ only")
        if "type" not in data:
            self._wrong(f"{prefix}type", "missing")
        field_type = self._one_of(data, "type", _TYPES, prefix)
        choices = self._texts(data, "choices", prefix)
        if field_type == FieldType.CHOICE and not choices:
            self._wrong(f"{prefix}choices", "missing; a choice needs something to choose from")
        if field_type is not None and field_type != FieldType.CHOICE and "choices" in data:
            self._wrong(f"{prefix}choices", f"only a choice has choices, not {field_type}")
        return Field(
            key=key,
            label=self._text(data, "label", prefix, required=True, longest=_MAX_TITLE),
            type=FieldType(field_type or FieldType.TEXT),
            required=self._flag(data, "required", prefix),
            choices=choices,
            help=self._text_or_none(data, "help", prefix, lines=True),
        )

    def _billing(self, data: Mapping[str, Any], fields: tuple[Field, ...]) -> Billing | None:
        value = data.get("billing")
        if value is None:
            return None
        if not isinstance(value, dict):
            self._wrong("billing", f"must be an object with keys, not {_shape(value)}")
            return None
        self._unknown_keys(value, ("fields", "price"), "billing.")
        names = self._texts(value, "fields", "billing.", allowed=BILLING_FIELDS)
        if not value.get("fields"):
            self._wrong("billing.fields", f"missing; some of {', '.join(BILLING_FIELDS)}")
        for field in fields:
            if field.key in names:
                self._wrong("billing.fields", f"«{field.key}» is also one of the form's own fields")
        return Billing(fields=names, price=self._text_or_none(value, "price", "billing."))


def _bad_characters(text: str, *, lines: bool) -> list[str]:
    """Characters that have no business in a text people read: control characters, lone surrogates, direction marks."""
    allowed: Callable[[str], bool] = (lambda one: one in "\n\t") if lines else (lambda _: False)
    bad = sorted(
        {one for one in text if unicodedata.category(one) in ("Cc", "Cs") and not allowed(one)} | (_BIDI & set(text))
    )
    return [f"holds the character U+{ord(one):04X}, which is not text" for one in bad]


_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the reading direction round, so that a title shows as something else than it is."""


def _shape(value: object) -> str:
    """A value named in a problem: itself when it is short and plain, else its kind."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value).lower()[:40]
    if isinstance(value, str):
        return f"«{_shown(value)}»"
    return "a list" if isinstance(value, list) else "an object"


def _shown(text: str) -> str:
    """Foreign text inside a problem: short, on one line, nothing that could break a terminal or a log."""
    safe = "".join(one if one.isprintable() else "?" for one in text)
    return safe if len(safe) <= 40 else f"{safe[:39]}…"
