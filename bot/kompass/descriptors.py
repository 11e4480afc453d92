"""What the tenant says its entities are called, compared with what we send. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.kompass.names import Names


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an entity. values: of an enumeration, empty for anything else."""

    read_only: bool = False
    values: frozenset[str] = frozenset()


Descriptors = Mapping[str, Mapping[str, Property]]
"""By kind of entity, by name of property."""


def read_descriptors(value: Any) -> Descriptors:
    """The entities of an answer of `metadata/ui/entity-descriptors`, however it is wrapped."""
    found: dict[str, dict[str, Property]] = {}
    for entity in _entities(value):
        properties = found.setdefault(str(entity["name"]), {})
        for one in entity["property_descriptors"]:
            if isinstance(one, dict) and isinstance(one.get("name"), str):
                properties[one["name"]] = Property(one.get("readonly") is True, _values(one))
    return found


def disagreements(names: Names, tenant: Descriptors) -> list[str]:
    """What we would send, or ask for, that this tenant does not have; one line each."""
    problems = [f"there is no entity {kind}" for kind in ("Request", "Person", "Offering") if kind not in tenant]
    request, person = tenant.get("Request", {}), tenant.get("Person", {})
    for attribute in _REQUEST:
        problems += _of_property(request, "Request", attribute, getattr(names, attribute), written=True)
    problems += _of_property(request, "Request", "status", names.status, written=False)
    for attribute in ("upn", "email"):
        problems += _of_property(person, "Person", attribute, getattr(names, attribute), written=False)
    for attribute, mapping in (
        ("urgency", names.urgency_values),
        ("impact", names.impact_values),
        ("kind", names.kind_values),
    ):
        values = request.get(getattr(names, attribute), Property()).values
        if values:
            problems += [
                f"Request.{getattr(names, attribute)} has no value {value} ({attribute}_values: {key})"
                for key, value in mapping.items()
                if value not in values
            ]
    phases = request.get(names.phase, Property()).values
    sent = {"withdrawn_phase": names.withdrawn_phase, "accepted_phase": names.accepted_phase}
    sent |= {f"rejected_phases: {kind}": phase for kind, phase in names.rejected_phases.items()}
    if phases:
        problems += [
            f"Request.{names.phase} has no value {phase} ({attribute})"
            for attribute, phase in sent.items()
            if phase and phase not in phases
        ]
    return problems


def unmapped_phases(names: Names, tenant: Descriptors) -> list[str]:
    """Phases of the tenant that we have no word for; their cases keep the status they had."""
    return sorted(tenant.get("Request", {}).get(names.phase, Property()).values - set(names.phases))


_REQUEST = (
    "key", "title", "description", "offering", "kind", "requested_by", "requested_for", "urgency", "impact",
    "attachments", "user_options", "phase",
)  # fmt: skip


def _of_property(
    known: Mapping[str, Property], kind: str, attribute: str, name: str, *, written: bool
) -> Iterator[str]:
    if not known:
        return  # told once already, as a missing entity
    where = "KOMPASS_KEY_FIELD" if attribute == "key" else attribute
    if name not in known:
        yield f"{kind} has no property {name} ({where})"
    elif written and known[name].read_only:
        yield f"{kind}.{name} is read-only ({where})"


def _entities(value: Any) -> Iterator[Mapping[str, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if isinstance(one.get("property_descriptors"), list) and isinstance(one.get("name"), str):
                yield one
            else:
                waiting += one.values()


def _values(one: Mapping[str, Any]) -> frozenset[str]:
    enumeration = one.get("enumeration_descriptor")
    values = enumeration.get("values") if isinstance(enumeration, dict) else None
    return frozenset(
        str(value["name"]) for value in values or () if isinstance(value, dict) and isinstance(value.get("name"), str)
    )
