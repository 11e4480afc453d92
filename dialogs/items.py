"""What a draft must and may contain: checklist items (G 7.1-7.3), the form's own fields and billing, as one list.

One engine fills them all (DESIGN 3). Order: what the form asks first, then the checklist, then billing: the form
governs what the solver needs, the checklist is the guide's general advice. A form's field takes the place of a
checklist item that asks the same, so nobody is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dialogs.choosing import pick
from dialogs.conversation import Conversation
from dialogs.forms import goes_to_pay_desk, is_security_incident
from dialogs.phrases import fold_phrase, phrases
from dialogs.state import Draft
from dialogs.texts import LANGUAGES
from knowledge.catalogue import Field, FieldType
from knowledge.checklists import AskedWhen, Item
from knowledge.library import Library
from knowledge.reading.wanted import WantedField

# Which of the form's own keys ask the same as a checklist item does.
_SAME_AS = {
    "wanted_at": frozenset({"onsket_dato", "dato", "fra", "tidspunkt", "vindu", "frist", "oppstart"}),
    "prior_communication": frozenset({"avtale", "dokumentasjon", "grunnlag"}),
    "on_behalf_of": frozenset({"gjelder_bruker", "person", "personer"}),
}
# A wrong payment is no outage: how many and how much is down is not asked there (G 3.2.3). Nor is anything down with a
# false e-mail or a lost phone, though it may have reached several.
_OUTAGE_ITEMS = frozenset({"extent", "outage"})
_URGENT = frozenset({"critical", "phone"})
# Said elsewhere than as an item: the role comes from the profile, the description is the person's first message.
_OWN_PLACE = frozenset({"role", "description"})


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One thing to know, ready to be asked in the conversation's language."""

    key: str
    label: str
    question: str
    type: FieldType
    required: bool
    label_nb: str
    """the label as the catalogue or the checklist has it in bokmål: what its words tell of it, and its other name"""
    options: tuple[tuple[str, str], ...] = ()
    """(value, label) for a choice; of a form's own field the value is the catalogue's word"""
    help: str = ""
    checklist_item: Item | None = None
    """where it comes from, when it is not a field of the form"""

    @property
    def in_words(self) -> str:
        """The label within a sentence: "når feilen begynte", but "PC-navn" and "HPR-nummer" as they are."""
        label = self.label.rstrip("?")
        return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label

    wanted: WantedField | None = field(default=None, compare=False)
    """how it is read out of free text, when it is of no checklist"""
    names: tuple[str, ...] = ()
    """what people write before the answer instead of the label, small letters"""


_ALL_GROUPS = "all"
# More kinds of drafts than these are seldom under way; the oldest are worked out again.
_MOST_KEPT = 256
_Key = tuple[str, str, str, int | None, bool | None, frozenset[str], bool | None]


class KeptItems:
    """The items of drafts, worked out once: another conversation's draft of the same form has the very same ones."""

    def __init__(self) -> None:
        self._knowledge: Library | None = None
        self._found: dict[_Key, tuple[DraftItem, ...]] = {}
        self._conditions: frozenset[str] = frozenset()

    def of(self, talk: Conversation, draft: Draft, language: str) -> tuple[DraftItem, ...]:
        """The draft's items; those of another knowledge than the one in use are forgotten."""
        if talk.knowledge is not self._knowledge:
            self._knowledge, self._found = talk.knowledge, {}
            self._conditions = frozenset(_conditions(talk.knowledge))
        # All that they depend on.
        answered = self._conditions.intersection(draft.answers)
        chosen = draft.answers.get("groups") if draft.kind == "notice" else None
        to_all = None if chosen is None else chosen.value == _ALL_GROUPS
        key = (language, talk.state.language, draft.kind, draft.form_id, draft.critical, answered, to_all)
        items = self._found.get(key)
        if items is None:
            items = self._found[key] = _items(talk, draft, language)
            if len(self._found) > _MOST_KEPT:
                del self._found[next(iter(self._found))]
        return items


