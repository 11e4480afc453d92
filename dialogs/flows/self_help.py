"""Self-help first, for employees with a fault (G 3.2.1): show the steps, ask whether they helped, else go on."""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Role
from dialogs.conversation import Conversation
from dialogs.flows import fill_case
from dialogs.replies import Choice
from dialogs.state import Draft
from knowledge.catalogue import Form

# A security incident is reported at once: nobody is to try steps first.
_AT_ONCE = frozenset({"Sikkerhetshendelser"})


def applies(talk: Conversation, draft: Draft, form: Form) -> bool:
    """Whether there is a fitting article, and the person is a plain employee who has not tried anything.

    A report that names a critical consequence, or that says something was tried, is not held up by self-help.
    """
    reading = talk.reading(draft.text)
    if not talk.roles <= {Role.ANSATT} or reading.critical or reading.tried or form.service in _AT_ONCE:
        return False
    return bool(talk.knowledge.selfhelp.for_form(form.id))


def offer(talk: Conversation, draft: Draft, form: Form) -> bool:
    """Show a fitting article and ask; False when self-help does not apply."""
    if not applies(talk, draft, form):
        return False
    ask(talk, replace(draft, form_id=form.id))
    return True


def ask(talk: Conversation, draft: Draft) -> None:
    """Show the steps of the article for the draft's form, and ask whether they helped."""
    article = talk.knowledge.selfhelp.for_form(draft.form_id or 0)[0]
    draft = talk.put(replace(draft, stage="self_help"))
    choices = (
        Choice("help:yes", talk.text("self_help.yes"), "positive"),
        Choice("help:no", talk.text("self_help.no")),
    )
    talk.say("self_help.try", title=article.title, body=article.body, choices=choices)
    talk.ask_choice("self_help", draft.id, choices)


def answer(talk: Conversation, draft: Draft, helped: bool) -> None:
    """It helped: done, and no case. It did not: the article counts as tried, and the report goes on."""
    if helped:
        talk.finish_draft(draft)
        talk.say("self_help.glad")
        return
    article = talk.knowledge.selfhelp.for_form(draft.form_id or 0)[0]
    told = talk.reading(draft.text).tried
    tried = talk.text("self_help.tried", title=article.title)
    fill_case.start(talk, draft, tried=f"{told}. {tried}" if told else tried)
