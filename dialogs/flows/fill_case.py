"""Ask for what is missing, and only that (DESIGN 3; G 7.1-7.3).

The first ask says what was understood, so the person can correct it at once, and names all that is missing, so one
message can answer everything. A card shows every item with what is known filled in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from dialogs.answer_lists import asked_together, is_list, split_list, take_list
from dialogs.case import Role
from dialogs.case_text import title_of
from dialogs.conversation import Conversation
from dialogs.filling import Refused, fill_from_profile, parse_answer
from dialogs.flows import environments, password_given, summary, where_you_work
from dialogs.identity import as_asked, left_to_first_line
from dialogs.inputs import input_of, options_of, unknown_option
from dialogs.items import DraftItem, find_item, items_of, missing, missing_required
from dialogs.read_answers import fill_from_reading
from dialogs.replies import Choice, Link, Questions
from dialogs.shown_answers import own_words, shown_answer
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.system_advice import belongs_to_forvalter, forvalter_address, forvalter_of, system_of
from knowledge.catalogue import FieldType
from knowledge.reading import Extent, Reading, read_moment
from knowledge.systems import System

# Mail programs cut long mailto links; the person can paste the rest.
_MAX_MAIL_BODY = 1500

# Answers of these types are one thing; a message that fills other items instead was not an answer to them.
_NARROW_TYPES = frozenset(
    {FieldType.PERSON, FieldType.TEXT, FieldType.SYSTEM, FieldType.VIRKSOMHET, FieldType.ATTACHMENT}
)
_TIMES = frozenset({FieldType.DATE, FieldType.DATETIME})
_NEVER_TIMES = frozenset({FieldType.PERSON, FieldType.SYSTEM, FieldType.VIRKSOMHET})
# "siden", "fra" or "since" and a blank.
_MOST_BESIDE_A_TIME = 6
_FIRST_DAY = re.compile(r"^(?:fra|frå|from)\b(?!.*\b(?:til|to)\b)", re.IGNORECASE)
_LAST_DAY = re.compile(r"^(?:til|innen|to|until|till)\b", re.IGNORECASE)
_ONLY_ONE = re.compile(r"\b(?:bare|berre|kun|only|just|én|éin|en|ein|one|1|gjelder|gjeld|hos)\b", re.IGNORECASE)
# So many words where a number or a choice is asked may be about something else.
_WORDS_OF_SOMETHING_ELSE = 5
_MYSELF = re.compile(r"\b(?:meg|jeg|eg|me|myself)\b", re.IGNORECASE)
# How people begin when they take back what they said before, whatever is being asked.
_CORRECTION = re.compile(
    r"^(?:nei,? vent|vent|eller nei|nei,? forresten|oi|oops|unnskyld|orsak|sorry|no,? wait|actually)\b"
    r"|\b(?:forresten|jeg mente|eg meinte|i meant)\b",
    re.IGNORECASE,
)

_ANY = Answer("", "")


def start(talk: Conversation, draft: Draft) -> None:
    """The form is chosen: read everything out of what was said, then ask or confirm."""
    draft = replace(draft, stage="fill")
    reading = talk.reading(draft.text)
    if reading.role and reading.role != Role.ANSATT and not draft.passes_on:
        # What a person says of himself is stated in the case and remembered, and gives no right (DESIGN 3, G 5.1).
        talk.state = replace(talk.state, said_role=reading.role)
    draft = with_all_read(talk, draft)
    if draft.kind == "service" and environments.ask(talk, draft, reading):
        return
    go_on(talk, talk.put(draft), first=True)


def with_all_read(talk: Conversation, draft: Draft) -> Draft:
    """The draft with everything that its text, the profile and the files say; nothing is said or asked."""
    reading = talk.reading(draft.text)
    if reading.critical and draft.kind == "support" and draft.critical is None:
        draft = replace(draft, critical=True)
    items = items_of(talk, draft)
    draft, _ = fill_from_reading(talk, draft, items, reading)
    return _attach(left_to_first_line(talk, fill_from_profile(talk, draft, items), items), items)


def go_on(
    talk: Conversation,
    draft: Draft,
    *,
    first: bool = False,
    together: bool = False,
    errors: dict[str, str] | None = None,
) -> None:
    """Ask the next missing item, or show the summary when nothing required is missing.

    first: say what was understood, and ask all that is missing. together: ask all that is missing in one list.
    """
    if not talk.virksomhet and draft.kind != "notice":
        where_you_work.ask(talk, draft)
        return
    draft = password_given.advise(talk, _in_step(talk, draft))
    system = system_of(talk, draft)
    if system is not None and belongs_to_forvalter(talk, draft, system):
        _ask_fault_type(talk, draft, system)
        return
    items = items_of(talk, draft)
    open_items = missing_required(items, draft)
    wrong = [item for item in items if item.key in (errors or {})]
    if not open_items and not wrong:
        summary.show(talk, draft)
        return
    seen = draft.stage == "confirm"
    if (first or (together and not seen)) and not wrong and summary.can_ask(draft, open_items):
        summary.show(talk, draft)
        return
    # What can be answered in words is asked in one list first; a file is asked for alone.
    in_words = [item for item in open_items if item.type is not FieldType.ATTACHMENT]
    current = (wrong or in_words or list(open_items))[0]
    ask_item(talk, draft, current, first=first, together=together, errors=errors or {})


def _in_step(talk: Conversation, draft: Draft) -> Draft:
    """Whom it is about follows how many have it, unless a name was given: one user is not "several users"."""
    extent, user = draft.answers.get("extent"), draft.answers.get("gjelder_bruker")
    if extent is None or user is None or extent.value == UNKNOWN_VALUE:
        return draft
    several = own_words(talk, "value.several_users", "read")
    if extent.value == Extent.USER.value and user.value == several.value:
        name = talk.situation.person.name
        if _MYSELF.search(talk.said):
            return talk.put(draft.with_answer("gjelder_bruker", Answer(name, name, "read")))
        return talk.put(draft.without_answer("gjelder_bruker"))
    if extent.value != Extent.USER.value and user.source in ("assumed", "profile"):
        return talk.put(draft.with_answer("gjelder_bruker", several))
    return draft


def ask_item(
    talk: Conversation,
    draft: Draft,
    item: DraftItem,
    *,
    first: bool = False,
    together: bool = False,
    errors: dict[str, str] | None = None,
) -> None:
    """Ask this item; the card shows all the others too."""
    errors = errors or {}
    # Who has seen the summary may answer and send in one message, so that it has been seen is kept.
    stage = "confirm" if draft.stage == "confirm" else "fill"
    draft = talk.put(replace(draft, stage=stage, asked=(*(key for key in draft.asked if key != item.key), item.key)))
    items = items_of(talk, draft)
    options = [Choice(f"set:{draft.id}:{item.key}:{value}", label) for value, label in options_of(talk, item)]
    if item.key in errors:
        options += [Choice(f"set:{draft.id}:{item.key}:{value}", label) for value, label in unknown_option(talk, item)]
    if not item.required:
        options.append(Choice(f"skip:{draft.id}:{item.key}", talk.text("button.skip")))
    question = as_asked(talk, draft, item).question
    if item.key in errors:
        question = f"{errors[item.key]} {question}"
    if stage == "confirm" and draft.kind != "notice" and not missing_required(items, draft.with_answer(item.key, _ANY)):
        question = f"{question} {talk.text('fill.and_send')}"
    form = talk.knowledge.catalogue.get(draft.form_id) if draft.form_id is not None else None
    title = form.title if form else talk.text("notice.title")
    talk.reply(
        Questions(
            title=title,
            intro=_intro(talk, draft, items, item, title) if first else "",
            inputs=tuple(input_of(talk, draft, one, errors) for one in _on_card(items, draft, item)),
            current=item.key,
            question=question,
            choices=tuple(options),
            submit=Choice(f"submit:{draft.id}", talk.text("button.continue"), "positive"),
            actions=(Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),),
            all_at_once=(first or together) and len(asked_together(items, draft, item)) > 1,
        )
    )
    talk.ask_choice("item", item.key, options)


def answer_item(talk: Conversation, draft: Draft, key: str, text: str) -> None:
    """A typed answer to the open item; one message may answer several (DESIGN 3)."""
    items = items_of(talk, draft)
    item = find_item(items, key)
    if item is None:
        go_on(talk, draft)
        return
    reading = talk.reading(text)
    parts = split_list(text, items)
    if is_list(parts, items):
        taken = take_list(talk, draft, items, item, parts)
        if taken is not None:
            draft, _ = fill_from_reading(talk, taken, items_of(talk, taken), reading)
            go_on(talk, talk.put(draft))
            return
    others = tuple(one for one in items if one.key != key)
    draft_after, filled = fill_from_reading(talk, draft, others, _said_now(reading))
    answer = parse_answer(talk, draft, item, text)
    for_others = _CORRECTION.search(text) or _is_a_time_for_others(talk, item, others, text)
    if for_others and correct(talk, draft, others, _said_now(reading)):
        return
    not_an_answer = bool(filled) and (
        (item.type in _NARROW_TYPES and len(text.split()) > 5 and draft.kind != "notice")
        or (isinstance(answer, Answer) and _went_elsewhere(filled, draft_after, item, answer, text))
    )
    if key == "tried" and filled and reading.tried and isinstance(answer, Answer):
        # "Prøvd omstart, bare meg, alt nede": the rest of the message has gone where it belongs.
        answer = replace(answer, value=reading.tried, shown=reading.tried)
    if isinstance(answer, Answer) and not not_an_answer:
        # Whether it is critical is asked before the rest (G 5.1.2.2); then the rest is asked in one list.
        go_on(talk, talk.put(draft_after.with_answer(key, answer)), together=key == "critical")
    elif filled:
        noted = [f"{one.label}: {shown_answer(talk, draft_after, one)}" for one in others if one.key in filled]
        talk.say("fill.noted", noted="; ".join(noted))
        go_on(talk, talk.put(draft_after))
    elif isinstance(answer, Refused) and correct(talk, draft, others, _said_now(reading)):
        return
    elif not item.required and isinstance(answer, Refused):
        ask_item(talk, draft, item, errors={key: answer.why})
    else:
        why = answer.why if isinstance(answer, Refused) else talk.text("error.not_this")
        if len(text.split()) >= _WORDS_OF_SOMETHING_ELSE:
            why = f"{why} {talk.text('switch.hint')}"
        go_on(talk, draft, errors={key: why})


def correct(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], reading: Reading) -> bool:
    """Replace what the sentence says of these items, and say so. False when it says nothing new about any of them."""
    if _is_in_passing(reading):
        reading = replace(reading, extent=None)
    before = draft.answers
    draft, changed = fill_from_reading(talk, draft, items, reading, replace_known=True)
    for item in items:
        if item.key in changed and item.key in before:
            talk.say("change.done", label=item.label, value=shown_answer(talk, draft, item))
    if changed:
        go_on(talk, talk.put(draft))
    return bool(changed)


def _went_elsewhere(filled: tuple[str, ...], draft: Draft, item: DraftItem, answer: Answer, text: str) -> bool:
    """Whether what was read went where it belongs: "kostnadssted 4321" is no number of computers, nor is
    "til 5. desember", which is no first day either."""
    if item.type in _TIMES:
        other_end = _LAST_DAY if item.key.startswith("fra") else _FIRST_DAY if item.key.startswith("til") else None
        return other_end is not None and bool(other_end.search(text))
    return item.type is FieldType.NUMBER and any(
        draft.answers[key].shown == answer.shown
        or re.search(rf"\b{re.escape(answer.shown)}\.? [^\W\d]", draft.answers[key].shown)
        for key in filled
    )


def _is_a_time_for_others(talk: Conversation, item: DraftItem, others: tuple[DraftItem, ...], text: str) -> bool:
    """Whether the message is a time and nothing else, while something that is no time is asked."""
    if item.type not in _NEVER_TIMES or not any(one.type in _TIMES for one in others):
        return False
    moment = read_moment(text, talk.situation.now, None)
    return moment is not None and len(text.strip(" .!")) - len(moment.text) <= _MOST_BESIDE_A_TIME


def is_list_of_answers(talk: Conversation, draft: Draft, key: str, text: str) -> bool:
    """Whether the message answers several of the missing items at once, this one among them."""
    items = items_of(talk, draft)
    item, parts = find_item(items, key), split_list(text, items)
    return item is not None and is_list(parts, items) and take_list(talk, draft, items, item, parts) is not None


def set_item(talk: Conversation, draft: Draft, key: str, value: str) -> None:
    """A pressed option of an item."""
    item = find_item(items_of(talk, draft), key)
    if item is None:
        go_on(talk, draft)
        return
    shown = dict((*options_of(talk, item), *unknown_option(talk, item))).get(value, value)
    answer = parse_answer(talk, draft, item, shown, "card")
    if isinstance(answer, Refused):
        go_on(talk, draft, errors={key: answer.why})
    else:
        go_on(talk, talk.put(draft.with_answer(key, answer)), together=key == "critical")


def skip_item(talk: Conversation, draft: Draft, key: str) -> None:
    """Skip an optional item; a required one is answered by "vet ikke", and that is said, so nobody goes in circles."""
    item = find_item(items_of(talk, draft), key)
    if item is None:
        go_on(talk, draft)
    elif item.required:
        talk.say("fill.required", label=item.label)
        unknown = Answer(UNKNOWN_VALUE, talk.text("value.unknown"))
        go_on(talk, talk.put(draft.with_answer(key, unknown)))
    else:
        go_on(talk, talk.put(replace(draft, skipped=(*draft.skipped, key))))


def go_back(talk: Conversation, draft: Draft) -> None:
    """Ask the item before the open one again."""
    asked = draft.asked
    open_key = talk.state.pending.key if talk.state.pending and talk.state.pending.kind == "item" else None
    before = [key for key in asked if key != open_key]
    item = find_item(items_of(talk, draft), before[-1]) if before else None
    if item is None:
        talk.say("fill.nothing_before")
        go_on(talk, draft)
        return
    draft = replace(draft.without_answer(item.key), asked=tuple(before[:-1]))
    ask_item(talk, draft, item)


def answer_virksomhet(talk: Conversation, draft: Draft, text: str) -> None:
    """Where the person works was asked, since it was not known."""
    if where_you_work.take(talk, draft, text):
        start(talk, draft)


def answer_fault_type(talk: Conversation, draft: Draft, option: str) -> None:
    """Functional: the forvalter's address, and no case with us. Technical after all: go on (G 5.1.2.3)."""
    system = system_of(talk, draft)
    if option == "fault:functional" and system is not None:
        talk.finish_draft(draft)
        subject = quote(f"{system.name}: {title_of(draft)}")
        url = f"mailto:{forvalter_address(talk, system)}?subject={subject}&body={quote(draft.text[:_MAX_MAIL_BODY])}"
        forvalter = forvalter_of(talk, system)
        talk.say("forvalter.sent_to_forvalter", contact=forvalter, links=(Link(talk.text("forvalter.write_to"), url),))
        return
    go_on(talk, talk.put(replace(draft, skipped=(*draft.skipped, "fault_type"))), first=True)