def _conditions(knowledge: Library) -> Iterator[str]:
    """The keys of the answers on which it depends what applies."""
    yield "critical"
    for checklist in knowledge.checklists.values():
        yield from (item.key for item in checklist if item.asked_when is AskedWhen.CRITICAL)


def items_of(talk: Conversation, draft: Draft, language: str = "") -> tuple[DraftItem, ...]:
    """All items of the draft that apply now, in the order they are asked, in the conversation's language or another."""
    return talk.items.of(talk, draft, language or talk.state.language)


def _items(talk: Conversation, draft: Draft, language: str) -> tuple[DraftItem, ...]:
    if draft.kind == "notice":
        of_notice = (*(_from_checklist(item, language) for item in talk.knowledge.checklists["notice"]), _groups(talk))
        chosen = draft.answers.get("groups")
        if chosen is None:
            return (*of_notice, _closed_text(talk, required=False))
        # What goes to all groups may say more to the closed one, which is asked then (G 5.1.2.2).
        return (*of_notice, _closed_text(talk, required=True)) if chosen.value == _ALL_GROUPS else of_notice
    form = talk.knowledge.catalogue.get(draft.form_id) if draft.form_id is not None else None
    items = [_from_field(talk, one, language) for one in form.fields] if form is not None else []
    taken = {item.key for item in items}
    types = {item.type for item in items}
    checklists = talk.knowledge.checklists
    for item in (*checklists[draft.kind], *checklists["general"]):
        if item.asked_when is AskedWhen.BILLING:
            continue
        if form is not None and item.key in _OUTAGE_ITEMS and goes_to_pay_desk(talk, form):
            continue
        if form is not None and item.key == "outage" and is_security_incident(form):
            continue
        if item.key not in taken and _applies(draft, item, types, taken):
            items.append(_from_checklist(item, language, required=_required(draft, item)))
            taken.add(item.key)
    if form is not None and form.billing is not None:
        # Billing fields stand in the checklist for orders, and a fault form may cost too (G 5.1.2.4, 5.1.3).
        items += [
            _from_checklist(item, language)
            for item in checklists["service"]
            if item.asked_when is AskedWhen.BILLING and item.key in form.billing.fields
        ]
    # Whether it is critical is settled before anything else is asked: then the person is to phone (G 5.1.2.2).
    return tuple(sorted(items, key=lambda item: item.key not in _URGENT)) if draft.critical else tuple(items)


def missing(items: tuple[DraftItem, ...], draft: Draft) -> tuple[DraftItem, ...]:
    """Items without an answer that were not skipped."""
    return tuple(item for item in items if item.key not in draft.answers and item.key not in draft.skipped)


def missing_required(items: tuple[DraftItem, ...], draft: Draft) -> tuple[DraftItem, ...]:
    """Required items that stand open: what keeps the case from being complete."""
    return tuple(item for item in missing(items, draft) if item.required)


def find_item(items: tuple[DraftItem, ...], key: str) -> DraftItem | None:
    """The item with this key."""
    return next((item for item in items if item.key == key), None)


def item_called(items: tuple[DraftItem, ...], name: str) -> DraftItem | None:
    """The item that this label or name means, as it is shown or as the catalogue has it: people copy what they know."""
    folded = fold_phrase(name)
    named = next((item for item in items if folded in item.names), None)
    if named is not None:
        return named
    # "Navn: Eva Moe" where the case has no line of that name: whom it is about.
    of_key = phrases().lines.get(folded)
    by_words = next((item for item in items if item.key == of_key), None)
    for labels in ([item.label for item in items], [item.label_nb for item in items]):
        found = pick(name, labels)
        if found is not None:
            return items[found]
    return by_words


