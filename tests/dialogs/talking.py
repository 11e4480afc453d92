"""What several transcripts do: begin a case on a certain form, get to its summary, open it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs.case import NoticeStatus, Person
from tests.transcript import MONDAY, Transcript, person

# A fault that is plainly "AKS – tregt, heng, fryser", and that form.
AKS_SLOW = "AKS fryser for alle på kontoret i dag"
AKS_SLOW_FORM = 900562


def begun(
    role: str, text: str, form_id: int, *files: str, virksomhet: str = "BGO", now: datetime = MONDAY
) -> Transcript:
    """A conversation in which this form is taken, chosen by hand where the bot is not sure."""
    talk = Transcript(person(role, virksomhet=virksomhet), now=now)
    begin(talk, text, form_id, *files)
    return talk


def begin(talk: Transcript, text: str, form_id: int, *files: str) -> None:
    """Say it, and choose this form where the bot asks which."""
    talk.says(text, *files)
    choose(talk, form_id)


def choose(talk: Transcript, form_id: int) -> None:
    """Choose this form where the bot asks which; nothing where it is sure."""
    while (pending := talk.state.pending) is not None and pending.kind in ("form", "split"):
        fitting = [
            number
            for number, option in enumerate(pending.options, 1)
            if str(form_id) in option.partition(":")[2].split(",")
        ]
        assert fitting, f"{form_id} is not offered:\n{talk.last}"
        talk.says(str(fitting[0]))
    assert talk.state.draft is not None
    assert talk.state.draft.form_id == form_id, talk.last


def fill(talk: Transcript, **answers: str) -> Transcript:
    """Answer what is asked until the summary: by item key, else that one does not know."""
    for _ in range(30):
        pending = talk.state.pending
        if pending is None or pending.kind != "item":
            return talk
        talk.says(answers.get(pending.key, "vet ikke"))
    raise AssertionError(f"no end of questions:\n{talk.text()}")


def at_summary(role: str = "1linje") -> Transcript:
    """A fault of which everything is said or not known, waiting to be sent."""
    talk = fill(begun(role, AKS_SLOW, AKS_SLOW_FORM))
    talk.bot_says("Skal jeg sende saken?")
    return talk


def opened(role: str = "1linje") -> Transcript:
    """A fault that has been sent."""
    talk = at_summary(role)
    talk.says("send")
    assert talk.cases
    return talk


def publish(talk: Transcript) -> None:
    """Publish the notice that is shown: what reaches very many is confirmed, and approved by a second person."""
    talk.says("publiser")
    if talk.state.pending is not None and talk.state.pending.kind == "notice_reach":
        talk.presses(talk.choices()[0][1])
    if any(notice.status is NoticeStatus.WAITING for notice in talk.notices):
        approver(talk).presses("Godkjenn og publiser")


def tell(talk: Transcript, kind: str, text: str, ref: str = "D-2026-0001") -> None:
    """Write a line of a published notice and send it; nothing is promised that the text does not promise."""
    talk.press_action(f"notice:{ref}:{kind}")
    talk.says(text)
    if talk.state.pending is not None and talk.state.pending.kind == "notice_next":
        talk.says("vet ikke")
    talk.says("send")


def approver(talk: Transcript) -> Transcript:
    """Another person at the desk, who looks at what waits for approval."""
    other = Transcript(second_uss(), now=talk.now, notices=talk.notices)
    other.says("til godkjenning")
    return other


def second_uss() -> Person:
    """Somebody else at the desk."""
    return replace(person("uss", virksomhet="UKE"), id="p-uss2", name="Remi Manager")


def open_at(start: tuple[str, int], key: str, *said: str) -> Transcript:
    """A report that has got as far as this question."""
    talk = begun("1linje", *start)
    for one in said:
        talk.says(one)
    assert talk.state.pending is not None
    assert (talk.state.pending.kind, talk.state.pending.key) == ("item", key), talk.text()
    return talk


def answers(talk: Transcript) -> dict[str, str]:
    """What the case holds so far, as people read it."""
    draft = talk.state.draft
    assert draft is not None
    return {key: answer.shown for key, answer in draft.answers.items()}
