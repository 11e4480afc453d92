"""Numbers for operators: what is counted, that it says nothing of people, and who may read it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import MeasuredTurns, Metrics
from bot.program import build
from bot.server import ServerParts, create_app
from bot.settings import load_settings
from bot.store.promises import Punctuality
from bot.store.records import Backlog, RowState
from bot.turns import Answered, Incoming, Send
from bot.web.metrics_page import MetricsPage
from dialogs.events import Said
from dialogs.replies import Text
from dialogs.state import State
from dialogs.turn import Situation
from knowledge.errors import StoreError
from tests.bot.channels.doubles import serving
from tests.bot.samples import KARI, MONDAY
from tests.transcript import engine, library, person

ROOT = Path(__file__).parents[2]
TOKEN = "a-long-token-of-the-operator"
NOTHING = Backlog({}, 0.0)


def samples(page: bytes) -> Mapping[str, float]:
    """Every number of a page under its name with its labels."""
    return {
        sample.name + "".join(f"|{name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


class Turns:
    """Answers what it is told to."""

    def __init__(self, answers: list[Answered]) -> None:
        self.answers = answers

    async def handle(self, incoming: Incoming, send: Send | None = None) -> Answered:
        answered = self.answers.pop(0)
        if send is not None:
            await send(answered)
        return answered


def incoming(number: int = 1) -> Incoming:
    return Incoming("c1", f"a{number}", "msteams", Said("Skriveren til Kari er borte"), KARI)


async def test_turns_are_counted_by_what_became_of_them_and_timed() -> None:
    metrics, seconds = Metrics(), itertools.count(0, 0.25)
    answers = [Answered((Text("a"),)), Answered((), duplicate=True), Answered((), failed=True), Answered(())]
    turns = MeasuredTurns(Turns(answers), metrics, lambda: next(seconds))
    sent: list[Answered] = []

    async def send(answered: Answered) -> None:
        sent.append(answered)

    for number in range(4):
        await turns.handle(incoming(number), send)
    shown = samples(metrics.page(NOTHING, None, Punctuality()))
    assert shown["losen_turns_total|channel=msteams|result=answered"] == 2
    assert shown["losen_turns_total|channel=msteams|result=duplicate"] == 1
    assert shown["losen_turns_total|channel=msteams|result=failed"] == 1
    assert shown["losen_turn_seconds_count|channel=msteams"] == 4
    assert shown["losen_turn_seconds_sum|channel=msteams"] == pytest.approx(1.0)
    assert len(sent) == 4


def test_the_outbox_is_shown_as_it_is_now() -> None:
    metrics = Metrics()
    metrics.page(Backlog({RowState.QUEUED: 5, RowState.FAILED: 1}, 90.5), None, Punctuality())
    shown = samples(metrics.page(Backlog({RowState.LEASED: 2}, 3.0), None, Punctuality()))
    states = ("queued", "leased", "failed")
    assert [shown[f"losen_outbox_effects|state={state}"] for state in states] == [0, 2, 0]
    assert shown["losen_outbox_oldest_seconds"] == 3.0


def test_kompass_is_shown_only_where_there_is_one() -> None:
    metrics = Metrics()
    assert "losen_kompass_up" not in samples(metrics.page(NOTHING, None, Punctuality()))
    assert samples(metrics.page(NOTHING, False, Punctuality()))["losen_kompass_up"] == 0
    assert samples(metrics.page(NOTHING, True, Punctuality()))["losen_kompass_up"] == 1


def situation() -> Situation:
    return Situation(
        person=person("1linje"), now=MONDAY, next_case_ref="L-2026-000001", next_notice_ref="D-2026-0001",
        cases=(), notices=(),
    )  # fmt: skip


def test_what_is_counted_is_what_the_matcher_decided() -> None:
    """Over real questions: each is counted as the matcher decided it, or is no need at all."""
    begin, counted = State(greeted=True), 0
    with (ROOT / "tests" / "data" / "queries-dev.jsonl").open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, 120):
            text = json.loads(line)["text"]
            match = library().matcher.match(text)
            if len(match.needs) > 1:
                continue  # the needs are decided one by one
            decision = engine().decide(begin, Said(text), situation(), library()).decided
            assert decision in (match.decision, None), text
            counted += decision is not None
    assert counted > 100


@pytest.mark.parametrize("text", ["takk", "status", "hjelp", "lag driftsmelding: nettet er nede i Oslo rådhus"])
def test_what_is_no_need_is_not_counted(text: str) -> None:
    metrics = Metrics()
    metrics.counting(engine().decide)(State(greeted=True), Said(text), situation(), library())
    shown = samples(metrics.page(NOTHING, None, Punctuality()))
    assert [shown[f"losen_match_decisions_total|decision={one}"] for one in ("answer", "ask", "none")] == [0, 0, 0]


def test_labels_hold_words_of_a_fixed_list_only() -> None:
    """Nothing of who wrote what reaches a label, so nobody can be read out of the numbers."""
    metrics = Metrics()
    metrics.answered("msteams", Answered(()), 0.1)
    metrics.counting(engine().decide)(State(), Said("Skriveren til Kari er borte"), situation(), library())
    page = metrics.page(Backlog({RowState.QUEUED: 1}, 1.0), True, Punctuality()).decode()
    labels = {
        name: value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
        for name, value in sample.labels.items()
        if name != "le"
    }
    assert set(labels) == {"channel", "result", "decision", "state"}
    assert "kari" not in page.lower()


async def numbers() -> bytes:
    return Metrics().page(NOTHING, None, Punctuality())


def page(token: str, *, loopback_only: bool = False) -> web.Application:
    return create_app(ServerParts(routes=[MetricsPage(token, numbers)], loopback_only=loopback_only))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"bearer {TOKEN}", "X-Forwarded-For": "203.0.113.7", "Host": "losen.example"}, 200),
        ({}, 401),
        ({"Authorization": TOKEN}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer "}, 401),
    ],
)
async def test_with_a_token_whoever_has_it_may_read(headers: dict[str, str], status: int) -> None:
    async with serving(page(TOKEN)) as client:
        answer = await client.get("/metrics", headers=headers)
        assert answer.status == status
        assert ("losen_turns" in await answer.text()) == (status == 200)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:3978"}, 200),
        ({"Host": "losen.example"}, 403),
        ({"X-Forwarded-For": "203.0.113.7"}, 403),
        ({"Forwarded": "for=203.0.113.7"}, 403),
        ({"Via": "1.1 proxy"}, 403),
    ],
)
async def test_without_a_token_only_this_machine_itself_may_read(headers: dict[str, str], status: int) -> None:
    async with serving(page("")) as client:
        answer = await client.get("/metrics", headers=headers)
        assert answer.status == status
        if status == 200:
            assert answer.headers["Content-Type"].startswith("text/plain; version=")


async def test_a_store_that_does_not_answer_is_503() -> None:
    async def broken() -> bytes:
        raise StoreError("disk full")

    async with serving(create_app(ServerParts(routes=[MetricsPage("", broken)]))) as client:
        assert (await client.get("/metrics")).status == 503


async def test_the_running_bot_has_its_own_numbers(tmp_path: Path) -> None:
    """Everything put together as it runs: a turn, its effect in the outbox, and the age of that."""
    parts = build(load_settings({"LOSEN_MODE": "development", "DATA_DIR": str(tmp_path)}))
    try:
        turns = MeasuredTurns(parts.turns, parts.metrics, lambda: 0.0)
        for number, text in enumerate(("snakke med et menneske", "ja", "Skriveren virker ikke")):
            await turns.handle(Incoming("c1", f"a{number}", "web", Said(text), KARI))
        shown = samples(await parts.numbers())
        assert shown["losen_turns_total|channel=web|result=answered"] == 3
        assert shown["losen_outbox_effects|state=queued"] >= 1
        assert shown["losen_outbox_oldest_seconds"] >= 0
        assert "process_resident_memory_bytes" in shown
    finally:
        await parts.close()


def test_promised_updates_are_counted_by_how_they_ended() -> None:
    shown = samples(Metrics().page(NOTHING, None, Punctuality(kept=7, late=2, open=1)))
    told = {result: shown[f"losen_notice_updates_promised|result={result}"] for result in ("kept", "late", "open")}
    assert told == {"kept": 7, "late": 2, "open": 1}
