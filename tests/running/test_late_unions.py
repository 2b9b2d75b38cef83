"""A union that joins a campaign after its lists came out is told of until it has its own, and is never asked about for ever."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.tables import members, unions
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.running.close_slots import close_slots
from kyosai_lists.usecases.running.export_by_hand import export_by_hand
from kyosai_lists.usecases.running.look_at_due import look_at_due
from kyosai_lists.usecases.running.run_due import DueResult
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.running.campaigning import MONDAY, at, enter, no_plan, run_on, with_late_unions

START = date(2026, 11, 16)
BOTH = ["17003", "17004"]
JOINED = Order(campaign="S1", union_codes=("17004",), as_of=START)


def told(result: DueResult) -> str:
    return "".join(question.text for one in result.asked for question in one.questions)


def by_hand(branch: Workspace, order: Order) -> None:
    export_by_hand(branch, order, act=at(MONDAY)(), passwords=None)


def test_a_union_that_joins_a_campaign_with_one_day_is_told_until_it_has_its_lists(branch: Workspace) -> None:
    no_plan(branch)
    enter(branch)
    assert not run_on(branch, MONDAY).needs_a_person
    entered = enter(branch, union_codes=BOTH)
    assert ["17004" in question.text for question in entered.questions] == [True]  # at once
    result = run_on(branch, MONDAY)
    assert (result.outcomes, result.needs_a_person) == ((), True)
    assert "export --campaign S1 --union 17004 --as-of 2026-11-16" in told(result)
    assert "17003" not in told(result)
    assert look_at_due(branch, MONDAY, act=ACT).asked
    assert not run_on(branch, date(2026, 12, 19)).needs_a_person  # the campaign is over
    by_hand(branch, JOINED)
    assert not run_on(branch, MONDAY).needs_a_person


@pytest.fixture
def joined(own_branch: Workspace) -> Workspace:
    return with_late_unions(own_branch, BOTH)


@pytest.mark.parametrize(
    "order",
    [
        replace(JOINED, list_ids=("disaster-standard",)),
        replace(JOINED, as_of=date(2026, 11, 2)),
        replace(JOINED, union_codes=("17005",)),
    ],
)
def test_a_trial_serves_nobody(joined: Workspace, order: Order) -> None:
    by_hand(joined, order)
    assert "--union 17004" in told(run_on(joined, MONDAY))


def test_lists_with_other_numbers_serve_nobody_and_those_that_are_set_today_or_were_then_do(
    own_branch: Workspace,
) -> None:
    no_plan(own_branch)
    three = [*BOTH, "17005"]
    for codes in (BOTH[:1], three):
        enter(own_branch, list_ids=["young-unenrolled"], union_codes=codes)
        run_on(own_branch, MONDAY)
    older = {"young_max_age": 40}
    by_hand(own_branch, replace(JOINED, values=older))
    assert "--union 17004 --union 17005" in told(run_on(own_branch, MONDAY))
    set_to_40 = replace(own_branch, settings=own_branch.settings.model_copy(update={"parameters": older}))
    assert "--union 17005" in told(run_on(set_to_40, MONDAY))
    assert "17004" not in told(run_on(set_to_40, MONDAY))
    by_hand(set_to_40, replace(JOINED, values={"young_max_age": 35}, union_codes=("17005",)))  # as it came out
    assert not run_on(set_to_40, MONDAY).needs_a_person


def test_a_union_with_nobody_on_its_lists_was_looked_at(own_branch: Workspace) -> None:
    with writing(own_branch.engine) as connection:
        connection.execute(sa.update(members).where(members.c.union_code == "17004").values(status="left"))
    no_plan(own_branch)
    enter(own_branch, union_codes=BOTH)
    assert not run_on(own_branch, MONDAY).needs_a_person
    with reading(own_branch.engine) as connection:
        assert [*runs.recipients(connection, ["S1"], START).values()] == [{"17003"}]
    assert not run_on(own_branch, MONDAY).needs_a_person


def test_a_new_union_in_the_store_joins_a_campaign_for_all(joined: Workspace) -> None:
    by_hand(joined, JOINED)
    enter(joined, "S2", union_codes=())
    assert not run_on(joined, MONDAY).needs_a_person
    with writing(joined.engine) as connection:
        connection.execute(sa.insert(unions).values(union_code="17099", pref="17", name="新単組", import_id=1))
    text = told(run_on(joined, MONDAY))
    assert "--campaign S2 --union 17099" in text
    assert "--campaign S1" not in text


@pytest.mark.parametrize("record", [None, b"damaged"])
def test_when_the_record_was_purged_or_is_damaged_the_workbooks_tell_who_was_served(
    joined: Workspace, record: bytes | None
) -> None:
    by_hand(
        joined, replace(JOINED, list_ids=("disaster-standard",))
    )  # what it was nobody can tell any more: it serves nobody
    with writing(joined.engine) as connection:
        connection.execute(sa.update(runs.runs).values(record=record))
    text = told(run_on(joined, MONDAY))
    assert "--union 17004" in text
    assert "17003" not in text


def test_a_campaign_of_lists_of_unions_alone_hands_nobody_anything(own_branch: Workspace) -> None:
    no_plan(own_branch)
    enter(own_branch, list_ids=["union-model"])
    run_on(own_branch, MONDAY)
    enter(own_branch, list_ids=["union-model"], union_codes=BOTH)
    assert not run_on(own_branch, MONDAY).needs_a_person


def test_who_joins_after_a_changed_day_was_closed_is_told_too(joined: Workspace) -> None:
    moved = date(2026, 11, 24)
    enter(joined, starts=moved.isoformat(), union_codes=BOTH)
    close_slots(joined, "S1", moved, ACT)
    assert "--union 17004 --as-of 2026-11-24" in told(run_on(joined, moved))
    by_hand(joined, replace(JOINED, as_of=moved))
    assert not run_on(joined, moved).needs_a_person
