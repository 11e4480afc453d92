"""What may be meant for the closed group alone never lands where everybody reads it (G 5.1.2.2).

Looked at after every turn, whatever read the message: where a word of that group stands in an open text, the turn comes
to nothing, nothing is published, and it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.closed_group import has_it_named_alone, speaks_of_it
from dialogs.conversation import Conversation
from dialogs.flows import line_writing, returning
from dialogs.notice_steps import with_facts
from dialogs.notice_text import groups_of
from dialogs.state import Draft, Line, State
from knowledge.notice_reach import reach_of

_READ_BY_ALL = ("what", "affected", "consequence", "workaround", "contact")


def keep_apart(talk: Conversation, before: State) -> None:
    """Undo the turn and ask, where it put a word of the closed group in a text for everybody.

    before: the state the turn began with.
    """
    if not _leaks(talk, before):
        return
    talk.state = before
    talk.replies.clear()
    talk.effects.clear()
    talk.say("closed_group.ask")
    if before.draft is not None:
        returning.resume(talk, say=False)


def _leaks(talk: Conversation, before: State) -> bool:
    was = {draft.id: _open_texts(talk, draft) for draft in before.drafts if draft.kind == "notice"}
    for draft in talk.state.drafts:
        if draft.kind == "notice" and _is_new_word(_open_texts(talk, draft), was.get(draft.id, {})):
            return True
    line = talk.state.line
    if line is None or line == before.line:
        return False
    texts = _texts_of(talk, line)
    # A line adds groups and takes none away, so that "bare til …" beside it says that its own words are for few.
    placed = line.closed != (before.line.closed if before.line is not None else "")
    unplaced = bool(texts) and has_it_named_alone(talk.said) and not placed
    return unplaced or _is_new_word(texts, _texts_of(talk, before.line) if before.line is not None else {})


def _is_new_word(texts: Mapping[str, str], before: Mapping[str, str]) -> bool:
    return any(speaks_of_it(text) and text != before.get(key) for key, text in texts.items())


def _open_texts(talk: Conversation, draft: Draft) -> Mapping[str, str]:
    """What everybody would read of a notice; nothing, when it goes to closed groups alone."""
    if not reach_of(talk.knowledge.organisation).shows_on_portal(groups_of(talk, draft)):
        return {}
    return {key: draft.answers[key].shown for key in _READ_BY_ALL if key in draft.answers}


def _texts_of(talk: Conversation, line: Line) -> Mapping[str, str]:
    notice = line_writing.active(talk, line.ref)
    if notice is None:
        return {}
    groups = with_facts(notice, line.changes).groups
    if not reach_of(talk.knowledge.organisation).shows_on_portal(groups):
        return {}
    texts = {key: value for key, value in line.changes.items() if key in _READ_BY_ALL}
    return {**texts, "": line.text} if line.text else texts
