"""The one engine that fills any checklist or form: from free text, from a typed answer, from a card (DESIGN 3).

Rule: what was read out of free text fills open items only; what is said as an answer, or as a correction, replaces.
A wrong value is never stored: it comes back as the key of a text that says what is expected. "Vet ikke" is always an
answer, because a person who does not know must still get through; the case then says that it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from dialogs.choosing import pick, yes_or_no
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.items import DraftItem
from dialogs.phrases import is_answer
from dialogs.state import Answer, Draft
from dialogs.texts import LANGUAGES
from knowledge.catalogue import BILLING_FIELDS, FieldType
from knowledge.reading import Extent, Moment, Reading, read_moment
from knowledge.reading.answers import read_number, read_phone
from knowledge.reading.fields import WantedField, read_fields

MAX_ANSWER_LENGTH = 10_000
UNKNOWN_VALUE = "ukjent"
LATER_VALUE = "ettersendes"


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that does not do; `why` tells the person what is expected."""

    why: str


def parse_answer(
    talk: Conversation, draft: Draft, item: DraftItem, text: str, source: str = "said"
) -> Answer | Refused:
    """A typed answer (or a card's value) to one item."""
    text = text.strip()
    if not text:
        return Refused(talk.text("error.empty"))
    if len(text) > MAX_ANSWER_LENGTH:
        return Refused(talk.text("error.too_long"))
    if is_answer(text, "dont_know"):
        return Answer(UNKNOWN_VALUE, talk.text("value.unknown"), source)
    if item.checklist_item is not None and item.checklist_item.pattern is not None:
        checked = item.checklist_item.checked(text)
        if checked is None:
            return Refused(item.checklist_item.error[talk.state.language])
        return Answer(checked, checked, source)
    if item.key == "tried" and is_answer(text, "nothing"):
        return Answer(talk.text("value.nothing_tried"), talk.text("value.nothing_tried"), source)
    match item.type:
        case FieldType.CHOICE:
            return _choice(talk, item, text, source)
        case FieldType.BOOLEAN:
            return _boolean(talk, text, source)
        case FieldType.DATE | FieldType.DATETIME:
            return _moment(talk, draft, item, text, source)
        case FieldType.NUMBER:
            number = read_number(text)
            return Refused(talk.text("error.number")) if number is None else Answer(number, f"{number:g}", source)
        case FieldType.PHONE:
            phone = read_phone(text)
            return Refused(talk.text("error.phone")) if phone is None else Answer(phone, phone, source)
        case FieldType.SYSTEM:
            hits = talk.knowledge.systems.find(text) if len(text) <= 200 else ()
            name = hits[0].system.name if hits else text
            return Answer(name, name, source)
        case FieldType.VIRKSOMHET:
            name = virksomhet_name(talk, text) or text
            return Answer(name, name, source)
        case FieldType.PERSON:
            name = talk.situation.person.name if is_answer(text, "me") else text
            return Answer(name, name, source)
        case FieldType.ATTACHMENT:
            if is_answer(text, "later"):
                return Answer(LATER_VALUE, talk.text("value.sent_later"), source)
            # A file may have been described or linked instead: better kept as text than lost.
            return Answer(text, text, source)
        case FieldType.TEXT | FieldType.LONGTEXT:
            return Answer(text, text, source)


def fill_from_reading(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], reading: Reading, *, replace_known: bool = False
) -> tuple[Draft, tuple[str, ...]]:
    """Fill what the sentence says. Returns the draft and the keys that got a new value, in item order."""
    filled: list[str] = []
    values = _field_values(talk, items, reading)
    for item in items:
        known = draft.answers.get(item.key)
        if known is not None and not replace_known:
            continue
        answer = _from_field(talk, draft, item, values.get(item.key))
        if answer is None or item.key in _READ_BY_KEY_FIRST:
            answer = _read_item(talk, draft, items, item, reading, correcting=replace_known) or answer
        if answer is None or (known is not None and answer.value == known.value):
            continue
        draft = draft.with_answer(item.key, answer)
        filled.append(item.key)
    return draft, tuple(filled)


