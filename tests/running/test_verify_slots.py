"""`ledger verify` holds the campaigns' slots against the runs that the 台帳 tells of."""

import pytest
import sqlalchemy as sa

from kyosai_lists.store.engine import writing
from kyosai_lists.store.ledger_tables import slots
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.running.close_slots import close_slots
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.running.campaigning import MONDAY, at, enter, no_plan, run_on

UNTOLD = "募集にその記録がありません"
UNLIKE = "台帳と違います"


@pytest.fixture
def two_slots(own_branch: Workspace) -> tuple[str, str]:
    """A branch in which the slot of S1 is filled and that of S2 closed; the run that filled it, and one that is of no slot."""
    no_plan(own_branch)
    enter(own_branch)
    enter(own_branch, "S2")
    close_slots(own_branch, "S2", MONDAY, at(MONDAY)())
    (outcome,) = run_on(own_branch, MONDAY).outcomes
    assert outcome.result
    order = Order(as_of=AS_OF, union_codes=("17003",), list_ids=("fire-only",))
    return outcome.result.run_id, export_lists(own_branch, order, act=ACT, passwords=None).run_id


def slots_told(branch: Workspace) -> list[tuple[str, str]]:
    problems = verify_ledger(branch, ACT).problems
    assert {found.kind for found in problems} <= {"slot"}
    return [(found.place, found.what) for found in problems]


CHANGES = [
    ("UPDATE slots SET late = 1 WHERE campaign_code = 'S1'", [UNLIKE]),
    ("UPDATE slots SET starts_on = '2026-11-17' WHERE campaign_code = 'S1'", [UNLIKE, UNTOLD]),
    ("UPDATE slots SET campaign_code = 'S3' WHERE campaign_code = 'S1'", [UNLIKE, UNTOLD]),
    ("UPDATE slots SET run_id = '{other}' WHERE campaign_code = 'S1'", [UNLIKE, UNTOLD]),
    ("UPDATE slots SET run_id = NULL WHERE campaign_code = 'S1'", [UNLIKE, UNTOLD]),
    ("UPDATE slots SET state = 'closed' WHERE campaign_code = 'S1'", [UNTOLD]),
    ("DELETE FROM slots WHERE campaign_code = 'S1'", [UNTOLD]),
    ("UPDATE slots SET state = 'issued' WHERE campaign_code = 'S2'", [UNLIKE]),
    ("UPDATE slots SET state = 'issued', run_id = '{own}' WHERE campaign_code = 'S2'", [UNLIKE]),
]


def test_a_slot_that_says_other_than_the_entry_of_its_run_is_found(
    own_branch: Workspace, two_slots: tuple[str, str]
) -> None:
    """One change after another, each taken back."""
    assert slots_told(own_branch) == []
    own, other = two_slots
    with writing(own_branch.engine) as connection:
        before = [dict(row) for row in connection.execute(sa.select(slots)).mappings()]
    for statement, said in CHANGES:
        with writing(own_branch.engine) as connection:
            assert connection.exec_driver_sql(statement.format(own=own, other=other)).rowcount == 1
        told = slots_told(own_branch)
        assert [what.endswith(end) for (_, what), end in zip(told, said, strict=True)] == [True] * len(said), statement
        with writing(own_branch.engine) as connection:
            connection.execute(sa.delete(slots))
            connection.execute(sa.insert(slots), before)


def test_a_slot_whose_run_s_entry_cannot_be_read_is_told_of_the_entry_alone(
    own_branch: Workspace, two_slots: tuple[str, str]
) -> None:
    with writing(own_branch.engine) as connection:
        connection.exec_driver_sql("UPDATE ledger_entries SET body = '{}' WHERE seq = 1")
    assert "slot" not in {found.kind for found in verify_ledger(own_branch, ACT).problems}
