"""What there is to say about a form: who may use it, why it was found, what it is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dialogs.case import Role
from dialogs.conversation import Conversation
from knowledge.catalogue import Form
from knowledge.matching import Candidate

_ENDS = re.compile(
    r"\b(?:si opp|slett\w*|avslutt\w*|avvikl\w*|fjern\w*|avpubliser\w*|stans\w*|sluttmelding)\b", re.IGNORECASE
)


# After an abbreviation ("ifm. valg", "f.eks. kart") the sentence goes on, in small letters.
_SENTENCE_END = re.compile(r"(?<=\.)\s(?![a-zæøå])")
_SECURITY_INCIDENTS = "Sikkerhetshendelser"  # the catalogue's name of the service

SHOWN_SHARE = 0.02
"""A form less probable than this is not worth showing: beside the likely ones it only looks silly."""
_SHOWN_OF_BEST = 0.06
"""Nor is one with less than this of the best one's probability: the right form hardly ever is that far behind."""
_ALWAYS_SHOWN = 2


def may_use(talk: Conversation, form: Form) -> bool:
    """Whether the person's granted roles are among the form's audience (G 3.2.2). USS may use every form."""
    roles = {role.value for role in talk.roles}
    return not form.audience or Role.USS in talk.roles or bool(roles & set(form.audience))


def is_for_employees(form: Form) -> bool:
    """A form for employees alone is their own 1.linje's: the agency's are for those who order from it (G 3.2.1-2)."""
    return tuple(form.audience) == (Role.ANSATT.value,)


def is_employee(talk: Conversation) -> bool:
    """An employee has no orderer's role; his way is his own 1.linje (G 3.2.1)."""
    return talk.roles <= {Role.ANSATT}


def goes_to_pay_desk(talk: Conversation, form: Form) -> bool:
    """Pay cases go straight to the pay desk, and the service desk cannot see them (G 3.2.3)."""
    return bool(form.route) and form.route in talk.knowledge.organisation.pay_desk


def is_security_incident(form: Form) -> bool:
    """Phishing, a lost device, personal data astray: reported at once, and no outage of anything."""
    return form.service == _SECURITY_INCIDENTS


def audience_text(talk: Conversation, form: Form) -> str:
    """Who may use the form, as a list in words."""
    return ", ".join(talk.text(f"role.{one}") for one in form.audience) or talk.text("role.everyone")


def why(talk: Conversation, form: Form, text: str) -> str:
    """Why this form, in a sentence: the words and examples that hit."""
    match = talk.match(text)
    for candidate in match.candidates:
        if candidate.form.id == form.id and candidate.reasons:
            return reasons_text(talk, candidate)
    return talk.text("choose.why_chosen")


def reasons_text(talk: Conversation, candidate: Candidate) -> str:
    """The words and the example that hit, in a sentence or two."""
    words = [reason.value for reason in candidate.reasons if reason.kind not in ("example", "intent")][:4]
    examples = [reason.value for reason in candidate.reasons if reason.kind == "example"][:1]
    parts = []
    if words:
        parts.append(
            talk.text("choose.why_words", words=", ".join(talk.text("quote.word", word=word) for word in words))
        )
    if examples:
        parts.append(talk.text("choose.why_example", example=examples[0]))
    return " ".join(parts) or talk.text("choose.why_chosen")


def worth_showing(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The forms that may be meant at all: the two best, and others that are not all but ruled out."""
    least = max((one.score for one in candidates), default=0.0) * _SHOWN_OF_BEST
    return tuple(
        one for place, one in enumerate(candidates) if place < _ALWAYS_SHOWN or one.score >= max(SHOWN_SHARE, least)
    )


def first_sentence(text: str) -> str:
    """The first sentence of a description; it says what the form is for, the rest mostly what it is not."""
    end = _SENTENCE_END.search(text)
    return text[: end.start()] if end is not None else text


def form_name(talk: Conversation, form: Form) -> str:
    """What the form is called in the person's language."""
    return talk.catalogue_word(form.title)


def form_name_in_full(talk: Conversation, form: Form) -> str:
    """The form's name, with the one it has in the case tool where that is another."""
    name = form_name(talk, form)
    return name if name == form.title else talk.text("quote.also_called", name=name, other=form.title)


def form_note(talk: Conversation, form: Form, beside: Form | None = None) -> str:
    """What the form is for, or what tells it from the one it stands beside, in the person's language."""
    apart = talk.knowledge.matcher.apart(form.id, beside.id) if beside is not None else None
    if apart is not None and talk.speaks_of(apart):
        return talk.catalogue_word(apart)
    return talk.catalogue_word(first_sentence(form.description))


def ends_something(text: str) -> bool:
    """Whether a form's title, or what a person wants, closes or deletes: no guess does that, it is hard to get back."""
    return _ENDS.search(text) is not None


def ends_unasked(form: Form, wanted: str) -> bool:
    """Whether the form closes or deletes something, and what is wanted does not say so."""
    return ends_something(form.title) and not ends_something(wanted)
