"""The demonstration branch as the files it would send: messy where real ones are, the same bytes for the same seed and D."""

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from kyosai_lists.demo.branch.branch import Branch, make_branch
from kyosai_lists.demo.branch.date_styles import MIXED, compact, written
from kyosai_lists.demo.branch.extract import contract_row
from kyosai_lists.demo.branch.member_requests import application_rows, stop_rows
from kyosai_lists.demo.branch.mistakes import spoil_applications, spoil_extract, spoil_roster, spoil_stops
from kyosai_lists.demo.branch.places import UNIONS
from kyosai_lists.demo.branch.plans import campaign_rows, target_rows, union_rows
from kyosai_lists.demo.branch.rosters import DATE_HEADERS, Row, roster_row
from kyosai_lists.demo.branch.union_workbooks import STYLE_OF_UNION, write_union_workbook
from kyosai_lists.demo.figures import guide_rows

CORE_SYSTEM = "cp932"  # what the core system and old macros write
EXCEL_CSV = "utf-8-sig"  # what Excel's "CSV UTF-8" writes


def make_branch_files(folder: Path, as_of: date, seed: int = 1) -> list[Path]:
    """Writes one invented branch (石川県, 19 unions, about 17,000 members and 60,000 contracts) as seen on `as_of`.

    Returns:
        The files, in the order of the layouts. Ten rows carry a realistic mistake; everything else can be loaded.
        CSV files have the same bytes for the same seed and day, workbooks the same cells.
    """
    folder.mkdir(parents=True, exist_ok=True)
    branch = make_branch(as_of, seed)
    stops, applications = stop_rows(branch), application_rows(branch)
    spoil_stops(stops)
    spoil_applications(applications)
    return [
        _write_csv(folder / "単組一覧.csv", union_rows(branch), CORE_SYSTEM),
        *_write_rosters(folder, branch),
        _write_extract(folder, branch),
        _write_csv(folder / "申込受付簿.csv", applications, CORE_SYSTEM),
        _write_csv(folder / "案内停止.csv", stops, EXCEL_CSV),
        _write_csv(folder / "募集計画.csv", campaign_rows(branch), EXCEL_CSV),
        _write_csv(folder / "目標.csv", target_rows(branch), CORE_SYSTEM),
        _write_csv(folder / "保障額のめやす.csv", guide_rows(), EXCEL_CSV),
    ]


def _write_rosters(folder: Path, branch: Branch) -> list[Path]:
    """A few unions send a workbook of their own, the branch types up the rest."""
    rows_of: dict[str, list[Row]] = defaultdict(list)
    for person in branch.people:
        rows_of[person.union.code if person.union.code in STYLE_OF_UNION else ""].append(roster_row(person))
    rng = Random(f"{branch.seed}/roster")
    typed = [_as_typed(rng, row) for row in rows_of[""]]
    spoil_roster(typed, branch)
    paths = [_write_csv(folder / "組合員名簿_県支部.csv", typed, EXCEL_CSV)]
    for union in UNIONS:
        if union.code in STYLE_OF_UNION:
            paths.append(folder / f"組合員名簿_{union.name}.xlsx")
            write_union_workbook(paths[-1], union, rows_of[union.code], branch.moment, branch.seed)
    return paths


def _as_typed(rng: Random, row: Row) -> dict[str, str]:
    """Every date in whatever style the one who typed it liked."""
    return {
        name: written(rng, cell if isinstance(cell, date) else None, MIXED)
        if name in DATE_HEADERS
        else "" if cell is None else str(cell)
        for name, cell in row.items()
    }  # fmt: skip


def _write_extract(folder: Path, branch: Branch) -> Path:
    rows = [contract_row(contract) for contract in branch.contracts]
    spoil_extract(rows)
    return _write_csv(folder / f"契約_基幹システム_{compact(branch.moment.roster_on)}.csv", rows, CORE_SYSTEM)


def _write_csv(path: Path, rows: Sequence[dict[str, str]], encoding: str) -> Path:
    """Every cell quoted and CRLF at line ends, as the core system does."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)
    return path
