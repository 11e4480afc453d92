"""The person's role may not use the form: pass it on, order access, or hear who can (G 3.2.2, 4.1)."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.forms import audience_text, form_name_in_full
from dialogs.replies import Choice
from dialogs.state import Draft
from dialogs.system_advice import forvalter_of, system_of
from knowledge.catalogue import Form


def ask(talk: Conversation, draft: Draft, form: Form) -> None:
    """What to do instead; the draft is kept meanwhile."""
    if draft.passes_on:
        _ask_who_can(talk, draft, form)
        return
    choices = (
        Choice("right:pass", talk.text("right.pass"), "positive"),
        Choice("right:access", talk.text("right.access")),
        Choice("right:cancel", talk.text("button.cancel")),
    )
    talk.say("right.lacking", form=form_name_in_full(talk, form), audience=audience_text(talk, form), choices=choices)
    talk.ask_choice("right", draft.id, choices)


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
