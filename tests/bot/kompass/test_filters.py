"""Filters are built out of checked values only; whoever tries to end the quotes is refused, or stays inside them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kompass.filters import MOST_IDS, BadValue, is_address, with_address, with_ids, with_key
from bot.kompass.requests import Requests, encode
from tests.fake_kompass.filtering import BadFilter, parse

REQUESTS = Requests("583754967")

ATTACKS = [
    "x' or Id > 0 or Upn='y@z.no",
    "x@y.no' or 'a'='a",
    "x@y.no\\' or Id > 0",
    "x@y.no) or (Id > 0",
    "x@y.no&filter=Id>0",
    "x@y.no#",
    "x@y.no%27",
    "x@y.no\n",
    "x @y.no",
    "x@y.no\u0000",
    "x@y.no＇",
    "",
    "@",
    "a" * 300 + "@y.no",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_no_value_of_any_kind(attack: str) -> None:
    assert not is_address(attack)
    for build in (with_address, with_key):
        with pytest.raises(BadValue):
            build("Upn", attack)
    with pytest.raises(BadValue):
        with_ids([attack])
    with pytest.raises(BadValue):
        with_address(attack, "kari@oslo.example")


def test_an_apostrophe_in_a_name_stays_inside_its_quotes() -> None:
    assert with_address("Upn", "kari.o'hara@oslo.example").text == "Upn='kari.o''hara@oslo.example'"


@given(st.from_regex(r"[A-Za-z0-9_.+'æøå-]{1,64}@[a-z0-9æøå.-]{1,40}", fullmatch=True))
def test_every_address_finds_itself_and_nobody_else(address: str) -> None:
    test = parse(with_address("Upn", address).text, lambda name: name == "Upn")
    assert test({"Upn": address})
    assert not test({"Upn": f"{address}x"})
    assert not test({})


@given(st.text(max_size=40))
def test_any_text_is_refused_or_means_itself(text: str) -> None:
    try:
        built = with_address("Upn", text)
    except BadValue:
        return
    assert parse(built.text, lambda name: name == "Upn")({"Upn": text})


def test_ids_stand_in_parentheses_and_are_not_too_many() -> None:
    assert with_ids(["1", "22"]).text == "(Id=1 or Id=22)"
    for wrong in ([], ["1"] * (MOST_IDS + 1), ["1", "2 or 1=1"], ["-1"], ["1" * 20]):
        with pytest.raises(BadValue):
            with_ids(wrong)


def test_the_fakes_own_grammar_is_strict() -> None:
    for bad in ("Id=", "Id=1 or Id=2 and Id=3", "Nope=1", "Id='a\\'b'", "(Id=1", "Id=1)", "Id like 'x'", "Id=x"):
        with pytest.raises(BadFilter):
            parse(bad, lambda name: name == "Id")


@given(st.text(alphabet="aå '&#+%=(),\"<>/?;\u00e6", max_size=30))
def test_the_encoding_can_be_undone_and_leaves_no_sign_that_ends_a_value(text: str) -> None:
    encoded = encode(text)
    assert unquote(encoded) == text
    assert not set(encoded) & set(" '&#+\"<>")


def test_addresses_are_built_of_checked_parts_only() -> None:
    with pytest.raises(BadValue):
        REQUESTS.one("Request", "1/../2", ("Id",))
    with pytest.raises(BadValue):
        REQUESTS.one("Request", "1", ("Id&filter",))
    with pytest.raises(BadValue):
        REQUESTS.user_options("../../secret")
    with pytest.raises(BadValue):
        REQUESTS.add_comment("1", "<p>hei</p>", "me")


def test_what_creates_may_not_be_repeated_and_what_sets_may() -> None:
    assert not REQUESTS.create("Request", {}).repeatable
    assert not REQUESTS.add_comment("1", "x", "2").repeatable
    assert not REQUESTS.relate("FollowedByUsers", ("Request", "1"), ("Person", "2")).repeatable
    assert REQUESTS.update("Request", "1", {}).repeatable
    assert REQUESTS.upload("a.txt", "text/plain", b"x", "b").repeatable
    assert REQUESTS.me().repeatable


def test_neither_password_nor_words_stand_in_what_is_logged() -> None:
    assert "hemmelig" not in repr(REQUESTS.log_in("svc", "hemmelig"))
    assert "sykdom" not in repr(REQUESTS.create("Request", {"Description": "sykdom"}))


def test_the_name_of_a_file_cannot_leave_its_header() -> None:
    body = REQUESTS.upload('a".txt\r\nX-Evil: 1', "text/plain", b"data", "b").body
    assert body is not None
    head = body.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert len(head) == 3
    assert head[1].endswith(b'filename="a%22.txt%0D%0AX-Evil: 1"')