def _field_values(talk: Conversation, items: tuple[DraftItem, ...], reading: Reading) -> Mapping[str, str]:
    """What the sentence says of the form's own fields, as text."""
    wanted = [
        WantedField(item.key, item.label, item.type, item.required, tuple(label for _, label in item.options))
        for item in items
        if item.checklist_item is None
    ]
    if not wanted:
        return {}
    knowledge = talk.knowledge
    names = [
        *(one.name for one in knowledge.organisation.virksomheter.values()),
        *(one.name for one in knowledge.systems),
    ]
    return read_fields(reading.text, wanted, names)


def _from_field(talk: Conversation, draft: Draft, item: DraftItem, text: str | None) -> Answer | None:
    if text is None:
        return None
    answer = parse_answer(talk, draft, item, text, "read")
    return None if isinstance(answer, Refused) or answer.value == UNKNOWN_VALUE else answer


def fill_from_profile(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...]) -> Draft:
    """Fill what is known about the person: virksomhet, phone."""
    person = talk.situation.person
    for item in items:
        if item.key in draft.answers:
            continue
        if item.type is FieldType.VIRKSOMHET and item.key == "virksomhet" and talk.virksomhet:
            name = virksomhet_name(talk, talk.virksomhet) or talk.virksomhet
            draft = draft.with_answer(item.key, Answer(name, name, "profile"))
        elif item.key == "phone" and person.phone:
            draft = draft.with_answer(item.key, Answer(person.phone, person.phone, "profile"))
    return draft


def fill_from_card(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], values: Mapping[str, object]
) -> tuple[Draft, dict[str, str]]:
    """Take a card's inputs. Returns the draft and, by item key, what was wrong with a value, in words.

    Values are the client's claim, of any JSON type; unknown keys are passed over, wrong ones refused by the item's
    own rule, an emptied required field is asked again and an emptied optional one is skipped.
    """
    errors: dict[str, str] = {}
    for item in items:
        if item.key not in values:
            continue
        raw = values[item.key]
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if item.required:
                if item.key not in draft.answers:
                    errors[item.key] = talk.text("error.required")
            elif item.key in draft.answers:
                draft = draft.without_answer(item.key)
            continue
        if isinstance(raw, bool):
            raw = "ja" if raw else "nei"
        if not isinstance(raw, str | int | float):
            errors[item.key] = talk.text("error.type")
            continue
        text = _choice_text(item, str(raw))
        known = draft.answers.get(item.key)
        if known is not None and text == known.shown:
            continue
        answer = parse_answer(talk, draft, item, text, "card")
        if isinstance(answer, Refused):
            errors[item.key] = answer.why
        else:
            draft = draft.with_answer(item.key, answer)
    return draft, errors


def virksomhet_name(talk: Conversation, text: str) -> str | None:
    """The full name of a virksomhet given by abbreviation or name."""
    code = virksomhet_code(talk, text)
    return talk.knowledge.organisation.virksomheter[code].name if code else None


def virksomhet_code(talk: Conversation, text: str) -> str | None:
    """The abbreviation of a virksomhet given by abbreviation or name, or None."""
    virksomheter = talk.knowledge.organisation.virksomheter
    wanted = text.strip()
    if wanted.upper() in virksomheter:
        return wanted.upper()
    codes = list(virksomheter)
    found = pick(wanted, [virksomheter[code].name for code in codes])
    return codes[found] if found is not None else None


def _read_item(
    talk: Conversation,
    draft: Draft,
    items: tuple[DraftItem, ...],
    item: DraftItem,
    reading: Reading,
    *,
    correcting: bool,
) -> Answer | None:
    simple = _read_by_key(talk, item, reading)
    if simple is not None:
        return simple
    if item.type is FieldType.SYSTEM:
        return _read_system(items, item, reading)
    if item.type is FieldType.CHOICE:
        return _read_choice(item, reading)
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return _read_date(talk, draft, items, item, reading)
    if item.type is FieldType.PHONE and item.required and reading.phone and _only(items, item):
        return Answer(reading.phone, reading.phone, "read")
    if item.type is FieldType.PERSON and item.key == "gjelder_bruker" and not correcting:
        return _read_person(talk, reading)
    if item.type is FieldType.NUMBER and item.key.startswith("antall"):
        found = _COUNT.search(reading.text)
        return Answer(float(found.group(1)), found.group(1), "read") if found else None
    return None


