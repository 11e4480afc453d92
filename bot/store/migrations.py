"""The schema, in order. Never change a step that has been released: add one.

How the steps are run: `migrating`.

Times are whole milliseconds since 1970 in UTC where they are compared; JSON keeps ISO 8601 with offset.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from bot.store.inbox_tables import INBOX
from bot.store.notice_tables import AFFECTED, NOTICE_MESSAGES, PROMISES, PROPOSED_LINES
from bot.store.radar_tables import RADAR, RADAR_SUBJECTS, SUSPICION_REPORTS, UNNAMED_REPORTS

MIGRATIONS = Migrations("losen")

_INSIGHT_VIEWS = Path(__file__).parent / "insight_views.sql"


@MIGRATIONS()
def m001_first_schema(db: Database) -> None:
    """Conversations, answers, cases, notices, outbox, people, and what the default ports keep."""
    for statement in _FIRST_SCHEMA:
        db.execute(statement)


@MIGRATIONS()
def m002_sendings(db: Database) -> None:
    """Calls to Kompass that must not be made twice."""
    db.execute(
        """
        CREATE TABLE sendings (
            key TEXT PRIMARY KEY, sent_at INTEGER, answer TEXT NOT NULL, refusals INTEGER NOT NULL,
            still TEXT NOT NULL, saved_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )


