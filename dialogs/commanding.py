"""What a command does, at any point of the conversation (the twin of `pressing.py`, which does the buttons).

A command in the middle of a case is done, and then the case is taken up where it was (DESIGN 3: leave and return).
"""

from __future__ import annotations

import re

from dialogs import pressing
from dialogs.commands import CASE_REF, Command, Said
from dialogs.conversation import Conversation
from dialogs.flows import (
    attaching,
    choose_form,
    chosen_in_words,
    commenting,
    confirm,
    delivery_report,
    escalating,
    fill_case,
    following,
    hovedsak,
    inbox,
    insight,
    known_fault,
    muting,
    notice,
    notice_approval,
    priority,
    privacy,
    problem_case,
    registering_again,
    reopening,
    returning,
    solution,
    status,
    suspicion,
    talk_about,
    verifying,
)
from dialogs.other_forms import others_of
from dialogs.phrases import phrases
from dialogs.refused_forms import refuse, shown
from dialogs.state import TO_OTHERS, Draft

_CASE_AND_WORDS = re.compile(r"(L-\d{4}-\d{1,9})?[\s:,–-]*(.*)", re.IGNORECASE | re.DOTALL)


def obey(talk: Conversation, said: Said) -> bool:
    """Do what the command says; False when it is no command here after all."""
    draft = talk.state.draft
    match said.command:
        case Command.CANCEL:
            pressing.cancel(talk, draft)
        case (
            Command.BACK
            | Command.SKIP
            | Command.SEND
            | Command.CHANGE
            | Command.SUMMARY
            | Command.WRONG_FORM
            | Command.OTHER_FORM
        ):
            return _draft_command(talk, draft, said)
        case Command.HELP:
            talk_about.help_(talk)
        case Command.STATUS:
            if talk.case(said.rest) or not inbox.show_case(talk, said.rest):
                status.show(talk, said.rest)
        case Command.INBOX:
            inbox.show(talk)
            if talk.state.pending is not None and talk.state.pending.kind in inbox.KINDS:
                return True  # a number picks from what was just listed; the case being written waits
        case Command.ASK_REPORTER | Command.ANSWER | Command.SOLVE | Command.SEND_ON:
            _at_first_line(talk, said)
            return True
        case Command.ACCEPT | Command.REJECT:
            if not _answer_solution(talk, said):
                return False
        case Command.REOPEN:
            if draft is None and solution.reject(talk, "", said.rest):
                return True
            return verifying.works_not(talk, said.rest) or reopening.reopen_last(talk, said.rest)
        case Command.HOVEDSAK:
            if not hovedsak.may_choose(talk) and not said.rest:
                return False  # the word alone is asked about by everybody else
            hovedsak.start(talk, said.rest)
        case Command.DETACH:
            hovedsak.detach(talk, said.rest)
        case Command.PROBLEMS:
            if not problem_case.may_handle(talk):
                return False
            problem_case.show(talk)
        case Command.INSIGHT:
            if not insight.may_see(talk):
                return False
            insight.show(talk)
        case Command.SUSPICIONS:
            if not suspicion.may_decide(talk):
                return False
            suspicion.obey(talk, said.rest)
            asks = talk.state.pending is not None and talk.state.pending.kind in suspicion.ASKS
            if asks or talk.state.draft is not draft:
                return True
        case Command.PRIORITY:
            priority.explain(talk)
        case Command.WHICH_FORM:
            choose_form.which_form(talk, said.rest)
            return True
        case Command.NEW_CASE if said.rest:
            choose_form.begin(talk, said.rest)
            return True
        case Command.REPORT_FAULT | Command.ORDER | Command.NEW_CASE:
            pressing.describe(talk, said.command)
            return True
        case Command.NOTICE:
            notice.start(talk, said.rest)
            return True
        case Command.NOTICES:
            notice.list_active(talk)
            problem_case.remind(talk)
        case Command.MUTE_NOTICES:
            known_fault.mute(talk)
        case Command.MUTE if not said.rest and talk.situation.affected_by:
            known_fault.mute(talk)
        case Command.DELIVERY_REPORT:
            delivery_report.ask(talk, said.rest)
        case Command.APPROVALS:
            notice_approval.show_all(talk)
        case Command.HANDOVER:
            talk_about.hand_over(talk)
        case Command.UNDO if talk.state.pending is not None and talk.state.pending.kind == "withdraw":
            ref = talk.state.pending.key
            talk.close_question()
            confirm.answer_withdrawal(talk, ref, really=False)
        case Command.UNDO:
            confirm.undo(talk, talk.state.last_case)
        case Command.WITHDRAW:
            confirm.withdraw(talk, said.rest or talk.state.last_case)
            return True
        case Command.COMMENT:
            named = CASE_REF.search(said.rest)
            # In a case of the inbox the reporter would read it: what 1.linje means is chosen there.
            if named is None or talk.case(named[0].upper()) is not None or not inbox.show_case(talk, named[0]):
                commenting.start_as_said(talk, said.rest)
            if talk.state.pending is not None and talk.state.pending.kind in ("comment", "addressee"):
                return True
        case Command.ATTACH:
            attaching.start(talk, said.rest)
            if talk.state.draft is None:
                return True
        case Command.FOLLOW | Command.UNFOLLOW | Command.STOP_FOLLOWING:
            return _follow(talk, draft, said)
        case Command.MUTE:
            muting.mute(talk, said.rest)
        case Command.UNMUTE:
            muting.unmute(talk, said.rest)
        case Command.ESCALATE:
            return _escalate(talk, draft, said)
        case Command.DRAFTS:
            talk_about.drafts(talk)
            return True
        case Command.GREETING:
            talk_about.greet(talk)
        case Command.THANKS:
            if draft is None:
                talk_about.thanks(talk)
        case Command.ABOUT_ME:
            privacy.about_me(talk)
        case Command.FORGET_ME:
            privacy.ask_to_forget(talk)
            return True
        case Command.LANGUAGE:
            talk_about.set_language(talk, said.rest)
    if talk.state.draft is not None and said.command is not Command.CANCEL:
        returning.resume(talk, say=bool(talk.replies))
    return True


