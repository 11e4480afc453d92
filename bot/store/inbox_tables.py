"""The tables of the inboxes, as the migration makes them. Never change them: add a migration."""

from __future__ import annotations

INBOX = (
    """
    CREATE TABLE inbox (
        virksomhet TEXT NOT NULL, created_at INTEGER NOT NULL, ref TEXT NOT NULL REFERENCES cases (ref),
        PRIMARY KEY (virksomhet, created_at, ref)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX inbox_by_case ON inbox (ref)",
    """
    INSERT INTO inbox (virksomhet, created_at, ref)
    SELECT substr(json_extract(json, '$.route'), length('1.linje ') + 1), created_at, ref FROM cases
    WHERE json_extract(json, '$.route') LIKE '1.linje _%'
      AND status IN ('received', 'sent', 'registered', 'in_progress', 'solution_proposed')
    """,
    """
    CREATE TABLE taken_cases (
        ref TEXT PRIMARY KEY REFERENCES cases (ref), person_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE placed_roles (
        person_id TEXT NOT NULL, role TEXT NOT NULL, virksomhet TEXT NOT NULL, granted_by TEXT NOT NULL,
        at INTEGER NOT NULL, PRIMARY KEY (person_id, role, virksomhet)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO placed_roles SELECT person_id, role, '', granted_by, at FROM roles",
    "DROP TABLE roles",
    "ALTER TABLE placed_roles RENAME TO roles",
    "CREATE INDEX roles_by_place ON roles (virksomhet, role)",
    "CREATE INDEX conversations_by_person ON conversations (person_id, updated_at)",
)
