"""What every port to the world must do, whoever is at the other end.

A real adapter's test module inherits the contract, makes the fixture it names against a fake over real HTTP, and runs
the same tests as the default port.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ports import CaseSystem, Desk, GroupFeed, HandedOver
from dialogs.case import Case
from dialogs.effects import Move
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure, TemporaryFailure
from knowledge.feed_targets import FeedTarget, page_of
from tests.bot.samples import KARI, a_case, a_notice


class CaseSystemContract:
    """Needs a fixture `case_system`, whose other end knows the person with the address `follower`."""

    follower = "ola@oslo.example"

    async def test_an_opened_case_is_found_by_its_key(self, case_system: CaseSystem) -> None:
        opened = await case_system.open(a_case(), "key-1")
        assert opened.link or opened.local_number
        assert await case_system.look_up("key-1") == opened
        assert await case_system.look_up("key-2") is None

    async def test_two_cases_get_two_numbers(self, case_system: CaseSystem) -> None:
        first = await case_system.open(a_case(), "key-1")
        second = await case_system.open(a_case("L-2026-000002"), "key-2")
        assert first != second

    async def test_a_case_is_commented_and_withdrawn_and_again(self, case_system: CaseSystem) -> None:
        case = a_case()
        opened = await case_system.open(case, "key-1")
        case = replace(case, kompass=opened.link)
        for _ in range(2):
            await case_system.comment(case, "Hei USS, <b>det haster</b>", "key-2")
            await case_system.withdraw(case, "key-3")
        assert await self.comments(case_system, case) == ["Hei USS, <b>det haster</b>"]
        assert await self.withdrawn(case_system, case)

    async def test_a_case_that_was_never_opened_cannot_be_commented_or_withdrawn(self, case_system: CaseSystem) -> None:
        with pytest.raises(PermanentFailure):
            await case_system.comment(a_case(), "Hei USS", "key-1")
        with pytest.raises(PermanentFailure):
            await case_system.withdraw(a_case(), "key-2")

    async def test_files_are_added_to_a_case_once_a_key(self, case_system: CaseSystem) -> None:
        (case,) = await self.registered(case_system, 1)
        files = [await self.a_file(name) for name in ("logg.txt", "skjerm (æ).txt")]
        for _ in range(2):
            assert await case_system.attach(case, files, "key-a") == ()
        assert await self.attached(case_system, case) == ["logg.txt", "skjerm (æ).txt"]
        # The same file may well be sent twice on purpose.
        await case_system.attach(case, files[:1], "key-b")
        assert await self.attached(case_system, case) == ["logg.txt", "skjerm (æ).txt", "logg.txt"]

    async def test_no_files_are_added_to_a_case_that_was_never_opened(self, case_system: CaseSystem) -> None:
        with pytest.raises(PermanentFailure):
            await case_system.attach(a_case(), [await self.a_file("logg.txt")], "key-a")

    async def test_followers_are_added_and_taken_off_once(self, case_system: CaseSystem) -> None:
        (case,) = await self.registered(case_system, 1)
        for key in ("key-a", "key-a", "key-b"):
            await case_system.follow(case, self.follower, key, follows=True)
        assert await self.followers(case_system, case) == [self.follower]
        for key in ("key-c", "key-c", "key-d"):
            await case_system.follow(case, self.follower, key, follows=False)
        assert await self.followers(case_system, case) == []
        with pytest.raises(PermanentFailure):
            await case_system.follow(a_case("L-2026-000009"), self.follower, "key-e", follows=True)

    @pytest.mark.parametrize("move", list(Move))
    async def test_a_case_without_a_solution_is_not_moved(self, case_system: CaseSystem, move: Move) -> None:
        (case,) = await self.registered(case_system, 1)
        for one in (case, a_case("L-2026-000009")):
            with pytest.raises(PermanentFailure):
                await case_system.move(one, move, f"key {one.ref}")

    async def test_an_undersak_is_attached_once_and_taken_off_once(self, case_system: CaseSystem) -> None:
        hovedsak, case, other = await self.registered(case_system, 3)
        for _ in range(2):
            await case_system.relate(case, hovedsak, "key-a")
        await case_system.relate(case, hovedsak, "key-b")
        assert await self.undersaker(case_system, hovedsak) == [case.ref]
        await case_system.relate(other, hovedsak, "key-c")
        for _ in range(2):
            await case_system.unrelate(case, hovedsak, "key-d")
        await case_system.unrelate(case, hovedsak, "key-e")
        assert await self.undersaker(case_system, hovedsak) == [other.ref]

    async def test_an_undersak_waits_for_the_number_of_its_hovedsak(self, case_system: CaseSystem) -> None:
        (case,) = await self.registered(case_system, 1)
        with pytest.raises(TemporaryFailure):
            await case_system.relate(case, a_case("L-2026-000009"), "key-a")
        with pytest.raises(PermanentFailure):
            await case_system.relate(a_case("L-2026-000009"), case, "key-b")

    async def registered(self, case_system: CaseSystem, count: int) -> list[Case]:
        """Cases as they are once the other end has them."""
        cases = [a_case(f"L-2026-{number:06d}") for number in range(1, count + 1)]
        return [replace(case, kompass=(await case_system.open(case, f"open {case.ref}")).link) for case in cases]

    async def a_file(self, name: str) -> Attachment:
        """A file that a person has sent, as text/plain."""
        raise NotImplementedError

    async def attached(self, case_system: CaseSystem, case: Case) -> list[str]:
        """The names of the files that the other end has on the case, in order."""
        raise NotImplementedError

    async def followers(self, case_system: CaseSystem, case: Case) -> list[str]:
        """The addresses of those who follow the case at the other end, once for each link."""
        raise NotImplementedError

    async def undersaker(self, case_system: CaseSystem, hovedsak: Case) -> list[str]:
        """Our references of the cases that the other end has linked to the hovedsak, once for each link."""
        raise NotImplementedError

    async def comments(self, case_system: CaseSystem, case: Case) -> list[str]:
        """The plain texts of the case's comments at the other end, in order."""
        raise NotImplementedError

    async def withdrawn(self, case_system: CaseSystem, case: Case) -> bool:
        """Whether the other end holds the case as withdrawn."""
        raise NotImplementedError


