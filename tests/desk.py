"""Two people and the bot between them: an employee and the own 1.linje, each with a conversation of his own.

    desk = Desk(person("ansatt"), person("1linje"))
    desk.employee.says("Skriveren lager striper")
    desk.first_line.says("innboksen")

They share the cases. What one does that the other is to be told of, the other is told at once, as the bot room does
(`bot/first_line.py`, which has tests of its own on the real store).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.case import Case, Person
from dialogs.effects import AskReporter, CommentCase, Effect, OpenCase, PassOn, ReopenCase, SolveCase
from tests.transcript import Transcript


@dataclass
class Talker(Transcript):
    """One of the two; `other` hears what concerns him."""

    other: Talker | None = None

    def _apply(self, effects: Sequence[Effect]) -> None:
        super()._apply(effects)
        if self.other is not None:
            for effect in effects:
                self._tell(self.other, effect)

    def _tell(self, other: Talker, effect: Effect) -> None:
        name = self.person.name
        match effect:
            case OpenCase(case) if case.first_line in other.person.first_line_of:
                other.happens("inbox_new", case.ref, name=name, text=case.title)
            case CommentCase(ref, text) if self.at_first_line(ref):
                other.happens("inbox_comment", ref, name=name, text=text)
            case ReopenCase(ref, text):
                other.happens("inbox_reopened", ref, name=name, text=text)
            case AskReporter(ref, text):
                other.happens("case_question", ref, name=name, text=text)
            case SolveCase(ref, text):
                other.happens("case_solved", ref, name=name, text=text)
            case PassOn(ref, new):
                other.happens("case_passed_on", ref, id=new.ref)

    def at_first_line(self, ref: str) -> bool:
        """Whether the case lies with an own 1.linje."""
        return any(case.ref == ref and case.first_line for case in self.cases)


class Desk:
    """An employee and somebody of 1.linje, who share the cases."""

    def __init__(self, employee: Person, first_line: Person) -> None:
        self.cases: list[Case] = []
        self.employee = Talker(employee, cases=self.cases, first_line_reads=True)
        self.first_line = Talker(first_line, cases=self.cases)
        self.employee.other, self.first_line.other = self.first_line, self.employee
