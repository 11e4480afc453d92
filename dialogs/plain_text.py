"""The complete plain-text path of every reply (DESIGN 2, step 6): what a terminal shows, and what a card falls back to.

Choices are numbered, because a number is the shortest thing to type; links stand in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.replies import Choice, Link, Questions, Reply, Summary, Text
from dialogs.texts import Texts


def render(reply: Reply, texts: Texts) -> str:
    """The reply as plain text, several lines."""
    match reply:
        case Text():
            parts = [reply.text, _links(reply.links), _choices(reply.choices)]
        case Questions():
            parts = [reply.intro, reply.question, _help(reply, texts), _choices(reply.choices)]
        case Summary():
            rows = "\n".join(f"{row.label}: {_indent(row.value)}" for row in reply.rows)
            notes = "\n".join(f"* {note}" for note in reply.notes)
            parts = [reply.title.upper(), rows, notes, _links(reply.links), reply.question, _choices(reply.choices)]
    return "\n".join(part for part in parts if part)


def _help(reply: Questions, texts: Texts) -> str:
    current = next((one for one in reply.inputs if one.key == reply.current), None)
    if current is None:
        return ""
    hint = "" if current.required else texts("fill.may_skip")
    return " ".join(part for part in (current.help, hint) if part)


def _choices(choices: Sequence[Choice]) -> str:
    return "\n".join(f"  {number}. {choice.label}" for number, choice in enumerate(choices, 1))


def _links(links: Sequence[Link]) -> str:
    return "\n".join(link.url if link.label in link.url else f"{link.label}: {link.url}" for link in links)


def _indent(value: str) -> str:
    return value.replace("\n", "\n    ")