def _applies(draft: Draft, item: Item, types: set[FieldType], taken: set[str]) -> bool:
    if item.key in _OWN_PLACE or taken & _SAME_AS.get(item.key, frozenset()):
        return False
    match item.asked_when:
        case AskedWhen.CRITICAL_SUSPECTED:
            return draft.critical is not None
        case AskedWhen.CRITICAL:
            return bool(draft.critical) or item.key in draft.answers
        case AskedWhen.MISSING_SYSTEM:
            return FieldType.SYSTEM not in types
        case _:
            return True


def _required(draft: Draft, item: Item) -> bool:
    # Suspicion of a critical fault is settled before anything is sent (G 5.1.2.2).
    if item.asked_when is AskedWhen.CRITICAL_SUSPECTED:
        return True
    confirmed = item.required_when_critical and "critical" in draft.answers and bool(draft.critical)
    return item.required or confirmed


def _from_checklist(item: Item, language: str, required: bool | None = None) -> DraftItem:
    return DraftItem(
        key=item.key,
        label=item.label[language],
        label_nb=item.label["nb"],
        question=item.question[language],
        type=item.type,
        required=item.required if required is None else required,
        options=tuple((choice.value, choice.label[language]) for choice in item.choices),
        help=item.help[language] if item.help else "",
        checklist_item=item,
        names=item.names,
    )


def _groups(talk: Conversation) -> DraftItem:
    """Where a notice goes: the groups that are chosen, and Kundeportalen when one of them is open (G 5.1.2.2)."""
    groups = talk.knowledge.organisation.groups.values()
    options = [
        (group.key, talk.text("notice.group", name=group.name, members=f"{group.members:,}".replace(",", " ")))
        for group in groups
    ]
    label_nb, options = talk.case_text("notice.groups_label"), [*options, (_ALL_GROUPS, talk.text("notice.groups_all"))]
    return DraftItem(
        key="groups",
        label=talk.text("notice.groups_label"),
        label_nb=label_nb,
        question=talk.text("notice.groups_question"),
        type=FieldType.CHOICE,
        required=True,
        options=tuple(options),
        wanted=WantedField("groups", label_nb, FieldType.CHOICE, True, tuple(value for value, _ in options)),
        names=("grupper", "gruppe", "til", "groups", "group", "to"),
    )


def _closed_text(talk: Conversation, *, required: bool) -> DraftItem:
    """What the closed group is told beside the rest; asked, so that nobody writes it where everybody reads it.

    Not required while the groups are still to be chosen: then it may be said with the rest.
    """
    label_nb = talk.case_text("notice.closed_text")
    return DraftItem(
        key="closed_text",
        label=talk.text("notice.closed_text"),
        label_nb=label_nb,
        question=talk.text("notice.ask_closed_text"),
        type=FieldType.LONGTEXT,
        required=required,
        options=(("no", talk.text("notice.no_closed_text")),),
        wanted=WantedField("closed_text", label_nb, FieldType.LONGTEXT, True, ("no",)),
        names=("lukket gruppe", "lukka gruppe", "lukket", "lukka", "closed group", "closed"),
    )


def _from_field(talk: Conversation, one: Field, language: str) -> DraftItem:
    words = talk.knowledge.catalogue_words
    label = words(one.label, language)
    # Some labels are questions already ("Hva er feil?"); the others are asked for by type.
    asked = talk.all_texts[language](f"item.ask_{one.type.value}", label=label)
    return DraftItem(
        key=one.key,
        label=label,
        label_nb=one.label,
        question=label if label.endswith("?") else asked,
        type=one.type,
        required=one.required,
        options=tuple((choice, words(choice, language)) for choice in one.choices),
        help=words(one.help, language) if one.help else "",
        wanted=WantedField(
            one.key,
            one.label,
            one.type,
            one.required,
            tuple(one.choices),
            tuple(tuple(words(choice, other) for other in LANGUAGES) for choice in one.choices),
        ),
    )
