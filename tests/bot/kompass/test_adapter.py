"""Kompass as the case system, over HTTP: the contract of the port, and every way in which an answer can be lost."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.kompass.answers import Refused
from bot.kompass.client import AT_ONCE
from bot.kompass.exactly_once import MOST_REFUSALS, MOST_SENT
from bot.kompass.html import to_text
from bot.ports import CaseSystem
from bot.store import Session
from bot.store.records import Job, OutboxRecord, Profile
from dialogs.case import Case
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure, TemporaryFailure, UncertainOutcome, UnknownPerson
from tests.bot.kompass.conftest import EMAIL, End
from tests.bot.port_contracts import CaseSystemContract
from tests.bot.samples import MONDAY, a_case
from tests.fake_kompass.faults import Fault
from tests.fake_kompass.world import SCHEMA

CREATE = "ems/bulk"


class TestKompass(CaseSystemContract):
    @pytest.fixture
    def case_system(self, end: End) -> CaseSystem:
        self.end = end
        end.fake.world.add_person("7002", "Ola", self.follower)
        return end.cases

    async def comments(self, case_system: CaseSystem, case: Case) -> list[str]:
        assert case.kompass is not None
        bodies = [one["Body"] for one in self.end.fake.world.comments[case.kompass.id]]
        return [to_text(body).partition("\n")[0] for body in bodies]

    async def a_file(self, name: str) -> Attachment:
        return await self.end.files.save_bytes(name, name.encode())

    async def attached(self, case_system: CaseSystem, case: Case) -> list[str]:
        return linked_files(self.end)

    async def followers(self, case_system: CaseSystem, case: Case) -> list[str]:
        assert case.kompass is not None
        world = self.end.fake.world
        persons = [
            second for name, first, second in world.links if (name, first) == ("FollowedByUsers", case.kompass.id)
        ]
        return [world.entities["Person"][one]["Email"] for one in persons]

    async def undersaker(self, case_system: CaseSystem, hovedsak: Case) -> list[str]:
        assert hovedsak.kompass is not None
        world = self.end.fake.world
        keys = {one["Id"]: one["ExternalProcessReference"] for one in world.requests}
        linked = [first for name, first, second in world.links if second == hovedsak.kompass.id]
        assert {name for name, _, _ in world.links} <= {"RequestCausedByRequest"}
        return [keys[number].removeprefix("losen:open ") for number in linked]

    async def withdrawn(self, case_system: CaseSystem, case: Case) -> bool:
        (request,) = self.end.fake.world.requests
        return bool(request["PhaseId"] == "Abandon")


def linked_files(end: End) -> list[str]:
    """The names on the first request, each checked against what was uploaded."""
    request = end.fake.world.requests[0]
    entries = json.loads(request.get("RequestAttachments", '{"complexTypeProperties":[]}'))["complexTypeProperties"]
    names = [one["properties"]["file_name"] for one in entries]
    assert [end.fake.world.files[one["properties"]["id"]][1] for one in entries] == [name.encode() for name in names]
    return names


async def test_a_case_carries_its_reporter_form_words_and_key(end: End) -> None:
    opened = await end.cases.open(a_case(), "key-1")
    assert opened.link is not None
    (request,) = end.fake.world.requests
    assert opened.link.id == request["Id"]
    assert opened.link.url == f"{end.url}/saw/ess/requestTracking/{request['Id']}?TENANTID=583754967"
    assert {name: request[name] for name in ("RequestedByPerson", "RequestedForPerson", "RequestsOffering")} == {
        "RequestedByPerson": "7001",
        "RequestedForPerson": "7001",
        "RequestsOffering": "900884",
    }
    assert (request["Urgency"], request["ImpactScope"]) == ("SlightDisruption", "SiteOrDepartment")
    assert request["ExternalProcessReference"] == "losen:key-1"
    assert "&lt;AKS&gt; &amp; Gerica 🙈" in request["Description"]
    assert "<AKS>" not in request["Description"]


async def test_attachments_are_linked_by_the_call_that_creates(end: End) -> None:
    names = ("skjerm bilde.txt", 'æ"ø.txt')
    files = [await end.files.save_bytes(name, name.encode() * 1000) for name in names]
    end.fake.faults.order("frs", Fault.SOFT_UPLOAD, times=2)
    await end.cases.open(replace(a_case(), attachments=tuple(files)), "key-1")
    (request,) = end.fake.world.requests
    linked = [one["properties"] for one in json.loads(request["RequestAttachments"])["complexTypeProperties"]]
    assert [(one["file_name"], one["size"]) for one in linked] == [(one.name, one.size) for one in files]
    kept = [end.fake.world.files[one["id"]] for one in linked]
    assert [content for _, content in kept] == [name.encode() * 1000 for name in names]
    assert sum("ems/bulk" in path for _, path in end.fake.seen) == 1


async def test_a_file_refused_by_accident_is_sent_again_and_one_refused_again_and_again_is_told(end: End) -> None:
    """One 400 was enough for the case to go without it."""
    file = await end.files.save_bytes("skjerm.txt", b"hei")
    case = replace(a_case(), attachments=(file,))
    end.fake.faults.order("frs", Fault.FLAT_ERROR, times=3)
    await end.cases.open(case, "key-1")
    end.fake.faults.order("frs", Fault.FLAT_ERROR, times=4)
    await end.cases.open(case, "key-2")
    first, second = end.fake.world.requests
    assert "RequestAttachments" in first
    assert "RequestAttachments" not in second
    assert "skjerm.txt" in second["Description"]


async def test_a_file_that_is_gone_is_told_in_the_case_and_does_not_stop_it(end: End) -> None:
    file = await end.files.save_bytes("borte.txt", b"hei")
    end.files.path(file.sha256).unlink()
    await end.cases.open(replace(a_case(), attachments=(file,)), "key-1")
    (request,) = end.fake.world.requests
    assert "borte.txt" in request["Description"]


async def test_followers_are_linked_once_and_unknown_ones_told(end: End) -> None:
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    case = replace(a_case(), followers=("ola@oslo.example", "ingen@oslo.example", "Per i tredje"))
    end.fake.faults.order("associations", Fault.BAD_GATEWAY, times=3)
    with pytest.raises(TemporaryFailure):
        await end.cases.open(case, "key-1")
    for _ in range(2):
        await end.cases.open(case, "key-1")
    (request,) = end.fake.world.requests
    assert end.fake.world.links == [("FollowedByUsers", request["Id"], "7002")]
    assert "ingen@oslo.example, Per i tredje" in request["Description"]


async def test_followers_are_linked_the_other_way_round_where_the_tenant_wants_it(end: End) -> None:
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    end.fake.world.person_first = True
    await end.cases.open(replace(a_case(), followers=("ola@oslo.example",)), "key-1")
    (request,) = end.fake.world.requests
    assert end.fake.world.links == [("FollowedByUsers", request["Id"], "7002")]


async def test_followers_that_can_never_be_linked_do_not_keep_the_number_back(end: End) -> None:
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    end.fake.faults.order("associations", Fault.FLAT_ERROR, times=3)
    case = replace(a_case(), followers=("ola@oslo.example",))
    for _ in range(2):
        with pytest.raises(TemporaryFailure, match="not linked yet"):
            await end.cases.open(case, "key-1")
    opened = await end.cases.open(case, "key-1")
    assert opened.link is not None
    assert await end.cases.open(a_case(), "key-1") == opened
    assert end.fake.world.links == []


async def test_a_follower_whose_link_failed_by_accident_is_linked_all_the_same(end: End) -> None:
    """It was given up, since the other way round, which was tried at once, is refused for good."""
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    case = replace(a_case(), followers=("ola@oslo.example",))
    await end.cases.open(a_case(), "key-0")
    end.fake.faults.order("associations", Fault.FAILED, times=2)
    end.fake.faults.order(CREATE, Fault.FAILED, times=1, after=1)
    with pytest.raises(TemporaryFailure, match="not linked yet"):
        await end.cases.open(case, "key-1")
    await end.cases.open(case, "key-1")
    assert [link[2] for link in end.fake.world.links] == ["7002"]


async def test_on_behalf_of_an_address_is_the_person_and_a_name_is_the_reporter(end: End) -> None:
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    await end.cases.open(replace(a_case(), on_behalf_of="ola@oslo.example"), "key-1")
    await end.cases.open(replace(a_case(), on_behalf_of="Ola Normann"), "key-2")
    assert [one["RequestedForPerson"] for one in end.fake.world.requests] == ["7002", "7001"]
    assert {one["RequestedByPerson"] for one in end.fake.world.requests} == {"7001"}


async def test_the_fields_of_the_form_become_user_options(end: End) -> None:
    form = next(form for form in end.library.catalogue if {field.type for field in form.fields} >= {"choice", "date"})
    values: dict[str, Callable[[Any], str]] = {"choice": lambda one: one.choices[-1], "date": lambda one: "2026-12-01"}
    answers = {one.key: values.get(one.type, lambda one: f"svar {one.key}")(one) for one in form.fields}
    await end.cases.open(replace(a_case(), form_id=form.id, kind="service", answers=answers), "key-1")
    (request,) = end.fake.world.requests
    options = json.loads(request["UserOptions"])["complexTypeProperties"][0]["properties"]
    for one in form.fields:
        if one.type == "choice":
            assert options[f"{one.key.title()}_c"] == f"Value{len(one.choices) - 1}_c"
        elif one.type == "date":
            assert options[f"{one.key.title()}_c"] == "1796079600000"
    assert request["Urgency"] == "NoDisruption"


async def test_fields_that_could_not_be_read_once_are_read_for_the_next_case(end: End) -> None:
    """Forms whose fields failed to come, once, were filled in for nobody until the next start."""
    form = next(form for form in end.library.catalogue if any(field.type == "choice" for field in form.fields))
    answers = {one.key: one.choices[0] if one.choices else "svar" for one in form.fields}
    case = replace(a_case(), form_id=form.id, kind="service", answers=answers)
    end.fake.faults.order("user-options", Fault.FLAT_ERROR)
    for key in ("key-1", "key-2"):
        await end.cases.open(case, key)
    filled = [
        json.loads(one["UserOptions"])["complexTypeProperties"][0]["properties"] for one in end.fake.world.requests
    ]
    assert filled[0] == {}
    assert len(filled[1]) >= 1


@pytest.mark.parametrize("part", ["ems/Person", "ems/Offering", "user-options"])
async def test_a_question_that_failed_inside_200_is_asked_again_and_refuses_no_case(end: End, part: str) -> None:
    form = next(form for form in end.library.catalogue if any(field.type == "choice" for field in form.fields))
    answers = {one.key: one.choices[0] if one.choices else "svar" for one in form.fields}
    end.fake.faults.order(part, Fault.FAILED, times=2)
    await end.cases.open(replace(a_case(), form_id=form.id, kind="service", answers=answers), "key-1")
    (request,) = end.fake.world.requests
    assert json.loads(request["UserOptions"])["complexTypeProperties"][0]["properties"]


async def test_what_was_perhaps_sent_is_looked_for_although_a_later_attempt_got_nowhere(end: End) -> None:
    """A second attempt that never reached Kompass wiped out that the first one might have."""
    end.fake.world.lag = math.inf
    end.fake.faults.order(CREATE, Fault.TRUNCATED, done=True)
    with pytest.raises(UncertainOutcome):
        await end.cases.open(a_case(), "key-1")
    end.clock.advance(62.5)
    end.fake.faults.order(CREATE, Fault.THROTTLED, times=3)
    with pytest.raises(TemporaryFailure):
        await end.cases.open(a_case(), "key-1")
    end.fake.world.lag = 0  # the index was slower than anybody thought
    await end.cases.open(a_case(), "key-1")
    assert len(end.fake.world.requests) == 1


@pytest.mark.parametrize("known", ["nobody", "two", "deleted", "robot", "no address", "an attack"])
async def test_a_case_whose_reporter_is_not_certain_waits_and_is_never_the_robots(end: End, known: str) -> None:
    world, address = end.fake.world, EMAIL
    match known:
        case "nobody":
            del world.entities["Person"]["7001"]
        case "two":
            world.add_person("7003", "En annen", EMAIL)
        case "deleted":
            world.entities["Person"]["7001"]["IsDeleted"] = "true"
        case "robot":
            address = "svc-losen@example.invalid"
        case "no address":
            address = ""
        case _:
            address = "x' or Id > 0 or Upn='y@z"
    await end.store.write(lambda session: session.people.save_profile(Profile("kari", "Kari", "BGO", address)))
    with pytest.raises(UnknownPerson, match="the reporter") as error:
        await end.cases.open(a_case(), "key-1")
    assert world.requests == []
    assert (error.value.retry_after, error.value.whom) == (600, "reporter")
    whys = {"two": "several", "robot": "robot", "no address": "no_address", "an attack": "no_address"}
    assert error.value.why == whys.get(known, "nobody")
    assert EMAIL not in str(error.value)
    # Once it is put right, the same case goes as if nothing had been.
    world.add_person("7001", "Kari", "kari@oslo.example")
    await end.store.write(
        lambda session: session.people.save_profile(Profile("kari", "Kari", "BGO", "kari@oslo.example"))
    )
    await end.cases.open(a_case(), "key-1")
    assert [one["RequestedByPerson"] for one in world.requests] == ["7001"]


async def test_a_robot_with_the_address_of_a_person_is_not_taken_for_a_second_person(
    end: End, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case waited for somebody to put right what was not wrong."""
    robots = {"IsSystemIntegration": "BOOLEAN", "IsSystem": "BOOLEAN"}
    end.fake.world.add_person("7009", "En annen robot", EMAIL)
    with pytest.raises(UnknownPerson):  # this tenant does not tell robots from people
        await end.cases.open(a_case(), "key-1")
    monkeypatch.setitem(SCHEMA, "Person", SCHEMA["Person"] | robots)
    end.fake.world.entities["Person"]["7009"]["IsSystemIntegration"] = "true"
    await end.cases.open(a_case(), "key-1")
    assert [one["RequestedByPerson"] for one in end.fake.world.requests] == ["7001"]


