"""Sixty written reports and the person who sends them: how many messages from first word to opened case.

The person is simulated and talks with the real engine in the plain-text way: writes the report, answers what is asked
from the facts of the report, corrects what was read wrongly, and confirms. Every message is counted. Three ways of
answering are played: one question at a time, whatever the bot invites to; everything the bot lists in one message, as
numbered lines; and the same as "Label: answer" lines. Whoever has seen the summary ends the last answer with "send", as
the bot says one can.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dialogs.answer_lists import asked_together
from dialogs.conversation import Conversation
from dialogs.filling import Refused, parse_answer
from dialogs.items import DraftItem, KeptItems, items_of, missing_required
from dialogs.replies import Choice, Questions, Summary
from dialogs.state import Draft, Pending
from dialogs.turn import Situation
from knowledge.catalogue import FieldType
from tests.transcript import Transcript, engine, library, person

DATA = Path(__file__).parents[1] / "data"
REPORTS = "reports.yaml"
UNSEEN = "reports_unseen.yaml"
FRESH = "reports_fresh.yaml"
# Whoever has not got through after this many messages gives up.
PATIENCE = 25


class Length(StrEnum):
    """How much the first message says."""

    COMPLETE = "complete"
    HALF = "half"


class Style(StrEnum):
    """How the person answers a list of missing things."""

    ONE_AT_A_TIME = "one at a time"
    NUMBERED = "all, numbered"
    LABELLED = "all, by label"


@dataclass(frozen=True, slots=True)
class Report:
    """One written report; see the head of `reports.yaml`."""

    id: str
    role: str
    virksomhet: str
    form: int
    complete: str
    half: str
    facts: Mapping[str, str]
    files: tuple[str, ...] = ()

    def text(self, length: Length) -> str:
        """The first message."""
        return self.complete if length is Length.COMPLETE else self.half


@dataclass(frozen=True, slots=True)
class Unread:
    """An item whose value stood in the text (or was asked although known): `read` is what was taken instead, if any."""

    report: str
    key: str
    type: FieldType
    required: bool
    fact: str
    read: str
    text: str


@dataclass(slots=True)
class Played:
    """What came of one report."""

    report: Report
    length: Length
    style: Style
    talk: Transcript
    messages: int = 0
    asked: list[str] = field(default_factory=list)
    """what was asked, in order: item keys, and in angle brackets other questions"""
    corrected: list[str] = field(default_factory=list)
    """what was read wrongly and put right at the summary"""
    first_form: int | None = None
    """the form of the draft after the first message, when one was taken"""
    known: Draft | None = None
    """the draft when the right form was first taken"""
    items: tuple[DraftItem, ...] = ()
    lacking: list[str] = field(default_factory=list)
    """required items the report has no fact for: a mistake in the data"""

    @property
    def opened(self) -> bool:
        """Whether a case was opened."""
        return bool(self.talk.cases)

    @property
    def right(self) -> bool:
        """Whether it was opened on the right form."""
        return self.opened and self.talk.cases[0].form_id == self.report.form

    @property
    def asked_twice(self) -> list[str]:
        """Items that were asked again after an answer."""
        keys = [key for key in self.asked if not key.startswith("<")]
        return sorted({key for key in keys if keys.count(key) > 1})


@cache
def load_reports(name: str = REPORTS) -> tuple[Report, ...]:
    """All reports of the file: the sixty, those nobody tuned to, or those written after the rules were finished."""
    data = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return tuple(Report(**{**one, "files": tuple(one.get("files", ()))}) for one in data)


def play(report: Report, length: Length, style: Style) -> Played:
    """The whole conversation, to the opened case or the end of the person's patience."""
    talk = Transcript(person(report.role, virksomhet=report.virksomhet))
    played = Played(report, length, style, talk)
    _say(played, report.text(length), *(report.files if length is Length.COMPLETE else ()))
    played.first_form = talk.state.draft.form_id if talk.state.draft else None
    while not talk.cases and played.messages < PATIENCE:
        _answer(played)
    return played


