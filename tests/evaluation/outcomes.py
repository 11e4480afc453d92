"""What happened to each message, and one line of a table for many."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.matching import Decision
from tests.evaluation.queries import Query

_COLUMNS = ("first", "in 3", "kind", "answer", "wrong+sure", "refused", "outside ref.")
_WIDTHS = (7, 7, 7, 8, 12, 9, 14)
_NAME = 34


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one message. `decision` is None for tools that do not decide, `kind_right` where no form of the
    catalogue has a kind."""

    query: Query
    first: bool
    among_three: bool
    kind_right: bool | None
    decision: Decision | None


def header() -> None:
    """The names of the columns."""
    tell(" " * _NAME + "".join(f"{name:>{width}}" for name, width in zip(_COLUMNS, _WIDTHS, strict=True)))


def row(name: str, outcomes: Sequence[Outcome]) -> None:
    """One line, in per cent."""
    inside = [outcome for outcome in outcomes if outcome.query.labels]
    outside = [outcome for outcome in outcomes if not outcome.query.labels]
    cells = [
        share([outcome.first for outcome in inside]),
        share([outcome.among_three for outcome in inside]),
        share([outcome.kind_right for outcome in inside if outcome.kind_right is not None]),
    ]
    if outcomes and outcomes[0].decision is not None:
        sure = Decision.ANSWER
        cells += [
            share([outcome.decision is sure for outcome in inside]),
            share([outcome.decision is sure and not outcome.first for outcome in outcomes]),
            share([outcome.decision is Decision.NONE for outcome in inside]),
            share([outcome.decision is Decision.NONE for outcome in outside]),
        ]
    tell(f"{name:{_NAME}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, _WIDTHS, strict=False)))


def rows_by(title: str, outcomes: Sequence[tuple[str, Outcome]]) -> None:
    """One line for every value the outcomes are marked with."""
    tell(f"\n{title}")
    for value in sorted({value for value, _ in outcomes}):
        row(f"  {value}", [outcome for mark, outcome in outcomes if mark == value])


def share(values: Sequence[bool]) -> str:
    """How many of the values are true, in per cent; "-" when there are none."""
    return f"{100 * sum(values) / len(values):.1f}" if values else "-"


def tell(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
