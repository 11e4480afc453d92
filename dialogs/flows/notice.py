"""Notices to everyone: fellesfeil, planned maintenance, information (G 5.1.2.2, 5.1.2.5). USS only.

A notice is written from a checklist and cannot be published without it; the preview is what the groups will see. The
role is asked here for a helpful answer, and checked again where the notice is published (bot/authority.py).
"""

from __future__ import annotations

from dialogs.case import FELLESFEIL, Notice, NoticeStatus, Role
from dialogs.closed_group import is_written_to_it
from dialogs.commands import CASE_REF, NOTICE_REF, before_publishing
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import ConfirmSuspicion, PublishNotice, SubmitNotice
from dialogs.flows import fill_case, hovedsak, notice_approval, notice_spoken, post_settling
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.items import find_item, items_of, missing_required
from dialogs.notice_answers import with_closed_group
from dialogs.notice_steps import submitted
from dialogs.notice_text import draft_of, in_thousands, names_of, new_draft, notice_of
from dialogs.notice_type import begun
from dialogs.read_notice import read_notice
from dialogs.replies import Choice, Row, Summary
from dialogs.state import TO_OTHERS, Draft, Pending
from knowledge.notice_reach import reach_of

_WORDS_OF_ANOTHER = 3


def start(talk: Conversation, text: str = "") -> None:
    """Begin a notice; what the first sentence says is read out of it."""
    if not may_publish(talk):
        say_not_allowed(talk)
        return
    written = talk.state.draft
    if not text and written is not None and written.kind == "notice":
        # "Fellesfeil" beside the questions of a notice says its type, and begins no second one.
        fill_case.go_on(talk, talk.put(read_notice(talk, written, items_of(talk, written), "")))
        return
    text = before_publishing(text)
    draft = new_draft(talk, text)
    draft = read_notice(talk, draft, items_of(talk, draft), text)
    if is_written_to_it(talk.said) and (groups := find_item(items_of(talk, draft), "groups")) is not None:
        draft = with_closed_group(talk, draft, groups)
    fill_case.go_on(talk, talk.put(draft), first=bool(text))


def hear(talk: Conversation, pending: Pending | None, text: str) -> bool:
    """What somebody of the desk says of notices in everyday words: one that is out, one that waits, or a new one."""
    if Role.USS not in talk.roles:
        return False
    if notice_spoken.is_free(talk, pending) and hovedsak.hear(talk, text):
        return True
    if notice_spoken.is_free(talk, pending) and _asks_to_update(talk, text):
        return True
    if notice_spoken.is_free(talk, pending) and (_mend_as_said(talk, text) or notice_approval.hear(talk, text)):
        return True
    return notice_spoken.hear(talk, pending, text) or _begin_as_said(talk, text)


def _mend_as_said(talk: Conversation, text: str) -> bool:
    ref = notice_approval.to_be_mended(talk, text)
    if ref and any(one.ref == ref for one in talk.situation.waiting):
        mend(talk, ref)
    elif ref:
        notice_approval.press(talk, f"{ref}:mend")
    return bool(ref)


def _asks_to_update(talk: Conversation, text: str) -> bool:
    """ "Oppdater" while none is out yet: what there is of notices is told."""
    if talk.situation.notices or not notice_spoken.BARE_UPDATE.fullmatch(text.strip()):
        return False
    if not talk.situation.waiting:
        return False  # "oppdater" may be about a program then
    list_active(talk)
    return True


def _begin_as_said(talk: Conversation, text: str) -> bool:
    """ "Planlagt vedlikehold: AKS er nede lørdag 8-12" begins a notice, from one who may be about to tell everybody.

    To all others the same words are an order. What waits for an answer of its own gets it first.
    """
    pending, written = talk.state.pending, talk.state.draft
    found = begun(text)
    if written is not None and written.kind == "notice":
        # Beside the questions of one notice a whole other one begins; less than that is an answer.
        another = found is not None and len(found[1].split()) >= _WORDS_OF_ANOTHER
        elsewhere = not another or (pending is not None and pending.key in ("type", "what"))
    else:
        elsewhere = pending is not None and (pending.kind in TO_OTHERS or pending.kind == "item")
    if elsewhere:
        return False
    if found is None or text.rstrip().endswith("?") or CASE_REF.search(text) or NOTICE_REF.search(text):
        return False
    start(talk, found[1])
    return True


