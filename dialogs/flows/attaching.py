"""Files: on the case being written, in a case that is sent already, or kept until it is known what they are about.

A file in the wrong case cannot be taken back, so it goes to a case without asking only when that case is plainly what
the talk is about: it was named, its buttons are the last ones shown, or it has just been sent or changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dialogs import case_files
from dialogs.case import Case, Status
from dialogs.commands import CASE_REF, find_command
from dialogs.conversation import Conversation
from dialogs.effects import AttachFiles, CommentCase
from dialogs.events import Attachment
from dialogs.flows import choose_form, commenting, fill_case, returning, which_case
from dialogs.replies import Choice
from dialogs.state import TO_OTHERS, WITH_A_FILE, Pending
from knowledge.matching import Decision

MAX_FILES = 10
_SHOWN_CASES = 4
# For so long after a case was sent or changed, what comes without a word is about that case.
_FRESH = timedelta(hours=1)
# Open questions whose key is the case whose buttons were shown last.
_ABOUT_A_CASE = frozenset({"case_actions", "solved", "solution"})
_OVER = frozenset({Status.WITHDRAWN, Status.CLOSED, Status.MOVED, Status.REJECTED})


def receive(talk: Conversation, files: Sequence[Attachment], text: str) -> bool:
    """Files came, perhaps with words; False when the words are still to be understood as any others."""
    draft, pending = talk.state.draft, talk.state.pending
    for_others = pending is not None and pending.kind in TO_OTHERS
    if draft is not None and draft.kind != "notice" and not for_others:
        _on_draft(talk, files, with_text=bool(text))
        return not text
    talk.state = replace(talk.state, files=(*talk.state.files, *files)[-MAX_FILES:])
    if for_others:
        return not text and _with_words_to_come(talk, pending)
    if draft is None and text:
        return _with_words(talk, text)
    if not text and not (draft is None and _to_a_case(talk)):
        talk.say("attachment.what_about", names=case_files.names(files))
        talk.ask(Pending("describe_any"))
    return not text


def start(talk: Conversation, ref: str = "") -> None:
    """ "Legg ved": to the case that is named, or talked about, or the only one; else it is asked which."""
    talk.drop_old_files()
    if talk.state.draft is not None and talk.state.draft.kind != "notice" and not ref:
        talk.say("attach.send_file")
        return
    case = talk.case(commenting.full_ref(talk, ref)) if ref else _last(talk)
    able = _able(talk)
    if case is not None or ref:
        choose(talk, case.ref if case is not None else ref)
    elif len(able) == 1:
        choose(talk, able[0].ref)
    elif able:
        _ask_where(talk, able, new=False)
    else:
        talk.say("attach.no_case")


def choose(talk: Conversation, ref: str) -> None:
    """The case was chosen, or that it is something new; what was sent goes there, else it is asked for."""
    talk.drop_old_files()
    pending = talk.state.pending
    text = talk.state.comment if pending is not None and pending.kind == "attach_where" else ""
    files = talk.state.files
    talk.close_question()
    if ref == "new":
        talk.state = replace(talk.state, comment="")
        if text:
            choose_form.begin(talk, text)
            add_loose(talk)
        else:
            talk.say("attachment.what_about", names=case_files.names(files))
            talk.ask(Pending("describe_any"))
        return
    case = commenting.may_say(talk, ref)
    if case is None:
        return
    if text:
        commenting.take(talk, case.ref, text)
    elif files:
        _add(talk, case)
    else:
        talk.say("attach.send_file_to", ref=case.ref, title=case.title)
        talk.ask(Pending("attach", case.ref))


def may_take(case: Case) -> bool:
    """Whether anything is added to the case any more."""
    return case.status not in _OVER


def add_loose(talk: Conversation) -> None:
    """Files that came before the case had a draft belong to the draft that the message began."""
    draft = talk.state.draft
    if draft is None or not talk.state.files:
        return
    draft = replace(draft, attachments=(*draft.attachments, *talk.state.files))
    talk.state = replace(talk.state, files=())
    talk.put(draft)
    if draft.form_id is not None:
        fill_case.attach(talk, draft)


def _on_draft(talk: Conversation, files: Sequence[Attachment], *, with_text: bool) -> None:
    draft = talk.state.draft
    assert draft is not None  # noqa: S101  the caller has looked
    draft = replace(draft, attachments=(*draft.attachments, *files))
    talk.put(draft)
    talk.say("attachment.added", names=case_files.names(files))
    if draft.form_id is not None:
        draft = fill_case.attach(talk, draft)
    if not with_text:
        returning.resume(talk, say=False)


def _with_words_to_come(talk: Conversation, pending: Pending | None) -> bool:
    """Files alone while words for somebody else are asked for: to a case they go at once, or with the words."""
    assert pending is not None  # noqa: S101  the caller has looked
    case = talk.case(pending.key)
    if pending.kind == "comment" and case is not None:
        _add(talk, case)
        talk.say("about_sent.words_too")
        talk.ask(Pending(WITH_A_FILE, case.ref))
    else:
        talk.say("attachment.added", names=case_files.names(talk.state.files))
    return True


def _to_a_case(talk: Conversation) -> bool:
    """Files without a word: to the case that is plainly meant, else it is asked where. False when there is none."""
    case, able = _meant(talk), _able(talk)
    if case is not None:
        _add(talk, case)
    elif able:
        _ask_where(talk, able)
    return case is not None or bool(able)


def _with_words(talk: Conversation, text: str) -> bool:
    """Files with words, and no case being written: a comment with files, or a new need with files."""
    pending = talk.state.pending
    named = CASE_REF.search(text)
    if pending is not None and pending.kind == "attach":
        commenting.take(talk, pending.key, text)
        return True
    if find_command(text) is not None or (pending is not None and pending.kind.startswith("describe_")):
        return False
    if named is not None:
        commenting.take(talk, commenting.full_ref(talk, named[0]), text)
        return True
    case, able, match = _meant(talk), _able(talk), talk.match(text)
    same = case is not None and match.best is not None and match.best.form.id == case.form_id
    if match.decision is Decision.ANSWER and not same:
        return False
    if case is not None and (same or match.decision is Decision.NONE):
        commenting.take(talk, case.ref, text)
    elif able and (case is not None or match.decision is Decision.NONE):
        talk.state = replace(talk.state, comment=text)
        _ask_where(talk, able)
    else:
        return False
    return True


def _meant(talk: Conversation) -> Case | None:
    """The case that the talk is plainly about."""
    pending = talk.state.pending
    if pending is not None and pending.kind in ("attach", *_ABOUT_A_CASE):
        return _sayable(talk.case(pending.key))
    last = _last(talk)
    fresh = last is not None and talk.situation.now - last.updated_at <= _FRESH
    return last if fresh and pending is None else None


def _last(talk: Conversation) -> Case | None:
    return _sayable(talk.case(talk.state.last_case)) if talk.state.last_case else None


def _able(talk: Conversation) -> tuple[Case, ...]:
    """The newest cases that somebody still works on."""
    return tuple(case for case in talk.situation.cases if case.is_open)[:_SHOWN_CASES]


def _sayable(case: Case | None) -> Case | None:
    return case if case is not None and may_take(case) else None


def _ask_where(talk: Conversation, cases: Sequence[Case], *, new: bool = True) -> None:
    choices = [Choice(f"attach:{case.ref}", which_case.label(case)) for case in cases]
    if new:
        choices.append(Choice("attach:new", talk.text("attach.new")))
    key = "attach.where" if talk.state.files else "attach.which"
    talk.say(key, names=case_files.names(talk.state.files), choices=choices)
    talk.ask_choice("attach_where", "", choices)


def _add(talk: Conversation, case: Case) -> None:
    talk.close_question()
    talk.state = replace(talk.state, last_case=case.ref)
    if case.first_line:
        # It is read here, and 1.linje is told of it as of any word in the case.
        talk.effect(CommentCase(case.ref, *case_files.with_text(talk, "")))
        talk.say("comment.done_first_line", ref=case.ref)
        return
    files = talk.take_files()
    talk.effect(AttachFiles(case.ref, files))
    key = "attach.adding" if talk.situation.case_tool.answers else "attach.adding_later"
    talk.say(key, names=case_files.names(files), ref=case.ref)
