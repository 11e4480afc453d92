"""A person's address: from the profile, or asked of the channel once a case needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.addresses import AddressBook
from bot.store import Session, SqliteStore
from bot.store.records import ConversationRecord, Profile
from knowledge.errors import PermanentFailure, PortError, TemporaryFailure, UncertainOutcome
from tests.bot.samples import MONDAY


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path / "losen.db")

    def fill(session: Session) -> None:
        session.people.save_profile(Profile("kari", "Kari", "BGO"))
        session.people.save_profile(Profile("ola", "Ola", "BGO", "ola@oslo.example"))
        for conversation, channel in (("c1", "web"), ("c2", "msteams")):
            record = ConversationRecord(conversation, channel, "kari", "nb", "{}", {"who": conversation}, 1, MONDAY)
            session.conversations.save(record)

    await store.write(fill)
    yield store
    await store.close()


async def test_the_channel_is_asked_once_and_its_answer_kept(store: SqliteStore) -> None:
    asked: list[Mapping[str, Any]] = []

    async def ask(reference: Mapping[str, Any]) -> str:
        asked.append(reference)
        return "kari@oslo.example"

    book = AddressBook(store, {"msteams": ask})
    assert [await book.of("kari") for _ in range(2)] == ["kari@oslo.example"] * 2
    assert asked == [{"who": "c2"}]
    kept = await store.read(lambda session: session.people.profile("kari"))
    assert kept == Profile("kari", "Kari", "BGO", "kari@oslo.example")
    assert await book.of("ola") == "ola@oslo.example"
    assert await book.of("ingen") == ""
    assert len(asked) == 1


async def test_whoever_was_forgotten_stays_forgotten(store: SqliteStore) -> None:
    async def ask(reference: Mapping[str, Any]) -> str:
        await store.write(lambda session: session.people.forget("kari"))
        return "kari@oslo.example"

    assert await AddressBook(store, {"msteams": ask}).of("kari") == "kari@oslo.example"
    assert await store.read(lambda session: session.people.profile("kari")) is None


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermanentFailure("gone"), None),
        (TemporaryFailure("busy", 7), TemporaryFailure),
        (UncertainOutcome("timeout"), TemporaryFailure),
    ],
)
async def test_a_channel_that_cannot_say_is_asked_again_or_not(
    store: SqliteStore, error: PortError, expected: type[Exception] | None
) -> None:
    async def ask(reference: Mapping[str, Any]) -> str:
        raise error

    book = AddressBook(store, {"msteams": ask})
    if expected is None:
        assert await book.of("kari") == ""
    else:
        with pytest.raises(expected):
            await book.of("kari")
