"""A password given away to a stranger: what to do is said at once, before anything is asked (G 4.3, 5.1.2.2).

Every minute counts, and the case itself can wait: change the password elsewhere, phone the desk, keep the message.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.flows.confirm import staffing_text
from dialogs.forms import is_security_incident
from dialogs.replies import Link
from dialogs.state import Draft

_GAVE = (
    r"(?:oppga|oppgav|oppgitt|oppgjeve|opplyst|tastet|tasta|skrev|skreiv|skrevet|skrive|la|lagt|gav|ga|gitt|gjeve|lurt|"
    r"entered|gave|given|typed|submitted)"
)
_THE_WORD = r"pass(?:ord|word)\w*"
_GIVEN_AWAY = re.compile(
    rf"\b{_GAVE}\b[^.!?\n]{{0,40}}\b{_THE_WORD}|"
    rf"\b{_THE_WORD}[^.!?\n]{{0,20}}\b(?:{_GAVE}|lekket|lekka|på avveie|leaked)\b",
    re.IGNORECASE,
)
# To whom it was given: without these a password is only forgotten, or typed wrong.
_FRAUD = re.compile(
    r"\b(?:falsk\w*|phishing\w*|svindel\w*|svindl\w*|lur\w*|mistenkelig\w*|mistenkeleg\w*|fremmed\w*|framand\w*|hack\w*|"
    r"fake|scam\w*|suspicious|fraud\w*)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:ikke|ikkje|aldri|not|never|didn't|uten å|utan å|without)\b", re.IGNORECASE)


def advise(talk: Conversation, draft: Draft) -> Draft:
    """Say what to do, once, also while the form is still to be found; returns the draft that knows it was said."""
    if draft.advised or draft.kind == "notice" or not _was_given(draft):
        return draft
    form = talk.knowledge.catalogue.get(draft.form_id) if draft.form_id is not None else None
    if not (form is not None and is_security_incident(form)) and not _FRAUD.search(draft.text):
        return draft
    organisation = talk.knowledge.organisation
    call = Link(talk.text("critical.call"), "tel:" + "".join(organisation.phone.split()))
    talk.say("password_given.advice", hours=staffing_text(talk), links=(call,))
    return talk.put(replace(draft, advised=True))


def _was_given(draft: Draft) -> bool:
    """What is answered of the form's own question goes before the words of the report."""
    answer = draft.answers.get("passord")
    if answer is not None and isinstance(answer.value, bool):
        return answer.value
    given = _GIVEN_AWAY.search(draft.text)
    return given is not None and not _NOT.search(draft.text[max(0, given.start() - 20) : given.end()])
