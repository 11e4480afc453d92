"""The service catalogue as Kompass has it: its offerings become entries of a catalogue file.

Kompass owns what an offering is called, says and asks; who may use it, what it costs and who gets it is known here
only, so an entry for a form that is known keeps those. What cannot be read of an offering stays as it was.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.kompass.answers import Refused, read_entities, read_total
from bot.kompass.client import KompassClient
from bot.kompass.html import to_text
from bot.kompass.options import OptionField, read_descriptor, same_field
from knowledge.catalogue import Catalogue, Field
from knowledge.catalogue.importing import catalogue_to_json
from knowledge.errors import TemporaryFailure

PAGE = 250

_LAYOUT = ("Id", "DisplayLabel", "Description", "OfferingType", "Service.DisplayLabel", "Status", "UserOptionsName")
_KINDS = {"ServiceOffering": "service", "SupportOffering": "support"}
_LONG_TEXT = 255
_log = logging.getLogger(__name__)
_NOT_KEY = re.compile(r"\W+")


async def fetch_entries(client: KompassClient, current: Catalogue, address: str) -> list[dict[str, Any]]:
    """Every active offering as an entry; raises PortError when the list cannot be had whole.

    address: where the form of an offering is, with {id}.
    """
    offerings: list[Mapping[str, Any]] = []
    total: int | None = None
    while total is None or len(offerings) < total:
        value = await client.call(client.requests.page("Offering", _LAYOUT, len(offerings), PAGE))
        page, total = read_entities(value), read_total(value)
        offerings += page
        # A server may give shorter pages than it was asked for, so only its own count says that this was all.
        if not page or (total is None and len(page) < PAGE):
            break
    if total is not None and len({str(one["Id"]) for one in offerings}) < total:
        raise TemporaryFailure(f"Kompass has {total} offerings and gave fewer")
    fields: dict[str, tuple[OptionField, ...]] = {}
    for offering in offerings:
        name = str(offering.get("UserOptionsName") or "")
        if name and is_active(offering):
            try:
                fields[str(offering["Id"])] = read_descriptor(await client.call(client.requests.user_options(name)))
            except Refused as error:
                if error.passing:
                    raise
                _log.warning("the fields of an offering cannot be read", extra={"offering": str(offering["Id"])})
    return entries(offerings, fields, current, address)


def is_active(offering: Mapping[str, Any]) -> bool:
    """Whether an offering may be ordered."""
    return offering.get("Status") == "Active"


def entries(
    offerings: Iterable[Mapping[str, Any]],
    fields: Mapping[str, Sequence[OptionField]],
    current: Catalogue,
    address: str,
) -> list[dict[str, Any]]:
    """The entries of a catalogue file, by id. Pure."""
    known = {entry["id"]: entry for entry in catalogue_to_json(current)}
    made = {}
    for offering in offerings:
        if not is_active(offering):
            continue
        form_id = int(offering["Id"])
        ours = current.get(form_id).fields if form_id in current else ()
        title = " ".join(to_text(str(offering.get("DisplayLabel") or "")).split())
        entry: dict[str, Any] = {**known.get(form_id, {"id": form_id, "url": address.format(id=form_id)})}
        entry["title"] = title or entry.get("title", "")
        told = to_text(str(offering.get("Description") or ""))
        entry["description"] = told or entry.get("description") or entry["title"]
        if offering.get("OfferingType") in _KINDS:
            entry["kind"] = _KINDS[str(offering["OfferingType"])]
        if offering.get("Service.DisplayLabel"):
            entry["service"] = str(offering["Service.DisplayLabel"])
        described = fields.get(str(offering["Id"]), ())
        if described:
            entry["fields"] = _fields(described, ours)
        made[form_id] = entry
    return [made[form_id] for form_id in sorted(made)]


def _fields(described: Iterable[OptionField], ours: Sequence[Field]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    keys: set[str] = set()
    for field in described:
        same = next((one for one in ours if one.key not in keys and same_field(field, one.key, one.label)), None)
        key = same.key if same else _new_key(field, keys)
        keys.add(key)
        labels = list(dict.fromkeys(label for _, label in field.values))
        # What we know better than the descriptor (a person, a system, a virksomhet) stays so.
        kind = "choice" if labels else same.type.value if same and same.type != "choice" else _type(field)
        entry: dict[str, Any] = {"key": key, "label": field.label or (same.label if same else key), "type": kind}
        entry["required"] = field.required
        if labels:
            entry["choices"] = labels
        if same and same.help:
            entry["help"] = same.help
        made.append(entry)
    return made


def _new_key(field: OptionField, taken: set[str]) -> str:
    name = _NOT_KEY.sub("_", field.label or field.name.removesuffix("_c")).strip("_").lower()[:50] or "felt"
    key, number = name, 1
    while key in taken:
        number += 1
        key = f"{name}_{number}"
    return key


def _type(field: OptionField) -> str:
    if field.type.startswith("DATE"):
        return "datetime" if "TIME" in field.type else "date"
    if field.type == "BOOLEAN":
        return "boolean"
    if field.type in ("INTEGER", "DOUBLE", "NUMBER"):
        return "number"
    return "longtext" if field.type == "RICH_TEXT" or field.length > _LONG_TEXT else "text"
