"""What a sentence says about the items of a draft: the checklist's by what the reader found, the form's own by field.

What was read fills open items only, unless the person corrects something; everything read stands in the summary.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dialogs.conversation import Conversation
from dialogs.filling import Refused, extent_or_outage, moment_answer, parse_answer
from dialogs.forms import is_employee
from dialogs.items import DraftItem, find_item
from dialogs.notice_time import kind_of, start_ahead
from dialogs.shown_answers import own_words, yes_or_no_answer
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.system_names import rivals
from knowledge.catalogue import BILLING_FIELDS, FieldType
from knowledge.reading import Extent, Moment, Reading
from knowledge.reading.counts import read_count
from knowledge.reading.signals import says_critical

# Said outright ("på vegne av Kari"), these go before what a field's own words or a bare name suggest.
_READ_BY_KEY_FIRST = frozenset({"feilkode", "feiltekst", "miljo"})
_NOT_CRITICAL = re.compile(
    r"\b(?:ikke|ikkje|not|ingen)\s+(?:en\s+|så\s+)?(?:kritisk|critical)\b|\bhaster\s+ikke\b", re.IGNORECASE
)
_CRITICAL = re.compile(r"\b(?:er|is)\s+(?:(?:veldig|svært|nå|no|very|now)\s+)?(?:kritisk|critical)\b", re.IGNORECASE)
# The person a case or a course is for; the approver or the owner is somebody else.
ABOUT_WHOM = frozenset({"gjelder_bruker", "deltaker"})
# More than one has it, said in passing: "vi får ikke", "kaster oss ut". "Vi har prøvd" is about those who helped.
_WE = re.compile(
    r"\b(?:vi|me)\s+(?:får|fær|kommer|kjem|klarer|klarar|kan|mister|mistar|ser|blir|vert|opplever|sliter|slit)\b|"
    r"\b(?:hos|kaster|kastar)\s+oss\b|\bwe\s+(?:can'?t|cannot|are|get|lose|have no)\b",
    re.IGNORECASE,
)
_DIGITS_OF_A_NUMBER = 8
_NAMES_SYSTEM = re.compile(r"\bsystem(?:et)?:?\s+(?:er\s+|is\s+)?$", re.IGNORECASE)
_WANTED = frozenset({"wanted_at", "onsket_dato", "dato", "fra", "tidspunkt", "vindu"})
# "I" counts in capitals only: "i går" is no first person.
_FIRST_PERSON = re.compile(r"\b(?:jeg|meg|min|mitt|mine|eg|i'm|my|me)\b|(?-i:(?<!\w)I(?!\w))", re.IGNORECASE)
# Words of more than one: then nothing is assumed about how many the fault hits.
_OTHERS = re.compile(
    r"\b(?:vi|oss|vår[et]?|våre|dere|alle|flere|fleire|mange|hele|heile|ingen|andre|kollega\w*|avdeling\w*|kontoret|"
    r"elev\w*|ansatte|brukere|brukarar|folk|we|us|our|everyone|everybody|nobody|several|all|whole|entire|many|users|staff|"
    r"colleagues?|department)\b",
    re.IGNORECASE,
)
# The field says that it is a code.
_LABEL_OF_CODE = re.compile(r"^(?:feil)?kode(?:n|r)?[\s:]+(?:er\s+)?", re.IGNORECASE)
# What people say for the usual values of "Handling": by the first letters of the label.
_INTENTS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (
        ("ny", "opprett", "legge til", "bestill", "gi "),
        re.compile(r"\b(?:ny|nye|nytt|ny(?:til|an)s[ae]tt\w*|opprett\w*|legg\w* til|treng\w*|få tilgang|need|new)\b"),
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


def denies_critical(text: str) -> bool:
    """Whether the person says himself that it is not critical."""
    return _NOT_CRITICAL.search(text) is not None


def fill_from_reading(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], reading: Reading, *, replace_known: bool = False
) -> tuple[Draft, tuple[str, ...]]:
    """Fill what the sentence says. Returns the draft and the keys that got a new value, in item order."""
    filled: list[str] = []
    values, said = _field_values(talk, items, reading), _said_by_key(reading)
    # Every answer is looked at by those after it, so they go into one mapping of the draft's own, made once.
    answers = dict(draft.answers)
    before, draft = draft, replace(draft, answers=answers)
    for item in items:
        known = answers.get(item.key)
        if known is not None and known.source != "assumed" and not replace_known:
            continue
        answer = _from_field(talk, draft, item, values.get(item.key))
        if answer is None or item.key in _READ_BY_KEY_FIRST:
            answer = _read_item(talk, draft, items, item, reading, said, correcting=replace_known) or answer
        if answer is None or (known is not None and answer.value == known.value):
            continue
        answers[item.key] = answer
        filled.append(item.key)
    if draft.kind == "support" and "critical" not in answers:
        # Said without being asked: it stands in the case, so nobody has to wonder.
        if denies_critical(reading.text):
            answers["critical"] = Answer(False, talk.text("value.no"), "read")
        elif says_critical(reading.text):
            answers["critical"] = yes_or_no_answer(talk, True, "read")
    if draft.kind != "notice" and reading.call_back is not None and _takes_new_number(draft, reading, answers):
        # Nobody asks for it where nothing is critical; whoever solves the case can call back all the same.
        phone = Answer(reading.call_back, reading.call_back, "read")
        answers |= {} if _is_taken(draft, reading, phone) else {"phone": phone}
    if not replace_known:
        extent = _assumed_extent(draft, items, reading)
        answers |= {"extent": extent} if extent is not None else {}
    new = {key: answer for key, answer in answers.items() if before.answers.get(key) is not answer}
    return before.with_answers(new), tuple(filled)


def _assumed_extent(draft: Draft, items: tuple[DraftItem, ...], reading: Reading) -> Answer | None:
    """A fault told of one person, by name or as "jeg", with no word of others, hits that one; one told as "vi får
    ikke" hits the department. Not worth a question: it stands as assumed in the summary, where a word corrects it.
    """
    item = find_item(items, "extent")
    if item is None or "extent" in draft.answers:
        return None
    user = draft.answers.get("gjelder_bruker")
    if _OTHERS.search(reading.text):
        extent = Extent.DEPARTMENT if _WE.search(reading.text) else None
    else:
        about_one = bool(_FIRST_PERSON.search(reading.text)) or (user is not None and user.source == "read")
        extent = Extent.USER if about_one else None
    return None if extent is None else Answer(extent.value, dict(item.options)[extent.value], "assumed")


def _field_values(talk: Conversation, items: tuple[DraftItem, ...], reading: Reading) -> Mapping[str, str]:
    """What the sentence says of the form's own fields, as text."""
    wanted = tuple(item.wanted for item in items if item.wanted is not None)
    return talk.knowledge.reader.read_fields(reading.text, wanted) if wanted else {}