def _escalate(talk: Conversation, draft: Draft | None, said: Said) -> bool:
    """ "Det haster" about the case being written is part of it; a case that is sent is named then."""
    ref, why = _case_and_words(said.rest)
    if not ref and (draft is not None or not any(case.is_open for case in talk.situation.cases)):
        return False
    escalating.start(talk, ref, why)
    if talk.state.pending is None:
        returning.resume(talk)
    return True


def _case_and_words(rest: str) -> tuple[str, str]:
    """A case that is named first, or empty, and what comes after it."""
    found = _CASE_AND_WORDS.match(rest)
    return (found[1] or "", found[2]) if found else ("", "")


def _at_first_line(talk: Conversation, said: Said) -> None:
    """What 1.linje does with a case of its inbox, by reference; to the reporter of a case the words are a comment."""
    ref, words = _case_and_words(said.rest)
    ref = ref.upper()
    if talk.inbox_case(ref) is not None or (talk.situation.person.first_line_of and talk.case(ref) is None):
        inbox.do(talk, ref, said.command.value, words)
    elif said.command in (Command.ANSWER, Command.ASK_REPORTER):
        commenting.start(talk, ref, words)
    else:
        status.show(talk, ref)
    pending = talk.state.pending
    if said.command is not Command.SEND_ON and (pending is None or pending.kind not in TO_OTHERS):
        returning.resume(talk)


def _answer_solution(talk: Conversation, said: Said) -> bool:
    ref, why = _case_and_words(said.rest)
    return solution.accept(talk, ref) if said.command is Command.ACCEPT else solution.reject(talk, ref, why)


def _follow(talk: Conversation, draft: Draft | None, said: Said) -> bool:
    """Of the case being written followers are an item like any other, so only a case that is named is meant then."""
    if draft is not None and not re.search(r"\bL-\d{4}-", said.rest, re.IGNORECASE):
        return False
    match said.command:
        case Command.FOLLOW:
            following.add(talk, said.rest)
        case Command.UNFOLLOW:
            following.remove(talk, said.rest)
        case _:
            following.leave(talk, said.rest)
    if talk.state.pending is None or talk.state.pending.kind != "follow":
        returning.resume(talk)
    return True


def _draft_command(talk: Conversation, draft: Draft | None, said: Said) -> bool:
    if said.command is Command.CHANGE:
        # A case that is named is sent, and not the one being written.
        if CASE_REF.search(said.rest):
            return False
        # "Endre medlemmer i distribusjonslista" is an order unless it names a line of the case at hand.
        if draft is None or draft.stage == "self_help":
            return False
        if draft.stage in ("choose", "right"):
            return _change_before_filling(talk, draft, said.rest)
        return confirm.change(talk, draft, said.rest)
    if said.command is Command.OTHER_FORM:
        return draft is not None and _take_other(talk, draft, int(said.rest[0]), said.rest[1:].strip(" ,.;:!–-"))
    if draft is None and said.command is Command.WRONG_FORM:
        registering_again.start(talk, talk.state.last_case)
    elif draft is None:
        talk.say("error.no_draft")
    elif said.command is Command.WRONG_FORM and draft.kind != "notice":
        choose_form.choose_again(talk, refuse(draft, shown(talk.state.pending)))
    elif said.command is Command.SEND:
        confirm.send(talk, draft)
    elif said.command is Command.SUMMARY or draft.stage not in ("fill", "confirm"):
        returning.resume(talk, say=False)
    elif said.command is Command.BACK:
        fill_case.go_back(talk, draft)
    else:
        key = open_item(talk)
        if key:
            fill_case.skip_item(talk, draft, key)
        else:
            returning.resume(talk, say=False)
    return True


def _change_before_filling(talk: Conversation, draft: Draft, what: str) -> bool:
    """A line is named before there are any: a value is kept with what was told, else it is said when to change it."""
    name, value = confirm.split_change(what)
    if (
        name
        and name not in phrases().lines
        and not (draft.form_id is not None and confirm.names_a_line(talk, draft, name))
    ):
        return False
    if value:
        talk.put(draft.with_more(what))
        talk.say("choose.noted")
    else:
        talk.say("change.when_form_is_chosen")
    returning.resume(talk, say=False)
    return True


def _take_other(talk: Conversation, draft: Draft, number: int, told: str) -> bool:
    """Another form by the number that the summary gives it, with what is told beside it; the summary's own is 1."""
    others = others_of(talk, draft)
    if draft.form_id is None or not 2 <= number < len(others) + 2:
        return False
    if told:
        chosen_in_words.take_other(talk, draft, others[number - 2], told)
    else:
        choose_form.take_other(talk, draft, others[number - 2].id)
    return True


def open_item(talk: Conversation) -> str:
    """The key of the item that is being asked, or empty."""
    pending = talk.state.pending
    return pending.key if pending is not None and pending.kind == "item" else ""
