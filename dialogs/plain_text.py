"""The complete plain-text path of every reply (DESIGN 2, step 6): what a terminal shows, and what a card falls back to.

Choices are numbered, because a number is the shortest thing to type; links stand in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.replies import Choice, Input, Link, Questions, Reply, Summary, Text
from dialogs.state import UNKNOWN_VALUE
from dialogs.texts import Texts

# A question with more options than this would be hard to read in a list; its words say what is meant.
_MOST_OPTIONS_IN_WORDS = 12


def render(reply: Reply, texts: Texts) -> str:
    """The reply as plain text, several lines."""
    match reply:
        case Text():
            parts = [reply.text, _links(reply.links), _choices(reply.choices)]
        case Questions() if reply.all_at_once:
            parts = [reply.intro, numbered(reply.inputs)]
        case Questions():
            parts = [reply.intro, reply.question, _help(reply, texts), _choices(reply.choices)]
        case Summary():
            # "Hva er tregt? Vet ikke": a question needs no colon.
            rows = "\n".join(
                f"{row.label}{' ' if row.label.endswith('?') else ': '}{_indent(row.value)}" for row in reply.rows
            )
            notes = "\n".join(f"* {note}" for note in reply.notes)
            parts = [reply.title.upper(), rows, notes, _links(reply.links), numbered(reply.inputs), reply.question]
            # Where something is asked, a number answers it, so what else can be done is written in words.
            parts.append(_in_words(reply.choices[1:], texts) if reply.inputs else _choices(reply.choices))
    return "\n".join(part for part in parts if part)


def numbered(inputs: Sequence[Input]) -> str:
    """What is asked, one line each; a single question needs no number. Options stand in words, to be answered so."""
    asked = [one for one in inputs if one.required and not one.value]
    lines = [_question(one) for one in asked]
    return lines[0] if len(lines) == 1 else "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _question(one: Input) -> str:
    # What the last option of a card says, "vet ikke", may always be answered in words, so it is not listed.
    options = [label for value, label in one.options if value != UNKNOWN_VALUE]
    known_ones = options if 1 < len(options) <= _MOST_OPTIONS_IN_WORDS else []
    return f"{one.question} ({' / '.join(known_ones)})" if known_ones else one.question


def _help(reply: Questions, texts: Texts) -> str:
    current = next((one for one in reply.inputs if one.key == reply.current), None)
    if current is None:
        return ""
    hint = "" if current.required else texts("fill.may_skip")
    return " ".join(part for part in (current.help, hint) if part)


def _choices(choices: Sequence[Choice]) -> str:
    return "\n".join(f"  {number}. {choice.label}" for number, choice in enumerate(choices, 1))


def _in_words(choices: Sequence[Choice], texts: Texts) -> str:
    labels = ", ".join(
        texts("quote.word", word=choice.label.lower()) for choice in choices if not choice.id.startswith("other:")
    )
    return texts("summary.or_write", labels=labels)


def _links(links: Sequence[Link]) -> str:
    return "\n".join(link.url if link.label in link.url else f"{link.label}: {link.url}" for link in links)


def _indent(value: str) -> str:
    return value.replace("\n", "\n    ")