def _from_field(talk: Conversation, draft: Draft, item: DraftItem, text: str | None) -> Answer | None:
    if text is None:
        return None
    answer = parse_answer(talk, draft, item, text, "read")
    return None if isinstance(answer, Refused) or answer.value == UNKNOWN_VALUE else answer


def _read_item(
    talk: Conversation,
    draft: Draft,
    items: tuple[DraftItem, ...],
    item: DraftItem,
    reading: Reading,
    said: Mapping[str, str | None],
    *,
    correcting: bool,
) -> Answer | None:
    simple = _read_by_key(talk, item, reading, said)
    if simple is not None and item.key == "phone" and _is_taken(draft, reading, simple):
        simple = None
    if simple is not None:
        return simple
    if item.key == "since" and (ahead := start_ahead(reading.text, kind_of(draft), talk.situation.now)) is not None:
        return moment_answer(talk, item, replace(ahead, end=None), "read")
    if item.key == "since" and reading.started_at is not None and kind_of(draft) != "vedlikehold":
        return moment_answer(talk, item, reading.started_at, "read")
    if item.key == "critical" and (says_critical(reading.text) or (correcting and _CRITICAL.search(reading.text))):
        # The person's own plain word needs no question; one in passing is a suspicion, which is asked (G 5.1.2.2).
        return yes_or_no_answer(talk, True, "read")
    if item.type is FieldType.SYSTEM:
        return _read_system(talk, draft, items, item, reading)
    if item.type is FieldType.CHOICE:
        return _read_choice(item, reading)
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return _read_date(talk, draft, items, item, reading)
    if item.type is FieldType.PERSON and item.key in ABOUT_WHOM and not correcting:
        return _read_person(talk, draft, reading)
    if item.type is FieldType.NUMBER and item.key.startswith("antall"):
        count = read_count(reading.text, talk.situation.now)
        return Answer(float(count), str(count), "read") if count is not None else None
    return None


