"""How easy a text is to read, and what only bokmål says: measured for all that the bot says itself."""

from __future__ import annotations

import re

MAX_AVERAGE_LIX = 35.0


def lix(text: str) -> float:
    """Björnsson's readability index: words per sentence plus the percentage of words longer than six letters.

    Under 30 is very easy, 30-40 easy. A sentence ends at . ! ? or : before a new beginning, and at the end of a line,
    so neither "kl. 14", "1.linje" nor a list without full stops makes a false one.
    """
    words = re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", text)
    if not words:
        return 0.0
    sentences = [
        part for part in re.split(r"[.!?:]+(?=\W*(?:\s[–«\"]?[A-ZÆØÅ]|$))|\n", text) if re.search(r"[^\W\d_]", part)
    ]
    long_words = [word for word in words if len(word) > 6]
    return len(words) / len(sentences) + 100 * len(long_words) / len(words)
