"""Ask for what is missing, and only that (DESIGN 3; G 7.1-7.3).

The first ask says what was understood, so the person can correct it at once, and names all that is missing, so one
message can answer everything. A card shows every item with what is known filled in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from dialogs.answer_lists import asked_together
from dialogs.case import Role
from dialogs.case_title import title_of
from dialogs.conversation import Conversation
from dialogs.correcting import changes_in
from dialogs.criticality import with_suspicion
from dialogs.filling import Refused, fill_from_profile, parse_answer
from dialogs.flows import critical_phone, environments, password_given, summary, where_you_work
from dialogs.identity import as_asked, left_to_first_line
from dialogs.inputs import input_of, options_of, unknown_option
from dialogs.items import DraftItem, find_item, items_of, missing, missing_required
from dialogs.read_answers import fill_from_reading
from dialogs.replies import Choice, Link, Questions
from dialogs.shown_answers import own_words, shown_answer, shown_with_doubt
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.system_advice import belongs_to_forvalter, forvalter_address, forvalter_of, system_of
from dialogs.taken_back import takes_back
from dialogs.who_answers import call
from knowledge.catalogue import FieldType
from knowledge.reading import Extent
from knowledge.systems import System

# Mail programs cut long mailto links; the person can paste the rest.
_MAX_MAIL_BODY = 1500

_MYSELF = re.compile(r"\b(?:meg|jeg|eg|me|myself)\b", re.IGNORECASE)
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
    _ask_what_is_left(talk, talk.put(draft), first=True)


def with_all_read(talk: Conversation, draft: Draft) -> Draft:
    """The draft with everything that its text, the profile and the files say; nothing is said or asked."""
    reading = talk.reading(draft.text)
    unread, items = draft, items_of(talk, draft)
    draft, _ = fill_from_reading(talk, draft, items, reading)
    for line in draft.text.split("\n")[1:]:
        # "I går", and then "nei, i forgårs", before there was a form to write them in: the last word holds.
        found = changes_in(talk, draft, line) if takes_back(line) else None
        if found is not None:
            # Whether it is critical is asked all the same (G 5.1.2.2).
            said = {key: answer for key, answer in found.answers.items() if key != "critical"}
            draft = draft.with_answers(said)
    draft = _looked_at_again(talk, draft, asked_as=unread.critical)
    items = items_of(talk, draft)
    return _attach(left_to_first_line(talk, fill_from_profile(talk, draft, items), items), items)


def _looked_at_again(talk: Conversation, draft: Draft, asked_as: bool | None) -> Draft:
    """Whether it may be critical goes by all that is known; whom to call then stands in the report, perhaps.

    asked_as: what was held of it when the report was read for what is asked.
    """
    after = with_suspicion(talk, draft)
    if after.critical is not asked_as:
        after, _ = fill_from_reading(talk, after, items_of(talk, after), talk.reading(after.text))
    return after


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
    draft = _looked_at_again(talk, draft, asked_as=draft.critical)
    _ask_what_is_left(talk, draft, first=first, together=together, errors=errors)


def _ask_what_is_left(
    talk: Conversation,
    draft: Draft,
    *,
    first: bool = False,
    together: bool = False,
    errors: dict[str, str] | None = None,
) -> None:
    """As `go_on`, of a draft of which it has been looked at whether it may be critical."""
    if not talk.virksomhet and draft.kind != "notice":
        where_you_work.ask(talk, draft)
        return
    told = draft.phone_told
    draft = critical_phone.advise(talk, password_given.advise(talk, _in_step(talk, draft)))
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
    # With little missing the summary asks it, so that the answer may end with "send"; once it has been seen, that is
    # enough.
    seen = draft.stage == "confirm" and not first
    if not seen and not wrong and summary.can_ask(draft, open_items):
        summary.show(talk, draft)
        return
    # What can be answered in words is asked in one list first; a file is asked for alone.
    in_words = [item for item in open_items if item.type is not FieldType.ATTACHMENT]
    current = (wrong or in_words or list(open_items))[0]
    if together and draft.critical and told:
        # The phone is what counts now; nobody is to wait for the last answer before he calls (G 5.1.2.2).
        talk.say("critical.while_filling", links=(call(talk),))
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


def say_changes(talk: Conversation, before: Draft, after: Draft, asked: str = "") -> None:
    """Every line that held something and holds something else now is told; the one that was asked for also when it is
    as before, or is added to a case that was ready, so that nobody wonders whether he was heard."""
    for item in items_of(talk, after):
        was, now = before.answers.get(item.key), after.answers.get(item.key)
        added = item.key == asked and before.stage == "confirm" and not item.required
        if now is None or (was is None and not added):
            continue
        if was is None or was.value != now.value:
            value = shown_answer(talk, after, item).removesuffix(".")  # the sentence it stands in has one of its own
            talk.say("change.done", label=item.label.rstrip("?"), value=value)
        elif item.key == asked:
            talk.say("change.same", label=item.label.rstrip("?"), value=shown_answer(talk, after, item))
    critical_phone.advise_in_doubt(talk, before, after)


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
        after = draft.with_answer(key, answer)
        say_changes(talk, draft, after, key)
        go_on(talk, talk.put(after), together=key == "critical")


def skip_item(talk: Conversation, draft: Draft, key: str) -> None:
    """Skip an optional item; a required one is answered by "vet ikke", and that is said, so nobody goes in circles."""
    item = find_item(items_of(talk, draft), key)
    if item is None:
        go_on(talk, draft)
    elif item.required and draft.kind == "notice":
        # Nobody is told "vet ikke": what can be left open is, and the rest is asked again with the reason.
        set_item(talk, draft, key, talk.text("value.unknown"))
    elif item.required:
        talk.say("fill.required", label=item.label)
        after = draft.with_answer(key, Answer(UNKNOWN_VALUE, talk.text("value.unknown")))
        critical_phone.advise_in_doubt(talk, draft, after)
        go_on(talk, talk.put(after))
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
        subject = quote(f"{system.name}: {title_of(talk, draft)}")
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
    known = [
        f"– {item.label.rstrip('?')}: {shown_with_doubt(talk, draft, item)}"
        for item in items
        if item.key in draft.answers
    ]
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
