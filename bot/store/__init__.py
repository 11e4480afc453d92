"""Everything that must survive: a port (`port.py`), its values (`records.py`) and the SQLite implementation.

A turn is written as one transaction: `await store.write(work)` runs `work(session)` and returns only when its effects
are on disk. `work` is a plain function, so nothing else can come between its reads and its writes.
"""

from bot.store.port import Session, Store
from bot.store.sqlite import SqliteStore

__all__ = ["Session", "SqliteStore", "Store"]
