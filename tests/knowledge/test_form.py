"""The catalogue's forms: found by id, told apart by channel (G 4.2)."""

from __future__ import annotations

import pytest

from knowledge.catalogue import Catalogue, Form
from knowledge.errors import KnowledgeError, UnknownForm
from tests.knowledge.shipped import catalogue, organisation


def test_forms_come_in_order_of_id_and_are_found_by_it() -> None:
    small = Catalogue([Form(2, "To", "b"), Form(1, "En", "a")])
    assert [form.id for form in small] == [1, 2]
    assert len(small) == 2
    assert 2 in small
    assert "2" not in small
    assert small.get(2).title == "To"


def test_an_unknown_id_is_told() -> None:
    with pytest.raises(UnknownForm, match="no form with id 7") as caught:
        catalogue().get(7)
    assert caught.value.form_id == 7
    assert isinstance(caught.value, KnowledgeError)


def test_what_is_ordered_elsewhere_is_known_by_its_channel_and_has_an_address() -> None:
    elsewhere = [form for form in catalogue() if form.elsewhere]
    assert len(elsewhere) == 8
    assert all(form.channel_url and not form.fields for form in elsewhere)
    assert not catalogue().get(218619).elsewhere


def test_the_form_that_gives_access_to_order_is_in_the_catalogue() -> None:
    """G 4.1"""
    form = catalogue().get(organisation().access_form_id)
    assert form.title == "Legge til eller fjerne medlemskap i UKE tilgangsgruppe"
    assert form.url == organisation().links["access_form"]
