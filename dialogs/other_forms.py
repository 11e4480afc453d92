"""The forms that may be meant instead of the one a summary is on (G 4.1: a case cannot be moved to another form).

Where the bot is not sure, a question would cost a message; shown in the summary, with what tells them apart, the form
is chosen in the same breath as the case is confirmed.
"""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.forms import SHOWN_SHARE, form_name, form_note, is_employee, may_use
from dialogs.refused_forms import may_be_offered
from dialogs.replies import Choice
from dialogs.state import Draft
from knowledge.catalogue import Form
from knowledge.matching import Decision

_MOST_OTHERS = 2
_SHOWN_SHARE_IN_DOUBT = 0.004
"""Where a message tells of two things, the right form may have hardly any share."""


def others_of(talk: Conversation, draft: Draft) -> tuple[Form, ...]:
    """The form next to the draft's own, or the two next where the bot is not sure, best first.

    None when the person has chosen the form himself.
    """
    sure = _is_sure(talk, draft)
    found = [
        candidate.form
        for candidate in talk.match(draft.text).candidates
        if candidate.score >= (SHOWN_SHARE if sure else _SHOWN_SHARE_IN_DOUBT) and candidate.form.id in draft.candidates
    ]
    most = 1 if sure else _MOST_OTHERS
    return tuple(form for form in found if _may_take(talk, draft, form))[:most]


def note_on_others(talk: Conversation, draft: Draft, form: Form) -> str:
    """What tells the other forms from this one, or empty when there are none."""
    others = others_of(talk, draft)
    if not others:
        return ""
    lines = [
        talk.text(
            "other_forms.line",
            number=number,
            form=form_name(talk, other),
            apart=form_note(talk, other, form),
        )
        for number, other in enumerate(others, 2)
    ]
    return talk.text("other_forms.near" if _is_sure(talk, draft) else "other_forms.unsure", lines="\n".join(lines))


def choices_of_others(talk: Conversation, draft: Draft) -> tuple[Choice, ...]:
    """A button for each of them."""
    return tuple(
        Choice(f"other:{draft.id}:{form.id}", talk.text("other_forms.take", form=form_name(talk, form)))
        for form in others_of(talk, draft)
    )


def _is_sure(talk: Conversation, draft: Draft) -> bool:
    match = talk.match(draft.text)
    return match.decision is Decision.ANSWER and match.candidates[0].form.id == draft.form_id


def _may_take(talk: Conversation, draft: Draft, form: Form) -> bool:
    if form.elsewhere or not may_be_offered(draft, form):
        return False
    return may_use(talk, form) or is_employee(talk)
