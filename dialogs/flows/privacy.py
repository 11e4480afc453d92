"""What the bot keeps about a person, and deleting it (privacy; the archive keeps what the archive duty demands)."""

from __future__ import annotations

from dataclasses import replace

from dialogs.conversation import Conversation
from dialogs.effects import ForgetMe
from dialogs.replies import Choice
from dialogs.state import State

SHOWN_CASES = 50


def about_me(talk: Conversation) -> None:
    """Everything kept about the one who asks, and for how long."""
    person, state = talk.situation.person, talk.state
    roles = ", ".join(sorted(talk.text(f"role.{role}") for role in person.roles))
    unknown = talk.text("privacy.nothing")
    choices = (Choice("cmd:forget_me", talk.text("privacy.delete"), "destructive"),)
    talk.say(
        "privacy.about_me",
        name=person.name,
        virksomhet=talk.virksomhet or unknown,
        roles=roles,
        said_role=talk.text(f"role.{state.said_role}") if state.said_role else unknown,
        phone=person.phone or unknown,
        cases=len(talk.situation.cases),
        drafts=len(state.drafts),
        affected=len(talk.situation.affected_by),
        choices=choices,
    )


def ask_to_forget(talk: Conversation) -> None:
    """Deleting cannot be undone, so it is confirmed; what stays is said before."""
    choices = (
        Choice("forget:yes", talk.text("privacy.yes"), "destructive"),
        Choice("forget:no", talk.text("privacy.no")),
    )
    talk.say(_of_those_that_stay(talk, "privacy.sure"), cases=len(talk.situation.cases), choices=choices)
    talk.ask_choice("forget", "", choices)


def answer_forget(talk: Conversation, answer: str) -> None:
    """Delete at once, or let everything be."""
    if talk.state.pending is None or talk.state.pending.kind != "forget":
        talk.say("error.old_card")
        return
    talk.close_question()
    if answer != "yes":
        talk.say("privacy.kept")
        return
    talk.effect(ForgetMe())
    talk.state = replace(State(language=talk.state.language), draft_count=talk.state.draft_count)
    # The references are told, for nobody can look them up in the conversation any more.
    shown = [case.ref for case in talk.situation.cases[:SHOWN_CASES]]
    more = ("…",) if len(talk.situation.cases) > SHOWN_CASES else ()
    refs = ", ".join((*shown, *more))
    talk.say(_of_those_that_stay(talk, "privacy.deleted"), cases=len(talk.situation.cases), refs=refs)


def _of_those_that_stay(talk: Conversation, key: str) -> str:
    """The key of the text for no case, one, or several."""
    cases = len(talk.situation.cases)
    return f"{key}_all" if not cases else f"{key}_one" if cases == 1 else key
