"""The same files again: byte for byte before sealing, whatever the branch changed since."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kyosai_lists.errors import StoreError, UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.keeping.disclosures import disclosures_of
from kyosai_lists.usecases.keeping.look_at_ledger import look_at_ledger, show_run
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from kyosai_lists.workbook.seal import open_sealed
from tests.conftest import ACT, AS_OF
from tests.exporting.killing import contents
from tests.exporting.reading import workbooks
from tests.keeping.conftest import kept_after
from tests.keeping.kept import Kept

PASSWORDS = Passwords("ひみつ42", {})
ORDER = Order(as_of=AS_OF)
EVERYTHING = Order(as_of=AS_OF, list_ids=("all", "union-model"))


def change_everything(branch: Workspace) -> Workspace:
    """Template, rule, settings and data are others from now on."""
    template = load_workbook(resource_dir("templates_xlsx") / "call_list.xlsx")
    template["表紙"].column_dimensions["A"].width = 33
    template.save(branch.folder / "templates_xlsx" / "call_list.xlsx")
    rule = (resource_dir("queries") / "fire-only.sql").read_text("utf-8").replace("火災共済のみ加入", "ほかの題")
    (branch.folder / "queries").mkdir()
    (branch.folder / "queries" / "fire-only.sql").write_text(rule, "utf-8")
    settings = branch.folder / "kyosai.toml"
    settings.write_text(
        settings.read_text("utf-8") + '[branch]\nname = "ほか"\n[parameters]\nyoung_max_age = 20\n', "utf-8"
    )
    with writing(branch.engine) as connection:
        connection.exec_driver_sql("UPDATE members SET name = 'ほか', status = 'left'")
        connection.exec_driver_sql("UPDATE unions SET name = 'ほか'")
        connection.exec_driver_sql("DELETE FROM contracts")
    return open_workspace(branch.folder)


@pytest.mark.parametrize("order", [ORDER, EVERYTHING], ids=["four", "everything"])
def test_the_same_folder_byte_for_byte_after_everything_changed(branch: Workspace, order: Order) -> None:
    run = export_lists(branch, order, act=ACT, passwords=None)
    before = contents(run.out)
    changed = change_everything(branch)
    again = reprint(changed, run.run_id, act=ACT, passwords=None)
    assert again.out != run.out
    assert contents(again.out) == before == contents(run.out)
    assert (again.changed, again.books) == ((), 12)
    changed.engine.dispose()


def test_the_other_writer_s_run_is_printed_by_that_writer(branch: Workspace) -> None:
    order = replace(ORDER, union_codes=("17001",))
    openpyxl = branch.settings.export.model_copy(update={"writer": "openpyxl"})
    settings = branch.settings.model_copy(update={"export": openpyxl})
    run = export_lists(replace(branch, settings=settings), order, act=ACT, passwords=None)
    assert contents(reprint(branch, run.run_id, act=ACT, passwords=None).out) == contents(run.out)


def test_what_a_killed_reprint_left_is_not_in_the_way_of_the_next(branch: Workspace) -> None:
    run = export_lists(branch, replace(ORDER, union_codes=("17001",)), act=ACT, passwords=None)
    left = branch.out / f".作成中-{run.run_id}_再発行" / "17"
    left.mkdir(parents=True)
    (left / "17001.xlsx").write_bytes(b"half")
    again = reprint(branch, run.run_id, act=ACT, passwords=None)
    assert contents(again.out) == contents(run.out)
    assert not left.exists()


def test_a_sealed_run_is_the_same_inside(branch: Workspace) -> None:
    order = replace(ORDER, union_codes=("17001", "17002"))
    run = export_lists(branch, order, act=ACT, passwords=PASSWORDS)
    again = reprint(branch, run.run_id, act=ACT, passwords=Passwords("ほかのひみつ7", {}))
    first, second = workbooks(run.out), workbooks(again.out)
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert open_sealed(one.read_bytes(), "ひみつ42") == open_sealed(other.read_bytes(), "ほかのひみつ7")
    assert again.changed == ()


def test_the_plain_workbook_never_touches_the_disk_when_it_is_sealed_again(
    branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = export_lists(branch, replace(ORDER, union_codes=("17001",)), act=ACT, passwords=PASSWORDS)
    written: list[bytes] = []
    original = Path.write_bytes

    def spy(self: Path, data: bytes) -> int:
        if "県支部控え" not in self.parts:
            written.append(data[:2])
        return original(self, data)

    monkeypatch.setattr(Path, "write_bytes", spy)
    reprint(branch, run.run_id, act=ACT, passwords=PASSWORDS)
    assert written == [b"\xd0\xcf"]


def test_that_it_was_printed_again_is_an_entry_and_stands_at_the_run_and_the_person(branch: Workspace) -> None:
    run = export_lists(branch, replace(ORDER, union_codes=("17001",)), act=ACT, passwords=None)
    later = replace(ACT, user="suzuki")
    reprint(branch, run.run_id, act=later, passwords=None)
    with reading(branch.engine) as connection:
        last = ledger.latest(connection)
    assert last is not None
    assert (last.seq, last.kind, last.made_by) == (2, "reprint", "suzuki")
    body = json.loads(last.body)
    assert (body["run_id"], body["same"], body["sealed"], len(body["files"])) == (run.run_id, True, False, 1)
    ((entry, _),) = show_run(branch, run.run_id).reprints
    assert entry == last
    assert [line.run_id for line in look_at_ledger(branch).runs] == [run.run_id]
    with reading(branch.engine) as connection:
        key = connection.exec_driver_sql("SELECT member_key FROM run_people").scalars().first()
    (disclosure,) = disclosures_of(branch, str(key)).handed_out
    assert disclosure.reprinted_at == (last.made_at,)


def test_a_reprint_over_the_untouched_one_takes_its_place_and_over_other_files_is_refused(
    branch: Workspace, tmp_path: Path
) -> None:
    run = export_lists(branch, replace(ORDER, union_codes=("17001",)), act=ACT, passwords=None)
    for _ in range(2):
        again = reprint(branch, run.run_id, act=ACT, passwords=None, out=tmp_path / "again")
    (again.out / "手紙.txt").write_text("mine")
    with pytest.raises(UsageError, match="ほかのファイル"):
        reprint(branch, run.run_id, act=ACT, passwords=None, out=tmp_path / "again")
    with reading(branch.engine) as connection:
        assert len(list(ledger.entries(connection))) == 3  # what was refused is not in the ledger


def test_another_version_that_makes_other_files_says_so(branch: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    run = export_lists(branch, replace(ORDER, union_codes=("17001", "17002")), act=ACT, passwords=None)
    monkeypatch.setattr("kyosai_lists.workbook.meta.FORMAT", "2")
    assert reprint(branch, run.run_id, act=ACT, passwords=None).changed == ("17001", "17002")


def test_a_run_that_is_not_there_is_said(branch: Workspace) -> None:
    with pytest.raises(UsageError, match="台帳にありません"):
        reprint(branch, "261101-AAAAA", act=ACT, passwords=None)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A branch with a run of two unions."""
    return kept_after(request, tmp_path_factory.mktemp("run"), replace(ORDER, union_codes=("17001", "17002")))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET body = '{}'",
        "DELETE FROM templates_kept",
        "UPDATE templates_kept SET content = record FROM runs",
        "UPDATE run_books SET frozen = other.frozen FROM run_books other WHERE run_books.union_code < other.union_code",
        "DELETE FROM run_books WHERE union_code = '17001'",
        "UPDATE run_books SET frozen = record FROM runs WHERE runs.run_id = run_books.run_id",
        "UPDATE runs SET record = frozen FROM run_books WHERE runs.run_id = run_books.run_id",
    ],
)
def test_a_run_whose_kept_parts_were_changed_is_refused_in_words(kept: Kept, statement: str) -> None:
    (run,), branch = kept.runs, kept.put_back()
    with writing(branch.engine) as connection:
        connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match="変わっています"):
        reprint(branch, run.run_id, act=ACT, passwords=None)
    assert len(list(branch.out.iterdir())) == 1
    branch.engine.dispose()