def _takes_new_number(draft: Draft, reading: Reading, answers: Mapping[str, Answer]) -> bool:
    """Whether the number to call back on is news: none is known, or a message after the first tells another."""
    known = answers.get("phone")
    return known is None or known.source in ("profile", "assumed") or reading.text.strip() not in draft.text


def _is_taken(draft: Draft, reading: Reading, phone: Answer) -> bool:
    """Whether the number is another line's, or is told as that of the one who tests."""
    of_contact = reading.contact is not None and _figures(str(phone.value)) in re.sub(r"\D", "", reading.contact)
    return of_contact or is_number_of_another(draft, "phone", phone)


def _figures(number: str) -> str:
    """The figures of a number, without the code of the country."""
    return re.sub(r"\D", "", number)[-_DIGITS_OF_A_NUMBER:]


def is_number_of_another(draft: Draft, key: str, phone: Answer) -> bool:
    """Whether the number stands in another line than `key`: the one that is dead is not to be called back on, and that
    of the svargruppe is not the one that was called from.
    """
    number = _figures(str(phone.value))
    others = (answer.shown for other, answer in draft.answers.items() if other != key)
    return any(number in re.sub(r"\D", "", shown) for shown in others)


def _said_by_key(reading: Reading) -> Mapping[str, str | None]:
    """What was read, by the key of the item that asks for just that."""
    return {
        "tried": reading.tried,
        "phone": reading.phone,
        "on_behalf_of": reading.on_behalf_of,
        # "PC-en" is no machine name; one has digits.
        "pc_navn": reading.device if reading.device and any(sign.isdigit() for sign in reading.device) else None,
        "lokasjon": reading.place,
        "contacts": reading.contact,
        "feilkode": _LABEL_OF_CODE.sub("", reading.error_text) if reading.error_text else None,
        "feiltekst": reading.error_text,
        "melding": reading.error_text,
        **{key: reading.billing.get(key) for key in BILLING_FIELDS},
    }


def _read_by_key(
    talk: Conversation, item: DraftItem, reading: Reading, said: Mapping[str, str | None]
) -> Answer | None:
    if item.key == "critical" and denies_critical(reading.text):
        return Answer(False, talk.text("value.no"), "read")
    value = said.get(item.key)
    if value:
        return Answer(value, value, "read")
    return extent_or_outage(item, reading)


