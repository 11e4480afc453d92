"""A notice before it is published: exactly as each of its groups will see it, and how many it reaches (G 5.1.2.2)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.items import items_of
from dialogs.notice_text import groups_of, is_mixed, names_of, notice_of, post_rows
from dialogs.replies import Choice, Row, Summary
from dialogs.state import Draft
from knowledge.notice_reach import reach_of


def show(talk: Conversation, draft: Draft) -> None:
    """The notice, and the question whether to publish it."""
    draft = talk.put(replace(draft, stage="confirm"))
    choices = (
        Choice(f"send:{draft.id}", talk.text("button.publish"), "positive"),
        Choice(f"edit:{draft.id}", talk.text("button.change")),
        Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),
    )
    keys = groups_of(talk, draft)
    reach = reach_of(talk.knowledge.organisation)
    told = ", ".join(
        talk.text("notice.group", name=group.name, members=f"{group.members:,}".replace(",", " "))
        for group in (talk.knowledge.organisation.groups[key] for key in keys)
    )
    notice = notice_of(talk, draft)
    title = kind = talk.text(f"notice.type_{notice.type}")
    if is_mixed(talk, keys):
        # Two texts: each is shown as those who get it will see it, so that nothing ends up in the wrong place.
        closed = [key for key in keys if not reach.is_open(key)]
        rows = post_rows(notice, talk.texts, talk.situation.now)
        seen_by = talk.text("notice.seen_by_closed", groups=names_of(talk, closed))
        talk.reply(Summary(title=f"{kind} – {seen_by}", rows=rows))
        seen_by = talk.text("notice.seen_by_open", groups=names_of(talk, [key for key in keys if reach.is_open(key)]))
        title = f"{kind} – {seen_by}"
    talk.reply(
        Summary(
            title=title,
            rows=_notice_rows(talk, draft),
            notes=(talk.text("notice.reach" if reach.shows_on_portal(keys) else "notice.reach_closed", reach=told),),
            choices=choices,
            question=talk.text("notice.question"),
        )
    )
    talk.ask_choice("confirm", draft.id, choices)


def _notice_rows(talk: Conversation, draft: Draft) -> tuple[Row, ...]:
    """Everything but what only the closed group gets, which has a preview of its own."""
    return tuple(
        Row(item.label, draft.answers[item.key].shown, f"change:{draft.id}:{item.key}")
        for item in items_of(talk, draft)
        if item.key in draft.answers and item.key != "closed_text"
    )