def unread(played: Played) -> list[Unread]:
    """Facts of a complete report that were not read out of it, or not rightly, once the right form was taken."""
    draft = played.known
    if draft is None or played.length is not Length.COMPLETE:
        return []
    found = []
    for item in played.items:
        fact = played.report.facts.get(item.key)
        answer = draft.answers.get(item.key)
        if fact is None or item.key == "critical" or item.type is FieldType.ATTACHMENT:
            continue
        if answer is None or not _same(_parsed(played, draft, item, fact), answer.value, item):
            read = "" if answer is None else str(answer.shown)
            found.append(
                Unread(played.report.id, item.key, item.type, item.required, fact, read, played.report.complete)
            )
    return found


def plain_form_messages(played: Played) -> int:
    """A plain form in a chat: one message to choose the form, one per required item, one to confirm."""
    return 1 + sum(item.required for item in played.items) + 1


def _answer(played: Played) -> None:
    talk, report = played.talk, played.report
    pending, draft = talk.state.pending, talk.state.draft
    if draft is not None and draft.form_id == report.form and draft.stage in ("fill", "confirm") and not played.known:
        played.known = draft
        played.items = items_of(_conversation(talk), draft)
    wrong = draft is not None and draft.form_id is not None and draft.form_id != report.form
    if pending is None:
        played.asked.append("<nothing>")
        _say(played, library().catalogue.get(report.form).title)
    elif wrong and pending.kind in ("item", "confirm", "self_help", "right", "fault_type"):
        played.asked.append("<wrong form>")
        _say(played, _rightly(played))
    elif pending.kind == "item":
        _answer_item(played, pending)
    else:
        played.asked.append(f"<{pending.kind}>")
        _say(played, _choice(played, pending))


def _rightly(played: Played) -> str:
    """What the person says of a summary on the wrong form: the right one if it stands there, else that it is wrong."""
    shown = [choice.id.rpartition(":")[2] for choice in _summary_choices(played) if choice.id.startswith("other:")]
    form = str(played.report.form)
    return f"skjema {shown.index(form) + 2}, send" if form in shown else "feil skjema"


def _summary_choices(played: Played) -> tuple[Choice, ...]:
    return next((reply.choices for reply in reversed(played.talk.replies) if isinstance(reply, Summary)), ())


def _choice(played: Played, pending: Pending) -> str:
    """What the person answers to a question that is no item."""
    form = str(played.report.form)
    match pending.kind:
        case "confirm":
            return _confirmation(played)
        case "self_help":
            return _did_not_help(played)
        case "right":
            return "1"
        case "fault_type":
            return "2"
        case "switch":
            return "3"
        case "form" | "split":
            for number, option in enumerate(pending.options, 1):
                if form in option.partition(":")[2].split(","):
                    return str(number)
            return str(len(pending.options))
        case _:
            # Not understood: say it by the name of the form, as one who has looked it up.
            return library().catalogue.get(played.report.form).title


def _did_not_help(played: Played) -> str:
    """No, and where the person answers all in one message, what the bot lists below the steps."""
    draft = played.talk.state.draft
    assert draft is not None
    listed = re.findall(r"^\d+\. (.+)$", played.talk.last, re.MULTILINE)
    items = [
        item
        for line in listed
        for item in items_of(_conversation(played.talk), draft)
        if line.startswith(item.question)
    ]
    if played.style is Style.ONE_AT_A_TIME or not items:
        return "nei"
    played.asked += [item.key for item in items]
    return "\n".join(["nei", *(f"{number}. {_fact(played, item.key)}" for number, item in enumerate(items, 1))])


