"""A line of a published notice that waits for a second person, as a notice itself does, and what is done about it.

It is kept apart from the notice until it is approved, so that nothing of it is posted with anything else (G 5.1.2.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dialogs.case import NoticeUpdate


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """`line.at` is when it was proposed, `line.by` the author's name. reason: why it was sent back, "" while it waits.

    next_update_at: what is promised with it, None when nothing is. changes: the facts of the notice that it changes;
    words: its text without them.
    """

    ref: str
    line: NoticeUpdate
    next_update_at: datetime | None
    author_id: str
    reason: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; times ISO 8601 with offset; "changes" and "words" only where it changes facts."""
        return {
            "ref": self.ref,
            "line": self.line.to_json(),
            "next_update_at": self.next_update_at.isoformat() if self.next_update_at else None,
            "author_id": self.author_id,
            "reason": self.reason,
            **({"changes": dict(self.changes), "words": self.words} if self.changes else {}),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ProposedLine:
        """The inverse of `to_json`."""
        promised = data["next_update_at"]
        return cls(
            ref=data["ref"],
            line=NoticeUpdate.from_json(data["line"]),
            next_update_at=datetime.fromisoformat(promised) if promised else None,
            author_id=data["author_id"],
            reason=data["reason"],
            changes=data.get("changes", {}),
            words=data.get("words", ""),
        )


@dataclass(frozen=True, slots=True)
class SubmitLine:
    """Keep a line of a published notice until another one of the desk has approved it (USS only)."""

    proposed: ProposedLine

    @property
    def ref(self) -> str:
        """The notice it is for."""
        return self.proposed.ref


@dataclass(frozen=True, slots=True)
class ApproveLine:
    """Add the line somebody else has proposed at `seen` to the notice, and no other."""

    ref: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class SendBackLine:
    """Give a proposed line back to its author, who is told why."""

    ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class DropLine:
    """Give up a line that was proposed."""

    ref: str


LineEffect = SubmitLine | ApproveLine | SendBackLine | DropLine
"""What is done about a line that waits for a second person."""
