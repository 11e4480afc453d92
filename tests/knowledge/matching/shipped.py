"""The matcher over the shipped catalogue and wording, built once for all tests."""

from __future__ import annotations

from functools import cache

from knowledge.matching import Matcher, Wording, load_wording
from tests.evaluation.queries import shipped_systems
from tests.knowledge.shipped import DATA, catalogue


@cache
def wording() -> Wording:
    return load_wording(DATA / "wording")


@cache
def matcher() -> Matcher:
    return Matcher.build(catalogue(), wording=wording(), systems=shipped_systems())