def _read_by_key(talk: Conversation, item: DraftItem, reading: Reading) -> Answer | None:
    texts: dict[str, str | None] = {
        "tried": reading.tried,
        "phone": reading.phone,
        "on_behalf_of": reading.on_behalf_of,
        # "PC-en" is no machine name; one has digits.
        "pc_navn": reading.device if reading.device and any(sign.isdigit() for sign in reading.device) else None,
        "lokasjon": reading.place,
        "feilkode": reading.error_text,
        "feiltekst": reading.error_text,
        "melding": reading.error_text,
        **{key: reading.billing.get(key) for key in BILLING_FIELDS},
    }
    value = texts.get(item.key)
    if value:
        return Answer(value, value, "read")
    if item.key == "extent" and reading.extent is not None:
        return _option(item, reading.extent.value)
    if item.key == "outage" and reading.outage is not None:
        return _option(item, reading.outage.value)
    return None


def _read_system(items: tuple[DraftItem, ...], item: DraftItem, reading: Reading) -> Answer | None:
    """The system named; with two to fill, the one after "fra" or "til", else in the order of the form."""
    hits = reading.systems
    if not hits:
        return None
    fields = [one for one in items if one.type is FieldType.SYSTEM]
    name = hits[0].system.name
    if len(fields) > 1:
        in_text = sorted(hits, key=lambda hit: hit.start)
        marked = [hit for hit in in_text if reading.text[: hit.start].lower().rstrip().endswith(item.key[:3])]
        place = fields.index(item)
        if marked:
            name = marked[0].system.name
        elif place < len(in_text):
            name = in_text[place].system.name
        else:
            return None
    return Answer(name, name, "read")


def _read_date(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], item: DraftItem, reading: Reading
) -> Answer | None:
    # A fault began in the past, a delivery lies ahead: the reader has already told the two apart.
    if item.key == "started_at":
        return _moment_answer(talk, item, reading.started_at, "read") if reading.started_at else None
    wanted = reading.wanted_at
    if draft.kind != "service" or wanted is None:
        return None
    if item.key.startswith("til"):
        end = wanted.end or (wanted.at if _UNTIL.search(reading.text) else None)
        return _moment_answer(talk, item, replace(wanted, at=end, end=None), "read") if end else None
    if item.key in _WANTED or (item.required and _only(items, item)):
        return _moment_answer(talk, item, replace(wanted, end=None), "read")
    return None


def _only(items: tuple[DraftItem, ...], item: DraftItem) -> bool:
    """Whether the form asks for just one thing of this type: then a value of the type can only be meant for it."""
    return sum(one.type is item.type and one.checklist_item is None for one in items) == 1


def _read_choice(item: DraftItem, reading: Reading) -> Answer | None:
    if item.key == "miljo" and reading.environments:
        found = [value for value, _ in item.options if value.lower() in reading.environments]
        return Answer(found[0], found[0], "read") if len(found) == 1 and len(reading.environments) == 1 else None
    if item.key not in ("handling", "endring", "hva"):
        return None
    text = reading.text.lower()
    hits = [value for value, label in item.options if _intended(text, label.lower())]
    return Answer(hits[0], dict(item.options)[hits[0]], "read") if len(hits) == 1 else None


def _read_person(talk: Conversation, reading: Reading) -> Answer | None:
    if reading.on_behalf_of:
        return Answer(reading.on_behalf_of, reading.on_behalf_of, "read")
    if reading.extent not in (None, Extent.USER):
        several = talk.text("value.several_users")
        return Answer(several, several, "read")
    if _FIRST_PERSON.search(reading.text):
        return Answer(talk.situation.person.name, talk.situation.person.name, "profile")
    return None


