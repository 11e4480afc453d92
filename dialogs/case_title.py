"""The title of a case: the sentence that tells the matter. It is read aloud to the one on duty too (G 5.1.2.2).

People begin with a greeting, a shout, a question to the bot, the head of an e-mail. None of these says what is wrong,
so the title is the first sentence that does: one that leads to the form of the case, or tells that something fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from dialogs.conversation import Conversation
from dialogs.phrases import fold_phrase, phrases
from dialogs.state import Draft
from dialogs.taken_back import after_no
from knowledge.matching import Decision
from knowledge.reading.kind import read_kind
from knowledge.reading.outage import says_it_fails
from knowledge.reading.sentences import first_sentence_of, sentences_of

# Kompass cuts a title at 140 characters.
MAX_TITLE = 140
# A long story is looked through this far.
_MOST_SENTENCES = 8
_FEWEST_WORDS = 3
_HELLO = r"(?:hei(?:sann|hei)?|hallo|halla|heia|god\s+(?:morgen|dag|kveld)|hey|hi|hello|dear|kjære|good\s+morning)"
_GREETING = re.compile(
    rf"^(?i:{_HELLO})\b(?:\s+[A-ZÆØÅ][\w-]+(?=\s*,)|\s+(?i:dere|alle|du|there|all)\b)?\s*[,!.–-]+\s*"
)
# "2, altså alle tre": the choice in a list that was shown; "3. etasje" is none.
_CHOICE = re.compile(r"^\d{1,2}\s*,\s+(?:(?:altså|ja|yes|og|and)\b[\s,]*)?(?=[^\W\d_]{2})", re.IGNORECASE)
_HEADER = re.compile(r"^(?:fra|frå|from|til|to|sendt|sent|dato|date|kopi|cc|emne|subject)\s*:\s", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:emne|subject)\s*:\s*(?:(?:vs|sv|fw|fwd|re|ang)\s*:\s*)*(?P<subject>.*?)"
    rf"(?=\s{_HELLO}\b|\s*$)",
    re.IGNORECASE,
)
_SHOUTED_LETTERS = 8


def title_of(talk: Conversation, draft: Draft) -> str:
    """The sentence that tells the matter, in the person's words, at most 140 characters."""
    title = _sentence(talk, draft)
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rstrip() + "…"


def _sentence(talk: Conversation, draft: Draft) -> str:
    passed: list[str] = []
    for written, is_own in islice(_sentences(draft.text), _MOST_SENTENCES):
        sentence = _bare(written)
        if not any(sign.isalpha() for sign in sentence) or fold_phrase(sentence) in phrases().commands:
            continue
        is_plain = is_own and not passed and not _may_say_nothing(sentence)
        if is_plain or _leads(talk, draft, sentence) or (is_own and _fails(draft, sentence)):
            return sentence
        passed.append(sentence)
    said = [sentence for sentence in passed if not _is_shout(sentence)] or passed
    return said[0] if said else first_sentence_of(draft.text)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Each sentence, and whether it is one of the person's own and no head of an e-mail."""
    for line in filter(None, map(str.strip, text.split("\n"))):
        body = line
        if _HEADER.match(line):
            subject = _SUBJECT.search(line)
            if subject is None:
                continue
            yield subject["subject"].strip(), False
            body = line[subject.end() :]
        for sentence in sentences_of(body):
            yield sentence, True


def _bare(sentence: str) -> str:
    """Without the greeting, the number of a choice or the "nei" that it begins with."""
    bare = _CHOICE.sub("", _GREETING.sub("", sentence.strip()))
    return after_no(bare) or bare


def _may_say_nothing(sentence: str) -> bool:
    """A shout or a question: these say what is wrong only now and then."""
    return sentence.rstrip().endswith("?") or read_kind(sentence) == "question" or _is_shout(sentence)


def _is_shout(sentence: str) -> bool:
    """ "HELP.", "DETTE ER TREDJE GANGEN": a word or two, or all in capitals."""
    letters = [sign for sign in sentence if sign.isalpha()]
    loud = len(letters) >= _SHOUTED_LETTERS and all(sign.isupper() for sign in letters)
    return loud or len(sentence.split()) < _FEWEST_WORDS


def _leads(talk: Conversation, draft: Draft, sentence: str) -> bool:
    """Whether the sentence alone leads to the form of the case."""
    match = talk.match(sentence)
    return match.decision is not Decision.NONE and match.best is not None and match.best.form.id == draft.form_id


def _fails(draft: Draft, sentence: str) -> bool:
    """Whether the sentence tells what fails."""
    if draft.kind != "support":
        return False
    return says_it_fails(sentence.lower()) or (not _may_say_nothing(sentence) and read_kind(sentence) == "support")
