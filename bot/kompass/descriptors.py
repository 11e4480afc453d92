"""What the tenant says its entities are called (`metadata/ui/entity-descriptors`). Pure.

How its answer is wrapped is not known, so entities are found at any depth. What a descriptor leaves open (an
enumeration without values, a property that does not say whether it is read-only, no word of links) is kept as not
known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Property:
    """Of an entity. read_only: None when it does not say. values: of an enumeration, empty for anything else."""

    read_only: bool | None = False
    values: frozenset[str] = frozenset()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Tenant:
    """entities: by kind, their properties by name. links: names of links between entities, None when none are told."""

    entities: Mapping[str, Mapping[str, Property]] = field(default_factory=dict)
    links: frozenset[str] | None = None

    def properties(self, kind: str) -> Mapping[str, Property]:
        """Of this kind of entity; none when there is no such kind."""
        return self.entities.get(kind, {})

    def values(self, kind: str, name: str) -> frozenset[str]:
        """Of this enumeration; none when they are not told."""
        return self.properties(kind).get(name, Property()).values


def read_descriptors(value: Any) -> Tenant:
    """The answer, however it is wrapped."""
    found: dict[str, dict[str, Property]] = {}
    links: set[str] | None = None
    for one in _dicts(value):
        if isinstance(one.get("property_descriptors"), list) and isinstance(one.get("name"), str):
            properties = found.setdefault(one["name"], {})
            for described in one["property_descriptors"]:
                if isinstance(described, dict) and isinstance(described.get("name"), str):
                    properties[described["name"]] = _property(described)
        for key, listed in one.items():
            if isinstance(listed, list) and ("relation" in key.lower() or "association" in key.lower()):
                links = (links or set()) | _names(listed)
    return Tenant(found, None if links is None else frozenset(links))


def _property(described: Mapping[str, Any]) -> Property:
    read_only = described.get("readonly")
    enumeration = described.get("enumeration_descriptor")
    values = enumeration.get("values") if isinstance(enumeration, dict) else None
    return Property(
        read_only if isinstance(read_only, bool) else None,
        frozenset(_names(values if isinstance(values, list) else ())),
        described.get("required") is True,
    )


def _names(listed: Any) -> set[str]:
    return {str(one["name"]) for one in listed if isinstance(one, dict) and isinstance(one.get("name"), str)}


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [inner for key, inner in one.items() if key != "property_descriptors"]
