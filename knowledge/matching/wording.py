"""What people say when they mean a form: example sentences, extra words, and what tells neighbours apart.

Owned by the service desk as YAML under `knowledge/data/wording/`; synonyms and asides, which hold for any catalogue,
lie beside the folder. A form of the catalogue may have no wording, and wording may name a form the catalogue lacks:
both are normal while the catalogue changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.errors import BrokenKnowledge
from knowledge.yaml_files import read_plain_yaml

OUT_OF_SCOPE_FILE = "out_of_scope.yaml"
SYNONYMS_FILE = "synonyms.yaml"
ASIDES_FILE = "asides.yaml"
_FORM_KEYS = {"form", "examples", "words", "apart"}


@dataclass(frozen=True, slots=True)
class FormWording:
    """The wording of one form. `apart` maps a neighbour's id to a Norwegian sentence on what tells the two apart."""

    form: int
    examples: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    apart: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """All wording. `synonyms` maps a term to the ways people say it; `out_of_scope` are sentences no form is for;
    `asides` are what people say beside the matter in any case.
    """

    forms: Mapping[int, FormWording] = field(default_factory=dict)
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    out_of_scope: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()


def load_wording(directory: Path, own: Path | None = None) -> Wording:
    """Read every YAML file of `directory` and the synonyms and asides beside it; raises BrokenKnowledge.

    `own` is the folder of what an installation has added, which may not be there. The order of files and entries does
    not matter; an entry for a form may be split over files.
    """
    forms: dict[int, FormWording] = {}
    out_of_scope: tuple[str, ...] = ()
    for path in (*sorted(directory.glob("*.yaml")), *(sorted(own.glob("*.yaml")) if own is not None else ())):
        content = read_plain_yaml(path)
        if path.name == OUT_OF_SCOPE_FILE:
            out_of_scope += _strings(content, path)
            continue
        if not isinstance(content, list):
            raise BrokenKnowledge(f"{path.name}: expected a list of forms")
        for entry in content:
            wording = _form_wording(entry, path)
            before = forms.get(wording.form)
            forms[wording.form] = wording if before is None else _merged(before, wording)
    synonyms_path = directory.parent / SYNONYMS_FILE
    synonyms = _synonyms(read_plain_yaml(synonyms_path), synonyms_path) if synonyms_path.exists() else {}
    asides_path = directory.parent / ASIDES_FILE
    asides = _strings(read_plain_yaml(asides_path), asides_path) if asides_path.exists() else ()
    return Wording(forms=forms, synonyms=synonyms, out_of_scope=out_of_scope, asides=asides)


def with_example(wording: Wording, form_id: int, example: str) -> Wording:
    """The wording with one more example of a form."""
    added = FormWording(form_id, (example,))
    before = wording.forms.get(form_id)
    return replace(wording, forms={**wording.forms, form_id: added if before is None else _merged(before, added)})


def _strings(content: Any, path: Path) -> tuple[str, ...]:
    if content is None:
        return ()
    if not isinstance(content, list) or not all(isinstance(item, str) for item in content):
        raise BrokenKnowledge(f"{path.name}: expected a list of sentences")
    return tuple(item.strip() for item in content if item.strip())


def _form_wording(entry: Any, path: Path) -> FormWording:
    if not isinstance(entry, dict) or not isinstance(entry.get("form"), int) or set(entry) - _FORM_KEYS:
        raise BrokenKnowledge(f"{path.name}: an entry needs 'form' (a number) and only the keys {sorted(_FORM_KEYS)}")
    apart: dict[int, str] = {}
    for item in entry.get("apart") or ():
        if not isinstance(item, dict) or not isinstance(item.get("from"), int) or not isinstance(item.get("by"), str):
            raise BrokenKnowledge(f"{path.name}: form {entry['form']}: 'apart' needs 'from' (a form) and 'by' (text)")
        apart[item["from"]] = item["by"].strip()
    return FormWording(
        form=entry["form"],
        examples=_strings(entry.get("examples"), path),
        words=_strings([str(word) for word in entry.get("words") or ()], path),
        apart=apart,
    )


def _merged(first: FormWording, second: FormWording) -> FormWording:
    return FormWording(
        form=first.form,
        examples=tuple(dict.fromkeys(first.examples + second.examples)),
        words=tuple(dict.fromkeys(first.words + second.words)),
        apart={**first.apart, **second.apart},
    )


def _synonyms(content: Any, path: Path) -> dict[str, tuple[str, ...]]:
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise BrokenKnowledge(f"{path.name}: expected term -> list of ways to say it")
    return {
        str(term): _strings([str(variant) for variant in variants or ()], path) for term, variants in content.items()
    }