def publish(talk: Conversation, draft: Draft, *, reach_confirmed: bool = False) -> None:
    """Publish, when the checklist is complete; what reaches very many is asked about once more, and approved."""
    if not may_publish(talk):
        say_not_allowed(talk)
        return
    open_items = missing_required(items_of(talk, draft), draft)
    if open_items:
        talk.say("notice.not_complete", labels=", ".join(item.in_words for item in open_items))
        fill_case.go_on(talk, draft)
        return
    notice = notice_of(talk, draft)
    reach = reach_of(talk.knowledge.organisation)
    if reach.is_widest(notice.groups) and not reach_confirmed:
        _ask_about_reach(talk, draft, notice)
        return
    talk.finish_draft(draft)
    if reach.needs_approval(notice.groups, talk.situation.now):
        talk.effect(SubmitNotice(submitted(notice)))
        _confirm_suspicion(talk, draft, notice)
        talk.say("approval.submitted", ref=notice.ref)
        return
    talk.effect(PublishNotice(notice))
    _confirm_suspicion(talk, draft, notice)
    shown = reach.shows_on_portal(notice.groups)
    names = names_of(talk, notice.groups)
    talk.say("notice.published" if shown else "notice.published_closed", ref=notice.ref, groups=names)


def _confirm_suspicion(talk: Conversation, draft: Draft, notice: Notice) -> None:
    """The notice that was written for a suspicion confirms it."""
    if draft.suspicion and notice.type == FELLESFEIL:
        talk.effect(ConfirmSuspicion(draft.suspicion, notice.ref))


def _ask_about_reach(talk: Conversation, draft: Draft, notice: Notice) -> None:
    """The number of people, before it is too late: a wrong group is noticed here."""
    draft = talk.put(draft)
    members = in_thousands(reach_of(talk.knowledge.organisation).members(notice.groups))
    choices = (
        Choice(f"reach:{draft.id}", talk.text("notice.reach_right", members=members), "positive"),
        Choice(f"change:{draft.id}:groups", talk.text("notice.reach_wrong")),
        Choice(f"cancel:{draft.id}", talk.text("button.cancel"), "destructive"),
    )
    talk.say("notice.ask_reach", groups=names_of(talk, notice.groups), members=members, choices=choices)
    talk.ask_choice("notice_reach", draft.id, choices)


def mend(talk: Conversation, ref: str) -> None:
    """A notice that was sent back becomes a draft again, with everything in it."""
    notice = next((one for one in talk.situation.waiting if one.ref == ref), None)
    if not may_publish(talk):
        say_not_allowed(talk)
    elif notice is None or notice.status is not NoticeStatus.SENT_BACK:
        talk.say("approval.gone", ref=ref)
    else:
        fill_case.go_on(talk, talk.put(draft_of(talk, notice)))


def list_active(talk: Conversation) -> None:
    """The notices that stand now; USS gets the buttons to update them."""
    notices = talk.situation.notices
    waiting = [notice.ref for notice in talk.situation.waiting] + [line.ref for line in talk.situation.proposed]
    if waiting:
        see = (Choice(f"approval:{waiting[0]}", talk.text("approval.show")),)
        talk.say("approval.some_wait", refs=", ".join(waiting), choices=see)
    post_settling.remind(talk)
    if not notices:
        if not waiting:
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
            *((Row(talk.text("notice.closed_text"), notice.closed_text),) if notice.closed_text else ()),
            *_latest(talk, notice),
            *_affected(talk, notice),
        )
        choices = _actions(talk, notice) if may_publish(talk) else ()
        talk.reply(
            Summary(title=f"{notice.ref} – {talk.text(f'notice.type_{notice.type}')}", rows=rows, choices=choices)
        )
    if may_publish(talk):
        last = notices[:5][-1]
        talk.offer("notice_actions", last.ref, _actions(talk, last))


def _actions(talk: Conversation, notice: Notice) -> tuple[Choice, ...]:
    return (
        Choice(f"notice:{notice.ref}:updated", talk.text("notice.update")),
        Choice(f"notice:{notice.ref}:resolved", talk.text("notice.resolve"), "positive"),
        *hovedsak.buttons(talk, notice),
        Choice(f"notice:{notice.ref}:withdrawn", talk.text("notice.withdraw"), "destructive"),
    )


def _affected(talk: Conversation, notice: Notice) -> tuple[Row, ...]:
    """How many have said that it hits them; only the desk is shown it."""
    count = talk.situation.affected.get(notice.ref)
    return (Row(talk.text("known.how_many"), str(count)),) if count else ()


def _latest(talk: Conversation, notice: Notice) -> tuple[Row, ...]:
    language, now = talk.state.language, talk.situation.now
    rows = []
    if len(notice.history) > 1:
        last = notice.history[-1]
        rows.append(Row(talk.text("notice.latest"), last.text))
        if last.closed:
            rows.append(Row(talk.text("notice.closed_text"), last.closed))
    if notice.next_update_at is not None:
        rows.append(Row(talk.text("notice.next_update"), show_moment(notice.next_update_at, language, now)))
    return tuple(rows)
