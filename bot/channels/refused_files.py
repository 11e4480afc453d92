"""Telling a person why a file was not taken, while the rest of the message is handled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.attachments import clean_name
from dialogs.replies import Reply, Text
from dialogs.texts import Texts


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not taken; `text_key` names the text that says why."""

    name: str
    text_key: str


def refusals(refused: Sequence[RefusedFile], texts: Texts, most_bytes: int) -> tuple[Reply, ...]:
    """One message a file. `most_bytes` is the largest size that is taken."""
    megabytes = f"{most_bytes / (1 << 20):g}"
    return tuple(Text(texts(one.text_key, name=clean_name(one.name), limit=megabytes)) for one in refused)
