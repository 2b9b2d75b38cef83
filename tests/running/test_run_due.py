"""Whatever is due comes out, once each, late ones marked, whoever fails (faults 38–44)."""

import json
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from kyosai_lists.errors import ExportError
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.running import run_due as running
from kyosai_lists.usecases.workspace import Workspace
from tests.exporting.reading import workbooks
from tests.running.campaigning import MONDAY, enter, happened, issued, no_plan, run_on

START = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _no_plan(branch: Workspace) -> None:
    no_plan(branch)


def test_it_comes_out_on_its_day_and_never_again(branch: Workspace) -> None:
    enter(branch)
    assert happened(run_on(branch, MONDAY - timedelta(days=1))) == {}
    (outcome,) = run_on(branch, MONDAY).outcomes
    assert (outcome.happened, outcome.result and outcome.result.as_of) == ("issued", START)
    assert happened(run_on(branch, MONDAY)) == happened(run_on(branch, MONDAY + timedelta(days=9))) == {}
    assert issued(branch) == [("S1", START, False)]


def test_after_five_days_off_each_comes_out_once_and_is_marked_late_everywhere(branch: Workspace) -> None:
    enter(branch)
    enter(branch, "S2", name="次の募集", starts="2026-11-20")
    result = run_on(branch, MONDAY + timedelta(days=7))
    assert happened(result) == {"S1": "issued", "S2": "issued"}
    assert issued(branch) == [("S1", START, True), ("S2", date(2026, 11, 20), True)]
    with reading(branch.engine) as connection:
        told = [RunEntry.read(entry.body) for entry in ledger.entries(connection, "run")]
    assert {(one.campaign, one.slot_on, one.late) for one in told} == {
        ("S1", "2026-11-16", True), ("S2", "2026-11-20", True),
    }  # fmt: skip
    export = next(one.result for one in result.outcomes if one.result)
    overview = load_workbook(export.out / "県支部控え" / "まとめ.xlsx")["概要"]
    said = {row[0].value: row[1].value for row in overview.iter_rows(max_col=2)}
    assert said["募集コード"] == "S1"
    assert said["募集の予定"] == "開始日 2026年11月16日、発行日 2026年11月2日(期日のあとに出しました)"
    manifest = json.loads((export.out / "県支部控え" / "manifest.json").read_text("utf-8"))
    assert (manifest["campaign"], manifest["slot_on"], manifest["late"]) == ("S1", "2026-11-16", True)
    assert [path.name for path in workbooks(export.out)] == ["17003_小松市職員労働組合_秋のスポット.xlsx"]


def test_the_clock_forward_and_back_doubles_and_loses_nothing(branch: Workspace) -> None:
    enter(branch)
    enter(branch, "S2", starts="2026-12-01", ends="2026-12-25")
    far = run_on(branch, date(2027, 6, 1))
    assert happened(far) == {}
    assert [line.slot.campaign.code for line in far.missed] == ["S1", "S2"]
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}
    assert happened(run_on(branch, date(2026, 10, 1))) == {}
    assert happened(run_on(branch, date(2026, 11, 17))) == {"S2": "issued"}
    assert happened(run_on(branch, MONDAY)) == {}
    assert len(issued(branch)) == 2


def test_one_that_fails_does_not_stop_the_others_and_is_tried_again(
    branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for code in ("S1", "S2", "S3"):
        enter(branch, code)
    export = running.export_lists

    def failing(workspace: Workspace, order: running.Order, **given: object) -> object:
        if order.campaign in ("S1", "S2"):
            raise ExportError("だめ。", "直す。") if order.campaign == "S1" else ZeroDivisionError
        return export(workspace, order, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "export_lists", failing)
    result = run_on(branch, MONDAY)
    assert happened(result) == {"S1": "failed", "S2": "failed", "S3": "issued"}
    assert result.needs_a_person
    monkeypatch.undo()
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued", "S2": "issued"}