@pytest.mark.parametrize(
    "fault", [Fault.LATE, Fault.BAD_GATEWAY, Fault.LOGIN_PAGE, Fault.TRUNCATED, Fault.CLOSED, Fault.REDIRECT]
)
@pytest.mark.parametrize("restart", [False, True])
async def test_an_answer_lost_after_the_work_makes_no_second_case(end: End, fault: Fault, restart: bool) -> None:
    end.fake.world.lag = math.inf
    end.fake.faults.order(CREATE, fault, done=True)
    with pytest.raises(UncertainOutcome):
        await end.cases.open(a_case(), "key-1")
    if restart:
        await end.restarted()
    # It is not in the index yet, and it must not be sent again for that.
    with pytest.raises(UncertainOutcome, match="not to be found yet"):
        await end.cases.open(a_case(), "key-1")
    end.fake.world.lag = 0
    opened = await end.cases.open(a_case(), "key-1")
    (request,) = end.fake.world.requests
    assert opened.link is not None
    assert opened.link.id == request["Id"]
    assert await end.cases.look_up("key-1") == opened


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.LOGIN_PAGE, Fault.TRUNCATED, Fault.CLOSED])
async def test_what_stays_absent_for_long_enough_is_sent_again(end: End, fault: Fault) -> None:
    end.fake.faults.order(CREATE, fault)
    with pytest.raises(UncertainOutcome):
        await end.cases.open(a_case(), "key-1")
    for seconds in (2, 4, 8, 16, 31):  # 61 in all, and one call before it and its own may take 1 more each
        end.clock.advance(seconds)
        with pytest.raises(UncertainOutcome, match="not to be found yet"):
            await end.cases.open(a_case(), "key-1")
        assert await end.cases.look_up("key-1") is None
    end.clock.advance(1.5)
    assert (await end.cases.open(a_case(), "key-1")).link
    assert len(end.fake.world.requests) == 1


