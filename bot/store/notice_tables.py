"""The tables of notices beside the notice itself, in the order of the steps that make them (`migrations.py`).

Never changed once released, like the steps.
"""

PROMISES = (
    """
    CREATE TABLE promises (
        ref TEXT NOT NULL REFERENCES notices (ref), due INTEGER NOT NULL, person_id TEXT NOT NULL,
        remind_at INTEGER NOT NULL, reminded INTEGER NOT NULL, raised INTEGER NOT NULL, kept INTEGER,
        PRIMARY KEY (ref, due)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX promises_open ON promises (due) WHERE kept IS NULL",
)
AFFECTED = (
    """
    CREATE TABLE affected (
        ref TEXT NOT NULL REFERENCES notices (ref), person_id TEXT NOT NULL, at INTEGER NOT NULL,
        told INTEGER NOT NULL, PRIMARY KEY (ref, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX affected_by_person ON affected (person_id)",
)
PROPOSED_LINES = """
    CREATE TABLE proposed_lines (
        ref TEXT PRIMARY KEY REFERENCES notices (ref), json TEXT NOT NULL, proposed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
"""
NOTICE_MESSAGES = (
    """
    CREATE TABLE notice_messages (
        ref TEXT NOT NULL REFERENCES notices (ref), person_id TEXT NOT NULL, line INTEGER NOT NULL,
        conversation_id TEXT NOT NULL, channel TEXT NOT NULL, writer_id TEXT NOT NULL, state TEXT NOT NULL,
        not_before INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL, queued_at INTEGER NOT NULL,
        settled_at INTEGER, PRIMARY KEY (ref, person_id, line),
        CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain'))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX notice_messages_due ON notice_messages (not_before, line, person_id) WHERE state = 'queued'",
    "CREATE INDEX notice_messages_unfinished ON notice_messages (ref, line) WHERE state IN ('queued', 'sending')",
)
