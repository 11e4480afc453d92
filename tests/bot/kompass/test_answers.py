"""What answers mean: every failure shape known, and no bytes at all that are taken for success by accident."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kompass.answers import (
    Answer,
    Refused,
    Verdict,
    read_comment_added,
    read_comments,
    read_entities,
    read_related,
    read_token,
    read_upload,
    read_written,
    weigh,
)
from knowledge.errors import PortError, UncertainOutcome

OK = {"completion_status": "OK"}
DONE = {"entity": {"entity_type": "Request", "properties": {"Id": "17549", "LastUpdateTime": 1}}, **OK}
FAILED = {
    "entity": {"entity_type": "Request", "properties": {"DisplayLabel": "x"}},
    "completion_status": "FAILED",
    "errorDetails": {"httpStatus": 400, "message": "Required field is missing", "message_key": "some.key"},
}


def answer(status: int, body: Any = "", **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, raw)


@pytest.mark.parametrize(
    ("given_answer", "verdict"),
    [
        (answer(200, {"meta": OK}), Verdict.DONE),
        (answer(201, []), Verdict.DONE),
        (answer(200, {"meta": {"completion_status": "FAILED"}}), Verdict.FAILED),
        (answer(200, "<html>Logg inn</html>", content_type="text/html"), Verdict.LOGIN_PAGE),
        (answer(200, "\n <!DOCTYPE html>", content_type="application/json"), Verdict.LOGIN_PAGE),
        (answer(200, "", content_type="application/json"), Verdict.BROKEN),
        (answer(200, '{"entity_result_list":[{"ent', content_type="application/json"), Verdict.BROKEN),
        (answer(200, "OK", content_type="text/plain"), Verdict.BROKEN),
        (answer(204), Verdict.BROKEN),
        (answer(302, "", location="/login"), Verdict.LOGIN_PAGE),
        (answer(307), Verdict.LOGIN_PAGE),
        (answer(401, "Authorization Required"), Verdict.UNAUTHORISED),
        (answer(400, {"message": "Ugyldig"}), Verdict.REFUSED),
        (answer(403, "<html>forbidden</html>"), Verdict.REFUSED),
        (answer(404), Verdict.REFUSED),
        (answer(408), Verdict.BROKEN),
        (answer(429, retry_after="7"), Verdict.BUSY),
        (answer(500, {"message": "IllegalArgumentException"}), Verdict.BROKEN),
        (answer(502, "<html>Bad Gateway</html>"), Verdict.BROKEN),
        (answer(503), Verdict.BROKEN),
        (answer(100), Verdict.BROKEN),
    ],
)
def test_each_shape_has_its_verdict(given_answer: Answer, verdict: Verdict) -> None:
    assert weigh(given_answer).verdict is verdict


def test_the_reason_is_the_other_sides_own_and_short() -> None:
    assert weigh(answer(400, {"message": "Ugyldig  \n verdi"})).reason == "Ugyldig verdi"
    assert weigh(answer(400, {"message_key": "some.key"})).reason == "some.key"
    assert weigh(answer(400, "hva som helst")).reason == "status 400"
    assert len(weigh(answer(400, {"message": "x" * 5000})).reason) == 300


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7.0), ("", None), ("Wed, 21 Oct", None), ("-1", None), ("٧", None)]
)
def test_retry_after_is_seconds_or_nothing(text: str, seconds: float | None) -> None:
    assert weigh(answer(429, retry_after=text)).retry_after == seconds


def test_a_written_entity_has_an_id_that_is_text() -> None:
    assert read_written({"entity_result_list": [DONE], "meta": OK}, new=True) == "17549"
    number = {**DONE, "entity": {"properties": {"Id": 17549}}}
    assert read_written({"entity_result_list": [number], "meta": OK}, new=True) == "17549"
    assert read_written({"entity_result_list": [{"entity": {}, **OK}], "meta": OK}, new=False) == ""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"entity_result_list": [FAILED], "meta": {"completion_status": "FAILED"}}, "Required field is missing"),
        ({"entity_result_list": [FAILED], "meta": OK}, "Required field is missing"),
        ({"entity_result_list": [{"completion_status": "PARTIAL"}], "meta": OK}, "refused without a reason"),
        ({"meta": {"completion_status": "FAILED", "errorDetails": {"message": "nei"}}}, "nei"),
        ({"meta": {"completion_status": "FAILED", "errorDetailsList": [{"message": "stale"}]}}, "stale"),
        ({"entity_result_list": [], "meta": {"completion_status": "FAILED"}}, "refused without a reason"),
    ],
)
def test_failed_inside_200_is_a_refusal_with_its_reason(value: Any, reason: str) -> None:
    with pytest.raises(Refused, match=f"^{reason}$"):
        read_written(value, new=True)


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        None,
        "OK",
        {"meta": OK},
        {"entities": [DONE], "meta": OK},  # seen expected, never accepted
        {"entity_result_list": [], "meta": OK},
        {"entity_result_list": [DONE, DONE], "meta": OK},
        {"entity_result_list": [DONE]},
        {"entity_result_list": [{"entity": {"properties": {}}, **OK}], "meta": OK},
        {"entity_result_list": [{"entity": {"properties": {"Id": ""}}, **OK}], "meta": OK},
        {"entity_result_list": [{"entity": {"properties": {"Id": "1 or 1=1"}}, **OK}], "meta": OK},
        {"entity_result_list": [{"entity": {"properties": {"Id": True}}, **OK}], "meta": OK},
        {"entity_result_list": [DONE], "meta": {"completion_status": "PARTIAL"}},
        {"entity_result_list": ["OK"], "meta": OK},
        {"entity_result_list": True, "meta": OK},
    ],
)
def test_what_says_neither_yes_nor_no_is_uncertain(value: Any) -> None:
    with pytest.raises(UncertainOutcome):
        read_written(value, new=True)


def test_the_other_sides_own_trouble_passes() -> None:
    trouble = {**FAILED, "errorDetails": {"httpStatus": 503, "message": "down"}}
    with pytest.raises(Refused) as error:
        read_written({"entity_result_list": [trouble], "meta": OK}, new=True)
    assert error.value.passing


def test_links() -> None:
    read_related({"relationship_result_list": [OK], "meta": OK})
    for value in ({}, {"relationship_result_list": [], "meta": OK}):
        with pytest.raises(UncertainOutcome):
            read_related(value)
    with pytest.raises(Refused):
        read_related({"relationship_result_list": [FAILED], "meta": {"completion_status": "FAILED"}})


def test_entities_with_what_is_related_and_without_what_is_absent() -> None:
    entity = {"properties": {"Id": 7, "Odd_c": None}, "related_properties": {"OwnedByPerson": {"Name": "Kari"}}}
    value = {"entities": [entity, {"properties": {}}, {"no": 1}], "meta": OK}
    assert read_entities(value) == ({"Id": "7", "Odd_c": None, "OwnedByPerson.Name": "Kari"},)
    assert read_entities({"entities": []}) == ()
    unreadable: list[Any] = [{"entities": [], "meta": {"completion_status": "FAILED"}}, {}, [], None]
    for failed in unreadable:
        with pytest.raises(Refused):
            read_entities(failed)


def test_only_public_comments_are_read_whatever_the_server_sends() -> None:
    kinds = ("PUBLIC", "INTERNAL", "AGENTPUBLIC", "public", "NEW_KIND", None)
    comments = [{"Id": str(n), "PrivacyType": kind} for n, kind in enumerate(kinds)] + [{"Id": "9"}, "tull"]
    assert [one["Id"] for one in read_comments(comments)] == ["0"]
    with pytest.raises(Refused):
        read_comments({"comments": comments})


def test_an_added_comment_has_an_id() -> None:
    assert read_comment_added({"Id": "c-1", "Body": "hei"}) == "c-1"
    strange: list[Any] = [{}, {"Id": ""}, [], None, "c-1"]
    for value in strange:
        with pytest.raises(UncertainOutcome):
            read_comment_added(value)
    with pytest.raises(Refused):
        read_comment_added({"meta": {"completion_status": "FAILED"}})


def test_an_upload_that_failed_softly_is_no_upload() -> None:
    assert read_upload({"returnCode": 500, "success": False}) is None
    assert read_upload({"guid": ""}) is None
    assert read_upload({"guid": "g-1"}) == {"guid": "g-1"}


@pytest.mark.parametrize(
    ("body", "token"),
    [("a.b.c", "a.b.c"), ('"a.b.c"\n', "a.b.c"), ("", ""), ("<html>a.b.c</html>", ""), ("abc", ""), ("a.b.c; x=1", "")],
)
def test_a_token_is_three_parts_of_plain_text(body: str, token: str) -> None:
    assert read_token(answer(200, body)) == token
    assert read_token(answer(500, body)) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "entity_result_list entity properties Id meta completion_status errorDetails entities guid httpStatus "
                "relationship_result_list PrivacyType message errorDetailsList related_properties".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from((200, 201, 400, 500)))
def test_any_json_is_read_or_refused_and_never_crashes(value: Any, status: int) -> None:
    weighed = weigh(answer(status, json.dumps(value).encode()))
    assert weighed.verdict in (Verdict.DONE, Verdict.REFUSED, Verdict.FAILED, Verdict.BROKEN)
    for read in (
        lambda: read_written(value, new=True),
        lambda: read_related(value),
        lambda: read_entities(value),
        lambda: read_comments(value),
        lambda: read_comment_added(value),
        lambda: read_upload(value),
    ):
        with suppress(PortError):
            read()


@given(st.binary(max_size=200), st.integers(100, 599), st.sampled_from(("application/json", "text/html", "")))
def test_any_bytes_at_all_have_a_verdict(body: bytes, status: int, kind: str) -> None:
    weighed = weigh(Answer(status, {"content-type": kind}, body))
    if weighed.verdict is Verdict.DONE:
        assert 200 <= status < 300
        json.loads(body)
