"""An export as a whole: what is written where, what is counted, what is refused."""

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases import gathered
from kyosai_lists.usecases.exporting import export_lists as exporting
from kyosai_lists.usecases.exporting.compose_books import Composition
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.gathered import DrawnLists
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.rendering import writers
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.seal import open_sealed
from tests.conftest import ACT, AS_OF, copied
from tests.exporting.reading import TITLES, table, workbooks
from tests.importing.importing_files import Here

ORDER = Order(as_of=AS_OF)


def export(workspace: Workspace, out: Path, order: Order = ORDER, passwords: Passwords | None = None) -> ExportResult:
    return export_lists(workspace, order, act=ACT, passwords=passwords, out=out)


def manifest(out: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads((out / "県支部控え" / "manifest.json").read_text("utf-8"))
    return document


def test_matched_is_delivered_and_suppressed_and_unplaced(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export(sqlite_branch, tmp_path / "out")
    in_files = sum(len(table(path, title)) for path in workbooks(tmp_path / "out") for title in TITLES.values())
    assert result.delivered == in_files
    assert result.suppressed["案内停止"] > 0
    assert result.matched == result.delivered + sum(result.suppressed.values()) + result.unplaced


def test_the_manifest_names_every_union_with_its_file_and_hash(sqlite_branch: Workspace, tmp_path: Path) -> None:
    export(sqlite_branch, tmp_path / "out", dataclasses.replace(ORDER, list_ids=("retiree-transfer",)))
    books = manifest(tmp_path / "out")["workbooks"]
    assert isinstance(books, list)
    assert len(books) == 12
    nobody = [book for book in books if not book["path"]]
    assert {book["union"] for book in nobody} == {"17008", "17009"}
    assert all(book["people"] == 0 for book in nobody)
    for book in books:
        if book["path"]:
            data = (tmp_path / "out" / book["path"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == book["sha256"]
    assert len(workbooks(tmp_path / "out")) == 10


def test_the_summary_counts_and_names_nobody(sqlite_branch: Workspace, tmp_path: Path) -> None:
    export(sqlite_branch, tmp_path / "out")
    workbook = CalamineWorkbook.from_path(tmp_path / "out" / "県支部控え" / "まとめ.xlsx")
    text = str([workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names])
    assert "珠洲市職員労働組合" in text
    for path in workbooks(tmp_path / "out"):
        for row in table(path, TITLES["fire-only"]):
            assert str(row["氏名"]) not in text
            assert str(row["組合員番号"]) not in text


def test_the_same_run_of_the_same_store_gives_the_same_bytes(sqlite_branch: Workspace, tmp_path: Path) -> None:
    order = dataclasses.replace(ORDER, run_id="261101-AAAAA")
    branches = [copied(sqlite_branch, tmp_path / name) for name in ("one", "other")]
    first, second = (export(branch, tmp_path / on / "out", order) for branch, on in zip(branches, "ab", strict=True))
    assert [book.sha256 for book in first.books] == [book.sha256 for book in second.books]
    summaries = [(tmp_path / on / "out" / "県支部控え" / "まとめ.xlsx").read_bytes() for on in "ab"]
    assert summaries[0] == summaries[1]


def test_another_run_has_other_numbers_for_the_same_people(sqlite_branch: Workspace, tmp_path: Path) -> None:
    first, second = export(sqlite_branch, tmp_path / "a"), export(sqlite_branch, tmp_path / "b")
    assert first.run_id != second.run_id
    numbers = [{row["行ID"] for row in table(workbooks(tmp_path / out)[0], "名簿")} for out in ("a", "b")]
    assert numbers[0]
    assert not numbers[0] & numbers[1]


def test_sealed_workbooks_open_with_the_union_s_password_only(sqlite_branch: Workspace, tmp_path: Path) -> None:
    passwords = Passwords(None, {f"17{n:03}": f"secret-{n}" for n in range(1, 13)})
    result = export(sqlite_branch, tmp_path / "out", passwords=passwords)
    for book in result.books:
        data = (tmp_path / "out" / book.path).read_bytes()
        assert data[:4] == bytes.fromhex("d0cf11e0")
        assert open_sealed(data, passwords.of(book.union_code))[:2] == b"PK"
        with pytest.raises(ExportError):
            open_sealed(data, "secret-99")
    assert "secret" not in json.dumps(manifest(tmp_path / "out"))


def test_no_plaintext_workbook_touches_the_disk_when_sealing(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[bytes] = []
    original = Path.write_bytes

    def spy(self: Path, data: bytes) -> int:
        if "県支部控え" not in self.parts:
            written.append(data[:2])
        return original(self, data)

    monkeypatch.setattr(Path, "write_bytes", spy)
    export(sqlite_branch, tmp_path / "out", passwords=Passwords("all-the-same", {}))
    assert len(written) == 12
    assert b"PK" not in written


def test_a_union_without_a_password_stops_the_whole_export(sqlite_branch: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="17002"):
        export(sqlite_branch, tmp_path / "out", passwords=Passwords(None, {"17001": "only this one"}))
    assert not list(tmp_path.glob("out*"))
    assert not list(tmp_path.glob(".作成中*"))


def test_a_workbook_whose_rows_do_not_add_up_is_never_handed_out(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "count_rows", lambda data: {"名簿": 1})
    with pytest.raises(ExportError, match="行の数"):
        export(sqlite_branch, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_unions_and_prefectures_narrow_the_export(sqlite_branch: Workspace, tmp_path: Path) -> None:
    result = export(sqlite_branch, tmp_path / "one", dataclasses.replace(ORDER, union_codes=("17003",)))
    assert [book.union_code for book in result.books] == ["17003"]
    for wrong in ({"union_codes": ("17999",)}, {"prefectures": ("18",)}):
        with pytest.raises(UsageError, match="登録されていません"):
            export(sqlite_branch, tmp_path / "wrong", dataclasses.replace(ORDER, **wrong))


def test_a_campaign_brings_its_day_its_lists_its_name_and_its_return_date(
    sqlite_branch: Workspace, tmp_path: Path
) -> None:
    result = export(sqlite_branch, tmp_path / "out", Order(campaign="2026-SP2"))
    assert result.as_of == date(2026, 11, 16)
    assert list(result.titles) == ["young-unenrolled", "fire-only", "disaster-standard"]
    path = workbooks(tmp_path / "out")[0]
    assert re.fullmatch(r"17001_金沢市職員労働組合_2026年度 第2回スポット募集\.xlsx", path.name)
    cover = str(CalamineWorkbook.from_path(path).get_sheet_by_name("表紙").to_python())
    assert "2026年12月18日" in cover


def test_a_stop_that_begins_during_a_campaign_counts_from_its_issue(
    new_workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    workspace = new_workspace("17")
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(
        "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n"
        + "".join(f"{n},17001,氏名{n},2000-05-05,2020-04-01,正規,現職\n" for n in range(1, 7)),
        "utf-8",
    )
    (tmp_path / "c.csv").write_text(
        "募集コード,募集名,種別,県コード,単組コード,開始日,終了日,発行日数前,対象リスト\n"
        "S,スポット,スポット,17,,2026-11-16,2026-12-18,14,young-unenrolled\n",
        "utf-8",
    )
    (tmp_path / "s.csv").write_text(
        "組合員番号,共済種類,開始日,終了日\n"
        "1,団体生命,2026-11-01,2026-11-01\n"  # over before the issue day, 2026-11-02
        "2,団体生命,2026-11-01,2026-11-02\n"  # on the issue day
        "3,退職者団体生命,2026-12-18,\n"  # begins on the last day, same family
        "4,団体生命,2026-12-19,\n"  # begins after
        "5,マイカー,,\n",  # another family
        "utf-8",
    )
    import_files(workspace, [tmp_path / f"{n}.csv" for n in "umcs"], today=AS_OF, readers=Here)
    export(workspace, tmp_path / "out", Order(campaign="S"))
    listed = {row["組合員番号"] for row in table(workbooks(tmp_path / "out")[0], TITLES["young-unenrolled"])}
    assert listed == {"1", "4", "5", "6"}


def test_an_unknown_list_or_campaign_is_wrong_usage(sqlite_branch: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no-such-list"):
        export(sqlite_branch, tmp_path / "out", dataclasses.replace(ORDER, list_ids=("no-such-list",)))
    with pytest.raises(UsageError, match="no-such-campaign"):
        export(sqlite_branch, tmp_path / "out", Order(campaign="no-such-campaign"))


def test_someone_past_their_retirement_date_without_a_planned_one_is_named_in_the_manifest(
    new_workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    workspace = new_workspace("17")
    (tmp_path / "u.csv").write_text("単組コード,単組名,単組区分\n17001,金沢,市\n17002,公社,公社\n", "utf-8")
    (tmp_path / "m.csv").write_text(
        "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分,退職予定日\n"
        "1,17001,甲,1960-05-05,1985-04-01,正規,現職,\n"
        "2,17001,乙,1960-05-05,1985-04-01,正規,退職,\n"
        "3,17001,丙,1960-05-05,1985-04-01,正規,現職,2027-03-31\n"
        "4,17002,丁,1960-05-05,1985-04-01,正規,現職,\n",
        "utf-8",
    )
    import_files(workspace, [tmp_path / "u.csv", tmp_path / "m.csv"], today=AS_OF, readers=Here)
    result = export(workspace, tmp_path / "out")
    assert result.past_retirement == ("1",)
    assert manifest(tmp_path / "out")["past_retirement"] == ["1"]


def test_a_text_that_no_cell_can_hold_leaves_its_rows_out_and_is_counted(
    new_workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    workspace = new_workspace("17")
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(
        "組合員番号,単組コード,氏名,職場名,生年月日,採用年月日,雇用区分,在籍区分\n"
        f"1,17001,甲,{'課' * 32_768},2000-05-05,2020-04-01,正規,現職\n"
        f"2,17001,乙,{'課' * 32_767},2000-05-05,2020-04-01,正規,現職\n",
        "utf-8",
    )
    import_files(workspace, [tmp_path / "u.csv", tmp_path / "m.csv"], today=AS_OF, readers=Here)
    result = export(workspace, tmp_path / "out")
    assert (result.matched, result.delivered, result.unplaced) == (2, 1, 1)
    assert result.needs_a_person


def test_the_branch_s_own_template_is_used_once_it_has_its_name(
    new_workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    workspace = new_workspace("17")
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n", "utf-8")
    (tmp_path / "m.csv").write_text(
        "組合員番号,単組コード,氏名,生年月日,採用年月日,雇用区分,在籍区分\n1,17001,甲,2000-05-05,2020-04-01,正規,現職\n",
        "utf-8",
    )
    import_files(workspace, [tmp_path / "u.csv", tmp_path / "m.csv"], today=AS_OF, readers=Here)
    pattern = next((workspace.folder / "templates_xlsx").glob("*.xlsx"))
    own = load_workbook(pattern)
    own["名簿"].sheet_properties.tabColor = "FF112233"
    own.save(workspace.folder / "templates_xlsx" / "call_list.xlsx")
    export(workspace, tmp_path / "out")
    made = load_workbook(workbooks(tmp_path / "out")[0])
    assert made["名簿"].sheet_properties.tabColor.rgb == "FF112233"


def test_a_run_made_in_many_parts_is_the_run_made_in_one(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = Order(list_ids=("all",), as_of=AS_OF, run_id="261101-PARTS")
    one, other = (copied(sqlite_branch, tmp_path / name) for name in ("one", "other"))
    whole = export(one, tmp_path / "a" / "out", order)
    parts: list[list[str]] = []
    real = exporting.compose

    def noted(drawn: DrawnLists, *rest: Any) -> Composition:
        parts.append(drawn.unions["union_code"].to_list())
        return real(drawn, *rest)

    monkeypatch.setattr(exporting, "compose", noted)
    monkeypatch.setattr(gathered, "_ROWS", 100)
    monkeypatch.setattr(gathered, "_ROWS_A_LIST", 0)
    split = export(other, tmp_path / "b" / "out", order)
    assert len(parts) > 3
    assert [code for part in parts for code in part] == [book.union_code for book in whole.books]
    assert split.books == whole.books
    assert split.totals == whole.totals
    assert whole.entry is not None
    assert split.entry is not None
    assert split.entry.body == whole.entry.body
    summaries = [(tmp_path / on / "out" / "県支部控え" / "まとめ.xlsx").read_bytes() for on in "ab"]
    assert summaries[0] == summaries[1]
