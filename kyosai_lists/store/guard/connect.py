"""One door to the guard of either database."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from kyosai_lists.store.guard.postgresql import guarded_postgresql
from kyosai_lists.store.guard.sqlite import guarded_sqlite
from kyosai_lists.store.guard.terms import Allowed, Guard


@contextmanager
def guarded(connection: sa.Connection, guard: Guard, allowed: Allowed) -> Iterator[sa.Connection]:
    """A connection for an own rule's queries, of the same moment as `connection`, which is a reading one.

    Raises:
        Stopped: what was run is not allowed, too much, or not done in time.
        StoreError: there can be no guard here, or nothing of the same moment.
    """
    of_kind = {"sqlite": guarded_sqlite, "postgresql": guarded_postgresql}[connection.dialect.name]
    with of_kind(connection, guard, allowed) as beside:
        yield beside
