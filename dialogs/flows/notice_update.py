"""A published notice goes on: updated, resolved or withdrawn, one line of its history at a time (G 5.1.2.2, 5.1.2.5).

    1  what is told is written, with when the next update comes: "oppdater D-2026-0003: ... ny oppdatering kl. 14"
    2  only what is missing of the line's checklist is asked: what is new, and when the next update comes
    3  it is shown as each group will see it, with how many that is; the closed group may be given words of its own
    4  one press sends it, or asks a second person (`line_sending`)

What is written is kept in the state (`Line`) until it is sent. A press sends what its card shows and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.case import FELLESFEIL
from dialogs.choosing import yes_or_no
from dialogs.commands import Command, find_command
from dialogs.conversation import Conversation
from dialogs.flows import line_writing, post_settling
from dialogs.flows.line_writing import PREVIEW
from dialogs.flows.notice_rights import may_publish, say_not_allowed
from dialogs.nothing_said import is_nothing
from dialogs.notice_changes import read_update
from dialogs.phrases import is_answer
from dialogs.proposed_line import ProposedLine
from dialogs.state import UNKNOWN_VALUE, Line, Pending
from knowledge.reading import read_moment

KINDS = ("updated", "resolved", "withdrawn")
FOR_NOW = "for_now"
"""resolved, but not for good: the root cause needs a problem case (G 5.1.2.5)"""

# "Ingenting nytt" is news when an update was promised, and that the cause is not known is known of it.
_NOTHING_TOLD = {"updated": "line.nothing_new", "resolved": "line.cause_unknown"}
_TYPED = re.compile(
    r"(?P<what>(?:midlertidig|mellombels)\s+(?:løst|løyst|rettet|retta)|"
    r"oppdater(?:ing)?|update|avslutt|løst|løyst|feilen er rettet|rettet|retta|resolved|"
    # "Trekk saken" is about a case.
    r"(?:trekk(?:\s+melding(?:en|a))?|withdraw)(?=\s*(?::|$)))\b"
    r"\s*[:–-]?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_WITH_REF = re.compile(
    r"(?P<what>[^\W\d]+(?:\s+[^\W\d]+)?)\s+(?P<ref>D-\d{4}-\d{1,9})\b[\s:–-]*(?P<rest>.*)$", re.I | re.S
)
_NEXT = re.compile(r"^(?:ny|neste|next|new)\s+(?:melding|oppdatering|info\w*|update|notice)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:bare\s+|berre\s+)?(?:(?:den\s+)?lukk(?:et|ede|a)(?:\s+gruppe[nar]*)?|closed(?:\s+group)?)\s*:\s*",
    re.IGNORECASE,
)

_WORDS_OF_A_TIME = 8
_MOST_BESIDE_A_TIME = 3
_TEXT = re.compile(r"^(?:hele\s+|heile\s+|the\s+)?(?:tekst\w*|ordlyd\w*|melding\w*|text|det|it)\b", re.IGNORECASE)

QUESTIONS = frozenset(
    {"notice_updated", "notice_resolved", "notice_withdrawn", "notice_for_now", "notice_next", "notice_closed", PREVIEW}
)
"""The open questions about a line that are answered in words."""
WHOLE_LABELS = frozenset({PREVIEW, post_settling.KIND})
"""Those whose buttons send to very many, so that no word of a sentence presses one."""


def understands(talk: Conversation, pending: Pending | None, text: str) -> bool:
    """What is about a notice before it is about anything else; False when it is something else.

    Before the buttons: "oppdater: feilen er funnet" begins with the word of one, and must not be lost by pressing it.
    """
    if post_settling.understands(talk, text):
        return True
    said = _WITH_REF.match(text.strip())
    if said is not None and _typed(talk, said["ref"].upper(), f"{said['what']}: {said['rest']}"):
        return True
    # After the reference: another notice may be named than the one whose buttons are shown.
    if pending is not None and pending.kind == "notice_actions" and _typed(talk, pending.key, text):
        return True
    if pending is None or pending.kind not in QUESTIONS or talk.state.draft is not None:
        return pending is not None and pending.kind == PREVIEW and _at_preview(talk, text)
    return _at_question(talk, pending, text)


def hear(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """The answer to one of `QUESTIONS`."""
    match kind:
        case "notice_next":
            line_writing.take_next(talk, text)
        case "notice_closed":
            line_writing.take_closed(talk, text)
        case _ if kind == PREVIEW:
            line_writing.reword(talk, text)
        case _:
            take(talk, ref, kind.removeprefix("notice_"), text)


def start(talk: Conversation, ref: str, kind: str) -> None:
    """Ask for the text of an update, a resolution or a withdrawal."""
    notice = line_writing.active(talk, ref)
    if not may_publish(talk):
        say_not_allowed(talk)
    elif notice is None or kind not in (*KINDS, FOR_NOW):
        talk.say("notice.unknown", ref=ref)
    else:
        # What was planned or told had no cause; it is over.
        faulty = notice.type == FELLESFEIL
        talk.say("notice.ask_over" if kind == "resolved" and not faulty else f"notice.ask_{kind}", ref=ref)
        talk.ask(Pending(f"notice_{kind}", ref))


def take(talk: Conversation, ref: str, kind: str, text: str) -> None:
    """What everybody is told; an earlier line that was not sent is forgotten for it."""
    notice = line_writing.open_for(talk, ref)
    new = Line(ref, "resolved" if kind == FOR_NOW else kind, "")
    if notice is not None and is_nothing(text) and not read_update(talk, notice, new, text, first=True).changes:
        told = _NOTHING_TOLD.get(kind) if notice.type == FELLESFEIL or kind == "updated" else None
        if told is None:
            talk.say("line.need_why")
            start(talk, ref, kind)
            return
        text = talk.case_text(told)
    if notice is not None:
        line = line_writing.worded(talk, notice, new, text, first=True, for_now=kind == FOR_NOW)
        line_writing.show(talk, notice, line)


def press(talk: Conversation, what: str) -> None:
    """The buttons while a line is written."""
    action, _, version = what.partition(":")
    line = talk.state.line
    notice = line_writing.open_for(talk, line.ref) if line is not None else None
    if line is None:
        talk.say("error.old_card")
    elif notice is None:
        pass  # it has been said why
    elif action in ("send", "reach") and version != line_writing.version(line):
        talk.say("error.old_card")
        line_writing.show(talk, notice, line)
    elif action in ("send", "reach"):
        line_writing.send(talk, notice, line, reach_confirmed=action == "reach")
    elif action == "fewer":
        line_writing.fewer(talk, notice, line)
    elif action == "text":
        talk.say("line.ask_text", ref=line.ref)
        talk.ask(Pending(PREVIEW, line.ref))
    elif action == "closed":
        line_writing.ask_closed(talk, notice)
    elif action == "same":
        line_writing.show(talk, notice, replace(line, closed=""))
    elif action == "next":
        line_writing.ask_next(talk, line)
    elif action == "keep":
        line_writing.keep_next(talk, notice, line)
    elif action == "no_promise":
        line_writing.show(talk, notice, replace(line, next_update_at=UNKNOWN_VALUE))
    elif action == "drop":
        line_writing.drop(talk, line)
    else:
        talk.say("error.unknown_button")


def resubmit(talk: Conversation, proposed: ProposedLine) -> None:
    """A line that was sent back is taken up by its author, with everything in it."""
    notice = line_writing.open_for(talk, proposed.ref)
    if notice is not None:
        promised = proposed.next_update_at
        told = proposed.line
        words = proposed.words if proposed.changes else told.text
        next_at = promised.isoformat() if promised else UNKNOWN_VALUE
        line = Line(proposed.ref, told.kind, words, told.closed, next_at, changes=proposed.changes)
        line_writing.show(talk, notice, line)


def _typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Oppdater: feilen er funnet" right after the list, or with a reference."""
    said = _TYPED.match(text.strip())
    if said is None:
        return False
    what = said.group("what").lower()
    kind = "updated" if what.startswith(("oppdater", "update")) else "resolved"
    if what.startswith(("midlertidig", "mellombels")):
        kind = FOR_NOW
    elif what.startswith(("trekk", "withdraw")):
        kind = "withdrawn"
    rest = said.group("rest").strip(" :–-")
    if rest:
        take(talk, ref, kind, rest)
    else:
        start(talk, ref, kind)
    return True


