"""The inbox of a virksomhet's own 1.linje (G 3.2.1): see what employees report, ask back, answer, or pass it on.

What is passed on goes to the right form with everything carried over; what is missing is asked for and the summary is
confirmed, which is the quality assurance the guide asks for before a fault goes to the desk (G 5.1.2). Who may see an
inbox follows from the grant, and is checked again where an effect happens (bot/authority.py).
"""

from __future__ import annotations

import re

from dialogs import case_files
from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.draft_from_case import draft_of
from dialogs.effects import AskReporter, SolveCase
from dialogs.flows import choose_form, returning
from dialogs.forms import goes_to_pay_desk, is_for_employees
from dialogs.replies import Choice, Row, Summary
from dialogs.state import MAX_DRAFTS, Pending

SHOWN_CASES = 10
KINDS = frozenset({"inbox", "inbox_actions"})
# "Spør L-… om romnummeret" asks for it; "om han har startet på nytt" is the question itself.
_ABOUT = re.compile(
    r"^(?:om|about)\s+(?!(?:han|hun|ho|hen|de|dei|det|den|du|dere|dykk|he|she|they|it|you)\b)", re.IGNORECASE
)
# What is written under the case that is shown, without its reference.
_WRITTEN = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), what)
    for pattern, what in (
        (
            r"^(?:spør(?:re)?|spørje?|ask)(?:\s+(?:tilbake|attende|back|innmelder(?:en)?|innmeldar(?:en)?|ham|han|henne|ho|"
            r"them))?\s*[:,–-]?\s+(?P<words>.+)$",
            "ask_reporter",
        ),
        (r"^(?:svare?\s+og\s+)?(?:løst|løse?|løyse?|løyst|solved?)\s*[:,–-]\s*(?P<words>.+)$", "solve"),
        (r"^(?:svare?|answer|reply)\s*[:,–-]\s*(?P<words>.+)$", "answer"),
        (
            r"^(?:sende?\s+(?:(?:den|saken|saka|it)\s+)?(?:videre|vidare|on)|videresend|vidaresend)\b[^,;:]{0,40}(?P<words>)$",
            "send_on",
        ),
    )
)
_BUTTONS = {"ask_reporter": "ask", "answer": "solve", "solve": "solve", "send_on": "pass_on"}


def show(talk: Conversation) -> None:
    """The open cases, newest first; a single one at once."""
    cases = talk.situation.inbox
    if not talk.situation.person.first_line_of:
        talk.say("inbox.not_allowed")
    elif not cases:
        talk.say("inbox.none")
    elif len(cases) == 1:
        _show_one(talk, cases[0])
        _say_what_waits(talk)
        talk.ask_choice("inbox_actions", cases[0].ref, actions(talk, cases[0]))
    else:
        shown = cases[:SHOWN_CASES]
        lines = "\n".join(
            talk.text(
                "inbox.line",
                number=number,
                ref=case.ref,
                title=case.title,
                name=case.reporter.name,
                status=talk.text(f"status_of.{case.status}"),
            )
            for number, case in enumerate(shown, 1)
        )
        if len(cases) > len(shown):
            lines += "\n" + talk.text("inbox.older", count=len(cases) - len(shown), ref=cases[len(shown)].ref)
        choices = tuple(Choice(f"inbox:{case.ref}", case.ref) for case in shown)
        talk.say("inbox.list", lines=lines, choices=choices)
        _say_what_waits(talk)
        talk.ask_choice("inbox", "", choices)


def show_case(talk: Conversation, ref: str) -> bool:
    """One case of the inbox by its reference; False when it is not there."""
    case = talk.inbox_case(ref.strip().upper())
    if case is not None:
        _show_one(talk, case)
    return case is not None


def press(talk: Conversation, rest: str) -> None:
    """A button of the inbox: "REF" or "REF:what"."""
    ref, _, what = rest.partition(":")
    case = talk.inbox_case(ref)
    if not talk.situation.person.first_line_of:
        talk.say("inbox.not_allowed")
    elif case is None:
        talk.say("inbox.gone", ref=ref)
    elif what == "ask":
        talk.say("inbox.write_question", name=case.reporter.name)
        talk.ask(Pending("inbox_ask", case.ref))
    elif what == "solve":
        talk.say("inbox.write_answer", name=case.reporter.name, ref=case.ref)
        talk.ask(Pending("inbox_solve", case.ref))
    elif what == "pass_on":
        pass_on(talk, case)
    else:
        _show_one(talk, case)


