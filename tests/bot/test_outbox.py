"""The outbox worker: every effect carried out once, in order, through failures, and its outcome told once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.outbox import OutboxWorker, WorkerPlan
from bot.ports import HandedOver, Opened, Ports
from bot.retry import RetryPolicy
from bot.store.port import Session
from bot.store.ratings import Rating
from bot.store.records import Job, OutboxRecord, RowState, Sending
from dialogs.case import Case, KompassLink, Notice, Role, Status
from dialogs.effects import Move, NoteChoice
from dialogs.events import Attachment
from dialogs.replies import Reply, Text
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UncertainOutcome, UnknownPerson
from knowledge.feed_targets import FeedKind, FeedRouting, FeedTarget
from tests.bot.samples import MONDAY, ULLA, Clock
from tests.bot.test_turns import House

LINK = KompassLink("17549", "https://kompass.invalid/17549")
REGISTERED = "id=17549 url=https://kompass.invalid/17549"


@dataclass
class World:
    """The other end of every port: does what it is asked, and fails as told.

    unknown: nobody is found by the reporter's address. errors: raised, one a call, before anything is done.
    late_errors: raised after it was done, as a lost answer is. down: targets of notices that cannot be reached.
    """

    done: list[str] = field(default_factory=list)
    opened: dict[str, Opened] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    errors: list[Exception] = field(default_factory=list)
    late_errors: list[Exception] = field(default_factory=list)
    down: set[str] = field(default_factory=set)
    hang: bool = False
    unknown: bool = False
    link: KompassLink | None = LINK
    left_out: tuple[str, ...] = ()

    async def _do(self, what: str, do: Callable[[], None] = lambda: None) -> None:
        await asyncio.sleep(3600 if self.hang else 0)
        if self.errors:
            raise self.errors.pop(0)
        self.done.append(what)
        do()
        if self.late_errors:
            raise self.late_errors.pop(0)

    async def open(self, case: Case, key: str) -> Opened:
        if self.unknown:
            raise UnknownPerson("two of that address", retry_after=600.0, why="several", whom="reporter")
        opened = Opened(self.link, "" if self.link else "LOKAL-1")
        await self._do(f"open {case.ref}", lambda: self.opened.update({key: opened}))
        return opened

    async def look_up(self, *of: Any) -> Any:
        self.done.append("look up")
        return self.opened.get(of[-1]) or self.posts.get(of[-1])

    async def comment(self, case: Case, text: str, key: str, by: str = "") -> None:
        await self._do(f"comment {case.ref} {text}")

    async def attach(self, case: Case, files: Sequence[Attachment], key: str) -> tuple[str, ...]:
        await self._do(f"attach {case.ref} {' '.join(one.name for one in files)}")
        return self.left_out

    async def follow(self, case: Case, follower: str, key: str, *, follows: bool) -> None:
        await self._do(f"{'follow' if follows else 'unfollow'} {case.ref} {follower}")

    async def move(self, case: Case, move: Move, key: str) -> None:
        await self._do(f"{move} {case.ref}")

    async def withdraw(self, case: Case, key: str) -> None:
        await self._do(f"withdraw {case.ref}")

    async def relate(self, case: Case, hovedsak: Case, key: str) -> None:
        await self._do(f"relate {case.ref} {hovedsak.ref}")

    async def unrelate(self, case: Case, hovedsak: Case, key: str) -> None:
        await self._do(f"unrelate {case.ref} {hovedsak.ref}")

    async def publish(self, notice: Notice, target: FeedTarget, key: str) -> str:
        self._reach(target)
        await self._do(f"publish {notice.ref} {self._name(target)} {notice.what}")
        self.posts[key] = f"post-{self._name(target)}"
        return self.posts[key]

    def _name(self, target: FeedTarget) -> str:
        return target.group if target.kind is FeedKind.PAGE else target.id

    async def update(self, post_id: str, notice: Notice, target: FeedTarget, key: str) -> str:
        self._reach(target)
        await self._do(f"update {post_id} {notice.what}")
        return post_id

    async def check(self, target: FeedTarget) -> None:
        self._reach(target)

    def _reach(self, target: FeedTarget) -> None:
        if target.id in self.down:
            raise TemporaryFailure("down")

    async def take_over(self, what: HandedOver, key: str) -> None:
        await self._do(f"take over {what.to} {what.summary} {what.person.name}")

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        await asyncio.sleep(0)
        self.done.append("tell " + " ".join(one.text for one in replies if isinstance(one, Text)))


class Works:
    """A house with a worker in it."""

    def __init__(self, path: Path, routing: FeedRouting | None = None) -> None:
        self.house = House(path)
        self.routing = routing or FeedRouting()
        self.house.turns._routing = self.routing
        self.clock: Clock = self.house.clock
        self.world = World()
        self.wake = asyncio.Event()
        self.house.wake = self.wake.set  # type: ignore[method-assign]
        self.house.turns._queued = self.wake.set
        self.slept: list[float] = []
        self.worker = self.make_worker()

    def make_worker(self, owner: str = "w1", channels: tuple[str, ...] = ("web",), lease: float = 60) -> OutboxWorker:
        return OutboxWorker(
            store=self.house.store,
            ports=Ports(self.world, self.world, self.world, self.world, self.routing),
            turns=self.house.turns,
            clock=self.clock,
            sleep=self.sleep,
            jitter=lambda: 1.0,
            owner_id=owner,
            channels=channels,
            wake=self.wake,
            policy=RetryPolicy(first_wait=2, longest_wait=900, give_up_after=timedelta(hours=72)),
            plan=WorkerPlan(lease=lease, poll=5, at_once=4),
        )

    async def sleep(self, seconds: float) -> None:
        """Time flies: sleeping moves the clock."""
        self.slept.append(seconds)
        await asyncio.sleep(0)
        self.clock.advance(seconds)

    async def work(self, seconds: float = 0) -> list[str]:
        """Let time pass, then work until nothing is due; what was done in the world since the last time."""
        self.clock.advance(seconds)
        while await self.worker.work_once():
            pass
        done, self.world.done = self.world.done, []
        return done

    async def until_leased(self) -> None:
        """Wait until a worker has taken something."""
        while not await self.rows(RowState.LEASED):  # noqa: ASYNC110  the store tells nobody of its rows
            await asyncio.sleep(0)

    async def rows(self, state: RowState) -> tuple[OutboxRecord, ...]:
        return await self.house.rows(state)


async def until(reached: Callable[[], bool]) -> None:
    """Let the others run until this is reached."""
    while not reached():  # noqa: ASYNC110  what is waited for is at the far end of a port, which has no event to offer
        await asyncio.sleep(0)


@pytest.fixture
async def works(tmp_path: Path) -> AsyncIterator[Works]:
    works = Works(tmp_path / "losen.db")
    await works.house.grant(ULLA, Role.USS)
    yield works
    await works.house.store.close()


async def test_a_case_is_opened_after_the_time_for_regrets_and_its_number_told(works: Works) -> None:
    await works.house.says("case")
    assert await works.work(19) == []
    assert await works.house.status() is Status.RECEIVED
    told = "tell case_registered L-2026-000001 id=17549 url=https://kompass.invalid/17549"
    assert await works.work(1) == ["open L-2026-000001", told]
    case = await works.house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert (case.status, case.kompass) == (Status.REGISTERED, LINK)
    assert await works.work(9999) == []


async def test_nothing_is_kept_of_a_call_that_is_done(works: Works) -> None:
    """What was stored before the call stayed for ever once its answer was stored with the outcome alone."""
    await works.house.says("case")
    (row,) = await works.rows(RowState.QUEUED)
    keys = (row.id, f"{row.id} fil")

    def store(session: Session) -> None:
        for key in keys:
            session.sendings.save(Sending(key, sent_at=MONDAY), MONDAY)

    await works.house.store.write(store)
    await works.work(20)
    assert await works.house.store.read(lambda session: [session.sendings.get(key) for key in keys]) == [None, None]


async def test_a_case_in_the_local_register_is_told_as_such(works: Works) -> None:
    works.world.link = None
    await works.house.says("case critical")
    assert await works.work() == ["open L-2026-000001", "tell case_registered_locally L-2026-000001 id=LOKAL-1"]
    case = await works.house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert case.kompass is None


async def test_the_outcome_is_part_of_the_conversation(works: Works) -> None:
    await works.house.says("case critical")
    await works.work()
    assert await works.house.says("hei") == "3: hei"


async def test_a_system_that_is_down_is_tried_again_and_the_wait_is_told_once(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down") for _ in range(5)]
    waits = (0, 2, 4, 8, 16, 32)
    done = [await works.work(seconds) for seconds in waits]
    assert done[:2] == [[], []]
    assert done[2] == ["tell case_delayed L-2026-000001"]
    assert done[3:5] == [[], []]
    assert done[5][0] == "open L-2026-000001"
    assert done[5][1].startswith("tell case_registered")


async def test_the_other_sides_own_wait_is_kept(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("throttled", retry_after=120)]
    assert await works.work() == []
    assert await works.work(119) == []
    assert (await works.work(1))[0] == "open L-2026-000001"


async def test_a_lost_answer_is_looked_up_and_the_case_not_opened_twice(works: Works) -> None:
    await works.house.says("case critical")
    works.world.late_errors = [UncertainOutcome("timeout")]
    assert await works.work() == ["open L-2026-000001"]
    done = await works.work(2)
    assert done[0] == "look up"
    assert done[1].startswith("tell case_registered L-2026-000001 id=17549")
    assert len(done) == 2


async def test_a_request_that_never_arrived_is_looked_up_and_then_repeated(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [UncertainOutcome("timeout")]
    assert await works.work() == []
    assert (await works.work(2))[:2] == ["look up", "open L-2026-000001"]


async def test_an_unforeseen_error_is_uncertain_and_its_text_not_kept(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [ValueError("Kari sitt passord")]
    await works.work()
    (waiting,) = await works.rows(RowState.QUEUED)
    assert (waiting.uncertain, waiting.last_error) == (True, "ValueError")


async def test_a_refused_case_is_failed_for_all_to_see_and_told(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [PermanentFailure("offering 900884 is retired")]
    assert await works.work() == [
        "take over desk Sak L-2026-000001 kom ikke frem: offering 900884 is retired Kari Nordmann",
        "tell case_refused L-2026-000001 reason=avvist",
    ]
    (failed,) = await works.rows(RowState.FAILED)
    assert (failed.ref, failed.last_error) == ("L-2026-000001", "PermanentFailure: offering 900884 is retired")
    assert await works.work(9999) == []


async def test_a_case_whose_reporter_is_unknown_waits_and_is_told_of_at_once_and_only_once(works: Works) -> None:
    await works.house.says("case critical")
    works.world.unknown = True
    assert await works.work() == [
        "take over desk Sak L-2026-000001 venter: flere finnes med adressen til innmelderen Kari Nordmann",
        "tell case_waits_for_person L-2026-000001",
    ]
    assert [await works.work(700), await works.work(700)] == [[], []]
    works.world.unknown = False
    assert await works.work(700) == ["open L-2026-000001", f"tell case_registered L-2026-000001 {REGISTERED}"]


async def test_a_reporter_found_unknown_only_after_an_outage_is_told_and_so_is_the_desk(works: Works) -> None:
    """Both were told at the first attempt only, so after a failure of another kind nobody ever heard of it."""
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down")] * 2
    assert [await works.work(), await works.work(30)] == [[], []]
    works.world.unknown = True
    assert await works.work(600) == [
        "take over desk Sak L-2026-000001 venter: flere finnes med adressen til innmelderen Kari Nordmann",
        "tell case_waits_for_person L-2026-000001",
    ]
    works.world.unknown, works.world.errors = False, [TemporaryFailure("down")]
    assert await works.work(900) == []
    works.world.unknown = True
    assert await works.work(900) == []


async def test_a_case_system_that_answers_again_is_not_kept_waiting(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down")] * 2
    assert [await works.work(), await works.work(30)] == [[], []]
    now = works.house.clock()
    hurried = await works.house.store.write(lambda session: session.outbox.hurry((Job.OPEN_CASE,), now))
    assert (hurried, (await works.work())[0]) == (1, "open L-2026-000001")


async def test_what_failed_is_tried_again_when_an_operator_says_so(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [PermanentFailure("no")]
    await works.work()
    (failed,) = await works.rows(RowState.FAILED)
    now = works.house.clock()
    assert await works.house.store.write(lambda session: session.outbox.retry(failed.id, now))
    assert not await works.house.store.write(lambda session: session.outbox.retry("none", now))
    assert await works.work() == [
        "look up",
        "open L-2026-000001",
        f"tell case_registered L-2026-000001 {REGISTERED}",
    ]
    assert not await works.house.store.write(lambda session: session.outbox.drop(failed.id, now))


async def test_what_failed_is_dropped_when_an_operator_says_so(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [PermanentFailure("no")]
    await works.work()
    (failed,) = await works.rows(RowState.FAILED)
    assert await works.house.store.write(lambda session: session.outbox.drop(failed.id, works.house.clock()))
    assert not await works.rows(RowState.FAILED)
    assert await works.work(99999) == []


async def test_the_desk_hears_of_a_refused_case_where_it_talks_to_the_bot(works: Works) -> None:
    await works.house.says("hei", ULLA)
    await works.house.says("case critical")
    works.world.errors = [PermanentFailure("offering 900884 is retired")]
    told = await works.work()
    assert "tell desk_case_refused L-2026-000001 reason=offering 900884 is retired" in told


async def test_after_three_days_a_person_must_look(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down") for _ in range(3)]
    assert await works.work() == []
    assert await works.work(71 * 3600) == []
    assert await works.work(3600) == [
        "take over desk Sak L-2026-000001 kom ikke frem: down Kari Nordmann",
        "tell case_refused L-2026-000001 reason=ikke noe svar",
    ]
    (failed,) = await works.rows(RowState.FAILED)
    assert (failed.attempts, failed.last_error) == (3, "TemporaryFailure: down")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("comment L-2026-000001 Hei USS", "tell comment_failed L-2026-000001 reason=avvist"),
        ("attach L-2026-000001 a.txt", "tell attach_failed L-2026-000001 reason=avvist"),
        ("withdraw L-2026-000001", "tell withdrawal_failed L-2026-000001 reason=avvist"),
        ("hand over", "tell hand_over_failed  reason=avvist"),
    ],
)
async def test_what_cannot_be_done_is_told(works: Works, said: str, told: str) -> None:
    await works.house.says("case critical")
    await works.work()
    await works.house.says(said)
    works.world.errors = [PermanentFailure("no")]
    assert await works.work() == [told]


async def test_files_are_added_and_the_case_has_them_then(works: Works) -> None:
    await works.house.says("case critical")
    await works.work()
    await works.house.says("attach L-2026-000001 a.txt b.txt")
    works.world.left_out = ("b.txt",)
    assert await works.work() == [
        "attach L-2026-000001 a.txt b.txt",
        "tell case_attached_partly L-2026-000001 name=b.txt",
    ]
    await works.house.says("attach L-2026-000001 c.txt")
    works.world.left_out = ()
    works.world.late_errors = [UncertainOutcome("no answer")]
    assert await works.work() == ["attach L-2026-000001 c.txt"]
    assert await works.work(2) == ["attach L-2026-000001 c.txt", "tell case_attached L-2026-000001 text=c.txt"]
    case = await works.house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert [one.name for one in case.attachments] == ["a.txt", "c.txt"]


async def test_a_follower_nobody_knows_is_taken_off_again_and_told(works: Works) -> None:
    await works.house.says("case critical")
    await works.work()
    await works.house.says("follow L-2026-000001 ola@oslo.example")
    assert await works.work() == [
        "follow L-2026-000001 ola@oslo.example",
        "tell follower_added L-2026-000001 name=ola@oslo.example",
    ]
    await works.house.says("follow L-2026-000001 per@oslo.example")
    works.world.errors = [PermanentFailure("nobody")]
    assert await works.work() == ["tell follow_failed L-2026-000001 name=per@oslo.example reason=avvist"]
    await works.house.says("unfollow L-2026-000001 ola@oslo.example")
    works.world.errors = [PermanentFailure("no")]
    assert await works.work() == ["tell unfollow_failed L-2026-000001 name=ola@oslo.example reason=avvist"]
    case = await works.house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert case.followers == ("ola@oslo.example",)


@pytest.mark.parametrize(
    ("word", "before", "outcome", "after"),
    [
        ("accept", Status.SOLUTION_PROPOSED, "case_accepted", Status.CLOSED),
        ("reject", Status.SOLUTION_PROPOSED, "case_rejected_back", Status.IN_PROGRESS),
        ("reopen", Status.SOLVED, "case_reopened", Status.IN_PROGRESS),
    ],
)
async def test_an_answer_to_a_solution_is_carried_out_and_then_stored(
    works: Works, word: str, before: Status, outcome: str, after: Status
) -> None:
    async def stored() -> Case:
        case = await works.house.store.read(lambda session: session.cases.get("L-2026-000001"))
        assert case is not None
        return case

    await works.house.says("case critical")
    await works.work()
    case = replace(await stored(), status=before, solution="Start på nytt")
    await works.house.store.write(lambda session: session.cases.update(case))
    await works.house.says(f"{word} L-2026-000001")
    works.world.errors = [PermanentFailure("in another phase")]
    assert await works.work() == ["tell move_failed L-2026-000001 reason=avvist"]
    assert (await stored()).status is before
    await works.house.says(f"{word} L-2026-000001")
    assert await works.work() == [f"{word} L-2026-000001", f"tell {outcome} L-2026-000001"]
    assert ((await stored()).status, (await stored()).solution) == (after, None)


async def test_comments_and_withdrawal_follow_the_case_in_order(works: Works) -> None:
    await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down")]
    await works.work()
    await works.house.says("comment L-2026-000001 Hei USS, en")
    await works.house.says("comment L-2026-000001 Hei USS, to")
    await works.house.says("withdraw L-2026-000001")
    assert await works.work(1) == []
    done = [one for one in await works.work(1) if not one.startswith("tell")]
    assert done == [
        "open L-2026-000001",
        "comment L-2026-000001 Hei USS, en",
        "comment L-2026-000001 Hei USS, to",
        "withdraw L-2026-000001",
    ]
    assert await works.house.status() is Status.WITHDRAWN


async def test_cases_do_not_wait_for_each_other(works: Works) -> None:
    for _ in range(3):
        await works.house.says("case critical")
    works.world.errors = [TemporaryFailure("down")]
    opened = [one for one in await works.work() if one.startswith("open")]
    assert opened == ["open L-2026-000002", "open L-2026-000003"]


async def test_a_notice_is_posted_in_every_group_then_edited_and_told_once(works: Works) -> None:
    await works.house.says("notice sam_it hoved", ULLA)
    assert await works.work() == [
        "publish D-2026-0001 sam_it AKS er nede",
        "publish D-2026-0001 hoved AKS er nede",
        "tell notice_published D-2026-0001",
    ]
    await works.house.says("update D-2026-0001", ULLA)
    assert (await works.work())[:2] == ["update post-sam_it AKS er treg", "update post-hoved AKS er treg"]


async def test_an_update_of_a_notice_that_is_not_out_yet_waits_for_it(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    works.world.errors = [TemporaryFailure("down")]
    await works.work()
    await works.house.says("update D-2026-0001", ULLA)
    assert [one for one in await works.work(2) if "AKS" in one] == [
        "publish D-2026-0001 sam_it AKS er nede",
        "update post-sam_it AKS er treg",
    ]


async def test_a_notice_that_could_not_be_posted_is_posted_by_its_update(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    works.world.errors = [PermanentFailure("no such channel")]
    assert await works.work() == [
        "tell notice_failed D-2026-0001 reason=avvist target=sam_it/page text=no such channel"
    ]
    await works.house.says("update D-2026-0001", ULLA)
    assert (await works.work())[0] == "publish D-2026-0001 sam_it AKS er treg"


async def test_a_post_with_a_lost_answer_is_looked_up(works: Works) -> None:
    await works.house.says("notice sam_it", ULLA)
    (queued,) = await works.rows(RowState.QUEUED)
    works.world.posts[queued.id] = "post-before"
    works.world.errors = [UncertainOutcome("timeout")]
    await works.work()
    assert await works.work(2) == ["look up", "tell notice_published D-2026-0001"]
    assert (
        await works.house.store.read(lambda session: session.notices.post_at("D-2026-0001", "sam_it/page"))
        == "post-before"
    )


async def test_a_hand_over_arrives_with_who_it_is_about(works: Works) -> None:
    await works.house.says("hand over")
    assert await works.work() == ["take over desk Kari trenger hjelp Kari Nordmann", "tell handed_over"]


# --- workers that die


async def test_what_a_dead_worker_held_is_taken_over_and_looked_up(works: Works) -> None:
    await works.house.says("case critical")
    dead = works.make_worker("dead")
    works.world.hang = True
    doing = asyncio.create_task(dead.work_once())
    await works.until_leased()
    doing.cancel()
    await dead.drain(0)
    works.world.hang = False
    assert await works.work(59) == []
    assert (await works.work(1))[:2] == ["look up", "open L-2026-000001"]


async def test_an_outcome_after_the_lease_was_lost_changes_nothing(works: Works) -> None:
    await works.house.says("case critical")
    (row,) = await works.worker._lease(10)
    works.clock.advance(61)
    other = works.make_worker("w2")
    await other.work_once()
    works.world.done.clear()
    await works.worker._carry_out(row)
    assert [one.job for one in await works.rows(RowState.QUEUED)] == [Job.DELIVER]


async def test_a_restarted_worker_takes_its_own_work_back_at_once(works: Works) -> None:
    await works.house.says("case critical")
    assert len(await works.worker._lease(10)) == 1
    works.worker = works.make_worker()
    await works.worker.take_back()
    assert (await works.work())[:2] == ["look up", "open L-2026-000001"]


async def test_a_call_that_hangs_ends_before_the_lease_does(works: Works) -> None:
    await works.house.says("case critical")
    works.world.hang = True
    worker = works.make_worker(lease=0.01)
    await worker.work_once()
    (waiting,) = await works.rows(RowState.QUEUED)
    assert (waiting.uncertain, waiting.last_error) == (True, "UncertainOutcome: no answer before the lease ran out")


async def test_an_outcome_that_cannot_be_recorded_is_found_again_after_the_lease(
    works: Works, caplog: pytest.LogCaptureFixture
) -> None:
    await works.house.says("case critical")
    (row,) = await works.worker._lease(10)
    await works.house.store.close()
    works.house.build()
    await works.worker._carry_out(row)
    assert "could not be recorded" in caplog.text
    works.worker = works.make_worker("w2")
    works.worker._turns = works.house.turns
    done = await works.work(60)
    assert done[0] == "look up"


# --- messages nobody asked for


async def test_a_message_waits_for_a_worker_that_serves_its_channel(works: Works) -> None:
    await works.house.says("case critical", channel="terminal")
    assert await works.work() == ["open L-2026-000001"]
    works.worker = works.make_worker("w2", channels=("terminal",))
    assert (await works.work())[0].startswith("tell case_registered")


async def test_a_message_that_did_not_get_through_is_sent_again(works: Works) -> None:
    await works.house.says("case critical")
    failures: list[PortError] = [UncertainOutcome("timeout"), TemporaryFailure("429", retry_after=7)]
    deliver = works.world.deliver

    async def fails_twice(reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        if failures:
            raise failures.pop(0)
        await deliver(reference, replies, language)

    works.world.deliver = fails_twice  # type: ignore[method-assign]
    assert await works.work() == ["open L-2026-000001"]
    assert await works.work(2) == []
    assert (await works.work(7))[0].startswith("tell case_registered")


async def test_a_person_who_cannot_be_reached_does_not_stop_anything(works: Works) -> None:
    await works.house.says("case critical")

    async def blocked(reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        raise PermanentFailure("blocked by user")

    works.world.deliver = blocked  # type: ignore[method-assign]
    await works.work()
    assert [one.job for one in await works.rows(RowState.FAILED)] == [Job.DELIVER]
    assert await works.house.status() is Status.REGISTERED


async def test_a_message_does_not_overtake_the_receipt_of_the_turn_before_it(works: Works) -> None:
    """The worker is woken when the turn is on disk, which is before its receipt has been sent."""
    running = asyncio.create_task(works.worker.run())

    async def slow(answered: object) -> None:
        for _ in range(50):
            await asyncio.sleep(0.001)
        works.world.done.append("receipt")

    await works.house.turns.handle(works.house.incoming("case critical"), slow)
    await until(lambda: len(works.world.done) >= 3)
    await works.worker.drain(1)
    await running
    assert works.world.done.index("receipt") < works.world.done.index(
        "tell case_registered L-2026-000001 id=17549 url=https://kompass.invalid/17549"
    )


# --- the worker's own life


async def test_a_running_worker_wakes_at_once_and_stops_when_told(works: Works) -> None:
    running = asyncio.create_task(works.worker.run())
    await works.house.says("case critical")
    await until(lambda: any(one.startswith("tell") for one in works.world.done))
    await works.worker.drain(1)
    await running
    assert works.world.done[0] == "open L-2026-000001"


async def test_a_running_worker_sleeps_until_the_next_row_is_due(works: Works) -> None:
    await works.house.says("case")
    running = asyncio.create_task(works.worker.run())
    await until(lambda: bool(works.world.done))
    await works.worker.drain(1)
    await running
    assert max(works.slept) == 5  # the poll
    assert (works.clock.now - MONDAY).total_seconds() >= 20


@pytest.mark.parametrize("beside_run", [False, True])
async def test_settling_waits_for_what_is_due_soon_and_what_comes_of_it(works: Works, beside_run: bool) -> None:
    await works.house.says("case")
    running = asyncio.create_task(works.worker.run()) if beside_run else None
    await works.worker.settle(22)
    assert [one.partition(" ")[0] for one in works.world.done] == ["open", "tell"]
    await works.worker.drain(1)
    if running is not None:
        await running


async def test_settling_does_not_wait_for_what_is_due_later(works: Works) -> None:
    await works.house.says("case")
    await works.worker.settle(19)
    assert works.world.done == []
    assert works.clock.now == MONDAY


async def test_a_stop_gives_up_what_hangs_and_leaves_it_leased(works: Works) -> None:
    await works.house.says("case critical")
    works.world.hang = True
    running = asyncio.create_task(works.worker.run())
    await works.until_leased()
    await works.worker.drain(0.01)
    await running
    assert len(await works.rows(RowState.LEASED)) == 1
    assert await works.worker.work_once() == 0


async def test_a_worker_outlives_a_store_that_refuses(works: Works, caplog: pytest.LogCaptureFixture) -> None:
    await works.worker.take_back()
    running = asyncio.create_task(works.worker.run())
    await asyncio.sleep(0.01)
    await works.house.store.close()
    works.wake.set()
    await until(lambda: "cannot be read" in caplog.text)
    assert not running.done()
    await works.worker.drain(1)
    await running


async def test_choices_and_ratings_are_deleted_after_their_time(works: Works) -> None:
    store, today = works.house.store, works.clock.now.date()
    for days in (179, 181):
        day = today - timedelta(days=days)
        await store.write(lambda session, day=day: session.choices.note(NoteChoice("Hei", 1, "ask", 2), day))  # type: ignore[misc]
        await store.write(lambda session, day=day: session.ratings.note(Rating(day, True)))  # type: ignore[misc]
    await works.worker._tidy()
    rated = await store.read(lambda session: session.ratings.since(today - timedelta(days=400)))
    assert [one.day for one in rated] == [today - timedelta(days=179)]
    left = await store.read(lambda session: session.choices.since(today - timedelta(days=400)))
    assert [one.day for one in left] == [today - timedelta(days=179)]


async def test_old_rows_and_answers_are_deleted_once_an_hour(works: Works) -> None:
    old = works.house.incoming("case critical")
    await works.house.turns.handle(old)
    await works.work()
    works.clock.advance(8 * 24 * 3600)
    await works.worker._tidy()
    assert await works.rows(RowState.DONE) == ()
    assert not (await works.house.turns.handle(old)).duplicate
    works.clock.advance(8 * 24 * 3600)
    works.worker._tidy_at = works.clock.now + timedelta(seconds=1)
    await works.worker._tidy()
    assert (await works.house.turns.handle(old)).duplicate
