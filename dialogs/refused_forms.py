"""Forms that a person has said no to: none is offered or taken again for the same case, unless he names it (G 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.forms import form_name, is_for_employees
from dialogs.state import Draft, Pending
from dialogs.taken_back import after_no
from knowledge.catalogue import Form
from knowledge.matching import Decision, Match

_WORD = re.compile(r"[^\W_]+")
_DENIED = re.compile(r"\b(?:ikke|ikkje|not|don't)\s+(?P<what>[^.,;:!?\n]+)", re.IGNORECASE)
_ONLY_DENIES = re.compile(
    r"(?:(?:jeg|eg|vi|me|det|dette|i|we|it)\s+)?(?:(?:vil|skal|er|trenger|treng|ønsker|ønskjer|gjelder|gjeld|do|is|want)\s+)*"
    r"(?:ikke|ikkje|not|don't)\s+[^.,;:!?\n]+[\s.!]*",
    re.IGNORECASE,
)
# Words that titles begin with, and that say nothing of which form it is.
_OF_ANY_FORM = frozenset(
    "feil bestille bestilling tilgang endre endring slette opprette melde flytte annen annet".split()
)
_FEWEST_LETTERS = 4


def refuse(draft: Draft, forms: Iterable[int]) -> Draft:
    """The draft for which these forms are not to be offered any more."""
    refused = tuple(dict.fromkeys((*draft.refused, *forms)))
    return replace(draft, refused=refused, candidates=tuple(one for one in draft.candidates if one not in refused))


def may_be_offered(draft: Draft, form: Form) -> bool:
    """Whether it may be another form for the draft; what 1.linje passes on would come back on one for employees."""
    is_open = form.id != draft.form_id and form.id not in draft.refused
    return is_open and not (draft.passes_on and is_for_employees(form))


def match_for(talk: Conversation, draft: Draft, text: str) -> Match:
    """The forms for a text among those that may be offered for the draft; sure only where the best of all is one."""
    match = talk.match(text)
    left = tuple(one for one in match.candidates if may_be_offered(draft, one.form))
    if left == match.candidates or match.decision is Decision.NONE:
        return match
    sure = match.decision is Decision.ANSWER and bool(left) and left[0] == match.candidates[0]
    decision = Decision.NONE if not left else match.decision if sure else Decision.ASK
    return replace(match, candidates=left, decision=decision, question=None)


def named(talk: Conversation, draft: Draft, text: str) -> Form | None:
    """The refused form that the person calls by its title, which takes his no back; None when he calls none."""
    said = _in_words(text)
    for form in _forms(talk, (*draft.refused, *((draft.form_id,) if draft.form_id is not None else ()))):
        titles = {_in_words(form.title), _in_words(form_name(talk, form))}
        if any(f" {title} " in f" {said} " for title in titles) and not denied(talk, (form.id,), text):
            return form
    return None


def denied(talk: Conversation, forms: Sequence[int], text: str) -> tuple[int, ...]:
    """Those of the forms that a text says no to by name: "jeg vil ikke ha autosvar"."""
    what = _in_words(" ".join(found["what"] for found in _DENIED.finditer(text))).split()
    return tuple(form.id for form in _forms(talk, forms) if any(_is_called(form, word) for word in what))


def only_denies(text: str) -> bool:
    """Whether the message says no to something and tells nothing besides."""
    return _ONLY_DENIES.fullmatch(after_no(text) or text.strip()) is not None


def shown(pending: Pending | None) -> tuple[int, ...]:
    """The forms that the open question offers, each or by what they have in common."""
    options = pending.options if pending is not None and pending.kind in ("form", "split") else ()
    ids = ",".join(one.partition(":")[2] for one in options).split(",")
    return tuple(int(one) for one in ids if one.isdigit())


def _forms(talk: Conversation, ids: Iterable[int]) -> Iterable[Form]:
    """Those that are still in the catalogue."""
    catalogue = talk.knowledge.catalogue
    return (catalogue.get(one) for one in ids if one in catalogue)


def _is_called(form: Form, word: str) -> bool:
    """Whether the word is the first of the title that tells it from others: "autosvaret" for "Autosvar på annens …"."""
    telling = (one for one in _in_words(form.title).split() if len(one) >= _FEWEST_LETTERS and one not in _OF_ANY_FORM)
    first = next(telling, "")
    return bool(first) and len(word) >= _FEWEST_LETTERS and (word.startswith(first) or first.startswith(word))


def _in_words(text: str) -> str:
    return " ".join(_WORD.findall(text.lower()))
