"""Messages by another hand: see tests/data/unseen/README.md for who wrote them, and what they were used for.

Here the matcher is asked as the bot asks it, with the numbers it ships with.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from knowledge.catalogue.form import Catalogue, Form
from knowledge.matching import Matcher, Wording
from tests.evaluation.outcomes import Outcome, header, row, tell
from tests.evaluation.queries import ROOT, Query, build, load_queries

UNSEEN = ROOT / "tests" / "data" / "unseen"
WORKED_ON = UNSEEN / "a.jsonl"
MEASURED_ONCE = UNSEEN / "b.jsonl"
READ = UNSEEN / "c.jsonl"
ONLY_COUNTED = UNSEEN / "d.jsonl"
FOREIGN_CATALOGUE = UNSEEN / "foreign_catalogue.json"
FOREIGN = UNSEEN / "foreign_queries.jsonl"
HARD = "hard"


def asked(matcher: Matcher, queries: Sequence[Query]) -> list[Outcome]:
    """What the matcher does with each message."""
    outcomes: list[Outcome] = []
    for query in queries:
        match = matcher.match(query.text)
        ranking = [candidate.form.id for candidate in match.candidates]
        outcomes.append(
            Outcome(
                query,
                bool(set(ranking[:1]) & set(query.labels)),
                bool(set(ranking[:3]) & set(query.labels)),
                None if match.kind is None else match.kind.value == query.kind,
                match.decision,
            )
        )
    return outcomes


def foreign_catalogue(path: Path = FOREIGN_CATALOGUE) -> Catalogue:
    """Service descriptions of other public bodies, as they are on their pages: a number, a title, a description."""
    return Catalogue(
        Form(id=one["id"], title=one["title"], description=one["description"])
        for one in json.loads(path.read_text(encoding="utf-8"))
    )


def tables(matcher: Matcher, wording: Wording) -> None:
    """Print them."""
    tell("\nWritten by another hand from the catalogue and the guide alone, with the numbers it ships with:")
    header()
    for name, path in (
        ("A, worked on", WORKED_ON),
        ("B, only measured", MEASURED_ONCE),
        ("C, its misses read", READ),
        ("D, only measured", ONLY_COUNTED),
    ):
        outcomes = asked(matcher, load_queries(path))
        row(name, outcomes)
        row("  the hard ones", [outcome for outcome in outcomes if outcome.query.style == HARD])
        row("  all others", [outcome for outcome in outcomes if outcome.query.style != HARD])
    outcomes = asked(build(foreign_catalogue(), wording), load_queries(FOREIGN))
    row("a foreign catalogue", outcomes)
    row("  every other one, worked on", outcomes[::2])
    row("  the rest", outcomes[1::2])
