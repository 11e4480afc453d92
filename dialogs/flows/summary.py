"""The summary before anything is sent: everything about a case or a notice, and Send / Endre / Avbryt (DESIGN 3).

The form cannot be changed afterwards (G 4.1), so it is confirmed here together with why it was chosen, who gets the
case, what it costs (G 5.1.3) and when delivery is to be expected (G 6).
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import identity, system_advice
from dialogs.case_text import corrections_of, goes_to_first_line
from dialogs.conversation import Conversation
from dialogs.flows import notice_preview
from dialogs.forms import form_name_in_full, goes_to_pay_desk, why
from dialogs.inputs import input_of, options_of
from dialogs.items import DraftItem, items_of, missing_required
from dialogs.other_forms import choices_of_others, note_on_others
from dialogs.replies import Choice, Link, Row, Summary
from dialogs.shown_answers import shown_with_doubt
from dialogs.state import UNKNOWN_VALUE, Draft
from knowledge.catalogue import BILLING_FIELDS, FieldType, Form

# With no more than this missing, it is asked in the summary itself, so that one message answers it and sends.
MOST_ASKED_HERE = 5
# Where the form itself is in doubt, a longer list would hide the other forms.
MOST_ASKED_IN_DOUBT = 3


def can_ask(draft: Draft, open_items: tuple[DraftItem, ...], at_most: int = MOST_ASKED_HERE) -> bool:
    """Whether what is missing is so little that the summary can ask it.

    Whether a fault is critical is settled before anything else is asked (G 5.1.2.2), and a file is sent, not said.
    """
    critical_first = len(open_items) > 1 and any(item.key == "critical" for item in open_items)
    has_file = any(item.type is FieldType.ATTACHMENT for item in open_items)
    return draft.kind != "notice" and len(open_items) <= at_most and not critical_first and not has_file


def show(talk: Conversation, draft: Draft) -> None:
    """The summary, and the question whether to send.

    The little that is still missing is asked here. Who has seen everything else may answer and say "send" in the same
    message: the person's own word is what sends it.
    """
    if draft.kind == "notice":
        notice_preview.show(talk, draft)
        return
    open_items = missing_required(items_of(talk, draft), draft)
    if open_items:
        draft = replace(draft, asked=(*(key for key in draft.asked if key != open_items[0].key), open_items[0].key))
    draft = talk.put(replace(draft, stage="confirm"))
    form = talk.knowledge.catalogue.get(draft.form_id or 0)
    choices = (
        Choice(f"send:{draft.id}", talk.text("button.send"), "positive"),
        *choices_of_others(talk, draft),
        Choice(f"edit:{draft.id}", talk.text("button.change")),
        Choice(f"wrong_form:{draft.id}", talk.text("button.other_form")),
        Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),
    )
    talk.reply(
        Summary(
            title=talk.text(f"summary.title_{draft.kind}" if not open_items else f"summary.open_{draft.kind}"),
            rows=_rows(talk, draft, form),
            notes=_notes(talk, draft, form),
            links=(Link(talk.text("summary.form_link"), form.url),) if form.url else (),
            choices=choices,
            question=_question(talk, len(open_items)),
            inputs=tuple(input_of(talk, draft, item, {}) for item in open_items),
        )
    )
    if not open_items:
        talk.ask_choice("confirm", draft.id, choices)
        return
    first = open_items[0]
    talk.ask_choice(
        "item",
        first.key,
        [Choice(f"set:{draft.id}:{first.key}:{value}", label) for value, label in options_of(talk, first)],
    )


def _question(talk: Conversation, missing: int) -> str:
    return talk.text({0: "summary.question", 1: "summary.question_one"}.get(missing, "summary.question_some"))


def _rows(talk: Conversation, draft: Draft, form: Form) -> tuple[Row, ...]:
    rows = [
        Row(talk.text("summary.form"), f"{form_name_in_full(talk, form)} ({form.id})", f"wrong_form:{draft.id}"),
        Row(talk.text("summary.why"), why(talk, form, draft.text)),
        Row(talk.text("summary.description"), _description(talk, draft), f"change:{draft.id}:description"),
    ]
    rows += [
        Row(item.label, shown_with_doubt(talk, draft, item), f"change:{draft.id}:{item.key}")
        for item in items_of(talk, draft)
        if item.key in draft.answers
    ]
    attached = [one.name for one in draft.attachments]
    if attached:
        rows.append(Row(talk.text("summary.attachments"), ", ".join(attached)))
    person = talk.situation.person
    rows.append(
        Row(talk.text("summary.reporter"), f"{person.name}, {talk.text(f'role.{talk.role}')}, {talk.virksomhet or '–'}")
    )
    rows.append(Row(talk.text("summary.goes_to"), _goes_to(talk, draft, form)))
    if form.billing is not None:
        price = talk.catalogue_word(form.billing.price or "") or talk.text("summary.price_unknown")
        rows.append(Row(talk.text("summary.price"), price))
    if form.delivery_time:
        rows.append(Row(talk.text("summary.delivery"), talk.catalogue_word(form.delivery_time)))
    return tuple(rows)


def _description(talk: Conversation, draft: Draft) -> str:
    lines = [
        talk.text("summary.corrected", label=label, was=was, now=now)
        for label, was, now in corrections_of(talk, draft, talk.state.language)
    ]
    return "\n".join([draft.text, *lines])


def _goes_to(talk: Conversation, draft: Draft, form: Form) -> str:
    if goes_to_first_line(talk, form):
        way = talk.knowledge.organisation.virksomheter.get(talk.virksomhet)
        label = way.first_line.label if way else talk.text("summary.own_first_line")
        return talk.text("summary.to_first_line", label=label)
    return form.route or talk.knowledge.organisation.desk_name


def _notes(talk: Conversation, draft: Draft, form: Form) -> tuple[str, ...]:
    notes = [note] if (note := note_on_others(talk, draft, form)) else []
    if draft.critical and "critical" in draft.answers:
        notes.append(talk.text("critical.note"))
    # What 1.linje has to pass on first is not with the pay desk yet.
    if goes_to_pay_desk(talk, form) and not goes_to_first_line(talk, form):
        notes.append(talk.text("summary.pay_note"))
    if form.estimate_approval:
        notes.append(talk.text("summary.estimate_note"))
    if any(draft.answers.get(key) and draft.answers[key].value == UNKNOWN_VALUE for key in BILLING_FIELDS):
        notes.append(talk.text("summary.billing_unknown"))
    notes += system_advice.notes(talk, draft)
    notes += identity.note(talk, draft)
    optional = [
        item.in_words
        for item in items_of(talk, draft)
        if not item.required and item.key not in draft.answers and item.key not in draft.skipped
    ]
    if optional:
        notes.append(talk.text("summary.optional", labels=", ".join(optional[:6])))
    return tuple(notes)
