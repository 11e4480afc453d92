"""A line of a notice before it goes out: the post as each group will see it, and how many it reaches (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Notice
from dialogs.conversation import Conversation
from dialogs.fellesfeil_cases import members
from dialogs.flows import hovedsak, notice_wording
from dialogs.notice_changes import labels_of_changes
from dialogs.notice_post import NoticePost, post_of
from dialogs.notice_text import in_thousands, is_mixed, names_of
from dialogs.replies import Choice, Row, Summary
from knowledge.notice_reach import NoticeReach, reach_of


def show(talk: Conversation, changed: Notice, choices: tuple[Choice, ...], question: str) -> None:
    """The notice as it will stand, its newest line first. changed: the notice with the line in its history."""
    reach, before = reach_of(talk.knowledge.organisation), changed.history[-1].before
    posted = [key for key in changed.groups if reach.is_open(key)]
    closed = [key for key in changed.groups if not reach.is_open(key)]
    if is_mixed(talk, changed.groups) and (changed.closed_text or any(line.closed for line in changed.history)):
        talk.reply(_post(talk, changed, talk.text("notice.seen_by_closed", groups=names_of(talk, closed))))
    else:
        posted = list(changed.groups)
    shown_to = "notice.seen_by_open" if reach.shows_on_portal(changed.groups) else "notice.seen_by_closed"
    version = changed.open_version() if reach.shows_on_portal(changed.groups) else changed
    # Which facts the line changes is for its writer to see, in this version too.
    version = replace(version, history=(*version.history[:-1], replace(version.history[-1], before=before)))
    notes = (_reach(talk, changed, reach), *_was(talk, changed), *_besides(talk, changed), *_wording(talk, changed))
    talk.reply(_post(talk, version, talk.text(shown_to, groups=names_of(talk, posted)), notes, choices, question))


def reached(talk: Conversation, notice: Notice) -> str:
    """How many people its groups have, for a button: "12 090"."""
    return in_thousands(reach_of(talk.knowledge.organisation).members(notice.groups))


def _post(
    talk: Conversation,
    notice: Notice,
    seen_by: str,
    notes: tuple[str, ...] = (),
    choices: tuple[Choice, ...] = (),
    question: str = "",
) -> Summary:
    # Groups are written to in bokmål, whatever is spoken here.
    texts = talk.all_texts["nb"]
    post: NoticePost = post_of(notice, texts, talk.situation.now)
    changed = {texts(f"notice.{name}") for name in notice.history[-1].before if texts.has(f"notice.{name}")}
    facts = (
        replace(row, label=talk.text("line.changed", label=row.label)) if row.label in changed else row
        for row in post.rows
    )
    rows = (Row(talk.text("line.new"), post.news), *facts)
    # The newest line is shown as what is new; those before it stand below the facts, as in the post.
    return Summary(f"{post.heading} – {seen_by}", rows, (post.standing, *post.told[1:], *notes), (), choices, question)


def _reach(talk: Conversation, notice: Notice, reach: NoticeReach) -> str:
    told = ", ".join(
        talk.text("notice.group", name=group.name, members=in_thousands(group.members))
        for group in (reach.groups[key] for key in notice.groups if key in reach.groups)
    )
    return talk.text("notice.reach" if reach.shows_on_portal(notice.groups) else "notice.reach_closed", reach=told)


def _was(talk: Conversation, changed: Notice) -> tuple[str, ...]:
    """What each fact that the line changes is now."""
    was = labels_of_changes(talk, changed)
    return tuple(talk.text("line.was", label=label, value=value) for label, value in was.items() if value)


def _besides(talk: Conversation, notice: Notice) -> tuple[str, ...]:
    """Who hears of it beside the groups: people it hits, and the cases of the fellesfeil."""
    people = talk.situation.affected.get(notice.ref, 0)
    hear = hovedsak.tells_cases(talk, notice, notice.history[-1].kind)
    cases = len(members(talk.situation.faults, notice)) if hear else 0
    told = [talk.text("line.people", count=people)] if people else []
    return (*told, *([talk.text("line.cases", count=cases)] if cases else []))


def _wording(talk: Conversation, changed: Notice) -> tuple[str, ...]:
    """What could be plainer; nobody is kept from sending by it."""
    line = changed.history[-1]
    told = notice_wording.hints_for_line(talk, line.kind, "\n".join(text for text in (line.text, line.closed) if text))
    return (talk.text("plain.note", hints=told),) if told else ()