@pytest.mark.parametrize("fault", [Fault.UNAUTHORISED, Fault.THROTTLED])
async def test_what_was_refused_before_the_work_is_sent_again_at_once(end: End, fault: Fault) -> None:
    end.fake.faults.order(CREATE, fault)
    assert (await end.cases.open(a_case(), "key-1")).link
    assert len(end.fake.world.requests) == 1


@pytest.mark.parametrize("fault", [Fault.FAILED, Fault.FLAT_ERROR])
async def test_a_refusal_is_for_good_only_when_it_is_repeated(end: End, fault: Fault) -> None:
    end.fake.faults.order(CREATE, fault, times=MOST_REFUSALS)
    for number in range(1, MOST_REFUSALS):
        with pytest.raises(TemporaryFailure, match=f"refused {number} of {MOST_REFUSALS}"):
            await end.cases.open(a_case(), "key-1")
    with pytest.raises(Refused):
        await end.cases.open(a_case(), "key-1")
    # An operator who has put it right may try again.
    assert (await end.cases.open(a_case(), "key-1")).link


async def test_of_several_cases_the_oldest_counts_and_an_alarm_is_raised(
    end: End, caplog: pytest.LogCaptureFixture
) -> None:
    end.fake.faults.order(CREATE, Fault.TRUNCATED, done=True)
    with pytest.raises(UncertainOutcome):
        await end.cases.open(a_case(), "key-1")
    (request,) = end.fake.world.requests
    again = {name: request[name] for name in ("DisplayLabel", "RequestedByPerson", "ExternalProcessReference")}
    end.fake.world.create("Request", again)
    opened = await end.cases.look_up("key-1")
    assert opened is not None
    assert opened.link is not None
    assert opened.link.id == request["Id"]
    assert "ALARM" in caplog.text


