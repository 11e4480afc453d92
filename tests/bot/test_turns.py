"""A turn: answered, stored and queued as one, once, in order, whatever goes wrong."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.performing import begin
from bot.store import Session, SqliteStore
from bot.store.records import Job, OutboxRecord, Profile, RoleGrant, RowState
from bot.turns import Answered, Incoming, TurnService
from dialogs.case import Person, Role, Status
from dialogs.effects import ForgetMe
from dialogs.events import Event, Happened, Joined, Said
from dialogs.replies import Text
from dialogs.state import State
from dialogs.turn import Situation, Turn
from tests.bot.samples import KARI, MONDAY, REACH, TEXTS, ULLA, Clock, decide, numbered


class House:
    """The turn service in a house with nothing else in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = Clock()
        self.wakes = 0
        self.seen: list[Situation] = []
        self.new_id = numbered("id")
        self.activity_id = numbered("a")
        self.build()

    def build(self) -> None:
        self.store = SqliteStore(self.path)
        self.turns: TurnService[None] = TurnService(
            store=self.store,
            decide=self.decide,
            knowledge=None,
            texts=TEXTS,
            facts={},
            clock=self.clock,
            new_id=self.new_id,
            undo_seconds=20,
            queued=self.wake,
            reach=REACH,
        )

    def decide(self, state: State, event: Event, situation: Situation, knowledge: None) -> Turn:
        self.seen.append(situation)
        return decide(state, event, situation, knowledge)

    def wake(self) -> None:
        self.wakes += 1

    async def restart(self) -> None:
        await self.store.close()
        self.build()

    def incoming(self, text: str, person: Person = KARI, **values: Any) -> Incoming:
        values = {"conversation_id": f"c-{person.id}", "activity_id": self.activity_id(), "channel": "web", **values}
        return Incoming(event=values.pop("event", Said(text)), person=person, **values)

    async def says(self, text: str, person: Person = KARI, **values: Any) -> str:
        return text_of(await self.turns.handle(self.incoming(text, person, **values)))

    async def rows(self, state: RowState = RowState.QUEUED) -> tuple[OutboxRecord, ...]:
        return await self.store.read(lambda session: session.outbox.in_state(state))

    async def status(self, ref: str = "L-2026-000001") -> Status:
        case = await self.store.read(lambda session: session.cases.get(ref))
        assert case is not None
        return case.status

    async def grant(self, person: Person, role: Role) -> None:
        grant = RoleGrant(person.id, role.value, "admin", MONDAY)
        await self.store.write(lambda session: session.people.grant(grant))

    async def break_state(self, text: str) -> None:
        def work(session: Session) -> None:
            record = session.conversations.get("c-kari")
            assert record is not None
            session.conversations.save(replace(record, state=text, language="nn"))

        await self.store.write(work)


def text_of(answered: Answered) -> str:
    return " | ".join(one.text for one in answered.replies if isinstance(one, Text))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    house = House(tmp_path / "losen.db")
    yield house
    await house.store.close()


async def test_a_conversation_goes_on_over_restarts(house: House) -> None:
    assert await house.says("hei") == "1: hei"
    await house.restart()
    assert await house.says("der") == "2: der"
    assert await house.says("hei", ULLA) == "1: hei"


async def test_a_message_delivered_again_gets_the_same_answer_and_changes_nothing(house: House) -> None:
    first = house.incoming("case")
    answered = await house.turns.handle(first)
    await house.says("mer")
    again = await house.turns.handle(first)
    assert again == replace(answered, duplicate=True)
    await house.restart()
    assert (await house.turns.handle(first)).replies == answered.replies
    assert len(await house.rows()) == 1
    assert await house.says("hva nå") == "3: hva nå"


async def test_twenty_deliveries_at_once_are_one_turn(house: House) -> None:
    incoming = house.incoming("case")
    answers = await asyncio.gather(*(house.turns.handle(incoming) for _ in range(20)))
    assert {text_of(one) for one in answers} == {"1: case -> OpenCase L-2026-000001"}
    assert sorted(one.duplicate for one in answers) == [False] + [True] * 19


async def test_a_card_pressed_twice_is_one_turn(house: House) -> None:
    first = await house.says("case", nonce="card-1")
    assert await house.says("case", nonce="card-1") == first
    assert await house.says("case", nonce="card-1", activity_id=None) == first
    assert await house.says("hei", nonce="card-2", activity_id=None) == "2: hei"
    assert len(await house.rows()) == 1


async def test_the_same_id_in_another_conversation_is_another_message(house: House) -> None:
    assert await house.says("hei", activity_id="x") == "1: hei"
    assert await house.says("hei", ULLA, activity_id="x") == "1: hei"


async def test_messages_without_any_id_are_never_taken_for_repeats(house: House) -> None:
    assert [await house.says("hei", activity_id=None) for _ in range(2)] == ["1: hei", "2: hei"]


