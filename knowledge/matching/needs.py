"""Two needs in one message: where one ends and the next begins."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|;\s+")
_ADDITION = re.compile(
    r"[,.]?\s+(?:og\s+)?(?:i\s+tillegg|dessuten|samtidig|forresten|i\s+same\s+slengen|også\s+trenger|og\s+så|også\s+må|"
    r"also|in\s+addition|pluss\s+at|og\s+i\s+tillegg)\b[,:]?\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|\s)(?:\d[.)]|[-*•])\s+")
_SHORTEST = 12  # characters; less is a remark ("Takk!"), not a need
_MOST = 3


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a text that may each be a need of its own, at most three; none when it is one piece or many."""
    pieces = [text]
    for divider in (_LISTED, _SENTENCE, _ADDITION):
        pieces = [part.strip() for piece in pieces for part in divider.split(piece)]
    pieces = [piece for piece in pieces if len(piece) >= _SHORTEST]
    return tuple(pieces) if 2 <= len(pieces) <= _MOST else ()
