"""How is my case doing? In words people understand (G 5.2: questions about a case are asked in the case)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import CommentCase
from dialogs.events import Attachment
from dialogs.flows import reopening
from dialogs.replies import Choice, Link, Row, Summary
from dialogs.state import Pending

SHOWN_CASES = 5
# How a comment says whom it is for, as the guide asks (G 5.1).
_GREETINGS = ("hei ", "hi ", "hello ", "til ", "to ")


def show(talk: Conversation, ref: str = "") -> None:
    """One case by its number, else the newest ones."""
    if ref:
        case = talk.case(_full_ref(talk, ref))
        if case is None:
            talk.say("status.unknown_case", ref=ref)
            return
        _show_one(talk, case)
        return
    cases = talk.situation.cases[:SHOWN_CASES]
    if not cases:
        talk.say("status.no_cases")
    elif len(cases) == 1:
        _show_one(talk, cases[0])
    else:
        lines = "\n".join(
            talk.text("status.line", ref=case.ref, title=case.title, status=talk.text(f"status_of.{case.status}"))
            for case in cases
        )
        choices = tuple(Choice(f"case:{case.ref}", case.ref) for case in cases)
        talk.say("status.list", lines=lines, choices=choices)
        if talk.state.draft is None:
            talk.ask_choice("case", "", choices)


def start_comment(talk: Conversation, ref: str, text: str = "") -> None:
    """Comment a case; without a text, ask for it."""
    case = talk.case(_full_ref(talk, ref)) if ref else None
    if case is None:
        talk.say("status.unknown_case" if ref else "comment.no_case", ref=ref)
    elif case.status in (Status.WITHDRAWN, Status.CLOSED):
        talk.say("comment.closed", ref=case.ref)
    elif case.status is Status.MOVED:
        talk.say("comment.moved", ref=case.ref, new=case.moved_to or "–")
    elif text:
        take_comment(talk, case.ref, text)
    else:
        talk.say("comment.ask_first_line" if case.first_line else "comment.ask", ref=case.ref, title=case.title)
        talk.ask(Pending("comment", case.ref))


def take_comment(talk: Conversation, ref: str, text: str) -> None:
    """Store the comment. It must be plain whom it is for (G 5.1): without a greeting it is for those who have the case.

    That is the desk's agency; what lies with the own 1.linje is read by no one else, so it needs no greeting.
    """
    talk.close_question()
    if _at_first_line(talk, ref):
        files = talk.state.files
        talk.state = replace(talk.state, files=())
        names = ", ".join(one.name for one in files)
        text = "\n".join(part for part in (text, talk.text("comment.files", names=names) if names else "") if part)
        talk.effect(CommentCase(ref, text, files))
        talk.say("comment.done_first_line", ref=ref)
        return
    if not text.lower().lstrip().startswith(_GREETINGS):
        text = talk.text("comment.greeting", text=text)
    talk.effect(CommentCase(ref, text))
    talk.say("comment.done", ref=ref)


def take_files(talk: Conversation, ref: str, files: tuple[Attachment, ...], with_text: bool) -> bool:
    """Files sent as the answer to 1.linje, whose words are still to be read; False when they are for something else."""
    if not _at_first_line(talk, ref):
        return False
    talk.state = replace(talk.state, files=files)
    if not with_text:
        take_comment(talk, ref, "")
    return True


def _at_first_line(talk: Conversation, ref: str) -> bool:
    case = talk.case(ref)
    return case is not None and bool(case.first_line)


def _show_one(talk: Conversation, case: Case) -> None:
    talk.state = replace(talk.state, last_case=case.ref)
    language, now = talk.state.language, talk.situation.now
    rows = [
        Row(talk.text("status.what"), case.title),
        Row(talk.text("status.now"), talk.text(f"status_of.{case.status}")),
        Row(talk.text("summary.form"), case.form_title),
        Row(talk.text("summary.goes_to"), case.route),
        Row(talk.text("status.opened"), show_moment(case.created_at, language, now)),
        Row(talk.text("status.updated"), show_moment(case.updated_at, language, now)),
    ]
    if case.kompass is not None:
        rows.insert(1, Row(talk.text("status.number"), case.kompass.id))
    if case.comments:
        last = case.comments[-1]
        rows.append(Row(talk.text("status.last_comment"), f"{last['by']}: {last['text']}"))
    choices = [Choice(f"comment:{case.ref}", talk.text("button.comment"))]
    if reopening.may_reopen(talk, case):
        choices.insert(0, Choice(f"reopen:{case.ref}", talk.text("reopen.reopen")))
    if case.status not in (Status.WITHDRAWN, Status.CLOSED, Status.SOLVED, Status.MOVED):
        choices.append(Choice(f"withdraw:{case.ref}", talk.text("button.withdraw")))
        if case.reporter.id == talk.situation.person.id:
            choices.append(Choice(f"again:{case.ref}", talk.text("button.other_form")))
    links = (Link(talk.text("status.open_in_tool"), case.kompass.url),) if case.kompass and case.kompass.url else ()
    talk.reply(
        Summary(title=talk.text("status.title", ref=case.ref), rows=tuple(rows), links=links, choices=tuple(choices))
    )
    if talk.state.draft is None:
        talk.ask_choice("case_actions", case.ref, choices)


def _full_ref(talk: Conversation, ref: str) -> str:
    """ "12", "000012" and "L-2026-000012" are the same case to a person who reads it off a screen."""
    wanted = ref.strip().upper()
    for case in talk.situation.cases:
        if wanted in (case.ref, case.ref.removeprefix("L-")):
            return case.ref
        if wanted.isdigit() and case.ref.rpartition("-")[2] == wanted.zfill(6):
            return case.ref
    return wanted
