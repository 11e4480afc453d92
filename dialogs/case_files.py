"""The files of a case as a person reads of them: by name, and with a link where the case is in no case system."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.case import Case
from dialogs.conversation import Conversation
from dialogs.events import Attachment
from dialogs.replies import Link


def names(files: Iterable[Attachment]) -> str:
    """Their names, in the order they came."""
    return ", ".join(one.name for one in files)


def with_text(talk: Conversation, text: str) -> tuple[str, tuple[Attachment, ...]]:
    """The files that came with these words, taken for the case, and the words with their names: a reader sees both."""
    files = talk.take_files()
    named = talk.case_text("comment.files", names=names(files)) if files else ""
    return "\n".join(part for part in (text, named) if part), files


def links(talk: Conversation, case: Case, named_in: str | None = None) -> tuple[Link, ...]:
    """A link to each file of a case at 1.linje (G 3.2.1); what is in Kompass is opened there.

    named_in: words that must name the file; None: every file.
    """
    if not case.first_line:
        return ()
    found = [
        (one.name, talk.situation.file_link(case.ref, number))
        for number, one in enumerate(case.attachments, 1)
        if named_in is None or one.name in named_in
    ]
    return tuple(Link(talk.text("attachment.open", name=name), url) for name, url in found if url)
