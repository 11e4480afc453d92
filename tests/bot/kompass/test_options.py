"""An offering's own fields, filled from the answers to our form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kompass.descriptors import read_descriptors
from bot.kompass.options import Answered, OptionField, read_descriptor, user_options

DESCRIPTOR: dict[str, Any] = {
    "userOptionsDescriptor": {
        "name": "Options_c",
        "userOptionsPropertyDescriptors": [
            {"name": "Etasje_c", "logical_type": "TEXT", "length": 3},
            {"name": "PropertyX123_c", "logical_type": "ENUM", "localized_label_key": "k1", "reference_name": "e1"},
            {"name": "Dato_c", "logical_type": "DATE"},
            {"name": "Sak_c", "logical_type": "ENTITY_LINK"},
            {"name": "Skjult_c", "logical_type": "TEXT", "hidden": True},
            {"name": "Lest_c", "logical_type": "TEXT", "readOnly": True},
            {"no name": 1},
        ],
    },
    "enumerationDescriptors": [
        {
            "name": "e1",
            "values": [
                {"name": "Add_c", "localized_label_key": "k2"},
                {"name": "Old_c", "localized_label_key": "k3", "is_disabled": True},
            ],
        }
    ],
    "localizedLabels": {"k1": "Hva skal gjøres?", "k2": "Legge til", "k3": "Fjerne"},
}


def filled(*answers: Answered, wrapped: bool = False) -> dict[str, str]:
    fields = read_descriptor({"UserOptionsData": DESCRIPTOR} if wrapped else DESCRIPTOR)
    found: dict[str, str] = json.loads(user_options(fields, answers))["complexTypeProperties"][0]["properties"]
    return found


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answered("etasje", "Hvilken?", "3"), {"Etasje_c": "3"}),
        (Answered("etasje", "", "12345"), {"Etasje_c": "123"}),
        (Answered("x", "Etasje", 3), {"Etasje_c": "3"}),
        (Answered("handling", "Hva skal gjøres", "legge  TIL"), {"PropertyX123_c": "Add_c"}),
        (Answered("handling", "Hva skal gjøres", "Add_c"), {"PropertyX123_c": "Add_c"}),
        (Answered("handling", "Hva skal gjøres", "Fjerne"), {}),
        (Answered("handling", "Hva skal gjøres", "noe annet"), {}),
        (Answered("dato", "", "2026-12-01"), {"Dato_c": "1796079600000"}),
        (Answered("dato", "", "2026-12-01T00:00:00+01:00"), {"Dato_c": "1796079600000"}),
        (Answered("dato", "", "i morgen"), {}),
        (Answered("sak", "", "17549"), {"Sak_c": "17549"}),
        (Answered("sak", "", "den i går"), {}),
        (Answered("etasje", "", True), {"Etasje_c": "true"}),
        (Answered("skjult", "", "x"), {}),
        (Answered("lest", "", "x"), {}),
        (Answered("ukjent", "Ukjent", "x"), {}),
        (Answered("", "", "x"), {}),
    ],
)
def test_an_answer_finds_its_field_and_its_form(answer: Answered, expected: dict[str, str], wrapped: bool) -> None:
    assert filled(answer, wrapped=wrapped) == expected


def test_no_answers_are_an_empty_object_and_a_field_is_filled_once() -> None:
    assert user_options((), ()) == '{"complexTypeProperties": [{"properties": {}}]}'
    assert filled(Answered("etasje", "", "1"), Answered("x", "Etasje", "2")) == {"Etasje_c": "1"}


@pytest.mark.parametrize(
    "odd", [None, [], {}, "x", {"userOptionsPropertyDescriptors": "x"}, {"enumerationDescriptors": [1]}]
)
def test_an_odd_descriptor_has_no_fields(odd: Any) -> None:
    assert read_descriptor(odd) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "userOptionsPropertyDescriptors enumerationDescriptors localizedLabels name values localized_label_key "
                "logical_type length reference_name property_descriptors enumeration_descriptor readonly".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_descriptor_at_all_is_read(value: Any) -> None:
    fields = read_descriptor(value)
    json.loads(user_options(fields, [Answered("name", "label", "verdi")]))
    read_descriptors(value)


def test_labels_that_are_missing_do_no_harm() -> None:
    fields = (OptionField("Navn_c", "", "TEXT"),)
    assert json.loads(user_options(fields, [Answered("navn", "", "æøå")]))["complexTypeProperties"][0][
        "properties"
    ] == {"Navn_c": "æøå"}
