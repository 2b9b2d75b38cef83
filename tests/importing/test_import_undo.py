"""Taking an import back: the store is as it was before it, to the last cell, or it is refused in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyosai_lists.errors import UsageError
from kyosai_lists.usecases.importing.past_imports import past_imports, undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import (
    TODAY,
    Cells,
    Files,
    column,
    contents,
    contract,
    member,
    on_hold,
    stop,
    take_in,
    union,
)

New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    """Import 1: two unions, one person, one contract."""
    made = new_workspace("17")
    take_in(
        made, files("単組.csv", union(), union("17002")), files("名簿.csv", member()), files("契約.csv", contract())
    )
    return made


def state(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """What the lists see: everything but the journal and what is no longer on 保留."""
    kept = contents(workspace)
    kept["quarantine"] = [row for row in kept["quarantine"] if row[-1] is None]
    return kept


@pytest.mark.parametrize(
    "rows",
    [
        [member("14"), member(氏名="新姓", 職場名="税務課")],
        [member(在籍区分="死亡")],
        [contract("2"), contract(終了日="2026/10/31")],
        [contract("3", "99")],
        [stop(), stop("99")],
        [member(在籍区分="死亡？")],
        [union("17003"), union(単組名="改名")],
        [member(単組コード="17002")],
    ],
)
def test_an_import_taken_back_leaves_no_trace_in_what_lists_see(
    rows: list[Cells], workspace: Workspace, files: Files
) -> None:
    before = state(workspace)
    number = take_in(workspace, files("新しい.csv", *rows)).number
    assert state(workspace) != before
    undo_import(workspace, number, TODAY)
    assert state(workspace) == before


def test_what_it_took_off_hold_is_on_hold_again(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("a.csv", member(在籍区分="死亡？")))
    mended = take_in(workspace, files("b.csv", member(在籍区分="死亡")))
    assert on_hold(workspace) == []
    undo_import(workspace, mended.number, TODAY)
    assert on_hold(workspace) == [("members", "17-00000013")]
    assert column(workspace, "members", "status") == ["active"]


def test_a_row_whose_import_and_whose_mending_are_both_taken_back_is_not_on_hold(
    workspace: Workspace, files: Files
) -> None:
    first = take_in(workspace, files("a.csv", member("14", 在籍区分="死亡？")))
    second = take_in(workspace, files("b.csv", member("14", 在籍区分="死亡")))
    undo_import(workspace, first.number, TODAY)
    undo_import(workspace, second.number, TODAY)
    assert on_hold(workspace) == []


def test_not_while_a_later_import_changed_the_same_row_and_the_message_names_it(
    workspace: Workspace, files: Files
) -> None:
    changed = take_in(workspace, files("a.csv", member(氏名="新姓")))
    later = take_in(workspace, files("b.csv", member(氏名="新姓", 職場名="税務課")))
    before = contents(workspace, without=())
    with pytest.raises(UsageError, match=f"第{later.number}回"):
        undo_import(workspace, changed.number, TODAY)
    assert contents(workspace, without=()) == before
    undo_import(workspace, later.number, TODAY)
    undo_import(workspace, changed.number, TODAY)
    assert column(workspace, "members", "name") == ["山田　花子"]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("members", member("14", "17003")),
        ("members", member(単組コード="17003")),
        ("targets", {"事業年度": "2026", "単組コード": "17003", "共済種類": "火災", "区分": "保有", "目標値": "1"}),
    ],
)
def test_a_union_is_not_taken_back_while_later_rows_name_it(
    name: str, row: Cells, workspace: Workspace, files: Files
) -> None:
    brought = take_in(workspace, files("a.csv", union("17003")))
    later = take_in(workspace, files("b.csv", row))
    with pytest.raises(UsageError, match="undo"):
        undo_import(workspace, brought.number, TODAY)
    undo_import(workspace, later.number, TODAY)
    undo_import(workspace, brought.number, TODAY)
    assert column(workspace, "unions", "union_code") == ["17001", "17002"]


@pytest.mark.parametrize("row", [stop("00000013"), stop("99"), member("14"), stop("00000013", 開始日="2026/13/45")])
def test_not_while_a_later_import_said_the_same_again(row: Cells, workspace: Workspace, files: Files) -> None:
    first = take_in(workspace, files("a.csv", row))
    again = take_in(workspace, files("b.csv", row))
    before = state(workspace)
    with pytest.raises(UsageError, match=f"第{again.number}回"):
        undo_import(workspace, first.number, TODAY)
    assert state(workspace) == before
    undo_import(workspace, again.number, TODAY)
    assert state(workspace) == before
    undo_import(workspace, first.number, TODAY)
    assert state(workspace) != before


def test_a_contract_waits_again_when_its_member_is_taken_back(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("a.csv", contract("2", "14")))
    brought = take_in(workspace, files("b.csv", member("14")))
    assert brought.waiting == 0
    undo_import(workspace, brought.number, TODAY)
    assert take_in(workspace, files("c.csv", union())).waiting == 1


def test_once_and_only_what_there_is(workspace: Workspace, files: Files) -> None:
    number = take_in(workspace, files("a.csv", member("14"))).number
    undo_import(workspace, number, date(2026, 11, 2))
    with pytest.raises(UsageError, match="2026-11-02に元に戻して"):
        undo_import(workspace, number, TODAY)
    with pytest.raises(UsageError, match="第99回の取り込みはありません"):
        undo_import(workspace, 99, TODAY)
    assert [(past.number, past.undone_on) for past in past_imports(workspace)] == [(2, date(2026, 11, 2)), (1, None)]


def test_the_same_file_can_be_taken_in_again_afterwards(workspace: Workspace, files: Files) -> None:
    path = files("a.csv", member("14"), member(氏名="新姓"))
    undo_import(workspace, take_in(workspace, path).number, TODAY)
    after = take_in(workspace, path)
    assert (after.files[0].counts["new"], after.files[0].counts["changed"]) == (1, 1)


def test_an_import_from_before_changes_were_kept_is_refused(workspace: Workspace) -> None:
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE imports SET reversible = false")
    with pytest.raises(UsageError, match="前の版"):
        undo_import(workspace, 1, TODAY)
    assert column(workspace, "members", "member_no") == ["00000013"]


NUMBERS = st.sampled_from(["00000013", "14", "15"])
CALLS = st.lists(
    st.lists(
        st.one_of(
            st.builds(member, NUMBERS, st.sampled_from(["17001", "17002", "17999"]), 氏名=st.sampled_from("甲乙"),
                      在籍区分=st.sampled_from(["現職", "休職", "？"])),
            st.builds(contract, st.sampled_from("12"), NUMBERS, 終了日=st.sampled_from(["", "2026/10/1", "9/9/9"])),
            st.builds(stop, NUMBERS, st.sampled_from(["", "火災", "？"]), 終了日=st.sampled_from(["", "2026/12/1"])),
            st.builds(union, st.sampled_from(["17001", "17003"]), 担当者名=st.sampled_from("甲乙")),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(CALLS)
def test_any_imports_taken_back_one_by_one_from_the_newest_give_every_earlier_store(
    workspace: Workspace, files: Files, calls: list[list[Cells]]
) -> None:
    states, numbers = [state(workspace)], []
    for call, rows in enumerate(calls):
        numbers.append(take_in(workspace, *one_file_for_each_layout(files, call, rows)).number)
        states.append(state(workspace))
    for number in reversed(numbers):
        states.pop()
        undo_import(workspace, number, TODAY)
        assert state(workspace) == states[-1]


def one_file_for_each_layout(files: Files, call: int, rows: list[Cells]) -> list[Path]:
    by_headings: dict[tuple[str, ...], list[Cells]] = {}
    for row in rows:
        by_headings.setdefault(tuple(row), []).append(row)
    return [files(f"{call}_{place}.csv", *some) for place, some in enumerate(by_headings.values())]
