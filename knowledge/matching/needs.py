"""Two needs in one message: where one ends and the next begins."""

from __future__ import annotations

import re

from knowledge.reading.sentences import AFTER_AN_ORDINAL

# The full stop of "1. desember" and of "2. etasje" ends no sentence.
_SENTENCE = re.compile(
    rf"(?<=[.!?])(?!(?<=\d\.)\s+{AFTER_AN_ORDINAL})\s+|\n+|;\s+",
    re.IGNORECASE,
)
_ADDITION = re.compile(
    r"[,.]?\s+(?:og\s+)?(?:i\s+tillegg|dessuten|samtidig|forresten|i\s+same\s+slengen|også\s+trenger|og\s+så|også\s+må|"
    r"also|in\s+addition|pluss\s+at|og\s+i\s+tillegg)\b[,:]?\s*",
    re.IGNORECASE,
)
# At the start of a line, or "2)" anywhere: "i 5. etasje" and "den 4. januar" are no lists.
_LISTED = re.compile(r"(?:(?:^|\n)\s*(?:\d[.)]|[-*•])|(?<=\s)\d\))\s+")
# Who pays is said of the need before it.
_BILLING = re.compile(
    r"\b(?:ressurs|faktura|kostnads|bestillerref)\w*(?:\s*(?:nr\.?|nummer|er|og|:|=))*\s*[\w/-]*\d[\w/-]*",
    re.IGNORECASE,
)
# So is whom to call about it: "ring meg på 90012345 ved spørsmål".
_CALL_BACK = re.compile(
    r"\b(?:ring(?:e|es)?|kontakt(?:es|e)?|nås?|treffes|call|reach|contact)\b[^.!?\n]{0,40}?(?:\+47\s?)?\d(?:\s?\d){7}\b"
    r"(?:\s+(?:ved|hvis|om|if|with)\s+\w+(?:\s+\w+){0,3})?",
    re.IGNORECASE,
)
# Who writes and which code it gives is said of the need before it: "vi er forvaltere", "jobben gir feilkode 503".
_TOLD_OF_IT = re.compile(
    r"^(?:(?:jeg|eg|vi|me|i|we)\s+(?:er|am|are)\s+(?:\S+\s+){0,2}?\S*(?:forvalt\w*|superbruker\w*|superbrukar\w*|1\.?\s?linje|leder\w*|"
    r"leiar\w*|hovedkontakt\w*)(?:\s+\S+){0,4}"
    r"|(?:\S+\s+){0,3}(?:gir|gjev|får|viser|med|gives|shows)\s+(?:feilkode|feilmelding|error(?:\s+code)?)\b(?:\s+\S+){1,4})\W*$",
    re.IGNORECASE,
)
_SHORTEST = 12  # characters; less is a remark ("Takk!"), not a need
_MOST = 3


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a text, in order, when two or three of them may each be a need of its own; none when it is one
    piece or many. What may be no need (`may_be_need`) is among them, since it says something of the need before it."""
    pieces = [text]
    for divider in (_LISTED, _SENTENCE, _ADDITION):
        pieces = [part.strip() for piece in pieces for part in divider.split(piece)]
    pieces = [piece for piece in pieces if piece]
    return tuple(pieces) if 2 <= sum(map(may_be_need, pieces)) <= _MOST else ()


def may_be_need(piece: str) -> bool:
    """Whether a piece is long enough, and more than who pays, whom to call, who writes or which code it gives."""
    if _TOLD_OF_IT.match(piece.strip()):
        return False
    return len(_CALL_BACK.sub("", _BILLING.sub("", piece)).strip(" .,;")) >= _SHORTEST


def says_only_who_pays(piece: str) -> bool:
    """Whether a piece holds billing numbers and nothing else."""
    return bool(_BILLING.search(piece)) and not _BILLING.sub("", piece).strip(" .,;")


def announces_another(text: str) -> bool:
    """Whether the text says itself that there are several: a list, "i tillegg", "dessuten"."""
    return bool(_ADDITION.search(text)) or len(_LISTED.findall(text)) >= 2
