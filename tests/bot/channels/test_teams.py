"""`/api/messages`: who may post, what comes back, what is sent, and what happens when the connector says no."""

from __future__ import annotations

import asyncio
import hmac
import itertools
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings

from bot.attachments import AttachmentStore
from bot.channels.incoming import read_activity
from bot.channels.teams.credentials import BotToken, Credentials
from bot.channels.teams.files import TeamsFiles
from bot.channels.teams.pacing import Limits
from bot.channels.teams.room import TeamsRoom
from bot.ratings import RatingBook
from bot.server import ServerParts, create_app
from bot.settings import Settings, load_settings
from bot.store import SqliteStore
from dialogs.events import Deleted, Edited, Joined, Pressed, Said
from dialogs.replies import Text
from knowledge.errors import BadSettings, PermanentFailure, TemporaryFailure, UncertainOutcome
from tests.bot.channels.doubles import RENDERER, Client, EchoTurns, matcher, serving
from tests.bot.channels.fuzzing import FIELDS
from tests.bot.channels.issuer import APP_ID, TENANT, BotFramework, new_key


class Seconds:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Teams:
    """The bot as Teams sees it, and the test as Teams."""

    def __init__(
        self,
        client: Client,
        framework: BotFramework,
        turns: EchoTurns,
        room: TeamsRoom,
        clock: Seconds,
        store: SqliteStore,
    ) -> None:
        self.client = client
        self.framework = framework
        self.turns = turns
        self.room = room
        self.clock = clock
        self.store = store

    async def post(self, activity: object = None, token: str | None = "", **headers: str) -> tuple[int, Any]:
        if token is not None:
            headers["Authorization"] = f"Bearer {token or self.framework.token()}"
        body = self.framework.activity() if activity is None else activity
        answer = await self.client.post("/api/messages", json=body, headers=headers)
        return answer.status, await answer.json()


NO_LIMITS = Limits()
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEAMS_DATA = {"tenant": {"id": TENANT}}
PRODUCTION = {"LOSEN_MODE": "production", "APP_ID": APP_ID, "APP_PASSWORD": "s3cret", "APP_TENANTID": TENANT}


def read_settings(tmp_path: Path, environ: dict[str, str]) -> Settings:
    return load_settings({**environ, "DATA_DIR": str(tmp_path)})


@asynccontextmanager
async def teams(
    tmp_path: Path,
    environ: dict[str, str] | None = None,
    framework: BotFramework | None = None,
    limits: Limits = NO_LIMITS,
) -> AsyncIterator[Teams]:
    framework = framework or BotFramework()
    turns, clock = EchoTurns(), Seconds()
    chosen = read_settings(tmp_path, environ or PRODUCTION)
    store = SqliteStore(tmp_path / "losen.db")
    files = AttachmentStore(tmp_path / "files", store, 1000, lambda: NOON)
    note_rating = RatingBook(store, lambda: NOON).note
    async with framework.server:
        room = TeamsRoom(chosen, turns, RENDERER, files, clock, matcher, note_rating, framework.metadata_url, limits)
        async with serving(
            create_app(ServerParts(routes=[room], ready={"keys": room.ready}, loopback_only=False))
        ) as client:
            yield Teams(client, framework, turns, room, clock, store)
    await store.close()


