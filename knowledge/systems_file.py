"""The register of systems as a JSON file: shipped, written by hand, or kept of what was fetched."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from knowledge.errors import BrokenKnowledge
from knowledge.systems import LocalForvalter, System, SystemRegister

_TEXT_KEYS = (
    "description",
    "owner_org",
    "forvalter_group",
    "forvalter_email",
    "type",
    "zone",
    "operated_by",
    "vendor",
    "criticality",
    "choice_name",
    "forvalter_org",
    "platform",
    "url",
)
_LIST_KEYS = ("aliases", "contact_emails", "forvalter_names", "hosts")


def load_systems(path: Path, everyday: Collection[str] = frozenset()) -> SystemRegister:
    """The register from a JSON file; raises BrokenKnowledge naming the row and what is wrong.

    The file is a list of systems, or an object whose `systems` is one, as a fetched snapshot is.
    everyday: see `SystemRegister`.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenKnowledge(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise BrokenKnowledge(f"{path}: is not JSON in UTF-8 ({error})") from error
    if isinstance(rows, dict):
        rows = rows.get("systems")
    if not isinstance(rows, list):
        raise BrokenKnowledge(f"{path}: must be a list of systems")
    systems: list[System] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        system = _system(f"{path}, system {number}", row)
        if system.id in seen:
            raise BrokenKnowledge(f"{path}, system {number}: the id {system.id!r} is used before")
        seen.add(system.id)
        systems.append(system)
    return SystemRegister(systems, everyday)


def system_to_json(system: System) -> dict[str, Any]:
    """A system as a row of the file, without what is unknown."""
    row: dict[str, Any] = {"id": system.id, "name": system.name}
    row.update({key: getattr(system, key) for key in _TEXT_KEYS if getattr(system, key)})
    row.update({key: list(getattr(system, key)) for key in _LIST_KEYS if getattr(system, key)})
    if system.local_forvaltere:
        row["local_forvaltere"] = {one.virksomhet: list(one.emails) for one in system.local_forvaltere}
    return row


def _system(where: str, row: object) -> System:
    if not isinstance(row, dict):
        raise BrokenKnowledge(f"{where}: must be an object")
    for key in ("id", "name"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise BrokenKnowledge(f"{where}: {key} must be a text")
    texts: dict[str, str] = {}
    for key in _TEXT_KEYS:
        value = row.get(key)
        if value is not None and not isinstance(value, str):
            raise BrokenKnowledge(f"{where}: {key} must be a text")
        if value:
            texts[key] = value
    local = row.get("local_forvaltere") or {}
    if not isinstance(local, dict):
        raise BrokenKnowledge(f"{where}: local_forvaltere must be an object of lists by virksomhet")
    return System(
        id=row["id"],
        name=row["name"].strip(),
        aliases=_list(where, row, "aliases"),
        contact_emails=_list(where, row, "contact_emails"),
        forvalter_names=_list(where, row, "forvalter_names"),
        hosts=_list(where, row, "hosts"),
        local_forvaltere=tuple(LocalForvalter(code, _list(where, local, code)) for code in local),
        **texts,
    )


def _list(where: str, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BrokenKnowledge(f"{where}: {key} must be a list of texts")
    return tuple(value)
