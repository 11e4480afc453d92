"""How forms are offered: a list to choose from, with what tells them apart, and a form that was only asked about."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.conversation import Conversation
from dialogs.forms import audience_text, form_name, form_name_in_full, form_note, reasons_text
from dialogs.replies import Choice
from dialogs.state import Draft
from knowledge.catalogue import Form
from knowledge.matching import Candidate, Match

SHOWN_CANDIDATES = 3
NONE_OF_THESE = "form:none"


def offer_forms(talk: Conversation, draft: Draft, forms: Sequence[Form], key: str) -> None:
    """Ask which of these forms fits, with what tells each from the others. key: the words of the question."""
    choices = form_choices(talk, forms)
    lines = []
    for number, form in enumerate(forms, 1):
        beside = forms[0 if number > 1 else -1] if len(forms) > 1 else None
        lines.append(f"{number}. {form_name(talk, form)}: {form_note(talk, form, beside)}")
    talk.say(key, forms="\n".join(lines), choices=choices)
    talk.ask_choice("form", draft.id, choices)


def form_choices(talk: Conversation, forms: Sequence[Form], open_case: bool = False) -> list[Choice]:
    """A button for each form, and one for none. open_case: the forms were asked about, and a case may be begun."""
    choices = [Choice(f"form:{form.id}", form_name(talk, form)) for form in forms]
    if open_case and len(choices) == 1:
        choices = [Choice(choices[0].id, talk.text("choose.open_case"), "positive")]
    return [*choices, Choice(NONE_OF_THESE, talk.text("choose.no_thanks" if open_case else "choose.none"))]


def described(talk: Conversation, candidate: Candidate, number: int) -> str:
    """All there is to say of a form that was asked about, as an entry of a numbered list."""
    form = candidate.form
    kind = talk.text(f"kind.{form.kind}") if form.kind else ""
    return talk.text(
        "choose.form_line",
        number=number,
        title=form_name_in_full(talk, form),
        kind=kind,
        description=form_note(talk, form),
        why=reasons_text(talk, candidate),
        audience=audience_text(talk, form),
    )


def runner_up(talk: Conversation, match: Match) -> str:
    """The form that lies next, and what tells it from the best one; empty when there is none."""
    if len(match.candidates) < 2:
        return ""
    first, second = match.candidates[0].form, match.candidates[1].form
    return talk.text("choose.runner_up", form=form_name(talk, second), apart=form_note(talk, second, first))