@pytest.fixture(autouse=True)
def no_microsoft(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The token to answer with comes from nowhere outside this process."""
    asked: list[str] = []

    def get_access_token(self: object, force_refresh: bool = False) -> str:
        asked.append("token")
        return "our-token"

    monkeypatch.setattr("botframework.connector.auth.MicrosoftAppCredentials.get_access_token", get_access_token)
    return asked


async def test_a_checked_message_is_answered_over_the_connector(tmp_path: Path, no_microsoft: list[str]) -> None:
    async with teams(tmp_path) as bot:
        for number in range(5):
            assert await bot.post(bot.framework.activity(id=f"m{number}")) == (200, {})
        method, path, sent = bot.framework.sent[0]
        assert (method, path) == ("POST", "/connector/v3/conversations/a%3A1%3Bx%40y/activities/m0")
        assert sent["text"] == "Du skrev skriveren virker ikke"
        assert sent["from"] == {"id": f"28:{APP_ID}", "name": "Losen"}
        assert sent["recipient"]["id"] == "29:kari"
        assert sent["replyToId"] == "m0"
        incoming = bot.turns.taken[0]
        assert incoming.person.id == "kari"
        assert incoming.conversation_id == "msteams:a:1;x@y"
        assert len(no_microsoft) == 1  # one token for all of them


async def test_the_same_message_delivered_again_gets_the_same_answer(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        await bot.post()
        assert len(bot.turns.taken) == 1
        assert bot.framework.sent[0] == bot.framework.sent[1]


async def test_a_press_an_installation_and_things_we_do_not_know(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        framework = bot.framework
        await bot.post(framework.activity(text=None, value={"losen": 1, "action": "send:d1", "tried": "ja"}))
        await bot.post(framework.activity(type="installationUpdate", action="add", id="m2"))
        for kind in ("messageReaction", "typing", "invoke", "brandNew"):
            status, _ = await bot.post(framework.activity(type=kind, id=kind))
            assert status == 200
        assert [one.event for one in bot.turns.taken] == [Pressed("send:d1", {"tried": "ja"}), Joined()]


async def test_an_edited_message_is_not_the_message_delivered_again(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        edited = bot.framework.activity(
            type="messageUpdate",
            text="telefonen",
            timestamp="t1",
            channelData={**TEAMS_DATA, "eventType": "editMessage"},
        )
        await bot.post()
        for activity in (edited, edited, {**edited, "timestamp": "t2"}):
            assert (await bot.post(activity))[0] == 200
        assert [one.event for one in bot.turns.taken] == [Said("skriveren virker ikke"), *[Edited("telefonen")] * 2]
        assert bot.framework.sent[1][2]["text"] == "Du endret til telefonen"
        assert bot.framework.sent[1][2]["replyToId"] == "m1"


async def test_a_message_that_is_deleted_is_told_once(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        gone = bot.framework.activity(
            type="messageDelete", timestamp="t1", channelData={**TEAMS_DATA, "eventType": "softDeleteMessage"}
        )
        await bot.post()
        for activity in (gone, gone):
            assert (await bot.post(activity))[0] == 200
        assert [one.event for one in bot.turns.taken] == [Said("skriveren virker ikke"), Deleted()]
        assert bot.framework.sent[-1][2]["text"] == "Deleted"


async def test_a_deletion_taken_back_is_acknowledged_and_changes_nothing(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        back = bot.framework.activity(type="messageUpdate", channelData={**TEAMS_DATA, "eventType": "undeleteMessage"})
        assert await bot.post(back) == (200, {})
        assert len(bot.turns.taken) == len(bot.framework.sent) == 1


@pytest.mark.parametrize("value", [None, "x", {"action": {"type": "Action.Submit"}}, {"action": {"verb": 3}}])
async def test_an_action_our_cards_do_not_have_is_refused_inside_a_sound_answer(tmp_path: Path, value: object) -> None:
    async with teams(tmp_path) as bot:
        status, answer = await bot.post(bot.framework.activity(type="invoke", name="adaptiveCard/action", value=value))
        assert (status, answer["statusCode"], answer["type"]) == (200, 400, "application/vnd.microsoft.error")
        assert set(answer["value"]) == {"code", "message"}
        assert bot.turns.taken == []


async def test_in_a_channel_everybody_has_a_dialog_of_his_own(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        channel = {"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel", "tenantId": TENANT}
        for person in ("kari", "ola"):
            sender = {"id": f"29:{person}", "name": person, "aadObjectId": person}
            await bot.post(bot.framework.activity(conversation=channel, id=person, **{"from": sender}))
        assert len({one.conversation_id for one in bot.turns.taken}) == 2


def hmac_token(framework: BotFramework) -> str:
    """The old trick: HS256 with the public key as the secret."""
    public = framework.keys["k1"][0].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head, body = (urlsafe_b64encode(jwt_part).rstrip(b"=") for jwt_part in (
        b'{"alg":"HS256","kid":"k1","typ":"JWT"}', str(framework.claims()).replace("'", '"').encode()
    ))  # fmt: skip
    signature = urlsafe_b64encode(hmac.new(public, head + b"." + body, sha256).digest()).rstrip(b"=")
    return b".".join((head, body, signature)).decode()


def forged(framework: BotFramework) -> str:
    return jwt.encode(framework.claims(), new_key(), "RS256", {"kid": "k1"})


def now() -> int:
    """Asked when a token is made: a long test run must not age it."""
    return int(time.time())


BAD_TOKENS: dict[str, tuple[Callable[[BotFramework], str], int]] = {
    "expired": (lambda one: one.token(exp=now() - 400), 401),
    "not yet": (lambda one: one.token(nbf=now() + 3000), 401),
    "no expiry": (lambda one: one.token(exp=None), 401),
    "another audience": (lambda one: one.token(aud="another-bot"), 401),
    "no audience": (lambda one: one.token(aud=None), 401),
    "another issuer": (lambda one: one.token(iss="https://evil.invalid"), 401),
    "another service": (lambda one: one.token(serviceurl="https://evil.invalid/"), 403),
    "no service": (lambda one: one.token(serviceurl=None), 403),
    "RS512": (lambda one: one.token(algorithm="RS512"), 401),
    "none": (lambda one: jwt.encode(one.claims(), "", "none", {"kid": "k1"}), 401),
    "HS256": (hmac_token, 401),
    "forged": (forged, 401),
    "unknown key": (lambda one: jwt.encode(one.claims(), one.keys["k1"][0], "RS256", {"kid": "k9"}), 401),
    "no key id": (lambda one: jwt.encode(one.claims(), one.keys["k1"][0], "RS256"), 401),
    "garbage": (lambda one: "garbage", 401),
    "three dots": (lambda one: "a.b.c", 401),
    "huge": (lambda one: "x" * 7000, 401),
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_a_bad_token_is_refused_and_reaches_nobody(tmp_path: Path, kind: str) -> None:
    make, status = BAD_TOKENS[kind]
    async with teams(tmp_path) as bot:
        answered, body = await bot.post(token=make(bot.framework))
        assert answered == status
        assert set(body) == {"error"}
        assert bot.turns.taken == []
        assert bot.framework.sent == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dTpw", "Digest x"])
async def test_without_a_bearer_token_nobody_comes_in(tmp_path: Path, header: str | None) -> None:
    async with teams(tmp_path) as bot:
        headers = {} if header is None else {"Authorization": header}
        answer = await bot.client.post("/api/messages", json=bot.framework.activity(), headers=headers)
        assert answer.status == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert bot.turns.taken == []


async def test_two_authorization_headers_are_one_too_many(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        token = f"Bearer {bot.framework.token()}"
        headers = [("Authorization", token), ("Authorization", token)]
        answer = await bot.client.post("/api/messages", json=bot.framework.activity(), headers=headers)
        assert answer.status == 401


async def test_a_clock_that_is_a_little_wrong_is_forgiven(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(token=bot.framework.token(exp=now() - 60)))[0] == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": {"id": "a:1", "tenantId": "other"}},
        {"channelData": {"tenant": {"id": "other"}}},
        {"channelData": None, "conversation": {"id": "a:1"}},
        {"channelData": "text", "conversation": {"id": "a:1"}},
    ],
)
async def test_users_of_other_tenants_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(bot.framework.activity(**changes)))[0] == 403
        assert bot.turns.taken == []


async def test_a_key_that_may_not_speak_for_teams_is_refused(tmp_path: Path) -> None:
    framework = BotFramework()
    framework.keys["k2"] = (new_key(), ["skype"])
    async with teams(tmp_path, framework=framework) as bot:
        assert (await bot.post(token=framework.token("k2")))[0] == 403


async def test_rolled_keys_are_fetched_but_made_up_ones_do_not_make_us_ask_again(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post())[0] == 200
        bot.framework.keys["k2"] = (new_key(), ["msteams"])
        bot.clock.now += 61
        assert (await bot.post(bot.framework.activity(id="m2"), token=bot.framework.token("k2")))[0] == 200
        fetched = bot.framework.key_fetches
        for number in range(20):
            key = bot.framework.keys["k1"][0]
            made_up = jwt.encode(bot.framework.claims(), key, "RS256", {"kid": f"x{number}"})
            assert (await bot.post(token=made_up))[0] == 401
        assert bot.framework.key_fetches <= fetched + 1


async def test_an_issuer_that_is_down_costs_nothing_while_we_have_keys(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post())[0] == 200
        bot.framework.down = True
        bot.clock.now += 25 * 3600
        assert (await bot.post(bot.framework.activity(id="m2")))[0] == 200


async def test_without_any_keys_the_bot_is_not_ready_and_lets_nobody_in(tmp_path: Path) -> None:
    framework = BotFramework()
    framework.down = True
    async with teams(tmp_path, framework=framework) as bot:
        assert (await bot.post())[0] == 401
        assert (await bot.client.get("/readyz")).status == 503


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"type": 3}, 400),
        ({"conversation": {"id": 3, "tenantId": TENANT}}, 400),
        ({"from": None}, 400),
        ({"from": {"id": ""}}, 400),
        ({"text": 3}, 400),
        ({"attachments": {}}, 400),
        ({"serviceUrl": None}, 403),
        ({"channelId": "skype"}, 403),
    ],
)
async def test_malformed_activities_are_refused(tmp_path: Path, changes: dict[str, Any], status: int) -> None:
    async with teams(tmp_path) as bot:
        assert (await bot.post(bot.framework.activity(**changes)))[0] == status


async def test_bodies_that_cannot_be_activities(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        json_type = {"Content-Type": "application/json"}
        for body in (b"", b"[]", b"{", b"[" * 100_000):
            assert (await bot.client.post("/api/messages", data=body, headers=json_type)).status == 400
        large = b'{"a":"' + b"x" * 300_000 + b'"}'
        assert (await bot.client.post("/api/messages", data=large, headers=json_type)).status == 413
        assert (
            await bot.client.post("/api/messages", data=b"{}", headers={"Content-Type": "text/plain"})
        ).status == 415
        assert (await bot.client.get("/api/messages")).status == 405


async def test_an_answer_that_could_not_be_sent_is_asked_for_again(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.Response(status=502)]
        assert (await bot.post())[0] == 503
        assert (await bot.post())[0] == 200
        assert len(bot.turns.taken) == 1
        assert bot.framework.sent[-1][2]["text"] == "Du skrev skriveren virker ikke"


async def test_a_blocked_bot_takes_the_message_all_the_same(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.Response(status=403)]
        assert (await bot.post())[0] == 200


async def test_a_busy_channel_is_tried_again_within_the_turn(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.Response(status=429, headers={"Retry-After": "0"}), web.Response(status=412)]
        assert (await bot.post())[0] == 200
        assert len(bot.framework.sent) == 3


async def test_a_token_that_is_not_taken_is_fetched_anew(tmp_path: Path, no_microsoft: list[str]) -> None:
    async with teams(tmp_path) as bot:
        bot.framework.answers = [web.Response(status=401)]
        assert (await bot.post())[0] == 200
        assert len(no_microsoft) == 2


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (403, PermanentFailure),
        (404, PermanentFailure),
        (413, PermanentFailure),
        (502, UncertainOutcome),
        (504, UncertainOutcome),
    ],
)
async def test_what_a_failed_delivery_means(tmp_path: Path, status: int, failure: type[Exception]) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        bot.framework.answers = [web.Response(status=status)]
        with pytest.raises(failure):
            await bot.room.deliverer.deliver(bot.turns.taken[0].reference, (Text("Sak L-1"),), "nb")


async def test_a_delivery_goes_to_the_stored_conversation(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        await bot.room.deliverer.deliver(bot.turns.taken[0].reference, (Text("Sak L-1 er registrert."),), "nb")
        method, path, sent = bot.framework.sent[-1]
        assert (method, path) == ("POST", "/connector/v3/conversations/a%3A1%3Bx%40y/activities")
        assert sent["text"] == "Sak L-1 er registrert."
        assert sent["recipient"] == {"id": "29:kari", "name": "Kari"}
        assert sent["channelData"]["notification"]["alert"] is True


async def test_a_channel_that_throttles_says_when_to_come_back(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        bot.framework.answers = [web.Response(status=429, headers={"Retry-After": "30"})]
        with pytest.raises(TemporaryFailure) as caught:
            await bot.room.deliverer.deliver(bot.turns.taken[0].reference, (Text("Sak L-1"),), "nb")
        assert caught.value.retry_after == 30


@pytest.mark.parametrize(
    ("member", "address"),
    [
        ({"id": "29:kari", "userPrincipalName": "kari@oslo.example", "email": "k@oslo.example"}, "kari@oslo.example"),
        ({"id": "29:kari", "email": "k@oslo.example"}, "k@oslo.example"),
        ({"id": "29:kari", "userPrincipalName": None}, ""),
        ([], ""),
    ],
)
async def test_who_somebody_is_elsewhere_is_asked_of_the_roster(tmp_path: Path, member: object, address: str) -> None:
    async with teams(tmp_path) as bot:
        await bot.post()
        bot.framework.answers = [web.json_response(member)]
        assert await bot.room.deliverer.address(bot.turns.taken[0].reference) == address
        assert bot.framework.sent[-1][:2] == ("GET", "/connector/v3/conversations/a%3A1%3Bx%40y/members/29%3Akari")
        assert await bot.room.deliverer.address({"channel": "msteams"}) == ""


async def test_a_broken_reference_is_not_tried_again(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        with pytest.raises(PermanentFailure):
            await bot.room.deliverer.deliver({"channel": "msteams"}, (Text("hei"),), "nb")


def download(url: object) -> dict[str, Any]:
    kind = "application/vnd.microsoft.teams.file.download.info"
    return {"contentType": kind, "name": "logg.txt", "content": {"downloadUrl": url}}


def picture(url: str, kind: str = "image/png") -> dict[str, Any]:
    return {"contentType": kind, "name": "skjerm.png", "contentUrl": url}


class RecordingSession:
    """Answers every GET with a text file and remembers what was asked with which headers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []

    def get(self, url: str, headers: dict[str, str], allow_redirects: bool) -> RecordingSession:
        assert not allow_redirects
        self.asked.append((url, headers))
        return self

    status = 200

    @property
    def content(self) -> RecordingSession:
        return self

    async def iter_chunked(self, size: int) -> AsyncIterator[bytes]:
        yield b"en logg\n"

    async def __aenter__(self) -> RecordingSession:
        return self

    async def __aexit__(self, *error: object) -> None:
        return None


class FixedToken:
    async def get(self) -> str:
        return "our-token"

    def forget(self) -> None:
        raise AssertionError("not asked for here")


SMBA = "https://smba.trafficmanager.net/emea/"


@pytest.mark.parametrize(
    ("attachment", "headers"),
    [
        (picture("http://169.254.169.254/latest"), None),
        (picture("https://evil.invalid/x.png"), None),
        (picture("https://smba.trafficmanager.net@evil.invalid/"), None),
        (picture("https://smba.trafficmanager.net:8443/x"), None),
        (picture("http://smba.trafficmanager.net/x"), None),
        (picture("https://[oops/"), None),
        (picture("https://smba.trafficmanager.net/v3/attachments/1", "application/zip"), None),
        (picture("https://smba.trafficmanager.net/v3/attachments/1"), {"Authorization": "Bearer our-token"}),
        (download("https://oslo.sharepoint.com/signed?t=1"), {}),
        (download("https://sharepoint.com.evil.invalid/"), None),
        (download("http://oslo.sharepoint.com/"), None),
        (download(3), None),
    ],
)
async def test_files_are_fetched_from_known_hosts_only_and_the_token_stays_at_home(
    tmp_path: Path, attachment: dict[str, Any], headers: dict[str, str] | None
) -> None:
    store = SqliteStore(tmp_path / "losen.db")
    session = RecordingSession()
    kept = AttachmentStore(tmp_path / "files", store, 1000, lambda: datetime(2026, 11, 24, tzinfo=UTC))
    files = TeamsFiles(lambda: session, FixedToken(), kept)  # type: ignore[arg-type, return-value]
    message = {"type": "message", "from": {"id": "29:kari"}, "conversation": {"id": "a:1"}, "attachments": [attachment]}
    arrived = read_activity(message)
    stored, refused = await files.fetch(arrived.files, SMBA)
    if headers is None:
        assert session.asked == []
        assert (len(stored), len(refused)) == (0, 1)
    else:
        assert [one for _, one in session.asked] == [headers]
        assert [one.size for one in stored] == [8]
    await store.close()


async def test_a_file_that_cannot_be_had_is_told_of_and_the_text_is_handled(tmp_path: Path) -> None:
    async with teams(tmp_path) as bot:
        await bot.post(bot.framework.activity(attachments=[picture("https://evil.invalid/x.png")]))
        assert bot.turns.taken[0].event == Said("skriveren virker ikke")
        told = [body["text"] for _, _, body in bot.framework.sent]
        assert "skjerm.png" in told[0]
        assert told[1] == "Du skrev skriveren virker ikke"
        await bot.post(bot.framework.activity(id="m2", text="", attachments=[picture("https://evil.invalid/x.png")]))
        assert len(bot.turns.taken) == 1


DEVELOPMENT = {"LOSEN_MODE": "development"}


async def test_in_development_without_an_app_id_the_emulator_may_post_from_this_machine(tmp_path: Path) -> None:
    async with teams(tmp_path, DEVELOPMENT) as bot:
        emulator = bot.framework.activity(channelId="emulator", channelData=None, conversation={"id": "e1"})
        assert (await bot.post(emulator, token=None))[0] == 200
        assert bot.framework.sent[0][2]["text"] == "Du skrev skriveren virker ikke"
        assert (await bot.client.get("/readyz")).status == 200
        away = {**emulator, "serviceUrl": "https://evil.invalid/"}
        assert (await bot.post(away, token=None))[0] == 403


async def test_development_with_an_app_id_checks_like_production(tmp_path: Path) -> None:
    async with teams(tmp_path, {**PRODUCTION, "LOSEN_MODE": "development"}) as bot:
        assert (await bot.post(token=None))[0] == 401
        assert (await bot.post())[0] == 200


def test_production_without_an_app_id_cannot_be_built(tmp_path: Path) -> None:
    chosen = replace(read_settings(tmp_path, PRODUCTION), app_id="")
    with pytest.raises(BadSettings):
        TeamsRoom(chosen, EchoTurns(), RENDERER, None, Seconds(), matcher, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "sdk_class"),
    [("SingleTenant", "MicrosoftAppCredentials"), ("UserAssignedMSI", "ManagedIdentityAppCredentials")],
)
def test_credentials_are_of_the_kind_of_the_app_and_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, sdk_class: str
) -> None:
    asked: list[object] = []

    def get_access_token(self: object, force_refresh: bool = False) -> str:
        asked.append(self)
        return "our-token"

    monkeypatch.setattr(f"botframework.connector.auth.{sdk_class}.get_access_token", get_access_token)
    credentials = Credentials(read_settings(tmp_path, {**PRODUCTION, "APP_TYPE": kind}))
    assert [credentials.token(), credentials.token()] == ["our-token", "our-token"]
    assert type(asked[0]).__name__ == sdk_class
    assert asked[0] is asked[1]


