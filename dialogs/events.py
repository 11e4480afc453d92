"""What can reach the engine. A channel turns whatever arrived into exactly one of these (DESIGN 2, step 1).

Nothing behind this line knows which channel it was. Values of a card are the client's claim: the engine reads an
answer out of them, never a right (who is pressing stands in `Situation.person`, which the bot room looks up).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the person sent. The bytes are in the store under `sha256`; `size` is in bytes."""

    name: str
    size: int
    sha256: str
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Said:
    """The person wrote something, perhaps with files."""

    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """The person pressed a button of a card, a suggested action or a form: `action` is the Choice.id we sent.

    `values` are the inputs of the card by key; strings mostly, but anything JSON may arrive.
    """

    action: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joined:
    """The person opened the conversation for the first time (or installed the app)."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed an earlier message; `text` is the new wording."""

    text: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """The person deleted an earlier message. Which one is not known to us: the texts are not kept by their ids."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The outcome of an effect, or something others did to a case, on its way to the person.

    outcome: "case_registered" (detail: kompass id, url), "case_refused" (reason), "case_delayed",
    "notice_published", "notice_failed" (target, text), "notice_other_way" (target), "case_answered" (text),
    "case_question" (name, text), "case_solved" (name, text), "case_passed_on" (id), "case_attached" (text),
    "case_attached_partly" (name), "follower_added" (name), "follow_failed" (name), "case_estimate" (text: hours),
    "inbox_new" (name, text), "inbox_comment" (name, text) ...
    ref: the case's or notice's reference.
    """

    outcome: str
    ref: str
    detail: Mapping[str, str] = field(default_factory=dict)


Event = Said | Pressed | Joined | Edited | Deleted | Happened
