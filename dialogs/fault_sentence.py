"""The sentence of a message that tells what fails, where the message as a whole leads to no form."""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from knowledge.matching import Decision, Match
from knowledge.reading import Extent
from knowledge.reading.outage import says_it_fails
from knowledge.reading.sentences import sentences_of


def match_of(talk: Conversation, text: str) -> Match:
    """The forms for the text, or else for the sentence in it that tells what fails at work: anger and a deadline beside
    it are no reason not to understand."""
    whole = talk.match(text)
    if whole.decision is not Decision.NONE:
        return whole
    for sentence in sentences_of(text):
        found = talk.match(sentence) if _fails_at_work(talk, sentence) else whole
        if found.decision is not Decision.NONE and found.candidates:
            return replace(found, decision=Decision.ASK)
    return whole


def _fails_at_work(talk: Conversation, sentence: str) -> bool:
    """Whether the sentence says that a system fails, or that others than the writer cannot go on."""
    if not says_it_fails(sentence.lower()):
        return False
    read = talk.reading(sentence)
    return bool(read.systems or read.critical_words) or read.extent not in (None, Extent.USER)
