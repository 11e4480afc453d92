"""Leave and return: take up the case at hand after an interruption, or what waits when one is done (DESIGN 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.conversation import Conversation
from dialogs.flows import choose_form, environments, fill_case, self_help, summary
from dialogs.forms import form_name
from dialogs.items import items_of, missing_required
from dialogs.shown_answers import ENVIRONMENT
from dialogs.state import Draft

DRAFT_LIFETIME = timedelta(days=14)
_LONGEST_NAME = 60
_ENDS = " .,;:!?"


def resume(talk: Conversation, *, say: bool = True) -> None:
    """Take up the current draft where it was: after an interruption, or when the one before it is done."""
    draft = talk.state.draft
    if draft is None:
        return
    if say:
        talk.say("resume.back_to", what=draft_name(talk, draft))
    if draft.stage == "self_help":
        self_help.ask(talk, draft)
    elif draft.stage == "right":
        choose_form.take(talk, draft, talk.knowledge.catalogue.get(draft.form_id or 0))
    elif draft.environments and ENVIRONMENT not in draft.answers:
        environments.ask(talk, draft, talk.reading(draft.text))
    elif draft.stage == "choose" or (draft.form_id is None and draft.kind != "notice"):
        choose_form.ask_again(talk, draft)
    elif draft.stage == "confirm" and not missing_required(items_of(talk, draft), draft):
        summary.show(talk, draft)
    elif draft.stage == "confirm":
        # The summary stands above; only what is missing is asked again.
        fill_case.go_on(talk, draft, together=True)
    else:
        fill_case.go_on(talk, replace(draft, stage="fill"))


def take_up_next(talk: Conversation) -> None:
    """Something was finished: go on with the draft that waits, else with the next need the person named."""
    if talk.state.draft is not None:
        resume(talk)
    elif talk.state.queued_needs:
        need, *rest = talk.state.queued_needs
        talk.state = replace(talk.state, queued_needs=tuple(rest))
        talk.say("choose.next_need", need=need)
        choose_form.begin(talk, need)


def draft_name(talk: Conversation, draft: Draft) -> str:
    """What to call a draft: its form, else its first words."""
    if draft.form_id is not None:
        return form_name(talk, talk.knowledge.catalogue.get(draft.form_id))
    if draft.kind == "notice":
        return talk.text("notice.title")
    words = " ".join(draft.text.split())
    if len(words) > _LONGEST_NAME:
        return words[:_LONGEST_NAME].rpartition(" ")[0].rstrip(_ENDS) + " …"
    return words.rstrip(_ENDS)


def drop_expired(talk: Conversation) -> None:
    """Drafts nobody has touched for long are dropped, and that is said: what they tell may no longer be true."""
    oldest = talk.situation.now - DRAFT_LIFETIME
    expired = [draft for draft in talk.state.drafts if datetime.fromisoformat(draft.updated_at) < oldest]
    if not expired:
        return
    names = ", ".join(talk.text("quote.word", word=draft_name(talk, draft)) for draft in expired)
    kept = tuple(draft for draft in talk.state.drafts if draft not in expired)
    pending = talk.state.pending if talk.state.draft in kept else None
    talk.state = replace(talk.state, drafts=kept, pending=pending)
    talk.say("drafts.expired", names=names, days=DRAFT_LIFETIME.days)
