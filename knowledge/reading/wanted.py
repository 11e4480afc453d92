"""What the reading of a form's own fields is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.catalogue.form import FieldType


@dataclass(frozen=True, slots=True)
class WantedField:
    """One field to read. `options` are the labels of a choice; `said_as` what each is called in other languages."""

    key: str
    label: str
    type: FieldType
    required: bool
    options: tuple[str, ...] = ()
    said_as: tuple[tuple[str, ...], ...] = ()
