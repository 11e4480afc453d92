"""What others do to cases in Kompass reaches those who wait for it, once each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.kompass.changes import ChangeWatch
from bot.kompass.wiring import changes_from
from bot.store import Session
from bot.store.records import ConversationRecord, Profile
from dialogs.case import Case, Status
from dialogs.events import Happened
from knowledge.errors import PortError
from tests.bot.kompass.conftest import End
from tests.bot.samples import MONDAY, a_case
from tests.fake_kompass.faults import Fault


@dataclass
class Told:
    """Remembers what was told in transactions that were kept."""

    events: list[tuple[str, str, str, str]] = field(default_factory=list)

    def __call__(self, session: Session, conversation_id: str, person_id: str, event: Happened) -> None:
        self.events.append((conversation_id, person_id, event.outcome, event.detail["text"]))

    def new(self) -> list[tuple[str, str, str, str]]:
        events, self.events = self.events, []
        return events


@dataclass
class Scene:
    end: End
    told: Told
    watch: ChangeWatch
    case: Case

    @property
    def request(self) -> dict[str, Any]:
        return next(iter(self.end.fake.world.entities["Request"].values()))

    def comment(self, body: str, by: str = "9999", privacy: str = "PUBLIC") -> None:
        comment = {"Body": body, "PrivacyType": privacy, "Submitter": {"UserId": by}}
        self.end.fake.world.comment(self.request["Id"], comment)

    def move(self, phase: str, **more: str) -> None:
        self.end.fake.world.update("Request", {"Id": self.request["Id"], "PhaseId": phase, **more})

    async def status(self) -> Status:
        return (await self.stored()).status

    async def stored(self) -> Case:
        case = await self.end.store.read(lambda session: session.cases.get(self.case.ref))
        assert case is not None
        return case


@pytest.fixture
async def scene(end: End) -> Scene:
    case = replace(a_case(), followers=("OLA@oslo.example", "ulla", "En ukjent"))
    opened = await end.cases.open(replace(case, followers=()), "key-1")
    case = replace(case, kompass=opened.link, status=Status.REGISTERED)

    def fill(session: Session) -> None:
        session.cases.add(case, "c1")
        session.people.save_profile(Profile("ola", "Ola", "BGO", "ola@oslo.example"))
        for conversation, person, personal in (("c1", "kari", True), ("c2", "ola", True), ("c3", "ulla", False)):
            session.conversations.save(
                ConversationRecord(conversation, "web", person, "nb", "{}", {"personal": personal}, 1, MONDAY)
            )

    await end.store.write(fill)
    told = Told()
    watch = changes_from(end.kompass, end.settings, end.store, told, end.clock, end.woken.set)
    return Scene(end, told, watch, case)


async def test_a_public_comment_reaches_reporter_and_followers_once_and_an_internal_one_nobody(scene: Scene) -> None:
    scene.comment("<p>Prøv <b>igjen</b></p>")
    scene.comment("<p>hemmelig</p>", privacy="INTERNAL")
    scene.comment("<p>hemmelig</p>", privacy="AGENTPUBLIC")
    assert [await scene.watch.look() for _ in range(3)] == [1, 0, 0]
    # In a group, others would read it: ulla has no conversation of her own.
    assert scene.told.new() == [
        ("c1", "kari", "case_answered", "Prøv igjen"),
        ("c2", "ola", "case_answered", "Prøv igjen"),
    ]
    assert scene.end.woken.is_set()


async def test_nobody_is_told_what_he_wrote_himself(scene: Scene) -> None:
    await scene.end.cases.comment(scene.case, "Hei UKE", "key-2")
    assert await scene.watch.look() == 0
    scene.comment("<p>fra portalen</p>", by="7001")
    assert await scene.watch.look() == 1
    assert [person for _, person, _, _ in scene.told.new()] == ["ola"]


async def test_a_new_phase_is_a_new_status_in_words(scene: Scene) -> None:
    for phase, status in (
        ("Classify", Status.REGISTERED),
        ("FirstLine", Status.IN_PROGRESS),
        ("Escalate", Status.IN_PROGRESS),
        ("Venter_c", Status.IN_PROGRESS),
    ):
        if phase == "Venter_c":
            scene.request["PhaseId"] = phase
        else:
            scene.move(phase)
        await scene.watch.look()
        assert await scene.status() is status
    assert {outcome for _, _, outcome, _ in scene.told.new()} == {"case_now_in_progress"}
    scene.move("Accept", Solution="<p>Start <i>på nytt</i></p>")
    await scene.watch.look()
    assert scene.told.new()[0] == ("c1", "kari", "case_now_solution_proposed", "Start på nytt")
    scene.move("Close")
    await scene.watch.look()
    assert await scene.status() is Status.CLOSED
    seen = len(scene.end.fake.seen)
    assert await scene.watch.look() == 0
    assert len(scene.end.fake.seen) == seen  # what is closed is not asked for


async def test_a_comment_that_is_no_change_of_its_case_is_found_too(scene: Scene) -> None:
    await scene.watch.look()
    scene.comment("<p>uten spor</p>")
    assert await scene.watch.look() == 1


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.FAILED])
@pytest.mark.parametrize("path", ["ems/Request", "comments"])
async def test_what_could_not_be_read_is_told_in_a_later_round(scene: Scene, fault: Fault, path: str) -> None:
    scene.comment("<p>nytt</p>")
    scene.end.fake.faults.order(path, fault, times=3)
    with pytest.raises(PortError):
        await scene.watch.look()
    scene.end.fake.faults.ordered.clear()
    assert await scene.watch.look() == 1
    assert len(scene.told.new()) == 2


async def test_many_cases_are_asked_for_in_batches(scene: Scene) -> None:
    def more(session: Session) -> None:
        for number in range(2, 122):
            case = a_case(f"L-2026-{number:06}")
            link = replace(scene.case.kompass, id=str(90000 + number)) if scene.case.kompass else None
            session.cases.add(replace(case, kompass=link, status=Status.REGISTERED), "c1")

    await scene.end.store.write(more)
    await scene.watch.look()
    queries = [path for _, path in scene.end.fake.seen if "ems/Request?" in path]
    assert len(queries) == 3
    assert all(path.count("Id=") <= 50 for path in queries)


async def test_it_goes_on_after_any_failure(scene: Scene) -> None:
    slept: list[float] = []
    failing: Callable[[float], Any]

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 4:
            raise asyncio.CancelledError
        if len(slept) == 2:
            scene.end.fake.faults.order("ems/Request", Fault.FAILED)
        scene.comment(f"<p>{len(slept)}</p>")

    failing = sleep
    with pytest.raises(asyncio.CancelledError):
        await replace(scene.watch, sleep=failing).run()
    assert slept == [60.0] * 4
    assert [text for conversation, _, _, text in scene.told.new() if conversation == "c1"] == ["1", "2", "3"]


PROPOSED = "case_now_solution_proposed"


async def test_a_second_proposal_between_two_rounds_is_told_too(scene: Scene) -> None:
    scene.move("Accept", Solution="<p>Start på nytt</p>")
    await scene.watch.look()
    scene.move("FirstLine")
    scene.move("Accept", Solution="<p>Bytt ledning</p>")
    await scene.watch.look()
    told = [text for where, _, outcome, text in scene.told.new() if (where, outcome) == ("c1", PROPOSED)]
    assert told == ["Start på nytt", "Bytt ledning"]
    assert (await scene.stored()).solution == "Bytt ledning"
    assert await scene.watch.look() == 0


async def test_a_solved_case_that_is_opened_again_is_heard_of(scene: Scene) -> None:
    scene.move("Review", Solution="<p>Løst</p>")
    await scene.watch.look()
    assert await scene.status() is Status.SOLVED
    assert (await scene.stored()).solution is None
    scene.move("FirstLine")
    await scene.watch.look()
    assert await scene.status() is Status.IN_PROGRESS
    assert [outcome for where, _, outcome, _ in scene.told.new() if where == "c1"] == [
        "case_now_solved",
        "case_now_in_progress",
    ]


class TestEstimates:
    """G 5.1.4"""

    async def test_the_hours_in_the_case_are_told_when_approval_is_waited_for(self, scene: Scene) -> None:
        scene.comment("<p>Hei! Estimatet er på 12,5 timer.</p>")
        await scene.watch.look()
        scene.told.new()
        scene.move("Approve")
        assert [await scene.watch.look() for _ in range(2)] == [1, 0]
        assert scene.told.new() == [("c1", "kari", "case_estimate", "12,5"), ("c2", "ola", "case_estimate", "12,5")]
        assert (await scene.stored()).estimate == "12,5"
        scene.move("Fulfill")
        await scene.watch.look()
        assert (await scene.stored()).estimate is None

    async def test_hours_that_come_after_are_told_when_they_come(self, scene: Scene) -> None:
        scene.request["Status"] = "RequestStatusPendingApproval"
        scene.move("Log")
        await scene.watch.look()
        assert [outcome for _, _, outcome, _ in scene.told.new()] == ["case_approval"] * 2
        scene.comment("<p>Estimat: 8 timer</p>")
        await scene.watch.look()
        outcomes = [(outcome, text) for where, _, outcome, text in scene.told.new() if where == "c1"]
        assert outcomes == [("case_answered", "Estimat: 8 timer"), ("case_estimate", "8")]
        assert await scene.watch.look() == 0

    async def test_what_the_orderer_writes_is_no_estimate(self, scene: Scene) -> None:
        scene.comment("<p>Jeg trenger et estimat, helst under 5 timer</p>", by="7001")
        scene.move("Approve")
        await scene.watch.look()
        assert (await scene.stored()).estimate == ""


class TestMuted:
    @pytest.fixture(autouse=True)
    async def muted(self, scene: Scene) -> None:
        await scene.end.store.write(lambda session: session.watched.mute(scene.case.ref, "kari", muted=True))

    async def test_what_is_quiet_is_spared_and_told_to_the_others(self, scene: Scene) -> None:
        scene.comment("<p>Vi ser på det</p>")
        scene.move("FirstLine")
        await scene.watch.look()
        scene.move("Review", Solution="<p>Løst</p>")
        await scene.watch.look()
        assert {person for _, person, _, _ in scene.told.new()} == {"ola"}
        assert await scene.status() is Status.SOLVED

    async def test_a_question_a_solution_a_refusal_and_an_approval_are_told(self, scene: Scene) -> None:
        scene.comment("<p>Hvilken lampe lyser?</p>")
        await scene.watch.look()
        for phase in ("Approve", "Accept", "Abandon"):
            scene.move(phase)
            await scene.watch.look()
        assert [outcome for _, person, outcome, _ in scene.told.new() if person == "kari"] == [
            "case_answered",
            "case_approval",
            PROPOSED,
            "case_now_withdrawn",
        ]

    async def test_and_not_any_more(self, scene: Scene) -> None:
        await scene.end.store.write(lambda session: session.watched.mute(scene.case.ref, "kari", muted=False))
        scene.move("FirstLine")
        await scene.watch.look()
        assert "kari" in {person for _, person, _, _ in scene.told.new()}
