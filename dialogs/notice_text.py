"""A notice read out of its draft, and written as people and groups get it: what is previewed is what is posted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeStatus, NoticeUpdate, Role
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.replies import Row
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.texts import Texts
from knowledge.notice_reach import NoticeReach, reach_of

# Who may read what is meant for the closed group of the virksomheter's main contacts (G 5.1.2.2).
_CLOSED_READERS = frozenset({Role.USS, Role.IKT_HOVEDKONTAKT})


def notice_of(talk: Conversation, draft: Draft) -> Notice:
    """The notice that the draft becomes when it is published now."""
    now, author = talk.situation.now, talk.situation.person.name
    groups = groups_of(talk, draft)
    return Notice(
        ref=draft.replaces or talk.situation.next_notice_ref,
        type=text_of(draft, "type", "fellesfeil"),
        what=text_of(draft, "what"),
        affected=text_of(draft, "affected"),
        since=moment_of(draft, "since") or now,
        consequence=text_of(draft, "consequence"),
        workaround=text_of(draft, "workaround"),
        next_update_at=moment_of(draft, "next_update_at"),
        contact=text_of(draft, "contact"),
        groups=groups,
        author=author,
        created_at=now,
        updated_at=now,
        history=(NoticeUpdate(now, author, "published", text_of(draft, "what")),),
        author_id=talk.situation.person.id,
        closed_text=text_of(draft, "closed_text") if is_mixed(talk, groups) else "",
    )


def new_draft(talk: Conversation, text: str) -> Draft:
    """A notice begun now; whom to contact is the desk unless somebody says otherwise."""
    now, organisation = talk.situation.now.isoformat(), talk.knowledge.organisation
    contact = f"{organisation.desk_name}, {organisation.phone}"
    answers = {"contact": Answer(contact, contact, "default")}
    return Draft(talk.new_draft_id(), "notice", "fill", text, created_at=now, updated_at=now, answers=answers)


def draft_of(talk: Conversation, notice: Notice) -> Draft:
    """A draft that says what the notice says, to be submitted under the same reference: the way back of `notice_of`."""
    return replace(as_draft(talk, notice), id=talk.new_draft_id(), replaces=notice.ref)


def as_draft(talk: Conversation, notice: Notice) -> Draft:
    """What the notice says as answers, to be read with the items of a draft."""
    now, language = talk.situation.now, talk.state.language
    at = now.isoformat()
    draft = Draft(id="", kind="notice", stage="fill", text=notice.what, created_at=at, updated_at=at)
    everybody = len(notice.groups) > 1
    groups = talk.text("notice.groups_all") if everybody else names_of(talk, notice.groups)
    answers = {
        "type": Answer(notice.type, talk.text(f"notice.type_{notice.type}")),
        "groups": Answer("all" if everybody else notice.groups[0], groups),
        "since": Answer(notice.since.isoformat(), show_moment(notice.since, language, now)),
    }
    for key in ("what", "affected", "consequence", "workaround", "contact", "closed_text"):
        text = str(getattr(notice, key))
        answers[key] = Answer(text, text or talk.text("notice.no_closed_text"))
    promised = notice.next_update_at
    answers["next_update_at"] = (
        Answer(promised.isoformat(), show_moment(promised, language, now))
        if promised is not None
        else Answer(UNKNOWN_VALUE, talk.text("value.unknown"))
    )
    return replace(draft, answers=answers)


def post_rows(notice: Notice, texts: Texts, now: datetime) -> tuple[Row, ...]:
    """What a notice tells, line by line, as it is seen in a group: the open version in an open one."""
    language = texts.language
    rows = [
        Row(texts("notice.what"), notice.what),
        Row(texts("notice.affected"), notice.affected),
        Row(texts("notice.since"), show_moment(notice.since, language, now)),
        Row(texts("notice.consequence"), notice.consequence),
    ]
    if notice.status is NoticeStatus.ACTIVE:
        # Nobody is to go on writing on paper after the fault is mended.
        rows.append(Row(texts("notice.workaround"), notice.workaround))
    if notice.next_update_at is not None and notice.status is NoticeStatus.ACTIVE:
        rows.append(Row(texts("notice.next_update"), show_moment(notice.next_update_at, language, now)))
    rows.append(Row(texts("notice.contact"), notice.contact))
    if notice.closed_text:
        rows.append(Row(texts("notice.closed_text"), notice.closed_text))
    return tuple(rows)


def seen_by(notice: Notice, roles: Collection[Role], reach: NoticeReach) -> Notice | None:
    """What a person with these roles may read of a notice in a conversation; None: nothing at all."""
    if _CLOSED_READERS & set(roles):
        return notice
    return notice.open_version() if reach.shows_on_portal(notice.groups) else None


def is_mixed(talk: Conversation, groups: Collection[str]) -> bool:
    """Whether it goes to open and to closed groups: only then is a text of the closed one's own needed."""
    reach = reach_of(talk.knowledge.organisation)
    return reach.shows_on_portal(groups) and reach.has_closed(groups)


def names_of(talk: Conversation, groups: Collection[str]) -> str:
    """The groups' names, for a sentence."""
    known = talk.knowledge.organisation.groups
    return ", ".join(known[key].name for key in groups if key in known)


def groups_of(talk: Conversation, draft: Draft) -> tuple[str, ...]:
    """The group keys the notice goes to; the open group when nothing was chosen (G 5.1.2.2)."""
    known = talk.knowledge.organisation.groups
    value = text_of(draft, "groups")
    if value in known:
        return (value,)
    if value == "all":
        return tuple(known)
    return (talk.knowledge.organisation.open_group.key,)


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


def in_thousands(number: int) -> str:
    """ "12 000"."""
    return f"{number:,}".replace(",", " ")
