"""Messages about a notice to single people: once each, paused by a 429, final at a 403, uncertain when nobody knows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands.notices import report_of
from bot.notices.report import report_lines
from bot.notices.sender import MessageSender, Pace
from bot.notices.writing import NoticeWriter
from bot.retry import RetryPolicy
from bot.store.messages import NO_CONVERSATION, MessageState
from bot.store.port import Session
from bot.store.records import ConversationRecord
from dialogs.case import Notice, NoticeStatus, NoticeUpdate, Person, Role
from dialogs.effects import UpdateNotice
from dialogs.replies import Reply
from knowledge.errors import LosenError, PermanentFailure, TemporaryFailure, UncertainOutcome
from tests.bot.samples import MONDAY, REACH, a_case, a_notice
from tests.bot.whole_house import WholeHouse
from tests.transcript import library, person

ULLA = person("uss", virksomhet="UKE")
REF = "D-2026-0001"


class Channel:
    """A deliverer that fails as it is told to, by conversation; None delivers."""

    def __init__(self, house: WholeHouse) -> None:
        self.house = house
        self.sent: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception]] = {}

    async def deliver(self, reference: Mapping[str, Any], replies: Sequence[Reply], language: str) -> None:
        to = str(reference["to"])
        if self.failures.get(to):
            raise self.failures[to].pop(0)
        self.sent.append((to, self.house.plain(replies, language)))

    def got(self, who: str) -> list[str]:
        return [text for to, text in self.sent if to == who]


class World:
    """A house where a notice stands that hits p0, p1, p2 ..."""

    def __init__(self, house: WholeHouse) -> None:
        self.house = house
        self.channel = Channel(house)
        self.sender = self.new_sender()
        self.notice = a_notice()

    def new_sender(self) -> MessageSender:
        async def no_sleep(seconds: float) -> None:
            return

        return MessageSender(
            store=self.house.store,
            deliverer=self.channel,
            channels={"web"},
            texts=self.house.texts,
            facts=library().organisation.facts,
            reach=REACH,
            clock=self.house.clock,
            sleep=no_sleep,
            jitter=lambda: 1.0,
            new_id=self.house.new_id,
            told=lambda: None,
            policy=RetryPolicy(first_wait=2),
            pace=Pace(at_once=2, between=0),
        )

    async def begin(self, people: int = 3) -> None:
        def write(session: Session) -> None:
            session.notices.add(self.notice)
            for number in range(people):
                session.affected.add(REF, f"p{number}", MONDAY)
                self.talk(session, f"p{number}")

        await self.house.store.write(write)

    def talk(self, session: Session, who: str, language: str = "nb", **reference: Any) -> None:
        told = {"to": who, **reference}
        session.conversations.save(ConversationRecord(f"c-{who}", "web", who, language, "{}", told, 1, MONDAY))

    async def update(self, text: str = "Leverandøren ser på det.", kind: str = "updated", **changes: Any) -> None:
        self.house.clock.advance(60)
        now = self.house.clock()
        line = NoticeUpdate(now, "Ulla", kind, text)
        self.notice = replace(self.notice, updated_at=now, history=(*self.notice.history, line), **changes)
        await self.write(self.notice)

    async def write(self, notice: Notice) -> None:
        def work(session: Session) -> None:
            routing = library().organisation.routing
            now, new_id = self.house.clock(), self.house.new_id
            NoticeWriter(session, "c", ULLA, now, new_id, REACH, routing).write(UpdateNotice(notice))

        await self.house.store.write(work)

    async def send(self, seconds: float = 0) -> int:
        """All that is due so much later; returns how many messages were tried."""
        self.house.clock.advance(seconds)
        tried = 0
        while more := await self.sender.work_once():
            tried += more
        return tried

    async def states(self) -> dict[str, int]:
        counts = await self.house.store.read(lambda session: session.messages.counts(REF))
        total: dict[str, int] = {}
        for line in counts.values():
            for state, count in line.items():
                total[state.value] = total.get(state.value, 0) + count
        return total


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    house = WholeHouse(tmp_path / "losen.db")
    await house.grant(ULLA)
    await house.says(ULLA, "hei")
    one = World(house)
    yield one
    await house.store.close()


async def test_everybody_hears_each_line_once_in_order(world: World) -> None:
    await world.begin()
    await world.update("Feilen er funnet.")
    await world.update("Sertifikatet var utløpt.", "resolved", status=NoticeStatus.RESOLVED)
    await world.send()
    await world.send(3600)
    for who in ("p0", "p1", "p2"):
        first, second = world.channel.got(who)
        assert "Nytt om D-2026-0001: Feilen er funnet. Det gjelder: AKS er nede." in first
        assert "Ikke varsle meg" in first
        assert "Feilen er rettet (D-2026-0001): AKS er nede. Den varte i 2 minutter. Sertifikatet var utløpt." in second
    assert await world.states() == {"sent": 6}


async def test_in_ones_own_language(world: World) -> None:
    await world.begin(1)
    await world.house.store.write(lambda session: world.talk(session, "p0", "en"))
    await world.update("Found.")
    await world.send()
    assert "News of D-2026-0001" in world.channel.got("p0")[0]


async def test_what_is_no_news_is_told_to_nobody(world: World) -> None:
    await world.begin()
    await world.write(replace(world.notice, hovedsak="L-2026-000001"))
    assert await world.send() == 0


async def test_the_muted_and_the_reporters_of_its_cases_are_left_out(world: World) -> None:
    """Who has a case of it hears the same through the case."""
    await world.begin()

    def write(session: Session) -> None:
        session.affected.mute("p1", REF)
        reporter = person("1linje")
        case = a_case(person=replace(reporter, id="p2"))
        session.cases.add(replace(case, fellesfeil=REF), "c-p2")

    await world.house.store.write(write)
    await world.update()
    await world.send()
    assert [to for to, _ in world.channel.sent] == ["p0"]


async def test_fixed_bug_who_is_granted_im_or_rm_alone_heard_nothing_of_a_closed_group(world: World) -> None:
    """Grants were read as if they were roles, and what only the desk may read was kept from most of the desk."""
    world.notice = replace(world.notice, groups=("sam_ikt_hovedkontakter",))
    await world.begin(4)
    for who, role in (("p0", "im"), ("p1", "rm"), ("p2", "ikt-hovedkontakt")):
        await world.house.grant(Person(who, who, roles=frozenset({Role(role)})))
    await world.update()
    await world.send()
    assert sorted(to for to, _ in world.channel.sent) == ["p0", "p1", "p2"]
    assert await world.states() == {"sent": 3, "failed": 1}


async def test_a_slow_down_holds_everybody_for_as_long_as_it_says(world: World) -> None:
    await world.begin(6)
    await world.update()
    world.channel.failures["p0"] = [TemporaryFailure("the channel answered 429", 30)]
    assert await world.send() <= 2
    sent = len(world.channel.sent)
    world.sender = world.new_sender()  # also over a restart
    assert await world.send(29) == 0
    await world.send(2)
    assert len(world.channel.sent) == 6
    assert sent <= 1
    assert await world.states() == {"sent": 6}


async def test_a_refusal_is_final_and_stands_in_the_report_with_its_reason(world: World) -> None:
    await world.begin()
    await world.update()
    world.channel.failures["p1"] = [PermanentFailure("the channel answered 403 ConversationBlockedByUser")]
    await world.send()
    await world.send(3600)
    assert world.channel.got("p1") == []
    report = await report_of(world.house.store, REF)
    (refused,) = report["lines"][1]["undelivered"]
    assert (refused["person"], refused["state"]) == ("p1", "failed")
    assert refused["reason"] == "the channel answered 403 ConversationBlockedByUser"
    assert report["lines"][1]["people"] == {"queued": 0, "sent": 2, "failed": 1, "uncertain": 0}
    assert any("403 ConversationBlockedByUser" in line for line in report_lines(report))


@pytest.mark.parametrize("error", [UncertainOutcome("the channel answered 502"), ZeroDivisionError("a secret")])
async def test_what_may_have_arrived_is_not_sent_again(world: World, error: Exception) -> None:
    await world.begin()
    await world.update()
    world.channel.failures["p1"] = [error]
    await world.send()
    await world.send(3600)
    assert world.channel.got("p1") == []
    assert await world.states() == {"sent": 2, "uncertain": 1}
    assert "a secret" not in str(await report_of(world.house.store, REF))


async def test_what_was_being_sent_when_the_bot_died_is_uncertain(world: World) -> None:
    await world.begin()
    await world.update()
    due = await world.house.store.read(lambda session: session.messages.due({"web"}, world.house.clock(), 10))
    assert await world.house.store.write(lambda session: session.messages.begin(due[0]))
    world.sender = world.new_sender()
    assert await world.sender.take_back() == 1
    await world.send()
    assert await world.states() == {"sent": 2, "uncertain": 1}
    assert world.channel.got(due[0].person_id) == []


async def test_a_later_line_waits_for_the_one_before_it(world: World) -> None:
    await world.begin(1)
    await world.update("Først.")
    await world.update("Så.")
    world.channel.failures["p0"] = [TemporaryFailure("the channel answered 412")]
    await world.send()
    assert world.channel.sent == []
    await world.send(10)
    assert ["Først." in one for one in world.channel.got("p0")] == [True, False]


async def test_who_has_no_conversation_alone_with_the_bot_stands_in_the_report(world: World) -> None:
    await world.begin(1)

    def write(session: Session) -> None:
        session.affected.add(REF, "stranger", MONDAY)
        session.affected.add(REF, "in-a-group", MONDAY)
        world.talk(session, "in-a-group", personal=False)

    await world.house.store.write(write)
    await world.update()
    await world.send()
    undelivered = (await report_of(world.house.store, REF))["lines"][1]["undelivered"]
    assert {(one["person"], one["reason"]) for one in undelivered} == {
        ("stranger", NO_CONVERSATION),
        ("in-a-group", NO_CONVERSATION),
    }


async def test_who_may_not_read_it_any_more_is_not_told(world: World) -> None:
    world.notice = a_notice(groups=("sam_ikt_hovedkontakter",), what="Hemmelig")
    await world.begin(1)
    await world.update()
    await world.send()
    assert world.channel.sent == []
    assert await world.states() == {"failed": 1}


async def test_what_only_the_closed_group_is_told_is_not_in_it(world: World) -> None:
    world.notice = replace(world.notice, groups=("sam_it", "sam_ikt_hovedkontakter"), closed_text="Hemmelig")
    await world.begin(1)
    line = NoticeUpdate(world.house.clock(), "Ulla", "updated", "Nytt.", "Også hemmelig")
    await world.write(replace(world.notice, history=(*world.notice.history, line)))
    await world.send()
    assert "hemmelig" not in world.channel.got("p0")[0].lower()


async def test_the_writer_hears_how_many_it_reached(world: World) -> None:
    await world.begin()
    await world.update()
    world.channel.failures["p1"] = [PermanentFailure("the channel answered 403")]
    await world.send()
    assert f"2 av 3 som vil ha beskjed om {REF}" in await world.house.work()
    await world.update()
    await world.send()
    assert "har fått den (3)" in await world.house.work()


async def test_the_report_is_told_in_the_chat(world: World) -> None:
    await world.begin()
    await world.update()
    world.channel.failures["p1"] = [PermanentFailure("the channel answered 403")]
    await world.send()
    await world.house.work()
    said = await world.house.says(ULLA, f"leveringsrapport {REF}")
    assert "Jeg henter leveringsrapporten" in said
    told = await world.house.work()
    assert "Personer: 2 levert, 1 ikke levert" in told
    assert "p1: ikke levert (the channel answered 403)" in told
    assert "SAM/IT (lokal side): levert" in told
    ada = person("ansatt")
    assert "Bare USS" in await world.house.says(ada, f"leveringsrapport {REF}")


async def test_there_is_no_report_of_what_is_not_there(world: World) -> None:
    with pytest.raises(LosenError, match="no notice"):
        await report_of(world.house.store, "D-2026-0099")
    assert "ikke rett" in await world.house.says(ULLA, "leveringsrapport D-2026-0099")


async def test_the_forgotten_get_nothing_more(world: World) -> None:
    await world.begin()
    await world.update()
    await world.house.store.write(lambda session: session.messages.forget_person("p1"))
    await world.send()
    assert world.channel.got("p1") == []
    assert "p1" not in str(await report_of(world.house.store, REF))


async def test_long_after_it_is_over_only_the_numbers_are_left(world: World) -> None:
    await world.begin()
    await world.update("Sertifikatet var utløpt.", "resolved", status=NoticeStatus.RESOLVED)
    await world.send()

    def forget(session: Session) -> tuple[int, int]:
        before = world.house.clock()
        return session.affected.forget_over(before), session.messages.forget_over(before)

    assert await world.house.store.write(forget) == (0, 0)
    world.house.clock.advance(60)
    assert await world.house.store.write(forget) == (3, 3)
    assert await world.house.store.write(forget) == (0, 0)
    assert await world.states() == {"sent": 3}
    assert await world.house.store.read(lambda session: session.affected.count(REF)) == 3


async def test_given_up_after_long_enough(world: World) -> None:
    await world.begin(1)
    await world.update()
    world.channel.failures["p0"] = [TemporaryFailure("the channel cannot be reached")] * 2
    await world.send()
    await world.send(timedelta(hours=73).total_seconds())
    assert await world.states() == {MessageState.FAILED.value: 1}
