"""A second person's approval where it happens: in the transaction, against the roles table and the stored notice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.authority import check, check_notice
from bot.notices.writing import NoticeWriter
from bot.store.port import Session
from bot.store.records import POSTING, Job
from dialogs.case import Notice, NoticeStatus, NoticeUpdate, Role
from dialogs.effects import (
    ApproveNotice,
    DropNotice,
    Effect,
    NoticeEffect,
    PublishNotice,
    SendBackNotice,
    SubmitNotice,
    UpdateNotice,
)
from dialogs.notice_steps import submitted
from dialogs.proposed_line import ApproveLine, DropLine, LineEffect, ProposedLine, SendBackLine, SubmitLine
from knowledge.errors import NotAllowed
from knowledge.notice_reach import reach_of
from tests.bot.samples import MONDAY, REACH, a_notice
from tests.bot.whole_house import WholeHouse
from tests.dialogs.talking import second_uss
from tests.transcript import library, person

ROUTING = library().organisation.routing
ORGANISATION = reach_of(library().organisation)
SEEN = replace(a_notice(), approved_by="Remi Manager")
CLOSED = a_notice(groups=("sam_ikt_hovedkontakter",))
MORE = ("sam_it", "sam_ikt_hovedkontakter")
LINE = ProposedLine("D-2026-0001", NoticeUpdate(MONDAY, "ulla", "updated", "En disk er full."), None, "ulla")
BACK_LINE = replace(LINE, reason="Hvilken?")
WAITING = submitted(replace(a_notice(), author_id="ulla"))
BACK = replace(WAITING, status=NoticeStatus.SENT_BACK)
EVENING = MONDAY.replace(hour=16)


@pytest.mark.parametrize(
    ("effect", "who", "stored", "allowed"),
    [
        (PublishNotice(a_notice()), "ulla", None, False),
        (PublishNotice(a_notice(groups=("sam_ikt_hovedkontakter",))), "ulla", None, True),
        (SubmitNotice(WAITING), "ulla", None, True),
        (SubmitNotice(WAITING), "remi", None, False),
        (SubmitNotice(WAITING), "ulla", BACK, True),
        (SubmitNotice(WAITING), "remi", BACK, False),
        (SubmitNotice(WAITING), "ulla", a_notice(), False),
        (ApproveNotice(WAITING.ref, MONDAY), "remi", WAITING, True),
        (ApproveNotice(WAITING.ref, MONDAY), "ulla", WAITING, False),
        (ApproveNotice(WAITING.ref, MONDAY - timedelta(seconds=1)), "remi", WAITING, False),
        (ApproveNotice(WAITING.ref, MONDAY), "remi", BACK, False),
        (ApproveNotice(WAITING.ref, MONDAY), "remi", None, False),
        (SendBackNotice(WAITING.ref, "x"), "remi", WAITING, True),
        (SendBackNotice(WAITING.ref, "x"), "ulla", WAITING, False),
        (SendBackNotice(WAITING.ref, "x"), "remi", a_notice(), False),
        (DropNotice(WAITING.ref), "ulla", WAITING, True),
        (DropNotice(WAITING.ref), "remi", BACK, True),
        (DropNotice(WAITING.ref), "ulla", a_notice(), False),
        (UpdateNotice(SEEN), "remi", SEEN, True),
        (UpdateNotice(a_notice()), "remi", a_notice(), False),
        (UpdateNotice(SEEN), "remi", a_notice(), False),
        (UpdateNotice(replace(SEEN, groups=("sam_it", "more"))), "remi", SEEN, False),
        (UpdateNotice(SEEN), "ulla", WAITING, False),
        (UpdateNotice(CLOSED), "ulla", CLOSED, True),
        # More groups than were approved, or fewer, or those the text was not written for.
        (UpdateNotice(replace(SEEN, groups=MORE)), "remi", SEEN, False),
        (UpdateNotice(replace(SEEN, groups=MORE, approved_by="")), "remi", SEEN, False),
        (UpdateNotice(replace(SEEN, groups=())), "remi", SEEN, False),
        (UpdateNotice(replace(CLOSED, groups=MORE)), "ulla", CLOSED, False),
    ],
)
def test_table(effect: NoticeEffect, who: str, stored: Notice | None, allowed: bool) -> None:
    if allowed:
        check_notice(effect, who, stored, ORGANISATION, MONDAY)
    else:
        with pytest.raises(NotAllowed):
            check_notice(effect, who, stored, ORGANISATION, MONDAY)


@pytest.mark.parametrize(
    ("effect", "who", "stored", "proposed", "allowed"),
    [
        (SubmitLine(LINE), "ulla", a_notice(), None, True),
        (SubmitLine(LINE), "ulla", a_notice(), BACK_LINE, True),
        (SubmitLine(LINE), "remi", a_notice(), None, False),
        (SubmitLine(replace(LINE, author_id="remi")), "remi", a_notice(), LINE, False),
        (SubmitLine(LINE), "ulla", replace(a_notice(), status=NoticeStatus.RESOLVED), None, False),
        (SubmitLine(LINE), "ulla", WAITING, None, False),
        (SubmitLine(LINE), "ulla", None, None, False),
        (SubmitLine(replace(LINE, changes={"groups": ",".join(MORE)})), "ulla", SEEN, None, True),
        (SubmitLine(replace(LINE, changes={"groups": ",".join(MORE)})), "ulla", CLOSED, None, False),
        (SubmitLine(replace(LINE, changes={"groups": "sam_it,made_up"})), "ulla", SEEN, None, False),
        (SubmitLine(replace(LINE, changes={"groups": ""})), "ulla", SEEN, None, False),
        (ApproveLine(LINE.ref, MONDAY), "remi", a_notice(), LINE, True),
        (ApproveLine(LINE.ref, MONDAY), "ulla", a_notice(), LINE, False),
        (ApproveLine(LINE.ref, MONDAY - timedelta(seconds=1)), "remi", a_notice(), LINE, False),
        (ApproveLine(LINE.ref, MONDAY), "remi", a_notice(), BACK_LINE, False),
        (ApproveLine(LINE.ref, MONDAY), "remi", a_notice(), None, False),
        (SendBackLine(LINE.ref, "x"), "remi", a_notice(), LINE, True),
        (SendBackLine(LINE.ref, "x"), "ulla", a_notice(), LINE, False),
        (DropLine(LINE.ref), "remi", a_notice(), LINE, True),
        (DropLine(LINE.ref), "remi", a_notice(), None, False),
    ],
)
def test_table_of_lines(
    effect: LineEffect, who: str, stored: Notice | None, proposed: ProposedLine | None, allowed: bool
) -> None:
    if allowed:
        check_notice(effect, who, stored, ORGANISATION, MONDAY, proposed)
    else:
        with pytest.raises(NotAllowed):
            check_notice(effect, who, stored, ORGANISATION, MONDAY, proposed)


@pytest.mark.parametrize(
    "effect",
    [
        PublishNotice(a_notice()), UpdateNotice(a_notice()), SubmitNotice(WAITING), ApproveNotice("D", MONDAY),
        SendBackNotice("D", "x"), DropNotice("D"), SubmitLine(LINE), ApproveLine("D", MONDAY), SendBackLine("D", "x"),
        DropLine("D"),
    ],
)  # fmt: skip
def test_only_the_desk(effect: Effect) -> None:
    check(effect, "ulla", {Role.USS}, None)
    with pytest.raises(NotAllowed):
        check(effect, "ulla", frozenset(Role) - {Role.USS}, None)


def test_with_one_person_on_duty_more_groups_get_it_and_nobody_is_said_to_have_approved_that() -> None:
    wider = replace(SEEN, groups=MORE)
    check_notice(UpdateNotice(replace(wider, approved_by="")), "ulla", SEEN, ORGANISATION, EVENING)
    with pytest.raises(NotAllowed):
        check_notice(UpdateNotice(wider), "ulla", SEEN, ORGANISATION, EVENING)


async def test_a_group_that_gets_it_later_gets_a_post_of_its_own_and_the_others_keep_theirs(house: WholeHouse) -> None:
    line = replace(LINE, line=replace(LINE.line, closed="Node 3"), changes={"groups": ",".join(MORE)})

    def approve(session: Session) -> None:
        session.notices.add(SEEN)
        session.proposed_lines.save(line)
        writer = NoticeWriter(session, "c", second_uss(), MONDAY, house.new_id, ORGANISATION, ROUTING)
        writer.write_line(ApproveLine(LINE.ref, MONDAY))

    await house.store.write(approve)
    rows = await house.store.read(lambda session: session.outbox.of_ref(SEEN.ref, POSTING))
    assert [(row.job, "Node 3" in str(row.payload)) for row in rows] == [
        (Job.UPDATE_NOTICE, False), (Job.PUBLISH_NOTICE, True),
    ]  # fmt: skip
    stored = await house.store.read(lambda session: session.notices.get(SEEN.ref))
    assert stored is not None
    assert (stored.groups, stored.approved_by) == (MORE, "Remi Manager")


def test_with_one_person_on_duty_it_goes_out() -> None:
    check_notice(PublishNotice(a_notice()), "ulla", None, ORGANISATION, EVENING)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[WholeHouse]:
    house = WholeHouse(tmp_path / "losen.db")
    for who in (ULLA, REMI):
        await house.grant(who)
        await house.says(who, "hei")
    yield house
    await house.store.close()


ULLA, REMI = person("uss", virksomhet="UKE"), second_uss()


async def _write(house: WholeHouse, effect: NoticeEffect, who: str = ULLA.id) -> None:
    def write(session: Session) -> None:
        by = ULLA if who == ULLA.id else REMI
        NoticeWriter(session, f"c-{who}", by, house.clock(), house.new_id, REACH, ROUTING).write(effect)

    await house.store.write(write)


async def test_the_others_are_asked_and_the_author_hears_the_answer(house: WholeHouse) -> None:
    waiting = replace(WAITING, author_id=ULLA.id, author=ULLA.name)
    await _write(house, SubmitNotice(waiting))
    assert "Ulla Uss ber deg godkjenne driftsmelding D-2026-0001" in await house.work()
    assert await house.feed.posts() == ()
    await house.says(REMI, press="approval:D-2026-0001:back")
    await house.says(REMI, "Hvem gjelder det?")
    assert "sendt driftsmelding D-2026-0001 tilbake: «Hvem gjelder det?»" in await house.work()
    await house.says(ULLA, press="mend:D-2026-0001")
    await house.says(ULLA, "publiser")
    await house.says(ULLA, "ja")
    assert "ber deg godkjenne" in await house.work()
    await house.says(REMI, "til godkjenning")
    await house.says(REMI, "Godkjenn og publiser")
    told = await house.work()
    assert "Remi Manager har godkjent driftsmelding D-2026-0001" in told
    (post,) = await house.feed.posts()
    assert (post.notice.approved_by, [line.kind for line in post.notice.history]) == ("Remi Manager", ["published"])


async def test_a_forged_approval_of_ones_own_publishes_nothing(house: WholeHouse) -> None:
    waiting = replace(WAITING, author_id=ULLA.id)
    await _write(house, SubmitNotice(waiting))
    version = f"{waiting.updated_at.timestamp():.6f}"
    said = await house.says(ULLA, press=f"approval:D-2026-0001:approve:{version}")
    assert "En annen i USS må godkjenne" in said
    assert await house.notices() == ()


async def test_nobody_else_has_talked_to_the_bot(tmp_path: Path) -> None:
    house = WholeHouse(tmp_path / "losen.db")
    await house.grant(ULLA)
    await house.says(ULLA, "hei")
    await _write(house, SubmitNotice(replace(WAITING, author_id=ULLA.id)))
    assert "Ingen andre i USS har snakket med meg" in await house.work()
    await house.store.close()


async def test_whoever_was_faster_spares_the_others_the_question(house: WholeHouse) -> None:
    await _write(house, SubmitNotice(replace(WAITING, author_id=ULLA.id)))
    await _write(house, DropNotice("D-2026-0001"))
    assert await house.work() == ""


async def test_what_went_out_unapproved_is_told_to_the_others(house: WholeHouse) -> None:
    reach = replace(REACH, approval_from=10_000)

    def write(session: Session) -> None:
        NoticeWriter(session, "c", ULLA, MONDAY, house.new_id, reach, ROUTING).write(PublishNotice(a_notice()))

    await house.store.write(write)
    assert "uten at noen andre har sett på den" in await house.work()


async def test_a_notice_that_waits_stands_on_no_list(house: WholeHouse) -> None:
    await _write(house, SubmitNotice(replace(WAITING, author_id=ULLA.id)))

    def lists(session: Session) -> tuple[int, ...]:
        notices = session.notices
        return len(notices.all()), len(notices.active()), len(notices.recent(MONDAY)), len(notices.unpublished())

    assert await house.store.read(lists) == (0, 0, 0, 1)


async def _in_the_morning(house: WholeHouse) -> None:
    """A notice that Ulla published while she was on duty alone; it is Monday at ten now, and both are at work."""
    stored = replace(a_notice(), author_id=ULLA.id, author=ULLA.name)
    await house.store.write(lambda session: session.notices.add(stored))
    await house.says(ULLA, "oppdater D-2026-0001: en disk er full, ny oppdatering kl 14")


async def test_a_line_of_what_nobody_has_seen_is_posted_when_a_second_person_has_approved_it(house: WholeHouse) -> None:
    await _in_the_morning(house)
    assert "venter på godkjenning" in await house.says(ULLA, "ja")
    asked = await house.work()
    assert "Ulla Uss ber deg godkjenne noe nytt om driftsmelding D-2026-0001: En disk er full" in asked
    assert [len(one.history) for one in await house.notices()] == [1]
    assert await house.feed.posts() == ()
    await house.says(REMI, "Se meldingen")
    assert "er oppdatert" in await house.says(REMI, "Godkjenn og send til 12 000")
    assert "Remi Manager har godkjent det du skrev" in await house.work()
    (notice,) = await house.notices()
    assert (notice.history[-1].by, notice.approved_by) == ("Ulla Uss", "Remi Manager")
    (post,) = await house.feed.posts()
    assert post.notice.history[-1].text.startswith("En disk er full")
    # What was promised is the author's to keep.
    due = notice.next_update_at
    assert due is not None
    (promise,) = await house.store.read(lambda session: session.promises.to_remind(due))
    assert promise.person_id == ULLA.id


async def test_it_is_sent_back_and_given_up(house: WholeHouse) -> None:
    await _in_the_morning(house)
    await house.says(ULLA, "ja")
    await house.work()
    await house.says(REMI, "Se meldingen")
    await house.says(REMI, "Send tilbake")
    await house.says(REMI, "Hvilken disk?")
    assert "har sendt tilbake det du skrev om driftsmelding D-2026-0001: «Hvilken disk?»" in await house.work()
    await house.says(REMI, press="approval:D-2026-0001:drop")
    assert "har forkastet det du skrev" in await house.work()
    assert await house.feed.posts() == ()


async def test_whoever_wrote_on_in_the_evening_gave_up_what_still_waited(house: WholeHouse) -> None:
    await _in_the_morning(house)
    await house.says(ULLA, "ja")
    await house.work(6 * 3600 + 60)
    await house.says(REMI, "oppdater D-2026-0001: disken er byttet, ny oppdatering kl 18")
    await house.says(REMI, "send")
    told = await house.work()
    assert "Remi Manager har forkastet det du skrev" in told
    assert await house.store.read(lambda session: session.proposed_lines.all()) == ()
    # Nobody else has seen those words either, so they are told as they go out.
    assert "Remi Manager har skrevet nytt om driftsmelding D-2026-0001: Disken er byttet" in told


async def test_a_forged_update_of_what_nobody_has_seen_changes_nothing(house: WholeHouse) -> None:
    await house.store.write(lambda session: session.notices.add(a_notice()))
    for press in ("line:send:0123456789ab", "approval:D-2026-0001:approve:1"):
        await house.says(ULLA, press=press)
    assert [len(one.history) for one in await house.notices()] == [1]
