"""Before opening: everything about the case, with Send / Endre / Avbryt. After: receipt, and undo while it waits.

The form cannot be changed afterwards (G 4.1), so it is confirmed here together with why it was chosen, who gets the
case, what it costs (G 5.1.3) and when delivery is to be expected (G 6). A critical fault is phoned in as well as
registered (G 5.1.2.2).
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Case, Status
from dialogs.case_text import build_case, to_first_line
from dialogs.choosing import pick
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import OpenCase, UndoCase, WithdrawCase
from dialogs.filling import UNKNOWN_VALUE, Refused, fill_from_reading, parse_answer
from dialogs.flows import choose_form, fill_case, notice
from dialogs.items import DraftItem, find_item, items_of
from dialogs.replies import Choice, Link, Row, Summary
from dialogs.state import Answer, Draft, Pending
from knowledge.catalogue import BILLING_FIELDS, FieldType, Form
from knowledge.opening_hours import Staffing, next_opening, staffing

PAY_ROUTE = "Lønnstjenester"


def show(talk: Conversation, draft: Draft) -> None:
    """The summary, and the question whether to send."""
    if draft.kind == "notice":
        notice.preview(talk, draft)
        return
    draft = talk.put(replace(draft, stage="confirm"))
    form = talk.knowledge.catalogue.get(draft.form_id or 0)
    choices = (
        Choice(f"send:{draft.id}", talk.text("button.send"), "positive"),
        Choice(f"edit:{draft.id}", talk.text("button.change")),
        Choice(f"wrong_form:{draft.id}", talk.text("button.other_form")),
        Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),
    )
    talk.reply(
        Summary(
            title=talk.text(f"summary.title_{draft.kind}"),
            rows=_rows(talk, draft, form),
            notes=_notes(talk, draft, form),
            links=(Link(talk.text("summary.form_link"), form.url),) if form.url else (),
            choices=choices,
            question=talk.text("summary.question"),
        )
    )
    talk.ask_choice("confirm", draft.id, choices)


def send(talk: Conversation, draft: Draft) -> None:
    """Open the case, if nothing required is missing; the receipt comes at once, the number later."""
    if draft.kind == "notice":
        notice.publish(talk, draft)
        return
    if draft.form_id is None or draft.stage == "choose":
        choose_form.choose_again(talk, draft)
        return
    open_items = fill_case.missing_required(items_of(talk, draft), draft)
    if open_items:
        talk.say("confirm.not_complete", labels=", ".join(item.label.lower() for item in open_items))
        fill_case.go_on(talk, draft)
        return
    case = build_case(talk, draft)
    talk.effect(OpenCase(case))
    talk.state = replace(talk.state.without_draft(draft.id), last_case=case.ref)
    _receipt(talk, draft, case)
    choose_form.next_need(talk)


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
    name, _, value = _split_change(what)
    if name in ("description", "beskrivelse", "beskrivelsen", "teksten"):
        talk.say("change.description")
        talk.ask(Pending("description", draft.id))
        return True
    if name in ("skjema", "skjemaet", "form"):
        choose_form.choose_again(talk, draft)
        return True
    item = find_item(items, name) or _item_by_words(items, name)
    if item is None:
        return False
    if value:
        answer = parse_answer(talk, draft, item, value)
        if isinstance(answer, Refused):
            fill_case.ask_item(talk, draft, item, errors={item.key: answer.why})
            return True
        talk.say("change.done", label=item.label, value=answer.shown)
        fill_case.go_on(talk, talk.put(draft.with_answer(item.key, answer)))
        return True
    fill_case.ask_item(talk, draft, item)
    return True


def change_description(talk: Conversation, draft: Draft, text: str) -> None:
    """A new wording of what the case is about; what it says is read again where nothing is known yet."""
    draft = replace(draft, text=text)
    reading = talk.knowledge.reader.read(text, talk.situation.now)
    draft, _ = fill_from_reading(talk, draft, items_of(talk, draft), reading)
    fill_case.go_on(talk, talk.put(draft))


def correct(talk: Conversation, draft: Draft, text: str) -> bool:
    """"Det var forresten i går": replace what the sentence says. False when it says nothing about any item."""
    items = items_of(talk, draft)
    reading = talk.knowledge.reader.read(text, talk.situation.now)
    draft, changed = fill_from_reading(talk, draft, items, reading, replace_known=True)
    if not changed:
        return False
    for key in changed:
        item = find_item(items, key)
        if item is not None:
            talk.say("change.done", label=item.label, value=draft.answers[key].shown)
    fill_case.go_on(talk, talk.put(draft))
    return True


def add_to_description(talk: Conversation, draft: Draft, text: str) -> None:
    """Something more about the matter, said at the summary: it is added to the description."""
    draft = replace(draft, text=f"{draft.text}\n{text}")
    reading = talk.knowledge.reader.read(text, talk.situation.now)
    draft, _ = fill_from_reading(talk, draft, items_of(talk, draft), reading)
    talk.say("change.added")
    show(talk, talk.put(draft))


def undo(talk: Conversation, ref: str) -> None:
    """Take back the case while it still waits; later it can only be withdrawn."""
    case = talk.case(ref) if ref else None
    if case is None:
        talk.say("undo.nothing")
    elif case.status is Status.RECEIVED and case.kompass is None:
        talk.effect(UndoCase(case.ref))
        talk.say("undo.done", ref=case.ref)
    else:
        _offer_withdrawal(talk, case)


def withdraw(talk: Conversation, ref: str) -> None:
    """Ask before a case is withdrawn."""
    case = talk.case(ref) if ref else None
    if case is None:
        talk.say("status.unknown_case", ref=ref or "–")
    elif case.status in (Status.WITHDRAWN, Status.CLOSED, Status.MOVED):
        talk.say("withdraw.already", ref=case.ref)
    else:
        _offer_withdrawal(talk, case)


def answer_withdrawal(talk: Conversation, ref: str, really: bool) -> None:
    """The reporter has made up his mind."""
    if not really:
        talk.say("withdraw.kept", ref=ref)
    elif talk.case(ref) is None:
        talk.say("status.unknown_case", ref=ref)
    else:
        talk.effect(WithdrawCase(ref))
        talk.say("withdraw.done", ref=ref)


def staffing_text(talk: Conversation) -> str:
    """Who answers the phone now (G 4.3)."""
    organisation, now = talk.knowledge.organisation, talk.situation.now
    match staffing(organisation, now):
        case Staffing.OPEN:
            return talk.text("hours.open")
        case Staffing.ONE_ON_DUTY:
            return talk.text("hours.one_on_duty")
        case Staffing.CLOSED:
            opens = show_moment(next_opening(organisation, now), talk.state.language, now)
            return talk.text("hours.closed", opens=opens)


def _offer_withdrawal(talk: Conversation, case: Case) -> None:
    choices = (
        Choice(f"withdraw:{case.ref}:yes", talk.text("withdraw.yes"), "destructive"),
        Choice(f"withdraw:{case.ref}:no", talk.text("withdraw.no")),
    )
    talk.say("withdraw.sure", ref=case.ref, title=case.title, choices=choices)
    talk.ask_choice("withdraw", case.ref, choices)


def _rows(talk: Conversation, draft: Draft, form: Form) -> tuple[Row, ...]:
    rows = [
        Row(talk.text("summary.form"), f"{form.title} ({form.id})", f"wrong_form:{draft.id}"),
        Row(talk.text("summary.why"), choose_form.why(talk, form, draft.text)),
        Row(talk.text("summary.description"), draft.text, f"change:{draft.id}:description"),
    ]
    for item in items_of(talk, draft):
        answer = draft.answers.get(item.key)
        if answer is not None:
            rows.append(Row(item.label, answer.shown, f"change:{draft.id}:{item.key}"))
    attached = [one.name for one in draft.attachments]
    if attached:
        rows.append(Row(talk.text("summary.attachments"), ", ".join(attached)))
    person = talk.situation.person
    rows.append(Row(talk.text("summary.reporter"), f"{person.name}, {talk.text(f'role.{talk.role}')}, {talk.virksomhet or '–'}"))
    rows.append(Row(talk.text("summary.goes_to"), _goes_to(talk, draft, form)))
    if form.billing is not None:
        rows.append(Row(talk.text("summary.price"), form.billing.price or talk.text("summary.price_unknown")))
    if form.delivery_time:
        rows.append(Row(talk.text("summary.delivery"), form.delivery_time))
    return tuple(rows)


def _goes_to(talk: Conversation, draft: Draft, form: Form) -> str:
    if to_first_line(talk, draft):
        way = talk.knowledge.organisation.virksomheter.get(talk.virksomhet)
        label = way.first_line.label if way else talk.text("summary.own_first_line")
        return talk.text("summary.to_first_line", label=label)
    return form.route or talk.knowledge.organisation.desk_name


def _notes(talk: Conversation, draft: Draft, form: Form) -> tuple[str, ...]:
    notes = []
    if draft.critical:
        notes.append(talk.text("critical.note"))
    if form.route == PAY_ROUTE:
        notes.append(talk.text("summary.pay_note"))
    if form.estimate_approval:
        notes.append(talk.text("summary.estimate_note"))
    if any(draft.answers.get(key) and draft.answers[key].value == UNKNOWN_VALUE for key in BILLING_FIELDS):
        notes.append(talk.text("summary.billing_unknown"))
    optional = [
        item.label.lower()
        for item in items_of(talk, draft)
        if not item.required and item.key not in draft.answers and item.key not in draft.skipped
    ]
    if optional:
        notes.append(talk.text("summary.optional", labels=", ".join(optional[:6])))
    return tuple(notes)


def _receipt(talk: Conversation, draft: Draft, case: Case) -> None:
    choices = (Choice(f"undo:{case.ref}", talk.text("button.undo")), Choice("cmd:status", talk.text("button.status")))
    if to_first_line(talk, draft):
        talk.say("receipt.first_line", ref=case.ref, route=case.route, choices=choices)
    else:
        talk.say("receipt.sent", ref=case.ref, route=case.route, choices=choices)
    if case.critical:
        script = talk.text(
            "critical.script",
            name=talk.situation.person.name,
            virksomhet=talk.virksomhet or "–",
            what=case.title,
            ref=case.ref,
        )
        talk.say(
            "critical.phone",
            hours=staffing_text(talk),
            script=script,
            links=(Link(talk.text("critical.call"), "tel:" + "".join(talk.knowledge.organisation.phone.split())),),
        )
    elif case.kind == "support" and staffing(talk.knowledge.organisation, talk.situation.now) is Staffing.CLOSED:
        opens = next_opening(talk.knowledge.organisation, talk.situation.now)
        talk.say("receipt.outside_hours", opens=show_moment(opens, talk.state.language, talk.situation.now))


def _split_change(what: str) -> tuple[str, str, str]:
    lowered = what.strip()
    for word in (" til ", " to ", ": "):
        head, separator, tail = lowered.partition(word)
        if separator and tail.strip():
            return head.strip().lower(), separator, tail.strip()
    return lowered.lower(), "", ""


def _item_by_words(items: tuple[DraftItem, ...], name: str) -> DraftItem | None:
    found = pick(name, [item.label for item in items])
    if found is not None:
        return items[found]
    kinds = {"tidspunkt": FieldType.DATETIME, "tid": FieldType.DATETIME, "dato": FieldType.DATE}
    wanted = kinds.get(name)
    hits = [item for item in items if item.type is wanted] if wanted else []
    return hits[0] if len(hits) == 1 else None


def attached(talk: Conversation, draft: Draft) -> Draft:
    """A file at the summary is added to the case."""
    names = ", ".join(one.name for one in draft.attachments)
    item = next((one for one in items_of(talk, draft) if one.type is FieldType.ATTACHMENT), None)
    return talk.put(draft.with_answer(item.key, Answer([one.name for one in draft.attachments], names))) if item else draft
