"""A form was taken out of the catalogue while somebody filled it in: another is chosen, with every answer kept (G 4.1).

The catalogue may be exchanged between any two turns. A draft whose form is gone could not be shown, filled or sent, and
would fail every turn of its conversation.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.flows import choose_form
from dialogs.privacy_guard import guard
from dialogs.state import Draft, State


def settle(talk: Conversation, words: str) -> bool:
    """Put every draft right; True when the one being talked about was, so that the turn has said what is to be said.

    words: those of this turn, which are kept with that draft, guarded, where they answer a question of its form.
    """
    current = talk.state.draft
    concerned = current is not None and _is_concerned(talk, current)
    for draft in talk.state.drafts:
        if _is_concerned(talk, draft):
            talk.state = _without_gone(talk, draft)
    if current is None or not concerned:
        return False
    name, pending = current.text[:60], talk.state.pending
    if not any(draft.id == current.id for draft in talk.state.drafts):
        talk.close_question()
        talk.say("drafts.form_gone_none", what=name)
        return True
    draft = next(draft for draft in talk.state.drafts if draft.id == current.id)
    talk.say("drafts.form_gone", what=name)
    said = guard(words).text if pending is not None and pending.kind == "item" else ""
    choose_form.choose_again(talk, draft.with_more(said) if said else draft)
    return True


def _is_concerned(talk: Conversation, draft: Draft) -> bool:
    """Whether a form is gone that the draft is on, or that is to be chosen among for it."""
    asked = draft.candidates if draft.stage == "choose" else ()
    return any(one is not None and one not in talk.knowledge.catalogue for one in (draft.form_id, *asked))


def _without_gone(talk: Conversation, draft: Draft) -> State:
    """The state with the draft on no form and only forms there are to choose among, or without it if there is none."""
    there = [one for one in draft.candidates if one in talk.knowledge.catalogue]
    found = [candidate.form.id for candidate in talk.match(draft.text).candidates]
    candidates = tuple(dict.fromkeys((*there, *found)))
    if not candidates:
        return replace(talk.state, drafts=tuple(one for one in talk.state.drafts if one.id != draft.id))
    mended = replace(draft, form_id=None, stage="choose", candidates=candidates)
    return replace(talk.state, drafts=tuple(mended if one.id == draft.id else one for one in talk.state.drafts))
