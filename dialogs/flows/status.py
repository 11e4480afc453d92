"""How is my case doing? In words people understand (G 5.2: questions about a case are asked in the case).

One's own cases and those one follows are told apart. When the case tool cannot be reached, that is said, and how old
what is shown is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs import case_files
from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.flows import estimate, following, known_fault, reopening, solution, verifying
from dialogs.flows.commenting import full_ref, tool_link
from dialogs.replies import Choice, Row, Summary, Text

SHOWN_CASES = 5
# What is said to the reporter as "you" is said otherwise to those who follow.
_SAID_TO_REPORTER = frozenset({Status.SOLUTION_PROPOSED, Status.WITHDRAWN})


def show(talk: Conversation, ref: str = "") -> None:
    """One case by its number, else the newest ones."""
    if ref:
        case = talk.case(full_ref(talk, ref))
        if case is None:
            talk.say("status.unknown_case", ref=ref)
            return
        _show_one(talk, case)
        return
    hit_by = [notice for notice in talk.situation.notices if notice.ref in talk.situation.affected_by]
    for notice in hit_by:
        known_fault.show_next(talk, notice)
    own = [case for case in talk.situation.cases if talk.reported(case)][:SHOWN_CASES]
    followed = [case for case in talk.situation.cases if not talk.reported(case)][:SHOWN_CASES]
    cases = (*own, *followed)
    if not cases and not hit_by:
        talk.say("status.no_cases")
    elif not cases:
        return
    elif len(cases) == 1:
        _show_one(talk, cases[0])
    else:
        _say_if_out_of_reach(talk, cases)
        parts = [talk.text("status.list", lines=_lines(talk, own))] if own else []
        parts += [talk.text("status.followed", lines=_lines(talk, followed))] if followed else []
        choices = tuple(Choice(f"case:{case.ref}", case.ref) for case in cases)
        talk.reply(Text("\n".join(parts), choices=choices))
        talk.offer("case", "", choices)


def more(talk: Conversation, ref: str) -> None:
    """What is done with a case less often."""
    case = talk.case(ref)
    if case is None:
        talk.say("status.unknown_case", ref=ref)
        return
    choices = [Choice(f"attach:{case.ref}", talk.text("button.attach"))]
    if talk.reported(case):
        choices.append(Choice(f"follow:{case.ref}", talk.text("button.follow")))
        if following.shown(case):
            choices.append(Choice(f"unfollow:{case.ref}", talk.text("button.unfollow")))
    is_muted = case.ref in talk.situation.muted
    word, label = ("unmute", "button.unmute") if is_muted else ("mute", "button.mute")
    choices.append(Choice(f"{word}:{case.ref}", talk.text(label)))
    choices.append(Choice(f"escalate:{case.ref}", talk.text("button.escalate")))
    talk.say("status.more", ref=case.ref, choices=choices)
    talk.offer("case_actions", case.ref, choices)


def _lines(talk: Conversation, cases: Sequence[Case]) -> str:
    return "\n".join(
        talk.text("status.line", ref=case.ref, title=case.title, status=_status_text(talk, case)) for case in cases
    )


def _status_text(talk: Conversation, case: Case) -> str:
    if solution.is_accepted(talk, case) and talk.reported(case):
        return talk.text("solution.is_accepted")
    if case.status in _SAID_TO_REPORTER and not talk.reported(case):
        return talk.text(f"followed_status.{case.status}")
    return talk.text(f"status_of.{case.status}")


def _say_if_out_of_reach(talk: Conversation, cases: Sequence[Case]) -> None:
    """What lies with the own 1.linje lies here, so it is always fresh."""
    tool = talk.situation.case_tool
    if tool.answers or all(case.first_line for case in cases):
        return
    if tool.seen_at is None:
        talk.say("status.out_of_reach")
    else:
        now = talk.situation.now
        seen = show_moment(tool.seen_at.astimezone(now.tzinfo), talk.state.language, now)
        talk.say("status.out_of_reach_since", seen=seen)


def _show_one(talk: Conversation, case: Case) -> None:
    talk.state = replace(talk.state, last_case=case.ref)
    _say_if_out_of_reach(talk, (case,))
    language, now = talk.state.language, talk.situation.now
    rows = [
        Row(talk.text("status.what"), case.title),
        Row(talk.text("status.now"), _status_text(talk, case)),
        Row(talk.text("summary.form"), case.form_title),
        Row(talk.text("summary.goes_to"), case.route),
        Row(talk.text("status.opened"), show_moment(case.created_at, language, now)),
        Row(talk.text("status.updated"), show_moment(case.updated_at, language, now)),
    ]
    if case.kompass is not None:
        rows.insert(1, Row(talk.text("status.number"), case.kompass.id))
    if not talk.reported(case):
        rows.append(Row(talk.text("summary.reporter"), case.reporter.name))
    if following.shown(case):
        rows.append(Row(talk.text("status.followers"), ", ".join(following.shown(case))))
    if case.ref in talk.situation.muted:
        rows.append(Row(talk.text("status.notices"), talk.text("mute.is_muted")))
    if case.attachments:
        rows.append(Row(talk.text("summary.attachments"), case_files.names(case.attachments)))
    if case.comments:
        last = case.comments[-1]
        rows.append(Row(talk.text("status.last_comment"), f"{last['by']}: {last['text']}"))
    if case.solution and case.status is Status.SOLUTION_PROPOSED:
        rows.append(Row(talk.text("status.solution"), case.solution))
    if estimate.waits(case):
        rows.append(Row(talk.text("status.waits_for"), estimate.shown(talk, case)))
    choices = [*solution.choices(talk, case), Choice(f"comment:{case.ref}", talk.text("button.comment"))]
    if reopening.may_reopen(talk, case):
        choices.insert(0, Choice(f"reopen:{case.ref}", talk.text("reopen.reopen")))
    if case.status not in (Status.WITHDRAWN, Status.CLOSED, Status.SOLVED, Status.MOVED) and talk.reported(case):
        choices.append(Choice(f"withdraw:{case.ref}", talk.text("button.withdraw")))
        choices.append(Choice(f"again:{case.ref}", talk.text("button.other_form")))
    if case.is_open and not case.first_line:
        choices.append(Choice(f"more:{case.ref}", talk.text("button.more")))
    is_asked = case.ref in talk.situation.to_verify
    if is_asked:
        choices = [*verifying.choices(talk, case.ref), *choices]
    title, links = talk.text("status.title", ref=case.ref), (*tool_link(talk, case), *case_files.links(talk, case))
    talk.reply(Summary(title=title, rows=tuple(rows), links=links, choices=tuple(choices)))
    talk.offer(verifying.KIND if is_asked else "case_actions", case.ref, choices)
