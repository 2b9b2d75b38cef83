"""Lists of unions in an export: one workbook for the branch, in figures, beside or without the unions' own workbooks."""

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope
from kyosai_lists.usecases.draw_unions import draw_unions
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF, copied
from tests.exporting.reading import workbooks

PATH = "県支部控え/単組リスト.xlsx"
ABOUT_UNIONS = (
    *("union-not-participating", "union-joint-enrolment-missed", "union-low-enrolment", "union-model"),
    *("union-cali-agreement", "union-attachment", "branch-priority"),
)
ORDER = Order(as_of=AS_OF, list_ids=ABOUT_UNIONS)


def export(workspace: Workspace, out: Path, order: Order = ORDER) -> ExportResult:
    return export_lists(workspace, order, act=ACT, passwords=None, out=out)


def manifest(out: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((out / "県支部控え" / "manifest.json").read_text("utf-8"))
    return document


def sheet(out: Path, name: str) -> list[dict[str, object]]:
    """The rows below the heading, by heading (without the line ends in it)."""
    rows = CalamineWorkbook.from_path(out / PATH).get_sheet_by_name(name).to_python()[2:]
    headings = [str(heading).replace("\n", "") for heading in rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in rows[1:]]


def test_unions_alone_make_one_workbook_and_no_summary_of_people(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export(sqlite_branch, tmp_path / "out")
    assert workbooks(tmp_path / "out") == []
    assert {path.name for path in (tmp_path / "out" / "県支部控え").iterdir()} == {"manifest.json", "単組リスト.xlsx"}
    assert (result.matched, result.delivered, result.suppressed, result.books) == (0, 0, {}, ())


def test_each_list_has_a_sheet_with_a_line_for_each_union(sqlite_branch: Workspace, tmp_path: Path) -> None:
    written = export(sqlite_branch, tmp_path / "out").union_lists
    assert written is not None
    assert CalamineWorkbook.from_path(tmp_path / "out" / PATH).sheet_names == ["概要", *written.titles.values()]
    for list_id, title in written.titles.items():
        assert len(sheet(tmp_path / "out", title)) == written.rows[list_id]
    overview = {row["シート"]: row["載った数"] for row in sheet(tmp_path / "out", "概要")}
    assert overview == {title: written.rows[list_id] for list_id, title in written.titles.items()}
    agreements = sheet(tmp_path / "out", "自賠責 協定未締結単組")
    assert [row["単組コード"] for row in agreements] == ["17003", "17004", "17006", "17011"]
    assert agreements[0]["単組名"] == "小松市職員労働組合"


def test_the_manifest_counts_rows_and_guards_the_file(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export(sqlite_branch, tmp_path / "out")
    told = manifest(tmp_path / "out")
    digest = hashlib.sha256((tmp_path / "out" / PATH).read_bytes()).hexdigest()
    assert told["control"] == {PATH: digest}
    assert result.union_lists is not None
    assert result.union_lists.sha256 == digest
    assert {one["id"]: one["rows"] for one in told["union_lists"]} == result.union_lists.rows
    assert told["union_lists"][-1]["parameters"] == {"least_decrease": "350", "national_rate": None}
    assert "全国の減少率" in told["union_lists"][-1]["note"]


def test_people_and_unions_go_out_together(sqlite_branch: Workspace, tmp_path: Path) -> None:
    both = dataclasses.replace(ORDER, list_ids=("fire-only", *ABOUT_UNIONS))
    result = export(sqlite_branch, tmp_path / "out", both)
    assert list(result.titles) == ["fire-only"]
    assert len(workbooks(tmp_path / "out")) == sum(bool(book.path) for book in result.books) > 0
    assert result.matched == result.delivered + sum(result.suppressed.values()) + result.unplaced
    assert set(manifest(tmp_path / "out")["control"]) == {PATH, "県支部控え/まとめ.xlsx"}
    export(sqlite_branch, tmp_path / "out", both)  # takes the place of what is untouched


def test_the_same_run_of_the_same_store_gives_the_same_bytes(sqlite_branch: Workspace, tmp_path: Path) -> None:
    for out in ("a", "b"):
        branch = copied(sqlite_branch, tmp_path / f"workspace {out}")
        export(branch, tmp_path / out, dataclasses.replace(ORDER, run_id="261101-AAAAA"))
        branch.engine.dispose()
    assert (tmp_path / "a" / PATH).read_bytes() == (tmp_path / "b" / PATH).read_bytes()


def test_sheets_are_set_up_to_be_printed_and_filtered_and_an_empty_one_says_why(
    sqlite_branch: Workspace, tmp_path: Path
) -> None:
    export(sqlite_branch, tmp_path / "out")
    workbook = load_workbook(tmp_path / "out" / PATH)
    rates = workbook["付帯率の低い単組"]
    assert (rates.page_setup.orientation, rates.page_setup.paperSize, rates.freeze_panes) == ("landscape", 9, "C4")
    assert rates.auto_filter.ref == f"A3:L{rates.max_row}"
    assert (rates["A4"].data_type, rates["C4"].number_format, rates["E4"].number_format) == ("s", "#,##0", "0.0%")
    empty = workbook["団体生命・重点県支部"]
    assert "「全国の減少率が分かる" in empty["A2"].value
    assert [str(merged) for merged in empty.merged_cells.ranges] == ["A2:G2"]  # or it would run out of the print area
    assert empty.row_dimensions[2].height > 3 * 10


def test_the_figures_of_the_unions_are_worked_out_once_for_all_lists_of_a_run(sqlite_branch: Workspace) -> None:
    asked: list[str] = []
    engine = sqlite_branch.engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        with reading(engine) as connection:
            rules = list(sqlite_branch.union_rules.values())
            drawn = draw_unions(connection, sqlite_branch, rules, Occasion(AS_OF), Scope())
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(drawn) == len(rules) > 5
    worked_out = [statement for statement in asked if "people_figures AS MATERIALIZED" in statement]
    assert sum("FROM union_figures" in statement.rpartition("\n")[2] for statement in worked_out) == 1
    assert len(worked_out) <= 3  # of the unions, the prefectures, the nation
