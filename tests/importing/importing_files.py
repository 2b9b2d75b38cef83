"""Small CSV files as a branch sends them, and the whole store as plain Python to compare before and after."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Self

import sqlalchemy as sa

from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions
from kyosai_lists.store import tables
from kyosai_lists.usecases.importing.import_files import FATES, FileFate, ImportResult, import_files
from kyosai_lists.usecases.workspace import Workspace

TODAY = date(2026, 11, 1)
Cells = dict[str, str]


class Here:
    """Reads in this process: to start another one for each of many small imports would take most of the time."""

    def __init__(self, options: ReadingOptions) -> None:
        self.options = options

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read(self, path: Path) -> FileReading:
        return read_file(path, self.options)


# What is kept of an import beside its rows: that it took place, and what it changed.
JOURNAL = ("imports", "import_files", "changes", "confirmations")


def union(code: str = "17001", **cells: str) -> Cells:
    return {"単組コード": code, "単組名": f"単組{code}"} | cells


def member(number: str = "00000013", union_code: str = "17001", **cells: str) -> Cells:
    usual = {
        "組合員番号": number,
        "単組コード": union_code,
        "氏名": "山田　花子",
        "生年月日": "1990/4/1",
        "採用年月日": "2015/4/1",
        "雇用区分": "正規",
        "在籍区分": "現職",
    }
    return usual | cells


def contract(number: str = "0000000001", member_no: str = "00000013", **cells: str) -> Cells:
    return {"契約番号": number, "組合員番号": member_no, "共済種類": "火災共済", "発効日": "2020/4/1"} | cells


def stop(number: str = "00000013", product: str = "", **cells: str) -> Cells:
    return {"組合員番号": number, "共済種類": product, "開始日": "", "終了日": "", "理由": "本人申出"} | cells


class Files:
    """Writes files into one folder; `files("名簿.csv", member(), member("14"))`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, *rows: Cells) -> Path:
        path = self.folder / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return path


def take_in(
    workspace: Workspace, *paths: Path, today: date = TODAY, dry_run: bool = False, snapshot: bool = False
) -> ImportResult:
    """Imports, and holds every file to its sum."""
    result = import_files(workspace, list(paths), today=today, dry_run=dry_run, snapshot=snapshot, readers=Here)
    for file in result.files:
        assert file.read == sum(file.counts.values())
        assert tuple(file.counts) == FATES
    return result


def counts(file: FileFate) -> dict[str, int]:
    """Only the fates that some row had."""
    return {fate: count for fate, count in file.counts.items() if count}


def total(files: Iterable[FileFate], fate: str) -> int:
    return sum(file.counts[fate] for file in files)


Contents = dict[str, list[tuple[object, ...]]]
"""Every row by table."""


def contents(workspace: Workspace, *, without: tuple[str, ...] = JOURNAL) -> Contents:
    """Every row of every table, sorted."""
    with workspace.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in tables.metadata.sorted_tables
            if table.name not in without
        }


def column(workspace: Workspace, table: str, name: str) -> list[object]:
    """One column of a table, in the order of its primary key."""
    chosen = tables.metadata.tables[table]
    with workspace.engine.connect() as connection:
        return list(connection.execute(sa.select(chosen.c[name]).order_by(*chosen.primary_key)).scalars())


def on_hold(workspace: Workspace) -> list[tuple[str, str]]:
    """layout and member_key of every row still on 保留."""
    q = tables.quarantine
    with workspace.engine.connect() as connection:
        found = connection.execute(
            sa.select(q.c.layout, q.c.member_key).where(q.c.resolved_by.is_(None)).order_by(q.c.id)
        )
        return [(layout, member_key) for layout, member_key in found]
