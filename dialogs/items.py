"""What a draft must and may contain: checklist items (G 7.1-7.3), the form's own fields and billing, as one list.

One engine fills them all (DESIGN 3). Order: what the form asks first, then the checklist, then billing: the form
governs what the solver needs, the checklist is the guide's general advice. A form's field takes the place of a
checklist item that asks the same, so nobody is asked twice.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.conversation import Conversation
from dialogs.state import Draft
from knowledge.catalogue import BILLING_FIELDS, FieldType, Form
from knowledge.checklists import Item

# Checklist items that the form's own field of this type or key already asks for. A date in an order is when it is
# wanted; a phone number in a form is the reporter's way to be reached only if it is the sole one.
_REPLACED_BY_TYPE = {"system": FieldType.SYSTEM}
_WANTED_KEYS = frozenset({"onsket_dato", "dato", "fra", "tidspunkt", "vindu", "frist", "oppstart"})
_PRIOR_KEYS = frozenset({"avtale", "dokumentasjon", "grunnlag"})


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One thing to know, ready to be asked in the conversation's language."""

    key: str
    label: str
    question: str
    type: FieldType
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    """(value, label) for a choice"""
    help: str = ""
    chapter: str = ""


def items_of(talk: Conversation, draft: Draft) -> tuple[DraftItem, ...]:
    """All items of the draft that apply now, in the order they are asked."""
    if draft.kind == "notice":
        return tuple(_from_checklist(talk, item) for item in _checklist(talk, "notice"))
    form = talk.knowledge.catalogue.get(draft.form_id) if draft.form_id is not None else None
    items: list[DraftItem] = []
    if form is not None:
        items += [_from_field(talk, form, index) for index in range(len(form.fields))]
    taken = {item.key for item in items}
    types = {item.type for item in items}
    for item in (*_checklist(talk, draft.kind), *_checklist(talk, "general")):
        if item.key in taken or not _applies(talk, draft, item, types, taken):
            continue
        items.append(_from_checklist(talk, item, required=_required(draft, item)))
        taken.add(item.key)
    if form is not None and form.billing is not None:
        items += [_from_checklist(talk, item, required=True) for item in _billing(talk, form.billing.fields)]
    return tuple(items)


def missing(items: tuple[DraftItem, ...], draft: Draft) -> tuple[DraftItem, ...]:
    """Items without an answer that were not skipped."""
    return tuple(item for item in items if item.key not in draft.answers and item.key not in draft.skipped)


def missing_required(items: tuple[DraftItem, ...], draft: Draft) -> tuple[DraftItem, ...]:
    """Required items that stand open: what keeps the case from being complete."""
    return tuple(item for item in missing(items, draft) if item.required)


def find_item(items: tuple[DraftItem, ...], key: str) -> DraftItem | None:
    """The item with this key."""
    return next((item for item in items if item.key == key), None)


def _checklist(talk: Conversation, name: str) -> tuple[Item, ...]:
    return talk.knowledge.checklists[name].items


def _billing(talk: Conversation, fields: tuple[str, ...]) -> list[Item]:
    by_key = {item.key: item for item in _checklist(talk, "billing")}
    return [by_key[key] for key in BILLING_FIELDS if key in fields]


def _applies(
    talk: Conversation, draft: Draft, item: Item, types: set[FieldType], taken: set[str]
) -> bool:
    if item.asked_when == "never" or item.key in ("role", "description"):
        return False  # the role comes from the profile, the description is the person's own first message
    if item.asked_when == "critical_suspected":
        return draft.critical is not None
    if item.asked_when == "missing_system":
        return _REPLACED_BY_TYPE["system"] not in types and item.key in draft.answers
    if item.key == "wanted_at":
        return not (taken & _WANTED_KEYS)
    if item.key == "prior_communication":
        return not (taken & _PRIOR_KEYS)
    if item.key == "on_behalf_of":
        return not (taken & {"gjelder_bruker", "person", "personer"})
    return True


def _required(draft: Draft, item: Item) -> bool:
    # A critical fault cannot wait for an e-mail: USS must be able to call back (G 5.1.2.2).
    return item.required or (item.key == "phone" and bool(draft.critical))


def _from_checklist(talk: Conversation, item: Item, required: bool | None = None) -> DraftItem:
    language = talk.state.language
    return DraftItem(
        key=item.key,
        label=item.label[language],
        question=item.question[language],
        type=item.type,
        required=item.required if required is None else required,
        options=tuple((choice.value, choice.label[language]) for choice in item.choices),
        help=item.help[language] if item.help else "",
        chapter=item.chapter,
    )


def _from_field(talk: Conversation, form: Form, index: int) -> DraftItem:
    field = form.fields[index]
    # Some labels are questions already ("Hva er feil?"); the others are asked for by type.
    question = field.label if field.label.endswith("?") else talk.text(f"item.ask_{field.type.value}", label=field.label)
    return DraftItem(
        key=field.key,
        label=field.label,
        question=question,
        type=field.type,
        required=field.required,
        options=tuple((choice, choice) for choice in field.choices),
        help=field.help or "",
    )