def _at_question(talk: Conversation, pending: Pending, text: str) -> bool:
    """ "Avbryt" and "hopp over" while a line is asked for are about the line."""
    command = find_command(text)
    if pending.kind == PREVIEW and _at_preview(talk, text):
        return True
    if command is not None and command.command is Command.CANCEL:
        talk.close_question()
        line_writing.drop(talk, talk.state.line or Line(pending.key, "", ""))
        return True
    if command is not None and command.command is Command.SKIP and pending.kind != PREVIEW:
        talk.close_question()
        hear(talk, pending.kind, pending.key, text)
        return True
    return False


def _is_a_time(talk: Conversation, text: str) -> bool:
    """ "Kl 14" and nothing else: when the next update comes, and no news. A bare figure is the number of a button."""
    if text.strip(" .").isdigit():
        return False
    moment = read_moment(text, talk.situation.now, "future")
    return moment is not None and len(text.strip(" .!")) - len(moment.text) <= _MOST_BESIDE_A_TIME


def _at_preview(talk: Conversation, text: str) -> bool:
    """ "Send", "ny oppdatering kl 15", "lukket gruppe: …" or "endre teksten til …", while a line is shown."""
    line = talk.state.line
    if line is None:
        return False
    command, closed = find_command(text), _CLOSED.match(text)
    # A bare yes alone: "ja, men vent litt" must not go to twelve thousand.
    if is_answer(text, "yes") or (command is not None and command.command is Command.SEND):
        press(talk, f"send:{line_writing.version(line)}")
    elif command is not None and command.command is Command.CANCEL:
        press(talk, "drop")
    elif yes_or_no(text) is False:
        press(talk, "text")
    elif closed is not None:
        line_writing.take_closed(talk, text[closed.end() :])
    elif (_NEXT.match(text) and len(text.split()) <= _WORDS_OF_A_TIME) or _is_a_time(talk, text):
        line_writing.take_next(talk, text)
    elif command is not None and command.command is Command.CHANGE:
        what, _, wording = command.rest.partition(" til ")
        if wording.strip():
            # "Endre omvei til bruk papir" changes that fact, "endre teksten til …" the words of the line.
            line_writing.reword(talk, wording if _TEXT.match(what) else f"{what}: {wording}")
        else:
            press(talk, "next" if _NEXT.match(what) else "text")
    else:
        return False
    return True
