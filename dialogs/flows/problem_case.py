"""A fault that was mended for the time being needs a problem case, in which its root cause is mended (G 5.1.2.5).

The problem process is the agency's own, and the bot opens no case in it: it keeps the task, writes the text, and says
where the case is made. The task stays until somebody at the desk says that it is made, or not needed, and why.
"""

from __future__ import annotations

from dialogs.case import FELLESFEIL, Notice, Role
from dialogs.conversation import Conversation
from dialogs.dates import show_duration, show_moment
from dialogs.effects import AskForProblemCase, SettleProblemTask
from dialogs.fellesfeil_cases import members
from dialogs.notice_message import as_sentence
from dialogs.problem_task import ProblemTask, is_for_now
from dialogs.replies import Choice, Link
from dialogs.state import Pending


def as_for_now(talk: Conversation, text: str) -> str:
    """The words with what everybody must know of a measure that is for now: it may come back, and what follows."""
    more = talk.case_text("problem.may_come_back")
    told = text if is_for_now(text) else talk.case_text("problem.for_now", text=text)
    return told if more in told else f"{as_sentence(told)} {more}"


def ask_for(talk: Conversation, notice: Notice, measure: str) -> None:
    """Keep the task, and show the text of the problem case and where it is made."""
    if notice.type != FELLESFEIL:
        return
    now = talk.situation.now
    cases = members(talk.situation.faults, notice)
    places = sorted({case.reporter.virksomhet for case in cases if case.reporter.virksomhet})
    hovedsak = next((case for case in cases if case.ref == notice.hovedsak), None)
    number = hovedsak.kompass.id if hovedsak is not None and hovedsak.kompass else notice.hovedsak
    draft = talk.case_text(
        "problem.draft",
        what=notice.what,
        ref=notice.ref,
        affected=notice.affected,
        consequence=notice.consequence,
        since=show_moment(notice.since, "nb", now),
        lasted=show_duration(now - notice.since, "nb"),
        hovedsak=number or "–",
        count=len(cases),
        places=", ".join(places) or "–",
        measure=_bare(talk, measure),
    )
    task = ProblemTask(notice.ref, notice.what, draft, talk.situation.person.name, now)
    talk.effect(AskForProblemCase(task))
    _say(talk, "problem.asked", task)


def may_handle(talk: Conversation) -> bool:
    """The problem process is USS's way into it, and nobody else's."""
    return Role.USS in talk.roles


def show(talk: Conversation) -> None:
    """The problem cases still to be made."""
    tasks = talk.situation.problems
    if not tasks:
        talk.say("problem.none")
    for task in tasks[:5]:
        _say(talk, "problem.open", task)
    if len(tasks) > 5:
        talk.say("problem.more", count=len(tasks) - 5)


def remind(talk: Conversation) -> None:
    """One line about tasks that are open, where USS looks at its notices anyway."""
    if may_handle(talk) and talk.situation.problems:
        choices = (Choice("cmd:problems", talk.text("problem.see")),)
        talk.say("problem.still_open", count=len(talk.situation.problems), choices=choices)


def press(talk: Conversation, rest: str) -> None:
    """A button: "D-ref:made" or "D-ref:not_needed"."""
    ref, _, what = rest.partition(":")
    if not may_handle(talk):
        talk.say("problem.not_allowed")
    elif _task(talk, ref) is None or what not in ("made", "not_needed"):
        talk.say("problem.gone", ref=ref)
    else:
        talk.say("problem.which_number" if what == "made" else "problem.why_not", ref=ref)
        talk.ask(Pending(f"problem_{what}", ref))


def settle(talk: Conversation, kind: str, ref: str, text: str) -> None:
    """The number of the problem case, or why none is needed."""
    talk.close_question()
    if not may_handle(talk):
        talk.say("problem.not_allowed")
        return
    if _task(talk, ref) is None:
        talk.say("problem.gone", ref=ref)
        return
    made = kind == "problem_made"
    talk.effect(SettleProblemTask(ref, made, text.strip()))
    talk.say("problem.done_made" if made else "problem.done_not_needed", ref=ref, text=text.strip())


def _say(talk: Conversation, key: str, task: ProblemTask) -> None:
    organisation, language = talk.knowledge.organisation, talk.state.language
    url = organisation.links.get("problemsak")  # an installation may have none
    links = (Link(organisation.link_label("problemsak", language), url),) if url else ()
    choices = (
        Choice(f"problem:{task.fellesfeil}:made", talk.text("problem.made"), "positive"),
        Choice(f"problem:{task.fellesfeil}:not_needed", talk.text("problem.not_needed")),
    )
    talk.say(key, ref=task.fellesfeil, draft=task.draft, links=links, choices=choices)


def _bare(talk: Conversation, measure: str) -> str:
    """What was done, without what was said around it for everybody."""
    before = talk.case_text("problem.for_now", text="").rstrip()
    return measure.removesuffix(talk.case_text("problem.may_come_back")).strip().removeprefix(before).strip()


def _task(talk: Conversation, ref: str) -> ProblemTask | None:
    return next((task for task in talk.situation.problems if task.fellesfeil == ref), None)
