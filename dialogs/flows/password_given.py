"""A password given away to a stranger: what to do is said at once, before anything is asked (G 4.3, 5.1.2.2).

Every minute counts, and the case itself can wait: change the password elsewhere, phone the desk, keep the message.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.forms import is_security_incident
from dialogs.state import Draft
from dialogs.who_answers import call, staffing_text
from knowledge.catalogue import Form

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
# Told to a person, or astray: nobody else may have it, so it matters not to whom. Being given a new one is another
# matter.
_TOLD = re.compile(
    r"\b(?:jeg|eg|vi|hun|ho|han|bruker\w*|i|we|she|he)\s+(?:har\s+|have\s+|has\s+)?"
    r"(?:ga|gav|gitt|gjeve|fortalte|fortalt|delte|delt|gave|given|told|shared)\b(?!\s+opp)"
    rf"(?![^.!?\n]{{0,30}}\b(?:meg|oss|me|us|nytt|new)\b)[^.!?\n]{{0,30}}\b{_THE_WORD}|"
    rf"\b{_THE_WORD}[^.!?\n]{{0,40}}\b(?:lekket|lekka|på avveie|på avvegar|kompromittert|leaked|compromised)\b",
    re.IGNORECASE,
)
# To whom it was given: without these a password is only forgotten, or typed wrong.
_FRAUD = re.compile(
    r"\b(?:falsk\w*|phishing\w*|svindel\w*|svindl\w*|lur\w*|mistenkelig\w*|mistenkeleg\w*|fremmed\w*|framand\w*|hack\w*|"
    r"fake|scam\w*|suspicious|fraud\w*|oppringt|oppringd|(?:noen|nokon|som|han|hun|ho|de|someone|who)\s+(?:ringte|called))\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:ikke|ikkje|aldri|not|never|didn't|uten å|utan å|without)\b", re.IGNORECASE)


def advise(talk: Conversation, draft: Draft) -> Draft:
    """Say what to do, once, also while the form is still to be found; returns the draft that knows it was said."""
    if draft.advised or draft.kind == "notice":
        return draft
    form = talk.knowledge.catalogue.get(draft.form_id) if draft.form_id is not None else None
    incident = form is not None and is_security_incident(form)
    if not (_was_given(draft) if incident or "passord" in draft.answers else is_told(draft.text)):
        return draft
    talk.say("password_given.advice", hours=staffing_text(talk), links=(call(talk),))
    return talk.put(replace(draft, advised=True))


def is_told(text: str) -> bool:
    """Whether the text tells, of itself, that a password was given to somebody who must not have it."""
    told = _TOLD.search(text)
    if told is not None and not _denied(text, told):
        return True
    return _entered(text) and _FRAUD.search(text) is not None


def form_for(talk: Conversation) -> Form | None:
    """The catalogue's form for it: the security incident that asks whether the password was given."""
    incidents = (form for form in talk.knowledge.catalogue if is_security_incident(form))
    return next((form for form in incidents if any(field.key == "passord" for field in form.fields)), None)


def _was_given(draft: Draft) -> bool:
    """What is answered of the form's own question goes before the words of the report."""
    answer = draft.answers.get("passord")
    if answer is not None and isinstance(answer.value, bool):
        return answer.value
    return is_told(draft.text) or _entered(draft.text)


def _entered(text: str) -> bool:
    given = _GIVEN_AWAY.search(text)
    return given is not None and not _denied(text, given)


def _denied(text: str, given: re.Match[str]) -> bool:
    return _NOT.search(text[max(0, given.start() - 20) : given.end()]) is not None