@pytest.mark.parametrize("fault", [Fault.LATE, Fault.TRUNCATED, Fault.BAD_GATEWAY, Fault.CLOSED])
@pytest.mark.parametrize("escaped", [False, True])
async def test_a_comment_whose_answer_was_lost_is_added_once(end: End, fault: Fault, escaped: bool) -> None:
    end.fake.escaped = escaped
    opened = await end.cases.open(a_case(), "key-1")
    case = replace(a_case(), kompass=opened.link)
    end.fake.faults.order("comments", fault, done=True)
    with pytest.raises(UncertainOutcome):
        await end.cases.comment(case, "Hei UKE, <script>purrer</script>", "key-2")
    await end.restarted()
    await end.cases.comment(case, "Hei UKE, <script>purrer</script>", "key-2")
    await end.cases.comment(case, "Hei UKE, <script>purrer</script>", "key-3")
    (comments,) = end.fake.world.comments.values()
    assert len(comments) == 2
    assert {(one["PrivacyType"], one["Submitter"]["UserId"]) for one in comments} == {("PUBLIC", "7001")}
    assert all("<script>" not in one["Body"] for one in comments)


async def test_a_comment_is_in_the_name_of_the_one_who_wrote_it(end: End) -> None:
    opened = await end.cases.open(a_case(), "key-1")
    end.fake.world.add_person("7002", "Ola", "ola@oslo.example")
    await end.store.write(lambda session: session.people.save_profile(Profile("ola", "Ola", "BGO", "ola@oslo.example")))
    await end.cases.comment(replace(a_case(), kompass=opened.link), "Hei UKE", "key-2", "ola")
    with pytest.raises(UnknownPerson):
        await end.cases.comment(replace(a_case(), kompass=opened.link), "Hei UKE", "key-3", "fremmed")
    ((comment,),) = end.fake.world.comments.values()
    assert comment["Submitter"] == {"UserId": "7002"}


