"""What the fake Kompass holds: persons, offerings, requests, links, comments, files, and what its fields are called."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]

ROBOT = "9000"

_TEXT, _LINK, _NUMBER, _COMPLEX = "TEXT", "ENTITY_LINK", "DATE_TIME", "COMPLEX_TYPE"
_URGENCY = ("NoDisruption", "SlightDisruption", "SevereDisruption", "TotalLossOfService")
_IMPACT = ("SingleUser", "MultipleUsers", "SiteOrDepartment", "Enterprise")
_PHASES = (
    "Log", "Classify", "Approve", "FirstLine", "Escalate", "Fulfill", "Validation", "Accept", "Review", "Close",
    "Abandon",
)  # fmt: skip
_KINDS = ("SupportRequest", "ServiceRequest")

SCHEMA: dict[str, dict[str, Any]] = {
    "Request": {
        "Id": _TEXT, "DisplayLabel": _TEXT, "Description": "RICH_TEXT", "RequestType": _KINDS,
        "RequestsOffering": _LINK,
        "RequestedByPerson": _LINK, "RequestedForPerson": _LINK, "Urgency": _URGENCY, "ImpactScope": _IMPACT,
        "UserOptions": _COMPLEX, "RequestAttachments": _COMPLEX, "ExternalProcessReference": _TEXT, "TeamsRef_c": _TEXT,
        "PhaseId": _PHASES, "Status": _TEXT, "Solution": "RICH_TEXT", "CompletionCode": _TEXT, "CreateTime": _NUMBER,
        "LastUpdateTime": _NUMBER, "CloseTime": _NUMBER,
    },
    "Person": {"Id": _TEXT, "Name": _TEXT, "Upn": _TEXT, "Email": _TEXT, "IsDeleted": "BOOLEAN"},
    "Offering": {
        "Id": _TEXT, "DisplayLabel": _TEXT, "Description": _TEXT, "OfferingType": _TEXT,
        "Status": ("Active", "Inactive"),
        "Service": _LINK, "UserOptionsName": _TEXT, "LastUpdateTime": _NUMBER,
    },
}  # fmt: skip
"""Of each kind of entity its properties: a logical type, or the values of an enumeration."""


class Refusal(Exception):
    """The fake says no, as the real one does: FAILED inside 200."""


@dataclass
class World:
    """Everything, in memory. lag: seconds a new request is missing from queries."""

    lag: float = 0.0
    answers_by_phase: bool = False
    """whether a solution may be accepted and rejected by setting the phase, which no public source says"""
    person_first: bool = False
    """links of this tenant have the person as their first endpoint"""
    entities: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {kind: {} for kind in SCHEMA})
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, id of the request, id of the other)"""
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """by guid: name and content"""
    born: dict[str, float] = field(default_factory=dict)
    forms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """by name of user options: the fields of our form"""

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Every request, oldest first."""
        return list(self.entities["Request"].values())

    def add_person(self, person_id: str, name: str, email: str, **more: Any) -> None:
        self.entities["Person"][person_id] = {"Id": person_id, "Name": name, "Upn": email, "Email": email, **more}

    def create(self, kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        self._check(kind, properties)
        if kind != "Request":
            raise Refusal(f"{kind} cannot be created here")
        if not properties.get("DisplayLabel"):
            raise Refusal("Required field DisplayLabel is missing")
        if len(str(properties["DisplayLabel"])) > 140:
            raise Refusal("DisplayLabel is too long")
        for name, of in (
            ("RequestedByPerson", "Person"),
            ("RequestedForPerson", "Person"),
            ("RequestsOffering", "Offering"),
        ):
            if name in properties and str(properties[name]) not in self.entities[of]:
                raise Refusal(f"{name} points to nothing")
        now = _millis()
        new_id = str(17549 + len(self.entities[kind]))
        # Whoever is not named is the one who is logged in, as on the real one: pitfall 7 of the reference.
        made = {"RequestedByPerson": ROBOT, **properties, "Id": new_id, "PhaseId": "Log", "CreateTime": now}
        made["LastUpdateTime"] = now
        self.entities[kind][new_id] = made
        self.born[new_id] = time.monotonic()
        return made

    def update(self, kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        self._check(kind, properties)
        known = self.entities[kind].get(str(properties.get("Id")))
        if known is None:
            raise Refusal("the entity does not exist")
        stale = properties.get("LastUpdateTime", known["LastUpdateTime"]) != known["LastUpdateTime"]
        if stale:
            raise Refusal("the entity was changed meanwhile")
        if "PhaseId" in properties and known["PhaseId"] in ("Abandon", "Close"):
            raise Refusal("the phase cannot be changed any more")
        known |= properties
        known["LastUpdateTime"] = max(_millis(), known["LastUpdateTime"] + 1)
        return known

    def update_over_rest(self, kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        """What a caller may change; whether a solution is answered by setting the phase is the tenant's own affair."""
        known = self.entities.get(kind, {}).get(str(properties.get("Id")), {})
        answers = known.get("PhaseId") in ("Accept", "Review") and properties.get("PhaseId", "Abandon") != "Abandon"
        if answers and not self.answers_by_phase:
            raise Refusal("the process does not allow this transition")
        return self.update(kind, properties)

    def relate(self, link: Mapping[str, Any]) -> None:
        first, second = self._ends(link)
        if list(first) != ["Request"] or first["Request"] not in self.entities["Request"]:
            raise Refusal("the first endpoint does not exist")
        ((kind, other),) = second.items()
        if other not in self.entities.get(kind, {}):
            raise Refusal("the second endpoint does not exist")
        self.links.append((str(link["name"]), str(first["Request"]), str(other)))

    def unrelate(self, link: Mapping[str, Any]) -> None:
        first, second = self._ends(link)
        ((_, other),) = second.items()
        known = (str(link["name"]), str(first["Request"]), str(other))
        if known not in self.links:
            raise Refusal("the relationship does not exist")
        self.links = [one for one in self.links if one != known]

    def _ends(self, link: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        first, second = link["firstEndpoint"], link["secondEndpoint"]
        return (second, first) if self.person_first and "Person" in (*first, *second) else (first, second)

    def comment(self, request_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
        if request_id not in self.entities["Request"]:
            raise Refusal("the entity does not exist")
        if body.get("PrivacyType") not in ("PUBLIC", "INTERNAL", "AGENTPUBLIC"):
            raise Refusal("PrivacyType is unknown")
        made = {**body, "Id": str(uuid.uuid4()), "CreateTime": _millis(), "UpdateTime": _millis()}
        self.comments.setdefault(request_id, []).append(made)
        return made

    def upload(self, name: str, content: bytes, content_type: str) -> dict[str, Any]:
        guid = str(uuid.uuid4())
        self.files[guid] = (name, content)
        return {
            "guid": guid,
            "name": name,
            "contentType": content_type,
            "contentLength": len(content),
            "creator": ROBOT,
            "lastModified": _millis(),
        }

    def visible(self, kind: str) -> list[dict[str, Any]]:
        """What a query sees: new requests only after the lag."""
        now = time.monotonic()
        if kind != "Request":
            return list(self.entities[kind].values())
        return [one for key, one in self.entities[kind].items() if now - self.born[key] >= self.lag]

    def _check(self, kind: str, properties: Mapping[str, Any]) -> None:
        if kind not in SCHEMA:
            raise Refusal(f"unknown entity type {kind}")
        for name, value in properties.items():
            known = SCHEMA[kind].get(name)
            if known is None:
                raise Refusal(f"unknown property {name}")
            if name == "CreateTime":
                raise Refusal(f"{name} is read-only")
            if isinstance(known, tuple) and value not in known:
                raise Refusal(f"{value} is not a value of {name}")
            if known == _COMPLEX:
                json.loads(value)["complexTypeProperties"][0]["properties"]


@cache
def _shipped() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    people = yaml.safe_load((ROOT / "bot" / "web" / "demo_people.yaml").read_text(encoding="utf-8"))
    return list(people.values()), json.loads((ROOT / "knowledge" / "data" / "forms.json").read_text(encoding="utf-8"))


def a_world(lag: float = 0.0) -> World:
    """The made-up people of development mode, the shipped forms as offerings, and a robot."""
    world = World(lag)
    world.add_person(ROBOT, "Robot Losen", "svc-losen@example.invalid")
    people, forms = _shipped()
    for number, one in enumerate(people):
        world.add_person(str(10231 + number), one["name"], one["email"])
    for form in forms:
        options = f"Options{form['id']}_c"
        world.forms[options] = form["fields"]
        world.entities["Offering"][str(form["id"])] = {
            "Id": str(form["id"]),
            "DisplayLabel": form["title"],
            "Status": "Active",
            "OfferingType": "ServiceOffering" if form["kind"] == "service" else "SupportOffering",
            "Description": f"<p>{escape(form['description'])}</p>",
            "Service.DisplayLabel": form["service"],
            "UserOptionsName": options,
            "LastUpdateTime": 1,
        }
    return world


def _millis() -> int:
    return time.time_ns() // 1_000_000