def _ask_fault_type(talk: Conversation, draft: Draft, system: System) -> None:
    choices = (
        Choice("fault:functional", talk.text("forvalter.to_forvalter"), "positive"),
        Choice("fault:technical", talk.text("forvalter.technical")),
    )
    talk.say("forvalter.functional", system=system.name, contact=forvalter_of(talk, system), choices=choices)
    talk.put(draft)
    talk.ask_choice("fault_type", draft.id, choices)


def _attach(draft: Draft, items: tuple[DraftItem, ...]) -> Draft:
    """Files already sent answer the attachment items, required ones first."""
    names = ", ".join(attachment.name for attachment in draft.attachments)
    wanted = [item for item in items if item.type is FieldType.ATTACHMENT and item.key not in draft.answers]
    if not names or not wanted:
        return draft
    best = next((item for item in wanted if item.required), wanted[0])
    return draft.with_answer(best.key, Answer([one.name for one in draft.attachments], names, "said"))


def attach(talk: Conversation, draft: Draft) -> Draft:
    """The draft after files came in: the open attachment items are answered by them."""
    return talk.put(_attach(draft, items_of(talk, draft)))


def _intro(talk: Conversation, draft: Draft, items: tuple[DraftItem, ...], current: DraftItem, title: str) -> str:
    lines = [] if draft.kind == "notice" else [talk.text("fill.form_taken", form=title)]
    known = [f"– {item.label}: {shown_answer(talk, draft, item)}" for item in items if item.key in draft.answers]
    if known:
        lines.append(talk.text("fill.understood", known="\n".join(known)))
    asked = asked_together(items, draft, current)
    if len(asked) > 1:
        lines.append(talk.text("fill.missing", count=len(asked)))
    return "\n".join(lines)


def _on_card(items: tuple[DraftItem, ...], draft: Draft, current: DraftItem) -> tuple[DraftItem, ...]:
    """What the card shows: what must be answered first, then what is known, then what the form would like to know.

    The guide's optional items (followers, contacts ...) are left to the summary, or every card would be a long one.
    """
    open_items = missing(items, draft)
    first = [item for item in open_items if item.required or item.key == current.key]
    known = [item for item in items if item not in open_items]
    wished = [item for item in open_items if not item.required and item.checklist_item is None and item not in first]
    return tuple(item for item in (*first, *known, *wished) if item.type is not FieldType.ATTACHMENT)


def _said_now(reading: Reading) -> Reading:
    """An answer to one question fills others only by clear signs; a bare name in it is not the one the case is for."""
    extent = None if _is_in_passing(reading) else reading.extent
    return replace(reading, on_behalf_of=None, extent=extent)


def _is_in_passing(reading: Reading) -> bool:
    """Whether "one user" is just an "I" in passing, which narrows nothing."""
    return reading.extent is Extent.USER and not _ONLY_ONE.search(reading.text)
