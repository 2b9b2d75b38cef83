"""Whom a union need no longer approach on what it still has: seen, told by No. without a reason, once, and in the 台帳."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.recall_entry import RecallEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.custody import write_recalls as writing_recalls
from kyosai_lists.usecases.custody.recalls import Recalled, RecallLook, look_for_recalls
from kyosai_lists.usecases.custody.record_custody import Told, record_custody
from kyosai_lists.usecases.custody.write_recalls import WrittenRecalls, write_recalls
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.seal import open_sealed
from tests.cli.running import Typed, typed_into
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import table, workbooks

LISTS = ("young-unenrolled", "fire-only")
ORDER = Order(as_of=AS_OF, union_codes=("17001", "17002"), list_ids=LISTS)
LATER = replace(ACT, at=ACT.at + timedelta(days=10))


@pytest.fixture
def run(own_branch: Workspace) -> ExportResult:
    return export_lists(own_branch, ORDER, act=ACT, passwords=None)


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def on(run: ExportResult, title: str, union: int = 0) -> list[tuple[int, str, bool]]:
    """No., 組合員番号 and whether they are on another list too."""
    rows = table(workbooks(run.out)[union], title)
    return [(int(str(row["No."]).split(".")[0]), str(row["組合員番号"]), bool(row["ほかのリスト"])) for row in rows]


def alone(run: ExportResult, title: str = "火災共済のみ加入", union: int = 0) -> tuple[int, str]:
    return next((no, number) for no, number, other in on(run, title, union) if not other)


def change(branch: Workspace, number: str, status: str) -> None:
    with writing(branch.engine) as connection:
        connection.exec_driver_sql(f"UPDATE members SET status = '{status}' WHERE member_no = '{number}'")


def look(branch: Workspace) -> RecallLook:
    return look_for_recalls(branch, LATER.day)


def seen(found: RecallLook) -> list[tuple[str, int, str]]:
    return [(one.book.union_code, one.no, one.letters) for one in found.recalled]


def test_of_a_run_just_made_nobody_is_recalled(own_branch: Workspace) -> None:
    export_lists(own_branch, Order(as_of=AS_OF, list_ids=("all",)), act=ACT, passwords=None)
    found = look_for_recalls(own_branch, AS_OF)
    assert (seen(found), found.unchecked) == ([], ())
    # Later a stop that was put in for a day after the run has begun, and an application of a few days later counts.
    assert set(look(own_branch).reasons) <= {"案内停止", "加入・申込"}


@pytest.mark.parametrize("status", ["dead", "left", "?"])
def test_who_died_or_left_or_is_in_a_state_that_nobody_can_read(
    own_branch: Workspace, run: ExportResult, status: str
) -> None:
    no, number = alone(run)
    change(own_branch, number, status)
    assert seen(look(own_branch)) == [("17001", no, "")]


def test_who_asked_not_to_be_approached_at_all_or_for_one_product(
    own_branch: Workspace, run: ExportResult, typed: Typed
) -> None:
    no, number = alone(run)
    typed("suppress", "add", number, "--reason", "電話", "--from", "2026-11-02")
    assert seen(look(own_branch)) == [("17001", no, "")]
    both, number = next((no, number) for no, number, other in on(run, "火災共済のみ加入") if other)
    typed("suppress", "add", number, "--product", "火災", "--from", "2026-11-02")
    letter = next(book for book in run.letters.items() if book[0] == "fire-only")[1]
    assert sorted(seen(look(own_branch))) == sorted([("17001", no, ""), ("17001", both, letter)])


def test_who_applied_for_what_was_offered(own_branch: Workspace, run: ExportResult, typed: Typed) -> None:
    no, number = alone(run, "若年層 団体生命未加入")
    answer = typed("applications", "add", number, "--product", "団体生命", "--today", "2026-11-05")
    assert answer.code == 0, answer.err
    assert seen(look(own_branch)) == [("17001", no, "")]
    assert look(own_branch).reasons == {"加入・申込": 1}


def test_who_held_it_all_along_is_not_taken_for_enrolled(own_branch: Workspace) -> None:
    """They are offered more of what they have, and the day of the run, not today, is what they are judged by."""
    export_lists(own_branch, replace(ORDER, list_ids=("young-follow-up", "group-life-keep")), act=ACT, passwords=None)
    assert seen(look_for_recalls(own_branch, LATER.day + timedelta(days=700))) == []


def test_only_what_is_still_out(own_branch: Workspace, run: ExportResult) -> None:
    for union in (0, 1):
        change(own_branch, alone(run, union=union)[1], "dead")
    assert len(look(own_branch).recalled) == 2
    record_custody(own_branch, run.run_id, ("17001",), Told("returned", LATER.day, "山本"), LATER)
    assert [one.book.union_code for one in look(own_branch).recalled] == ["17002"]
    record_custody(own_branch, run.run_id, ("17002",), Told("destroyed", LATER.day, "山本"), LATER)
    assert look(own_branch).recalled == ()


def written(branch: Workspace, passwords: Passwords | None = None) -> WrittenRecalls:
    return write_recalls(branch, LATER, passwords)


def cells(data: Path) -> list[str]:
    sheet = load_workbook(data).active
    assert sheet is not None
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_notice_names_no_and_number_and_neither_the_person_nor_why(
    own_branch: Workspace, run: ExportResult
) -> None:
    no, number = alone(run)
    name = next(
        str(row["氏名"]) for row in table(workbooks(run.out)[0], "火災共済のみ加入") if row["組合員番号"] == number
    )
    change(own_branch, number, "dead")
    done = written(own_branch)
    assert done.out is not None
    (path,) = workbooks(done.out)
    said = cells(path)
    assert f"{run.run_id}-17001" in said
    assert str(no) in said
    assert "お声かけ不要になりました" in said
    everything = "".join(said)
    for word in (number, name, "死亡", "脱退", "停止", "加入"):
        assert word not in everything


def test_it_is_in_the_ledger_and_said_once(own_branch: Workspace, run: ExportResult) -> None:
    no, number = alone(run)
    change(own_branch, number, "left")
    done = written(own_branch)
    with reading(own_branch.engine) as connection:
        last = ledger.latest(connection)
    assert last == done.entry
    assert last is not None
    told = RecallEntry.read(last.body)
    assert told.books == {f"{run.run_id}-17001": {str(no): ""}}
    assert number not in last.body
    assert verify_ledger(own_branch, LATER).problems == ()
    assert [one.new for one in look(own_branch).recalled] == [False]
    assert written(own_branch).out is None
    change(own_branch, alone(run, union=1)[1], "left")
    assert [path.name[:5] for path in workbooks(written(own_branch).out or Path())] == ["17002"]


def test_it_is_sealed_as_an_export_is(own_branch: Workspace, run: ExportResult) -> None:
    change(own_branch, alone(run)[1], "dead")
    done = written(own_branch, Passwords(None, {"17001": "ひみつ42"}))
    assert done.out is not None
    (path,) = workbooks(done.out)
    assert open_sealed(path.read_bytes(), "ひみつ42")[:2] == b"PK"


def test_without_a_password_of_each_union_no_notice_is_written(own_branch: Workspace, run: ExportResult) -> None:
    for union in (0, 1):
        change(own_branch, alone(run, union=union)[1], "dead")
    with pytest.raises(UsageError, match="17002"):
        written(own_branch, Passwords(None, {"17001": "ひみつ42"}))
    assert not (own_branch.out / "回収のお知らせ").exists()


@pytest.mark.parametrize("step", ["_write", "_enter"])
def test_stopped_before_its_folder_has_its_name_the_next_start_completes(
    own_branch: Workspace, run: ExportResult, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    change(own_branch, alone(run)[1], "dead")

    def after(done: Callable[..., object]) -> Callable[..., object]:
        def stepped(*given: object) -> object:
            done(*given)
            raise SystemError

        return stepped

    with monkeypatch.context() as patch:
        patch.setattr(writing_recalls, step, after(getattr(writing_recalls, step)))
        patch.setattr("shutil.rmtree", lambda *_, **__: None)  # a killed program sweeps nothing
        with pytest.raises(SystemError):
            written(own_branch)
    again = written(own_branch)
    assert (again.out is None) == (step == "_enter")
    folders = [path for path in (own_branch.out / "回収のお知らせ").iterdir() if path.is_dir()]
    assert len(folders) == 1
    assert not folders[0].name.startswith(".")
    assert len(workbooks(folders[0])) == 1
    assert isinstance(again.look.recalled[0], Recalled)


def test_a_list_whose_rule_is_gone_is_named_and_its_dead_are_recalled_all_the_same(
    own_branch: Workspace, typed: Typed
) -> None:
    own = own_branch.folder / "queries" / "own.sql"
    own.parent.mkdir(exist_ok=True)
    built_in = Path(__file__).parents[2] / "queries" / "fire-only.sql"
    own.write_text(built_in.read_text("utf-8").replace("火災共済のみ加入", "県支部のリスト"), "utf-8")
    answer = typed("export", "--list", "own", "--union", "17001", "--as-of", "2026-11-01", "--no-password", "--json")
    books = workbooks(Path(answer.json()["out"]))
    number = str(table(books[0], "県支部のリスト")[0]["組合員番号"])
    own.unlink()
    change(own_branch, number, "dead")
    told = typed("custody", "recalls", "--json")
    assert told.code == 4
    assert told.json()["unchecked"] == ["県支部のリスト"]
    assert [one["letters"] for one in told.json()["recalled"]] == [[]]


def test_as_typed_it_is_looked_at_first_and_written_when_said(
    own_branch: Workspace, run: ExportResult, typed: Typed
) -> None:
    no, number = alone(run)
    change(own_branch, number, "dead")
    shown = typed("custody", "recalls")
    assert (shown.code, f"{run.run_id}-17001" in shown.out) == (0, True)
    assert number not in shown.out
    assert typed("custody", "recalls", "--write").code == 2
    done = typed("custody", "recalls", "--write", "--no-password", "--json").json()
    assert [one["no"] for one in done["recalled"]] == [no]
    assert len(done["paths"]) == 1


def test_a_notice_whose_folder_cannot_take_its_name_yet_is_not_swept_by_the_next(
    own_branch: Workspace, run: ExportResult
) -> None:
    change(own_branch, alone(run)[1], "dead")
    first = written(own_branch)
    assert first.out is not None
    aside = first.out.with_name(f".作成中-{first.out.name.partition('_')[2]}")
    first.out.rename(aside)
    first.out.mkdir()
    (first.out / "手紙.txt").write_text("in its place")
    change(own_branch, alone(run, union=1)[1], "dead")
    assert written(own_branch).out is not None
    assert len(list(aside.glob("*.xlsx"))) == 1
