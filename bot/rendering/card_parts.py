"""The building blocks of our cards (Adaptive Cards 1.5, what Teams and Web Chat both show).

A button carries an opaque choice id and nothing a forger would gain from (teams.md 5.1). Nothing is told by colour
alone: an error is a sentence, a style only adds weight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from bot.rendering.escaping import clean, neutral_markdown
from dialogs.replies import Choice, Input, Link
from dialogs.texts import Texts
from knowledge.catalogue import FieldType

Element = dict[str, Any]

# Teams shows six buttons of a set and hides the rest in a menu, or drops them on older clients.
BUTTONS_PER_SET = 6
# Radio buttons are easier to read and press than a drop-down while they are few.
MOST_RADIO_BUTTONS = 5

_BUTTON_STYLES = {"positive": "positive", "destructive": "destructive"}


def heading(text: str) -> Element:
    """A heading that screen readers announce as one."""
    return {
        "type": "TextBlock",
        "style": "heading",
        "size": "Medium",
        "weight": "Bolder",
        "wrap": True,
        "text": neutral_markdown(text),
    }


def paragraphs(text: str, *, color: str = "Default", subtle: bool = False, close: bool = False) -> list[Element]:
    """One block a line, so that no client's treatment of line breaks matters; an empty line becomes distance.

    `close` sets the first line right under what stands above.
    """
    blocks: list[Element] = []
    gap = not close
    for line in clean(text).split("\n"):
        if not line.strip():
            gap = True
            continue
        run: Element = {"type": "TextRun", "text": line}
        if color != "Default":
            run["color"] = color
        if subtle:
            run["isSubtle"] = True
        blocks.append({"type": "RichTextBlock", "spacing": "Default" if gap else "None", "inlines": [run]})
        gap = False
    return blocks


def fact(label: str, value: str) -> Element:
    """A line of a summary: what it is, and what we have."""
    lines = [line for line in clean(value).split("\n") if line.strip()] or ["–"]
    first: Element = {
        "type": "RichTextBlock",
        "spacing": "Small",
        "inlines": [
            {"type": "TextRun", "text": f"{clean(label)}: ", "weight": "Bolder"},
            {"type": "TextRun", "text": lines[0]},
        ],
    }
    if len(lines) == 1:
        return first
    rest = [
        {"type": "RichTextBlock", "spacing": "None", "inlines": [{"type": "TextRun", "text": line}]}
        for line in lines[1:]
    ]
    return {"type": "Container", "spacing": "Small", "items": [first, *rest]}


def submit(choice: Choice, *, nonce: str = "", with_inputs: bool = False) -> Element:
    """A button that comes back as `Pressed`; it takes the card's inputs along only when it is the one that submits."""
    data: Element = {"losen": 1, "action": choice.id}
    if nonce:
        data["nonce"] = nonce
    button: Element = {"type": "Action.Submit", "title": clean(choice.label), "data": data}
    if not with_inputs:
        # Otherwise the client would refuse "cancel" until every required input is filled in.
        button["associatedInputs"] = "none"
    if choice.style in _BUTTON_STYLES:
        button["style"] = _BUTTON_STYLES[choice.style]
    return button


def button_sets(buttons: Sequence[Element]) -> list[Element]:
    """All the buttons, in sets that every client shows whole."""
    return [
        {"type": "ActionSet", "actions": list(buttons[start : start + BUTTONS_PER_SET])}
        for start in range(0, len(buttons), BUTTONS_PER_SET)
    ]


def link_sets(links: Sequence[Link]) -> list[Element]:
    """All the links, in sets of their own: among the buttons, a form's name looks like "start this one".

    The tooltip tells where a link goes; the page also knows links by it.
    """
    return button_sets(
        [
            {"type": "Action.OpenUrl", "title": clean(link.label), "url": link.url, "tooltip": clean(link.url)}
            for link in links
        ]
    )


def input_block(one: Input, texts: Texts) -> list[Element]:
    """The input with its label and what is known, its help, and what was wrong with the last value."""
    element: Element = {"id": one.key, "label": _label(one, texts), **_input(one, texts)}
    if one.required:
        element["isRequired"] = True
        element["errorMessage"] = texts("card.required")
    blocks = [element]
    if one.error:
        blocks += paragraphs(f"⚠ {one.error}", color="Attention")
    if one.help:
        blocks += paragraphs(one.help, subtle=True)
    return blocks


def _label(one: Input, texts: Texts) -> str:
    return clean(one.label) if one.required else f"{clean(one.label)} ({texts('card.optional')})"


def _input(one: Input, texts: Texts) -> Element:
    match one.type:
        case FieldType.CHOICE if one.options:
            return _choice_set(one, one.options, texts)
        case FieldType.BOOLEAN:
            return _choice_set(one, one.options or _yes_no(texts), texts)
        case FieldType.DATE if not one.value or _is_iso_date(one.value):
            return _with_value({"type": "Input.Date"}, one.value)
        case FieldType.DATE:
            # What is known is shown as people read it ("23. november"), which a date picker cannot hold.
            return _with_value({"type": "Input.Text", "placeholder": texts("card.date_hint")}, one.value)
        case FieldType.DATETIME:
            # Free words are the point: "i går kl. 8" is what people know, and the engine reads it.
            return _with_value({"type": "Input.Text", "placeholder": texts("card.time_hint")}, one.value)
        case FieldType.NUMBER if not one.value or _number(one.value) is not None:
            element: Element = {"type": "Input.Number"}
            return {**element, "value": _number(one.value)} if one.value else element
        case FieldType.LONGTEXT:
            return _with_value({"type": "Input.Text", "isMultiline": True}, one.value)
        case FieldType.PHONE:
            return _with_value({"type": "Input.Text", "style": "Tel"}, one.value)
        case _:
            return _with_value({"type": "Input.Text"}, one.value)


def _choice_set(one: Input, options: Sequence[tuple[str, str]], texts: Texts) -> Element:
    expanded = len(options) <= MOST_RADIO_BUTTONS
    element: Element = {
        "type": "Input.ChoiceSet",
        "style": "expanded" if expanded else "compact",
        "wrap": True,
        "choices": [
            {"title": neutral_markdown(label) if expanded else clean(label), "value": value} for value, label in options
        ],
    }
    if not expanded:
        element["placeholder"] = texts("card.choose")
    # `value` of an input is what people read; a choice set wants the option behind it.
    known = next((value for value, label in options if one.value in (value, label)), "") if one.value else ""
    return _with_value(element, known)


def _yes_no(texts: Texts) -> tuple[tuple[str, str], ...]:
    return (("ja", texts("value.yes")), ("nei", texts("value.no")))


def _with_value(element: Element, value: str) -> Element:
    return {**element, "value": clean(value)} if value else element


def _is_iso_date(value: str) -> bool:
    parts = value.split("-")
    return [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdigit() for part in parts)


def _number(value: str) -> float | int | None:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number