# Said outright ("på vegne av Kari"), these go before what a field's own words or a bare name suggest.
_READ_BY_KEY_FIRST = frozenset({"feilkode", "feiltekst", "miljo"})
_UNTIL = re.compile(r"\b(?:til|ut|until|fram til|frem til)\s+\S", re.IGNORECASE)
_WANTED = frozenset({"wanted_at", "onsket_dato", "dato", "fra", "tidspunkt", "vindu"})
# "I" counts in capitals only: "i går" is no first person.
_FIRST_PERSON = re.compile(r"\b(?:jeg|meg|min|mitt|mine|eg|i'm|my|me)\b|(?-i:(?<!\w)I(?!\w))", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(\d{1,3})\s*(?:stk|stykk\w*|nye|brukere?|personer|skjermer|mobiler|pc\w*|maskiner|lisenser|deltakere|ansatte|nettbrett)\b",
    re.IGNORECASE,
)
# What people say for the usual values of "Handling": by the first letters of the label.
_INTENTS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("ny", "opprett", "legge til", "bestill", "gi "),
        re.compile(r"\b(?:ny|nye|nytt|opprett\w*|legg\w* til|treng\w*|få tilgang|need|new)\b"),
    ),
    (
        ("endr", "flytt", "bytt", "overfør"),
        re.compile(r"\b(?:endr\w*|flytt\w*|bytt\w*|overfør\w*|omdøp\w*|change|move)\b"),
    ),
    (
        ("fjern", "slett", "avslutt", "si opp", "avvikl"),
        re.compile(r"\b(?:fjern\w*|slett\w*|avslutt\w*|slutt\w*|si opp|avvikl\w*|remove|delete)\b"),
    ),
)


def _intended(text: str, label: str) -> bool:
    meant = [starts for starts, words in _INTENTS if words.search(text)]
    return len(meant) == 1 and label.startswith(meant[0])


def _option(item: DraftItem, value: str) -> Answer | None:
    labels = dict(item.options)
    return Answer(value, labels[value], "read") if value in labels else None


def _choice_text(item: DraftItem, raw: str) -> str:
    return dict(item.options).get(raw, raw)


def _choice(talk: Conversation, item: DraftItem, text: str, source: str) -> Answer | Refused:
    found = pick(text, [label for _, label in item.options])
    if found is None and item.checklist_item is not None:
        # People answer in their own language, whatever the bot speaks at the moment.
        choices = item.checklist_item.choices
        hits = (pick(text, [choice.label[language] for choice in choices]) for language in LANGUAGES)
        found = next((hit for hit in hits if hit is not None), None)
    if found is None and item.key in ("extent", "outage"):
        reading = talk.knowledge.reader.read(text, talk.situation.now)
        read = _read_by_key(talk, item, reading)
        if read is not None:
            return replace(read, source=source)
    if found is None:
        return Refused(talk.text("error.choice"))
    value, label = item.options[found]
    return Answer(value, label, source)


def _boolean(talk: Conversation, text: str, source: str) -> Answer | Refused:
    value = yes_or_no(text)
    if value is None:
        return Refused(talk.text("error.yes_no"))
    return Answer(value, talk.text("value.yes" if value else "value.no"), source)


def _moment(talk: Conversation, draft: Draft, item: DraftItem, text: str, source: str) -> Answer | Refused:
    # A fault began in the past, a delivery lies ahead; a notice is about what began or about what is planned.
    direction: Literal["past", "future"] | None = "past" if draft.kind == "support" else "future"
    if item.key == "since":
        direction = None
    moment = read_moment(text, talk.situation.now, direction)
    if moment is None:
        return Refused(talk.text("error.date" if item.type is FieldType.DATE else "error.moment"))
    return _moment_answer(talk, item, moment, source)


def _moment_answer(talk: Conversation, item: DraftItem, moment: Moment, source: str) -> Answer:
    with_time = item.type is FieldType.DATETIME and moment.precision in ("minute", "hour", "second", "part_of_day")
    value = moment.at.isoformat() if item.type is FieldType.DATETIME else moment.at.date().isoformat()
    shown = show_moment(moment.at, talk.state.language, talk.situation.now, with_time)
    if moment.estimate:
        shown = talk.text("value.about", moment=shown, words=moment.text)
    return Answer(value, shown, source)
