"""`ledger verify` finds whatever was done to the 台帳, to what is kept of a run, and to files; and nothing where nothing was done."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import UsageError
from kyosai_lists.usecases.custody.record_custody import Told, record_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.keeping.verify_ledger import Problem, verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import workbooks
from tests.keeping.conftest import kept_after
from tests.keeping.kept import Kept
from tests.keeping.tampering import change

TWO_UNIONS = ("17001", "17002")
ORDER = Order(as_of=AS_OF, union_codes=TWO_UNIONS, list_ids=("fire-only", "union-model"))


def exported(workspace: Workspace, order: Order = ORDER, passwords: Passwords | None = None) -> ExportResult:
    return export_lists(workspace, order, act=ACT, passwords=passwords)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_after(request, tmp_path_factory.mktemp("runs"), ORDER, ORDER, ORDER)


@pytest.fixture
def branch(kept: Kept) -> Iterator[Workspace]:
    """The sample branch, with three runs in its 台帳."""
    yield from kept.opened()


@pytest.fixture
def runs(kept: Kept) -> list[ExportResult]:
    return kept.runs


def problems(workspace: Workspace, head: str | None = None) -> list[Problem]:
    return list(verify_ledger(workspace, ACT, head).problems)


def test_what_nobody_touched_is_whole(branch: Workspace, runs: list[ExportResult]) -> None:
    exported(branch, replace(ORDER, list_ids=("all",)), Passwords("ひみつ42", {}))
    reprint(branch, runs[0].run_id, act=ACT, passwords=None)
    heads = [run.entry.hash for run in runs if run.entry]
    found = verify_ledger(branch, ACT, heads[1])
    assert found.problems == ()
    assert (found.entries, found.runs, found.gone) == (5, 4, 0)
    assert found.files == sum(len(workbooks(path)) for path in branch.out.iterdir()) + 9  # and まとめ, 単組リスト


def test_an_empty_ledger_is_whole(new_workspace: Callable[..., Workspace]) -> None:
    assert verify_ledger(new_workspace(), ACT).problems == ()


def test_an_edited_entry(branch: Workspace, runs: list[ExportResult]) -> None:
    """One field after another, each of another entry."""
    edits = {"body": "replace(body, '\"sealed\":false', '\"sealed\":true')", "made_by": "'suzuki'", "made_at": "'2025'"}
    for seq, (column, value) in enumerate(edits.items(), start=1):
        change(branch, f"UPDATE ledger_entries SET {column} = {value} WHERE seq = {seq}")
        changed = [found.place for found in problems(branch) if found.what == "記録が書き換えられています"]
        assert changed == [f"台帳 第{number}号" for number in range(1, seq + 1)]


def test_an_entry_that_was_made_another_kind(branch: Workspace, runs: list[ExportResult]) -> None:
    change(branch, "UPDATE ledger_entries SET kind = 'custody' WHERE seq = 2")
    assert Problem("entry", "台帳 第2号", "記録が書き換えられています") in problems(branch)


EDITED_ROWS = [
    (0, "UPDATE runs SET purpose = 'ほか' WHERE {run}", "利用目的"),
    (0, "UPDATE runs SET record = NULL WHERE {run}", "県支部控え"),
    (0, "UPDATE runs SET union_lists = NULL WHERE {run}", "単組リスト"),
    (0, "UPDATE run_books SET recipient = 'ほか' WHERE {run} AND union_code = '17001'", "17001"),
    (0, "UPDATE run_books SET frozen = NULL WHERE {run} AND union_code = '17002'", "17002"),
    (0, "UPDATE run_people SET member_key = '17-X' WHERE {run} AND union_code = '17001' AND no = 1", "17001"),
    (1, "UPDATE runs SET as_of = '2020-01-01' WHERE {run}", "基準日"),
    (1, "UPDATE run_books SET file_sha256 = 'x' WHERE {run} AND union_code = '17001'", "17001"),
    (1, "DELETE FROM run_books WHERE {run} AND union_code = '17002'", "17002"),
    (1, "UPDATE run_people SET list_ids = 'x' WHERE {run} AND union_code = '17001' AND no = 1", "17001"),
    (2, "DELETE FROM run_people WHERE {run} AND union_code = '17001' AND no = 1", "17001"),
    (2, "INSERT INTO run_people SELECT run_id, '17-X', '17009', 1, 'x' FROM runs WHERE {run}", "17009"),
    (2, "DELETE FROM runs WHERE {run}", "記録がありません"),
]


def all_found(branch: Workspace, runs: list[ExportResult], changes: Iterable[tuple[int, str, str]]) -> set[Problem]:
    """One after another: each shows as one more problem, at its run. All of them together."""
    known: set[Problem] = set()
    for number, statement, told in changes:
        run_id = runs[number].run_id
        change(branch, statement.format(run=f"run_id = '{run_id}'"))
        (found,) = set(problems(branch)) - known
        known.add(found)
        assert (found.kind, found.place) == ("run", f"名簿番号 {run_id}")
        assert told in found.what
    return known


def test_every_edited_row_of_a_run(branch: Workspace, runs: list[ExportResult]) -> None:
    all_found(branch, runs, EDITED_ROWS)


def test_frozen_rows_that_were_put_in_place_of_others(branch: Workspace, runs: list[ExportResult]) -> None:
    other = f"(SELECT frozen FROM run_books WHERE run_id = '{runs[0].run_id}' AND union_code = '17002')"
    change(branch, f"UPDATE run_books SET frozen = {other} WHERE run_id = '{runs[1].run_id}' AND union_code = '17001'")
    assert [found.what for found in problems(branch)] == ["単組 17001 の名簿の中身の控えが変わっています"]


def test_an_edited_rule_or_template(branch: Workspace, runs: list[ExportResult]) -> None:
    for statement, places in (
        ("UPDATE rules_kept SET content = content || ' '", {"ルール"}),
        ("DELETE FROM rules_kept", {"ルール"}),
        ("DELETE FROM templates_kept", {"ルール", "ひな形"}),
    ):
        change(branch, statement)
        assert {found.place.split()[0] for found in problems(branch)} == places


def test_a_removed_entry(branch: Workspace, runs: list[ExportResult]) -> None:
    shutil.rmtree(branch.out)
    change(branch, "DELETE FROM ledger_entries WHERE seq = 2")
    removed, untold = problems(branch)
    assert removed == Problem("entry", "台帳 第2号", "記録が抜けています")
    assert (untold.kind, untold.place) == ("run", f"名簿番号 {runs[1].run_id}")
    change(branch, "DELETE FROM runs WHERE seq = 2")
    assert [found.place for found in problems(branch)] == [removed.place, untold.place]
    change(branch, *(f"DELETE FROM {table} WHERE run_id = '{runs[1].run_id}'" for table in ("run_people", "run_books")))
    assert problems(branch) == [removed]


def test_a_removed_entry_whose_number_the_next_one_took(branch: Workspace, runs: list[ExportResult]) -> None:
    change(
        branch,
        "DELETE FROM ledger_entries WHERE seq = 2",
        "UPDATE ledger_entries SET seq = 2 WHERE seq = 3",
        "UPDATE runs SET seq = 9 WHERE seq = 2",
        "UPDATE runs SET seq = 2 WHERE seq = 3",
    )
    found = [one for one in problems(branch) if one.kind == "entry"]
    assert {one.place for one in found} == {"台帳 第2号"}


def cut(branch: Workspace, run: ExportResult) -> None:
    change(
        branch,
        *(f"DELETE FROM {table} WHERE run_id = '{run.run_id}'" for table in ("run_people", "run_books", "runs")),
        "DELETE FROM ledger_entries WHERE seq = 3",
    )


def test_a_cut_tail_against_a_printed_head(branch: Workspace, runs: list[ExportResult]) -> None:
    cut(branch, runs[2])
    shutil.rmtree(branch.out)
    assert problems(branch) == []
    assert runs[2].entry
    (found,) = problems(branch, runs[2].entry.hash[:16].upper())
    assert (found.kind, found.place) == ("head", "台帳の先頭")
    assert runs[1].entry
    assert problems(branch, runs[1].entry.hash) == []


def test_a_cut_tail_shows_at_the_rows_that_stayed(branch: Workspace, runs: list[ExportResult]) -> None:
    record_custody(branch, runs[2].run_id, (), Told("received", ACT.day, "山本"), ACT)
    shutil.rmtree(branch.out)
    change(branch, "DELETE FROM ledger_entries WHERE seq >= 3")
    assert {(found.kind, found.place) for found in problems(branch)} == {
        ("run", f"名簿番号 {runs[2].run_id}"), ("entry", "台帳 第4号"),
    }  # fmt: skip


def test_rows_of_a_run_that_name_another_entry(branch: Workspace, runs: list[ExportResult]) -> None:
    change(branch, "UPDATE runs SET seq = 9 WHERE seq = 2")
    assert [(found.kind, found.place) for found in problems(branch)] == [("run", f"名簿番号 {runs[1].run_id}")]


def test_a_run_whose_entry_cannot_be_read_is_told_once(branch: Workspace, runs: list[ExportResult]) -> None:
    shutil.rmtree(branch.out)
    change(branch, "UPDATE ledger_entries SET body = '{}' WHERE seq = 2")
    assert {found.place for found in problems(branch)} == {"台帳 第2号"}


def test_kept_rules_and_templates_that_no_run_uses_are_no_strangers(
    branch: Workspace, runs: list[ExportResult]
) -> None:
    change(
        branch,
        "INSERT INTO rules_kept VALUES ('0', 'x')",
        "INSERT INTO templates_kept SELECT '0', content FROM templates_kept",
    )
    assert problems(branch) == []


def test_a_cut_tail_also_shows_at_the_folder_that_still_stands(branch: Workspace, runs: list[ExportResult]) -> None:
    cut(branch, runs[2])
    (found,) = problems(branch)
    assert (found.kind, found.place) == ("folder", str(runs[2].out))


def test_a_run_that_was_put_elsewhere_in_the_store_alone(branch: Workspace, runs: list[ExportResult]) -> None:
    record_custody(branch, runs[2].run_id, ("17001",), Told("received", ACT.day, "山本"), ACT)
    changes = [
        (0, "UPDATE runs SET machine = 'PC-9' WHERE {run}", "置いた場所"),
        (1, "UPDATE runs SET out = '/elsewhere' WHERE {run}", "置いた場所"),
        (2, "UPDATE runs SET placed_on = NULL WHERE {run}", "渡した日"),
    ]
    known = all_found(branch, runs, changes)
    change(branch, "UPDATE runs SET placed_on = '2030-01-01' WHERE placed_on IS NULL")
    assert set(problems(branch)) == known
    change(branch, f"UPDATE runs SET placed_on = '{ACT.day}' WHERE placed_on = '2030-01-01'")
    assert len(problems(branch)) == len(known) - 1


def test_a_run_that_was_finished_by_a_reprint_elsewhere_stands_there(own_branch: Workspace, tmp_path: Path) -> None:
    run = exported(own_branch)
    shutil.rmtree(run.out)
    change(own_branch, "UPDATE runs SET placed_on = NULL")
    reprint(own_branch, run.run_id, act=replace(ACT, machine="PC-2"), passwords=None, out=tmp_path / "there")
    assert problems(own_branch) == []


def test_a_day_that_was_taken_back_is_held_against_nothing(own_branch: Workspace) -> None:
    run = exported(own_branch)
    for event, on in (("received", ACT.day), ("taken-back", date(2020, 1, 1))):
        record_custody(own_branch, run.run_id, (), Told(event, on, "山本"), ACT)
    assert problems(own_branch) == []


def test_what_is_no_head_is_refused(branch: Workspace) -> None:
    for text in ("", "0123", "ではない"):
        with pytest.raises(UsageError, match="照合番号"):
            verify_ledger(branch, ACT, text)


def spoil(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def a_book(out: Path) -> Path:
    return workbooks(out)[0]


def a_paper(out: Path) -> Path:
    return out / "県支部控え" / "まとめ.xlsx"


def the_union_lists(out: Path) -> Path:
    return out / "県支部控え" / "単組リスト.xlsx"


def test_changed_files(branch: Workspace, runs: list[ExportResult]) -> None:
    changed = [a_book(runs[1].out), a_paper(runs[1].out), the_union_lists(runs[2].out)]
    for path in changed:
        spoil(path)
    expected = {Problem("file", str(path), "渡したときのファイルと違います") for path in changed}
    assert set(problems(branch)) == expected


def test_a_changed_manifest(branch: Workspace, runs: list[ExportResult]) -> None:
    path = runs[1].out / "県支部控え" / "manifest.json"
    path.write_text(path.read_text("utf-8").replace('"matched": ', '"matched": 1'), "utf-8")
    assert [(found.kind, found.place) for found in problems(branch)] == [("file", str(path))]


def test_a_file_that_went_elsewhere_is_told_and_is_no_problem(branch: Workspace, runs: list[ExportResult]) -> None:
    a_book(runs[1].out).unlink()
    found = verify_ledger(branch, ACT)
    assert (found.problems, found.gone) == ((), 1)


def test_a_folder_outside_the_workspace_is_looked_at_too(branch: Workspace, tmp_path: Path) -> None:
    export_lists(branch, ORDER, act=ACT, passwords=None, out=tmp_path / "elsewhere")
    spoil(a_book(tmp_path / "elsewhere"))
    assert [found.kind for found in problems(branch)] == ["file"]


def test_a_file_that_was_sealed_again_by_a_reprint_is_no_changed_file(branch: Workspace) -> None:
    run = exported(branch, passwords=Passwords("ひみつ42", {}))
    again = reprint(branch, run.run_id, act=ACT, passwords=Passwords("ひみつ42", {}))
    assert problems(branch) == []
    spoil(a_book(again.out))
    assert [found.kind for found in problems(branch)] == ["file"]


def test_verify_changes_nothing(branch: Workspace, runs: list[ExportResult]) -> None:
    def everything() -> list[object]:
        with branch.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text("SELECT * FROM ledger_entries"))]

    before = everything()
    verify_ledger(branch, ACT)
    assert everything() == before
