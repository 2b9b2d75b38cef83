"""Rows that were read → the store: unions first, then what names them. The caller owns the transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from kyosai_lists.ahead import one_ahead
from kyosai_lists.intake.accepting.accept import Accepted, accept
from kyosai_lists.intake.accepting.alarms import (
    fewer_rows,
    many_changes,
    old_rosters,
    renamed_workplaces,
    short_rosters,
    stops_of_nobody,
)
from kyosai_lists.intake.accepting.applications import matched
from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.accepting.gone import SCOPE, gone
from kyosai_lists.intake.layouts import LAYOUTS, Layout
from kyosai_lists.intake.reading import FileReading
from kyosai_lists.store import imports, read, tables
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.load import CHANGE_SCHEMA, merge, record_key
from kyosai_lists.usecases.importing.known import known_after, known_before
from kyosai_lists.usecases.importing.settle_quarantine import Settled, settle_quarantine
from kyosai_lists.usecases.roster_age import roster_warning
from kyosai_lists.usecases.workspace import Workspace

FATES = ("new", "changed", "unchanged", "duplicate", "quarantined", "held")
BROUGHT_SCHEMA: dict[str, pl.DataType] = {
    "table_name": pl.String(),
    "record_key": pl.String(),
    "member_key": pl.String(),
}
PROBLEMS = ("file", "sheet", "row", "column", "value", "reason", "remedy")


@dataclass(frozen=True)
class TakenIn:
    """What became of the rows of one call.

    `read`: how many rows each file has. `fates`: `file_number` (the place in `readings`), `fate` (FATES), `n`. `problems`: PROBLEMS, a line for each reason of each row now on 保留.
    `mended`, `withdrawn`, `held`: as `settle_quarantine.Settled`. `waiting`: contracts in the store whose member is not there; `released`: those whose member came.
    `brought`: BROUGHT_SCHEMA, the rows that are new; `gone`: the same, of rows that the files no longer have.
    `changes`: `store.load.CHANGE_SCHEMA`. `alarms`: sentences.
    """

    import_id: int
    read: tuple[int, ...]
    fates: pl.DataFrame
    problems: pl.DataFrame
    mended: int
    withdrawn: int
    held: pl.DataFrame
    waiting: int
    released: int
    brought: pl.DataFrame
    gone: pl.DataFrame
    changes: pl.DataFrame
    alarms: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class _Came:
    """What came of one layout. `numbers`: the places of its files in `readings`; `known`: before it."""

    layout: Layout
    numbers: list[int]
    known: Known
    accepted: Accepted


@dataclass(frozen=True)
class _OneLayout:
    """`accepted`: without its rows and fates, unless what the files no longer have is to be told."""

    layout: Layout
    accepted: Accepted
    fates: pl.DataFrame  # source, fate
    brought: pl.DataFrame
    changes: pl.DataFrame
    settled: Settled
    alarms: list[str]


def take_in(
    connection: Connection, workspace: Workspace, readings: list[FileReading], today: date, *, complete: bool = False
) -> TakenIn:
    """Takes all rows in as one import; `complete`: tells what the files no longer have.

    Nothing is kept of an import that the caller's transaction does not keep. `readings` lose their rows on the way: those of
    a nation are too many to keep until its end.
    """
    read_rows = tuple(reading.rows.height for reading in readings)
    import_id = imports.begin(connection, today)
    waiting_before = read.waiting_contracts(connection)
    known = known_before(connection, workspace)
    done: list[_OneLayout] = []
    fates = []
    for came in one_ahead(_accepted(readings, known)):  # while the store takes in one layout
        one = _take_in_layout(connection, workspace, came, [readings[n] for n in came.numbers], import_id, today)
        for n in came.numbers:
            readings[n] = replace(readings[n], rows=readings[n].rows.clear())
        place = pl.DataFrame({"source": range(len(came.numbers)), "file_number": came.numbers})
        fates.append(one.fates.join(place, on="source"))
        done.append(one if complete else replace(one, accepted=_without_rows(one.accepted)))
        del came, one  # or its rows would stay until the next layout is done
    matches = _match_applications(connection, done, import_id, today)
    waiting, released = _waiting_after(connection, waiting_before, done)
    return TakenIn(
        import_id=import_id,
        read=read_rows,
        fates=pl.concat(fates).group_by("file_number", "fate").agg(n=pl.len()),
        problems=pl.concat(one.accepted.problems.select(PROBLEMS) for one in done).sort(
            "file", "sheet", "row", maintain_order=True
        ),
        mended=sum(one.settled.mended for one in done),
        withdrawn=sum(one.settled.withdrawn for one in done),
        held=pl.concat(one.settled.held for one in done),
        waiting=waiting,
        released=released,
        brought=pl.concat(one.brought for one in done),
        gone=_gone(connection, done if complete else [], today),
        changes=pl.concat([*(one.changes for one in done), matches]),
        alarms=tuple(alarm for one in done for alarm in one.alarms),
    )


def _accepted(readings: list[FileReading], known: Known) -> Iterator[_Came]:
    """Layout by layout, unions first. It asks the store nothing, so that it may be ahead of it."""
    for layout in LAYOUTS:
        numbers = [number for number, reading in enumerate(readings) if reading.layout == layout.id]
        if numbers:
            accepted = accept(layout, [readings[n] for n in numbers], known)
            yield _Came(layout, numbers, known, accepted)
            known = known_after(layout, accepted.rows, known)
            del accepted


def _waiting_after(connection: Connection, before: set[str], done: list[_OneLayout]) -> tuple[int, int]:
    """How many contracts wait for their member now, and how many do no longer."""
    if not before:  # nobody's member came: to go through a nation's contracts would find those of this call alone
        return sum(one.fates.filter(pl.col("fate") == "held").height for one in done), 0
    now = read.waiting_contracts(connection)
    return len(now), len(before - now)


def _without_rows(accepted: Accepted) -> Accepted:
    return replace(accepted, rows=accepted.rows.clear(), fates=accepted.fates.clear())


def _take_in_layout(
    connection: Connection,
    workspace: Workspace,
    came: _Came,
    readings: list[FileReading],
    import_id: int,
    today: date,
) -> _OneLayout:
    layout, known, accepted = came.layout, came.known, came.accepted
    table = tables.metadata.tables[layout.id]
    in_service = read.people_in_service(connection) if layout.id == "members" else {}
    merged = merge(connection, table, accepted.rows, import_id, layout.defaults)
    fate = merged.rows["fate"]
    told_anew = accepted.rows.filter(fate != "unchanged")
    settled = settle_quarantine(connection, layout, readings, accepted, told_anew, import_id)
    alarms = settled.alarms + many_changes(layout, fate, merged.changes)
    if layout.id == "suppressions":
        alarms += stops_of_nobody(accepted.rows["member_key"], known.members["member_key"])
    whole = [r for r in readings if not r.partial]
    if layout.id == "members":
        alarms += renamed_workplaces(merged.changes, accepted.rows)
        alarms += _note_rosters(connection, workspace, accepted, readings, in_service, import_id, today)
    elif whole:
        rows = sum(reading.rows.height for reading in whole)
        alarms += fewer_rows(layout, rows, imports.most_rows(connection, layout.id))
    keys = [column.name for column in table.primary_key]
    brought = merged.rows.with_columns(accepted.rows["member_key"]).filter(pl.col("fate") == "new")
    brought = brought.select(pl.lit(layout.id).alias("table_name"), record_key(keys), "member_key")
    return _OneLayout(layout, accepted, _fates(layout, accepted, known, fate), brought, merged.changes, settled, alarms)


def _gone(connection: Connection, done: list[_OneLayout], today: date) -> pl.DataFrame:
    found = [pl.DataFrame(schema=BROUGHT_SCHEMA)]
    for one in done:
        if scope := SCOPE.get(one.layout.id):
            stored = read.still_there(connection, tables.metadata.tables[one.layout.id], scope, today)
            rows = gone(one.layout, one.accepted, stored)
            found.append(rows.select(pl.lit(one.layout.id).alias("table_name"), "record_key", "member_key"))
    return pl.concat(found)


def _fates(layout: Layout, accepted: Accepted, known: Known, fate: pl.Series) -> pl.DataFrame:
    """Every row read with its fate, in FATES: source, fate. `fate`: what merging made of `accepted.rows`."""
    if layout.id == "contracts":
        waits = ~accepted.rows["member_key"].is_in(known.members["member_key"].implode())
        fate = pl.DataFrame([fate, waits.alias("waits")]).select(
            pl.when("waits").then(pl.lit("held")).otherwise("fate").alias("fate")
        )["fate"]
    kept = accepted.rows.select("source").with_columns(fate)
    rest = accepted.fates.filter(pl.col("fate") != "kept").select("source", "fate")
    return pl.concat([kept, rest])


def _note_rosters(
    connection: Connection,
    workspace: Workspace,
    accepted: Accepted,
    readings: list[FileReading],
    in_service: dict[str, int],
    import_id: int,
    today: date,
) -> list[str]:
    """Keeps the date of each union's newest roster; the alarms are of rosters that are old, or shorter than they should be."""
    said = pl.DataFrame(
        {
            "source": range(len(readings)),
            "as_of": [min(reading.roster_on or today, today) for reading in readings],
            "whole": [not reading.partial for reading in readings],
        },
        schema={"source": pl.Int64, "as_of": pl.Date, "whole": pl.Boolean},
    )
    taken_in = accepted.fates.filter(pl.col("fate") != "quarantined").select("source", "record_key")
    of_union = taken_in.join(accepted.rows.select("record_key", "union_code"), on="record_key").join(said, on="source")
    newest = of_union.filter("whole").group_by("union_code").agg(
        pl.col("as_of").max(), people=pl.col("record_key").n_unique()
    )  # fmt: skip
    max_age = workspace.settings.export.roster_max_age_days
    old = {code: roster_warning(as_of, today, max_age, "今日") for code, as_of, _ in newest.iter_rows()}
    people = dict(newest.select("union_code", "people").iter_rows())
    imports.note_rosters(connection, newest.select("union_code", pl.col("as_of").cast(pl.String)), import_id)
    return old_rosters(old) + short_rosters(people, in_service)


def _match_applications(connection: Connection, done: list[_OneLayout], import_id: int, today: date) -> pl.DataFrame:
    """The contracts that came new are matched to the applications that were there; gives the changes (CHANGE_SCHEMA)."""
    new = pl.concat(one.brought for one in done)
    told_now = new.filter(pl.col("table_name") == "applications")["record_key"].implode()
    key = record_key([column.name for column in tables.applications.primary_key])
    there = read.open_applications(connection).filter(~key.is_in(told_now))
    came = new.filter(pl.col("table_name") == "contracts").select(contract_key="record_key")
    if there.is_empty() or came.is_empty():
        return pl.DataFrame(schema=CHANGE_SCHEMA)
    contracts = read.contracts_of(connection, import_id).join(came, on="contract_key", how="semi")
    others = read.contracts_in_force(connection, today).join(came, on="contract_key", how="anti")
    pairs = matched(there, contracts, others, today)
    return merge(connection, tables.applications, pairs, import_id).changes
