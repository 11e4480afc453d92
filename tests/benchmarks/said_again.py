"""What people take back or add later, in phrasings written before the rules: how many are heard as what they are.

Run with `python -m tests.benchmarks.said_again`; `--each` lists what went wrong. The situations, what is said in them
and what a careful colleague would change stand in `tests/data/said_again.yaml`, whose head says how they are split;
`--fresh` takes those of `said_again_fresh.yaml`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from dialogs.flows import about_sent
from dialogs.state import Answer
from tests.benchmarks.reports import DATA
from tests.dialogs.talking import answers, begun, fill
from tests.transcript import Transcript

SENT = "sent"
FIRST, FRESH = "said_again.yaml", "said_again_fresh.yaml"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, and what came of it. wrong: why it is not right, empty when it is. asked: the person was asked
    whether just this was meant, which costs a message and loses nothing."""

    id: int
    where: str
    says: str
    wrong: str
    answered: str
    asked: bool = False

    @property
    def worked_with(self) -> bool:
        """Whether the rules were mended for it; the others are only counted."""
        return self.id % 2 == 1


@cache
def _data(data: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load((DATA / data).read_text(encoding="utf-8"))
    return loaded


@cache
def _begun(name: str, data: str) -> Transcript:
    situation = _data(data)["situations"][name]
    talk = begun(situation.get("role", "1linje"), situation["text"], situation["form"])
    for said in situation.get("said", ()):
        talk.says(said)
    if "fill" in situation:
        fill(talk, **situation["fill"])
    if situation["at"] == SENT:
        talk.says("send")
        assert talk.cases, talk.last
    return talk


def at(name: str, data: str = FIRST) -> Transcript:
    """A conversation that has come as far as this situation."""
    talk = deepcopy(_begun(name, data))
    pending = talk.state.pending
    match _data(data)["situations"][name]["at"]:
        case "summary":
            assert pending is not None
            assert pending.kind == "confirm", talk.text()
        case "list":
            assert pending is not None
            assert pending.kind == "item", talk.text()
        case "sent":
            assert talk.cases
        case key:
            assert pending is not None
            assert pending.key == key, talk.text()
    return talk


def corrections(data: str = FIRST) -> list[Said]:
    """Every correction of the data, said where it is said."""
    return [_heard(one, data) for one in _data(data)["corrections"]]


def kept_answers(data: str = FIRST) -> list[Said]:
    """Every plain answer of the data: the open question holds something, and nothing else has changed."""
    found = []
    for one in _data(data)["answers"]:
        talk = at(one["in"], data)
        before, key = answers(talk), talk.state.pending.key if talk.state.pending else ""
        talk.says(one["says"])
        draft = talk.state.draft
        after = answers(talk) if draft is not None else {}
        changed = [f"{line}: {after.get(line)}" for line, value in before.items() if after.get(line) != value]
        wrong = "; ".join(changed) or ("" if key in after else f"{key} is empty")
        found.append(Said(one["id"], one["in"], one["says"], wrong, talk.last))
    return found


def _heard(one: Mapping[str, Any], data: str) -> Said:
    lines: Mapping[str, str] = one["lines"] if "lines" in one else {one["line"]: one["holds"]}
    talk = at(one["in"], data)
    before = talk.state.draft.answers if talk.state.draft is not None else {}
    talk.says(one["says"])
    pending = talk.state.pending
    if _data(data)["situations"][one["in"]]["at"] == SENT:
        offered = pending is not None and pending.kind == about_sent.KIND
        return Said(one["id"], one["in"], one["says"], "" if offered else "not about the case", talk.last)
    draft = talk.state.draft
    if draft is None:
        return Said(one["id"], one["in"], one["says"], "the case is gone", talk.last)
    wrong = [
        f"{line}: {draft.answers[line].shown if line in draft.answers else None}"
        for line, holds in lines.items()
        if not _holds(draft.answers.get(line), holds)
    ]
    wrong += [
        f"also {key}: {answer.shown}"
        for key, answer in draft.answers.items()
        if key not in (*lines, *one.get("also", ())) and (key not in before or before[key].value != answer.value)
    ]
    wrong += [f"lost {key}" for key in before if key not in draft.answers]
    if pending is None or pending.kind not in ("item", "confirm"):
        wrong.append(f"asks {pending.kind if pending else 'nothing'}")
    asked = pending is not None and pending.kind == "meant" and next(iter(lines.values())) in pending.labels[0]
    return Said(one["id"], one["in"], one["says"], "; ".join(wrong), talk.last, asked)


def _holds(answer: Answer | None, wanted: str) -> bool:
    """Whether the line holds this: all of it after "=", else among other words; as it is shown, or as it is stored."""
    said = [answer.shown, str(answer.value)] if answer is not None else []
    return wanted[1:] in said if wanted.startswith("=") else any(wanted in one for one in said)


def right(some: Sequence[Said]) -> int:
    """How many came out right."""
    return sum(not one.wrong for one in some)


def main(arguments: Sequence[str]) -> int:
    """Print how many are right, of those worked with and of the others."""
    lines = []
    data = FRESH if "--fresh" in arguments else FIRST
    for what, some in (("corrections", corrections(data)), ("plain answers kept", kept_answers(data))):
        for whose, part in (
            ("worked with", [one for one in some if one.worked_with]),
            ("only counted", [one for one in some if not one.worked_with]),
        ):
            asked = sum(one.asked for one in part)
            also = f", {asked} asked about" if asked else ""
            lines.append(
                f"{what + ', ' + whose:34}{right(part):4} of {len(part)} ({right(part) / len(part):.0%}){also}"
            )
            if "--each" in arguments and (whose == "worked with" or "all" in arguments):
                lines += [f"    {one.id} {one.where}: {one.says}\n        {one.wrong}" for one in part if one.wrong]
            if "--answers" in arguments and whose == "worked with":
                lines += [f"  {one.id} {one.says}\n{one.answered}\n" for one in part if one.wrong]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
