"""The 台帳 in the store: entries put one behind the other, without gaps however many write at once, and read again."""

from collections.abc import Iterator

import sqlalchemy as sa

from kyosai_lists.ledger.chain import BEFORE_THE_FIRST, Entry, chained
from kyosai_lists.store.ledger_tables import ledger_entries, runs

_COLUMNS = [ledger_entries.c[name] for name in ("seq", "kind", "made_at", "made_by", "body", "previous_hash", "hash")]
_AT_ONCE = 100  # bodies of a nation's runs are large


def append(connection: sa.Connection, kind: str, made_at: str, made_by: str, body: str) -> Entry:
    """The new last entry. `connection` is a writing one; nobody else appends until its transaction ends."""
    _keep_others_from_appending(connection)
    last = latest(connection)
    new = Entry(last.seq + 1 if last else 1, kind, made_at, made_by, body)
    entry = chained(new, last.hash if last else BEFORE_THE_FIRST)
    connection.execute(sa.insert(ledger_entries).values(**vars(entry)))
    return entry


def _keep_others_from_appending(connection: sa.Connection) -> None:
    """SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
        connection.exec_driver_sql("LOCK TABLE ledger_entries IN EXCLUSIVE MODE")


def latest(connection: sa.Connection) -> Entry | None:
    """The 台帳の先頭 (head)."""
    row = connection.execute(sa.select(*_COLUMNS).order_by(ledger_entries.c.seq.desc()).limit(1)).one_or_none()
    return Entry(*row) if row else None


def entries(connection: sa.Connection, kind: str | None = None) -> Iterator[Entry]:
    """All of them, or those of a kind, by `seq`."""
    query = sa.select(*_COLUMNS).order_by(ledger_entries.c.seq)
    if kind is not None:
        query = query.where(ledger_entries.c.kind == kind)
    for rows in connection.execute(query, execution_options={"stream_results": True}).partitions(_AT_ONCE):
        yield from (Entry(*row) for row in rows)


def hashes(connection: sa.Connection) -> dict[int, str]:
    """By `seq`."""
    return {row.seq: row.hash for row in connection.execute(sa.select(ledger_entries.c.seq, ledger_entries.c.hash))}


def entry_of_run(connection: sa.Connection, run_id: str) -> Entry | None:
    query = sa.select(*_COLUMNS).join(runs, runs.c.seq == ledger_entries.c.seq).where(runs.c.run_id == run_id)
    row = connection.execute(query).one_or_none()
    return Entry(*row) if row else None


def database_user(connection: sa.Connection) -> str:
    """Who is entered in the database; "" on SQLite, which knows nobody."""
    if connection.dialect.name != "postgresql":
        return ""
    return str(connection.exec_driver_sql("SELECT current_user").scalar_one())
