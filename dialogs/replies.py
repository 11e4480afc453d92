"""What the bot says, free of channel (DESIGN 2, step 4).

All texts are plain text: no Markdown, no HTML. A renderer escapes them for its place and adds the form (bold,
cards, buttons). Whatever is structured here (choices, inputs, links, rows) has a complete plain-text path, since a
typed answer is valid everywhere: see `plain_text.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.catalogue import FieldType


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `id` comes back as Pressed.action; `label` may be typed instead, and so may its number."""

    id: str
    label: str
    style: str = "default"
    """default | positive | destructive"""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to open; `url` is https or mailto or tel."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Text:
    """Something said, perhaps with links and suggestions of what to say next."""

    text: str
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to fill in. `value` is what is known, as shown to people; `error` why the last value did not do."""

    key: str
    label: str
    type: FieldType
    required: bool
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """(value, label) pairs for a choice"""
    help: str = ""
    error: str = ""
    question: str = ""
    """how it is asked in words, where a text channel asks for several things at once"""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is still missing. A card channel shows all `inputs` at once, a text channel asks `question`.

    With `all_at_once`, a text channel lists the questions of all required inputs that are open, numbered.
    `question` is about the input `current`; `choices` are its possible answers plus skip/back where allowed.
    `submit` is the Pressed.action that the card's button sends with the inputs as values.
    """

    title: str
    intro: str
    inputs: tuple[Input, ...]
    current: str
    question: str
    choices: tuple[Choice, ...]
    submit: Choice
    actions: tuple[Choice, ...] = ()
    """further buttons of the card: cancel, back"""
    all_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a summary. `change` is the Pressed.action that changes it, or empty."""

    label: str
    value: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything about a case or a notice before it is sent, or as it stands now.

    `inputs` are the few things still missing: a card sends them along with its first choice, a text channel asks them.
    """

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    question: str = ""
    inputs: tuple[Input, ...] = ()


Reply = Text | Questions | Summary

_KINDS: Mapping[str, type[Text] | type[Questions] | type[Summary]] = {
    "text": Text,
    "questions": Questions,
    "summary": Summary,
}


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """For the store, so that a repeated message gets the very same answer again: a JSON object for `orjson`, which
    writes the values within by itself."""
    kind = next(name for name, cls in _KINDS.items() if isinstance(reply, cls))
    return {"kind": kind, **{name: getattr(reply, name) for name in reply.__dataclass_fields__}}


def reply_from_json(data: Mapping[str, Any]) -> Reply:
    """The inverse of `reply_to_json`; raises KeyError or TypeError on foreign data."""
    rest = {key: value for key, value in data.items() if key != "kind"}
    if data["kind"] == "text":
        return Text(rest["text"], _links(rest["links"]), _choices(rest["choices"]))
    if data["kind"] == "questions":
        return Questions(
            title=rest["title"],
            intro=rest["intro"],
            inputs=_inputs(rest["inputs"]),
            current=rest["current"],
            question=rest["question"],
            choices=_choices(rest["choices"]),
            submit=Choice(**rest["submit"]),
            actions=_choices(rest["actions"]),
            all_at_once=bool(rest.get("all_at_once")),
        )
    if data["kind"] == "summary":
        return Summary(
            title=rest["title"],
            rows=tuple(Row(**row) for row in rest["rows"]),
            notes=tuple(rest["notes"]),
            links=_links(rest["links"]),
            choices=_choices(rest["choices"]),
            question=rest["question"],
            inputs=_inputs(rest.get("inputs", [])),
        )
    raise KeyError(data["kind"])


def _inputs(data: list[dict[str, Any]]) -> tuple[Input, ...]:
    return tuple(
        Input(**{**one, "type": FieldType(one["type"]), "options": tuple((v, label) for v, label in one["options"])})
        for one in data
    )


def _links(data: list[dict[str, str]]) -> tuple[Link, ...]:
    return tuple(Link(**one) for one in data)


def _choices(data: list[dict[str, str]]) -> tuple[Choice, ...]:
    return tuple(Choice(**one) for one in data)
