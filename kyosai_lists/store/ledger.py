"""The 台帳 in the store: entries put one behind the other, without gaps however many write at once, and read again."""

from collections.abc import Iterator

import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.ledger.chain import BEFORE_THE_FIRST, Entry, chained
from kyosai_lists.store.ledger_tables import custody_events, ledger_entries, runs

_COLUMNS = [ledger_entries.c[name] for name in ("seq", "kind", "made_at", "made_by", "body", "previous_hash", "hash")]
HOW_TO_GO_BACK = "kyosai-lists ledger verify で確かめ、切られる前の控えに kyosai-lists store restore で戻してください。"
_AT_ONCE = 100  # bodies of a nation's runs are large


def append(connection: sa.Connection, kind: str, made_at: str, made_by: str, body: str) -> Entry:
    """The new last entry. `connection` is a writing one; nobody else appends until its transaction ends.

    Raises:
        StoreError: the 台帳 was cut, and what was cut off would have this entry's number.
    """
    _keep_others_from_appending(connection)
    refuse_if_cut(connection)
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


def refuse_if_cut(connection: sa.Connection) -> None:
    """
    Raises:
        StoreError: there are rows of entries behind the last one: the end of the 台帳 was cut off.
    """
    last, *behind = (
        connection.execute(sa.select(sa.func.max(column))).scalar() or 0
        for column in (ledger_entries.c.seq, runs.c.seq, custody_events.c.seq)
    )
    if max(behind) > last:
        raise StoreError(
            f"台帳の後ろが切られています(第{last + 1}号から後の記録がないのに、その名簿や受領・返却の記録が残っています)。",
            HOW_TO_GO_BACK,
        )


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
