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
