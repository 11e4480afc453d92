"""What a form is: the offering of Kompass that a case is registered on (G 4.1, 5.1.3).

A case cannot be moved to another form afterwards (G 4.1), so a form carries what the choice needs: title,
description, audience, kind. Shapes follow the catalogue file (`knowledge/data/forms.json`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import UnknownForm


class Kind(StrEnum):
    """The two kinds of case in Kompass (G 2.2): støtteforespørsel (red) and tjenesteforespørsel (blue)."""

    SUPPORT = "support"
    SERVICE = "service"


class FieldType(StrEnum):
    """What an answer to a field may be."""

    TEXT = "text"
    LONGTEXT = "longtext"
    CHOICE = "choice"
    DATE = "date"
    DATETIME = "datetime"
    PERSON = "person"
    PHONE = "phone"
    NUMBER = "number"
    BOOLEAN = "boolean"
    ATTACHMENT = "attachment"
    SYSTEM = "system"
    VIRKSOMHET = "virksomhet"


AUDIENCES = ("ansatt", "superbruker", "1linje", "forvalter", "ikt-hovedkontakt")
BILLING_FIELDS = ("ressursnummer", "fakturareferanse", "kostnadssted")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `key` is unique within its form only; `choices` is set exactly for `choice`."""

    key: str
    label: str
    type: FieldType
    required: bool
    choices: tuple[str, ...] = ()
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Billing:
    """Billing fields mean that the order costs (G 5.1.3). `fields` is a subset of BILLING_FIELDS."""

    fields: tuple[str, ...]
    price: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the catalogue; everything but id, title and description may be unknown for a foreign catalogue."""

    id: int
    title: str
    description: str
    kind: Kind | None = None
    service: str = ""
    category: str = ""
    audience: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    billing: Billing | None = None
    estimate_approval: bool = False
    route: str = ""
    delivery_time: str | None = None
    channel: str = "kompass"
    channel_url: str | None = None
    url: str | None = None

    @property
    def elsewhere(self) -> bool:
        """Ordered in another channel than Kompass: give the link, open no case (G 4.2)."""
        return self.channel != "kompass"


class Catalogue:
    """All forms, in order of id, found by id. Immutable."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms: tuple[Form, ...] = tuple(sorted(forms, key=lambda form: form.id))
        self._by_id: Mapping[int, Form] = {form.id: form for form in self.forms}

    def __len__(self) -> int:
        return len(self.forms)

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms)

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._by_id

    def get(self, form_id: int) -> Form:
        """The form with this id; raises UnknownForm."""
        try:
            return self._by_id[form_id]
        except KeyError:
            raise UnknownForm(form_id) from None
