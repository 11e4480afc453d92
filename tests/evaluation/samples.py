"""Samples for fitting and measuring: the development messages under several conditions.

"own": the shipped catalogue with its wording. "foreign, known": only titles and descriptions, while the wording of
every form is known from elsewhere. "foreign, unknown": the same, but the wording of each message's right forms is
withheld, so that only other forms' wording can help. A foreign catalogue lies between the last two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.catalogue.form import Catalogue
from knowledge.matching import Matcher, Wording
from tests.evaluation.fitting import Sample
from tests.evaluation.queries import Query, bare_catalogue, build, label_table

WITHHELD_FOLDS = 8


def sample_of(matcher: Matcher, queries: Sequence[Query], count: float = 1.0) -> Sample:
    """What a matcher finds for some messages; each counts `count`."""
    found = [matcher.found(query.text) for query in queries]
    return Sample(
        tuple(one for one, _ in found),
        np.array([length for _, length in found], dtype=np.int64),
        label_table(queries, matcher.catalogue),
        np.full(len(queries), count),
    )


def left_out_sample(matcher: Matcher, wording: Wording, every: int, count: float) -> Sample:
    """Every so many examples, each as if its form did not have it; each counts `count`."""
    forms = matcher.catalogue.forms
    picked = [
        (place, example)
        for place, form in enumerate(forms)
        if form.id in wording.forms
        for example in wording.forms[form.id].examples
    ][::every]
    found = [matcher.found(example, without=place) for place, example in picked]
    right = np.zeros((len(picked), len(forms)), dtype=np.bool_)
    right[np.arange(len(picked)), [place for place, _ in picked]] = True
    return Sample(
        tuple(one for one, _ in found),
        np.array([length for _, length in found], dtype=np.int64),
        right,
        np.full(len(picked), count),
    )


def foreign_known(catalogue: Catalogue, wording: Wording, queries: Sequence[Query]) -> Sample:
    """Titles and descriptions only, all wording known from elsewhere."""
    return sample_of(build(bare_catalogue(catalogue), _elsewhere(wording)), queries)


def foreign_unknown(catalogue: Catalogue, wording: Wording, queries: Sequence[Query]) -> Sample:
    """Titles and descriptions only, the wording of each message's right forms withheld."""
    forms = [form.id for form in catalogue]
    fold_of = {number: place % WITHHELD_FOLDS for place, number in enumerate(forms)}
    parts: list[Sample] = []
    for fold in range(WITHHELD_FOLDS):
        asked = [query for place, query in enumerate(queries) if _fold(query, fold_of, place) == fold]
        withheld = {number for number in forms if fold_of[number] == fold} | {
            label for query in asked for label in query.labels
        }
        known = {number: one for number, one in wording.forms.items() if number not in withheld}
        matcher = build(bare_catalogue(catalogue), _elsewhere(replace(wording, forms=known)))
        parts.append(sample_of(matcher, asked))
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.joined(part)
    asked_in_order = [
        place
        for fold in range(WITHHELD_FOLDS)
        for place, query in enumerate(queries)
        if _fold(query, fold_of, place) == fold
    ]
    return joined.at(np.argsort(np.array(asked_in_order, dtype=np.int64)))


def _fold(query: Query, fold_of: dict[int, int], place: int) -> int:
    return fold_of[query.labels[0]] if query.labels else place % WITHHELD_FOLDS


def _elsewhere(wording: Wording) -> Wording:
    """The same wording under numbers that are not this catalogue's."""
    return replace(wording, forms={-number: one for number, one in wording.forms.items()})
