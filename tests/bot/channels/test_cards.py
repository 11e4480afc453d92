"""Replies as activities: shape, safety of user text, labels, nonces, size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.activities import ACTIVITY_BUDGET, Surface
from bot.rendering.cards import CARD_TYPE
from bot.rendering.escaping import cut, neutral_markdown
from dialogs.replies import Choice, Input, Link, Questions, Reply, Row, Summary, Text
from knowledge.catalogue import FieldType
from tests.bot.channels.doubles import RENDERER

# The elements we use and the properties Adaptive Cards 1.5 gives them; anything else is a slip.
INPUT = frozenset({"id", "label", "isRequired", "errorMessage", "value"})
ELEMENTS: Mapping[str, frozenset[str]] = {
    "AdaptiveCard": frozenset({"$schema", "version", "lang", "fallbackText", "body"}),
    "TextBlock": frozenset({"style", "size", "weight", "wrap", "text"}),
    "RichTextBlock": frozenset({"spacing", "inlines"}),
    "TextRun": frozenset({"text", "weight", "color", "isSubtle"}),
    "Container": frozenset({"spacing", "items"}),
    "ActionSet": frozenset({"actions"}),
    "Action.Submit": frozenset({"title", "tooltip", "data", "style", "associatedInputs"}),
    "Action.OpenUrl": frozenset({"title", "url", "tooltip"}),
    "Action.ShowCard": frozenset({"title", "card"}),
    "Input.Text": INPUT | {"isMultiline", "placeholder", "style"},
    "Input.Date": INPUT,
    "Input.Number": INPUT,
    "Input.ChoiceSet": INPUT | {"style", "wrap", "choices", "placeholder"},
}  # fmt: skip

SEND = Choice("send:d1", "Send", "positive")
CANCEL = Choice("cancel:d1", "Avbryt", "destructive")


def one_input(type_: FieldType, value: str = "", **more: Any) -> Input:
    return Input(**{"key": "k", "label": "Hva", "type": type_, "required": True, "value": value, **more})


def questions(*inputs: Input, **more: Any) -> Questions:
    return Questions(
        **{
            "title": "Feil i AKS",
            "intro": "Dette mangler.",
            "inputs": inputs,
            "current": inputs[0].key if inputs else "",
            "question": "Hva er prøvd?",
            "choices": (),
            "submit": Choice("fill:d1", "Fortsett", "positive"),
            "actions": (CANCEL,),
            **more,
        }
    )


def render(reply: Reply, surface: Surface = Surface.WEB, *, language: str = "nb", nonce: str = "n1") -> dict[str, Any]:
    return RENDERER.activity(reply, language, surface, nonce)


def card_of(activity: Mapping[str, Any]) -> dict[str, Any]:
    (attachment,) = activity["attachments"]
    assert attachment["contentType"] == CARD_TYPE
    card: dict[str, Any] = attachment["content"]
    return card


def elements(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for key, one in value.items():
            if key != "data":
                yield from elements(one)
    elif isinstance(value, list):
        for one in value:
            yield from elements(one)


def of_type(card: object, *types: str) -> list[dict[str, Any]]:
    return [one for one in elements(card) if one["type"] in types]


def shown(card: object) -> str:
    return "\n".join(str(one["text"]) for one in of_type(card, "TextBlock", "TextRun"))


def buttons(card: object) -> list[str]:
    return [one["title"] for one in of_type(card, "Action.Submit", "Action.OpenUrl", "Action.ShowCard")]


def check(card: dict[str, Any]) -> None:
    ids = [one["id"] for one in elements(card) if "id" in one]
    assert len(ids) == len(set(ids))
    for one in elements(card):
        assert set(one) - {"type"} <= ELEMENTS[one["type"]], one
        if one["type"].startswith("Input."):
            assert one["label"]
            assert one.get("isRequired") is None or one["errorMessage"]
        if one["type"] == "Action.Submit":
            assert one["data"]["losen"] == 1
            assert one["data"]["action"]
            assert set(one["data"]) <= {"losen", "action", "nonce"}
        if one["type"] == "ActionSet":
            assert 1 <= len(one["actions"]) <= 6


SUMMARY = Summary(
    title="Sak til USS",
    rows=(
        Row("System", "AKS", "change:d1:system"),
        Row("Skjema", "Feil i AKS"),
        Row("Prøvd", "en\nto", "change:d1:tried"),
    ),
    notes=("Det kan koste.",),
    links=(Link("Se skjemaet", "https://example.invalid/f"),),
    choices=(SEND, Choice("edit:d1", "Endre"), CANCEL),
    question="Skal jeg sende?",
)
EVERY_TYPE = questions(
    *(
        Input(f"{type_}", "Felt", type_, required=True, options=(("a", "A"), ("b", "B")), help="Slik.", error="Nei.")
        for type_ in FieldType
    )
)
OPEN_SUMMARY = replace(SUMMARY, inputs=(one_input(FieldType.TEXT),))
REPLIES = [
    Text("Hei"),
    Text("Hei\n\nto", (Link("Ring", "tel:23477070"),), (SEND,)),
    questions(one_input(FieldType.TEXT)),
    EVERY_TYPE,
    SUMMARY,
    OPEN_SUMMARY,
]


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
def test_every_reply_becomes_a_sound_activity(reply: Reply, language: str, surface: Surface) -> None:
    activity = render(reply, surface, language=language)
    assert activity["type"] == "message"
    assert activity["locale"] == language
    assert activity.get("text") or activity["summary"]
    if "attachments" in activity:
        # Text and card in one activity can be split in two, and then has no id to update.
        assert "text" not in activity
        card = card_of(activity)
        check(card)
        assert card["version"] == "1.5"
        assert card["lang"] == language
        assert card["fallbackText"] == activity["summary"]


def test_a_summary_that_still_asks_sends_the_answer_along() -> None:
    card = card_of(render(OPEN_SUMMARY))
    assert any(block["type"] == "Input.Text" and block["isRequired"] for block in card["body"])
    actions = [one for block in card["body"] if block["type"] == "ActionSet" for one in block["actions"]]
    send = next(one for one in actions if one["title"] == "Send")
    assert "associatedInputs" not in send
    # Otherwise the client would not let one cancel before the answer is there.
    assert next(one for one in actions if one["title"] == "Avbryt")["associatedInputs"] == "none"


def test_a_text_is_text_with_suggested_answers_on_the_page() -> None:
    activity = render(Text("Hva gjelder det?", choices=(Choice("fault", "Meld feil"),)))
    assert activity["text"] == "Hva gjelder det?"
    assert activity["textFormat"] == "plain"
    (suggested,) = activity["suggestedActions"]["actions"]
    assert suggested["title"] == "Meld feil"
    assert suggested["value"] == {"losen": 1, "action": "fault"}


def test_suggested_answers_that_would_vanish_are_buttons_instead() -> None:
    first, last = RENDERER.activities(
        (Text("Velg", choices=(SEND,)), Text("Og så?", choices=(CANCEL,))), "nb", Surface.WEB, "seed"
    )
    assert buttons(card_of(first)) == ["Send"]
    assert last["suggestedActions"]["actions"][0]["title"] == "Avbryt"
    many = render(Text("Velg", choices=tuple(Choice(f"c{n}", f"Valg {n}") for n in range(9))))
    assert len(buttons(card_of(many))) == 9


def test_links_stand_apart_from_buttons_and_say_where_they_lead() -> None:
    card = card_of(render(Text("Bruk dette:", (Link("Ny postkasse", "https://example.invalid/f"),), (SEND,))))
    first, second = of_type(card, "ActionSet")
    assert [one["type"] for one in first["actions"]] == ["Action.Submit"]
    assert [(one["type"], one["tooltip"]) for one in second["actions"]] == [
        ("Action.OpenUrl", "https://example.invalid/f")
    ]


def test_in_teams_everything_with_buttons_or_several_lines_is_a_card() -> None:
    assert render(Text("Hei"), Surface.TEAMS)["text"] == "Hei"
    assert buttons(card_of(render(Text("Hei", choices=(SEND,)), Surface.TEAMS))) == ["Send"]
    assert shown(card_of(render(Text("en\nto"), Surface.TEAMS))) == "en\nto"


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (one_input(FieldType.TEXT, "kjent"), {"type": "Input.Text", "value": "kjent"}),
        (one_input(FieldType.LONGTEXT, "a\nb"), {"type": "Input.Text", "isMultiline": True, "value": "a\nb"}),
        (one_input(FieldType.PHONE, "40000001"), {"type": "Input.Text", "style": "Tel", "value": "40000001"}),
        (one_input(FieldType.DATE), {"type": "Input.Date"}),
        (one_input(FieldType.DATE, "2026-11-24"), {"type": "Input.Date", "value": "2026-11-24"}),
        (one_input(FieldType.DATE, "24. november"), {"type": "Input.Text", "value": "24. november"}),
        (one_input(FieldType.DATETIME, "i går kl. 8"), {"type": "Input.Text", "value": "i går kl. 8"}),
        (one_input(FieldType.NUMBER), {"type": "Input.Number"}),
        (one_input(FieldType.NUMBER, "3"), {"type": "Input.Number", "value": 3}),
        (one_input(FieldType.NUMBER, "1,5"), {"type": "Input.Number", "value": 1.5}),
        (one_input(FieldType.NUMBER, "mange"), {"type": "Input.Text", "value": "mange"}),
        (one_input(FieldType.NUMBER, "inf"), {"type": "Input.Text", "value": "inf"}),
        (one_input(FieldType.BOOLEAN, "Ja"), {"type": "Input.ChoiceSet", "style": "expanded", "value": "ja"}),
        (one_input(FieldType.CHOICE, "B", options=(("b", "B"),)), {"type": "Input.ChoiceSet", "value": "b"}),
        (one_input(FieldType.CHOICE, "b", options=(("b", "B"),)), {"type": "Input.ChoiceSet", "value": "b"}),
        (one_input(FieldType.CHOICE, "?"), {"type": "Input.Text", "value": "?"}),
    ],
)
def test_inputs_are_of_their_type_and_hold_what_is_known(one: Input, expected: dict[str, Any]) -> None:
    card = card_of(render(questions(one)))
    (element,) = of_type(card, "Input.Text", "Input.Date", "Input.Number", "Input.ChoiceSet")
    assert {key: element.get(key) for key in expected} == expected
    assert ("value" in element) == ("value" in expected)


def test_few_options_are_radio_buttons_and_many_a_list_to_choose_from() -> None:
    options = tuple((str(n), f"Valg {n}") for n in range(6))
    few = of_type(card_of(render(questions(one_input(FieldType.CHOICE, options=options[:5])))), "Input.ChoiceSet")
    many = of_type(card_of(render(questions(one_input(FieldType.CHOICE, options=options)))), "Input.ChoiceSet")
    assert few[0]["style"] == "expanded"
    assert many[0]["style"] == "compact"
    assert many[0]["placeholder"] == "Velg"


def test_optional_and_wrong_inputs_say_so_in_words() -> None:
    card = card_of(render(questions(one_input(FieldType.TEXT, required=False, error="Skriv et tall.", help="Slik."))))
    (element,) = of_type(card, "Input.Text")
    assert element["label"] == "Hva (valgfritt)"
    assert "isRequired" not in element
    assert "Skriv et tall." in shown(card)
    assert "Slik." in shown(card)


def test_the_one_question_with_few_answers_is_answered_with_one_press() -> None:
    answers = (Choice("answer:yes", "Ja"), Choice("answer:no", "Nei"))
    card = card_of(render(questions(one_input(FieldType.BOOLEAN), choices=answers)))
    assert buttons(card) == ["Ja", "Nei", "Avbryt"]
    assert not of_type(card, "Input.ChoiceSet")
    assert "Hva er prøvd?" in shown(card)


def test_a_question_about_a_file_stands_alone_with_a_line_to_answer_in() -> None:
    known = one_input(FieldType.TEXT, "kjent")
    card = card_of(render(questions(known, current="list", question="Legg ved listen over brukere.")))
    (element,) = of_type(card, "Input.Text")
    assert element["id"] == "list"
    assert element["label"] == "Legg ved listen over brukere."
    check(card)


def test_only_what_acts_for_good_carries_a_nonce_and_only_submit_takes_inputs() -> None:
    form = {
        one["title"]: one for one in of_type(card_of(render(questions(one_input(FieldType.TEXT)))), "Action.Submit")
    }
    assert form["Fortsett"]["data"] == {"losen": 1, "action": "fill:d1", "nonce": "n1"}
    assert "associatedInputs" not in form["Fortsett"]
    assert form["Avbryt"]["data"] == {"losen": 1, "action": "cancel:d1"}
    assert form["Avbryt"]["associatedInputs"] == "none"
    summary = {one["title"]: one["data"] for one in of_type(card_of(render(SUMMARY)), "Action.Submit")}
    assert summary["Send"]["nonce"] == "n1"
    assert "nonce" not in summary["Avbryt"]
    greeting = render(Text("Hei", choices=(SEND,)))
    assert "nonce" not in json.dumps(greeting)


def test_nonces_differ_between_replies_and_are_the_same_for_a_repeat() -> None:
    once, again, other = (
        RENDERER.activities((SUMMARY, SUMMARY), "nb", Surface.WEB, seed) for seed in ("t1", "t1", "t2")
    )
    assert once == again
    nonces = {
        one["data"]["nonce"]
        for turn in (once, other)
        for one in of_type(turn, "Action.Submit")
        if "nonce" in one["data"]
    }
    assert len(nonces) == 4


def test_a_summary_shows_its_rows_and_one_menu_of_changes() -> None:
    card = card_of(render(SUMMARY))
    assert "System: \nAKS" in shown(card)
    assert "en\nto" in shown(card)
    assert "Det kan koste." in shown(card)
    (menu,) = of_type(card, "Action.ShowCard")
    assert buttons(menu["card"]) == ["System", "Prøvd"]
    assert [one["data"]["action"] for one in of_type(menu["card"], "Action.Submit")] == [
        "change:d1:system",
        "change:d1:tried",
    ]
    assert buttons(card)[:2] == ["Send", "Endre"]
    assert buttons(card).count("Endre") == 1
    assert buttons(card)[-1] == "Se skjemaet"


HOSTILE = "[klikk](https://evil.invalid) **fet** <b>x</b> `kode` # nei\n1. en\n> sitat"


@pytest.mark.parametrize(
    "reply",
    [
        Text(HOSTILE, choices=(SEND, CANCEL)),
        questions(one_input(FieldType.TEXT, HOSTILE), intro=HOSTILE),
        Summary(HOSTILE, (Row("A", HOSTILE),)),
    ],
)
def test_user_text_is_never_read_as_markdown(reply: Reply) -> None:
    activity = render(reply, Surface.TEAMS)
    for block in of_type(activity, "TextBlock"):
        assert re.search(r"(?<!\\)[\[\]`*<>]", block["text"]) is None
        assert re.search(r"https:", block["text"]) is None
    runs = of_type(activity, "TextRun")
    # What stands in runs stands there as it was written.
    assert not runs or any("[klikk](https://evil.invalid)" in one["text"] for one in runs)


@given(st.text(max_size=200))
def test_neutral_markdown_keeps_every_letter_and_frees_no_sign(text: str) -> None:
    neutral = neutral_markdown(text)
    letters = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in neutral if sign.isalnum()] == letters
    assert re.search(r"(?<!\\)(?:\\\\)*[\[\]()*_`<>~|!]", neutral) is None


def test_control_characters_do_not_reach_a_client() -> None:
    assert render(Text("a\x00b\x1bc\r\nd"))["text"] == "abc\nd"


@pytest.mark.parametrize("surface", Surface)
@pytest.mark.parametrize(
    "reply",
    [
        Text("å" * 100_000),
        Text("linje\n" * 20_000, choices=(SEND,)),
        questions(*(Input(f"k{n}", "Felt", FieldType.LONGTEXT, True, "verdi " * 500) for n in range(30))),
        questions(*(Input(f"k{n}", "Felt", FieldType.LONGTEXT, True, "😀" * 3000, error="Nei") for n in range(30))),
        questions(one_input(FieldType.CHOICE, options=tuple((str(n), "Valg " * 20) for n in range(1000)))),
        Summary("Sak", tuple(Row(f"R{n}", "verdi " * 1000, f"change:{n}") for n in range(30)), choices=(SEND,)),
        Summary("Sak", tuple(Row(f"R{n}", "v") for n in range(5000)), choices=(SEND,)),
    ],
)
def test_no_activity_is_larger_than_the_budget(reply: Reply, surface: Surface) -> None:
    activity = render(reply, surface)
    assert len(json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode()) <= ACTIVITY_BUDGET
    assert activity.get("text") or activity["summary"]


def test_a_large_form_keeps_what_is_asked_and_drops_what_is_known() -> None:
    known = tuple(Input(f"k{n}", "Felt", FieldType.LONGTEXT, True, "verdi " * 400) for n in range(20))
    card = card_of(render(questions(one_input(FieldType.TEXT), *known)))
    assert [one["id"] for one in of_type(card, "Input.Text")] == ["k"]


def test_a_large_summary_keeps_its_buttons() -> None:
    rows = tuple(Row(f"R{n}", "verdi " * 1000) for n in range(20))
    card = card_of(render(Summary("Sak", rows, choices=(SEND, CANCEL))))
    assert buttons(card) == ["Send", "Avbryt"]
    assert shown(card).count("…") == 20


def test_cutting_keeps_the_limit() -> None:
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"
    assert cut("abcd", 0) == "…"
