"""The one engine that fills any checklist or form: from free text, from a typed answer, from a card (DESIGN 3).

Rule: what was read out of free text fills open items only; what is said as an answer, or as a correction, replaces.
A wrong value is never stored: it comes back as the key of a text that says what is expected. "Vet ikke" is always an
answer, because a person who does not know must still get through; the case then says that it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from dialogs.choosing import pick, yes_or_no
from dialogs.conversation import Conversation
from dialogs.items import DraftItem
from dialogs.known_day import on_known_day
from dialogs.line_names import is_own_unknown, without_own_name
from dialogs.notice_answers import group_answer, none_answer, without_no
from dialogs.notice_time import kind_of, start_ahead
from dialogs.option_meant import option_meant
from dialogs.phrases import is_answer
from dialogs.shown_answers import own_words, show_said_time, shown_answer, yes_or_no_answer
from dialogs.state import LATER_VALUE, UNKNOWN_VALUE, Answer, Draft, SaidTime
from dialogs.system_names import choice_name, rivals, system_called
from knowledge.catalogue import FieldType
from knowledge.reading import Moment, Reading, as_beginning, read_moment
from knowledge.reading.amounts import read_amount
from knowledge.reading.answers import read_number, read_phone
from knowledge.reading.outage import is_guessed
from knowledge.reading.signals import Outage, says_critical

MAX_ANSWER_LENGTH = 10_000
MAX_SYSTEM_NAME = 200
_FIGURE = re.compile(r"\d{1,2}")
_MAY_BE_A_FIGURE = re.compile(
    r"nummer|nr|kode|\bid\b|versjon|port|periode|rom|kø|verdi|merking|sak|antall|ansvar|rolle", re.IGNORECASE
)
# A fellesfeil has begun, maintenance is planned; information may be about either.
SINCE: Mapping[str, Literal["past", "future"]] = {"fellesfeil": "past", "vedlikehold": "future"}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def is_email_field(item: DraftItem) -> bool:
    """Whether a text field of a form takes an e-mail address."""
    label = item.label_nb.lower()
    return ("e-post" in label or "epost" in label) and "adresse" in label


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
    if draft.kind == "notice":
        none = none_answer(talk, draft, item, text, source)
        if none is not None:
            return Refused(none) if isinstance(none, str) else none
        text = without_no(item, text)
        if (group := group_answer(talk, item, text)) is not None:
            return replace(group, source=source)
    if is_answer(text, "dont_know") or is_own_unknown(talk, item, text):
        return Answer(UNKNOWN_VALUE, talk.text("value.unknown"), source)
    if source != "card" and draft.kind != "notice":
        text = without_own_name(talk, item, text)
    if item.checklist_item is not None and item.checklist_item.pattern is not None:
        checked = item.checklist_item.checked(text)
        if checked is None:
            return Refused(item.checklist_item.error[talk.state.language])
        return Answer(checked, checked, source)
    if item.key == "tried" and is_answer(text, "nothing"):
        return own_words(talk, "value.nothing_tried", source)
    match item.type:
        case FieldType.CHOICE:
            return _choice(talk, item, text, source)
        case FieldType.BOOLEAN if item.key == "critical" and says_critical(text):
            return yes_or_no_answer(talk, True, source)
        case FieldType.BOOLEAN:
            return _boolean(talk, text, source)
        case FieldType.DATE | FieldType.DATETIME:
            return _moment(talk, draft, item, text, source)
        case FieldType.NUMBER:
            number = read_amount(text, item.label_nb)
            number = read_number(text) if number is None else number
            return Refused(talk.text("error.number")) if number is None else Answer(number, f"{number:g}", source)
        case FieldType.PHONE:
            phone = read_phone(text)
            return Refused(talk.text("error.phone")) if phone is None else Answer(phone, phone, source)
        case FieldType.SYSTEM:
            return _system(talk, text, source)
        case FieldType.VIRKSOMHET:
            name = virksomhet_name(talk, text) or text
            return Answer(name, name, source)
        case FieldType.PERSON | FieldType.TEXT if yes_or_no(text) is not None and len(text.split()) == 1:
            return Refused(talk.text("error.not_this"))
        case FieldType.TEXT if is_answer(text, "me"):
            return Refused(talk.text("error.not_this"))
        case FieldType.TEXT if _FIGURE.fullmatch(text) and not _MAY_BE_A_FIGURE.search(item.label_nb):
            # "1" is the number of a line or a button, hardly an address.
            return Refused(talk.text("error.not_this"))
        case FieldType.PERSON if not any(sign.isalpha() for sign in text):
            return Refused(talk.text("error.not_this"))
        case FieldType.PERSON:
            name = talk.situation.person.name if is_answer(text, "me") else text
            return Answer(name, name, source)
        case FieldType.ATTACHMENT:
            if is_answer(text, "later"):
                return Answer(LATER_VALUE, talk.text("value.sent_later"), source)
            # A file may have been described or linked instead: better kept as text than lost.
            return Answer(text, text, source)
        case FieldType.TEXT if is_email_field(item) and not _EMAIL.search(text):
            return Refused(talk.text("error.email"))
        case FieldType.TEXT | FieldType.LONGTEXT:
            return Answer(text, text, source)


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
        if known is not None and text == shown_answer(talk, draft, item):
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


def extent_or_outage(item: DraftItem, reading: Reading) -> Answer | None:
    """The option of these two checklist items that a sentence speaks of."""
    if item.key == "extent" and reading.extent is not None:
        return _option(item, reading.extent.value)
    if item.key == "outage" and reading.outage is not None:
        # "Virker ikke" says not how much: it stands as assumed, where a word corrects it.
        return _option(item, reading.outage.value, "assumed" if is_guessed(reading.text) else "read")
    return None


def _option(item: DraftItem, value: str, source: str = "read") -> Answer | None:
    labels = dict(item.options)
    return Answer(value, labels[value], source) if value in labels else None


def _choice_text(item: DraftItem, raw: str) -> str:
    return dict(item.options).get(raw, raw)


def _choice(talk: Conversation, item: DraftItem, text: str, source: str) -> Answer | Refused:
    found = option_meant(talk, item, text)
    if found is None and item.key in ("extent", "outage"):
        read = extent_or_outage(item, talk.reading(text))
        if read is not None:
            return replace(read, source=source)
    if found is None and item.key == "outage" and (yes_or_no(text) is False or is_answer(text, "nothing")):
        # "Virker noe av tjenesten?" "Nei."
        return _option(item, Outage.FULL.value, source) or Refused(talk.text("error.choice"))
    if found is None:
        return Refused(talk.text("error.choice"))
    value, label = item.options[found]
    return Answer(value, label, source)


def _system(talk: Conversation, text: str, source: str) -> Answer | Refused:
    """A system of the register, or what the person calls it: not all systems stand there."""
    systems = talk.knowledge.systems
    chosen = system_called(systems, text)
    hits = systems.find(text) if chosen is None and len(text) <= MAX_SYSTEM_NAME else ()
    if chosen is None and rivals(hits):
        return Refused(talk.text("error.several_systems"))
    system = chosen or (hits[0].system if hits else None)
    name = text if system is None else choice_name(system) if chosen else system.name
    return Answer(name, name, source)


def _boolean(talk: Conversation, text: str, source: str) -> Answer | Refused:
    value = yes_or_no(text)
    if value is None:
        return Refused(talk.text("error.yes_no"))
    return yes_or_no_answer(talk, value, source)


def _moment(talk: Conversation, draft: Draft, item: DraftItem, text: str, source: str) -> Answer | Refused:
    # A fault began in the past, a delivery lies ahead; a notice is about what began or about what is planned.
    direction: Literal["past", "future"] | None = "past" if draft.kind == "support" else "future"
    if item.key == "since":
        kind = draft.answers.get("type")
        direction = SINCE.get(str(kind.value)) if kind is not None else "past"
    ahead = start_ahead(text, kind_of(draft), talk.situation.now) if item.key == "since" and direction is None else None
    moment = ahead or read_moment(text, talk.situation.now, direction)
    if moment is None:
        return Refused(talk.text("error.date" if item.type is FieldType.DATE else "error.moment"))
    if direction == "past":
        moment = as_beginning(moment, talk.situation.now)
    return on_known_day(talk, draft.answers.get(item.key), moment_answer(talk, item, moment, source))


def moment_answer(talk: Conversation, item: DraftItem, moment: Moment, source: str) -> Answer:
    """A time as the answer to an item, with what was said when it is only about right."""
    with_time = item.type is FieldType.DATETIME and moment.precision in ("minute", "hour", "second")
    value = moment.at.isoformat() if item.type is FieldType.DATETIME else moment.at.date().isoformat()
    # A week or month is no day, nor is a weekend that a fault began in: it is shown as about, with the words.
    days = moment.end is not None and moment.end - moment.at > timedelta(days=1)
    long = (item.type is FieldType.DATETIME and days) or moment.precision in ("week", "month", "year")
    estimate = moment.estimate or long
    about = estimate or (item.type is FieldType.DATETIME and moment.precision == "part_of_day")
    said = SaidTime(with_time, moment.text if about else "", estimate, not moment.day_said)
    return Answer(value, show_said_time(talk, value, said, talk.state.language), source, said)