async def test_a_withdrawal_whose_answer_was_lost_is_not_refused_the_second_time(end: End) -> None:
    opened = await end.cases.open(a_case(), "key-1")
    case = replace(a_case(), kompass=opened.link)
    end.fake.faults.order(CREATE, Fault.TRUNCATED, done=True)
    with pytest.raises(TemporaryFailure):
        await end.cases.withdraw(case, "key-2")
    await end.cases.withdraw(case, "key-2")
    assert end.fake.world.requests[0]["PhaseId"] == "Abandon"


async def test_how_long_it_must_be_absent_counts_from_the_end_of_the_call(end: End) -> None:
    """It counted from before the call, with its waits: Kompass may have done it as late as the answer got lost."""
    end.fake.faults.order(CREATE, Fault.TRUNCATED)
    end.fake.pause = 0.2
    opening = asyncio.create_task(end.cases.open(a_case(), "key-1"))
    async with asyncio.timeout(20):
        while not any(CREATE in path for _, path in end.fake.seen):  # noqa: ASYNC110  the far end has no event to offer
            await asyncio.sleep(0.01)
    end.clock.advance(40)
    with pytest.raises(UncertainOutcome):
        await opening
    end.clock.advance(61)
    with pytest.raises(UncertainOutcome, match="not to be found yet"):
        await end.cases.open(a_case(), "key-1")
    end.clock.advance(1.5)
    assert (await end.cases.open(a_case(), "key-1")).link


