"""Notices to everyone: fellesfeil, planned maintenance, information (G 5.1.2.2, 5.1.2.5). USS only.

A notice is written from a checklist and cannot be published without it; the preview is what the groups will see. The
role is asked here for a helpful answer, and checked again where the notice is published (bot/authority.py).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from dialogs.case import Notice, NoticeStatus, NoticeUpdate, Role
from dialogs.conversation import Conversation
from dialogs.dates import show_duration, show_moment
from dialogs.effects import PublishNotice, UpdateNotice
from dialogs.flows import fill_case
from dialogs.items import find_item, items_of, missing_required
from dialogs.notice_text import groups_of, moment_of, shows_on_portal, text_of
from dialogs.read_answers import fill_from_reading
from dialogs.replies import Choice, Row, Summary
from dialogs.state import Answer, Draft, Pending
from knowledge.reading import Reading, read_moment
from knowledge.reading.time.finding import find_moments

_TYPED = re.compile(
    r"(?P<what>oppdater(?:ing)?|update|avslutt|løst|løyst|feilen er rettet|rettet|retta|resolved)\b"
    r"\s*[:–-]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NEXT_NEWS = re.compile(
    r"\b(?:ny|nytt|neste|next|new)\s+(?:melding|oppdatering|info\w*|update|notice)\b(?P<when>.*)",
    re.IGNORECASE | re.DOTALL,
)
# The word the notice was begun with says its type.
_TYPE_WORDS = (("fellesfeil", "fellesfeil"), ("vedlikehold", "vedlikehold"), ("vedlikehald", "vedlikehold"))


def start(talk: Conversation, text: str = "") -> None:
    """Begin a notice; what the first sentence says is read out of it."""
    if not may_publish(talk):
        talk.say("notice.not_allowed")
        return
    now = talk.situation.now.isoformat()
    draft = Draft(id=talk.new_draft_id(), kind="notice", stage="fill", text=text, created_at=now, updated_at=now)
    items = items_of(talk, draft)
    organisation = talk.knowledge.organisation
    contact = f"{organisation.desk_name}, {organisation.phone}"
    draft = draft.with_answer("contact", Answer(contact, contact, "default"))
    said_type = next((kind for word, kind in _TYPE_WORDS if word in talk.said.lower()), "")
    item = find_item(items, "type")
    if said_type and item is not None:
        draft = draft.with_answer("type", Answer(said_type, dict(item.options)[said_type], "read"))
    if text:
        reading = talk.reading(text)
        draft, _ = fill_from_reading(talk, draft, items, reading)
        draft = draft.with_answer("what", Answer(text, text, "read"))
        # What is planned lies ahead, a fault has begun; for information either will do.
        draft = _with_times(talk, draft, text, said_type, reading)
    fill_case.go_on(talk, talk.put(draft), first=bool(text))


def _with_times(talk: Conversation, draft: Draft, text: str, said_type: str, reading: Reading) -> Draft:
    """Since when, and when the next news is promised, as the first sentence says it.

    What is planned lies ahead, a fault has begun; for information either will do.
    """
    now, language = talk.situation.now, talk.state.language
    promised = _NEXT_NEWS.search(text)
    if promised is not None:
        news = find_moments(promised.group("when"), now, "future")
        if news:
            shown = show_moment(news[0].moment.at, language, now)
            draft = draft.with_answer("next_update_at", Answer(news[0].moment.at.isoformat(), shown, "read"))
        text = text[: promised.start()]
    moment = reading.started_at if said_type != "vedlikehold" else None
    if moment is None:
        found = find_moments(text, now, "future" if said_type == "vedlikehold" else None)
        moment = found[0].moment if found else None
    if moment is None:
        return draft
    return draft.with_answer("since", Answer(moment.at.isoformat(), show_moment(moment.at, language, now), "read"))


def may_publish(talk: Conversation) -> bool:
    """Notices are USS's to write."""
    return Role.USS in talk.roles


def publish(talk: Conversation, draft: Draft) -> None:
    """Publish, when the checklist is complete."""
    if not may_publish(talk):
        talk.say("notice.not_allowed")
        return
    open_items = missing_required(items_of(talk, draft), draft)
    if open_items:
        talk.say("confirm.not_complete", labels=", ".join(item.label.lower() for item in open_items))
        fill_case.go_on(talk, draft)
        return
    now = talk.situation.now
    author = talk.situation.person.name
    notice = Notice(
        ref=talk.situation.next_notice_ref,
        type=text_of(draft, "type", "fellesfeil"),
        what=text_of(draft, "what"),
        affected=text_of(draft, "affected"),
        since=moment_of(draft, "since") or now,
        consequence=text_of(draft, "consequence"),
        workaround=text_of(draft, "workaround"),
        next_update_at=moment_of(draft, "next_update_at"),
        contact=text_of(draft, "contact"),
        groups=groups_of(talk, draft),
        author=author,
        created_at=now,
        updated_at=now,
        history=(NoticeUpdate(now, author, "published", text_of(draft, "what")),),
    )
    talk.effect(PublishNotice(notice))
    talk.finish_draft(draft)
    names = ", ".join(talk.knowledge.organisation.groups[key].name for key in notice.groups)
    shown = shows_on_portal(talk, notice.groups)
    talk.say("notice.published" if shown else "notice.published_closed", ref=notice.ref, groups=names)