def _confirmation(played: Played) -> str:
    """Send, after correcting what was read wrongly of the required things: the person reads the summary."""
    draft = played.talk.state.draft
    wrong = [] if draft is None else [item for item in played.items if item.required and _is_wrong(played, draft, item)]
    if not wrong:
        return "send"
    played.corrected.append(wrong[0].key)
    change = f"endre {wrong[0].label.rstrip('?').lower()} til {_fact(played, wrong[0].key)}"
    return f"{change}, send" if len(wrong) == 1 else change


def _is_wrong(played: Played, draft: Draft, item: DraftItem) -> bool:
    answer, fact = draft.answers.get(item.key), played.report.facts.get(item.key)
    if answer is None or fact is None or item.type is FieldType.ATTACHMENT or item.key in played.corrected:
        return False
    return not _same(_parsed(played, draft, item, fact), answer.value, item)


def _answer_item(played: Played, pending: Pending) -> None:
    draft = played.talk.state.draft
    assert draft is not None
    items = items_of(_conversation(played.talk), draft)
    asked = _asked(played, items, draft, pending)
    played.asked += [one.key for one in asked]
    files = played.report.files if any(_is_sent(played, one) for one in asked) else ()
    said = [one for one in asked if not _is_sent(played, one)]
    lines = [_fact(played, one.key) for one in said]
    if len(said) > 1 and played.style is Style.LABELLED:
        lines = [f"{one.label.rstrip('?')}: {line}" for one, line in zip(said, lines, strict=True)]
    elif len(said) > 1:
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    left = {one.key for one in missing_required(items, draft)} - {one.key for one in asked}
    if draft.stage == "confirm" and lines and not left:
        # The summary stands above, and the bot says how to answer and send in one message.
        lines = [f"{lines[0]}, send"] if len(lines) == 1 else [*lines, "send"]
    _say(played, "\n".join(lines), *files)


def _asked(played: Played, items: tuple[DraftItem, ...], draft: Draft, pending: Pending) -> list[DraftItem]:
    """What the bot has just asked, as far as this person answers it in one message."""
    current = [item for item in items if item.key == pending.key]
    together = any(
        (isinstance(reply, Questions) and reply.all_at_once) or (isinstance(reply, Summary) and reply.inputs)
        for reply in played.talk.replies
    )
    if played.style is Style.ONE_AT_A_TIME or not together:
        return current
    return asked_together(items, draft, current[0])


def _is_sent(played: Played, item: DraftItem) -> bool:
    """Whether the answer is a file."""
    return item.type is FieldType.ATTACHMENT and bool(played.report.files)


def _fact(played: Played, key: str) -> str:
    if key not in played.report.facts:
        played.lacking.append(key)
    return played.report.facts.get(key, "vet ikke")


def _say(played: Played, text: str, *files: str) -> None:
    played.messages += 1
    played.talk.says(text, *files)


def _conversation(talk: Transcript) -> Conversation:
    situation = Situation(talk.person, talk.now, "L-2026-000001", "D-2026-0001")
    return Conversation(talk.state, situation, library(), engine().texts, KeptItems())


def _parsed(played: Played, draft: Draft, item: DraftItem, fact: str) -> Any:
    answer = parse_answer(_conversation(played.talk), draft, item, fact)
    assert not isinstance(answer, Refused), f"{played.report.id}: {item.key} cannot be {fact!r}: {answer.why}"
    return answer.value


def _same(expected: Any, value: Any, item: DraftItem) -> bool:
    """Whether a value read out of the text is the one meant; free text need only have its core in common."""
    if item.key == "tried":
        return bool(value)
    if item.type in (FieldType.DATE, FieldType.DATETIME):
        there, here = datetime.fromisoformat(str(expected)), datetime.fromisoformat(str(value))
        return there.date() == here.date() and (item.type is FieldType.DATE or abs(there.hour - here.hour) <= 3)
    if isinstance(expected, str) and isinstance(value, str):
        one, other = expected.casefold().strip(" ."), value.casefold().strip(" .")
        return one in other or other in one
    return bool(expected == value)
