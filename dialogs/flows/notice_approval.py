"""A second person of USS looks at a notice before it reaches very many.

The one who approves sees each text as its group will see it, and approves that version and no other. Whether somebody
may is asked here for a helpful answer, and checked again where it happens (bot/authority.py).
"""

from __future__ import annotations

import re

from dialogs.case import Notice, NoticeStatus, Role
from dialogs.conversation import Conversation
from dialogs.effects import ApproveNotice, DropNotice, SendBackNotice
from dialogs.flows import line_approval, notice_preview
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.replies import Choice
from dialogs.state import Pending

_WHAT = r"(?:\s+(?:den|det|meldingen|meldinga|driftsmeldingen|driftsmeldinga|teksten|it))?"
_REF = r"(?:\s+(?P<ref>D-\d{4}-\d{1,9}))?"
_APPROVE = re.compile(
    rf"(?:jeg\s+|eg\s+)?(?:godkjen+(?:er|t)?|godkjend|approve){_WHAT}{_REF}"
    r"(?:\s+(?:og|and)\s+(?:publiser|send|publish)\w*)?\W*",
    re.IGNORECASE,
)
_SEND_BACK = re.compile(
    rf"(?:send|sender|returner)(?:\s+(?:den|meldingen|meldinga))?\s+(?:tilbake|attende|back){_WHAT}{_REF}"
    r"(?:\s*[:,–-]|\s+fordi|$)\s*(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MEND = re.compile(
    rf"(?:rett|rette|retter|endre|fiks|mend){_WHAT}{_REF}(?:\s+opp)?"
    rf"(?:\s+(?:og|and)\s+send\w*{_WHAT}(?:\s+(?:på\s+nytt|igjen|again))?)?\W*",
    re.IGNORECASE,
)


def show_all(talk: Conversation) -> None:
    """What waits for approval, or was sent back: whole notices, and lines of published ones."""
    if Role.USS not in talk.roles:
        talk.say("notice.not_allowed")
        return
    if not talk.situation.waiting and not talk.situation.proposed:
        talk.say("approval.none")
    for notice in talk.situation.waiting[:5]:
        show(talk, notice.ref)
    for proposed in talk.situation.proposed[:5]:
        line_approval.show(talk, proposed)


def show(talk: Conversation, ref: str) -> None:
    """One that waits, as each group will see it, with what this person may do about it."""
    notice = _waiting(talk, ref)
    if notice is None:
        return
    choices = _choices(talk, notice)
    question = talk.text(_question(talk, notice), author=notice.author)
    if notice.status is NoticeStatus.SENT_BACK:
        question = f"{talk.text('approval.reason', reason=notice.history[-1].text)} {question}"
    notice_preview.show_notice(talk, notice, choices, question)
    talk.offer("approval", ref, choices)


def hear(talk: Conversation, text: str) -> bool:
    """ "Godkjenn" or "send tilbake: hvem er alle?", without the card of what waits. False when nothing waits for it.

    What is to be approved is shown first, and it is the press or word after that which approves it.
    """
    said = _APPROVE.fullmatch(text.strip()) or _SEND_BACK.fullmatch(text.strip())
    pending = talk.state.pending
    shown = pending is not None and any(":approve:" in option for option in pending.options)
    if said is None or (shown and said.re is _APPROVE):
        return False  # its buttons are shown, and the words are those of one
    refs = _refs(talk, own=False, named=said["ref"])
    if len(refs) > 1:
        show_all(talk)
    elif refs and said.re is _SEND_BACK and said["reason"].strip():
        take_reason(talk, refs[0], said["reason"].strip())
    elif refs:
        press(talk, f"{refs[0]}:back" if said.re is _SEND_BACK else refs[0])
    return bool(refs)


def to_be_mended(talk: Conversation, text: str) -> str:
    """ "Rett og send på nytt": the reference of the one that was sent back to the person, or empty."""
    said = _MEND.fullmatch(text.strip())
    refs = _refs(talk, own=True, named=said["ref"]) if said is not None else []
    return refs[0] if len(refs) == 1 else ""


