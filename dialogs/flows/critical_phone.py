"""The phone at a critical fault: the number is told at once, whatever is still to be asked (G 5.1.2.2, 4.3).

A suspicion is enough: nobody is to answer about forms and times first while a ward waits. Who answers at this hour is
told with it, since at night it is somebody else.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.criticality import is_suspected_of
from dialogs.read_answers import denies_critical
from dialogs.state import UNKNOWN_VALUE, Draft
from dialogs.who_answers import call, staffing_text
from knowledge.catalogue import Kind


def advise(talk: Conversation, draft: Draft) -> Draft:
    """Tell the number, once, also while the form is still to be found; returns the draft that knows it was told."""
    if draft.phone_told or draft.kind != "support" or not _is_suspected(talk, draft):
        return draft
    if not draft.advised:  # the advice on a password given away says the number too
        talk.say("critical.suspected", hours=staffing_text(talk), links=(call(talk),))
    return talk.put(replace(draft, phone_told=True))


def advise_in_doubt(talk: Conversation, before: Draft, after: Draft) -> None:
    """Who does not know whether it is critical has not said yes, and is told what to do if it cannot wait."""
    if _is_unknown(after) and not _is_unknown(before):
        talk.say("critical.not_known", hours=staffing_text(talk), links=(call(talk),))


def _is_suspected(talk: Conversation, draft: Draft) -> bool:
    if draft.critical is not None:
        return draft.critical
    if draft.form_id is not None or denies_critical(draft.text):
        return False
    return is_suspected_of(talk.reading(draft.text)) and not _is_order(talk, draft)


def _is_order(talk: Conversation, draft: Draft) -> bool:
    """Whether both its words and the likeliest form are those of an order: that is no fault, however urgent."""
    likeliest = talk.knowledge.catalogue.get(draft.candidates[0]) if draft.candidates else None
    is_service = likeliest is not None and likeliest.kind is Kind.SERVICE
    return is_service and talk.reading(draft.text).kind_hint == "service"


def _is_unknown(draft: Draft) -> bool:
    answer = draft.answers.get("critical")
    return answer is not None and answer.value == UNKNOWN_VALUE
