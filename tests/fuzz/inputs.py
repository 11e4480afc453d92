"""What is sent: activities with anything in any field among words and presses that lead deep into the dialogs, bodies
that are no activity at all, and addresses of pages with anything in them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from tests.bot.channels.fuzzing import FIELDS, JSON

CONVERSATIONS = 300
"""Few enough for long dialogs, many enough for all kinds of them."""
_NUMBERS = itertools.count()

_SAID = (
    "Hele bydelen får ikke logget på AKS siden i går kl 08.15, prøvd omstart", "trenger ny pc til vikar fra mandag",
    "ja", "nei", "1", "2", "9", "send", "avbryt", "tilbake", "status", "hopp over", "vet ikke", "ingen av disse",
    "endre omfang", "det var forresten i dag", "kommentar", "angre", "BGO", "Kontor", "meld en feil", "bestill noe",
    "snakk med et menneske", "hva er en hovedsak?", "Oppgradering: Websak i test og Gerica i prod", "feil skjema",
    "slett mine data", "hva vet du om meg", "ny sak: skriveren er tom", "help me in English please",
    "nei, ikke kritisk", "lag driftsmelding", "innboks", "liv og helse er i fare", "12345678", "kari@example.invalid",
    "fakturareferanse 123",
)  # fmt: skip
_ACTIONS = (
    "submit:1", "submit:2", "cancel:1", "send:1", "confirm:1", "skip:1:tried", "set:1:extent:user", "set:1:critical:ja",
    "form:900884", "form:none", "change:1:system", "change:1:description", "wrong_form:1", "report", "order", "human",
    "undo", "status", "unknown",
)  # fmt: skip
_TEXTS = st.sampled_from(_SAID) | st.text(max_size=60) | st.sampled_from(_SAID).map(lambda one: one * 40)
_PRESSED = st.fixed_dictionaries(
    {"losen": st.just(1), "action": st.sampled_from(_ACTIONS)},
    optional={
        "nonce": st.text(max_size=8),
        "extent": JSON | st.just("user"),
        "started_at": JSON | st.just("i går"),
        "system": JSON | st.just("AKS"),
        "tried": JSON,
    },
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One request. `{token}` and `{conversation}` in path and headers are those of an open page; `person` opens it."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    person: str = ""


@st.composite
def _activities(draw: st.DrawFn) -> dict[str, Any]:
    activity = draw(st.fixed_dictionaries({"text": _TEXTS}) | st.fixed_dictionaries({"value": _PRESSED}) | FIELDS)
    kind = draw(st.sampled_from(("message", "message", "message", "messageUpdate", "installationUpdate", "invoke")))
    return {"type": kind, "id": f"a{next(_NUMBERS)}", **activity}


@st.composite
def to_teams(draw: st.DrawFn, service_url: str) -> Sent:
    """`/api/messages`, as the emulator posts there."""
    number = draw(st.integers(0, CONVERSATIONS - 1))
    shape = draw(st.sampled_from(("personal", "channel", "groupChat", None)))
    activity = {
        "channelId": "emulator",
        "serviceUrl": service_url,
        "from": {"id": f"user{number}", "name": "Kari Fuzz"},
        "recipient": {"id": "bot", "name": "Losen"},
        "conversation": {"id": f"c{number}"} | ({"conversationType": shape} if shape else {}),
        **draw(_activities()),
    }
    return Sent("POST", "/api/messages", _body(activity), {"Content-Type": "application/json"})


@st.composite
def to_direct_line(draw: st.DrawFn) -> Sent:
    """The page's own protocol, as one of the people of development mode."""
    who = draw(st.sampled_from(("ansatt", "superbruker", "1linje", "forvalter", "uss")))
    headers = {"Authorization": "Bearer {token}"}
    match draw(st.integers(0, 9)):
        case 0:
            path = draw(
                st.sampled_from(("tokens/generate", "tokens/refresh", "conversations", "conversations/x/upload"))
            )
            return Sent("POST", f"/directline/{path}", _body(draw(JSON)), headers, who)
        case 1:
            watermark = quote(draw(st.text(max_size=8) | st.integers().map(str)), safe="")
            path = f"/directline/conversations/{{conversation}}/activities?watermark={watermark}"
            return Sent("GET", path, b"", headers, who)
        case 2:
            kind = draw(st.sampled_from(("multipart/form-data; boundary=x", "multipart/form-data", "text/plain")))
            body = draw(st.binary(max_size=200)).join(
                (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n', b"\r\n--x--")
            )
            return Sent(
                "POST", "/directline/conversations/{conversation}/upload", body, {**headers, "Content-Type": kind}, who
            )
        case _:
            path = "/directline/conversations/{conversation}/activities"
            return Sent("POST", path, _body(draw(_activities())), headers, who)


@st.composite
def to_pages(draw: st.DrawFn) -> Sent:
    """The feeds, the page of driftsmeldinger, and whatever else is served."""
    roots = ("/feed/", "/driftsmeldinger", "/driftsmeldinger/", "/driftsmeldinger.atom", "/driftsmeldinger.json",
             "/static/", "/metrics", "/healthz", "/readyz", "/", "/api/messages")  # fmt: skip
    path = draw(st.sampled_from(roots)) + quote(draw(st.text(max_size=20)), safe="/")
    query = quote(draw(st.text(max_size=30)), safe="=&")
    headers = draw(
        st.dictionaries(
            st.sampled_from(
                ("If-None-Match", "If-Modified-Since", "Accept", "Accept-Language", "Range", "Origin", "Cookie")
            ),
            st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
            max_size=3,
        )
    )
    return Sent(
        draw(st.sampled_from(("GET", "GET", "HEAD", "POST", "PUT", "OPTIONS"))), f"{path}?{query}", b"", headers
    )


@st.composite
def no_activities(draw: st.DrawFn) -> Sent:
    """Bodies that are no activity: any bytes, any JSON, deep JSON, another type of content."""
    deep = st.integers(30, 2000).map(lambda levels: b"[" * levels + b"]" * levels)
    objects = st.integers(30, 500).map(lambda levels: b'{"value":' * levels + b"1" + b"}" * levels)
    body = draw(st.binary(max_size=300) | JSON.map(_body) | deep | objects)
    kind = draw(st.sampled_from(("application/json", "application/json; charset=utf-16", "text/plain", "")))
    path = draw(st.sampled_from(("/api/messages", "/directline/conversations/{conversation}/activities")))
    return Sent("POST", path, body, {"Content-Type": kind, "Authorization": "Bearer {token}"}, "ansatt")


def anything(service_url: str) -> st.SearchStrategy[Sent]:
    """All of it, most of it to where people write."""
    teams, page = to_teams(service_url), to_direct_line()
    return st.one_of(teams, teams, teams, page, page, to_pages(), no_activities())


def _body(value: Any) -> bytes:
    # As another program may write it, lone surrogates and all.
    return json.dumps(value).encode()
