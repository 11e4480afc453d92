"""What every store must do. An implementation's test module makes a `store` fixture and inherits `StoreContract`.

`reopen` closes the store and opens the same data again, as a restart does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.store import Session, Store
from bot.store.insight import OTHERS, Share, WeekOfCases, WeekOfForms
from bot.store.promises import Promise, Punctuality
from bot.store.ratings import Rating
from bot.store.records import (
    ConversationRecord,
    FeedPost,
    FileRecord,
    HandOverRecord,
    Job,
    OutboxRecord,
    Profile,
    RoleGrant,
    RowState,
    Sending,
)
from dialogs.case import OPEN, KompassLink, NoticeStatus, NoticeUpdate, Status
from dialogs.effects import NoteChoice
from dialogs.problem_task import ProblemTask
from dialogs.proposed_line import ProposedLine
from knowledge.errors import StoreError
from knowledge.matching.review import Noted, Verdict
from tests.bot.samples import MONDAY, a_case, a_notice

Reopen = Callable[[], Awaitable[Store]]

TALK = ConversationRecord("c1", "web", "kari", "nb", '{"version": 1}', {"url": "https://x.invalid/ø"}, 1, MONDAY)


def row(row_id: str, lane: str = "L-2026-000001", ref: str = "", after: float = 0, channel: str = "") -> OutboxRecord:
    return OutboxRecord(
        id=row_id,
        job=Job.OPEN_CASE,
        lane=lane,
        ref=ref or lane,
        conversation_id="c1",
        person_id="kari",
        payload={"text": "æøå"},
        not_before=MONDAY + timedelta(seconds=after),
        created_at=MONDAY,
        channel=channel,
    )


def save(record: ConversationRecord) -> Callable[[Session], None]:
    return lambda session: session.conversations.save(record)


def queue(one: OutboxRecord) -> Callable[[Session], None]:
    return lambda session: session.outbox.add(one)


def lease(
    owner: str = "a", at: float = 0, limit: int = 10, channels: tuple[str, ...] = ()
) -> Callable[[Session], list[str]]:
    """Take what is due `at` seconds after the start, for a minute; the ids."""
    now = MONDAY + timedelta(seconds=at)
    until = now + timedelta(seconds=60)
    return lambda session: [one.id for one in session.outbox.lease(owner, channels, now, until, limit)]


class StoreContract:
    # --- transactions

    async def test_what_was_written_is_there_after_a_restart(self, store: Store, reopen: Reopen) -> None:
        await store.write(save(TALK))
        store = await reopen()
        assert await store.read(lambda session: session.conversations.get("c1")) == TALK

    async def test_a_failing_piece_of_work_leaves_nothing_behind(self, store: Store) -> None:
        def work(session: Session) -> None:
            session.conversations.save(TALK)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await store.write(work)
        assert await store.read(lambda session: session.conversations.get("c1")) is None

    async def test_one_failure_among_many_undoes_only_itself(self, store: Store) -> None:
        def work(number: int, session: Session) -> int:
            session.conversations.save(replace(TALK, id=f"c{number}"))
            if number % 3 == 0:
                raise ValueError(number)
            return number

        results = await asyncio.gather(
            *(store.write(partial(work, number)) for number in range(100)), return_exceptions=True
        )
        assert [one for one in results if isinstance(one, int)] == [n for n in range(100) if n % 3]
        found = await store.read(lambda session: [session.conversations.get(f"c{number}") for number in range(100)])
        assert [one is not None for one in found] == [number % 3 > 0 for number in range(100)]

    async def test_a_read_sees_everything_written_before_it(self, store: Store) -> None:
        for turns in range(1, 6):
            await store.write(save(replace(TALK, turns=turns)))
            found = await store.read(lambda session: session.conversations.get("c1"))
            assert found is not None
            assert found.turns == turns

    async def test_a_read_cannot_write(self, store: Store) -> None:
        with pytest.raises(StoreError):
            await store.read(save(TALK))

    async def test_a_caller_that_gave_up_does_not_stop_the_others(self, store: Store) -> None:
        given_up = asyncio.create_task(store.write(save(TALK)))
        other = asyncio.create_task(store.write(save(replace(TALK, id="c2"))))
        await asyncio.sleep(0)
        given_up.cancel()
        await other
        assert await store.read(lambda session: session.conversations.get("c2")) is not None

    async def test_a_closed_store_refuses(self, store: Store) -> None:
        await store.close()
        with pytest.raises(StoreError):
            await store.write(save(TALK))
        with pytest.raises(StoreError):
            await store.read(lambda session: session.conversations.get("c1"))
        await store.close()

    async def test_work_given_before_closing_is_written(self, store: Store, reopen: Reopen) -> None:
        writing = asyncio.create_task(store.write(save(TALK)))
        await asyncio.sleep(0)
        store = await reopen()
        await writing
        assert await store.read(lambda session: session.conversations.get("c1")) is not None

    # --- conversations and answers

    async def test_a_conversation_is_replaced(self, store: Store) -> None:
        await store.write(save(TALK))
        changed = replace(TALK, channel="teams", person_id="ola", language="en", state="{}", reference={}, turns=2)
        await store.write(save(changed))
        assert await store.read(lambda session: session.conversations.get("c1")) == changed

    async def test_the_conversations_of_a_person_are_found_newest_first(self, store: Store) -> None:
        for number, person in enumerate(("kari", "ola", "kari"), 1):
            at = MONDAY + timedelta(minutes=number)
            await store.write(save(replace(TALK, id=f"c{number}", person_id=person, updated_at=at)))
        found = await store.read(lambda session: session.conversations.of_person("kari"))
        assert [(one.id, one.person_id) for one in found] == [("c3", "kari"), ("c1", "kari")]
        assert await store.read(lambda session: session.conversations.of_person("per")) == ()

    async def test_an_answer_is_found_by_activity_and_by_nonce(self, store: Store) -> None:
        answer = [{"kind": "text", "text": "Hei 🙂"}]
        await store.write(lambda session: session.conversations.remember_answer("c1", "a1", "n1", answer, MONDAY))

        def found(session: Session) -> list[object]:
            ask = session.conversations.answer
            return [
                ask("c1", "a1", None),
                ask("c1", "a2", "n1"),
                ask("c1", None, "n1"),
                ask("c1", "a2", None),
                ask("c2", "a1", "n1"),
                ask("c1", None, None),
            ]

        assert await store.read(found) == [answer, answer, answer, None, None, None]

    @pytest.mark.parametrize(("activity", "nonce"), [("a1", "n2"), ("a2", "n1")])
    async def test_a_message_is_answered_only_once(self, store: Store, activity: str, nonce: str) -> None:
        await store.write(lambda session: session.conversations.remember_answer("c1", "a1", "n1", [], MONDAY))
        with pytest.raises(StoreError):
            await store.write(lambda session: session.conversations.remember_answer("c1", activity, nonce, [], MONDAY))
        assert await store.read(lambda session: session.conversations.answer("c1", "a2", None)) is None

    async def test_old_answers_are_forgotten(self, store: Store) -> None:
        def remember(session: Session) -> None:
            for number in range(3):
                at = MONDAY + timedelta(days=number)
                session.conversations.remember_answer("c1", f"a{number}", f"n{number}", [], at)

        await store.write(remember)
        before = MONDAY + timedelta(days=1)
        assert await store.write(lambda session: session.conversations.forget_answers(before)) == 1
        kept = await store.read(lambda session: [session.conversations.answer("c1", None, f"n{n}") for n in range(3)])
        assert kept == [None, [], []]

    # --- cases

    async def test_a_case_is_kept_as_it_is(self, store: Store, reopen: Reopen) -> None:
        case = a_case()
        await store.write(lambda session: session.cases.add(case, "c1"))
        store = await reopen()
        assert await store.read(lambda session: session.cases.get(case.ref)) == case
        assert await store.read(lambda session: session.cases.conversation_of(case.ref)) == "c1"
        assert await store.read(lambda session: session.cases.all()) == (case,)

    async def test_case_numbers_follow_each_other_within_a_year(self, store: Store) -> None:
        def add(year: int, session: Session) -> str:
            ref = session.cases.next_ref(year)
            session.cases.add(a_case(ref), "c1")
            return ref

        refs = [await store.write(partial(add, year)) for year in (2026, 2026, 2027, 2026)]
        assert refs == ["L-2026-000001", "L-2026-000002", "L-2027-000001", "L-2026-000003"]

    async def test_asking_for_the_next_number_does_not_use_it_up(self, store: Store) -> None:
        for _ in range(3):
            assert await store.write(lambda session: session.cases.next_ref(2026)) == "L-2026-000001"

    @pytest.mark.parametrize("ref", ["L-2026-000001", "L-2026-000003", "L-2027-000002", "L-2026-000000", "nonsense"])
    async def test_a_number_out_of_order_is_refused(self, store: Store, ref: str) -> None:
        await store.write(lambda session: session.cases.add(a_case(), "c1"))
        with pytest.raises(StoreError):
            await store.write(lambda session: session.cases.add(a_case(ref), "c1"))
        assert await store.read(lambda session: session.cases.next_ref(2026)) == "L-2026-000002"

    async def test_numbers_given_out_at_the_same_time_are_never_the_same(self, store: Store) -> None:
        def add(session: Session) -> str:
            ref = session.cases.next_ref(2026)
            session.cases.add(a_case(ref), "c1")
            return ref

        refs = await asyncio.gather(*(store.write(add) for _ in range(50)))
        assert sorted(refs) == [f"L-2026-{number:06}" for number in range(1, 51)]

    async def test_a_case_is_updated(self, store: Store) -> None:
        case = a_case()
        await store.write(lambda session: session.cases.add(case, "c1"))
        link = KompassLink("17549", "https://kompass.invalid/17549")
        later = replace(case, status=Status.REGISTERED, kompass=link, updated_at=MONDAY + timedelta(hours=1))
        await store.write(lambda session: session.cases.update(later))
        assert await store.read(lambda session: session.cases.get(case.ref)) == later

    async def test_a_case_that_is_not_there_cannot_be_updated(self, store: Store) -> None:
        with pytest.raises(StoreError):
            await store.write(lambda session: session.cases.update(a_case()))

    async def test_a_person_sees_reported_and_followed_cases_newest_first(self, store: Store) -> None:
        ola = replace(a_case("x").reporter, id="ola")

        def add(session: Session) -> None:
            for number in range(1, 6):
                case = a_case(session.cases.next_ref(2026), at=MONDAY + timedelta(minutes=number))
                case = replace(case, reporter=ola) if number == 2 else case
                case = replace(case, reporter=ola, followers=("kari", "per")) if number == 3 else case
                session.cases.add(case, "c1")

        await store.write(add)

        def seen(session: Session, person: str, limit: int = 20) -> list[int]:
            return [int(case.ref[-6:]) for case in session.cases.of_person(person, limit)]

        assert await store.read(lambda session: seen(session, "kari")) == [5, 4, 3, 1]
        assert await store.read(lambda session: seen(session, "kari", 2)) == [5, 4]
        assert await store.read(lambda session: seen(session, "ola")) == [3, 2]
        assert await store.read(lambda session: seen(session, "nobody")) == []

    async def test_a_new_follower_sees_the_case_and_a_removed_one_does_not(self, store: Store) -> None:
        await store.write(lambda session: session.cases.add(replace(a_case(), followers=("per",)), "c1"))
        await store.write(lambda session: session.cases.update(replace(a_case(), followers=("pia",))))
        assert await store.read(lambda session: session.cases.of_person("per", 20)) == ()
        assert len(await store.read(lambda session: session.cases.of_person("pia", 20))) == 1

    async def test_a_follower_is_found_by_address_whatever_its_capitals_and_sees_a_case_once(
        self, store: Store
    ) -> None:
        followed = replace(a_case(), followers=("Kari@Oslo.example", "per", "per@oslo.example"))
        await store.write(lambda session: session.cases.add(followed, "c1"))

        def seen(session: Session, person: str, email: str = "") -> int:
            return len(session.cases.of_person(person, 20, email))

        assert await store.read(lambda session: seen(session, "p-7", "KARI@oslo.example")) == 1
        assert await store.read(lambda session: seen(session, "per", "per@oslo.example")) == 1
        assert await store.read(lambda session: seen(session, "p-7", "kari@bergen.example")) == 0
        assert await store.read(lambda session: seen(session, "p-7")) == 0

    async def test_who_has_muted_a_case_is_known_by_case_and_by_person_until_forgotten(self, store: Store) -> None:
        def work(session: Session) -> list[frozenset[str]]:
            session.cases.add(a_case(), "c1")
            ref = a_case().ref
            for person in ("kari", "per", "kari"):
                session.watched.mute(ref, person, muted=True)
            seen = [session.watched.muted(ref), session.watched.muted_by("kari"), session.watched.muted_by("ola")]
            session.watched.mute(ref, "per", muted=False)
            seen.append(session.watched.muted(ref))
            session.watched.forget_person("kari")
            return [*seen, session.watched.muted(ref), session.watched.muted_by("kari")]

        ref = a_case().ref
        both, one, nobody = frozenset({"kari", "per"}), frozenset({ref}), frozenset[str]()
        assert await store.write(work) == [both, one, nobody, frozenset({"kari"}), nobody, nobody]

    async def test_an_inbox_holds_the_open_cases_of_its_first_line_newest_first(self, store: Store) -> None:
        def add(session: Session) -> None:
            for number, route in enumerate(("1.linje BGO", "USS", "1.linje HEL", "1.linje BGO", "1.linje BGO"), 1):
                case = a_case(session.cases.next_ref(2026), at=MONDAY + timedelta(minutes=number))
                session.cases.add(replace(case, route=route), "c1")

        def inbox(session: Session, *virksomheter: str, limit: int = 20) -> list[int]:
            return [int(case.ref[-6:]) for case in session.cases.inbox(virksomheter, limit)]

        await store.write(add)
        assert await store.read(lambda session: inbox(session, "BGO")) == [5, 4, 1]
        assert await store.read(lambda session: inbox(session, "BGO", limit=2)) == [5, 4]
        assert await store.read(lambda session: inbox(session, "HEL", "BGO")) == [5, 4, 3, 1]
        assert await store.read(lambda session: inbox(session, "UKE")) == []
        assert await store.read(inbox) == []

        def change(session: Session, ref: str, status: Status) -> None:
            case = session.cases.get(ref)
            assert case is not None
            session.cases.update(case.with_status(status, MONDAY))

        for status in Status:
            await store.write(partial(change, ref="L-2026-000004", status=status))
            there = await store.read(lambda session: inbox(session, "BGO"))
            assert (4 in there) == (status in OPEN), status

    async def test_a_case_is_taken_and_taken_over(self, store: Store) -> None:
        await store.write(lambda session: session.cases.add(a_case(), "c1"))
        assert await store.read(lambda session: session.cases.taken_by("L-2026-000001")) is None
        await store.write(lambda session: session.cases.take("L-2026-000001", "lars"))
        assert await store.read(lambda session: session.cases.taken_by("L-2026-000001")) == "lars"
        await store.write(lambda session: session.cases.take("L-2026-000001", "lise"))
        assert await store.read(lambda session: session.cases.taken_by("L-2026-000001")) == "lise"

    async def test_a_passed_on_case_is_kept_as_it_is(self, store: Store, reopen: Reopen) -> None:
        case = replace(a_case(), moved_from="L-2026-000000", moved_to="L-2026-000009")
        await store.write(lambda session: session.cases.add(case, "c1"))
        assert await (await reopen()).read(lambda session: session.cases.get(case.ref)) == case

    # --- notices

    async def test_a_notice_is_kept_updated_and_resolved(self, store: Store) -> None:
        notice = a_notice(groups=("sam_it", "sam_ikt_hovedkontakter"))
        await store.write(lambda session: session.notices.add(notice))
        assert await store.read(lambda session: session.notices.active()) == (notice,)
        resolved = replace(notice, status=NoticeStatus.RESOLVED, updated_at=MONDAY + timedelta(hours=1))
        await store.write(lambda session: session.notices.update(resolved))
        assert await store.read(lambda session: session.notices.active()) == ()
        assert await store.read(lambda session: session.notices.get(notice.ref)) == resolved
        assert await store.read(lambda session: session.notices.all()) == (resolved,)
        assert await store.read(lambda session: session.notices.next_ref(2026)) == "D-2026-0002"

    async def test_recent_notices_are_the_active_ones_and_those_changed_lately(self, store: Store) -> None:
        hours = [MONDAY + timedelta(hours=count) for count in range(5)]
        standing, ended, gone, newer = (a_notice(f"D-2026-000{count}", at=hours[count]) for count in range(1, 5))
        for notice in (standing, ended, gone, newer):
            await store.write(lambda session, notice=notice: session.notices.add(notice))  # type: ignore[misc]
        ended = replace(ended, status=NoticeStatus.RESOLVED, updated_at=hours[3])
        gone = replace(gone, status=NoticeStatus.WITHDRAWN, updated_at=hours[3] - timedelta(milliseconds=1))
        await store.write(lambda session: session.notices.update(ended))
        await store.write(lambda session: session.notices.update(gone))
        assert await store.read(lambda session: session.notices.recent(hours[3])) == (newer, ended, standing)
        assert await store.read(lambda session: session.notices.recent(hours[4])) == (newer, standing)

    async def test_a_notice_out_of_order_or_unknown_is_refused(self, store: Store) -> None:
        with pytest.raises(StoreError):
            await store.write(lambda session: session.notices.add(a_notice("D-2026-0007")))
        with pytest.raises(StoreError):
            await store.write(lambda session: session.notices.update(a_notice()))

    async def test_a_group_has_one_living_post_of_a_notice(self, store: Store) -> None:
        await store.write(lambda session: session.notices.add(a_notice()))
        await store.write(lambda session: session.notices.save_post("D-2026-0001", "sam_it/page", "p1"))
        await store.write(lambda session: session.notices.save_post("D-2026-0001", "sam_it/page", "p2"))
        assert await store.read(lambda session: session.notices.post_at("D-2026-0001", "sam_it/page")) == "p2"
        assert await store.read(lambda session: session.notices.post_at("D-2026-0001", "sam_it/kanal")) is None

    # --- sendings

    async def test_a_call_that_is_given_up_is_forgotten_with_its_parts_and_what_was_answered_stays(
        self, store: Store
    ) -> None:
        def work(session: Session) -> list[str]:
            for sending in (
                Sending("k", MONDAY),
                Sending("k line", MONDAY),
                Sending("k2", MONDAY),
                Sending("k a", answer="1"),
            ):
                session.sendings.save(sending, MONDAY)
            session.sendings.give_up("k")
            return [key for key in ("k", "k line", "k2", "k a") if session.sendings.get(key)]

        assert await store.write(work) == ["k2", "k a"]

    # --- outbox

    async def test_a_lane_holds_what_waits_is_under_way_or_failed_in_order(self, store: Store) -> None:
        for key in ("r1", "r2", "r3", "r4"):
            await store.write(queue(row(key, "lane")))
        await store.write(lease("a"))
        await store.write(
            lambda session: session.outbox.finish("r1", "a", RowState.FAILED, "?", MONDAY, uncertain=True)
        )
        await store.write(lambda session: session.outbox.drop("r3", MONDAY))
        rows = await store.read(lambda session: session.outbox.in_lane("lane"))
        assert [(one.id, one.state, one.uncertain) for one in rows] == [
            ("r1", RowState.FAILED, True),
            ("r2", RowState.QUEUED, False),
            ("r4", RowState.QUEUED, False),
        ]
        assert await store.read(lambda session: session.outbox.in_lane("other")) == ()

    async def test_a_row_is_taken_once_and_finished_once(self, store: Store) -> None:
        await store.write(queue(row("r1")))
        assert await store.write(lease()) == ["r1"]
        assert await store.write(lease("b")) == []

        def finish(owner: str, session: Session) -> bool:
            return session.outbox.finish("r1", owner, RowState.DONE, "", MONDAY)

        assert [await store.write(partial(finish, owner)) for owner in "baa"] == [
            False,
            True,
            False,
        ]
        done = await store.read(lambda session: session.outbox.in_state(RowState.DONE))
        assert [(one.id, one.attempts, one.payload, one.finished_at) for one in done] == [
            ("r1", 1, {"text": "æøå"}, MONDAY)
        ]

    async def test_the_backlog_counts_what_is_not_done_and_how_long_the_oldest_waits(self, store: Store) -> None:
        now = MONDAY + timedelta(seconds=90)
        empty = await store.read(lambda session: session.outbox.backlog(now))
        assert (dict(empty.rows), empty.oldest_seconds) == ({}, 0.0)
        for one in (row("r1"), row("r2", lane="other"), row("r3", lane="third"), row("r4", after=60)):
            await store.write(queue(one))
        await store.write(lease(limit=2))
        await store.write(lambda session: session.outbox.finish("r1", "a", RowState.FAILED, "no", MONDAY))
        backlog = await store.read(lambda session: session.outbox.backlog(now))
        assert dict(backlog.rows) == {RowState.FAILED: 1, RowState.LEASED: 1, RowState.QUEUED: 2}
        assert backlog.oldest_seconds == 90.0

    async def test_many_workers_never_share_a_row(self, store: Store) -> None:
        for number in range(40):
            await store.write(queue(row(f"r{number}", lane=f"lane {number}")))
        taken = await asyncio.gather(*(store.write(lease(f"w{who}", limit=7)) for who in range(8)))
        assert sorted(one for many in taken for one in many) == sorted(f"r{n}" for n in range(40))

    async def test_nothing_is_taken_before_its_time(self, store: Store) -> None:
        await store.write(queue(row("r1", after=20)))
        assert await store.write(lease(at=19.9)) == []
        assert await store.read(lambda session: session.outbox.next_due(())) == MONDAY + timedelta(seconds=20)
        assert await store.write(lease(at=20)) == ["r1"]

    async def test_a_lane_keeps_its_order(self, store: Store) -> None:
        for one in (row("r1", after=20), row("r2"), row("other", lane="L-2026-000002"), row("r3")):
            await store.write(queue(one))
        assert await store.write(lease()) == ["other"]
        assert await store.read(lambda session: session.outbox.next_due(())) == MONDAY + timedelta(seconds=20)
        assert await store.write(lease(at=20)) == ["r1"]
        assert await store.write(lease(at=21)) == []
        await store.write(lambda session: session.outbox.finish("r1", "a", RowState.FAILED, "no", MONDAY))
        assert await store.write(lease(at=22)) == ["r2"]

    async def test_a_postponed_row_comes_back_and_stays_before_its_lane(self, store: Store) -> None:
        for row_id in ("r1", "r2"):
            await store.write(queue(row(row_id)))
        await store.write(lease())
        later = MONDAY + timedelta(seconds=30)
        assert await store.write(lambda session: session.outbox.postpone("r1", "a", later, False, "busy"))
        assert not await store.write(lambda session: session.outbox.postpone("r1", "a", later, False, "busy"))
        assert await store.write(lease(at=29)) == []
        assert await store.write(lease(at=30)) == ["r1"]
        again = await store.read(lambda session: session.outbox.get("r1"))
        assert again is not None
        assert (again.attempts, again.uncertain, again.last_error) == (2, False, "busy")

    async def test_an_expired_lease_is_taken_over_and_uncertain(self, store: Store) -> None:
        await store.write(queue(row("r1")))
        await store.write(lease())
        assert await store.write(lease("b", at=59)) == []
        assert await store.write(lease("b", at=60)) == ["r1"]
        taken = await store.read(lambda session: session.outbox.get("r1"))
        assert taken is not None
        assert (taken.uncertain, taken.lease_owner, taken.attempts) == (True, "b", 2)
        assert not await store.write(lambda session: session.outbox.finish("r1", "a", RowState.DONE, "", MONDAY))

    async def test_what_may_have_happened_stays_uncertain(self, store: Store) -> None:
        await store.write(queue(row("r1")))
        await store.write(lease())
        await store.write(lambda session: session.outbox.postpone("r1", "a", MONDAY, True, "?"))
        await store.write(lease())
        await store.write(lambda session: session.outbox.postpone("r1", "a", MONDAY, False, "?"))
        kept = await store.read(lambda session: session.outbox.get("r1"))
        assert kept is not None
        assert kept.uncertain

    async def test_a_worker_gives_back_what_it_held_when_it_died(self, store: Store) -> None:
        for number in range(3):
            await store.write(queue(row(f"r{number}", lane=str(number))))
        await store.write(lease("a", limit=2))
        await store.write(lease("b"))
        assert await store.write(lambda session: session.outbox.release("a")) == 2
        rows = await store.read(lambda session: [session.outbox.get(f"r{n}") for n in range(3)])
        assert [(one.state, one.uncertain) for one in rows if one] == [
            (RowState.QUEUED, True),
            (RowState.QUEUED, True),
            (RowState.LEASED, False),
        ]

    async def test_a_row_bound_to_a_channel_waits_for_a_worker_that_serves_it(self, store: Store) -> None:
        await store.write(queue(row("r1", channel="teams")))
        assert await store.write(lease(channels=("web",))) == []
        assert await store.read(lambda session: session.outbox.next_due(("web",))) is None
        assert await store.read(lambda session: session.outbox.next_due(("web", "teams"))) == MONDAY
        assert await store.write(lease(channels=("web", "teams"))) == ["r1"]

    async def test_a_case_nobody_has_started_on_is_cancelled_whole(self, store: Store) -> None:
        for row_id in ("open", "comment"):
            await store.write(queue(row(row_id)))
        assert await store.write(lambda session: session.outbox.cancel_queued("L-2026-000001", MONDAY))
        assert await store.write(lease()) == []
        assert len(await store.read(lambda session: session.outbox.in_state(RowState.CANCELLED))) == 2

    @pytest.mark.parametrize("tried", [False, True])
    async def test_a_case_that_was_started_on_is_not_cancelled(self, store: Store, tried: bool) -> None:
        for row_id in ("open", "comment"):
            await store.write(queue(row(row_id)))
        await store.write(lease(limit=1))
        if tried:
            await store.write(lambda session: session.outbox.postpone("open", "a", MONDAY, False, ""))
        assert not await store.write(lambda session: session.outbox.cancel_queued("L-2026-000001", MONDAY))
        assert not await store.write(lambda session: session.outbox.cancel_queued("unknown", MONDAY))
        assert await store.read(lambda session: session.outbox.in_state(RowState.CANCELLED)) == ()

    async def test_unfinished_rows_are_counted_by_job(self, store: Store) -> None:
        await store.write(queue(row("r1")))
        await store.write(queue(replace(row("r2"), job=Job.COMMENT_CASE)))

        def count(session: Session, *jobs: Job) -> int:
            return session.outbox.unfinished("L-2026-000001", jobs)

        assert await store.read(lambda session: count(session, Job.OPEN_CASE)) == 1
        assert await store.read(lambda session: count(session, Job.OPEN_CASE, Job.COMMENT_CASE)) == 2
        assert await store.read(lambda session: count(session, Job.DELIVER)) == 0

    async def test_finished_rows_are_forgotten_and_failed_ones_kept(self, store: Store) -> None:
        for row_id in ("r1", "r2"):
            await store.write(queue(row(row_id, lane=row_id)))
        await store.write(lease())
        await store.write(lambda session: session.outbox.finish("r1", "a", RowState.DONE, "", MONDAY))
        await store.write(lambda session: session.outbox.finish("r2", "a", RowState.FAILED, "", MONDAY))
        later = MONDAY + timedelta(days=8)
        assert await store.write(lambda session: session.outbox.forget_finished(MONDAY)) == 0
        assert await store.write(lambda session: session.outbox.forget_finished(later)) == 1
        assert [one.id for one in await store.read(lambda session: session.outbox.in_state(RowState.FAILED))] == ["r2"]

    # --- people

    async def test_profiles_and_roles(self, store: Store) -> None:
        profile = Profile("kari", "Kari", "BGO", "kari@x.invalid", "900", "1linje")
        grant = RoleGrant("kari", "uss", "admin", MONDAY)

        def write(session: Session) -> None:
            session.people.save_profile(Profile("kari", "K"))
            session.people.save_profile(profile)
            session.people.grant(grant)
            session.people.grant(replace(grant, granted_by="another"))
            session.people.grant(replace(grant, person_id="ola", role="forvalter"))

        await store.write(write)
        assert await store.read(lambda session: session.people.profile("kari")) == profile
        assert await store.read(lambda session: session.people.profile("ola")) is None
        assert await store.read(lambda session: session.people.roles("kari")) == {"uss"}
        assert await store.read(lambda session: session.people.grants()) == (
            grant,
            replace(grant, person_id="ola", role="forvalter"),
        )
        assert await store.write(lambda session: session.people.revoke("kari", "uss"))
        assert not await store.write(lambda session: session.people.revoke("kari", "uss"))
        assert await store.read(lambda session: session.people.roles("kari")) == frozenset()

    async def test_first_line_is_where_it_is_granted(self, store: Store) -> None:
        def write(session: Session) -> None:
            for person, role, place in (
                ("lars", "1linje", "BGO"),
                ("lars", "1linje", "HEL"),
                ("lise", "1linje", "BGO"),
                ("lone", "1linje", ""),
                ("frida", "forvalter", "BGO"),
            ):
                session.people.grant(RoleGrant(person, role, "admin", MONDAY, place))
            session.conversations.save(replace(TALK, person_id="lise"))

        await store.write(write)
        assert await store.read(lambda session: session.people.first_line_of("lars")) == {"BGO", "HEL"}
        assert await store.read(lambda session: session.people.first_line_of("lone")) == frozenset()
        assert await store.read(lambda session: session.people.first_line("BGO")) == ("lars", "lise")
        assert await store.read(lambda session: session.people.first_line("UKE")) == ()
        assert await store.read(lambda session: session.people.roles("lars")) == {"1linje"}
        assert await store.read(lambda session: session.people.first_line_reads("BGO", besides="kari"))
        assert not await store.read(lambda session: session.people.first_line_reads("BGO", besides="lise"))
        assert not await store.read(lambda session: session.people.first_line_reads("HEL", besides="kari"))
        assert await store.write(lambda session: session.people.revoke("lars", "1linje"))
        assert await store.read(lambda session: session.people.first_line_of("lars")) == frozenset()

    # --- forms proposed and chosen

    async def test_choices_are_kept_by_day_judged_and_forgotten(self, store: Store) -> None:
        wrong = NoteChoice("får ikke skrevet ut æøå", 900417, "answer", 900950, confirmed=True)
        none = NoteChoice("egg", None, "none", None)

        def write(session: Session) -> None:
            session.choices.note(wrong, MONDAY.date())
            session.choices.note(none, MONDAY.date() + timedelta(days=1))

        await store.write(write)
        first, second = await store.read(lambda session: session.choices.since(MONDAY.date()))
        assert first == Noted(
            first.id, MONDAY.date(), "får ikke skrevet ut æøå", 900417, "answer", 900950, True, Verdict.OPEN
        )
        assert (second.proposed, second.chosen, second.confirmed) == (None, None, False)
        assert await store.write(lambda session: session.choices.judge(first.id, Verdict.APPROVED))
        assert not await store.write(lambda session: session.choices.judge(999, Verdict.REJECTED))
        assert await store.read(lambda session: session.choices.get(999)) is None
        judged = await store.read(lambda session: session.choices.get(first.id))
        assert judged == replace(first, verdict=Verdict.APPROVED)
        assert await store.write(lambda session: session.choices.forget(second.day)) == 1
        assert await store.read(lambda session: session.choices.since(MONDAY.date())) == (second,)

    # --- what the default ports keep

    async def test_a_local_case_is_numbered_once_a_key(self, store: Store) -> None:
        def open_all(session: Session) -> list[str]:
            pairs = (("k1", "L-1"), ("k1", "L-1"), ("k2", "L-2"))
            return [session.local.add_case(key, ref, MONDAY).number for key, ref in pairs]

        assert await store.write(open_all) == ["LOKAL-2026-000001", "LOKAL-2026-000001", "LOKAL-2026-000002"]
        first = await store.read(lambda session: session.local.case("k1"))
        assert first is not None
        assert await store.read(lambda session: session.local.case_of("L-1")) == first
        changed = replace(first, withdrawn_at=MONDAY, comments=({"key": "k", "at": "now", "text": "Hei"},))
        await store.write(lambda session: session.local.save_case(changed))
        assert await store.read(lambda session: session.local.case("k1")) == changed
        with pytest.raises(StoreError):
            await store.write(lambda session: session.local.save_case(replace(changed, key="unknown")))

    async def test_the_number_of_a_local_case_has_the_year_people_are_in(self, store: Store) -> None:
        new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
        case = await store.write(lambda session: session.local.add_case("k1", "L-1", new_year))
        assert case.number == "LOKAL-2027-000001"

    async def test_posts_hand_overs_and_files(self, store: Store) -> None:
        post = FeedPost("p1", "sam_it", a_notice(), 0, MONDAY, MONDAY)
        second = replace(post, id="p2", group="other", posted_at=MONDAY + timedelta(minutes=1))
        edited = replace(post, notice=a_notice(what="AKS virker"), edits=1)
        hand_over = HandOverRecord("k1", "desk", "Kari trenger hjelp", "kari", "c1", MONDAY)
        file = FileRecord("ab" * 32, 7, "skjerm.png", "image/png", MONDAY)

        def write(session: Session) -> None:
            for one in (post, second, edited):
                session.local.save_post(one)
            session.local.add_hand_over(hand_over)
            session.local.add_hand_over(replace(hand_over, summary="again"))
            session.local.add_file(file)
            session.local.add_file(replace(file, name="again.png"))

        await store.write(write)
        assert await store.read(lambda session: session.local.post("p1")) == edited
        assert await store.read(lambda session: session.local.post("p9")) is None
        assert await store.read(lambda session: session.local.posts("sam_it")) == (edited,)
        assert await store.read(lambda session: session.local.posts(None)) == (second, edited)
        assert await store.read(lambda session: session.local.hand_overs()) == (hand_over,)
        assert await store.read(lambda session: session.local.file("ab" * 32)) == file
        assert await store.read(lambda session: session.local.file("cd" * 32)) is None

    # --- promised updates

    async def test_a_promise_is_kept_within_its_minute(self, store: Store) -> None:
        due = MONDAY + timedelta(minutes=30)
        promise = Promise("D-2026-0001", due, "ulla", due - timedelta(minutes=10))

        def write(session: Session) -> None:
            session.notices.add(a_notice())
            session.promises.make(promise)
            session.promises.make(promise)

        await store.write(write)
        late = due + timedelta(minutes=1)
        assert await store.read(lambda session: session.promises.to_remind(due - timedelta(minutes=11))) == ()
        assert await store.read(lambda session: session.promises.to_remind(due)) == (promise,)
        assert await store.read(lambda session: session.promises.overdue(due)) == ()
        assert await store.read(lambda session: session.promises.overdue(late)) == (promise,)
        assert await store.read(lambda session: session.promises.punctuality(due)) == Punctuality(open=1)
        assert await store.read(lambda session: session.promises.punctuality(late)) == Punctuality(late=1)
        await store.write(lambda session: session.promises.settle(promise.ref, late - timedelta(seconds=1)))
        assert await store.read(lambda session: session.promises.punctuality(late)) == Punctuality(kept=1)
        assert await store.read(lambda session: session.promises.overdue(late)) == ()
        other = await store.read(lambda session: session.promises.punctuality(late, "D-2026-0002"))
        assert (other, other.share) == (Punctuality(), None)

    async def test_fixed_bug_a_promise_made_again_for_the_same_time_was_watched_no_longer(self, store: Store) -> None:
        due = MONDAY + timedelta(minutes=30)
        promise = Promise("D-2026-0001", due, "ulla", due - timedelta(minutes=10))

        def write(session: Session) -> None:
            session.notices.add(a_notice())
            session.promises.make(promise)
            session.promises.mark_reminded(promise)
            session.promises.settle(promise.ref, MONDAY)
            session.promises.make(replace(promise, person_id="remi"))

        await store.write(write)
        again = replace(promise, person_id="remi")
        assert await store.read(lambda session: session.promises.to_remind(due)) == (again,)
        assert await store.read(lambda session: session.promises.overdue(due + timedelta(minutes=1))) == (again,)
        assert await store.read(lambda session: session.promises.punctuality(due)) == Punctuality(open=1)

    async def test_one_line_of_a_notice_waits_until_it_is_decided_about(self, store: Store, reopen: Reopen) -> None:
        said = NoticeUpdate(MONDAY, "ulla", "updated", "En disk er full.", "Disk 7")
        line = ProposedLine("D-2026-0001", said, MONDAY + timedelta(hours=1), "p-ulla")
        other = replace(line, line=replace(said, text="En server er nede."), next_update_at=None)

        def propose(session: Session) -> None:
            session.notices.add(a_notice())
            session.proposed_lines.save(line)
            session.proposed_lines.save(other)

        await store.write(propose)
        store = await reopen()
        assert await store.read(lambda session: session.proposed_lines.all()) == (other,)
        await store.write(lambda session: session.proposed_lines.save(replace(line, reason="Hvilken disk?")))
        kept = await store.read(lambda session: session.proposed_lines.get("D-2026-0001"))
        assert kept == replace(line, reason="Hvilken disk?")
        await store.write(lambda session: session.proposed_lines.remove("D-2026-0001"))
        assert await store.read(lambda session: session.proposed_lines.get("D-2026-0001")) is None

    async def test_who_was_told_of_a_promise_is_not_told_again(self, store: Store) -> None:
        promise = Promise("D-2026-0001", MONDAY, "ulla", MONDAY)
        later = MONDAY + timedelta(hours=1)

        def write(session: Session) -> None:
            session.notices.add(a_notice())
            session.promises.make(promise)
            session.promises.mark_reminded(promise)

        await store.write(write)
        assert await store.read(lambda session: session.promises.to_remind(later)) == ()
        assert await store.read(lambda session: session.promises.overdue(later)) == (promise,)
        await store.write(lambda session: session.promises.mark_raised(promise))
        assert await store.read(lambda session: session.promises.overdue(later)) == ()
        await store.write(lambda session: session.promises.settle(promise.ref, later))
        settled = await store.read(lambda session: session.promises.punctuality(later, promise.ref))
        assert (settled, settled.share) == (Punctuality(late=1), 0.0)

    # --- what people thought of answers

    async def test_ratings_are_kept_by_day_and_forgotten(self, store: Store) -> None:
        bad, good = Rating(MONDAY.date(), False, "feil skjema æøå"), Rating(MONDAY.date() + timedelta(days=1), True)

        def write(session: Session) -> None:
            session.ratings.note(bad)
            session.ratings.note(good)

        await store.write(write)
        assert await store.read(lambda session: session.ratings.since(bad.day)) == (bad, good)
        assert await store.read(lambda session: session.ratings.since(good.day)) == (good,)
        assert await store.write(lambda session: session.ratings.forget(good.day)) == 1
        assert await store.read(lambda session: session.ratings.since(bad.day)) == (good,)

    # --- fellesfeil

    async def test_the_cases_of_a_fellesfeil_and_other_faults_are_found(self, store: Store) -> None:
        mine = replace(a_case("L-2026-000001"), fellesfeil="D-2026-0001")
        of_an_old_one = replace(a_case("L-2026-000002"), fellesfeil="D-2026-0002")
        fault = a_case("L-2026-000003", at=MONDAY + timedelta(hours=1))
        closed = replace(a_case("L-2026-000004", at=MONDAY + timedelta(hours=1)), status=Status.CLOSED)
        order = replace(a_case("L-2026-000005", at=MONDAY + timedelta(hours=1)), kind="service")

        def write(session: Session) -> None:
            session.notices.add(a_notice())
            session.notices.add(replace(a_notice("D-2026-0002"), status=NoticeStatus.RESOLVED))
            for case in (mine, of_an_old_one, fault, closed, order):
                session.cases.add(case, "c1")

        await store.write(write)
        since = MONDAY + timedelta(minutes=30)
        assert await store.read(lambda session: session.fellesfeil.cases("D-2026-0002")) == (of_an_old_one,)
        assert await store.read(lambda session: session.fellesfeil.cases("D-2026-0009")) == ()
        assert await store.read(lambda session: session.fellesfeil.faults(since, 10)) == (mine, fault)
        assert await store.read(lambda session: session.fellesfeil.faults(since, 1)) == (mine,)
        await store.write(lambda session: session.cases.update(replace(mine, fellesfeil=None)))
        assert await store.read(lambda session: session.fellesfeil.cases("D-2026-0001")) == ()

    async def test_whether_it_works_is_asked_and_answered(self, store: Store) -> None:
        def write(session: Session) -> None:
            for number in (1, 2, 3):
                session.cases.add(a_case(f"L-2026-{number:06d}"), "c1")
                session.fellesfeil.ask(a_case(f"L-2026-{number:06d}"), MONDAY)
            session.fellesfeil.answered("L-2026-000001", True, MONDAY)
            session.fellesfeil.answered("L-2026-000002", False, MONDAY)
            session.fellesfeil.ask(a_case("L-2026-000002"), MONDAY)

        await store.write(write)
        assert await store.read(lambda session: session.fellesfeil.to_verify("kari")) == {
            "L-2026-000002",
            "L-2026-000003",
        }
        assert await store.read(lambda session: session.fellesfeil.to_verify("ulla")) == frozenset()
        assert not await store.read(lambda session: session.fellesfeil.awaits("L-2026-000001"))
        assert await store.read(lambda session: session.fellesfeil.awaits("L-2026-000002"))
        await store.write(lambda session: session.fellesfeil.forget_person("kari"))
        assert not await store.read(lambda session: session.fellesfeil.awaits("L-2026-000002"))

    async def test_problem_tasks_are_kept_until_they_are_settled(self, store: Store) -> None:
        task = ProblemTask("D-2026-0001", "AKS er nede", "Tittel: æøå", "Ulla", MONDAY)

        def write(session: Session) -> None:
            session.notices.add(a_notice())
            session.fellesfeil.add_problem(replace(task, draft="før"))
            session.fellesfeil.add_problem(task)

        await store.write(write)
        assert await store.read(lambda session: session.fellesfeil.problems()) == (task,)
        assert await store.write(lambda session: session.fellesfeil.settle_problem(task.fellesfeil, True, "P1", MONDAY))
        assert not await store.write(lambda session: session.fellesfeil.settle_problem("D-2026-0001", True, "", MONDAY))
        assert await store.read(lambda session: session.fellesfeil.problems()) == ()

    # --- numbers

    async def test_numbers_leave_out_what_is_too_few(self, store: Store) -> None:
        def write(session: Session) -> None:
            for number in range(1, 13):
                case = replace(a_case(f"L-2026-{number:06d}"), kind="service" if number > 6 else "support")
                if number > 10:
                    case = replace(case, reporter=replace(case.reporter, virksomhet="OBF"), fellesfeil="D-2026-0001")
                session.cases.add(replace(case, answers={"system": "AKS" if number < 8 else f"S{number}"}), "c1")
                note = NoteChoice(f"{number}", 1, "answer", 1 if number > 4 else 2, confirmed=number != 12)
                session.choices.note(note, MONDAY.date())
            session.cases.add(replace(a_case("L-2026-000013"), moved_from="L-2026-000001"), "c1")
            session.notices.add(a_notice(at=MONDAY + timedelta(minutes=30)))
            session.notices.add(replace(a_notice("D-2026-0002"), type="vedlikehold"))

        await store.write(write)
        assert await store.read(lambda session: session.insight.weeks()) == (WeekOfCases(MONDAY.date(), 6, 6),)
        assert await store.read(lambda session: session.insight.systems()) == (
            Share(2026, "AKS", 7),
            Share(2026, OTHERS, 5),
        )
        assert await store.read(lambda session: session.insight.virksomheter()) == (
            Share(2026, "BGO", 10),
            Share(2026, OTHERS, None),
        )
        (times,) = await store.read(lambda session: session.insight.fellesfeil())
        assert (times.ref, times.minutes_to_notice, times.minutes_from_first_case, times.cases) == (
            "D-2026-0001",
            0,
            30,
            None,
        )
        assert await store.read(lambda session: session.insight.forms()) == (WeekOfForms(MONDAY.date(), 11, 4),)
        assert await store.read(lambda session: session.insight.updates()) == ()

    # --- times

    async def test_times_are_moments_whatever_their_zone(self, store: Store) -> None:
        oslo = ZoneInfo("Europe/Oslo")
        # The night summer time ends, 02:30 comes twice; as text the later one would sort before the earlier.
        first = datetime(2026, 10, 25, 2, 30, tzinfo=oslo, fold=0)
        second = datetime(2026, 10, 25, 2, 10, tzinfo=oslo, fold=1)
        await store.write(queue(replace(row("r1"), not_before=second)))

        def taken(session: Session, now: datetime) -> int:
            return len(session.outbox.lease("a", (), now, now + timedelta(seconds=60), 10))

        assert await store.write(lambda session: taken(session, first)) == 0
        assert await store.write(lambda session: taken(session, second.astimezone(UTC))) == 1

    async def test_a_time_without_a_zone_is_refused(self, store: Store) -> None:
        with pytest.raises(ValueError, match="zone"):
            await store.write(lambda session: session.conversations.forget_answers(datetime(2026, 1, 1)))  # noqa: DTZ001