def list_active(talk: Conversation) -> None:
    """The notices that stand now; USS gets the buttons to update them."""
    notices = talk.situation.notices
    if not notices:
        talk.say("notice.none_active")
        return
    language, now = talk.state.language, talk.situation.now
    for notice in notices[:5]:
        rows = (
            Row(talk.text("notice.what"), notice.what),
            Row(talk.text("notice.affected"), notice.affected),
            Row(talk.text("notice.since"), show_moment(notice.since, language, now)),
            Row(talk.text("notice.consequence"), notice.consequence),
            Row(talk.text("notice.workaround"), notice.workaround),
            *_latest(talk, notice),
        )
        choices = _actions(talk, notice) if may_publish(talk) else ()
        talk.reply(
            Summary(title=f"{notice.ref} – {talk.text(f'notice.type_{notice.type}')}", rows=rows, choices=choices)
        )
    if may_publish(talk) and talk.state.draft is None:
        last = notices[:5][-1]
        talk.ask_choice("notice_actions", last.ref, _actions(talk, last))


def _actions(talk: Conversation, notice: Notice) -> tuple[Choice, ...]:
    return (
        Choice(f"notice:{notice.ref}:updated", talk.text("notice.update")),
        Choice(f"notice:{notice.ref}:resolved", talk.text("notice.resolve"), "positive"),
        Choice(f"notice:{notice.ref}:withdrawn", talk.text("notice.withdraw"), "destructive"),
    )


def _latest(talk: Conversation, notice: Notice) -> tuple[Row, ...]:
    language, now = talk.state.language, talk.situation.now
    rows = []
    if len(notice.history) > 1:
        rows.append(Row(talk.text("notice.latest"), notice.history[-1].text))
    if notice.next_update_at is not None:
        rows.append(Row(talk.text("notice.next_update"), show_moment(notice.next_update_at, language, now)))
    return tuple(rows)


def typed_update(talk: Conversation, ref: str, text: str) -> bool:
    """ "Oppdater: feilen er funnet" right after the list; False when it is something else."""
    said = _TYPED.match(text.strip())
    if said is None:
        return False
    kind = "updated" if said.group("what").lower().startswith(("oppdater", "update")) else "resolved"
    rest = said.group("rest").strip(" :–-")
    if rest:
        take_update(talk, ref, kind, rest)
    else:
        start_update(talk, ref, kind)
    return True


def start_update(talk: Conversation, ref: str, kind: str) -> None:
    """Ask for the text of an update, a resolution or a withdrawal."""
    if not may_publish(talk):
        talk.say("notice.not_allowed")
    elif _active(talk, ref) is None or kind not in ("updated", "resolved", "withdrawn"):
        talk.say("notice.unknown", ref=ref)
    else:
        talk.say(f"notice.ask_{kind}", ref=ref)
        talk.ask(Pending(f"notice_{kind}", ref))


def take_update(talk: Conversation, ref: str, kind: str, text: str) -> None:
    """Add the line to the notice's history and change its standing."""
    notice = _active(talk, ref)
    if not may_publish(talk):
        talk.say("notice.not_allowed")
        return
    talk.close_question()
    if notice is None:
        talk.say("notice.unknown", ref=ref)
        return
    now = talk.situation.now
    status = {"resolved": NoticeStatus.RESOLVED, "withdrawn": NoticeStatus.WITHDRAWN}.get(kind, NoticeStatus.ACTIVE)
    changed = replace(
        notice,
        status=status,
        updated_at=now,
        next_update_at=_next_update(talk, text) if kind == "updated" else None,
        history=(*notice.history, NoticeUpdate(now, talk.situation.person.name, kind, text)),
    )
    talk.effect(UpdateNotice(changed))
    lasted = show_duration(now - notice.since, talk.state.language)
    talk.say(f"notice.done_{kind}", ref=ref, lasted=lasted)


def _next_update(talk: Conversation, text: str) -> datetime | None:
    moment = read_moment(text, talk.situation.now, "future")
    return moment.at if moment is not None and moment.at > talk.situation.now else None


def _active(talk: Conversation, ref: str) -> Notice | None:
    return next((notice for notice in talk.situation.notices if notice.ref == ref), None)
