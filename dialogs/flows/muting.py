"""To be spared the quiet news of a case, and to hear of it again. What needs an answer is told all the same."""

from __future__ import annotations

from dialogs.conversation import Conversation
from dialogs.effects import MuteCase
from dialogs.flows import which_case
from dialogs.flows.commenting import full_ref


def mute(talk: Conversation, ref: str) -> None:
    """ "Ikke varsle meg om L-2026-000001"."""
    _change(talk, ref, muted=True)


def unmute(talk: Conversation, ref: str) -> None:
    """ "Varsle meg igjen"."""
    _change(talk, ref, muted=False)


def _change(talk: Conversation, ref: str, *, muted: bool) -> None:
    word = "mute" if muted else "unmute"
    if ref:
        case = talk.case(full_ref(talk, ref))
        if case is None:
            talk.say("status.unknown_case", ref=ref)
    else:
        cases = [one for one in talk.situation.cases if one.is_open]
        # Those it changes something for are meant rather than the others.
        fitting = [one for one in cases if (one.ref in talk.situation.muted) is not muted]
        case = which_case.find(talk, fitting or cases, lambda one: f"{word}:{one.ref}")
    if case is None:
        return
    talk.effect(MuteCase(case.ref, muted))
    talk.say("mute.done" if muted else "mute.undone", ref=case.ref)
