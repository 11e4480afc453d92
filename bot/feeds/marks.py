"""A mark in a post that tells it from every other one, so that it can be found again where the service can be read."""

from __future__ import annotations

import hashlib


def marked(text: str, ref: str, key: str) -> str:
    """The text with "(D-2026-0001 · 3f2a9c1b)" at its end: for people the reference, for us the key."""
    return f"{text}\n\n({ref} · {_mark(key)})"


def has_mark(text: object, key: str) -> bool:
    """Whether this is a text that was marked with the key."""
    return isinstance(text, str) and text.rstrip().endswith(f" · {_mark(key)})")


def _mark(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]
