"""Taking files in: every row read is new, changed, unchanged, a duplicate, on 保留, or waiting. One call is one transaction."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.accepting.accept import PLACE, Accepted, accept
from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.accepting.mend import mended
from kyosai_lists.intake.layouts import BY_ID, LAYOUTS, Layout
from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions, Remark
from kyosai_lists.store import imports, quarantine, tables
from kyosai_lists.store.engine import Connection, writing
from kyosai_lists.store.load import merge, read_text
from kyosai_lists.store.read import waiting_contracts
from kyosai_lists.usecases.workspace import Workspace

FATES = ("new", "changed", "unchanged", "duplicate", "quarantined", "held")


@dataclass(frozen=True)
class FileFate:
    """What became of the rows of one file: `title` is its layout's name, `read` is the sum of `counts`, whose keys are FATES."""

    path: Path
    layout: str
    title: str
    encoding: str
    sha256: str
    read: int
    counts: dict[str, int]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class ImportResult:
    """`problems`: one line for each reason of each row now on 保留: file, sheet, row, column, value, reason, remedy.

    `mended`: rows taken off 保留. `waiting`: contracts in the store whose member is not there yet; `released`: those whose
    member came in this call.
    """

    files: tuple[FileFate, ...]
    problems: pl.DataFrame
    mended: int
    waiting: int
    released: int

    @property
    def needs_a_person(self) -> bool:
        return not self.problems.is_empty()


def import_files(
    workspace: Workspace,
    paths: list[Path],
    *,
    today: date,
    dry_run: bool = False,
    encoding: str | None = None,
    password: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> ImportResult:
    """Reads every file, then loads all of them, unions first, in one transaction; a dry run takes it back at its end.

    Raises:
        FileRefused: a file cannot be taken in; nothing was.
    """
    if not paths:
        raise UsageError("取り込むファイルが指定されていません。", "ファイルの名前を続けて書いてください。")
    own: dict[str, dict[str, str]] = {name: dict(layout.columns) for name, layout in workspace.settings.layouts.items()}
    options = ReadingOptions(today=today, columns=own, encoding=encoding, password=password)
    readings = []
    for path in paths:
        progress(path.name)
        readings.append(read_file(path, options))
    with writing(workspace.engine, keep=not dry_run) as connection:
        progress("書き込み")
        return _load(connection, workspace, readings, today)


def _load(connection: Connection, workspace: Workspace, readings: list[FileReading], today: date) -> ImportResult:
    import_id = imports.begin(connection, today)
    waiting_before = waiting_contracts(connection)
    fates, problems, mended_rows = [], [], 0
    for layout in LAYOUTS:
        same = [(number, reading) for number, reading in enumerate(readings) if reading.layout == layout.id]
        if not same:
            continue
        known = _known(connection, workspace)
        accepted = accept(layout, [reading for _, reading in same], known)
        written = merge(connection, tables.metadata.tables[layout.id], accepted.rows, import_id, layout.defaults)
        told_anew = accepted.rows.filter(written["fate"] != "unchanged")
        mended_rows += _settle_quarantine(connection, layout, accepted, told_anew, import_id)
        loaded = _fates(layout, accepted, known, written["fate"])
        numbers = pl.DataFrame({"source": range(len(same)), "file_number": [number for number, _ in same]})
        fates.append(loaded.join(numbers, on="source"))
        problems.append(accepted.problems)
        if layout.id == "members":
            roster_dates = _roster_dates(accepted, [reading for _, reading in same], today)
            imports.note_rosters(connection, roster_dates)
    waiting = waiting_contracts(connection)
    all_fates = pl.concat(fates)
    files = tuple(_file_fate(number, reading, all_fates) for number, reading in enumerate(readings))
    imports.settle(connection)
    imports.record_files(connection, import_id, [_as_record(file) for file in files])
    return ImportResult(
        files=files,
        problems=pl.concat(problems).drop("source").sort("file", "sheet", "row", maintain_order=True),
        mended=mended_rows,
        waiting=len(waiting),
        released=len(waiting_before - waiting),
    )


def _known(connection: Connection, workspace: Workspace) -> Known:
    members = read_text(connection, tables.members, ["member_key", "pref"])
    return Known(
        unions=read_text(connection, tables.unions, ["union_code", "pref"]),
        members=members.with_columns(number=pl.col("member_key").str.splitn("-", 2).struct.field("field_1")),
        prefectures=workspace.settings.workspace.prefectures,
    )


def _settle_quarantine(
    connection: Connection, layout: Layout, accepted: Accepted, told_anew: pl.DataFrame, import_id: int
) -> int:
    """Rows mended by this call come off 保留, rows that cannot be taken in go on it."""
    came_again = ["record_key", "raw"]
    waiting = quarantine.open_rows(connection, layout.id).join(accepted.quarantined, on=came_again, how="anti")
    ids = mended(waiting, accepted.rows, told_anew)
    quarantine.resolve(connection, ids, import_id)
    if accepted.quarantined.is_empty():
        return len(ids)
    told = accepted.problems.group_by(PLACE, maintain_order=True).agg(
        pl.col("file").first(), problems=pl.struct("column", "value", "reason", "remedy")
    )
    rows = accepted.quarantined.join(told, on=PLACE, how="left", maintain_order="left").select(
        "file", "sheet", "row", "record_key", "member_key", "raw", layout=pl.lit(layout.id),
        problems=pl.col("problems").map_elements(_as_json, return_dtype=pl.String),
    )  # fmt: skip
    quarantine.add(connection, rows, import_id)
    return len(ids)


def _as_json(problems: pl.Series) -> str:
    return json.dumps(problems.to_list(), ensure_ascii=False)


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


def _roster_dates(accepted: Accepted, readings: list[FileReading], today: date) -> dict[str, date]:
    """Per union code, the newest date that one of these rosters says it is of; no roster is of a day to come."""
    said = pl.DataFrame(
        {"source": range(len(readings)), "as_of": [min(reading.roster_on or today, today) for reading in readings]},
        schema={"source": pl.Int64, "as_of": pl.Date},
    )
    taken_in = accepted.fates.filter(pl.col("fate") != "quarantined").select("source", "record_key")
    of_union = taken_in.join(accepted.rows.select("record_key", "union_code"), on="record_key").join(said, on="source")
    return dict(of_union.group_by("union_code").agg(pl.col("as_of").max()).iter_rows())


def _file_fate(number: int, reading: FileReading, fates: pl.DataFrame) -> FileFate:
    mine = fates.filter(pl.col("file_number") == number)
    counted = dict(mine.group_by("fate").len().iter_rows())
    counts = {fate: counted.get(fate, 0) for fate in FATES}
    return FileFate(
        reading.path,
        reading.layout,
        BY_ID[reading.layout].title,
        reading.encoding,
        reading.sha256,
        reading.rows.height,
        counts,
        reading.remarks,
    )


def _as_record(file: FileFate) -> dict[str, str | int]:
    return {
        "name": file.path.name,
        "sha256": file.sha256,
        "layout": file.layout,
        "encoding": file.encoding,
        "read": file.read,
        **file.counts,
    }