async def test_of_many_at_once_only_what_may_be_on_its_way_is_stored_as_sent(end: End) -> None:
    """With a slow Kompass leases ran out on cases that had not left, and each was looked for and waited out."""
    await end.cases.open(a_case(), "key")  # from now on it is known who the reporter is
    end.fake.pause = 0.5
    many = [asyncio.create_task(end.cases.open(a_case(), f"key-{number}")) for number in range(30)]
    async with asyncio.timeout(20):
        while len(end.fake.world.requests) <= AT_ONCE:  # noqa: ASYNC110  the far end has no event to offer
            await asyncio.sleep(0.01)
    stored = await end.store.read(lambda session: [session.sendings.get(f"key-{number}") for number in range(30)])
    opened = len(end.fake.world.requests)
    for one in many:
        one.cancel()
    await asyncio.gather(*many, return_exceptions=True)
    sent = sum(one is not None and one.sent_at is not None for one in stored)
    assert AT_ONCE <= sent <= opened + MOST_SENT < 30


async def test_kompass_down_fails_fast_and_tells_when_it_is_back(end: End) -> None:
    end.fake.faults.down = True
    for _ in range(2):
        with pytest.raises(TemporaryFailure):
            await end.cases.open(a_case(), "key-1")
    seen = len(end.fake.seen)
    with pytest.raises(TemporaryFailure, match="does not answer"):
        await end.cases.open(a_case(), "key-1")
    assert len(end.fake.seen) - seen <= 1  # at most a probe
    end.fake.faults.down = False
    async with asyncio.timeout(10):
        while True:
            try:
                await end.cases.open(a_case(), "key-1")
                break
            except TemporaryFailure:
                await asyncio.sleep(0.05)
    assert len(end.fake.world.requests) == 1


async def test_a_kompass_that_only_hangs_is_said_to_be_silent_before_nobody_asks_it_any_more(end: End) -> None:
    """Its calls were under way, so "status" said that the case was, and not that nothing came back."""
    await end.cases.open(a_case(), "key-0")
    end.fake.faults.order("Person", Fault.LATE)
    ask, seen = end.kompass.client.requests.page("Person", ("Id",), 0, 1), len(end.fake.seen)
    asked = asyncio.create_task(end.kompass.client.call(ask))
    async with asyncio.timeout(5):
        while len(end.fake.seen) == seen:  # noqa: ASYNC110  the far end has no event to offer
            await asyncio.sleep(0.01)
    assert (await end.store.read(end.kompass.as_found)).answers
    end.clock.advance(9)
    assert not (await end.store.read(end.kompass.as_found)).answers
    assert end.kompass.client.answers, "calls are still let through"
    await asked
    assert (await end.store.read(end.kompass.as_found)).answers


