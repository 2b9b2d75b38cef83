"""Behind a 台帳 whose tail was cut nothing is done that could not be entered, and it is said what is wrong and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kyosai_lists.errors import StoreError
from kyosai_lists.usecases.custody.deliver import deliver
from kyosai_lists.usecases.custody.look_at_custody import look_at_custody
from kyosai_lists.usecases.custody.recalls import look_for_recalls
from kyosai_lists.usecases.custody.record_custody import Told, record_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keep_store import back_up, restore
from kyosai_lists.usecases.keeping.disclosures import disclosures_of
from kyosai_lists.usecases.keeping.look_at_ledger import show_run
from kyosai_lists.usecases.keeping.purge import plan_purge
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.killing import contents
from tests.exporting.reading import table, workbooks
from tests.keeping.conftest import kept_after
from tests.keeping.kept import Kept
from tests.keeping.purging import OVER
from tests.keeping.tampering import change

ORDER = Order(as_of=AS_OF, union_codes=("17001",), list_ids=("fire-only",))
RECEIVED = Told("received", ACT.day, "山本")


@pytest.fixture(scope="module", params=["sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_after(request, tmp_path_factory.mktemp("runs"), ORDER, ORDER)


@pytest.fixture
def branch(kept: Kept) -> Iterator[Workspace]:
    """The sample branch, with two runs in its 台帳."""
    yield from kept.opened()


@pytest.fixture
def runs(kept: Kept) -> list[ExportResult]:
    return kept.runs


def refused(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as found:
        act()
    assert found.value.exit_code == 1
    for command in ("ledger verify", "store restore"):
        assert command in found.value.todo
    return found.value


def test_whatever_would_be_entered_is_refused_before_anything_is_done(
    branch: Workspace, runs: list[ExportResult], tmp_path: Path
) -> None:
    change(branch, "DELETE FROM ledger_entries WHERE seq = 2")
    known = runs[0].run_id
    before, steps = contents(branch.out), list[str]()

    def step(said: str, *_: object) -> None:
        steps.append(said)

    for act in (
        lambda: export_lists(branch, ORDER, act=ACT, passwords=None, progress=step),
        lambda: deliver(branch, known, tmp_path / "drive", ACT),
        lambda: record_custody(branch, known, (), RECEIVED, ACT),
        lambda: reprint(branch, known, act=ACT, passwords=None),
        lambda: plan_purge(branch, OVER),
    ):
        assert "第2号" in refused(act).happened
    assert steps == ["リストを調べています"]
    assert contents(branch.out) == before
    assert not (tmp_path / "drive").exists()


def test_the_run_that_was_cut_off_is_told_apart_from_one_that_never_was(
    branch: Workspace, runs: list[ExportResult], tmp_path: Path
) -> None:
    number = str(table(workbooks(runs[1].out)[0], "火災共済のみ加入")[0]["組合員番号"])
    change(branch, "UPDATE runs SET seq = 9 WHERE seq = 2", "UPDATE runs SET seq = 2 WHERE seq = 1")
    change(branch, "UPDATE runs SET seq = 1 WHERE seq = 9")  # so that entries are there, and none is the run's
    change(branch, "DELETE FROM ledger_entries WHERE seq = 1")
    cut = runs[1].run_id
    for act in (
        lambda: show_run(branch, cut),
        lambda: reprint(branch, cut, act=ACT, passwords=None),
        lambda: deliver(branch, cut, tmp_path / "drive", ACT),
        lambda: record_custody(branch, cut, (), RECEIVED, ACT),
        lambda: disclosures_of(branch, number),
        lambda: look_for_recalls(branch, ACT.day),
    ):
        assert refused(act).happened.startswith(f"名簿番号 {cut} の名簿の中身は残っていますが、")


def test_a_run_whose_number_another_entry_took_is_not_shown_as_that_one(
    branch: Workspace, runs: list[ExportResult]
) -> None:
    change(branch, "DELETE FROM ledger_entries WHERE seq = 2", "UPDATE ledger_entries SET seq = 2")
    with pytest.raises(StoreError, match="あとから変わって"):
        show_run(branch, runs[1].run_id)


def test_words_about_workbooks_that_were_cut_off_are_seen_too(branch: Workspace, runs: list[ExportResult]) -> None:
    record_custody(branch, runs[0].run_id, (), RECEIVED, ACT)
    change(branch, "DELETE FROM ledger_entries WHERE seq = 3")
    returned = replace(RECEIVED, event="returned")
    assert "第3号" in refused(lambda: record_custody(branch, runs[1].run_id, (), returned, ACT)).happened


def test_a_backup_of_before_makes_it_whole_again(branch: Workspace, runs: list[ExportResult], tmp_path: Path) -> None:
    back_up(branch, tmp_path / "before.db", ACT.day)
    change(branch, "DELETE FROM ledger_entries WHERE seq = 2")
    restore(branch.folder, tmp_path / "before.db", ACT.day, yes=True)
    branch.engine.dispose()  # its file was set aside
    assert verify_ledger(branch, ACT).problems == ()
    export_lists(branch, ORDER, act=ACT, passwords=None)
    assert look_at_custody(branch, ACT.day).out == 3
