"""The bot in a process of its own, what is sent to it, and what may never come of it."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings

from dialogs.state import state_from_json
from tests.browser.losen_process import LosenProcess
from tests.fuzz.inputs import Sent, anything

# What only the inside knows: where a program failed, and where it lies.
_INSIDE = ("Traceback", 'File "', ".py", "site-packages", "sqlite", "/bot/", "/dialogs/")
_FAILED = (
    "unexpected error",
    "a turn failed",
    "the engine failed",
    "cannot be read; starting afresh",
    "Task exception",
)


class Bot:
    """The running bot and the connections to it."""

    def __init__(self, process: LosenProcess, service_url: str) -> None:
        self.service_url = service_url
        self._process = process
        self._host = process.address.removeprefix("http://")
        self._connection = http.client.HTTPConnection(self._host, timeout=60)
        self._pages: dict[str, tuple[str, str]] = {}
        self._read = 0

    def send(self, sent: Sent) -> int:
        """The status; asserts that it is no 5xx and that nothing of the inside is told."""
        token, conversation = self._page(sent.person) if sent.person else ("", "")
        path = sent.path.replace("{conversation}", conversation)
        headers = {name: value.replace("{token}", token) for name, value in sent.headers.items()}
        status, body = self._ask(sent.method, path, sent.body, headers)
        assert status < 500, (status, sent, body)
        if status >= 400:
            told = body.decode()
            assert not [one for one in _INSIDE if one in told], (sent, body)
        return status

    def close(self) -> None:
        """No connection is left."""
        self._connection.close()

    def check(self) -> None:
        """Nothing has failed inside, and whoever was in a dialog can go on with it."""
        log = self._process.data.parent / f"{self._process.data.name}.log"
        with log.open(encoding="utf-8") as lines:
            lines.seek(self._read)
            written = lines.read()
        self._read += len(written.encode())
        failed = [line for line in written.splitlines() if any(one in line for one in _FAILED)]
        assert not failed, failed[:5]
        database = f"file:{self._process.data / 'losen.db'}?mode=ro"
        with closing(sqlite3.connect(database, uri=True)) as connection:
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
            for (state,) in connection.execute("SELECT state FROM conversations"):
                state_from_json(json.loads(state))
            assert not connection.execute("SELECT id FROM outbox WHERE state = 'failed'").fetchall()

    def _page(self, person: str) -> tuple[str, str]:
        if person not in self._pages:
            _, body = self._ask(
                "POST", "/directline/tokens/generate", json.dumps({"user": {"id": person}}).encode(), {}
            )
            opened = json.loads(body)
            self._pages[person] = (opened["token"], opened["conversationId"])
        return self._pages[person]

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
            # A refused body may close the connection; the next request opens another, and must be answered.
            self._connection.close()
            self._connection = http.client.HTTPConnection(self._host, timeout=60)
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()


class _Connector(BaseHTTPRequestHandler):
    """Takes the answers."""

    protocol_version = "HTTP/1.1"

    def _take(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b'{"id":"1"}')

    do_GET = do_POST = do_PUT = do_DELETE = _take  # noqa: N815  named by the library

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def running(folder: Path) -> Iterator[Bot]:
    """The bot on data of its own, with a connector to answer to."""
    connector = ThreadingHTTPServer(("127.0.0.1", 0), _Connector)
    connector.daemon_threads = True
    threading.Thread(target=connector.serve_forever, daemon=True).start()
    process = LosenProcess(folder / "data", ("-m", "tests.fuzz.bot_process"))
    process.start()
    try:
        with closing(Bot(process, f"http://127.0.0.1:{connector.server_port}/")) as bot:
            yield bot
        assert process.stop() == 0
    finally:
        process.kill()
        connector.shutdown()
        connector.server_close()


def fuzz(bot: Bot, number: int, inputs: int) -> None:
    """Send so many inputs of this seed, and see that nothing came of it."""

    @seed(number)
    @settings(max_examples=inputs, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(anything(bot.service_url))
    def send(sent: Sent) -> None:
        bot.send(sent)

    send()
    bot.check()