async def test_a_wait_that_several_in_a_row_are_asked_for_holds_for_all(end: End) -> None:
    """The others went on, and were told the same again and again."""
    await end.cases.open(a_case(), "key-0")
    end.fake.faults.retry_after = "2"
    end.fake.faults.order("Person", Fault.THROTTLED, times=3)
    client, before = end.kompass.client, len(end.fake.seen)
    ask = client.requests.page("Person", ("Id",), 0, 1)
    asked = [asyncio.create_task(client.call(ask)) for _ in range(3)]
    async with asyncio.timeout(5):
        while len(end.fake.seen) < before + 3:  # noqa: ASYNC110  the far end has no event to offer
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    others = [asyncio.create_task(end.cases.open(a_case(), f"key-{number}")) for number in (1, 2, 3)]
    await asyncio.sleep(0.5)
    assert len(end.fake.seen) == before + 3
    await asyncio.gather(*asked, *others)


async def test_a_long_wait_is_kept_by_asking_nothing_at_all_meanwhile(end: End) -> None:
    """Each of a thousand waiting cases asked once, only to be told to wait."""
    end.fake.faults.retry_after = "30"
    end.fake.faults.order("Person", Fault.THROTTLED, times=3)
    for number in range(3):
        with pytest.raises(TemporaryFailure) as told:
            await end.cases.open(a_case(), f"key-{number}")
        assert told.value.retry_after == 30
    seen = len(end.fake.seen)
    for number in range(3):
        with pytest.raises(TemporaryFailure):
            await end.cases.open(a_case(), f"key-{number}")
    await asyncio.sleep(1.5)
    assert len(end.fake.seen) == seen
    assert not end.kompass.client.answers


async def test_what_waited_is_hurried_when_kompass_is_there_again(end: End) -> None:
    row = OutboxRecord("row-1", Job.OPEN_CASE, "x", "x", "c1", "kari", {}, MONDAY, MONDAY)

    def wait_long(session: Session) -> None:
        session.outbox.add(row)
        session.outbox.lease("w", (), MONDAY, MONDAY, 1)
        session.outbox.postpone("row-1", "w", MONDAY + timedelta(minutes=15), False, "TemporaryFailure: down")

    await end.store.write(wait_long)
    end.fake.faults.down = True
    end.kompass.client.start()
    await asyncio.sleep(0.2)
    assert not end.woken.is_set()
    end.fake.faults.down = False
    async with asyncio.timeout(10):
        await end.woken.wait()
    hurried = await end.store.read(lambda session: session.outbox.get("row-1"))
    assert hurried is not None
    assert hurried.not_before == MONDAY


async def test_a_session_that_ran_out_is_renewed_once_for_all(end: End) -> None:
    await end.cases.open(a_case(), "key-0")
    end.fake.forget_tokens()
    await asyncio.gather(*(end.cases.open(a_case(), f"key-{number}") for number in range(1, 21)))
    assert (len(end.fake.world.requests), end.fake.logins) == (21, 2)
    assert end.fake.most_at_once <= 5


async def test_a_refused_login_keeps_the_case_and_does_not_hammer(end: End) -> None:
    end.fake.faults.order("authenticate", Fault.UNAUTHORISED)
    for _ in range(3):
        with pytest.raises(TemporaryFailure, match="login"):
            await end.cases.open(a_case(), "key-1")
    assert sum("authenticate" in path for _, path in end.fake.seen) == 1
    end.clock.advance(31)
    assert (await end.cases.open(a_case(), "key-1")).link


async def test_the_address_is_sent_as_it_was_encoded(end: End) -> None:
    await end.cases.open(a_case(), "key-1")
    path = next(path for method, path in end.fake.seen if "ems/Person" in path)
    assert re.fullmatch(
        r"/rest/583754967/ems/Person\?layout=Id,Name,Upn,Email,IsDeleted&filter=Upn=%27kari\.o%27%27hara%40oslo"
        r"\.example%27&size=10&skip=0&meta=totalCount",
        path,
    )


async def test_a_case_without_a_number_of_kompass_is_refused_here(end: End) -> None:
    with pytest.raises(PermanentFailure, match="never registered"):
        await end.cases.comment(a_case(), "Hei", "key-1")
    assert end.fake.seen == []
