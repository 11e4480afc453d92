"""How an answer reads in a language: the person's on the screen, bokmål in the case (G 5.1.1).

What is kept is the value; an option, a yes, a time or "vet ikke" is put into words when it is shown, so that whoever
changes language reads what was answered before in the new one, and the solver reads one language. What people wrote
themselves stands as they wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.items import DraftItem, items_of
from dialogs.state import LATER_VALUE, UNKNOWN_VALUE, Answer, Draft, SaidTime
from dialogs.texts import DEFAULT_LANGUAGE
from knowledge.catalogue import FieldType

ENVIRONMENT = "miljo"

# Answers that are the bot's own words, kept as bokmål has them.
_OWN_WORDS = (
    "value.several_users", "value.nothing_tried", "value.no_workaround", "value.no_workaround_planned",
    "value.nothing_to_do", "value.nothing_noticed",
)  # fmt: skip
_BY_VALUE = {UNKNOWN_VALUE: "value.unknown", LATER_VALUE: "value.sent_later"}


def own_words(talk: Conversation, key: str, source: str = "said") -> Answer:
    """An answer in the bot's own words: the case has them in bokmål, the person reads his language."""
    return Answer(talk.case_text(key), talk.text(key), source)


def yes_or_no_answer(talk: Conversation, said: bool, source: str = "said") -> Answer:
    """The answer to a question that is answered with yes or no."""
    return Answer(said, talk.text("value.yes" if said else "value.no"), source)


def shown_answer(talk: Conversation, draft: Draft, item: DraftItem) -> str:
    """The answer to this item in the conversation's language. The item must have one."""
    return answer_in(talk, draft, item, talk.state.language)


def lines_in_a_row(talk: Conversation, draft: Draft, items: Iterable[DraftItem]) -> str:
    """ "Omfang: Én bruker; Telefon: 22 33 44 55": what these items hold, in a sentence. Each must have an answer."""
    return "; ".join(f"{item.label.rstrip('?')}: {shown_answer(talk, draft, item)}" for item in items)


def shown_with_doubt(talk: Conversation, draft: Draft, item: DraftItem) -> str:
    """The same, and that it is only assumed when nobody has said it: then it is there to be corrected."""
    shown = shown_answer(talk, draft, item)
    return talk.text("summary.assumed", value=shown) if draft.answers[item.key].source == "assumed" else shown


def case_lines(talk: Conversation, draft: Draft) -> tuple[tuple[str, str, str], ...]:
    """(key, label, answer) of all that is answered, as the case has it: in bokmål."""
    return tuple(
        (item.key, item.label.rstrip("?"), answer_in(talk, draft, item, DEFAULT_LANGUAGE))
        for item in items_of(talk, draft, DEFAULT_LANGUAGE)
        if item.key in draft.answers
    )


def show_said_time(talk: Conversation, value: str, said: SaidTime, language: str) -> str:
    """A time as it was said: exactly, or about right with the words that were used."""
    texts, at = talk.all_texts[language], datetime.fromisoformat(value)
    shown = show_moment(at, language, talk.situation.now, said.with_time)
    if not said.words:
        return shown
    return texts("value.about" if said.estimate else "value.part_of_day", moment=shown, words=said.words)


def answer_in(talk: Conversation, draft: Draft, item: DraftItem, language: str) -> str:
    """The answer to an item of this language; the item must have one."""
    answer = draft.answers[item.key]
    texts, value = talk.all_texts[language], answer.value
    if isinstance(value, bool):
        return texts("value.yes" if value else "value.no")
    if answer.time is not None:
        return show_said_time(talk, str(value), answer.time, language)
    if not isinstance(value, str):
        return answer.shown
    if value in _BY_VALUE:
        return texts(_BY_VALUE[value])
    if item.key == ENVIRONMENT and len(draft.environments) > 1:
        return texts("environments.shown", names=", ".join(draft.environments))
    if item.type is FieldType.CHOICE:
        return dict(item.options).get(value, answer.shown)
    for key in _OWN_WORDS:
        if value == talk.case_text(key):
            return texts(key)
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        return answer.shown
    # An article that did not help is named in the person's language; what is kept, and so the case, has it in bokmål.
    return (value or answer.shown) if language == DEFAULT_LANGUAGE else answer.shown
