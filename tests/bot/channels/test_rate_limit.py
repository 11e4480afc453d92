"""A person who writes too much is asked to wait; nobody else notices."""

from __future__ import annotations

import asyncio
from itertools import count

from bot.channels import rate_limit
from bot.channels.rate_limit import RateLimitedTurns
from bot.turns import Answered, Incoming
from dialogs.case import Person
from dialogs.events import Said
from dialogs.replies import Text
from tests.bot.channels.doubles import EchoTurns

WAIT = Answered((Text("Vent litt"),), failed=True)


class House:
    """A limit of three a minute before turns that echo, and a clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.turns = EchoTurns()
        self.asked: list[str] = []
        self.numbers = count()
        self.limited = RateLimitedTurns(self.turns, self.busy, 3, lambda: self.now)

    async def busy(self, conversation_id: str) -> Answered:
        self.asked.append(conversation_id)
        return WAIT

    def says(self, who: str = "kari") -> bool:
        """Whether a message of this person is answered, and not put off."""
        sent: list[Answered] = []

        async def send(answered: Answered) -> None:
            sent.append(answered)

        message = Incoming(f"c-{who}", f"m{next(self.numbers)}", "web", Said("hei"), Person(who, who))
        answered = asyncio.run(self.limited.handle(message, send))
        assert sent == [answered]
        return not answered.failed

    def exhaust(self, who: str = "kari") -> None:
        while self.says(who):
            pass


def test_beyond_the_limit_a_person_is_asked_to_wait_and_the_engine_is_left_alone() -> None:
    house = House()
    assert [house.says() for _ in range(5)] == [True, True, True, False, False]
    assert len(house.turns.taken) == 3
    assert house.asked == ["c-kari", "c-kari"]


def test_others_are_answered_all_the_same() -> None:
    house = House()
    house.exhaust()
    assert house.says("ola")


def test_time_gives_messages_back_but_never_more_than_a_minutes_worth() -> None:
    house = House()
    house.exhaust()
    house.now += 20
    assert [house.says(), house.says()] == [True, False]
    house.now += 3600
    assert [house.says() for _ in range(4)] == [True, True, True, False]


def test_those_who_are_quiet_are_forgotten_but_nobody_who_writes() -> None:
    house = House()
    house.exhaust()
    for number in range(rate_limit._REMEMBERED * 2):
        house.limited._take(f"p{number}")
    assert not house.says()
    house.now += 61
    house.says("one more")
    assert set(house.limited._buckets) == {"one more"}
