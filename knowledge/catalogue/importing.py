"""Reading a whole catalogue from a file, all or nothing, and telling what a new one changes.

A case cannot be moved to another form (G 4.1), so a catalogue with one wrong row is refused as a whole, with every
problem listed by line and field: a half-imported catalogue would send people to the wrong form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.catalogue.entry import FORM_KEYS, Entry
from knowledge.catalogue.form import Billing, Catalogue, Field, Form
from knowledge.catalogue.reading_files import read_rows
from knowledge.errors import BrokenCatalogue

SHRINK_WARNING = 0.20
"""A new catalogue this much smaller than the old one is more often a broken export than a clean-up."""

_MENTION = re.compile(r"«([^«»]+)»")
_POINTS_TO_FORM = re.compile(r"\b(?:(?:bruk|brukes|se|jf\.)|(?:bestill|meld)\w*\b[^.«»]{0,40}\bpå)\s*$", re.IGNORECASE)
"""«Bruk X», «se X», «bestilles på X»: the words before a title another form's description sends people to."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a new catalogue changes. Ids in rising order; `changed` maps a form's id to the names of its changed fields.

    `warnings` are what a person should look at though nothing is wrong with the file itself, one sentence each.
    """

    added: tuple[int, ...]
    removed: tuple[int, ...]
    changed: Mapping[int, tuple[str, ...]]
    unchanged: int
    warnings: tuple[str, ...]


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue of a .json, .jsonl or .csv file (UTF-8, with or without BOM).

    Only id, title and description must be there; what else a form has is checked and kept. Raises BrokenCatalogue
    with every problem found, each naming line, form and field.
    """
    read = read_rows(path)
    problems = list(read.problems)
    forms: list[Form] = []
    first_line: dict[int, int] = {}
    for row in read.rows:
        entry = Entry(row)
        form = entry.form()
        problems.extend(entry.problems)
        if form is None:
            continue
        if form.id in first_line:
            problems.append(f"line {row.line}, form {form.id}, id: already used on line {first_line[form.id]}")
        first_line.setdefault(form.id, row.line)
        forms.append(form)
    if not read.rows and not problems:
        problems.append("the catalogue has no forms")
    if problems:
        raise BrokenCatalogue(str(path), problems)
    return Catalogue(forms)


def compare(old: Catalogue, new: Catalogue) -> ImportReport:
    """What changes when `new` takes the place of `old`."""
    old_by_id = {form.id: form for form in old}
    new_by_id = {form.id: form for form in new}
    changed: dict[int, tuple[str, ...]] = {}
    for form_id in sorted(old_by_id.keys() & new_by_id.keys()):
        before, after = old_by_id[form_id], new_by_id[form_id]
        names = tuple(name for name in FORM_KEYS if getattr(before, name) != getattr(after, name))
        if names:
            changed[form_id] = names
    return ImportReport(
        added=tuple(sorted(new_by_id.keys() - old_by_id.keys())),
        removed=tuple(sorted(old_by_id.keys() - new_by_id.keys())),
        changed=changed,
        unchanged=len(old_by_id.keys() & new_by_id.keys()) - len(changed),
        warnings=tuple(_warnings(old_by_id, new_by_id)),
    )


def catalogue_to_json(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The catalogue in the shape of its JSON file, keys in the file's order; `read_catalogue` gives it back."""
    return [_form_to_json(form) for form in catalogue]


def _form_to_json(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "kind": form.kind.value if form.kind else None,
        "service": form.service,
        "category": form.category,
        "description": form.description,
        "audience": list(form.audience),
        "fields": [_field_to_json(field) for field in form.fields],
        "billing": _billing_to_json(form.billing),
        "estimate_approval": form.estimate_approval,
        "route": form.route,
        "delivery_time": form.delivery_time,
        "channel": form.channel,
        "channel_url": form.channel_url,
        "url": form.url,
    }


def _field_to_json(field: Field) -> dict[str, Any]:
    result: dict[str, Any] = {
        "key": field.key,
        "label": field.label,
        "type": field.type.value,
        "required": field.required,
    }
    if field.choices:
        result["choices"] = list(field.choices)
    if field.help is not None:
        result["help"] = field.help
    return result


def _billing_to_json(billing: Billing | None) -> dict[str, Any] | None:
    if billing is None:
        return None
    return {"fields": list(billing.fields)} | ({} if billing.price is None else {"price": billing.price})


def _warnings(old: Mapping[int, Form], new: Mapping[int, Form]) -> Iterable[str]:
    if len(new) < len(old) * (1 - SHRINK_WARNING):
        yield f"the catalogue shrinks from {len(old)} to {len(new)} forms"
    titles = Counter(form.title for form in new.values())
    for title, count in titles.items():
        if count > 1:
            yield f"{count} forms have the title «{title}»: nobody can tell them apart"
    for form in new.values():
        for mention in _MENTION.finditer(form.description):
            points = _POINTS_TO_FORM.search(form.description[: mention.start()])
            if points is not None and mention[1] not in titles:
                yield f"form {form.id} points to «{mention[1]}», but no form has that title"
    for form_id in sorted(old.keys() & new.keys()):
        if old[form_id].kind != new[form_id].kind:
            yield f"form {form_id} changes kind: open drafts on it were filled in for the old kind"
