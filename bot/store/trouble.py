"""What trouble with the database means to an act of the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.errors import StoreError, TemporaryFailure


@contextmanager
def passing_trouble() -> Iterator[None]:
    """Trouble with the database passes: a StoreError becomes a TemporaryFailure, so the act is tried again."""
    try:
        yield
    except StoreError as error:
        raise TemporaryFailure(str(error)) from error
