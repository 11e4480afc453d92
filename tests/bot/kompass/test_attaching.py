"""Files added to a case that is there already: linked once, whatever is lost on the way, and nobody else's lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.kompass.exactly_once import MOST_REFUSALS
from dialogs.case import Case
from dialogs.events import Attachment
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure
from tests.bot.kompass.conftest import End
from tests.bot.kompass.test_adapter import linked_files
from tests.bot.samples import a_case
from tests.fake_kompass.faults import Fault


@pytest.fixture
async def case(end: End) -> Case:
    first = await end.files.save_bytes("først.txt", "først.txt".encode())
    case = replace(a_case(), attachments=(first,))
    return replace(case, kompass=(await end.cases.open(case, "key-1")).link)


@pytest.fixture
async def files(end: End) -> list[Attachment]:
    return [await end.files.save_bytes(name, name.encode()) for name in ("a.txt", "b.txt")]


async def insist(end: End, case: Case, files: list[Attachment]) -> tuple[str, ...]:
    """As the outbox of a bot that is killed after each attempt does: again until it is done."""
    for _ in range(10):
        try:
            return await end.cases.attach(case, files, "key-2")
        except PermanentFailure:
            raise
        except PortError:
            await end.restarted()
            end.clock.advance(5)
    raise AssertionError("never done")


@pytest.mark.parametrize("path", ["frs/file-list", "ems/bulk", "ems/Request"])
@pytest.mark.parametrize(
    "fault", [Fault.LATE, Fault.BAD_GATEWAY, Fault.LOGIN_PAGE, Fault.TRUNCATED, Fault.CLOSED, Fault.FAILED]
)
async def test_an_answer_lost_after_the_work_links_no_file_twice(
    end: End, case: Case, files: list[Attachment], path: str, fault: Fault
) -> None:
    times = 1 if fault is Fault.LATE else 4
    end.fake.faults.order(path, fault, done=fault is not Fault.FAILED, times=times)
    assert await insist(end, case, files) == ()
    assert linked_files(end) == ["først.txt", "a.txt", "b.txt"]
    end.fake.faults.ordered.clear()
    assert await end.cases.attach(case, files, "key-2") == ()
    assert linked_files(end) == ["først.txt", "a.txt", "b.txt"]


async def test_what_somebody_else_attaches_meanwhile_is_kept(end: End, case: Case, files: list[Attachment]) -> None:
    world = end.fake.world
    update = world.update
    theirs = world.upload("deres.txt", b"deres.txt", "text/plain")

    def meanwhile(kind: str, properties: dict[str, object]) -> object:
        """An agent is quicker, once: the case is not as it was read."""
        world.update = update  # type: ignore[method-assign]
        entries = json.loads(world.requests[0]["RequestAttachments"])["complexTypeProperties"]
        entries.append({"properties": {"id": theirs["guid"], "file_name": "deres.txt", "AgentsOwn_c": "beholdes"}})
        text = json.dumps({"complexTypeProperties": entries})
        world.update("Request", {"Id": world.requests[0]["Id"], "RequestAttachments": text})
        return update(kind, properties)

    world.update = meanwhile  # type: ignore[assignment,method-assign]
    await end.cases.attach(case, files, "key-2")
    assert linked_files(end) == ["først.txt", "deres.txt", "a.txt", "b.txt"]
    assert "beholdes" in world.requests[0]["RequestAttachments"]


async def test_a_kill_between_upload_and_link_uploads_nothing_again(
    end: End, case: Case, files: list[Attachment]
) -> None:
    end.fake.faults.order("ems/Request", Fault.BAD_GATEWAY, times=3)
    with pytest.raises(TemporaryFailure):
        await end.cases.attach(case, files, "key-2")
    uploaded = len(end.fake.world.files)
    await end.restarted()
    await end.cases.attach(case, files, "key-2")
    assert len(end.fake.world.files) == uploaded
    assert linked_files(end) == ["først.txt", "a.txt", "b.txt"]


async def test_a_file_that_is_gone_is_named_and_the_others_come_along(
    end: End, case: Case, files: list[Attachment]
) -> None:
    end.files.path(files[0].sha256).unlink()
    for _ in range(2):
        assert await end.cases.attach(case, files, "key-2") == ("a.txt",)
        await end.restarted()
    assert linked_files(end) == ["først.txt", "b.txt"]


async def test_attachments_that_cannot_be_read_are_not_written_over(
    end: End, case: Case, files: list[Attachment]
) -> None:
    end.fake.world.requests[0]["RequestAttachments"] = "noe annet"
    with pytest.raises(PermanentFailure, match="cannot be read"):
        await end.cases.attach(case, files, "key-2")
    assert end.fake.world.requests[0]["RequestAttachments"] == "noe annet"


async def test_a_case_that_takes_no_files_is_given_up_after_some_times(
    end: End, case: Case, files: list[Attachment]
) -> None:
    end.fake.faults.order("ems/bulk", Fault.FAILED, times=100)
    for _ in range(1, MOST_REFUSALS):
        with pytest.raises(TemporaryFailure):
            await end.cases.attach(case, files, "key-2")
    with pytest.raises(PermanentFailure):
        await end.cases.attach(case, files, "key-2")
    assert linked_files(end) == ["først.txt"]
