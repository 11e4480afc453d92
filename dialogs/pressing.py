"""What a pressed button does. A typed choice comes the same way, so card and text never differ.

An action names the draft, case or notice it belongs to; when that is gone, or the question is no longer open, the
button is from an old card and only says so. Authority never comes from the action (DESIGN, rules of card values).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.commands import Command
from dialogs.conversation import Conversation
from dialogs.filling import fill_from_card
from dialogs.flows import (
    about_sent,
    answering,
    attaching,
    choose_form,
    commenting,
    confirm,
    edited,
    environments,
    escalating,
    fill_case,
    following,
    hovedsak,
    inbox,
    known_fault,
    muting,
    notice,
    notice_approval,
    notice_spoken,
    notice_update,
    post_settling,
    privacy,
    problem_case,
    registering_again,
    reopening,
    returning,
    self_help,
    solution,
    status,
    suspicion,
    talk_about,
    verifying,
)
from dialogs.items import items_of
from dialogs.state import TO_OTHERS, WITH_A_FILE, Draft, Pending
from knowledge.errors import UnknownForm

MAX_ACTION_LENGTH = 300
# Questions about a case that is sent already: "avbryt" drops them, and not the case being written beside.
_CALLED_OFF_ALONE = frozenset(
    {"attach", "attach_where", "follow", "which_case", about_sent.KIND, WITH_A_FILE, *TO_OTHERS}
)


def press(talk: Conversation, action: str, values: Mapping[str, object]) -> None:
    """Do what the button says; an unknown or outdated one gets an answer and changes nothing."""
    name, _, rest = action[:MAX_ACTION_LENGTH].partition(":")
    before = talk.state
    try:
        if name in _BY_DRAFT:
            draft_id, _, detail = rest.partition(":")
            draft = next((one for one in talk.state.drafts if one.id == draft_id), None)
            if draft is None or (name in _NEEDS_A_FORM and draft.form_id is None and draft.kind != "notice"):
                talk.say("error.old_card")
                return
            talk.state = talk.state.with_draft(draft)
            _BY_DRAFT[name](talk, draft, detail, values)
        elif name in _BY_QUESTION:
            pending, current = talk.state.pending, talk.state.draft
            if pending is None or action not in pending.options or current is None:
                talk.say("error.old_card")
                return
            _BY_QUESTION[name](talk, current, action)
        elif name in _FREE:
            _FREE[name](talk, rest)
        else:
            talk.say("error.unknown_button")
    except (UnknownForm, ValueError):
        # The catalogue changed under an open card, or the action was made up: nothing is changed.
        talk.state = before
        talk.replies.clear()
        talk.effects.clear()
        talk.say("error.old_card")


def cancel(talk: Conversation, draft: Draft | None) -> None:
    """Drop the draft being talked about; what waits is taken up again. Words for somebody else are dropped alone."""
    pending = talk.state.pending
    if pending is not None and pending.kind in _CALLED_OFF_ALONE:
        talk.state = replace(talk.state, pending=None, comment="", files=())
        talk.say("cancel.done")
        returning.resume(talk)
        return
    if draft is None:
        talk.state = replace(talk.state, pending=None, queued_needs=())
        talk.say("cancel.nothing")
        return
    talk.finish_draft(draft)
    talk.say("cancel.done")


def describe(talk: Conversation, command: Command) -> None:
    """Ask for the need in the person's own words."""
    key, kind = {
        Command.ORDER: ("describe.order", "describe_service"),
        Command.REPORT_FAULT: ("describe.fault", "describe_support"),
    }.get(command, ("describe.anything", "describe_any"))
    talk.say(key)
    talk.ask(Pending(kind))


def _submit(talk: Conversation, draft: Draft, _: str, values: Mapping[str, object]) -> None:
    after, errors = fill_from_card(talk, draft, items_of(talk, draft), values)
    fill_case.say_changes(talk, draft, after)
    fill_case.go_on(talk, talk.put(after), errors=errors)


def _send(talk: Conversation, draft: Draft, _: str, values: Mapping[str, object]) -> None:
    """Send; a summary that still asks something sends the answers along."""
    after, errors = fill_from_card(talk, draft, items_of(talk, draft), values)
    fill_case.say_changes(talk, draft, after)
    if errors:
        fill_case.go_on(talk, talk.put(after), errors=errors)
    else:
        confirm.send(talk, talk.put(after) if values else draft)


def _change(talk: Conversation, draft: Draft, detail: str, _: Mapping[str, object]) -> None:
    if not confirm.change(talk, draft, detail):
        talk.say("error.old_card")


def _set(talk: Conversation, draft: Draft, detail: str, _values: Mapping[str, object]) -> None:
    key, _, value = detail.partition(":")
    fill_case.set_item(talk, draft, key, value)


