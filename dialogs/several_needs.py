"""Several needs in one message, to be taken one after the other (DESIGN 3, G 5.1.5)."""

from __future__ import annotations

import re

from dialogs.conversation import Conversation
from dialogs.taken_back import after_changed_mind
from knowledge.matching import Match

_IN_ENVIRONMENT = re.compile(r"\s+(?:i|til|in|to)\s+(?:test|preprod|prod)\b", re.IGNORECASE)

# "En ny PC og" was said before the next need.
_AND_THEN = re.compile(r"[\s,;]+(?:og|and|samt|pluss|plus)(?:\s+(?:så|also|også|òg|then))?[\s,;]*$", re.IGNORECASE)


def needs_of(talk: Conversation, text: str, match: Match) -> tuple[str, ...]:
    """The separate needs of a message in its own words; empty when there is one. `match` is the text's."""
    needs = _by_system_and_environment(talk, text) or match.needs
    if any(_tells_what_was_tried(talk, need) or after_changed_mind(need) for need in needs[1:]):
        return ()  # "nei vent, det er Outlook" puts the first right, and is no second need
    return tuple(_AND_THEN.sub("", need) for need in needs)


def _by_system_and_environment(talk: Conversation, text: str) -> tuple[str, ...]:
    """ "Oppgradering: Websak i test, Gerica i preprod og UBW i prod" is a need for each system; else none."""
    if not _IN_ENVIRONMENT.search(text):
        return ()
    hits = sorted(talk.systems_in(text), key=lambda hit: hit.start)
    pairs = [(hit, found) for hit in hits if (found := _IN_ENVIRONMENT.match(text, hit.end))]
    if len({hit.system.id for hit, _ in pairs}) < 2:
        return ()
    head = text[: pairs[0][0].start].strip(" :,-–")
    # What is said after the last of them ("alle til 9.1, helst neste uke") is said of each.
    tail = text[pairs[-1][1].end() :].strip(" .,;–-")
    return tuple(f"{head}: {text[hit.start : found.end()]}{f', {tail}' if tail else ''}" for hit, found in pairs)


def _tells_what_was_tried(talk: Conversation, need: str) -> bool:
    """ "Har prøvd omstart og AKS fryser fortsatt" goes on with the same matter."""
    tried = talk.reading(need).tried
    return bool(tried) and need.strip().lower().startswith(str(tried).lower())
