"""Runs in the store: what was handed out, to which unions, with whom on it, and whether its folder stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store import bulk
from kyosai_lists.store.ledger_tables import ledger_entries, rules_kept, run_books, run_people, runs, templates_kept
from kyosai_lists.store.query import frame

PEOPLE_SCHEMA: dict[str, pl.DataType] = {
    "union_code": pl.String(), "no": pl.Int64(), "member_key": pl.String(), "list_ids": pl.String(),
}  # fmt: skip

Row = sa.RowMapping
Rows = Sequence[Row]


@dataclass(frozen=True)
class NewRun:
    """Rows of `runs` and `run_books` as mappings by column; `people`: PEOPLE_SCHEMA; `template`, `rules`: content by hash."""

    run: Mapping[str, Any]
    books: Sequence[Mapping[str, Any]]
    people: pl.DataFrame
    template: tuple[str, bytes]
    rules: Mapping[str, str]


def add(connection: sa.Connection, new: NewRun, seq: int) -> None:
    """The run of entry `seq`, in the transaction in which that was appended."""
    run_id = new.run["run_id"]
    connection.execute(sa.insert(runs).values(**new.run, seq=seq))
    if new.books:
        connection.execute(sa.insert(run_books), [{**book, "run_id": run_id} for book in new.books])
    _add_people(connection, new.people.select(pl.lit(run_id).alias("run_id"), *PEOPLE_SCHEMA))
    _keep(connection, templates_kept, dict([new.template]))
    _keep(connection, rules_kept, new.rules)


def _add_people(connection: sa.Connection, people: pl.DataFrame) -> None:
    if bulk.can_insert(connection, people):
        bulk.insert(connection, run_people, people)
    elif not people.is_empty():
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join([mark] * people.width)
        statement = f"INSERT INTO run_people ({', '.join(people.columns)}) VALUES ({marks})"
        connection.exec_driver_sql(statement, people.rows())


def _keep(connection: sa.Connection, table: sa.Table, contents: Mapping[str, str | bytes]) -> None:
    """Each content once, whatever the number of runs that were made with it."""
    known = set(connection.execute(sa.select(table.c.sha256).where(table.c.sha256.in_(list(contents)))).scalars())
    fresh = [{"sha256": key, "content": content} for key, content in contents.items() if key not in known]
    if fresh:
        connection.execute(sa.insert(table), fresh)


def mark_placed(connection: sa.Connection, run_id: str, day: date, out: str, machine: str) -> None:
    """Its folder stands as `out` on the computer `machine` since `day`."""
    placed = sa.update(runs).where(runs.c.run_id == run_id).values(placed_on=day, out=out, machine=machine)
    connection.execute(placed)


def is_known(connection: sa.Connection, run_id: str) -> bool:
    return connection.execute(sa.select(runs.c.run_id).where(runs.c.run_id == run_id)).first() is not None


def one(connection: sa.Connection, run_id: str) -> sa.RowMapping | None:
    """Every column of `runs`."""
    return connection.execute(sa.select(runs).where(runs.c.run_id == run_id)).mappings().one_or_none()


def seqs(connection: sa.Connection) -> dict[str, int]:
    """By run, the number of the entry that its row names."""
    return {
        row.run_id: row.seq for row in connection.execute(sa.select(runs.c.run_id, runs.c.seq).order_by(runs.c.seq))
    }


def with_rows(connection: sa.Connection) -> set[str]:
    """The runs of which there are workbooks or people, whether or not they have a row of their own."""
    found = sa.union(sa.select(run_books.c.run_id), sa.select(run_people.c.run_id))
    return set(connection.execute(found).scalars())


_OVERVIEW = [column for column in runs.c if column.name not in ("record", "union_lists")]


def unplaced(connection: sa.Connection) -> Rows:
    """The runs whose folder has no name yet, and that were not purged: every column of `runs` but what its papers are made
    from; oldest first.
    """
    waiting = runs.c.placed_on.is_(None) & runs.c.record.is_not(None)
    return connection.execute(sa.select(*_OVERVIEW).where(waiting).order_by(runs.c.seq)).mappings().all()


def overview(connection: sa.Connection) -> Rows:
    """Every run, the newest first: as `unplaced`, and made_at, made_by, books, people."""
    b = run_books.c
    sums = (b.run_id, sa.func.count().label("books"), sa.func.sum(b.people).label("people"))
    counted = sa.select(*sums).group_by(b.run_id).subquery("counted")
    e = ledger_entries.c
    query = (
        sa.select(*_OVERVIEW, e.made_at, e.made_by, counted.c.books, counted.c.people)
        .join(ledger_entries, e.seq == runs.c.seq)
        .outerjoin(counted, counted.c.run_id == runs.c.run_id)
        .order_by(runs.c.seq.desc())
    )
    return connection.execute(query).mappings().all()


def filling(connection: sa.Connection) -> Rows:
    """Every run that brought out a slot: campaign_code, slot_on, run_id, late, title, made_at; oldest first."""
    r, e = runs.c, ledger_entries.c
    columns = (r.campaign_code, r.slot_on, r.run_id, r.late, r.title, e.made_at)
    query = sa.select(*columns).join(ledger_entries, e.seq == r.seq).where(r.slot_on.is_not(None))
    return connection.execute(query.order_by(r.seq)).mappings().all()


def handed_to(connection: sa.Connection, run_id: str) -> Rows:
    """union_code and return_by of the run's workbooks, by union."""
    b = run_books.c
    query = sa.select(b.union_code, b.return_by).where(b.run_id == run_id).order_by(b.union_code)
    return connection.execute(query).mappings().all()


