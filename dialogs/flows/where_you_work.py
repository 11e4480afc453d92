"""Where the person works, and as what: heard when told, else asked once; remembered, and no right (DESIGN 3)."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.effects import RememberProfile
from dialogs.filling import virksomhet_code
from dialogs.state import Draft, Pending

# "Gamle Oslo, superbruker": where comes first, as what after it.
_FIRST_PART = re.compile(r"\s*(?:[,;\n]|\bog\b|\bsom\b|\band\b|\bas\b)\s*")
_LONGEST_NAME = 80
# A name of a virksomhet we do not know has few words; more of them tell something else.
_MOST_WORDS = 6


def hear(talk: Conversation, text: str) -> None:
    """Take in what a new need tells of the person himself: "jeg er superbruker i Bydel Alna"."""
    if talk.virksomhet:
        return
    reading = talk.reading(text)
    if reading.virksomhet and reading.works_there:
        _remember(talk, reading.virksomhet, reading.role)


def ask(talk: Conversation, draft: Draft) -> None:
    """Ask it before the case is filled in."""
    talk.say("profile.which_virksomhet")
    talk.ask(Pending("virksomhet", draft.id))


def take(talk: Conversation, draft: Draft, text: str) -> bool:
    """The answer. False when it tells no place, and is asked again."""
    reading = talk.reading(text)
    first = _FIRST_PART.split(text.strip())[0]
    code = virksomhet_code(talk, text) or reading.virksomhet or virksomhet_code(talk, first)
    if code is None and len(text.split()) > _MOST_WORDS:
        example = next(iter(talk.knowledge.organisation.virksomheter.values()))
        talk.say("profile.which_virksomhet_again", name=example.name, code=example.code)
        talk.ask(Pending("virksomhet", draft.id))
        return False
    talk.close_question()
    _remember(talk, code or first[:_LONGEST_NAME], reading.role)
    return True


def _remember(talk: Conversation, virksomhet: str, role: str | None) -> None:
    talk.state = replace(talk.state, said_virksomhet=virksomhet, said_role=role or talk.state.said_role)
    talk.effect(RememberProfile(virksomhet=virksomhet, said_role=role))