def test_a_secret_that_is_changed_in_its_file_is_used_from_then_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def get_access_token(self: Any, force_refresh: bool = False) -> str:
        used.append(self.microsoft_app_password)
        return "our-token"

    monkeypatch.setattr("botframework.connector.auth.MicrosoftAppCredentials.get_access_token", get_access_token)
    file = tmp_path / "password"
    file.write_text("old", encoding="utf-8")
    environ = {name: value for name, value in PRODUCTION.items() if name != "APP_PASSWORD"}
    credentials = Credentials(read_settings(tmp_path, {**environ, "APP_PASSWORD_FILE": str(file)}))
    credentials.token()
    file.write_text("new", encoding="utf-8")
    credentials.token()
    assert used == ["old", "new"]


async def test_a_token_that_cannot_be_had_is_a_temporary_failure_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object, force_refresh: bool = False) -> str:
        raise PermissionError("invalid_client: s3cret")

    monkeypatch.setattr("botframework.connector.auth.MicrosoftAppCredentials.get_access_token", refuse)
    with pytest.raises(TemporaryFailure) as caught:
        await BotToken(Credentials(read_settings(tmp_path, PRODUCTION)), Seconds()).get()
    assert "s3cret" not in str(caught.value)
    assert await BotToken(None, Seconds()).get() == ""


async def test_no_activity_makes_the_server_fail(tmp_path: Path) -> None:
    """Any JSON in any field: an answer, a 4xx, and never a 5xx; the next sound message is answered."""
    numbers = itertools.count()
    async with teams(tmp_path) as bot:
        loop = asyncio.get_running_loop()

        async def post(changes: dict[str, Any]) -> int:
            return (await bot.post(bot.framework.activity(**{"id": f"f{next(numbers)}", **changes})))[0]

        @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
        @given(FIELDS)
        def fuzz(changes: dict[str, Any]) -> None:
            status = asyncio.run_coroutine_threadsafe(post(changes), loop).result(20)
            assert status < 500, changes

        await asyncio.to_thread(fuzz)
        assert (await bot.post(bot.framework.activity(id="last")))[0] == 200
        assert bot.turns.taken[-1].event == Said("skriveren virker ikke")
