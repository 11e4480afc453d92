"""Several environments in one message: the orderer chooses one case for each, one for all, or one of them (G 5.1.5)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.items import DraftItem, find_item, items_of
from dialogs.replies import Choice
from dialogs.shown_answers import ENVIRONMENT
from dialogs.state import Answer, Draft
from knowledge.catalogue import FieldType
from knowledge.reading import Reading


def ask(talk: Conversation, draft: Draft, reading: Reading) -> bool:
    """Ask how to divide it; False when the form takes one environment and no more than one was named."""
    named = _named(find_item(items_of(talk, draft), ENVIRONMENT), reading)
    if len(named) < 2:
        return False
    choices = (
        Choice("env:each", talk.text("environments.each"), "positive"),
        Choice("env:together", talk.text("environments.together" if len(named) == 2 else "environments.all_together")),
        *(Choice(f"env:{name}", talk.text("environments.only", name=name)) for name in named),
    )
    talk.put(replace(draft, environments=named))
    talk.say("environments.ask", names=", ".join(named), choices=choices)
    talk.ask_choice("environments", draft.id, choices)
    return True


def choose(talk: Conversation, draft: Draft, option: str) -> Draft:
    """The draft after the choice: one case for each, all in the same case, or just the one environment."""
    chosen = option.removeprefix("env:")
    if chosen == "together":
        # The line of the form takes one; whoever solves the case reads all of them.
        item = find_item(items_of(talk, draft), ENVIRONMENT)
        label, names = (item.label if item is not None else ENVIRONMENT), ", ".join(draft.environments)
        first = Answer(draft.environments[0], draft.environments[0])
        told = talk.text("environments.in_the_same", label=label, names=names)
        return replace(draft.with_answer(ENVIRONMENT, first).with_more(told), environments=())
    if chosen == "each":
        first = Answer(draft.environments[0], draft.environments[0])
        return replace(draft.with_answer(ENVIRONMENT, first), environments=draft.environments)
    return replace(draft.with_answer(ENVIRONMENT, Answer(chosen, chosen)), environments=())


def versions(draft: Draft) -> tuple[Draft, ...]:
    """The draft as it is sent: once for each environment, or once."""
    if len(draft.environments) < 2:
        return (draft,)
    return tuple(
        replace(draft.with_answer(ENVIRONMENT, Answer(name, name)), environments=()) for name in draft.environments
    )


def _named(item: DraftItem | None, reading: Reading) -> tuple[str, ...]:
    if item is None or item.type is not FieldType.CHOICE:
        return ()
    return tuple(value for value, _ in item.options if value.lower() in reading.environments)
