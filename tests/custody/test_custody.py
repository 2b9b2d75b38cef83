"""Handed-out workbooks on either database: what is out past its date, what came back, every word of it in the 台帳."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.custody_entry import CustodyEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.custody.look_at_custody import look_at_custody
from kyosai_lists.usecases.custody.record_custody import Recorded, Told, record_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.disclosures import disclosures_of
from kyosai_lists.usecases.keeping.look_at_ledger import show_run
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import table, workbooks
from tests.keeping.conftest import kept_after
from tests.keeping.kept import Kept

ORDER = Order(as_of=AS_OF, union_codes=("17001", "17002", "17003"), list_ids=("fire-only",))
LATER = replace(ACT, at=ACT.at + timedelta(days=20))
RETURN_BY = AS_OF + timedelta(days=30)


def exported(branch: Workspace) -> ExportResult:
    return export_lists(branch, ORDER, act=ACT, passwords=None)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return kept_after(request, tmp_path_factory.mktemp("run"), ORDER)


@pytest.fixture
def branch(kept: Kept) -> Iterator[Workspace]:
    """The sample branch, with one run in its 台帳."""
    yield from kept.opened()


@pytest.fixture
def run(kept: Kept) -> ExportResult:
    return kept.runs[0]


def told(
    branch: Workspace, run: ExportResult, event: str, *unions: str, on: date = LATER.day, channel: str = ""
) -> Recorded:
    return record_custody(branch, run.run_id, unions, Told(event, on, "単組の山本", channel), LATER)


def states(branch: Workspace, today: date = RETURN_BY) -> dict[str, str]:
    return {one.union_code: one.standing.state for one in look_at_custody(branch, today, everything=True).files}


def test_every_workbook_of_a_run_is_out_and_past_its_date_it_comes_first(branch: Workspace, run: ExportResult) -> None:
    younger = export_lists(branch, replace(ORDER, as_of=AS_OF + timedelta(1)), act=ACT, passwords=None)
    found = look_at_custody(branch, RETURN_BY)
    assert (found.out, found.overdue, found.done) == (6, 0, 0)
    told(branch, run, "returned", "17002")
    found = look_at_custody(branch, RETURN_BY + timedelta(1))
    assert (found.out, found.overdue, found.done) == (5, 2, 1)
    assert [(one.run_id, one.union_code) for one in found.files][:2] == [(run.run_id, "17001"), (run.run_id, "17003")]
    assert {one.run_id for one in found.files[2:]} == {younger.run_id}
    assert look_at_custody(branch, RETURN_BY, run_id=run.run_id, union_codes=["17001"]).out == 1


def test_what_is_told_of_many_unions_at_once_is_one_entry(branch: Workspace, run: ExportResult) -> None:
    done = told(branch, run, "received")
    assert states(branch) == dict.fromkeys(ORDER.union_codes, "received")
    assert done.entry is not None
    with reading(branch.engine) as connection:
        last = ledger.latest(connection)
    assert last == done.entry
    body = CustodyEntry.read(last.body)
    assert (body.unions, body.event, body.on, body.by) == (ORDER.union_codes, "received", LATER.day, "単組の山本")
    assert verify_ledger(branch, LATER).problems == ()


def test_what_is_told_twice_is_said_and_entered_once(branch: Workspace, run: ExportResult) -> None:
    first = told(branch, run, "received", "17001", "17001")
    assert [one.union_code for one in first.entered] == ["17001"]
    again = told(branch, run, "received")
    assert [one.union_code for one in again.already] == ["17001"]
    assert [one.union_code for one in again.entered] == ["17002", "17003"]
    nothing = told(branch, run, "received", "17001", "17001")
    assert (nothing.entered, nothing.entry) == ((), None)
    assert first.entry
    assert again.entry
    assert again.entry.seq == first.entry.seq + 1


@pytest.mark.parametrize(
    ("before", "event", "on", "said"),
    [
        ("returned", "received", LATER.day, "「返却」"),
        ("destroyed", "returned", LATER.day, "「廃棄」"),
        ("received", "returned", LATER.day - timedelta(1), "より後の"),
        ("", "received", ACT.day - timedelta(1), "より後の"),
        ("", "received", LATER.day + timedelta(1), "まだ来ていない"),
        ("", "taken-back", LATER.day, "取り消す記録がありません"),
    ],
)
def test_what_cannot_have_happened_is_refused_and_nothing_of_it_is_entered(
    own_branch: Workspace, before: str, event: str, on: date, said: str
) -> None:
    branch, run = own_branch, exported(own_branch)
    if before:
        told(branch, run, before, "17001")
    known = states(branch)
    with pytest.raises(UsageError, match=said):
        told(branch, run, event, "17001", "17002", on=on)
    assert states(branch) == known


def test_each_union_is_refused_with_what_it_has_itself_and_many_are_counted(own_branch: Workspace) -> None:
    run = export_lists(own_branch, replace(ORDER, union_codes=()), act=ACT, passwords=None)
    codes = [book.union_code for book in run.books if book.path]
    told(own_branch, run, "returned", codes[0], on=ACT.day)
    told(own_branch, run, "destroyed", *codes[1:])
    with pytest.raises(UsageError) as refused:
        told(own_branch, run, "received", on=LATER.day)
    happened = refused.value.happened
    assert f"{codes[0]}({ACT.day}に「返却」)・{codes[1]}({LATER.day}に「廃棄」)・" in happened
    assert f"{codes[4]}(" in happened
    assert f"{codes[5]}(" not in happened
    assert f" ほか{len(codes) - 5}単組 の名簿" in happened


def test_a_run_without_workbooks_is_told_as_such(own_branch: Workspace) -> None:
    run = export_lists(own_branch, replace(ORDER, list_ids=("union-model",)), act=ACT, passwords=None)
    with pytest.raises(UsageError, match="渡した名簿がありません"):
        told(own_branch, run, "received")


def test_a_mistake_is_taken_back_by_an_entry_of_its_own(branch: Workspace, run: ExportResult) -> None:
    told(branch, run, "received", "17001")
    told(branch, run, "returned", "17001")
    told(branch, run, "taken-back", "17001")
    assert states(branch)["17001"] == "received"
    with reading(branch.engine) as connection:
        assert [entry.kind for entry in ledger.entries(connection)] == ["run", *["custody"] * 3]


def test_what_is_not_there_is_wrong_usage(branch: Workspace, run: ExportResult) -> None:
    with pytest.raises(UsageError, match="99999"):
        told(branch, run, "received", "99999")
    with pytest.raises(UsageError, match="台帳にありません"):
        record_custody(branch, "261101-AAAAA", (), Told("received", LATER.day, "x"), LATER)
    with pytest.raises(UsageError, match="空です"):
        record_custody(branch, run.run_id, (), Told("received", LATER.day, " "), LATER)


def test_a_run_whose_folder_does_not_stand_is_not_out(branch: Workspace, run: ExportResult) -> None:
    with writing(branch.engine) as connection:
        connection.exec_driver_sql("UPDATE runs SET placed_on = NULL")
    assert look_at_custody(branch, RETURN_BY).out == 0
    with pytest.raises(UsageError, match="仕上がっていません"):
        told(branch, run, "received")


def test_the_run_and_each_person_on_it_are_shown_with_where_the_workbook_is(
    branch: Workspace, run: ExportResult
) -> None:
    told(branch, run, "received", "17001", channel="手渡し")
    shown = show_run(branch, run.run_id).standings["17001"]
    assert (shown.state, shown.channel) == ("received", "手渡し")
    number = str(table(workbooks(run.out)[0], "火災共済のみ加入")[0]["組合員番号"])
    assert disclosures_of(branch, number).handed_out[0].standing == shown


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE custody_events SET event = 'returned'",
        "UPDATE custody_events SET happened_on = '2026-11-02'",
        "UPDATE custody_events SET told_by = 'ほか'",
        "DELETE FROM custody_events WHERE union_code = '17002'",
        "DELETE FROM custody_events",
        "INSERT INTO custody_events SELECT 1, run_id, union_code, event, happened_on, told_by, channel, note FROM custody_events",
    ],
)
def test_a_word_changed_taken_out_or_put_in_is_found(own_branch: Workspace, change: str) -> None:
    branch, run = own_branch, exported(own_branch)
    told(branch, run, "received", "17001", "17002")
    with writing(branch.engine) as connection:
        connection.exec_driver_sql(change)
    (found,) = verify_ledger(branch, LATER).problems
    assert found.kind == "entry"
    assert "受領" in found.what
