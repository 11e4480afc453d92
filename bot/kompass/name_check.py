"""Every name the bot uses in Kompass, compared with what the tenant says of itself. Pure.

Each finding names the setting that changes the name, and what the tenant has instead. What the descriptors cannot tell
is said to be so: a name that was not refuted is not confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.kompass.descriptors import Tenant
from bot.kompass.names import Names

_FILE = "KOMPASS_FIELDS_FILE"

_WRITTEN = (
    "key", "title", "description", "offering", "kind", "requested_by", "requested_for", "urgency", "impact",
    "attachments", "user_options", "phase",
)  # fmt: skip
"""Names of properties of a Request that are sent."""

_READ: Mapping[str, tuple[str, ...]] = {
    "Request": ("Id", "LastUpdateTime", "Solution"),
    "Person": ("Id", "Name", "IsDeleted"),
    "Offering": (
        "Id", "DisplayLabel", "Description", "OfferingType", "Service", "Status", "UserOptionsName", "LastUpdateTime",
    ),
}  # fmt: skip
"""Properties that are asked for and have no setting, by kind of entity."""

_OFFERING_VALUES: Mapping[str, tuple[str, ...]] = {
    "Status": ("Active",),
    "OfferingType": ("ServiceOffering", "SupportOffering"),
}
"""Values the import of the catalogue knows an offering by; they have no setting."""

_FILLED_BY_KOMPASS = frozenset({"Id", "PhaseId", "ProcessId", "Status", "Active", "UserOptionsName"})

_MOST_LISTED = 25


@dataclass
class NameFindings:
    """A line each. problems: must be put right. unknown: what the descriptors do not tell. notes: good to know."""

    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check_names(names: Names, tenant: Tenant) -> NameFindings:
    """Properties, values, phases and links."""
    found = NameFindings()
    for kind in _READ:
        if kind not in tenant.entities:
            found.problems.append(f"there is no entity {kind}; the user of the bot may not be allowed to read it")
    _properties(names, tenant, found)
    _values(names, tenant, found)
    _phases(names, tenant, found)
    _links(names, tenant, found)
    found.unknown += [
        "the values of a comment (PrivacyType PUBLIC, CommentFrom User and the others) are not described",
        f"the addresses people open (set `case_address` and `approval_address` in {_FILE}) are not described",
    ]
    return found


def _properties(names: Names, tenant: Tenant, found: NameFindings) -> None:
    wanted = [("Request", attribute, True) for attribute in _WRITTEN]
    wanted += [("Request", "status", False), ("Person", "upn", False), ("Person", "email", False)]
    for kind, attribute, written in wanted:
        _property(tenant, kind, getattr(names, attribute), _setting(attribute), found, written=written)
    for kind, properties in _READ.items():
        for name in properties:
            _property(tenant, kind, name, "it has no setting: tell those who make the bot", found, written=False)
    sent = {getattr(names, attribute) for attribute in _WRITTEN} | _FILLED_BY_KOMPASS
    for name, described in tenant.properties("Request").items():
        if described.required and described.read_only is not True and name not in sent:
            found.unknown.append(f"Request.{name} is required and never sent; whether rules fill it in is not told")


def _property(tenant: Tenant, kind: str, name: str, setting: str, found: NameFindings, *, written: bool) -> None:
    properties = tenant.properties(kind)
    if not properties:
        return  # told once already, as a missing entity
    if name not in properties:
        found.problems.append(f"{kind} has no property {name}; {setting}")
    elif written and properties[name].read_only:
        found.problems.append(f"{kind}.{name} is read-only; {setting}")
    elif written and properties[name].read_only is None:
        found.unknown.append(f"whether {kind}.{name} may be written is not told ({setting})")


def _values(names: Names, tenant: Tenant, found: NameFindings) -> None:
    for attribute, mapping in (
        ("urgency", names.urgency_values),
        ("impact", names.impact_values),
        ("kind", names.kind_values),
    ):
        for key, value in mapping.items():
            setting = f"set `{attribute}_values: {{{key}: ...}}` in {_FILE}"
            _value(tenant, "Request", getattr(names, attribute), value, setting, found)
    setting = f"set `approval_status` in {_FILE}"
    _value(tenant, "Request", names.status, names.approval_status, setting, found)
    for name, values in _OFFERING_VALUES.items():
        for value in values:
            _value(tenant, "Offering", name, value, "it has no setting: tell those who make the bot", found)


def _value(tenant: Tenant, kind: str, name: str, value: str, setting: str, found: NameFindings) -> None:
    if name not in tenant.properties(kind) or not value:
        return
    values = tenant.values(kind, name)
    if not values:
        line = f"{kind}.{name} lists no values, so whether those we use are there is not told"
        if line not in found.unknown:
            found.unknown.append(line)
    elif value not in values:
        found.problems.append(f"{kind}.{name} has no value {value}; {setting} (there are: {_listed(values)})")


def _phases(names: Names, tenant: Tenant, found: NameFindings) -> None:
    used = {
        attribute: getattr(names, attribute) for attribute in ("withdrawn_phase", "accepted_phase", "approval_phase")
    }
    used |= {f"rejected_phases: {{{kind}: ...}}": phase for kind, phase in names.rejected_phases.items()}
    for attribute, phase in used.items():
        _value(tenant, "Request", names.phase, phase, f"set `{attribute}` in {_FILE}", found)
    phases = tenant.values("Request", names.phase)
    if not phases:
        return
    strange = phases - set(names.phases)
    if strange:
        found.notes.append(
            f"phases without a word of ours, which change no status: {_listed(strange)} (set `phases` in {_FILE})"
        )
    unseen = set(names.phases) - phases
    if unseen:
        found.notes.append(f"phases of ours that this tenant has not: {_listed(unseen)} (`phases` in {_FILE})")


def _links(names: Names, tenant: Tenant, found: NameFindings) -> None:
    for attribute in ("followers", "undersak_of"):
        name, setting = getattr(names, attribute), f"set `{attribute}` in {_FILE}"
        if name in tenant.properties("Request") or name in (tenant.links or ()):
            continue
        if tenant.links is None:
            found.unknown.append(f"whether there is a link {name} is not told ({setting})")
        else:
            found.problems.append(f"there is no link {name}; {setting} (there are: {_listed(tenant.links)})")


def _setting(attribute: str) -> str:
    return "set KOMPASS_KEY_FIELD" if attribute == "key" else f"set `{attribute}` in {_FILE}"


def _listed(values: frozenset[str] | set[str]) -> str:
    names = sorted(values)
    return ", ".join(names[:_MOST_LISTED]) + (" …" if len(names) > _MOST_LISTED else "")