def of_campaigns(connection: sa.Connection, codes: Collection[str], since: date) -> Rows:
    """The runs of these campaigns for a day from `since`, oldest first: run_id, campaign_code, slot_on, as_of, made_at, record."""
    r, e = runs.c, ledger_entries.c
    columns = (r.run_id, r.campaign_code, r.slot_on, r.as_of, r.record, e.made_at)
    query = sa.select(*columns).join(ledger_entries, e.seq == r.seq).where(*_for(codes, since))
    return connection.execute(query.order_by(r.seq)).mappings().all()


def recipients(connection: sa.Connection, codes: Collection[str], since: date) -> dict[str, set[str]]:
    """Of the same runs, by run_id: the unions that got a workbook."""
    b = run_books.c
    query = sa.select(b.run_id, b.union_code).join(runs, runs.c.run_id == b.run_id).where(*_for(codes, since))
    found: dict[str, set[str]] = {}
    for run_id, union_code in connection.execute(query):
        found.setdefault(run_id, set()).add(union_code)
    return found


def _for(codes: Collection[str], since: date) -> tuple[sa.ColumnElement[bool], ...]:
    return runs.c.campaign_code.in_(list(codes)), runs.c.as_of >= since


def records(connection: sa.Connection, campaign_code: str | None, at_most: int = 50) -> Iterator[tuple[str, bytes]]:
    """run_id and record of the runs of one campaign, or of any, the newest first; of those that were not purged."""
    query = sa.select(runs.c.run_id, runs.c.record).where(runs.c.record.is_not(None)).order_by(runs.c.seq.desc())
    if campaign_code is not None:
        query = query.where(runs.c.campaign_code == campaign_code)
    for row in connection.execute(query.limit(at_most), execution_options={"stream_results": True}):
        yield row.run_id, row.record


def books(connection: sa.Connection, run_id: str) -> Rows:
    """Every column of `run_books`, by union."""
    query = sa.select(run_books).where(run_books.c.run_id == run_id).order_by(run_books.c.union_code)
    return connection.execute(query).mappings().all()


def people(connection: sa.Connection, run_id: str) -> pl.DataFrame:
    """PEOPLE_SCHEMA, everyone of the run."""
    query = sa.select(*(run_people.c[name] for name in PEOPLE_SCHEMA)).where(run_people.c.run_id == run_id)
    return frame(connection, query, PEOPLE_SCHEMA)


def template(connection: sa.Connection, sha256: str) -> bytes | None:
    query = sa.select(templates_kept.c.content).where(templates_kept.c.sha256 == sha256)
    return connection.execute(query).scalar()


def rule_texts(connection: sa.Connection) -> dict[str, str]:
    """By hash, every rule that a run was made with."""
    return {row.sha256: row.content for row in connection.execute(sa.select(rules_kept))}


def listed_among(connection: sa.Connection, member_keys: Sequence[str]) -> list[str]:
    """Those of `member_keys` that stand in a run."""
    p = run_people.c
    query = sa.select(p.member_key).where(p.member_key.in_(list(member_keys))).distinct()
    return list(connection.execute(query).scalars())


def handed_out(connection: sa.Connection, member_key: str) -> Rows:
    """Every run that the person stands in, oldest first: run_id, union_code, no, list_ids, placed_on."""
    p = run_people.c
    query = (
        sa.select(p.run_id, p.union_code, p.no, p.list_ids, runs.c.placed_on)
        .join(runs, runs.c.run_id == p.run_id)
        .where(p.member_key == member_key)
        .order_by(runs.c.seq)
    )
    return connection.execute(query).mappings().all()