async def test_messages_of_a_conversation_are_sent_in_the_order_they_came(house: House) -> None:
    sent: list[str] = []

    async def send(answered: Answered) -> None:
        await asyncio.sleep(0.01 if not sent else 0)  # the first one is slow on the wire
        sent.append(text_of(answered))

    await asyncio.gather(*(house.turns.handle(house.incoming(f"nr {n}"), send) for n in range(1, 6)))
    assert sent == [f"{n}: nr {n}" for n in range(1, 6)]


async def test_a_failed_send_leaves_the_turn_and_the_stored_answer(house: House) -> None:
    async def send(answered: Answered) -> None:
        raise ConnectionError

    incoming = house.incoming("case")
    with pytest.raises(ConnectionError):
        await house.turns.handle(incoming, send)
    again = await house.turns.handle(incoming)
    assert (text_of(again), again.duplicate) == ("1: case -> OpenCase L-2026-000001", True)


async def test_whoever_floods_a_conversation_is_asked_to_wait(house: House) -> None:
    sent: list[Answered] = []

    async def send(answered: Answered) -> None:
        sent.append(answered)

    answers = await asyncio.gather(*(house.turns.handle(house.incoming("hei"), send) for _ in range(60)))
    assert len(sent) == 60  # being told to wait is sent too
    busy = [one for one in answers if text_of(one) == "Vent litt"]
    assert 0 < len(busy) < 60
    assert all(one.failed for one in busy)
    assert await house.says("hei") == f"{61 - len(busy)}: hei"


@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 99}', '{"version": 1}', "null"])
async def test_a_state_that_cannot_be_read_is_started_afresh_and_said_so(house: House, damage: str) -> None:
    await house.says("hei")
    await house.break_state(damage)
    assert await house.says("hei igjen") == "Begynner på nytt | 1: hei igjen"
    assert await house.says("og nå") == "2: og nå"


async def test_an_engine_that_fails_is_apologised_for_and_harms_nothing(house: House) -> None:
    await house.says("case")
    crash = house.incoming("crash")
    answered = await house.turns.handle(crash)
    assert (text_of(answered), answered.failed) == ("Beklager", True)
    assert await house.says("hei") == "2: hei"
    assert (await house.turns.handle(crash)).failed  # delivered again, it is tried again
    assert len(await house.rows()) == 1


async def test_the_apology_is_in_the_language_of_the_conversation(house: House) -> None:
    await house.says("hei")
    await house.break_state(json.dumps({"version": 99}))
    await house.says("hei")
    assert await house.says("crash") == "Orsak"


async def test_a_broken_store_is_apologised_for(house: House) -> None:
    await house.store.close()
    assert await house.says("hei") == "Beklager"


