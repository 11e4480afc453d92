"""The tables of the radar and of suspicions, as the migration makes them. Never change them: add a migration."""

from __future__ import annotations

RADAR = (
    "CREATE TABLE radar_sums (name TEXT PRIMARY KEY, amount REAL NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE radar_learnt_until (only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL) STRICT",
    """
    CREATE TABLE radar_reports (
        ref TEXT PRIMARY KEY, at INTEGER NOT NULL, person_id TEXT NOT NULL, report TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX radar_reports_by_age ON radar_reports (at)",
    """
    CREATE TABLE suspicions (
        ref TEXT PRIMARY KEY, json TEXT NOT NULL, status TEXT NOT NULL,
        created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX suspicions_open ON suspicions (created_at) WHERE status = 'open'",
    "CREATE INDEX suspicions_by_change ON suspicions (updated_at)",
)

# The subjects of a report are those of `bot.radar.report.Report`: its system, else its form and every word.
RADAR_SUBJECTS = (
    """
    CREATE TABLE radar_subjects (
        subject TEXT NOT NULL, at INTEGER NOT NULL, ref TEXT NOT NULL REFERENCES radar_reports (ref) ON DELETE CASCADE,
        PRIMARY KEY (subject, at, ref)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX radar_subjects_of ON radar_subjects (ref)",
    """
    INSERT OR IGNORE INTO radar_subjects
    WITH heard AS (
        SELECT ref, at, coalesce(json_extract(report, '$[1]'), '') AS system, json_extract(report, '$[2]') AS form,
            json_extract(report, '$[3]') AS words
        FROM radar_reports
    )
    SELECT 'system ' || system, at, ref FROM heard WHERE system <> ''
    UNION ALL SELECT 'form ' || form, at, ref FROM heard WHERE system = '' AND form IS NOT NULL
    UNION ALL SELECT 'word ' || word.value, at, ref FROM heard, json_each(words) AS word
        WHERE system = '' AND word.key < 10
    """,
)

# The oldest report of a suspicion has place 0. `version` counts the changes of a suspicion with its reports.
SUSPICION_REPORTS = (
    "ALTER TABLE suspicions ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE suspicion_reports (
        suspicion TEXT NOT NULL REFERENCES suspicions (ref) ON DELETE CASCADE, place INTEGER NOT NULL,
        ref TEXT NOT NULL, at TEXT NOT NULL, title TEXT NOT NULL, virksomhet TEXT NOT NULL, role TEXT NOT NULL,
        PRIMARY KEY (suspicion, place)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO suspicion_reports
    SELECT suspicions.ref, report.key, report.value ->> 'ref', report.value ->> 'at', report.value ->> 'title',
        report.value ->> 'virksomhet', report.value ->> 'role'
    FROM suspicions, json_each(suspicions.json, '$.reports') AS report
    """,
    "UPDATE suspicions SET json = json_remove(json, '$.reports')",
)

# A report that names no system, behind a suspicion of a system.
UNNAMED_REPORTS = "ALTER TABLE suspicion_reports ADD COLUMN unnamed INTEGER NOT NULL DEFAULT 0"
