"""A reply as an Adaptive Card 1.5.

Every card says in `fallbackText` what a client without cards must read. The nonce on what can only be done once (a
form's submit, sending a case) lets a double press be answered again without a second effect (DESIGN 2, step 2);
ordinary suggestions carry none, because pressing "report a fault" twice in a day is two reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.rendering.card_parts import button_sets, fact, heading, input_block, link_sets, paragraphs, submit
from bot.rendering.escaping import clean
from dialogs.replies import Choice, Input, Questions, Reply, Row, Summary, Text
from dialogs.texts import Texts
from knowledge.catalogue import FieldType

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
_SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
_MOST_ANSWER_BUTTONS = 6

Card = dict[str, Any]


def build_card(reply: Reply, texts: Texts, nonce: str, fallback: str) -> Card:
    """The card of any reply. `fallback` is the reply as plain text; `nonce` is unique to this card."""
    match reply:
        case Text():
            body = _text(reply)
        case Questions():
            body = _questions(reply, texts, nonce)
        case Summary():
            body = _summary(reply, texts, nonce)
    return card(body, texts, fallback)


def card(body: Sequence[Card], texts: Texts, fallback: str) -> Card:
    """A card of these blocks. `fallback` is what a client without cards shows."""
    return {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "lang": texts.language,
        "fallbackText": fallback,
        "body": list(body),
    }


def _text(reply: Text) -> list[Card]:
    buttons = [submit(choice) for choice in reply.choices]
    return [*paragraphs(reply.text), *button_sets(buttons), *link_sets(reply.links)]


def _questions(reply: Questions, texts: Texts, nonce: str) -> list[Card]:
    body = [heading(reply.title)] if reply.title else []
    body += paragraphs(reply.intro)
    if _is_one_choice(reply):
        # One press instead of "choose, then send".
        only = reply.inputs[0]
        if only.error:
            body += paragraphs(f"⚠ {only.error}", color="Attention")
        body += paragraphs(reply.question or only.label)
        if only.help:
            body += paragraphs(only.help, subtle=True)
        return body + button_sets([submit(choice) for choice in (*reply.choices, *_others(reply))])
    for one in _asked(reply):
        body += input_block(one, texts)
    buttons = [submit(reply.submit, nonce=nonce, with_inputs=True), *(submit(one) for one in reply.actions)]
    return body + button_sets(buttons)


def _asked(reply: Questions) -> tuple[Input, ...]:
    """The inputs; a question about something that has none (a file) gets a line to answer in, and stands alone.

    What is known is not shown again then: otherwise the card would look just like the one before it.
    """
    if not reply.current or any(one.key == reply.current for one in reply.inputs):
        return reply.inputs
    line = Input(reply.current, reply.question, FieldType.LONGTEXT, required=True)
    return (line, *(one for one in reply.inputs if not one.value or one.error))


def _is_one_choice(reply: Questions) -> bool:
    return (
        len(reply.inputs) == 1
        and reply.inputs[0].type in (FieldType.CHOICE, FieldType.BOOLEAN)
        and 0 < len(reply.choices) <= _MOST_ANSWER_BUTTONS
    )


def _others(reply: Questions) -> list[Choice]:
    offered = {choice.id for choice in reply.choices}
    return [choice for choice in reply.actions if choice.id not in offered]


def _summary(reply: Summary, texts: Texts, nonce: str) -> list[Card]:
    body = [heading(reply.title)] if reply.title else []
    body += [fact(row.label, row.value) for row in reply.rows]
    for note in reply.notes:
        body += paragraphs(note)
    for one in reply.inputs:
        body += input_block(one, texts)
    if reply.question:
        body += paragraphs(texts("summary.question") if reply.inputs else reply.question)
    changeable = [row for row in reply.rows if row.change]
    menu = [_change_menu(changeable, texts)] if changeable else []
    buttons: list[Card] = []
    for choice in reply.choices:
        if menu and choice.label == texts("card.change"):
            # In text, "change" asks which line; the menu has asked already.
            buttons += menu
            menu = []
        else:
            # Only what sends something on its way can do harm twice; it takes along what was still asked.
            sends = choice.style == "positive"
            buttons.append(submit(choice, nonce=nonce if sends else "", with_inputs=sends and bool(reply.inputs)))
    return body + button_sets(buttons + menu) + link_sets(reply.links)


def _change_menu(rows: Sequence[Row], texts: Texts) -> Card:
    """One "change" button that unfolds to one button a row, so that ten rows do not mean ten buttons."""
    buttons: list[Card] = [
        {
            "type": "Action.Submit",
            "title": clean(row.label),
            "tooltip": f"{texts('card.change')}: {clean(row.label)}",
            "associatedInputs": "none",
            "data": {"losen": 1, "action": row.change},
        }
        for row in rows
    ]
    return {
        "type": "Action.ShowCard",
        "title": texts("card.change"),
        "card": {"type": "AdaptiveCard", "version": "1.5", "body": button_sets(buttons)},
    }
