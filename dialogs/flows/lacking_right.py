"""The person's role may not use the form: pass it on, order access, or hear who can (G 3.2.2, 4.1)."""

from __future__ import annotations

import re

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.forms import SHOWN_SHARE, audience_text, form_name, form_name_in_full, may_use
from dialogs.replies import Choice
from dialogs.state import Draft
from dialogs.system_advice import forvalter_of, system_of
from knowledge.catalogue import Form, Kind

_ANY = "systemet"


def ask(talk: Conversation, draft: Draft, form: Form) -> None:
    """What to do instead; the draft is kept meanwhile."""
    if draft.passes_on:
        _ask_who_can(talk, draft, form)
        return
    own = for_any_system(talk, draft, form)
    choices = [
        Choice("right:pass", talk.text("right.pass"), "default" if own else "positive"),
        Choice("right:access", talk.text("right.access")),
        Choice("right:cancel", talk.text("button.cancel")),
    ]
    if own is not None:
        choices.insert(0, Choice(f"right:use:{own.id}", talk.text("right.use", form=form_name(talk, own)), "positive"))
    key, name = ("right.lacking", "") if own is None else ("right.lacking_forvalter", form_name(talk, own))
    named, audience = form_name_in_full(talk, form), audience_text(talk, form)
    talk.say(key, form=named, audience=audience, own=name, choices=choices)
    talk.ask_choice("right", draft.id, choices)


def for_any_system(talk: Conversation, draft: Draft, form: Form) -> Form | None:
    """The form on which a forvalter reports the fault himself, when the system's own form is not for him.

    The forvalter's case is the one that a fellesfeil is best led by (G 5.1.2.2), so it must not wait for a 1.linje.
    Found by the same words without the system's name, among the forms that name no system.
    """
    if Role.FORVALTER not in talk.roles or form.kind != Kind.SUPPORT:
        return None
    text = draft.text
    for hit in talk.systems_in(draft.text):
        text = re.sub(rf"\b{re.escape(hit.words)}\b", _ANY, text, flags=re.IGNORECASE)
    fitting = (
        one.form
        for one in talk.match(text).candidates
        if one.score >= SHOWN_SHARE
        and one.form.kind == form.kind
        and may_use(talk, one.form)
        and not talk.systems_in(one.form.title)
    )
    return next(fitting, None)


def _ask_who_can(talk: Conversation, draft: Draft, form: Form) -> None:
    """1.linje wants to pass a case on and lacks the right too: say who has it, and offer another form (G 3.2.2)."""
    choices = (
        Choice("right:other", talk.text("right.other_form")),
        Choice("right:cancel", talk.text("button.cancel")),
    )
    system = system_of(talk, draft)
    forvalter = forvalter_of(talk, system) if system is not None else ""
    if system is not None and forvalter:
        talk.say("right.forvalter_is", system=system.name, contact=forvalter)
    talk.say(
        "right.lacking_to_pass_on",
        form=form_name_in_full(talk, form),
        audience=audience_text(talk, form),
        choices=choices,
    )
    talk.ask_choice("right", draft.id, choices)