_FIRST_SCHEMA = (
    """
    CREATE TABLE conversations (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL, person_id TEXT NOT NULL, language TEXT NOT NULL,
        state TEXT NOT NULL, reference TEXT NOT NULL, turns INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE processed (
        conversation_id TEXT NOT NULL, activity_id TEXT NOT NULL, replies TEXT NOT NULL, created_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, activity_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX processed_by_age ON processed (created_at)",
    """
    CREATE TABLE nonces (
        conversation_id TEXT NOT NULL, nonce TEXT NOT NULL, activity_id TEXT NOT NULL, created_at INTEGER NOT NULL,
        PRIMARY KEY (conversation_id, nonce)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX nonces_by_age ON nonces (created_at)",
    """
    CREATE TABLE counters (
        name TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (name, year)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE cases (
        ref TEXT PRIMARY KEY, json TEXT NOT NULL, status TEXT NOT NULL, reporter_id TEXT NOT NULL, kompass_id TEXT,
        conversation_id TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX cases_by_age ON cases (created_at)",
    "CREATE INDEX cases_by_change ON cases (updated_at)",
    "CREATE INDEX cases_by_kompass ON cases (kompass_id) WHERE kompass_id IS NOT NULL",
    """
    CREATE TABLE case_people (
        person_id TEXT NOT NULL, created_at INTEGER NOT NULL, ref TEXT NOT NULL REFERENCES cases (ref),
        PRIMARY KEY (person_id, created_at, ref)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX case_people_by_case ON case_people (ref)",
    """
    CREATE TABLE notices (
        ref TEXT PRIMARY KEY, json TEXT NOT NULL, status TEXT NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX notices_active ON notices (created_at) WHERE status = 'active'",
    """
    CREATE TABLE notice_posts (
        ref TEXT NOT NULL REFERENCES notices (ref), "group" TEXT NOT NULL, post_id TEXT NOT NULL,
        PRIMARY KEY (ref, "group")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, job TEXT NOT NULL, lane TEXT NOT NULL,
        ref TEXT NOT NULL, conversation_id TEXT NOT NULL, person_id TEXT NOT NULL, payload TEXT NOT NULL,
        not_before INTEGER NOT NULL, created_at INTEGER NOT NULL, channel TEXT NOT NULL,
        state TEXT NOT NULL, attempts INTEGER NOT NULL,
        uncertain INTEGER NOT NULL, leased_until INTEGER, lease_owner TEXT NOT NULL, last_error TEXT NOT NULL,
        finished_at INTEGER,
        CHECK (state IN ('queued', 'leased', 'done', 'failed', 'cancelled')),
        CHECK ((state = 'leased') = (leased_until IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX outbox_waiting ON outbox (lane, seq) WHERE state IN ('queued', 'leased')",
    "CREATE INDEX outbox_by_ref ON outbox (ref, seq)",
    "CREATE INDEX outbox_by_state ON outbox (state, finished_at)",
    """
    CREATE TABLE people (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, virksomhet TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
        said_role TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE roles (
        person_id TEXT NOT NULL, role TEXT NOT NULL, granted_by TEXT NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (person_id, role)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE local_cases (
        key TEXT PRIMARY KEY, ref TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, opened_at INTEGER NOT NULL,
        withdrawn_at INTEGER, comments TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE feed_posts (
        id TEXT PRIMARY KEY, "group" TEXT NOT NULL, notice TEXT NOT NULL, edits INTEGER NOT NULL,
        posted_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    'CREATE INDEX feed_posts_by_group ON feed_posts ("group", posted_at)',
    """
    CREATE TABLE hand_overs (
        key TEXT PRIMARY KEY, "to" TEXT NOT NULL, summary TEXT NOT NULL, person_id TEXT NOT NULL,
        conversation_id TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attachments (
        sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, name TEXT NOT NULL, content_type TEXT NOT NULL,
        stored_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)


@MIGRATIONS()
def m003_inbox(db: Database) -> None:
    """The inboxes of the virksomheter's own 1.linje, who has taken a case there, and in which virksomhet a role is."""
    for statement in INBOX:
        db.execute(statement)


@MIGRATIONS()
def m004_outbox_in_order(db: Database) -> None:
    """The next rows of a long backlog are found without sorting it."""
    db.execute("CREATE INDEX outbox_in_order ON outbox (seq) WHERE state IN ('queued', 'leased')")


@MIGRATIONS()
def m005_watched(db: Database) -> None:
    """What has been seen of cases in Kompass, and persons by their address."""
    db.execute(
        """
        CREATE TABLE watched (
            ref TEXT PRIMARY KEY REFERENCES cases (ref), changed INTEGER NOT NULL, phase TEXT NOT NULL,
            comments TEXT NOT NULL, looked_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX people_by_email ON people (lower(email))")


@MIGRATIONS()
def m006_choices(db: Database) -> None:
    """Which forms were proposed and chosen for messages; nothing says whose they were."""
    db.execute(
        """
        CREATE TABLE choices (
            id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, text TEXT NOT NULL, proposed INTEGER,
            decision TEXT NOT NULL, chosen INTEGER, confirmed INTEGER NOT NULL, verdict TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX choices_by_day ON choices (day)")


@MIGRATIONS()
def m007_ratings(db: Database) -> None:
    """What people thought of answers; nothing says whose they were."""
    db.execute(
        """
        CREATE TABLE ratings (
            id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, liked INTEGER NOT NULL, text TEXT NOT NULL
        ) STRICT
        """
    )


@MIGRATIONS()
def m008_undersaker(db: Database) -> None:
    """Which hovedsak a case of the local register belongs to, and the cases of a fellesfeil without reading all."""
    db.execute("ALTER TABLE local_cases ADD COLUMN hovedsak TEXT")
    db.execute(
        "CREATE INDEX cases_by_fellesfeil ON cases (json_extract(json, '$.fellesfeil'), created_at)"
        " WHERE json_extract(json, '$.fellesfeil') IS NOT NULL"
    )


@MIGRATIONS()
def m009_feed_targets(db: Database) -> None:
    """A group may have several targets; until now each had the local page alone."""
    for statement in (
        'ALTER TABLE notice_posts RENAME COLUMN "group" TO target',
        "UPDATE notice_posts SET target = target || '/page'",
        """
        UPDATE outbox SET lane = lane || '/page',
            payload = json_set(payload, '$.target', json_extract(payload, '$.group') || '/page')
        WHERE job IN ('publish_notice', 'update_notice')
        """,
    ):
        db.execute(statement)


@MIGRATIONS()
def m010_after_opening(db: Database) -> None:
    """Files and followers added to local cases; followers of cases are found by address, whatever its capitals."""
    db.execute("ALTER TABLE local_cases ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE local_cases ADD COLUMN followers TEXT NOT NULL DEFAULT '[]'")
    db.execute("UPDATE OR REPLACE case_people SET person_id = lower(person_id) WHERE person_id LIKE '%@%'")


@MIGRATIONS()
def m011_verifications(db: Database) -> None:
    """Who is asked whether it works after a fellesfeil, and which problem cases are still to be made."""
    db.execute(
        """
        CREATE TABLE verifications (
            ref TEXT PRIMARY KEY REFERENCES cases (ref), person_id TEXT NOT NULL, asked_at INTEGER NOT NULL,
            works INTEGER, answered_at INTEGER
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX verifications_awaited ON verifications (person_id) WHERE works IS NULL")
    db.execute(
        """
        CREATE TABLE problem_tasks (
            notice TEXT PRIMARY KEY REFERENCES notices (ref), what TEXT NOT NULL, draft TEXT NOT NULL,
            by_person TEXT NOT NULL, created_at INTEGER NOT NULL, made INTEGER, note TEXT NOT NULL DEFAULT '',
            settled_at INTEGER
        ) STRICT, WITHOUT ROWID
        """
    )


@MIGRATIONS()
def m012_promises(db: Database) -> None:
    """When the next update of a notice was promised, and whether it came in time."""
    for statement in PROMISES:
        db.execute(statement)


@MIGRATIONS()
def m013_muted(db: Database) -> None:
    """Who wants to be spared the quiet news of which case."""
    db.execute(
        """
        CREATE TABLE muted (
            person_id TEXT NOT NULL, ref TEXT NOT NULL REFERENCES cases (ref), PRIMARY KEY (person_id, ref)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX muted_by_case ON muted (ref)")


@MIGRATIONS()
def m014_affected(db: Database) -> None:
    """Whom a notice hits by their own word, and who of them is told how it goes on."""
    for statement in AFFECTED:
        db.execute(statement)


@MIGRATIONS()
def m015_insight(db: Database) -> None:
    """Counts and times for the service desk, without any person."""
    # Not by `executescript`, which would end the transaction of the step.
    for statement in _INSIGHT_VIEWS.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS()
def m016_notice_messages(db: Database) -> None:
    """Messages about notices to single people, and what became of each."""
    for statement in NOTICE_MESSAGES:
        db.execute(statement)


@MIGRATIONS()
def m017_open_faults(db: Database) -> None:
    """The newest faults that are open and belong to no fellesfeil, without going through the others."""
    db.execute(
        "CREATE INDEX cases_open_faults ON cases (created_at)"
        " WHERE status IN ('in_progress', 'received', 'registered', 'sent', 'solution_proposed')"
        " AND json_extract(json, '$.kind') = 'support' AND json_extract(json, '$.fellesfeil') IS NULL"
    )


@MIGRATIONS()
def m018_outbox_due(db: Database) -> None:
    """When the next effect falls due is found without walking through a backlog."""
    db.execute("CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'queued'")


@MIGRATIONS()
def m019_radar(db: Database) -> None:
    """What the radar has learnt and heard lately, and the suspicions it raised."""
    for statement in RADAR:
        db.execute(statement)


@MIGRATIONS()
def m020_months_of_oslo(db: Database) -> None:
    """Promised updates by the month in Oslo: they were counted by that of UTC, and "by midnight" a month too early.

    SQLite knows no time zones. The months from April to October begin and end on summer time, the others do not.
    """
    db.execute("DROP VIEW insight_updates_by_month")
    db.execute(
        """
        CREATE VIEW insight_updates_by_month AS
        WITH on_the_clock AS (
            SELECT kept, due / 1000 + CASE WHEN strftime('%m', due / 1000 + 7200, 'unixepoch') BETWEEN '04' AND '10'
                THEN 7200 ELSE 3600 END AS due
            FROM promises WHERE kept IS NOT NULL
        )
        SELECT strftime('%Y-%m-01', due, 'unixepoch') AS month, sum(kept = 1) AS in_time, sum(kept = 0) AS late
        FROM on_the_clock GROUP BY 1 ORDER BY 1
        """
    )


@MIGRATIONS()
def m021_proposed_lines(db: Database) -> None:
    """Lines of published notices that wait for a second person."""
    db.execute(PROPOSED_LINES)


@MIGRATIONS()
def m022_radar_subjects(db: Database) -> None:
    """The reports on a subject, newest first, without reading through all that were heard."""
    for statement in RADAR_SUBJECTS:
        db.execute(statement)


@MIGRATIONS()
def m023_suspicion_reports(db: Database) -> None:
    """The reports behind a suspicion, so that one more does not mean writing all of them again."""
    for statement in SUSPICION_REPORTS:
        db.execute(statement)


@MIGRATIONS()
def m024_unnamed_reports(db: Database) -> None:
    """Which reports behind a suspicion name no system, so that the desk can judge them."""
    db.execute(UNNAMED_REPORTS)