def do(talk: Conversation, ref: str, what: str, words: str) -> None:
    """What was written about a case of the inbox, by reference: "ask_reporter", "answer", "solve" or "send_on".

    With words it is done at once. An answer alone leaves the case open, for only 1.linje knows whether it is solved.
    """
    case = talk.inbox_case(ref)
    words = _ABOUT.sub("", words) if what == "ask_reporter" else words
    if case is None or what == "send_on" or not words:
        press(talk, f"{ref}:{_BUTTONS[what]}")
    elif what == "answer":
        talk.close_question()
        talk.effect(AskReporter(ref, *case_files.with_text(talk, words)))
        talk.say("inbox.answered", name=case.reporter.name, ref=ref)
    else:
        take_text(talk, f"inbox_{_BUTTONS[what]}", ref, words)


def typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Spør tilbake: hvilket rom?", "løst, byttet headset" about the case that is shown; False when it is neither."""
    for pattern, what in _WRITTEN:
        found = pattern.match(text.strip())
        if found is not None:
            do(talk, ref, what, found["words"])
            return True
    return False


def take_text(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """The words for the reporter: a question, or the answer that solves the case."""
    talk.close_question()
    case = talk.inbox_case(ref)
    if case is None:
        talk.say("inbox.gone", ref=ref)
    elif kind == "inbox_ask":
        talk.effect(AskReporter(ref, *case_files.with_text(talk, text)))
        talk.say("inbox.asked", name=case.reporter.name, ref=ref)
    else:
        talk.effect(SolveCase(ref, *case_files.with_text(talk, text)))
        talk.say("inbox.solved", name=case.reporter.name, ref=ref)


def pass_on(talk: Conversation, case: Case) -> None:
    """A draft on the right form with everything carried over; one that was begun before is taken up again."""
    begun = next((draft for draft in talk.state.drafts if draft.passes_on == case.ref), None)
    if begun is not None:
        talk.state = talk.state.with_draft(begun)
        returning.resume(talk)
        return
    if len(talk.state.drafts) >= MAX_DRAFTS:
        talk.say("drafts.too_many", count=MAX_DRAFTS)
        return
    draft = draft_of(talk, case, talk.new_draft_id())
    talk.say("inbox.passing_on", ref=case.ref)
    catalogue = talk.knowledge.catalogue
    form = catalogue.get(case.form_id) if case.form_id is not None and case.form_id in catalogue else None
    if form is None or is_for_employees(form):
        choose_form.choose_again(talk, draft)
    else:
        choose_form.take(talk, draft, form)


def actions(talk: Conversation, case: Case) -> tuple[Choice, ...]:
    """What 1.linje can do with a case of the inbox."""
    return (
        Choice(f"inbox:{case.ref}:ask", talk.text("inbox.ask")),
        Choice(f"inbox:{case.ref}:solve", talk.text("inbox.solve"), "positive"),
        Choice(f"inbox:{case.ref}:pass_on", talk.text("inbox.pass_on")),
    )


def _say_what_waits(talk: Conversation) -> None:
    """The case being written is not forgotten, but its list is not printed under this one: a number would be either."""
    draft = talk.state.draft
    if draft is not None:
        talk.say("inbox.waits", what=returning.draft_name(talk, draft))


def _show_one(talk: Conversation, case: Case) -> None:
    language, now = talk.state.language, talk.situation.now
    reporter = case.reporter
    rows = [
        Row(
            talk.text("summary.reporter"),
            f"{reporter.name}, {talk.text(f'role.{reporter.role}')}, {reporter.virksomhet or '–'}",
        ),
        Row(talk.text("status.opened"), show_moment(case.created_at, language, now)),
        Row(talk.text("status.now"), talk.text(f"status_of.{case.status}")),
        Row(talk.text("summary.form"), f"{case.form_title} ({case.form_id})"),
        Row(talk.text("summary.description"), case.description),
    ]
    if case.on_behalf_of:
        rows.insert(1, Row(talk.text("inbox.for_whom"), case.on_behalf_of))
    if case.attachments:
        rows.append(Row(talk.text("summary.attachments"), case_files.names(case.attachments)))
    rows += [
        Row(talk.text("inbox.said"), f"{one['by']}: {one['text']}") for one in case.comments
    ]  # fmt: skip
    choices = actions(talk, case)
    talk.reply(
        Summary(
            title=talk.text("inbox.title", ref=case.ref, name=reporter.name),
            rows=tuple(rows),
            notes=_notes(talk, case),
            links=case_files.links(talk, case),
            choices=choices,
            question=talk.text("inbox.question"),
        )
    )
    talk.offer("inbox_actions", case.ref, choices)


def _notes(talk: Conversation, case: Case) -> tuple[str, ...]:
    notes = [talk.text("inbox.critical")] if case.critical else []
    catalogue = talk.knowledge.catalogue
    there = case.form_id is not None and case.form_id in catalogue
    if there and goes_to_pay_desk(talk, catalogue.get(case.form_id or 0)):
        notes.append(talk.text("summary.pay_note"))
    return tuple(notes)
