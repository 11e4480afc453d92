"""A notice before it is published: exactly as each of its groups will see it, and how many it reaches (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Notice, NoticeStatus
from dialogs.conversation import Conversation
from dialogs.flows import notice_wording
from dialogs.notice_text import in_thousands, is_mixed, names_of, notice_of, post_rows
from dialogs.replies import Choice, Row, Summary
from dialogs.state import Draft
from knowledge.notice_reach import reach_of

# The item of the checklist behind each line of a post, by the name of the line's text.
_LINES = {
    "what": "what", "affected": "affected", "since": "since", "consequence": "consequence", "workaround": "workaround",
    "next_update": "next_update_at", "contact": "contact", "closed_text": "closed_text",
}  # fmt: skip


def show(talk: Conversation, draft: Draft) -> None:
    """The notice, and the question whether to publish it."""
    draft = talk.put(replace(draft, stage="confirm"))
    choices = (
        Choice(f"send:{draft.id}", talk.text("button.publish"), "positive"),
        Choice(f"edit:{draft.id}", talk.text("button.change")),
        Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),
    )
    show_notice(talk, notice_of(talk, draft), choices, talk.text("notice.question"), draft.id)
    talk.ask_choice("confirm", draft.id, choices)


def show_notice(
    talk: Conversation, notice: Notice, choices: tuple[Choice, ...], question: str, draft_id: str = ""
) -> None:
    """Each text as those who get it will see it, and how many that is. draft_id: whose lines a press changes."""
    # As it will be when it stands; until it does, nothing is promised of it.
    notice = replace(notice, status=NoticeStatus.ACTIVE)
    reach = reach_of(talk.knowledge.organisation)
    now, keys = talk.situation.now, notice.groups
    title = kind = talk.text(f"notice.type_{notice.type}")
    if is_mixed(talk, keys) and notice.closed_text:
        seen_by = names_of(talk, [key for key in keys if not reach.is_open(key)])
        own = talk.text("notice.seen_by_closed", groups=seen_by)
        talk.reply(Summary(title=f"{kind} – {own}", rows=post_rows(notice, talk.texts, now)))
        seen_by = names_of(talk, [key for key in keys if reach.is_open(key)])
        title = f"{kind} – {talk.text('notice.seen_by_open', groups=seen_by)}"
    shown = notice.open_version() if reach.shows_on_portal(keys) else notice
    told = ", ".join(
        talk.text("notice.group", name=group.name, members=in_thousands(group.members))
        for group in (reach.groups[key] for key in keys if key in reach.groups)
    )
    talk.reply(
        Summary(
            title=title,
            rows=_changeable(talk, post_rows(shown, talk.texts, now), draft_id),
            notes=(
                talk.text("notice.reach" if reach.shows_on_portal(keys) else "notice.reach_closed", reach=told),
                *_wording(talk, notice),
            ),
            choices=choices,
            question=question,
        )
    )


def _changeable(talk: Conversation, rows: tuple[Row, ...], draft_id: str) -> tuple[Row, ...]:
    if not draft_id:
        return rows
    keys = {talk.text(f"notice.{name}"): key for name, key in _LINES.items()}
    return tuple(replace(row, change=f"change:{draft_id}:{keys[row.label]}") for row in rows)


def _wording(talk: Conversation, notice: Notice) -> tuple[str, ...]:
    """What could be plainer; nobody is kept from publishing by it."""
    texts = (notice.what, notice.affected, notice.consequence, notice.workaround, notice.closed_text)
    told = notice_wording.hints_for(talk, "\n".join(text for text in texts if text))
    return (talk.text("plain.note", hints=told),) if told else ()