def _switch(talk: Conversation, draft: Draft, action: str) -> None:
    need, *rest = talk.state.queued_needs or ("",)
    match action:
        case "switch:new":
            talk.state = replace(talk.state, queued_needs=tuple(rest), pending=None)
            choose_form.begin(talk, need)
        case "switch:add":
            talk.state = replace(talk.state, queued_needs=tuple(rest))
            answering.take_as_part(talk, draft, need)
        case _:
            talk.say("switch.noted")
            returning.resume(talk)


def _environments(talk: Conversation, draft: Draft, action: str) -> None:
    fill_case.go_on(talk, talk.put(environments.choose(talk, draft, action)), first=True)


def _self_help(talk: Conversation, draft: Draft, action: str) -> None:
    self_help.answer(talk, draft, action == "help:yes")


def _withdraw(talk: Conversation, rest: str) -> None:
    ref, _, answer = rest.partition(":")
    if answer:
        talk.close_question()
        confirm.answer_withdrawal(talk, ref, answer == "yes")
    else:
        confirm.withdraw(talk, ref)


def _solution(talk: Conversation, rest: str) -> None:
    solution.press(talk, rest)
    if talk.state.pending is None:
        returning.resume(talk)


def _to(talk: Conversation, rest: str) -> None:
    commenting.address(talk, rest)
    if talk.state.pending is None:
        returning.resume(talk)


def _notice(talk: Conversation, rest: str) -> None:
    ref, _, kind = rest.partition(":")
    notice_update.start(talk, ref, kind)


def _line(talk: Conversation, rest: str) -> None:
    action, _, ref = rest.partition(":")
    notice_spoken.choose(talk, ref) if action == "for" else notice_update.press(talk, rest)


def _known(talk: Conversation, rest: str) -> None:
    known_fault.answer(talk, rest, choose_form.go_on)
    attaching.add_loose(talk)


def _command(talk: Conversation, name: str) -> None:
    match name:
        case "report_fault":
            describe(talk, Command.REPORT_FAULT)
        case "order":
            describe(talk, Command.ORDER)
        case "which_form":
            choose_form.which_form(talk, "")
        case "status":
            status.show(talk)
        case "inbox":
            inbox.show(talk)
        case "notice":
            notice.start(talk)
        case "problems" if problem_case.may_handle(talk):
            problem_case.show(talk)
        case "handover":
            talk_about.hand_over(talk)
        case "forget_me":
            privacy.ask_to_forget(talk)
        case "help":
            talk_about.help_(talk)
        case _:
            talk.say("error.unknown_button")


_BY_DRAFT: Mapping[str, Callable[[Conversation, Draft, str, Mapping[str, object]], None]] = {
    "submit": _submit,
    "send": _send,
    "reach": lambda talk, draft, _detail, _values: notice.publish(talk, draft, reach_confirmed=True),
    "edit": lambda talk, draft, _detail, _values: confirm.edit(talk, draft),
    "cancel": lambda talk, draft, _detail, _values: cancel(talk, draft),
    "wrong_form": lambda talk, draft, _detail, _values: choose_form.choose_again(talk, draft),
    "other": lambda talk, draft, detail, _values: choose_form.take_other(talk, draft, int(detail)),
    "resume": lambda talk, _draft, _detail, _values: returning.resume(talk),
    "skip": lambda talk, draft, detail, _values: fill_case.skip_item(talk, draft, detail),
    "change": _change,
    "set": _set,
}
# What a card of a chosen form has; before there is a form, such a button can only be old or made up.
_NEEDS_A_FORM = frozenset({"submit", "send", "edit", "skip", "change", "set", "other"})
_BY_QUESTION: Mapping[str, Callable[[Conversation, Draft, str], None]] = {
    "form": choose_form.answer_form,
    "facet": choose_form.answer_split,
    "right": choose_form.answer_without_right,
    "help": _self_help,
    "switch": _switch,
    "fault": fill_case.answer_fault_type,
    "env": _environments,
    "meant": answering.settle,
}
_FREE: Mapping[str, Callable[[Conversation, str], None]] = {
    about_sent.KIND: about_sent.answer,
    "cmd": _command,
    "undo": confirm.undo,
    "again": registering_again.start,
    "withdraw": _withdraw,
    "case": status.show,
    "comment": commenting.start,
    "edited": edited.answer,
    "to": _to,
    "attach": attaching.choose,
    "follow": following.press_add,
    "unfollow": following.press_remove,
    "more": status.more,
    "mute": muting.mute,
    "unmute": muting.unmute,
    "escalate": escalating.start,
    "solution": _solution,
    "reopen": reopening.reopen,
    "inbox": inbox.press,
    "notice": _notice,
    "approval": notice_approval.press,
    "known": _known,
    "quiet": known_fault.mute,
    "mend": notice.mend,
    "line": _line,
    "hovedsak": hovedsak.press,
    "suspicion": suspicion.press,
    "works": verifying.press,
    "post": post_settling.press,
    "problem": problem_case.press,
    "forget": privacy.answer_forget,
}
