"""A campaign that a person brought out with `export --campaign` has come out; half of it, or another day's, has not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.exporting import export_lists as exporting
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.running.export_by_hand import export_by_hand
from kyosai_lists.usecases.running.look_at_due import look_at_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.running.campaigning import MONDAY, at, enter, happened, no_plan, run_on

WHOLE = Order(campaign="S1")
UNIONS = ["17003", "17004"]


@pytest.fixture
def branch(own_branch: Workspace) -> Workspace:
    no_plan(own_branch)
    enter(own_branch, union_codes=UNIONS)
    return own_branch


def by_hand(branch: Workspace, order: Order, day: date) -> None:
    export_by_hand(branch, order, act=at(day)(), passwords=None)


def waits(branch: Workspace, day: date = MONDAY) -> bool:
    found = look_at_due(branch, day, act=ACT)
    return bool(found.due or found.missed)


@pytest.mark.parametrize("order", [WHOLE, replace(WHOLE, as_of=date(2026, 11, 16), union_codes=(*UNIONS, "17001"))])
def test_a_due_campaign_has_come_out(branch: Workspace, order: Order) -> None:
    by_hand(branch, order, MONDAY)
    assert not waits(branch)
    assert happened(run_on(branch, MONDAY)) == {}


def test_a_missed_one_is_missed_no_more(branch: Workspace) -> None:
    late = date(2026, 12, 24)
    assert waits(branch, late)
    by_hand(branch, WHOLE, late)
    assert not waits(branch, late)


@pytest.mark.parametrize(
    ("order", "day"),
    [
        (WHOLE, MONDAY - timedelta(days=1)),  # a look at it beforehand
        (replace(WHOLE, union_codes=("17003",)), MONDAY),
        (replace(WHOLE, list_ids=("disaster-standard",)), MONDAY),
        (replace(WHOLE, values={"renewal_days": 10}), MONDAY),
        (replace(WHOLE, as_of=date(2026, 11, 17)), MONDAY),
    ],
)
def test_half_of_it_or_another_day_or_a_look_beforehand_leaves_it_waiting(
    branch: Workspace, order: Order, day: date
) -> None:
    by_hand(branch, order, day)
    assert waits(branch)


def test_what_failed_leaves_it_waiting(branch: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise ExportError("だめ。", "直す。")

    monkeypatch.setattr(exporting, "run_record", failing)
    with pytest.raises(ExportError):
        by_hand(branch, WHOLE, MONDAY)
    monkeypatch.undo()
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}
