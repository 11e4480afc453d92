"""An opened case stands on the wrong form: it cannot be moved, so it is closed and registered again (G 4.1).

Everything is carried over, and the two cases point at each other. The old one is taken back only when the new one is
sent, so that a change of mind on the way leaves it as it was.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.draft_from_case import draft_of
from dialogs.effects import CommentCase, UndoCase, WithdrawCase
from dialogs.flows import choose_form
from dialogs.state import Draft

_OVER = frozenset({Status.WITHDRAWN, Status.CLOSED, Status.MOVED, Status.SOLVED, Status.REJECTED})


def start(talk: Conversation, ref: str) -> None:
    """Choose another form for the person's own opened case."""
    draft = draft_again(talk, ref)
    if draft is not None:
        choose_form.choose_again(talk, draft)
    elif not ref:
        talk.say("error.no_draft")


def draft_again(talk: Conversation, ref: str) -> Draft | None:
    """The draft that takes the place of the person's own opened case; None when there is none, and why is said."""
    if not ref:
        return None
    case = talk.case(ref)
    if case is None or not talk.reported(case):
        talk.say("status.unknown_case", ref=ref)
        return None
    if case.status in _OVER:
        talk.say("withdraw.already", ref=case.ref)
        return None
    draft = replace(draft_of(talk, case, talk.new_draft_id()), passes_on=None, replaces=case.ref)
    own = draft.answers.get("on_behalf_of")
    if own is not None and own.value == talk.situation.person.name:
        draft = draft.without_answer("on_behalf_of")
    talk.say("again.start", ref=case.ref)
    return draft


def finish(talk: Conversation, draft: Draft, opened: Case) -> None:
    """The new case is on its way: the old one is taken back, and says which one took its place."""
    old = talk.case(draft.replaces or "")
    if old is None or old.status in _OVER:
        return
    if old.is_unsent:
        talk.effect(UndoCase(old.ref))
    else:
        talk.effect(CommentCase(old.ref, talk.case_text("again.comment", ref=opened.ref)))
        talk.effect(WithdrawCase(old.ref))
    talk.say("again.done", old=old.ref, new=opened.ref)