def _refs(talk: Conversation, *, own: bool, named: str | None) -> list[str]:
    """What waits for the person: others' to be looked at, or one's own that were sent back."""
    me = talk.situation.person.id
    waiting = [(one.ref, one.author_id, one.status is NoticeStatus.SENT_BACK) for one in talk.situation.waiting]
    waiting += [(one.ref, one.author_id, bool(one.reason)) for one in talk.situation.proposed]
    return [
        ref
        for ref, author, is_back in waiting
        if (author == me) is own and is_back is own and (not named or ref == named.upper())
    ]


def press(talk: Conversation, rest: str) -> None:
    """A button of it."""
    ref, _, what = rest.partition(":")
    proposed = line_approval.find(talk, ref)
    if proposed is not None and Role.USS in talk.roles:
        line_approval.press(talk, proposed, what)
        return
    notice = _waiting(talk, ref)
    if notice is None:
        return
    what, _, version = what.partition(":")
    own = notice.author_id == talk.situation.person.id
    match what:
        case "":
            show(talk, ref)
        case "drop" if not may_publish(talk):
            say_not_allowed(talk)
        case "drop":
            talk.close_question()
            talk.effect(DropNotice(ref))
            talk.say("approval.dropped", ref=ref)
        case "approve" | "back" if own:
            talk.say("approval.not_oneself", ref=ref)
        case "approve" if version != _version(notice) or notice.status is not NoticeStatus.WAITING:
            talk.say("approval.changed", ref=ref)
            show(talk, ref)
        case "approve":
            talk.close_question()
            talk.effect(ApproveNotice(ref, notice.updated_at))
            talk.say("approval.approved", ref=ref, author=notice.author)
        case "back":
            talk.say("approval.ask_reason", ref=ref)
            talk.ask(Pending("approval_reason", ref))
        case _:
            talk.say("error.unknown_button")


def take_reason(talk: Conversation, ref: str, reason: str) -> None:
    """Why it is sent back."""
    talk.close_question()
    proposed = line_approval.find(talk, ref)
    if proposed is not None and Role.USS in talk.roles:
        line_approval.send_back(talk, proposed, reason)
        return
    notice = _waiting(talk, ref)
    if notice is None:
        return
    talk.effect(SendBackNotice(ref, reason))
    talk.say("approval.sent_back", ref=ref, author=notice.author)


def _waiting(talk: Conversation, ref: str) -> Notice | None:
    """The notice, when it still waits and the person may see it; otherwise that is said."""
    if Role.USS not in talk.roles:
        talk.say("notice.not_allowed")
        return None
    found = next((one for one in talk.situation.waiting if one.ref == ref), None)
    if found is None:
        talk.say("approval.gone", ref=ref)
    return found


def _question(talk: Conversation, notice: Notice) -> str:
    own = notice.author_id == talk.situation.person.id
    if notice.status is NoticeStatus.SENT_BACK:
        return "approval.mend" if own else "approval.is_sent_back"
    return "approval.waits_for_others" if own else "approval.question"


def _choices(talk: Conversation, notice: Notice) -> tuple[Choice, ...]:
    key, own = f"approval:{notice.ref}", notice.author_id == talk.situation.person.id
    # Who looks at it may be the request manager, who gives up nobody's notices.
    drop = (Choice(f"{key}:drop", talk.text("approval.drop"), "destructive"),) if may_publish(talk) else ()
    if own and notice.status is NoticeStatus.SENT_BACK:
        return (Choice(f"mend:{notice.ref}", talk.text("approval.mend_it"), "positive"), *drop)
    if own or notice.status is NoticeStatus.SENT_BACK:
        return drop
    return (
        Choice(f"{key}:approve:{_version(notice)}", talk.text("approval.approve"), "positive"),
        Choice(f"{key}:back", talk.text("approval.send_back")),
        *drop,
    )


def _version(notice: Notice) -> str:
    return f"{notice.updated_at.timestamp():.6f}"
