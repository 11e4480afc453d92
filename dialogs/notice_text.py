"""A notice read out of its draft: the values as people and groups get them."""

from __future__ import annotations

from datetime import datetime

from dialogs.conversation import Conversation
from dialogs.filling import UNKNOWN_VALUE
from dialogs.state import Draft


def groups_of(talk: Conversation, draft: Draft) -> tuple[str, ...]:
    """The group keys the notice goes to; the open group when nothing was chosen (G 5.1.2.2)."""
    known = talk.knowledge.organisation.groups
    value = text_of(draft, "groups")
    if value in known:
        return (value,)
    if value == "all":
        return tuple(known)
    return (talk.knowledge.organisation.open_group.key,)


def shows_on_portal(talk: Conversation, groups: tuple[str, ...]) -> bool:
    """Whether everyone may read it on Kundeportalen: what only the closed group gets is its own (G 5.1.2.2)."""
    known = talk.knowledge.organisation.groups
    return any(known[key].kind == "open" for key in groups if key in known)


def text_of(draft: Draft, key: str, default: str = "") -> str:
    """An answer as text, or the default when there is none."""
    answer = draft.answers.get(key)
    if answer is None or answer.value == UNKNOWN_VALUE:
        return default
    return str(answer.value)


def moment_of(draft: Draft, key: str) -> datetime | None:
    """An answer as a time, or None when there is none or it is not known."""
    answer = draft.answers.get(key)
    if answer is None or answer.value == UNKNOWN_VALUE:
        return None
    return datetime.fromisoformat(str(answer.value))
