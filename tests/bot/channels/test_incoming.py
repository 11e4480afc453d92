"""What activities are read as, and which are refused."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.incoming import UNKNOWN_ACTION, read_activity
from bot.channels.reading_json import MAX_DEPTH, parse_object
from dialogs.events import Attachment, Deleted, Edited, Joined, Pressed, Said
from knowledge.errors import BadActivity

BOT = "28:losen"


def activity(**fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "m1",
        "from": {"id": "29:kari", "name": "Kari", "aadObjectId": "kari"},
        "recipient": {"id": BOT},
        "conversation": {"id": "a:1"},
        **fields,
    }


def mention(text: str, of: str = BOT) -> dict[str, Any]:
    return {"type": "mention", "text": text, "mentioned": {"id": of}}


@pytest.mark.parametrize(
    ("fields", "event"),
    [
        ({"text": "hei"}, Said("hei")),
        ({"text": ""}, Said("")),
        ({}, Said("")),
        ({"text": "hei", "value": {}}, Said("hei")),
        ({"value": {"losen": 1, "action": "send:d1", "extent": "user"}}, Pressed("send:d1", {"extent": "user"})),
        ({"text": "Send", "value": {"losen": 1, "action": "send:d1"}}, Pressed("send:d1")),
        ({"text": "hei", "value": {"other": "bot"}}, Said("hei")),
        ({"value": {"other": "bot"}}, Pressed(UNKNOWN_ACTION)),
        ({"value": {"losen": 2, "action": "send:d1"}}, Pressed(UNKNOWN_ACTION)),
        ({"value": {"losen": True, "action": "send:d1"}}, Pressed(UNKNOWN_ACTION)),
        ({"value": {"losen": 1, "action": 7}}, Pressed(UNKNOWN_ACTION)),
        ({"value": {"losen": 1, "action": "x" * 600}}, Pressed(UNKNOWN_ACTION)),
        ({"value": "a text"}, Pressed(UNKNOWN_ACTION)),
        ({"value": [1]}, Pressed(UNKNOWN_ACTION)),
        ({"type": "messageUpdate", "text": "rettet"}, Edited("rettet")),
        ({"type": "messageDelete"}, Deleted()),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "29:kari"}]}, Joined()),
        ({"type": "conversationUpdate", "membersAdded": [{"id": BOT}]}, None),
        ({"type": "conversationUpdate", "channelId": "msteams", "membersAdded": [{"id": "29:kari"}]}, None),
        ({"type": "conversationUpdate"}, None),
        ({"type": "installationUpdate", "action": "add"}, Joined()),
        ({"type": "installationUpdate", "action": "remove"}, None),
        ({"type": "messageReaction"}, None),
        ({"type": "typing"}, None),
        ({"type": "somethingNew"}, None),
    ],
)
def test_activities_become_events(fields: dict[str, Any], event: object) -> None:
    assert read_activity(activity(**fields)).event == event


@pytest.mark.parametrize(
    "fields",
    [
        {"type": 1},
        {"type": ""},
        {"type": None},
        {"text": 7},
        {"text": ["hei"]},
        {"conversation": None},
        {"conversation": {}},
        {"conversation": "a:1"},
        {"conversation": {"id": "x" * 600}},
        {"from": None},
        {"from": {"id": 3}},
        {"id": 9},
        {"attachments": "fil"},
        {"attachments": ["fil"]},
        {"attachments": [{"contentType": 1}]},
        {"attachments": [{"contentType": "image/png"}] * 21},
        {"type": "conversationUpdate", "membersAdded": "kari"},
        {"type": "conversationUpdate", "membersAdded": [1]},
        {"type": "messageUpdate", "text": 1},
    ],
)
def test_malformed_activities_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadActivity):
        read_activity(activity(**fields))


@pytest.mark.parametrize(
    ("text", "mentions", "said"),
    [
        ("<at>Losen</at> skriveren virker ikke", [mention("<at>Losen</at>")], "skriveren virker ikke"),
        ('<at id="0">Losen</at>&nbsp;hei', [mention("<at>Losen</at>")], "hei"),
        ("<AT>Losen</AT> hei", [mention("<at>Losen</at>")], "hei"),
        ("<at>USS</at> USS-portalen er nede", [mention("<at>USS</at>")], "USS-portalen er nede"),
        ("<at>Losen</at> be <at>Ola</at> se", [mention("<at>Losen</at>"), mention("<at>Ola</at>", "o")], "be Ola se"),
        ("<at>Losen</at> a &lt; b &amp; c", [mention("<at>Losen</at>")], "a < b & c"),
        ("<at>Losen</at>", [mention("<at>Losen</at>")], ""),
        ("Losen hei", [mention("Losen")], "Losen hei"),
        ("a  b", [], "a  b"),
        ("a  b", "rubbish", "a  b"),
        ("hei", [None, 3, {"type": "mention"}, {"type": "clientInfo"}], "hei"),
        ("hei", [{"type": "mention", "mentioned": 1, "text": 2}], "hei"),
    ],
)  # fmt: skip
def test_only_the_mention_of_the_bot_is_taken_out(text: str, mentions: Any, said: str) -> None:
    assert read_activity(activity(text=text, entities=mentions)).event == Said(said)


def test_the_same_press_has_the_same_nonce_and_another_has_another() -> None:
    def nonce(**values: Any) -> str | None:
        return read_activity(activity(value={"losen": 1, "action": "send", "nonce": "n1", **values})).nonce

    assert nonce() == nonce()
    assert nonce(a="1", b="2") == nonce(b="2", a="1")
    assert len({nonce(), nonce(a="1"), nonce(a="2"), nonce(action="cancel"), nonce(nonce="n2")}) == 5
    assert nonce(nonce=7) is None


def test_files_are_claims_until_they_are_fetched() -> None:
    arrived = read_activity(
        activity(
            text="se her",
            attachments=[
                {"contentType": "text/html", "content": "<p>se her</p>"},
                {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}},
                {"contentType": "image/png", "contentUrl": "https://x.invalid/1", "name": "skjerm.png", "content": 3},
            ],
        )
    )
    assert [(one.name, one.content_type, one.url) for one in arrived.files] == [
        ("skjerm.png", "image/png", "https://x.invalid/1")
    ]
    stored = Attachment("skjerm.png", 3, "abc")
    assert arrived.with_attachments((stored,)) == Said("se her", (stored,))
    assert arrived.with_attachments(()) == Said("se her")


def test_files_of_a_press_change_nothing() -> None:
    pressed = read_activity(activity(value={"losen": 1, "action": "send"}, attachments=[{"contentType": "image/png"}]))
    assert pressed.files == ()
    assert pressed.with_attachments((Attachment("a", 1, "b"),)) == Pressed("send")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"null",
        b"\xff\xfe",
        b'{"a": NaN}',
        b'{"a": "\\ud800"}',
        b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1),
        b"[" * 200_000,
        b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    ],
)
def test_bodies_that_are_no_sound_json_object_are_refused(body: bytes) -> None:
    with pytest.raises(BadActivity):
        parse_object(body)


def test_the_deepest_body_allowed_is_read() -> None:
    body = b'{"a":' * (MAX_DEPTH - 1) + b"{}" + b"}" * (MAX_DEPTH - 1)
    assert "a" in parse_object(body)