def _read_system(
    talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], item: DraftItem, reading: Reading
) -> Answer | None:
    """The system named; with two to fill, the one after "fra" or "til", else in the order of the form."""
    fields = [one for one in items if one.type is FieldType.SYSTEM]
    hits = reading.systems
    if item.checklist_item is None and len(fields) == 1 and draft.form_id is not None:
        # "Applikasjon starter ikke i Citrix" asks which application, so Citrix is no answer.
        title = talk.knowledge.catalogue.get(draft.form_id).title.casefold()
        hits = tuple(hit for hit in hits if hit.words.casefold() not in title)
    # The host "db02.oslo.kommune.no" is a server of no system, and "system Gerica" says which one is meant.
    hits = tuple(hit for hit in hits if reading.text[hit.start - 1 : hit.start] not in (".", "@"))
    named = tuple(hit for hit in hits if _NAMES_SYSTEM.search(reading.text[: hit.start]))
    hits = named if len(named) == 1 and len(fields) == 1 else hits
    if not hits or rivals(hits):
        return None
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
        began = reading.started_at or (
            talk.knowledge.reader.read_start(reading.text, talk.situation.now) if draft.kind == "support" else None
        )
        return moment_answer(talk, item, began, "read") if began else None
    if draft.kind != "service":
        return None
    wanted = reading.wanted_at
    if wanted is None and reading.kind_hint != "service":
        # The form says that it is an order, though the words do not ("Liv Aune bytter virksomhet 1. januar").
        wanted = talk.knowledge.reader.read_wanted(reading.text, talk.situation.now)
    if item.key == "wanted_at" and wanted is not None and _is_end(draft, items, wanted):
        # "Forleng til 30. juni, han går ut 30.11": the end that is asked for is not when the work must be done.
        others = reading.text.replace(wanted.text, " " * len(wanted.text))
        wanted = talk.knowledge.reader.read_wanted(others, talk.situation.now)
    version = draft.answers.get("til_versjon")
    if wanted is None or (version is not None and _is_version(version.shown, wanted.text)):
        return None
    if item.key.startswith("til"):
        end = wanted.end or (wanted.at if wanted.bound == "by" else None)
        if wanted.end is not None and end is not None and end.hour == end.minute == 0:
            end -= timedelta(days=1)  # the reader's end is where the last day is over
        return moment_answer(talk, item, replace(wanted, at=end, end=None), "read") if end else None
    if item.key.startswith("fra") and wanted.end is None and wanted.bound == "by":
        return None  # only the last day was said
    if item.key in _WANTED or (item.required and _only(items, item)):
        return moment_answer(talk, item, replace(wanted, end=None), "read")
    return None


def _is_end(draft: Draft, items: tuple[DraftItem, ...], wanted: Moment) -> bool:
    """Whether another line of the form has this last day already."""
    dates = [draft.answers[one.key] for one in items if one.type is FieldType.DATE and one.key in draft.answers]
    return wanted.bound == "by" and any(one.value == wanted.at.date().isoformat() for one in dates)


def _is_version(version: str, words: str) -> bool:
    """ "Til 9.3" is the version, and no 9th of March."""
    return words.split()[-1:] == [version]


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
    hits = [value for value, _ in item.options if _intended(text, value.lower())]
    return Answer(hits[0], dict(item.options)[hits[0]], "read") if len(hits) == 1 else None


def _read_person(talk: Conversation, draft: Draft, reading: Reading) -> Answer | None:
    if reading.on_behalf_of:
        return Answer(reading.on_behalf_of, reading.on_behalf_of, "read")
    if reading.extent not in (None, Extent.USER):
        return own_words(talk, "value.several_users", "read")
    if _FIRST_PERSON.search(reading.text):
        # In a report that 1.linje passes on, "I" is the one who wrote it.
        writer = draft.answers.get("on_behalf_of") if draft.passes_on else None
        name = str(writer.value) if writer else talk.situation.person.name
        return Answer(name, name, "profile")
    if is_employee(talk) and not _OTHERS.search(reading.text):
        # An employee reports for himself unless he says otherwise; it stands in the summary (G 3.2.1).
        return Answer(talk.situation.person.name, talk.situation.person.name, "assumed")
    return None


def _intended(text: str, label: str) -> bool:
    meant = [starts for starts, words in _INTENTS if words.search(text)]
    return len(meant) == 1 and label.startswith(meant[0])
