"""What is said where a form is to be chosen from a list, instead of choosing one.

Facts are kept, a need of its own begins anew, and nobody goes in circles: after a few rounds the nearest form is taken,
and the summary leaves the way to the others open (G 4.1: the form is settled before sending).
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.flows import choose_form, critical_phone, switching
from dialogs.forms import ends_something, form_name
from dialogs.phrases import is_answer
from dialogs.sentences import after_changed_mind, asks_back, says_nothing
from dialogs.state import Draft
from knowledge.matching import Decision

# Fewer words than this are an answer or a detail, hardly a need of their own.
_WORDS_OF_A_NEED = 3
_WORDS_OF_A_NEED_WITH_FACTS = 5
_MOST_ROUNDS = 2


def hear_more(talk: Conversation, draft: Draft, text: str) -> None:
    """Something was said instead of choosing a form: it is kept and said to be kept.

    Only a message that is plainly a need of its own begins anew; facts ("prøvd omstart", "i går") never choose a form.
    When two such messages have not made the form plain, the nearest is taken, so that nobody goes in circles.
    """
    instead = after_changed_mind(text)
    if instead is not None and talk.match(instead).decision is not Decision.NONE:
        talk.state = talk.state.without_draft(draft.id)
        talk.say("choose.instead")
        choose_form.begin(talk, instead)
        _carry_files(talk, draft)
        return
    if switching.keep(talk, draft, text):
        choose_form.ask_again(talk, draft)
        return
    reading = talk.reading(text)
    facts = any((reading.tried, reading.started_at, reading.extent, reading.outage, reading.phone, reading.billing))
    alone = talk.match(text).decision is Decision.ANSWER
    if alone and len(text.split()) >= (_WORDS_OF_A_NEED_WITH_FACTS if facts else _WORDS_OF_A_NEED):
        talk.state = talk.state.without_draft(draft.id)
        choose_form.begin(talk, text)
        _carry_files(talk, draft)
        return
    if asks_back(text) and not facts:
        # What is asked is nothing that was told, and noting it would answer nothing.
        talk.say("error.no_answer")
        choose_form.ask_again(talk, draft)
        return
    if is_answer(text, "yes") or says_nothing(text):
        # "Ja" picks none of several, and is nothing that the case should hold.
        talk.say("choose.which_number")
        nearer_the_end = replace(draft, rounds=draft.rounds + 1)
        if nearer_the_end.rounds > _MOST_ROUNDS:
            take_nearest(talk, nearer_the_end)
        else:
            choose_form.ask_again(talk, nearer_the_end)
        return
    draft = critical_phone.advise(talk, replace(draft.with_more(text), rounds=draft.rounds + 1))
    match = talk.match(draft.text) if not facts else None
    if match is not None and match.decision is Decision.ANSWER:
        choose_form.take(talk, draft, match.candidates[0].form)
    elif draft.rounds >= _MOST_ROUNDS:
        take_nearest(talk, draft)
    else:
        talk.say("choose.noted")
        choose_form.ask_again(talk, draft)


def hear_of_another(talk: Conversation, draft: Draft, text: str) -> None:
    """More was said where another form is to be chosen for what has been answered: it is looked for with that.

    As in `hear_more`, for a few rounds only. Raises CaseIsFull.
    """
    draft = replace(draft.with_more(text), rounds=draft.rounds + 1)
    if draft.rounds > _MOST_ROUNDS and draft.candidates:
        take_nearest(talk, draft)
    else:
        choose_form.look_again(talk, draft)


def _carry_files(talk: Conversation, before: Draft) -> None:
    """The files of a draft that is begun anew go with it."""
    draft = talk.state.draft
    if before.attachments and draft is not None:
        talk.put(replace(draft, attachments=(*before.attachments, *draft.attachments)))


def take_nearest(talk: Conversation, draft: Draft) -> None:
    """The person cannot tell which form: the nearest is taken, and the summary leaves the way to another open."""
    forms = [talk.knowledge.catalogue.get(one) for one in draft.candidates]
    harmless = [form for form in forms if not ends_something(form.title) or ends_something(draft.text)]
    form = (harmless or forms)[0]
    talk.say("choose.nearest", form=form_name(talk, form))
    choose_form.take(talk, draft, form)
