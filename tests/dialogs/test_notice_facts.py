"""The facts that a message names, and the rest: nothing is lost, and nothing for the closed group goes elsewhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation
from dialogs.items import DraftItem, KeptItems
from dialogs.nothing_said import is_nothing
from dialogs.notice_facts import FactsSaid, facts_in, merged
from dialogs.notice_text import new_draft
from dialogs.read_notice import items_for_facts
from dialogs.state import State
from dialogs.turn import Situation
from tests.transcript import MONDAY, engine, library, person


def items() -> tuple[DraftItem, ...]:
    situation = Situation(person("uss"), MONDAY, "L-2026-000001", "D-2026-0001")
    talk = Conversation(State(), situation, library(), engine().texts, KeptItems())
    return items_for_facts(talk, new_draft(talk, ""))


ITEMS = items()
_NEWS = st.sampled_from(
    ["leverandøren retter feilen", "vi leter fortsatt", "to servere er startet på nytt", "alle er varslet"]
)
_SAID = st.sampled_from(
    [
        ("workaround", "omvei: ", "bruk lesekopien"),
        ("workaround", "omveien er å ", "ringe vakta"),
        ("consequence", "konsekvensen er nå at ", "ingen får søkt"),
        ("affected", "det gjelder nå ", "hele etaten"),
        ("next_update_at", "neste oppdatering ", "kl 15.30"),
        ("since", "siden ", "kl 07.45"),
        ("contact", "kontakt ", "vakta"),
        ("closed_text", "lukket gruppe: ", "nøkkel 7 lå åpent"),
    ]
)


def said(text: str) -> FactsSaid:
    return facts_in(text, ITEMS, MONDAY)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str) -> None:
    found = said(text)
    assert set(found.how) <= set(found.said)
    assert all(found.said.values())


@given(
    st.lists(_SAID, min_size=1, max_size=4, unique_by=lambda one: one[0]), _NEWS,
    st.sampled_from([". ", ".\n", "; "]), st.booleans(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_each_fact_is_found_and_the_news_is_the_rest(
    facts: list[tuple[str, str, str]], news: str, between: str, capitals: bool
) -> None:
    # What is for the closed group runs on, so that the safe side is the one it errs to: it stands last.
    facts = sorted(facts, key=lambda one: one[0] == "closed_text")
    parts = [news, *(f"{label}{words}" for _, label, words in facts)]
    text = between.join(part.capitalize() if capitals else part for part in parts)
    found = said(text)
    wanted = {key: words.lower() for key, _, words in facts}
    assert {key: re.sub(r"^(?:er|å)\s+", "", words.lower()) for key, words in found.said.items()} == wanted
    assert found.rest.lower() == news


@given(st.lists(_SAID, min_size=1, max_size=5), st.sampled_from([", ", ". ", " og ", "\n"]))
@settings(max_examples=100, deadline=None)
def test_what_is_for_the_closed_group_is_in_no_other_fact_and_not_in_the_rest(
    facts: list[tuple[str, str, str]], between: str
) -> None:
    found = said(between.join(f"{label}{words}" for _, label, words in facts) + between + "lukket gruppe: hemmelig")
    others = {key: words for key, words in found.said.items() if key != "closed_text"}
    assert "hemmelig" not in str(others)
    assert "hemmelig" not in found.rest
    assert "hemmelig" in found.said["closed_text"]


@pytest.mark.parametrize(
    ("before", "words", "how", "after"),
    [
        ("Alle i Frogner", "Alna", "adds", "Alle i Frogner. Også Alna"),
        ("Alle i Frogner. Også Alna", "Sagene", "adds", "Alle i Frogner. Også Alna, Sagene"),
        ("Alle i Frogner. Også Alna, Sagene", "Alna", "removes", "Alle i Frogner. Også Sagene"),
        ("Alle i Frogner. Også Alna", "Alna", "removes", "Alle i Frogner"),
        ("Frogner, Alna og Sagene", "Alna", "removes", "Frogner og Sagene"),
        ("Alle i Frogner", "Alna", "removes", "Alle i Frogner. Ikke lenger Alna"),
        ("Alna", "alna", "adds", "Alna"),
        ("", "Alna", "adds", "Alna"),
    ],
)
def test_whom_it_hits_grows_and_shrinks(before: str, words: str, how: str, after: str) -> None:
    assert merged(before, words, how) == after  # type: ignore[arg-type]  # a parameter's text is one of the three


@pytest.mark.parametrize(
    "text",
    [
        "Ingen får logget på",
        "Ikke bruk AKS",
        "Nei, de må vente",
        "ingenting virker",
        "Ingen i Alna kommer inn",
        "norge",
    ],
)
def test_a_sentence_that_begins_with_a_no_is_no_no(text: str) -> None:
    assert not is_nothing(text)