class GroupFeedContract:
    """Needs a fixture `feed`, and the targets of an open and a closed group that it posts to."""

    open: FeedTarget = page_of("sam_it")
    closed: FeedTarget = page_of("sam_ikt_hovedkontakter")

    async def test_a_post_is_found_by_its_key(self, feed: GroupFeed) -> None:
        post_id = await feed.publish(a_notice(), self.open, "key-1")
        assert await feed.look_up(self.open, "key-1") == post_id
        assert await feed.look_up(self.open, "key-2") is None
        assert await self.shown(feed, self.open) == ["AKS er nede"]

    async def test_the_same_post_twice_is_one_post(self, feed: GroupFeed) -> None:
        first = await feed.publish(a_notice(), self.open, "key-1")
        assert await feed.publish(a_notice(), self.open, "key-1") == first
        assert await self.shown(feed, self.open) == ["AKS er nede"]

    async def test_an_update_edits_the_post_and_makes_no_second_one(self, feed: GroupFeed) -> None:
        post_id = await feed.publish(a_notice(), self.open, "key-1")
        for _ in range(2):
            assert await feed.update(post_id, a_notice(what="AKS virker igjen"), self.open, "key-2") == post_id
        assert await self.shown(feed, self.open) == ["AKS virker igjen"]

    async def test_groups_have_their_own_posts(self, feed: GroupFeed) -> None:
        first = await feed.publish(a_notice(), self.open, "key-1")
        second = await feed.publish(a_notice(), self.closed, "key-2")
        assert first != second
        await feed.update(first, a_notice(what="AKS virker igjen"), self.open, "key-3")
        assert await self.shown(feed, self.closed) == ["AKS er nede"]

    async def test_a_post_that_is_gone_is_made_anew(self, feed: GroupFeed) -> None:
        post_id = await feed.update("gone", a_notice(), self.open, "key-1")
        assert post_id != "gone"
        assert await self.shown(feed, self.open) == ["AKS er nede"]

    async def shown(self, feed: GroupFeed, target: FeedTarget) -> list[str]:
        """What happens (`Notice.what`), of each post at the target, as people see it at the other end."""
        raise NotImplementedError


class DeskContract:
    """Needs a fixture `desk`."""

    async def test_a_hand_over_arrives_once(self, desk: Desk) -> None:
        for _ in range(2):
            await desk.take_over(HandedOver("desk", "Kari trenger hjelp", KARI, "c1"), "key-1")
        assert await self.received(desk) == ["Kari trenger hjelp"]

    async def received(self, desk: Desk) -> list[str]:
        """The summaries that arrived at the other end."""
        raise NotImplementedError
