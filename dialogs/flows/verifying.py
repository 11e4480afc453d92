"""After a fellesfeil is resolved: «virker det hos deg nå?» (G 5.1.2: a fault is solved when people can work again).

Yes closes the case as verified. No lets it go on as a case of its own, and the desk is told. Who does not answer is
reminded once, the next day, and then left in peace: the case stays where it is.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs.case import Status
from dialogs.choosing import yes_or_no
from dialogs.conversation import Conversation
from dialogs.effects import Move, MoveCase, SayWhetherItWorks
from dialogs.replies import Choice
from dialogs.state import Pending
from dialogs.works_now import Verdict, verdict

KIND = "works"

_MAX_LENGTH = 2000


def choices(talk: Conversation, ref: str) -> tuple[Choice, ...]:
    """The two buttons."""
    return (
        Choice(f"works:{ref}:yes", talk.text("verify.yes"), "positive"),
        Choice(f"works:{ref}:no", talk.text("verify.no"), "destructive"),
    )


def press(talk: Conversation, rest: str) -> None:
    """A button: "L-ref:yes" or "L-ref:no"."""
    ref, _, answer = rest.partition(":")
    if answer in ("yes", "no"):
        _answer(talk, ref, answer == "yes", "")
    else:
        talk.say("error.unknown_button")


def typed(talk: Conversation, ref: str, text: str) -> bool:
    """ "Ja, alt fungerer" or "nei, får fortsatt feilmelding"; False when it is something else."""
    if len(text) > _MAX_LENGTH or ref not in talk.situation.to_verify:
        return False
    said, plain = verdict(text), yes_or_no(text)
    if said is Verdict.UNTRIED:
        talk.say("verify.try_first", ref=ref)
    elif said is Verdict.WORKS_NOT or plain is False:
        _answer(talk, ref, False, text)  # also "ja, men det virker fortsatt ikke"
    elif said is Verdict.WORKS or plain:
        _answer(talk, ref, True, text)
    else:
        return False
    return True


def works(talk: Conversation, text: str) -> bool:
    """ "Ja det virker", "ser bra ut i HEL, takk", also where another list stands open: the newest question is answered.

    False when the message says more, nothing is asked about, or the cases asked about are of several faults.
    """
    asked = [case for ref in sorted(talk.situation.to_verify) if (case := talk.case(ref)) is not None]
    draft, pending = talk.state.draft, talk.state.pending
    beside = (draft is not None and draft.stage != "choose") or (pending is not None and not pending.options)
    if beside or len({case.fellesfeil for case in asked}) != 1 or verdict(text) is not Verdict.WORKS:
        return False
    for case in asked:
        _answer(talk, case.ref, True, text)
    return True


def works_not(talk: Conversation, why: str) -> bool:
    """«Virker ikke» with no question open: the one case that is asked about; False when there is none or several."""
    asked = sorted(talk.situation.to_verify)
    if len(asked) != 1 or talk.state.draft is not None:
        return False
    _answer(talk, asked[0], False, why)
    return True


def _answer(talk: Conversation, ref: str, works: bool, text: str) -> None:
    case = talk.case(ref)
    if case is None or ref not in talk.situation.to_verify:
        talk.say("verify.not_asked", ref=ref)
        return
    notice, said = case.fellesfeil or "–", text.strip()
    more = said if len(said.split()) > 1 else ""
    key = "verify.comment_yes" if works else "verify.comment_no"
    comment = talk.case_text(key, ref=notice, text=more).strip()
    pending = talk.state.pending
    if pending is not None and pending.kind == KIND:
        talk.close_question()
    if case.status is Status.SOLUTION_PROPOSED and talk.situation.case_tool.takes_answers:
        # It answers the solution that is proposed there as well (G 5.1.2.1).
        talk.effect(MoveCase(ref, Move.ACCEPT if works else Move.REJECT))
    told = more or talk.case_text("verify.yes" if works else "verify.no")
    talk.effect(SayWhetherItWorks(ref, works, told, comment))
    talk.state = replace(talk.state, last_case=ref)
    if works:
        talk.say("verify.closed", ref=ref)
    elif more or talk.state.draft is not None or (talk.state.pending is not None and not talk.state.pending.options):
        talk.say("verify.goes_on", ref=ref)
    else:
        talk.say("verify.goes_on_tell_more", ref=ref)
        talk.ask(Pending("comment", ref))