async def test_the_log_has_ids_and_never_what_was_said(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await house.says("en hemmelighet")
    await house.says("crash")
    turn = next(one for one in caplog.records if one.getMessage() == "turn")
    assert {"conversation": "c-kari", "channel": "web", "event": "Said"}.items() <= turn.__dict__.items()
    assert all("hemmelighet" not in f"{one.getMessage()}{one.__dict__}" for one in caplog.records)


# --- what the engine sees


async def test_the_engine_sees_the_person_the_numbers_the_cases_and_the_notices(house: House) -> None:
    await house.grant(ULLA, Role.USS)
    await house.says("notice sam_it", ULLA)
    for _ in range(25):
        await house.says("case")
    await house.says("hei")
    seen = house.seen[-1]
    assert (seen.next_case_ref, seen.next_notice_ref) == ("L-2026-000026", "D-2026-0002")
    assert [case.ref for case in seen.cases] == [f"L-2026-{number:06}" for number in range(25, 5, -1)]
    assert [notice.ref for notice in seen.notices] == ["D-2026-0001"]
    assert (seen.person, seen.now) == (KARI, MONDAY)


async def test_only_the_roles_table_gives_roles(house: House) -> None:
    claimed = replace(KARI, roles=frozenset({Role.ANSATT, Role.USS}))
    await house.says("hei", claimed)
    assert house.seen[-1].person.roles == {Role.ANSATT}
    await house.grant(KARI, Role.FORSTELINJE)
    await house.says("hei", claimed)
    assert house.seen[-1].person.roles == {Role.ANSATT, Role.FORSTELINJE}


async def test_what_was_said_of_oneself_is_remembered_in_the_next_conversation(house: House) -> None:
    stranger = Person("per", "Per")
    await house.says("profile BGO", stranger)
    await house.says("hei", stranger, conversation_id="another")
    seen = house.seen[-1].person
    assert (seen.virksomhet, seen.phone, seen.roles) == ("BGO", "900 00 000", frozenset({Role.ANSATT}))
    profile = await house.store.read(lambda session: session.people.profile("per"))
    assert profile == Profile("per", "Per", "BGO", "", "900 00 000", "1linje")


async def test_what_the_channel_knows_of_a_person_wins(house: House) -> None:
    await house.says("profile BAL", KARI)
    await house.says("hei", replace(KARI, name="Kari Ny", email="kari@x.invalid"))
    seen = house.seen[-1].person
    assert (seen.name, seen.virksomhet, seen.email) == ("Kari Ny", "BGO", "kari@x.invalid")


# --- effects


async def test_a_case_is_stored_and_waits_for_a_change_of_mind(house: House) -> None:
    await house.says("case")
    (queued,) = await house.rows()
    assert (queued.job, queued.ref, queued.conversation_id) == (Job.OPEN_CASE, "L-2026-000001", "c-kari")
    assert (queued.not_before - MONDAY).total_seconds() == 20
    assert await house.status() is Status.RECEIVED
    assert house.wakes == 1


async def test_a_critical_case_does_not_wait(house: House) -> None:
    await house.says("case critical")
    (queued,) = await house.rows()
    assert queued.not_before == MONDAY


@pytest.mark.parametrize("word", ["undo", "withdraw"])
async def test_a_case_taken_back_in_time_never_leaves(house: House, word: str) -> None:
    await house.says("case")
    await house.says("comment L-2026-000001 Hei USS, litt mer")
    await house.says(f"{word} L-2026-000001")
    assert await house.rows() == ()
    assert len(await house.rows(RowState.CANCELLED)) == 2
    assert await house.status() is Status.WITHDRAWN
    await house.says(f"{word} L-2026-000001")
    assert await house.rows() == ()


@pytest.mark.parametrize("word", ["undo", "withdraw"])
async def test_a_case_already_on_its_way_is_withdrawn_after_it(house: House, word: str) -> None:
    await house.says("case critical")
    await house.store.write(lambda session: session.outbox.lease("a", (), MONDAY, house.clock.now, 1))
    await house.says(f"{word} L-2026-000001")
    (queued,) = await house.rows()
    assert (queued.job, queued.lane) == (Job.WITHDRAW_CASE, "L-2026-000001")
    assert await house.status() is Status.WITHDRAWN


async def test_a_comment_is_kept_with_the_case_and_queued(house: House) -> None:
    await house.says("case")
    await house.says("comment L-2026-000001 Hei USS, det haster")
    case = await house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert [(one["by"], one["text"]) for one in case.comments] == [("Kari Nordmann", "Hei USS, det haster")]
    assert [one.job for one in await house.rows()] == [Job.OPEN_CASE, Job.COMMENT_CASE]


async def test_files_sent_before_the_case_has_left_go_with_it(house: House) -> None:
    await house.says("case")
    await house.says("attach L-2026-000001 a.txt b.txt")
    case = await house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert [one.name for one in case.attachments] == ["a.txt", "b.txt"]
    assert [one.job for one in await house.rows()] == [Job.OPEN_CASE]


async def test_files_sent_while_the_case_is_on_its_way_follow_it(house: House) -> None:
    """A case on its way may be sent again, so it must not have the files already."""
    await house.says("case critical")

    def begun(session: Session) -> None:
        (row,) = session.outbox.lease("a", (), MONDAY, house.clock.now, 1)
        begin(session, row, MONDAY)

    await house.store.write(begun)
    await house.says("attach L-2026-000001 a.txt")
    case = await house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert case.attachments == ()
    (queued,) = await house.rows()
    assert (queued.job, queued.lane) == (Job.ATTACH_FILES, "L-2026-000001")


async def test_a_follower_is_stored_at_once_and_queued_when_the_case_has_left(house: House) -> None:
    await house.says("case")
    await house.says("follow L-2026-000001 ola@oslo.example")
    assert [one.job for one in await house.rows()] == [Job.OPEN_CASE]

    def begun(session: Session) -> None:
        house.clock.advance(20)
        (row,) = session.outbox.lease("a", (), house.clock.now, house.clock.now, 1)
        begin(session, row, house.clock.now)

    await house.store.write(begun)
    for _ in range(2):
        await house.says("follow L-2026-000001 per@oslo.example")
    await house.says("unfollow L-2026-000001 ola@oslo.example")
    case = await house.store.read(lambda session: session.cases.get("L-2026-000001"))
    assert case is not None
    assert case.followers == ("per@oslo.example",)
    assert [one.payload for one in await house.rows()] == [
        {"follower": "per@oslo.example", "follows": True},
        {"follower": "ola@oslo.example", "follows": False},
    ]


async def test_a_muted_case_is_known_to_the_engine_until_the_person_is_forgotten(house: House) -> None:
    await house.says("case")
    await house.says("mute L-2026-000001")
    muted: list[frozenset[str]] = []

    def looking(state: State, event: Event, situation: Situation, knowledge: object) -> Turn:
        muted.append(situation.muted)
        effects = (ForgetMe(),) if isinstance(event, Said) and event.text == "forget" else ()
        return Turn(state, (Text("ja"),), effects)

    house.turns._decide = looking
    await house.says("forget")
    await house.says("hei")
    assert muted == [frozenset({"L-2026-000001"}), frozenset()]


async def test_a_notice_is_queued_for_each_of_its_groups_and_so_is_each_version(house: House) -> None:
    await house.grant(ULLA, Role.USS)
    await house.says("notice sam_it hoved", ULLA)
    await house.says("update D-2026-0001", ULLA)
    rows = await house.rows()
    assert [(one.job, one.lane) for one in rows] == [
        (Job.PUBLISH_NOTICE, "D-2026-0001 sam_it/page"),
        (Job.PUBLISH_NOTICE, "D-2026-0001 hoved/page"),
        (Job.UPDATE_NOTICE, "D-2026-0001 sam_it/page"),
        (Job.UPDATE_NOTICE, "D-2026-0001 hoved/page"),
    ]
    assert [one.payload["notice"]["what"] for one in rows] == ["AKS er nede"] * 2 + ["AKS er treg"] * 2


async def test_a_hand_over_is_queued(house: House) -> None:
    await house.says("hand over")
    (queued,) = await house.rows()
    assert (queued.job, queued.payload) == (Job.HAND_OVER, {"to": "desk", "summary": "Kari trenger hjelp"})


# --- rights


async def test_a_notice_by_someone_without_the_right_is_dropped_and_said_so(house: House) -> None:
    said = await house.says("notice sam_it", replace(KARI, roles=frozenset({Role.USS})))
    assert said == "not_allowed D-2026-0001 reason=only the desk's incident manager publishes notices"
    assert await house.rows() == ()
    assert await house.store.read(lambda session: session.notices.all()) == ()
    assert house.wakes == 0


async def test_a_right_taken_back_in_the_middle_of_a_dialog_is_gone(house: House) -> None:
    await house.grant(ULLA, Role.USS)
    await house.says("notice sam_it", ULLA)
    await house.store.write(lambda session: session.people.revoke("ulla", "uss"))
    assert (await house.says("resolve D-2026-0001", ULLA)).startswith("not_allowed D-2026-0001")
    assert len(await house.store.read(lambda session: session.notices.active())) == 1


@pytest.mark.parametrize("word", ["undo", "withdraw", "comment"])
async def test_somebody_elses_case_is_out_of_reach(house: House, word: str) -> None:
    await house.says("case")
    said = await house.says(f"{word} L-2026-000001 hei" if word == "comment" else f"{word} L-2026-000001", ULLA)
    assert said.startswith("not_allowed L-2026-000001")
    assert await house.status() is Status.RECEIVED
    assert len(await house.rows()) == 1


async def test_a_case_that_does_not_exist_is_out_of_reach(house: House) -> None:
    assert (await house.says("withdraw L-2026-000099")).startswith("not_allowed L-2026-000099")


# --- outcomes


async def test_an_outcome_is_told_in_the_conversation(house: House) -> None:
    await house.says("case", reference={"url": "https://x.invalid"})
    await house.turns.happened("c-kari", "kari", Happened("case_answered", "L-2026-000001", {"text": "Hei"}))
    told = (await house.rows())[-1]
    assert (told.job, told.channel, told.lane, told.not_before) == (Job.DELIVER, "web", "to c-kari", MONDAY)
    assert told.payload["replies"][0]["text"] == "case_answered L-2026-000001 text=Hei"
    assert await house.says("hei") == "3: hei"
    assert house.wakes == 2


async def test_an_engine_that_fails_on_an_outcome_still_tells_something(house: House) -> None:
    await house.says("hei")

    def fails(state: State, event: Event, situation: Situation, knowledge: None) -> Turn:
        raise ZeroDivisionError

    house.turns._decide = fails
    await house.turns.happened("c-kari", "kari", Happened("case_answered", "L-2026-000001"))
    assert (await house.rows())[-1].payload["replies"][0]["text"] == "Noe har skjedd med L-2026-000001"


async def test_an_outcome_without_a_conversation_is_only_logged(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await house.turns.happened("nowhere", "kari", Happened("case_answered", "L-2026-000001"))
    assert await house.rows() == ()
    assert "no conversation" in caplog.text


async def test_every_kind_of_event_gets_an_answer(house: House) -> None:
    assert await house.says("", event=Joined()) == "1: Joined"


async def test_locks_do_not_pile_up(house: House) -> None:
    await asyncio.gather(*(house.says("hei", conversation_id=f"c{n}") for n in range(50)))
    assert len(house.turns._locks) == 0
