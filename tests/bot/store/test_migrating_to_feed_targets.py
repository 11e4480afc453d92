"""The step that gave groups several targets: what was posted or waits is the local page's, the only one there was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from sqlite_utils import Database

from bot.store.migrating import migrate
from bot.store.migrations import MIGRATIONS
from bot.store.notices import SqliteNotices
from bot.store.outbox import SqliteOutbox
from bot.store.sqlite import _connect
from tests.bot.samples import a_notice


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """As the program before left it, with a post, an update that waits for it, and a case."""
    database = Database(_connect(tmp_path / "losen.db"))
    MIGRATIONS.apply(database, stop_before=["m009_feed_targets"])
    notice = orjson.dumps(a_notice().to_json()).decode()
    database.execute("INSERT INTO notices VALUES ('D-2026-0001', ?, 'active', 1, 1)", (notice,))
    database.execute("INSERT INTO notice_posts VALUES ('D-2026-0001', 'sam_it', 'post-1')")
    for key, job, lane, payload in (
        ("r1", "update_notice", "D-2026-0001 sam_it", {"group": "sam_it", "notice": {}}),
        ("r2", "open_case", "L-2026-000001", {}),
    ):
        database.execute(
            "INSERT INTO outbox (id, job, lane, ref, conversation_id, person_id, payload, not_before, created_at,"
            " channel, state, attempts, uncertain, lease_owner, last_error)"
            " VALUES (?, ?, ?, '', '', '', ?, 0, 0, '', 'queued', 0, 0, '', '')",
            (key, job, lane, orjson.dumps(payload).decode()),
        )
    yield database
    database.close()


def test_posts_and_what_waits_belong_to_the_page(db: Database) -> None:
    assert migrate(db)[0] == "m009_feed_targets"
    assert SqliteNotices(db.conn).post_at("D-2026-0001", "sam_it/page") == "post-1"
    update, case = SqliteOutbox(db.conn).get("r1"), SqliteOutbox(db.conn).get("r2")
    assert update is not None
    assert case is not None
    assert (update.lane, update.payload["target"]) == ("D-2026-0001 sam_it/page", "sam_it/page")
    assert (case.lane, case.payload) == ("L-2026-000001", {})
