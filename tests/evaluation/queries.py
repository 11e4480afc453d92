"""The development messages and what they are measured against."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.catalogue.form import Catalogue, Form
from knowledge.catalogue.importing import read_catalogue
from knowledge.matching import Matcher, Wording, load_wording

ROOT = Path(__file__).parents[2]
DATA = ROOT / "knowledge" / "data"
QUERIES = ROOT / "tests" / "data" / "queries-dev.jsonl"

Rank = Callable[[str], Sequence[int]]
"""A text to form ids, best first."""


@dataclass(frozen=True, slots=True)
class Query:
    """One message with its right forms (none when no form is for it)."""

    id: str
    text: str
    labels: tuple[int, ...]
    kind: str
    persona: str
    style: str


def load_queries(path: Path = QUERIES) -> list[Query]:
    """The messages of a JSONL file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Query(row["id"], row["text"], tuple(row["labels"]), row["kind"], row["persona"], row["style"]) for row in rows
    ]


def shipped_catalogue() -> Catalogue:
    """The catalogue in the repository."""
    return read_catalogue(DATA / "forms.json")


def shipped_wording() -> Wording:
    """The wording in the repository."""
    return load_wording(DATA / "wording")


def shipped_systems() -> list[tuple[str, list[str]]]:
    """Names and aliases of the systems in the repository."""
    systems = json.loads((DATA / "systems.json").read_text(encoding="utf-8"))
    return [(system["name"], system["aliases"]) for system in systems]


def bare_catalogue(catalogue: Catalogue) -> Catalogue:
    """The same forms as another organisation would give them: number, title and description, nothing else."""
    return Catalogue(Form(id=form.id, title=form.title, description=form.description) for form in catalogue)


def build(catalogue: Catalogue, wording: Wording) -> Matcher:
    """A matcher with the shipped systems."""
    return Matcher.build(catalogue, wording=wording, systems=shipped_systems())


def label_table(queries: Sequence[Query], catalogue: Catalogue) -> npt.NDArray[np.bool_]:
    """Which forms are right for which message; shape (messages, forms)."""
    place = {form.id: number for number, form in enumerate(catalogue)}
    table = np.zeros((len(queries), len(catalogue)), dtype=np.bool_)
    for row, query in enumerate(queries):
        for label in query.labels:
            table[row, place[label]] = True
    return table
