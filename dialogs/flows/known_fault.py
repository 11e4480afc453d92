"""A known fault is shown before any question is asked (G 5.1.2.2): does it hit you too?

"Gjelder meg også" is one press: the person is counted, and told of each update. Whoever wants a case of his own gets
one that says which fellesfeil it belongs to. "Nei, noe annet" goes on with the report as if nothing had been shown.
What the person wrote waits in the state (`Held`) meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dialogs.case import Notice
from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.effects import AffectedBy, MuteNotices
from dialogs.notice_fit import hits, matter_of, systems_in
from dialogs.notice_message import as_sentence
from dialogs.replies import Choice
from dialogs.state import Held
from knowledge.catalogue import Kind

GoOn = Callable[[Conversation, str, str | None, str], None]
"""Takes the need up: (conversation, text, kind, the fellesfeil it belongs to or empty)."""

# Notices about something that does not work now; information is only told.
_ASKED_ABOUT = frozenset({"fellesfeil", "vedlikehold"})
_MOST_ASKED = 3
_ME_TOO = re.compile(
    r"^(?:ja[,.!]?\s+|den\s+|det\s+|dette\s+)*(?:gjelder|gjeld|rammer|rammar|treffer|har|affects|hits)\s+(?:også\s+|òg\s+)?"
    r"(?:meg|oss|me|us|jeg|eg)(?:\s+(?:også|òg|med|too|as\s+well))?\W*$"
    r"|^(?:meg|jeg|eg|oss|vi|me)\s+(?:også|òg|too)\W*$",
    re.IGNORECASE,
)


def ask_first(talk: Conversation, text: str, kind: str | None) -> bool:
    """Ask whether it is a known fault; False when there is none, or the person wants something done, not mended."""
    found = about(talk, text)
    best = talk.match(text).best
    wanted = kind or (best.form.kind.value if best is not None and best.form.kind else Kind.SUPPORT.value)
    now = talk.situation.now
    asked = [one for one in found if one.type in _ASKED_ABOUT and one.since <= now and wanted == Kind.SUPPORT]
    for notice in found:
        if notice not in asked:
            show(talk, notice)
    if not asked:
        return False
    refs = tuple(notice.ref for notice in asked[:_MOST_ASKED])
    talk.state = replace(talk.state, held=Held(text, kind or "", refs))
    _ask(talk, asked[0])
    return True


def answer(talk: Conversation, action: str, go_on: GoOn) -> None:
    """A button of the question, or of what is asked after it."""
    held, pending = talk.state.held, talk.state.pending
    if held is None or pending is None or f"known:{action}" not in pending.options:
        talk.say("error.old_card")
        return
    ref = held.refs[0]
    notice = next((one for one in talk.situation.notices if one.ref == ref), None)
    talk.close_question()
    match action:
        case "me" if notice is None:
            # It was over before the press came: then this may be something new.
            talk.say("known.over", ref=ref)
            _next(talk, held, go_on)
        case "me":
            talk.effect(AffectedBy(ref))
            _ask_for_more(talk, ref)
        case "other":
            _next(talk, held, go_on)
        case "case":
            _done(talk)
            go_on(talk, held.text, held.kind or None, ref)
        case "quiet":
            talk.effect(MuteNotices(ref))
            _done(talk, over=True)
            talk.say("known.quiet", ref=ref)
        case _:
            _done(talk, over=True)
            talk.say("known.enough")


def hear_again(talk: Conversation, text: str) -> bool:
    """ "Gjelder meg også" of who is counted already: that is said. False when it is something else."""
    pending, held = talk.state.pending, talk.state.held
    if not _ME_TOO.match(text.strip()) or (pending is not None and pending.kind == "known_fault"):
        return False
    if held is not None and pending is not None and pending.kind == "known_more":
        _ask_for_more(talk, held.refs[0], again=True)
        return True
    counted = [notice.ref for notice in talk.situation.notices if notice.ref in talk.situation.affected_by]
    if counted:
        talk.say("known.already_counted", refs=", ".join(counted))
    return bool(counted)


def hear_more(talk: Conversation, text: str, go_on: GoOn) -> None:
    """Something was written instead of pressing: it goes with what was told, and the report goes on."""
    if _ME_TOO.match(text.strip()) and talk.state.held is not None:
        answer(talk, "me", go_on)
        return
    held = talk.state.held
    talk.close_question()
    _done(talk)
    if held is None or talk.state.pending is not None:
        go_on(talk, text, None, "")
    else:
        go_on(talk, f"{held.text}\n{text}", held.kind or None, "")


def ask_again(talk: Conversation) -> bool:
    """Ask the open question about a known fault once more; False when none is open."""
    held, pending = talk.state.held, talk.state.pending
    if held is None or pending is None or pending.kind not in ("known_fault", "known_more"):
        return False
    notice = next((one for one in talk.situation.notices if one.ref == held.refs[0]), None)
    if notice is None:
        return False
    if pending.kind == "known_fault":
        _ask(talk, notice)
    else:
        _ask_for_more(talk, notice.ref)
    return True


def mute(talk: Conversation, ref: str = "") -> None:
    """No more messages about this notice, or about any."""
    talk.effect(MuteNotices(ref))
    talk.say("known.muted_one" if ref else "known.muted", ref=ref)


def about(talk: Conversation, text: str) -> list[Notice]:
    """The active notices that a report, or a question of whether something is down, fits."""
    if not talk.situation.notices:
        return []  # most days
    register, organisation = talk.knowledge.systems, talk.knowledge.organisation
    found, named = [], systems_in(text, register)
    for notice in talk.situation.notices:
        matter = matter_of(notice, register)
        if matter.is_in(text, "", named) and hits(notice, talk.virksomhet, organisation.virksomheter):
            found.append(notice)
    return found


def _ask(talk: Conversation, notice: Notice) -> None:
    if notice.ref in talk.situation.affected_by:
        # Counted before: only a case of one's own can be missing.
        show(talk, notice)
        _ask_for_more(talk, notice.ref, again=True)
        return
    choices = (
        Choice("known:me", talk.text("known.me_too"), "positive"),
        Choice("known:other", talk.text("known.something_else")),
    )
    show(talk, notice)
    talk.say("known.ask", choices=choices)
    talk.ask_choice("known_fault", notice.ref, choices)


def _ask_for_more(talk: Conversation, ref: str, *, again: bool = False) -> None:
    choices = (
        Choice("known:enough", talk.text("known.no_case"), "positive"),
        Choice("known:case", talk.text("known.case_too")),
        Choice("known:quiet", talk.text("known.do_not_tell")),
        *((Choice("known:other", talk.text("known.something_else")),) if again else ()),
    )
    talk.say("known.counted_before" if again else "known.counted", ref=ref, choices=choices)
    talk.ask_choice("known_more", ref, choices)


def show(talk: Conversation, notice: Notice) -> None:
    """What the notice says, and its latest line."""
    since = show_moment(notice.since, talk.state.language, talk.situation.now)
    key = "known.planned" if notice.type == "vedlikehold" else "notice.known"
    talk.say(key, ref=notice.ref, what=as_sentence(notice.what), workaround=as_sentence(notice.workaround), since=since)
    last = notice.history[-1].text if len(notice.history) > 1 else ""
    if last:
        talk.say("known.latest", text=last)


def show_next(talk: Conversation, notice: Notice) -> None:
    """As `show`, and when more is told of it."""
    show(talk, notice)
    at = notice.next_update_at
    if at is None:
        talk.say("known.no_promise")
    else:
        talk.say("known.promise", when=show_moment(at, talk.state.language, talk.situation.now))


def _next(talk: Conversation, held: Held, go_on: GoOn) -> None:
    """The next notice it may be, or the report itself."""
    active = {notice.ref: notice for notice in talk.situation.notices}
    rest = tuple(ref for ref in held.refs[1:] if ref in active)
    if rest:
        talk.state = replace(talk.state, held=replace(held, refs=rest))
        _ask(talk, active[rest[0]])
        return
    _done(talk)
    go_on(talk, held.text, held.kind or None, "")


def _done(talk: Conversation, *, over: bool = False) -> None:
    talk.state = replace(talk.state, held=None)
    talk.finished |= over
