"""Reports that say one thing and then another: which facts are read rightly, which are invented, which are missed.

Run with `python -m tests.benchmarks.contrary`; `--each` lists every fact that is not right. The reports and what a
careful colleague takes from them stand in `tests/data/reports_contrary.yaml`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

import yaml

from dialogs.conversation import Conversation
from dialogs.items import KeptItems, items_of
from dialogs.read_answers import fill_from_reading
from dialogs.state import Answer, Draft, State
from dialogs.turn import Situation
from knowledge.catalogue import FieldType
from tests.benchmarks.reports import DATA
from tests.transcript import OSLO, engine, library, person

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
SHAPING, AFTERWARDS, LAST = "c", "n", "m"
WORKED_WITH, ONLY_COUNTED = "w", "k"
ALWAYS = ("extent", "outage", "tried")
# Words that may stand beside a right value: "prøvd å", "vi har".
SPARE_WORDS = 3

Verdict = Literal["right", "missed", "invented", "wrong"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one report: what was to be read, and what was."""

    report: str
    key: str
    wanted: Any
    read: Any

    @property
    def verdict(self) -> Verdict | None:
        """None where nothing was to be read and nothing was."""
        if self.wanted is None:
            return None if self.read is None else "invented"
        if self.read is None:
            return "missed"
        return "right" if _same(self.key, str(self.wanted), str(self.read)) else "wrong"


@cache
def contrary_reports() -> Sequence[Mapping[str, Any]]:
    """All of them, as written."""
    loaded: Sequence[Mapping[str, Any]] = yaml.safe_load((DATA / "reports_contrary.yaml").read_text(encoding="utf-8"))
    return loaded


def facts(prefix: str) -> list[Fact]:
    """What was read of the reports whose id begins so."""
    return [fact for report in contrary_reports() if report["id"].startswith(prefix) for fact in _facts_of(report)]


def count(some: Sequence[Fact]) -> Mapping[Verdict, int]:
    """How many facts were right, missed, invented, wrong."""
    return Counter(fact.verdict for fact in some if fact.verdict is not None)


def _facts_of(report: Mapping[str, Any]) -> Iterator[Fact]:
    situation = Situation(person("1linje"), NOW, "L-2026-000001", "D-2026-0001")
    talk = Conversation(State(), situation, library(), engine().texts, KeptItems())
    text, says, fields = report["text"].strip(), report["says"], report["fields"]
    draft = Draft("d1", "support", "fill", text, NOW.isoformat(), NOW.isoformat(), form_id=report["form"])
    items = items_of(talk, draft)
    reading = talk.reading(text)
    filled, _ = fill_from_reading(talk, draft, items, reading)
    for key in dict.fromkeys((*ALWAYS, *says)):
        if key in ALWAYS:
            if any(item.key == key for item in items):
                yield Fact(report["id"], key, says.get(key), _value(filled.answers.get(key)))
        elif key == "started":
            began = filled.answers.get("started_at")
            yield Fact(report["id"], key, says[key], began.value if began else None)
        else:
            yield Fact(report["id"], key, says[key], getattr(reading, key))
    for item in items:
        answer = filled.answers.get(item.key)
        if item.checklist_item is not None or item.type is FieldType.ATTACHMENT:
            continue
        # Who reports, and "several users", are no readings of a name.
        if item.key not in fields and item.type is FieldType.PERSON and _is_no_name(talk, answer):
            continue
        yield Fact(report["id"], item.key, fields.get(item.key), answer.shown if answer else None)


def _is_no_name(talk: Conversation, answer: Answer | None) -> bool:
    return answer is None or answer.source != "read" or answer.shown == talk.text("value.several_users")


def _value(answer: Answer | None) -> Any:
    return answer.value if answer is not None else None


def _same(key: str, wanted: str, read: str) -> bool:
    if key == "started":
        return read.startswith(wanted)
    asked, got = _words(wanted), _words(read)
    if key in ("extent", "outage"):
        return wanted == read
    return all(word in got for word in asked) and len(got) - len(asked) <= (SPARE_WORDS if key == "tried" else 0)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w@.]*\w", text.casefold())


def table() -> str:
    """The counts and shares, for each of the sets in the order they were written."""
    lines = [f"{'':30}{'facts':>7}{'right':>12}{'missed':>8}{'invented':>10}{'wrong':>7}"]
    for name, prefix in (
        ("forty, the first", SHAPING),
        ("twenty, afterwards", AFTERWARDS),
        ("eleven, the last", LAST),
        ("fifteen, worked with", WORKED_WITH),
        ("fifteen, only counted", ONLY_COUNTED),
    ):
        some = facts(prefix)
        counts, said = count(some), sum(fact.wanted is not None for fact in some)
        share = f"{counts['right']} ({counts['right'] / max(said, 1):.0%})"
        lines.append(f"{name:30}{said:7}{share:>12}{counts['missed']:8}{counts['invented']:10}{counts['wrong']:7}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Prints the table."""
    out = [table()]
    if "--each" in arguments:
        out += [
            f"{fact.report} {fact.key}: {fact.verdict}, wants {fact.wanted!r}, read {fact.read!r}"
            for fact in (*facts(SHAPING), *facts(AFTERWARDS), *facts(LAST), *facts(WORKED_WITH))
            if fact.verdict not in (None, "right")
        ]
    sys.stdout.write("\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
