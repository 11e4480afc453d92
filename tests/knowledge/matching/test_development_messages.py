"""The shipped matcher on the development messages; the table with cross-validation is `make eval`."""

from __future__ import annotations

from knowledge.matching import Decision
from knowledge.matching.norwegian import tokens
from tests.evaluation.queries import QUERIES, load_queries
from tests.evaluation.unseen import FOREIGN, WORKED_ON
from tests.knowledge.matching.shipped import matcher, wording


def test_no_message_that_is_measured_on_was_copied_into_the_wording() -> None:
    files = (QUERIES, WORKED_ON, FOREIGN)  # not the ones never read: of those one happens to have been written twice
    messages = {tuple(tokens(query.text)) for path in files for query in load_queries(path)}
    said = wording()
    sentences = [*said.out_of_scope, *(text for form in said.forms.values() for text in (*form.examples, *form.words))]
    assert [text for text in sentences if tuple(tokens(text)) in messages] == []


def test_right_form_comes_first_and_is_rarely_missed_with_confidence() -> None:
    first = three = kind = wrong = refused = outside = answered = 0
    queries = load_queries()
    inside = sum(bool(query.labels) for query in queries)
    for query in queries:
        match = matcher().match(query.text)
        ranking = [candidate.form.id for candidate in match.candidates]
        hit = ranking[0] in query.labels
        wrong += match.decision is Decision.ANSWER and not hit
        if not query.labels:
            outside += match.decision is Decision.NONE
            continue
        first += hit
        three += bool(set(ranking[:3]) & set(query.labels))
        kind += match.kind == query.kind
        refused += match.decision is Decision.NONE
        answered += match.decision is Decision.ANSWER
    assert first >= 0.93 * inside
    assert three >= 0.97 * inside
    assert kind >= 0.97 * inside
    assert wrong <= 0.02 * len(queries)
    assert refused <= 0.02 * inside
    assert answered >= 0.6 * inside  # what tells of two things is never sure, and shown with its neighbours
    assert outside >= 0.85 * (len(queries) - inside)
