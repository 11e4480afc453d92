"""What is done with a summary: send, change, correct, take back. A sent case cannot change its form (G 4.1).

A critical fault is phoned in as well as registered (G 5.1.2.2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.case import Case, Status
from dialogs.case_text import build_case
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import OpenCase, PassOn, UndoCase, WithdrawCase
from dialogs.filling import Refused, parse_answer
from dialogs.flows import (
    choose_form,
    commenting,
    environments,
    fill_case,
    first_line_receipt,
    notice,
    notice_answering,
    noting,
    registering_again,
    still_choosing,
    summary,
)
from dialogs.items import DraftItem, find_item, item_called, items_of, missing_required
from dialogs.phrases import fold_phrase, phrases
from dialogs.read_answers import fill_from_reading
from dialogs.replies import Choice, Summary
from dialogs.shown_answers import lines_in_a_row
from dialogs.state import Draft, Pending
from dialogs.unheard_corrections import unheard_corrections
from dialogs.who_answers import call, staffing_text
from knowledge.catalogue import FieldType
from knowledge.opening_hours import Staffing, next_opening, staffing

_MOST_SHOWN_OF_A_TEXT = 80
_TO = re.compile(r"\s(?:til|to)\s+(?=\S)|:\s+(?=\S)", re.IGNORECASE)
_OVER = frozenset({Status.WITHDRAWN, Status.CLOSED, Status.MOVED})


def send(talk: Conversation, draft: Draft) -> None:
    """Open the case, if nothing required is missing; the receipt comes at once, the number later."""
    if draft.kind == "notice":
        notice.publish(talk, draft)
        return
    if draft.form_id is None or draft.stage == "choose":
        if draft.candidates and draft.rounds:
            still_choosing.take_nearest(talk, draft)  # who has told more and wants it sent is not asked again
        else:
            choose_form.ask_again(talk, draft)
        return
    open_items = missing_required(items_of(talk, draft), draft)
    if open_items:
        talk.say("confirm.not_complete", labels=", ".join(item.in_words for item in open_items))
        fill_case.go_on(talk, draft, together=True)
        return
    if draft.passes_on and talk.inbox_case(draft.passes_on) is None:
        # A colleague was faster, or the reporter took it back: nothing is sent twice.
        talk.finish_draft(draft)
        talk.say("inbox.gone", ref=draft.passes_on)
        return
    cases = [
        replace(build_case(talk, version), ref=_later_ref(talk.situation.next_case_ref, place))
        for place, version in enumerate(environments.versions(draft))
    ]
    for case in cases:
        # The old case is moved once, to the first of the new ones.
        passes_on = draft.passes_on if case is cases[0] else None
        talk.effect(PassOn(passes_on, case) if passes_on else OpenCase(case))
    noting.note_opened(talk, draft)
    talk.finish_draft(draft)
    talk.state = replace(talk.state, last_case=cases[-1].ref)
    registering_again.finish(talk, draft, cases[0])
    if len(cases) > 1:
        talk.say("environments.opened", refs=", ".join(case.ref for case in cases))
    _receipt(talk, cases[-1])


def send_as_said(talk: Conversation, before: Draft, text: str) -> None:
    """The message ended with "send": send, if all is answered and the person has seen what the case costs.

    `before` is the draft as its summary was shown, and `text` what stands before the "send". What the message itself
    filled in or changed is said back; what it meant to put right and did not, keeps the case from being sent.
    """
    draft, pending = talk.state.draft, talk.state.pending
    if draft is None or draft.id != before.id or pending is None or pending.kind != "confirm":
        return
    at_advice = before.stage == "self_help"  # the person has seen no summary yet
    unseen = draft.form_id if at_advice or draft.form_id != before.form_id else None
    if unseen is not None and talk.knowledge.catalogue.get(unseen).billing is not None:
        return
    while talk.replies and isinstance(talk.replies[-1], Summary):
        talk.replies.pop()
    is_case_shown = draft.kind != "notice" and not at_advice
    if unheard := unheard_corrections(talk, before, draft, text) if is_case_shown else ():
        talk.say("confirm.unheard", parts=", ".join(talk.text("quote.word", word=part) for part in unheard))
        summary.show(talk, draft)
        return
    news = [
        item
        for item in items_of(talk, draft)
        if (answer := draft.answers.get(item.key)) is not None and before.answers.get(item.key) != answer
    ]
    if news and (at_advice or not talk.replies):
        talk.say("fill.noted", noted=lines_in_a_row(talk, draft, news))
    send(talk, draft)


def _later_ref(ref: str, place: int) -> str:
    """The reference so many places after the next one: cases opened together are numbered in order."""
    head, _, number = ref.rpartition("-")
    return f"{head}-{int(number) + place:0{len(number)}d}"


def edit(talk: Conversation, draft: Draft) -> None:
    """Which line to change?"""
    items = items_of(talk, draft)
    choices = tuple(Choice(f"change:{draft.id}:{item.key}", item.label) for item in items)
    if draft.kind != "notice":
        choices = (*choices, Choice(f"change:{draft.id}:description", talk.text("summary.description")))
    talk.say("change.which", choices=choices)
    talk.ask_choice("change", draft.id, choices)


def change(talk: Conversation, draft: Draft, what: str) -> bool:
    """Change a line by its key, or in words: "omfang", "omfang til hele etaten". False when no line is meant."""
    items = items_of(talk, draft)
    exact = find_item(items, what)
    if exact is not None:
        # The key of a line that was pressed: a form's field may be called "form" or "nummer" too.
        fill_case.ask_item(talk, draft, exact)
        return True
    if not what:
        edit(talk, draft)
        return True
    name, value = split_change(what, items)
    if draft.kind == "notice" and value and notice_answering.hear(talk, draft, None, f"{name}: {value}"):
        return True
    key = phrases().lines.get(name, name)
    if key == "description":
        talk.say("change.description")
        talk.ask(Pending("description", draft.id))
        return True
    if key == "form":
        choose_form.choose_again(talk, draft)
        return True
    item = find_item(items, key) or _item_by_words(items, name)
    if item is None:
        return False
    if value:
        answer = parse_answer(talk, draft, item, value)
        if isinstance(answer, Refused):
            fill_case.ask_item(talk, draft, item, errors={item.key: answer.why})
            return True
        after = draft.with_answer(item.key, answer)
        fill_case.say_changes(talk, draft, after, item.key)
        fill_case.go_on(talk, talk.put(after))
        return True
    fill_case.ask_item(talk, draft, item)
    return True


def change_description(talk: Conversation, draft: Draft, text: str) -> None:
    """A new wording of what the case is about; what it says is read again where nothing is known yet."""
    after = replace(draft, text=text)
    after, _ = fill_from_reading(talk, after, items_of(talk, after), talk.reading(text))
    if text != draft.text:
        # The summary that follows shows all of it.
        shown = text if len(text) <= _MOST_SHOWN_OF_A_TEXT else text[:_MOST_SHOWN_OF_A_TEXT].rstrip() + "…"
        talk.say("change.done", label=talk.text("summary.description"), value=shown)
    fill_case.say_changes(talk, draft, after)
    fill_case.go_on(talk, talk.put(after))


def add_to_description(talk: Conversation, draft: Draft, text: str) -> None:
    """Something more about the matter, said at the summary: it is added to the description."""
    draft = draft.with_more(text)
    reading = talk.reading(text)
    draft, _ = fill_from_reading(talk, draft, items_of(talk, draft), reading)
    talk.say("change.added")
    fill_case.go_on(talk, talk.put(draft))


def undo(talk: Conversation, ref: str) -> None:
    """Take back the case while it still waits; later it can only be withdrawn."""
    case = talk.case(ref) if ref else None
    if case is None:
        talk.say("undo.nothing")
    elif case.status is Status.WITHDRAWN:
        talk.say("undo.withdrawn", ref=case.ref)
    elif case.status in _OVER:
        talk.say("withdraw.already", ref=case.ref)
    elif case.is_unsent:
        talk.effect(UndoCase(case.ref))
        talk.say("undo.done", ref=case.ref)
    else:
        _offer_withdrawal(talk, case)


def withdraw(talk: Conversation, ref: str) -> None:
    """Ask before a case is withdrawn."""
    case = talk.case(commenting.full_ref(talk, ref)) if ref else None
    # "Angre" after this is about the case that was named, and never about another one.
    talk.state = replace(talk.state, last_case=case.ref if case is not None else "")
    if case is None:
        talk.say("status.unknown_case", ref=ref) if ref else talk.say("undo.nothing")
    elif case.is_unsent:
        undo(talk, case.ref)
    elif case.status in _OVER:
        talk.say("withdraw.already", ref=case.ref)
    else:
        _offer_withdrawal(talk, case)


def answer_withdrawal(talk: Conversation, ref: str, really: bool) -> None:
    """The reporter has made up his mind."""
    case = talk.case(ref)
    if not really:
        talk.say("withdraw.kept", ref=ref)
    elif case is None:
        talk.say("status.unknown_case", ref=ref)
    elif case.is_unsent:
        undo(talk, ref)
    else:
        talk.effect(WithdrawCase(ref))
        talk.say("withdraw.done", ref=ref)


def _offer_withdrawal(talk: Conversation, case: Case) -> None:
    choices = (
        Choice(f"withdraw:{case.ref}:yes", talk.text("withdraw.yes"), "destructive"),
        Choice(f"withdraw:{case.ref}:no", talk.text("withdraw.no")),
    )
    key = "withdraw.sure_first_line" if case.first_line else "withdraw.sure"
    talk.say(key, ref=case.ref, title=case.title, choices=choices)
    talk.ask_choice("withdraw", case.ref, choices)


def _receipt(talk: Conversation, case: Case) -> None:
    show_status = Choice("cmd:status", talk.text("button.status"))
    choices = (Choice(f"undo:{case.ref}", talk.text("button.undo")), show_status)
    if case.first_line:
        first_line_receipt.say(talk, case, choices)
    elif case.critical:
        # It is sent on at once, so there is no time to undo it; it can be withdrawn as any case can.
        talk.say("receipt.sent_critical", ref=case.ref, route=case.route, choices=(show_status,))
    else:
        talk.say("receipt.sent", ref=case.ref, route=case.route, choices=choices)
    if not case.first_line and not talk.situation.case_tool.answers:
        talk.say("receipt.out_of_reach")
    if case.critical:
        script = talk.text(
            "critical.script",
            name=talk.situation.person.name,
            virksomhet=talk.virksomhet or "–",
            what=case.title.rstrip(" .") + ".",
            ref=case.ref,
        )
        talk.say(
            "critical.phone",
            hours=staffing_text(talk),
            script=script,
            links=(call(talk),),
        )
    elif (
        case.kind == "support"
        and not case.first_line
        and staffing(talk.knowledge.organisation, talk.situation.now) is Staffing.CLOSED
    ):
        opens = next_opening(talk.knowledge.organisation, talk.situation.now)
        talk.say("receipt.outside_hours", opens=show_moment(opens, talk.state.language, talk.situation.now))


def split_change(what: str, items: Sequence[DraftItem] = ()) -> tuple[str, str]:
    """The line and its new value: "omfang til hele etaten"; the value is empty when none is said.

    A line of `items` may itself be called "sti til mappen".
    """
    whole = what.strip()
    if _is_called(whole, items):
        return whole.lower(), ""
    ways = [(whole[: word.start()].strip(), whole[word.end() :].strip()) for word in _TO.finditer(whole)]
    named = [way for way in ways if _is_called(way[0], items)]
    name, value = named[-1] if named else ways[0] if ways else (whole, "")
    return name.lower(), value


def _is_called(name: str, items: Sequence[DraftItem]) -> bool:
    folded = fold_phrase(name)
    return any(folded in (fold_phrase(one.label), fold_phrase(one.label_nb), *one.names) for one in items)


def names_a_line(talk: Conversation, draft: Draft, name: str) -> bool:
    """Whether the draft's form has a line of this name."""
    return _item_by_words(items_of(talk, draft), name) is not None


def _item_by_words(items: tuple[DraftItem, ...], name: str) -> DraftItem | None:
    found = item_called(items, name)
    if found is not None:
        return found
    # An order has no "started_at", but "tidspunktet" is plain when the form asks for one time only.
    kinds = {"started_at": FieldType.DATETIME, "wanted_at": FieldType.DATE}
    wanted = kinds.get(phrases().lines.get(name, ""))
    hits = [item for item in items if item.type is wanted] if wanted else []
    return hits[0] if len(hits) == 1 else None
