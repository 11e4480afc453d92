"""The names a tenant may have changed: properties, enumeration values, phases, addresses. All in one value.

A tenant's own fields and values end in `_c`, and several of the standard ones below are known from only one source, so
everything that is sent or compared by name stands here, may be replaced by KOMPASS_FIELDS_FILE, and is checked against
the tenant by `python app.py doctor`. Enumerations are open: a value that is not here is shown, never an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from bot.kompass.filters import checked_property
from dialogs.case import Status
from knowledge.errors import BadSettings, PermanentFailure

DEFAULT_KEY_FIELD = "ExternalProcessReference"


def _urgency() -> Mapping[str, str]:
    return {
        "critical": "TotalLossOfService",
        "full": "SevereDisruption",
        "partial": "SlightDisruption",
        "none": "NoDisruption",
    }


def _impact() -> Mapping[str, str]:
    return {"user": "SingleUser", "department": "SiteOrDepartment", "several_locations": "Enterprise"}


def _kinds() -> Mapping[str, str]:
    return {"support": "SupportRequest", "service": "ServiceRequest"}


def _rejected() -> Mapping[str, str]:
    return {"support": "", "service": ""}


def _phases() -> Mapping[str, str]:
    return {
        "Log": "registered",
        "Classify": "registered",
        "Approve": "registered",
        "FirstLine": "in_progress",
        "Escalate": "in_progress",
        "Fulfill": "in_progress",
        "Validation": "solution_proposed",
        "Accept": "solution_proposed",
        "Review": "solved",
        "Close": "closed",
        "Abandon": "withdrawn",
    }


@dataclass(frozen=True, slots=True)
class Names:
    """Each property of an entity by what it is for. The mappings go from our words to Kompass's, `phases` back."""

    key: str = DEFAULT_KEY_FIELD
    title: str = "DisplayLabel"
    description: str = "Description"
    offering: str = "RequestsOffering"
    kind: str = "RequestType"
    requested_by: str = "RequestedByPerson"
    requested_for: str = "RequestedForPerson"
    urgency: str = "Urgency"
    impact: str = "ImpactScope"
    attachments: str = "RequestAttachments"
    user_options: str = "UserOptions"
    phase: str = "PhaseId"
    upn: str = "Upn"
    email: str = "Email"
    followers: str = "FollowedByUsers"
    undersak_of: str = "RequestCausedByRequest"
    """the link from an undersak to its hovedsak; a tenant that has only RequestCausesRequest links the other way"""
    status: str = "Status"
    withdrawn_phase: str = "Abandon"
    accepted_phase: str = ""
    """the phase that accepts a solution; empty until the tenant's owner has confirmed that it may be set over REST"""
    approval_phase: str = "Approve"
    approval_status: str = "RequestStatusPendingApproval"
    """either of them: the case waits for an approval, which is how an estimate reaches the orderer (G 5.1.4)"""
    case_address: str = "{url}/saw/ess/requestTracking/{id}?TENANTID={tenant}"
    approval_address: str = "{url}/saw/ess/requestTracking/{id}?TENANTID={tenant}"
    """where an approval is answered; the case itself until the portal's address of approvals is known"""
    rejected_phases: Mapping[str, str] = field(default_factory=_rejected)
    """by kind, the phase that a rejected or reopened case goes back to; empty like `accepted_phase`"""
    urgency_values: Mapping[str, str] = field(default_factory=_urgency)
    impact_values: Mapping[str, str] = field(default_factory=_impact)
    kind_values: Mapping[str, str] = field(default_factory=_kinds)
    phases: Mapping[str, str] = field(default_factory=_phases)

    @property
    def takes_answers(self) -> bool:
        """Whether the tenant's owner has confirmed how a solution is accepted and rejected."""
        return bool(self.accepted_phase) and all(self.rejected_phases.values())


_NO_PROPERTIES = (
    "withdrawn_phase", "accepted_phase", "approval_phase", "approval_status", "case_address", "approval_address",
)  # fmt: skip
_PROPERTIES = tuple(
    one.name for one in fields(Names) if one.name not in _NO_PROPERTIES and isinstance(one.default, str)
)


def load_names(file: Path | None, key_field: str = DEFAULT_KEY_FIELD) -> Names:
    """The names of an installation: YAML with those that differ, by the attributes of Names; raises BadSettings."""
    names = replace(Names(), key=key_field)
    if file is None:
        return names
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadSettings(f"KOMPASS_FIELDS_FILE: {file} cannot be read ({type(error).__name__})") from None
    if not isinstance(content, dict):
        raise BadSettings(f"KOMPASS_FIELDS_FILE: {file} must hold names, one a line")
    problems = [problem for name, value in content.items() if (problem := _problem(str(name), value))]
    if problems:
        raise BadSettings(f"KOMPASS_FIELDS_FILE: {file}:\n" + "\n".join(f"  {one}" for one in problems))
    for name, value in content.items():
        before = getattr(names, name)
        new: Any = {**before, **value} if isinstance(value, dict) else value
        names = replace(names, **{name: new})
    return names


def _problem(name: str, value: Any) -> str:
    if name == "key" or name not in {one.name for one in fields(Names)}:
        return f"{name}: there is no such name" + (" (it is set with KOMPASS_KEY_FIELD)" if name == "key" else "")
    known = getattr(Names(), name)
    if isinstance(known, str):
        if not isinstance(value, str) or not value:
            return f"{name}: must be a text"
        if name in _PROPERTIES and not _is_property(value):
            return f"{name}: {value!r} cannot be the name of a property"
        return ""
    if not isinstance(value, dict) or not all(isinstance(one, str) for pair in value.items() for one in pair):
        return f"{name}: must be a list of names and their values"
    if name == "phases":
        wrong = sorted(set(value.values()) - {one.value for one in Status})
    else:
        wrong = sorted(set(value) - set(known))
    return f"{name}: unknown here: {', '.join(wrong)}" if wrong else ""


def _is_property(text: str) -> bool:
    try:
        return checked_property(text) == text
    except PermanentFailure:
        return False
