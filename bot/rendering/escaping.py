"""Plain text made safe for the places in a card that read Markdown.

Reply texts may hold what a user wrote, and staff read cards: a planted `[link](https://evil)` must show as the
characters it is. Body text goes into RichTextBlock runs, which no client reads as Markdown; only headings and the
titles of radio buttons are Markdown, and pass through `neutral_markdown`.
"""

from __future__ import annotations

import re

_INLINE = re.compile(r"([\\`*_\[\]()<>~|!])")
_LINE_START = re.compile(r"^(\s*)([#>+\-=]|\d+(?=[.)]))", re.MULTILINE)
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|tel|file|javascript|data)(?=:)")
_WORD_JOINER = "\u2060"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


def neutral_markdown(text: str) -> str:
    r"""The text with every Markdown sign escaped, links made dead and line breaks doubled, as a TextBlock needs."""
    text = _INLINE.sub(r"\\\1", clean(text))
    text = _LINE_START.sub(lambda found: f"{found[1]}{_escaped_start(found[2])}", text)
    # An autolinker would still make a link of a bare address: the invisible word joiner breaks the scheme.
    text = _BARE_LINK.sub(rf"\1{_WORD_JOINER}", text)
    return re.sub(r"\n+", "\n\n", text)


def clean(text: str) -> str:
    """The text without control characters, which some clients refuse; line breaks are `\\n`."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` characters, with a sign that it was cut."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def _escaped_start(sign: str) -> str:
    # A digit has no escape of its own: joining it to the dot keeps "1." from becoming a list.
    return f"{sign}{_WORD_JOINER}" if sign.isdigit() else f"\\{sign}"
