"""When what a notice tells of begins: a fault has begun, planned work and information lie ahead (G 5.1.2.2).

"Fredag 27." of planned work is the next Friday the 27th, and never one of months ago. Who moves the work moves the rest
of its times too: when it is over, and the words of the text that name the day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.conversation import Conversation
from dialogs.dates import show_moment
from dialogs.state import UNKNOWN_VALUE, Answer, Draft
from dialogs.taken_back import without_opener
from knowledge.reading import Moment
from knowledge.reading.time.finding import Found, find_moments

_AHEAD = frozenset({"vedlikehold", "informasjon"})
_HAS_BEEN = re.compile(r"\b(?:siden|sidan|since|har\s+vært|har\s+vore|i\s+går|sist)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
# What may stand beside the new time of planned work: "nei vent, det blir fredag 27. kl 18-22 i stedet".
_BESIDE = frozenset(
    "nei no vent det den dette blir vert er flyttes flyttet flytta utsatt utsettes til heller i stedet staden arbeidet "
    "vedlikeholdet it is moved to instead forresten beklager på om ny tid fra frå".split()
)


def kind_of(draft: Draft) -> str:
    """What kind of notice it is, as `Notice.type`; empty while that is not known."""
    kind = draft.answers.get("type")
    return str(kind.value) if kind is not None else ""


def start_ahead(text: str, kind: str, now: datetime) -> Moment | None:
    """The day that a notice of this kind says it begins on, read forward; None when it names none or has begun."""
    if kind not in _AHEAD or (kind == "informasjon" and _HAS_BEEN.search(text)):
        return None
    found = find_moments(text, now, "future")
    ahead = found[0].moment if found else None
    return ahead if ahead is not None and (kind == "vedlikehold" or ahead.day_said) else None


def moved(talk: Conversation, draft: Draft, text: str) -> Draft | None:
    """The notice of what lies ahead after its time was said anew and nothing else; None for all other messages."""
    before = draft.answers.get("since")
    if kind_of(draft) not in _AHEAD or before is None or before.value == UNKNOWN_VALUE:
        return None
    rest, _ = without_opener(text)
    found = find_moments(rest, talk.situation.now, "future")
    if len(found) != 1 or not found[0].moment.day_said:
        return None
    beside = f"{rest[: found[0].start]} {rest[found[0].end :]}".lower()
    if not set(_WORD.findall(beside)) <= _BESIDE or any(sign.isdigit() for sign in beside):
        return None
    return _with_times(talk, draft, datetime.fromisoformat(str(before.value)), found[0])


def _with_times(talk: Conversation, draft: Draft, was: datetime, found: Found) -> Draft:
    at, end = found.moment.at, found.moment.end
    if found.moment.precision == "day":
        at, end = at.replace(hour=was.hour, minute=was.minute), None  # another day, and the same time of it
    after = draft.with_answer("since", _answer(talk, at, "said"))
    over = draft.answers.get("next_update_at")
    if over is not None and over.source == "assumed":
        length = datetime.fromisoformat(str(over.value)) - was
        end = end or (at + length if length > timedelta(0) else None)
        after = after.with_answer("next_update_at", _answer(talk, end, "assumed")) if end is not None else after
    what = draft.answers.get("what")
    named = find_moments(what.shown, talk.situation.now, "future") if what is not None else ()
    if what is not None and len(named) == 1 and named[0].moment.at == was:
        said = found.moment.text if found.moment.precision != "day" else show_moment(at, "nb", talk.situation.now)
        words = f"{what.shown[: named[0].start]}{said}{what.shown[named[0].end :]}"
        after = after.with_answer("what", replace(what, value=words, shown=words))
    return after


def _answer(talk: Conversation, at: datetime, source: str) -> Answer:
    return Answer(at.isoformat(), show_moment(at, talk.state.language, talk.situation.now), source)
