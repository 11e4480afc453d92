"""Between people's text and Kompass's HTML: escaped on the way out, reduced to text on the way in.

What a person writes must never run in the browser of whoever solves the case, so every sign that means something in
HTML is escaped and the only tags are our own. What comes back is written by people and machines of all sorts; its tags
are dropped, and what stood in scripts and styles with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from html import escape, unescape
from html.parser import HTMLParser

MAX_TITLE = 140
"""Kompass cuts a title here; counted as its server counts (UTF-16)."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LIKE = str.maketrans("<>", "‹›")
# Signs that turn the reading direction can make a text look like another one.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Without signs that mislead or cannot be sent: control characters but line breaks and tabs, lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one in "\n\t" or not _unwanted(one))


def title(text: str) -> str:
    """One line, at most MAX_TITLE. It is plain text, but shown in many lists: the signs of tags become like ones."""
    line = " ".join(clean(text).translate(_LIKE).split())
    if _length(line) <= MAX_TITLE:
        return line
    kept = line[: MAX_TITLE - 1]
    while _length(kept) > MAX_TITLE - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def paragraphs(text: str) -> str:
    """Text as HTML: a paragraph for each run of lines, a break for each line of it."""
    return "".join(_paragraph(part) for part in _BLANK_LINES.split(clean(text).strip()) if part)


def description(text: str, labels: Collection[str], extra: Collection[tuple[str, str]] = ()) -> str:
    """A case as its solver reads it: the person's words as paragraphs, then the answers as a list, in their order.

    text: the description of a case; answers are the lines after the last empty one that begin with one of `labels`
    and a colon, and what follows until the next is part of them. extra: (label, value) added at the end of the list.
    """
    told, answers = _split(clean(text).strip(), labels)
    parts = [_paragraph(part) for part in _BLANK_LINES.split(told) if part]
    items = [f"<li><strong>{_safe(label)}:</strong> {_lines(value)}</li>" for label, value in (*answers, *extra)]
    return "".join([*parts, *(["<ul>", *items, "</ul>"] if items else [])])


def to_text(html: str) -> str:
    """HTML as plain text, with lines where it had blocks. Some answers come escaped once more; that is undone."""
    if "<" not in html:
        html = unescape(html)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _split(text: str, labels: Collection[str]) -> tuple[str, list[tuple[str, str]]]:
    told, _, tail = text.rpartition("\n\n")
    first, _, _ = tail.partition("\n")
    if _label(first, labels) is None:
        return text, []
    answers: list[tuple[str, str]] = []
    for line in tail.split("\n"):
        label = _label(line, labels)
        if label is not None:
            answers.append((label, line[len(label) + 1 :].strip()))
        else:
            answers[-1] = (answers[-1][0], f"{answers[-1][1]}\n{line}")
    return told, answers


def _label(line: str, labels: Collection[str]) -> str | None:
    name, colon, _ = line.partition(":")
    return name if colon and name in labels else None


def _paragraph(text: str) -> str:
    return f"<p>{_lines(text)}</p>"


def _lines(text: str) -> str:
    return "<br>".join(_safe(line.rstrip()) for line in text.strip("\n").split("\n"))


def _unwanted(sign: str) -> bool:
    return sign in _TURNS or unicodedata.category(sign) in ("Cc", "Cs")


def _safe(text: str) -> str:
    return escape(text, quote=True)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


class _Reader(HTMLParser):
    _BLOCKS = frozenset("p div li ul ol br tr table h1 h2 h3 h4 h5 h6 blockquote pre hr".split())
    _UNSEEN = frozenset(("script", "style", "head", "title", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._UNSEEN:
            self._unseen += 1
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in self._BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
