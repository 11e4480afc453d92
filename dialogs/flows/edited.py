"""A message was changed or deleted after it was sent. A changed one never opens a second case (teams.md 3.4): it gives
the case at hand its new words, or is offered for the case that came of it.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Case, Status
from dialogs.conversation import Conversation
from dialogs.flows import commenting, confirm
from dialogs.replies import Choice

# Nothing is said in these any more.
_OVER = frozenset({Status.WITHDRAWN, Status.CLOSED, Status.MOVED})


def take(talk: Conversation, text: str) -> None:
    """The message as it reads now, cleaned and guarded; empty when nothing is left of it."""
    draft = talk.state.draft
    if draft is not None and draft.stage in ("fill", "confirm") and text:
        talk.say("edited.used")
        confirm.change_description(talk, draft, text)
        return
    case = talk.case(talk.state.last_case) if talk.state.last_case else None
    # An open question goes first: its answer must not be taken for one to this.
    if text and draft is None and talk.state.pending is None and case is not None and _takes(case, text):
        _offer(talk, case, text)
    else:
        talk.say("edited.noted")


def deleted(talk: Conversation) -> None:
    """A message is gone from the chat. What it told is not: the person learns where it stands and how to drop it.

    Nothing is dropped by itself, for people also tidy up after themselves, and the open question stays open.
    """
    draft = talk.state.draft
    if draft is not None:
        cancel = Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive")
        talk.say("edited.deleted_draft", choices=(cancel,))
        return
    case = talk.case(talk.state.last_case) if talk.state.last_case else None
    if case is None or case.status in _OVER:
        talk.say("edited.deleted")
    else:
        withdraw = Choice(f"withdraw:{case.ref}", talk.text("edited.withdraw"), "destructive")
        talk.say("edited.deleted_case", ref=case.ref, choices=(withdraw,))


def answer(talk: Conversation, rest: str) -> None:
    """Whether the new words go into the case was pressed: "REF:yes" or "REF:no"."""
    ref, _, said = rest.rpartition(":")
    pending = talk.state.pending
    asked = pending is not None and (pending.kind, pending.key) == ("edited", ref)
    text = talk.state.comment
    if not asked or not text:
        talk.say("error.old_card")
        return
    talk.drop_old_files()
    talk.close_question()
    talk.state = replace(talk.state, comment="")
    if said != "yes":
        talk.say("edited.kept_out", ref=ref)
    else:
        commenting.take(talk, ref, text)


def _takes(case: Case, text: str) -> bool:
    return case.status not in _OVER and text not in case.description


def _offer(talk: Conversation, case: Case, text: str) -> None:
    talk.state = replace(talk.state, comment=talk.case_text("edited.comment", text=text))
    choices = (
        Choice(f"edited:{case.ref}:yes", talk.text("edited.update"), "positive"),
        Choice(f"edited:{case.ref}:no", talk.text("edited.leave")),
    )
    talk.say("edited.offer", ref=case.ref, choices=choices)
    talk.ask_choice("edited", case.ref, choices)
