"""What a card and a numbered list show of an item: its label, what is known, its options, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.conversation import Conversation
from dialogs.identity import as_asked
from dialogs.items import DraftItem
from dialogs.replies import Input
from dialogs.shown_answers import shown_answer
from dialogs.state import UNKNOWN_VALUE, Draft
from dialogs.system_names import choice_name, rivals
from knowledge.catalogue import FieldType

# A register is searched for a name, not for a story.
_LONGEST_NAME = 200


def input_of(talk: Conversation, draft: Draft, item: DraftItem, errors: Mapping[str, str]) -> Input:
    """The item as something to fill in. `errors` by item key: why the last value did not do."""
    asked = as_asked(talk, draft, item)
    answer = draft.answers.get(item.key)
    value = ""
    if answer is not None:
        value = str(answer.value) if item.type is FieldType.CHOICE else shown_answer(talk, draft, item)
    return Input(
        key=item.key,
        label=asked.label,
        type=item.type,
        required=item.required,
        value=value,
        options=(*options_of(talk, item), *unknown_option(talk, item)),
        help=item.help,
        error=errors.get(item.key, ""),
        question=asked.question,
    )


def unknown_option(talk: Conversation, item: DraftItem) -> tuple[tuple[str, str], ...]:
    """On a card, where one cannot type it, "vet ikke" is a choice of every required choice."""
    closed = item.type in (FieldType.CHOICE, FieldType.BOOLEAN) and item.required and item.key != "groups"
    return ((UNKNOWN_VALUE, talk.text("value.unknown")),) if closed else ()


def options_of(talk: Conversation, item: DraftItem) -> tuple[tuple[str, str], ...]:
    """(value, label) of what can be answered, for a choice, a yes or no, and a name that several systems share."""
    if item.type is FieldType.SYSTEM:
        # Several systems share the name that was said: the person chooses (G 5.1.2.3).
        names = [choice_name(one) for one in rivals(talk.systems_in(talk.said[:_LONGEST_NAME]))]
        return tuple((name, name) for name in names)
    if item.type is FieldType.BOOLEAN:
        return (("ja", talk.text("value.yes")), ("nei", talk.text("value.no")))
    return item.options
