"""The development messages as full reports: with since when, whom it hits, what was tried, greetings and the like.

A report for the checklists (G 7.1-7.3) says more beside the matter than about it. The right forms stay the same.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import yaml

from tests.evaluation.queries import ROOT, Query

FACTS = ROOT / "tests" / "data" / "report_facts.yaml"
_OF_FAULTS = ("start", "extent", "tried", "weight", "reach")
_OF_ORDERS = ("weight", "reach")
_GREETED = 0.6
_Ways = Mapping[str, Sequence[str]]


def full_reports(queries: Sequence[Query], group: str, seed: int) -> list[Query]:
    """The messages with two or more facts each, said in the ways of a group of the file: "shaping" or "unseen"."""
    ways: _Ways = yaml.safe_load(FACTS.read_text(encoding="utf-8"))[group]
    chance = random.Random(seed)
    return [replace(query, text=_in_full(query, ways, chance)) for query in queries]


def _in_full(query: Query, ways: _Ways, chance: random.Random) -> str:
    keys = _OF_FAULTS if query.kind == "support" else _OF_ORDERS
    told = sorted(chance.sample(keys, chance.randint(2, len(keys))), key=keys.index)
    between = chance.choice((". ", ", "))
    text = between.join((query.text.rstrip(" ."), *(chance.choice(ways[key]) for key in told))) + "."
    if chance.random() < _GREETED:
        text = f"{chance.choice(ways['opening'])} {text}"
    if chance.random() < _GREETED:
        text = f"{text} {chance.choice(ways['closing'])}"
    return text
