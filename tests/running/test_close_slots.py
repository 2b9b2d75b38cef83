"""A campaign that need not come out is closed by somebody, and is neither issued nor missed until it is opened again."""

from datetime import date

import pytest

from kyosai_lists.campaigns.due import Standing
from kyosai_lists.errors import UsageError
from kyosai_lists.usecases.running.claims import claimed
from kyosai_lists.usecases.running.close_slots import close_slots, reopen_slots
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.running.campaigning import MONDAY, enter, happened, no_plan, run_on

OVER = date(2026, 12, 25)


@pytest.fixture
def branch(own_branch: Workspace) -> Workspace:
    no_plan(own_branch)
    enter(own_branch)
    return own_branch


def test_what_is_closed_is_neither_issued_nor_missed_until_it_is_opened_again(branch: Workspace) -> None:
    assert run_on(branch, OVER).missed
    (closed,) = close_slots(branch, "Ｓ１", MONDAY, ACT)
    assert closed.slot.campaign.code == "S1"
    result = run_on(branch, MONDAY)
    assert (happened(result), result.needs_a_person) == ({}, False)
    assert not run_on(branch, OVER).missed
    assert [line.standing for line in plan_on(branch, MONDAY).lines] == [Standing.CLOSED]
    reopen_slots(branch, "S1", MONDAY, ACT)
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}


def test_what_came_out_cannot_be_closed_nor_what_was_not_closed_opened(branch: Workspace) -> None:
    with pytest.raises(UsageError, match="「出さない」"):
        reopen_slots(branch, "S1", MONDAY, ACT)
    with pytest.raises(UsageError, match="これから出る名簿がない"):
        close_slots(branch, "S1", MONDAY, ACT, date(2026, 11, 17))
    run_on(branch, MONDAY)
    with pytest.raises(UsageError, match="これから出る名簿がない"):
        close_slots(branch, "S1", MONDAY, ACT)
    with pytest.raises(UsageError, match="登録されていません"):
        close_slots(branch, "S9", MONDAY, ACT)


def test_what_somebody_is_making_cannot_be_closed_and_what_a_dead_one_made_can(branch: Workspace) -> None:
    (line,) = plan_on(branch, MONDAY).lines
    with claimed(branch.engine, line.slot, ACT, branch.folder / "記録") as claim:
        assert claim is not None
        with pytest.raises(UsageError, match="いま作っています"):
            close_slots(branch, "S1", MONDAY, ACT)
    assert close_slots(branch, "S1", MONDAY, ACT)
    assert happened(run_on(branch, MONDAY)) == {}
