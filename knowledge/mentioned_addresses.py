"""Addresses that a text only mentions: whose mailbox it is, and which page was looked up.

"trine@bgo.oslo.kommune.no" signs a message and "se https://…/hjelp" tells what was read; neither says what the matter
is. "https://… er nede" does, so a page counts unless the words before it only refer to it.
"""

from __future__ import annotations

import re

_MAIL_DOMAIN = re.compile(r"(?<=[\w.+-])@[\w-]+(?:\.[\w-]+)+")
_PAGE = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"»]+", re.IGNORECASE)
# "Se", "fulgte oppskriften på", "jf.": the page is named for what stands on it.
_REFERS = re.compile(
    r"\b(?:se|sjå|jf|jfr|ref|les|lest|lese|fulgt|fulgte|følgte|følgde|fant|funnet|oppskrift\w*|veiledning\w*|rettleiing\w*|"
    r"hjelpeside\w*|artikkel\w*|beskrevet|kilde|kjelde|mer\s+info|see|read|followed|according\s+to)\b[\s.:,(]*"
    r"(?:(?:også|her|på|i|fra|at|on|this)\s*:?\s+){0,2}[(<]*$",
    re.IGNORECASE,
)
_LONGEST_REFERENCE = 40


def without_mentions(text: str) -> str:
    """The text with blanks of the same length for them."""
    if "@" in text:
        text = _MAIL_DOMAIN.sub(lambda hit: " " * len(hit[0]), text)
    if "://" in text or "www." in text.lower():
        text = _PAGE.sub(lambda hit: " " * len(hit[0]) if _is_reference(hit) else hit[0], text)
    return text


def _is_reference(page: re.Match[str]) -> bool:
    before = page.string[max(0, page.start() - _LONGEST_REFERENCE) : page.start()]
    return _REFERS.search(before) is not None
