"""Filters of a query, built only out of values checked for their kind.

Kompass binds no parameters, so a filter is text, and a value that ends its own quotes would search for something else.
Each function takes one kind of value and raises BadValue unless it looks like that kind; free text has no function.
Chains of `or` always stand in parentheses, since how `and` and `or` bind is not documented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.errors import PermanentFailure

_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_ID = re.compile(r"[0-9]{1,19}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_-]{0,99}")
# The local part may hold an apostrophe (o'hara); what follows the @ is a host name.
_ADDRESS = re.compile(r"[A-Za-z0-9_.+'æøåÆØÅéüöäÉÜÖÄ-]{1,64}@[A-Za-z0-9æøåÆØÅ.-]{1,190}")

MOST_IDS = 50
"""Ids of one query; a longer chain breaks the address."""


class BadValue(PermanentFailure):
    """A value is not of the kind it is used as; it is never sent."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The text of a filter; made by the functions below only."""

    text: str


def is_id(text: str) -> bool:
    """Whether this is an id of Kompass: digits, at most 19."""
    return bool(_ID.fullmatch(text))


def is_address(text: str) -> bool:
    """Whether this is an e-mail address or a UPN that may be searched for."""
    return bool(_ADDRESS.fullmatch(text))


def checked_id(text: str) -> str:
    """The id; raises BadValue."""
    if not is_id(text):
        raise BadValue("not an id of Kompass")
    return text


def checked_property(name: str) -> str:
    """The name of a property, also one of a related entity (`Service.DisplayLabel`); raises BadValue."""
    if not all(_PROPERTY.fullmatch(part) for part in name.split(".")):
        raise BadValue("not the name of a property of Kompass")
    return name


def with_address(name: str, address: str) -> Filter:
    """The property is this e-mail address or UPN."""
    if not is_address(address):
        raise BadValue("not an e-mail address")
    return Filter(f"{checked_property(name)}={_quoted(address)}")


def without_robots(where: Filter) -> Filter:
    """The same, of people alone: integration users may share an address with one."""
    return Filter(f"{where.text} and IsSystemIntegration != 'true' and IsSystem != 'true'")


def with_key(name: str, key: str) -> Filter:
    """The property is this key of ours."""
    if not _KEY.fullmatch(key):
        raise BadValue("not a key")
    return Filter(f"{checked_property(name)}={_quoted(key)}")


def with_ids(values: Sequence[str]) -> Filter:
    """The entity is one of these, at most MOST_IDS."""
    if not 0 < len(values) <= MOST_IDS:
        raise BadValue(f"from 1 to {MOST_IDS} ids are asked for at a time")
    return Filter("(" + " or ".join(f"Id={checked_id(value)}" for value in values) + ")")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
