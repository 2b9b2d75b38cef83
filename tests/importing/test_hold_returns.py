"""The 保留 workbook: every row as it came, mended there and imported again it comes off 保留 (interface.md §1)."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from kyosai_lists.usecases.importing.hold import on_hold as rows_on_hold
from kyosai_lists.usecases.importing.hold import write_all
from kyosai_lists.usecases.importing.import_files import ImportResult
from kyosai_lists.usecases.importing.past_imports import undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import (
    TODAY,
    Cells,
    Files,
    column,
    contract,
    counts,
    member,
    on_hold,
    stop,
    take_in,
    union,
)

New = Callable[..., Workspace]
ODD = "＝1+1 _x0041_ 𠮷\r\n﨑\t〜 "


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    made = new_workspace("17")
    take_in(made, files("単組.csv", union()), files("名簿.csv", member(), member("14")))
    return made


def the_sheet(result: ImportResult, name: str | None = None) -> tuple[openpyxl.Workbook, Worksheet, dict[str, int]]:
    """The book, a sheet of it, and the column of each heading."""
    book = openpyxl.load_workbook(result.hold_books[0])
    sheet = book[name] if name else book.worksheets[0]
    return book, sheet, {str(cell.value): cell.column for cell in sheet[3]}


def mended(
    result: ImportResult, files: Files, changes: dict[str, str], row: int = 4, name: str = "直した.xlsx"
) -> Path:
    book, sheet, columns = the_sheet(result)
    for heading, text in changes.items():
        sheet.cell(row, columns[heading]).value = text
    book.save(files.folder / name)
    return files.folder / name


def test_each_row_stands_there_as_text_with_its_number_reasons_remedies_and_place(
    workspace: Workspace, files: Files
) -> None:
    row = member("=1+1", 在籍区分="死亡？", 生年月日="2026/2/30", 備考=ODD, 携帯="090\x01")
    result = take_in(workspace, files("新しい.csv", row))
    with CalamineWorkbook.from_path(str(result.hold_books[0])) as book:
        headings, cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[2:4]
    found = dict(zip(map(str, headings), cells, strict=True))
    assert {heading: found[heading] for heading in row} == row
    assert found["保留番号"] == rows_on_hold(workspace)[0].number
    assert found["元の場所"] == "新しい.csv 2行目"
    assert str(found["保留の理由"]).count("\n") == 2
    assert result.hold_books[0].parent == workspace.out / "保留"


def test_the_cells_to_mend_are_coloured_also_under_a_heading_of_the_unions_own(
    workspace: Workspace, files: Files
) -> None:
    row = member("15", 生年月日="2026/2/30")
    row["単組CD"] = "17999"
    del row["単組コード"]
    result = take_in(workspace, files("新しい.csv", row))
    _, sheet, columns = the_sheet(result)
    coloured = {heading for heading, place in columns.items() if sheet.cell(4, place).fill.fgColor.rgb == "FFFFEB84"}
    assert coloured == {"生年月日", "単組CD"}


@pytest.mark.parametrize(
    ("row", "mend", "table"),
    [
        (member("15", 在籍区分="死亡？"), {"在籍区分": "死亡"}, "members"),
        (member("", 氏名="番号のない人"), {"組合員番号": "15"}, "members"),
        (contract("", 契約日="x"), {"契約番号": "7"}, "contracts"),
        (contract("7", 共済種類="火災共斉"), {"共済種類": "火災共済"}, "contracts"),
        (stop("00000013", "火災共斉"), {"共済種類": "火災共済"}, "suppressions"),
        (stop("", "火災"), {"組合員番号": "14"}, "suppressions"),
    ],
)
def test_a_row_mended_in_the_workbook_is_taken_in_and_comes_off_hold(
    row: Cells, mend: Cells, table: str, workspace: Workspace, files: Files
) -> None:
    held = take_in(workspace, files("新しい.csv", row))
    before = len(column(workspace, table, "import_id"))
    done = take_in(workspace, mended(held, files, mend))
    assert (counts(done.files[0]), done.mended, on_hold(workspace)) == ({"new": 1}, 1, [])
    assert len(column(workspace, table, "import_id")) == before + 1
    assert not any("保留番号" in alarm for alarm in done.alarms)
    undo_import(workspace, done.number, TODAY)
    assert len(on_hold(workspace)) == 1


def test_mended_to_what_is_stored_already_it_comes_off_hold_too(workspace: Workspace, files: Files) -> None:
    held = take_in(workspace, files("停止.csv", stop()), files("停止2.csv", stop("00000013", "？")))
    done = take_in(workspace, mended(held, files, {"共済種類": ""}))
    assert (counts(done.files[0]), on_hold(workspace)) == ({"unchanged": 1}, [])


def test_untouched_rows_stay_on_hold_under_their_number(workspace: Workspace, files: Files) -> None:
    rows = [member("15", 在籍区分="？", 備考=ODD), member("16", 在籍区分="？")]
    held = take_in(workspace, files("新しい.csv", *rows))
    before = [row.number for row in rows_on_hold(workspace)]
    again = take_in(workspace, mended(held, files, {"在籍区分": "現職"}, row=5))
    assert counts(again.files[0]) == {"new": 1, "quarantined": 1}
    assert [row.number for row in rows_on_hold(workspace)] == before[:1]
    _, sheet, _ = the_sheet(again)
    assert sheet.max_row == 4


def test_a_row_mended_into_another_mistake_is_on_hold_once_with_the_new_reason(
    workspace: Workspace, files: Files
) -> None:
    held = take_in(workspace, files("新しい.csv", stop("", "？")))
    take_in(workspace, mended(held, files, {"組合員番号": "14", "共済種類": "自動車"}))
    assert on_hold(workspace) == [("suppressions", "17-14")]
    assert rows_on_hold(workspace)[0].raw["共済種類"] == "自動車"


def test_a_row_the_clerk_gives_up_comes_off_hold_without_being_taken_in_and_can_be_brought_back(
    workspace: Workspace, files: Files
) -> None:
    held = take_in(workspace, files("新しい.csv", stop("00000013", "？"), stop("14", "？")))
    done = take_in(workspace, mended(held, files, {"保留の処理": "取りやめ"}))
    assert (done.withdrawn, done.mended, counts(done.files[0])) == (1, 0, {"quarantined": 1})
    assert on_hold(workspace) == [("suppressions", "17-14")]
    assert column(workspace, "suppressions", "member_key") == []
    undo_import(workspace, done.number, TODAY)
    assert sorted(on_hold(workspace)) == [("suppressions", "17-00000013"), ("suppressions", "17-14")]


def test_a_number_of_another_store_takes_nothing_off_hold_and_is_told(workspace: Workspace, files: Files) -> None:
    held = take_in(workspace, files("新しい.csv", stop("00000013", "？")))
    number = rows_on_hold(workspace)[0].number
    other = f"{number.split('-')[0]}-000000"
    again = take_in(workspace, mended(held, files, {"保留番号": other, "保留の処理": "取りやめ"}))
    assert [alarm for alarm in again.alarms if other in alarm and "いまは保留にありません" in alarm]
    assert on_hold(workspace) == [("suppressions", "17-00000013")]


def test_a_number_on_somebody_elses_row_takes_nothing_off_hold_and_is_told(workspace: Workspace, files: Files) -> None:
    held = take_in(workspace, files("新しい.csv", stop("00000013", "火災共催"), stop("14", "火災共催")))
    book, sheet, columns = the_sheet(held)
    sheet.cell(5, columns["保留番号"]).value = sheet.cell(4, columns["保留番号"]).value
    sheet.cell(5, columns["共済種類"]).value = "火災"
    sheet.delete_rows(4)
    book.save(files.folder / "直した.xlsx")
    again = take_in(workspace, files.folder / "直した.xlsx")
    assert ("suppressions", "17-00000013") in on_hold(workspace)
    assert [alarm for alarm in again.alarms if "別の人" in alarm]


def test_a_number_on_another_row_without_a_readable_person_takes_nothing_off_hold(
    workspace: Workspace, files: Files
) -> None:
    held = take_in(workspace, files("新しい.csv", stop("", "火災", 開始日="2026/1/1", 終了日="2026/2/1", 理由="甲")))
    other = {"組合員番号": "14", "開始日": "2025/1/1", "終了日": "2025/2/1", "理由": "乙"}
    take_in(workspace, mended(held, files, other))
    assert on_hold(workspace) == [("suppressions", "")]


def test_where_no_workbook_can_be_written_the_import_is_done_and_says_so(workspace: Workspace, files: Files) -> None:
    workspace.out.rmdir()
    workspace.out.write_text("", "utf-8")
    done = take_in(workspace, files("新しい.csv", stop("", "火災")))
    assert done.hold_books == ()
    assert "kyosai-lists held --write" in done.alarms[-1]
    assert on_hold(workspace) == [("suppressions", "")]


def test_a_hold_workbook_says_nothing_of_how_many_people_there_are_or_of_what_day_they_are(
    workspace: Workspace, files: Files
) -> None:
    people = [member(f"2{n}") for n in range(20)]
    take_in(workspace, files("名簿_20261031.csv", *people))
    held = take_in(workspace, files("名簿_20261030.csv", *people, member("15", 在籍区分="？")))
    before = column(workspace, "rosters", "as_of")
    done = take_in(workspace, mended(held, files, {"在籍区分": "現職"}, name="名簿_20261101.xlsx"))
    assert (done.alarms, column(workspace, "rosters", "as_of")) == ((), before)


def test_rows_of_several_files_stand_on_sheets_of_their_own_headings(workspace: Workspace, files: Files) -> None:
    one, two = files("甲.csv", member("15", 在籍区分="？")), files("乙.csv", member("16", 在籍区分="？", 備考="b"))
    result = take_in(workspace, one, two)
    book = openpyxl.load_workbook(result.hold_books[0])
    assert book.sheetnames == ["甲.csv", "乙.csv"]
    assert take_in(workspace, result.hold_books[0]).files[0].counts["quarantined"] == 2


def test_a_row_too_long_for_a_cell_is_said_and_cannot_come_back_cut(workspace: Workspace, files: Files) -> None:
    result = take_in(workspace, files("新しい.csv", member("15", 在籍区分="？", 備考="長" * 33_000)))
    _, sheet, columns = the_sheet(result)
    assert "元のファイルで直して" in sheet.cell(4, columns["直し方"]).value
    assert sheet.cell(4, columns["氏名"]).value is None
    assert take_in(workspace, result.hold_books[0]).files[0].read == 0
    assert len(on_hold(workspace)) == 1


def test_a_workbook_is_never_written_over_another(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("新しい.csv", member("15", 在籍区分="？")))
    books = [write_all(workspace, TODAY)[0] for _ in range(2)]
    assert [book.name for book in books] == ["保留_全部_20261101_組合員.xlsx", "保留_全部_20261101_組合員(2).xlsx"]
    assert books[0].read_bytes() == books[1].read_bytes()


def test_a_dry_run_writes_no_workbook(workspace: Workspace, files: Files) -> None:
    tried = take_in(workspace, files("新しい.csv", member("15", 在籍区分="？")), dry_run=True)
    assert tried.hold_books == ()
    assert not (workspace.out / "保留").exists()
