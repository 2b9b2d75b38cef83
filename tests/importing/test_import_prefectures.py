"""Two prefectures in one store never meet; a branch's own workspace takes in its own rows only."""

from collections.abc import Callable

import pytest

from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Files, column, contract, counts, member, on_hold, stop, take_in, union

New = Callable[..., Workspace]


def test_equal_numbers_of_two_prefectures_stay_two_people(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    here, there = member(), member(union_code="18001", 氏名="別人")
    stops = files("停止.csv", stop() | {"県コード": "18"})
    contracts = files("契約.csv", contract() | {"県コード": "17"}, contract() | {"県コード": "18"})
    result = take_in(
        workspace, files("単組.csv", union(), union("18001")), files("名簿.csv", here, there), stops, contracts
    )
    assert [counts(file) for file in result.files] == [{"new": 2}, {"new": 2}, {"new": 1}, {"new": 2}]
    assert column(workspace, "members", "member_key") == ["17-00000013", "18-00000013"]
    assert column(workspace, "members", "name") == ["山田　花子", "別人"]
    assert column(workspace, "contracts", "contract_key") == ["17-0000000001", "18-0000000001"]
    assert column(workspace, "suppressions", "member_key") == ["18-00000013"]


def test_a_branchs_own_workspace_holds_back_rows_of_another(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    unions = files("単組.csv", union(), union("18001"))
    roster = files("名簿.csv", member(), member("00000099", "18001"))
    result = take_in(workspace, unions, roster)
    assert [counts(file) for file in result.files] == [{"new": 1, "quarantined": 1}] * 2
    assert column(workspace, "unions", "union_code") == ["17001"]
    assert column(workspace, "members", "member_key") == ["17-00000013"]


def test_a_row_whose_prefecture_is_unclear_is_mended_once_it_is_given(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    take_in(workspace, files("単組.csv", union(), union("18001")))
    take_in(workspace, files("停止.csv", stop()))
    assert on_hold(workspace) == [("suppressions", "??-00000013")]
    result = take_in(workspace, files("停止_県コード入り.csv", {"県コード": "17"} | stop()))
    assert (result.mended, on_hold(workspace)) == (1, [])


def test_the_same_file_is_taken_in_once_the_roster_tells_whose_rows_they_are(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    contracts = files("契約.csv", contract())
    take_in(workspace, files("単組.csv", union(), union("18001")), contracts)
    assert on_hold(workspace) == [("contracts", "??-00000013")]
    result = take_in(workspace, files("名簿.csv", member(union_code="18001")), contracts)
    assert (result.mended, on_hold(workspace)) == (1, [])
    assert column(workspace, "contracts", "contract_key") == ["18-0000000001"]


def test_a_roster_that_came_before_its_union_was_listed_holds_nobody_back_afterwards(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace()
    roster = files("名簿.csv", member(union_code="18001"))
    take_in(workspace, files("単組.csv", union()), roster)
    assert len(on_hold(workspace)) == 1
    result = take_in(workspace, files("単組18.csv", union("18001")), roster)
    assert (result.mended, on_hold(workspace)) == (1, [])
    assert column(workspace, "members", "member_key") == ["18-00000013"]


def test_a_stop_for_the_same_number_elsewhere_does_not_mend_an_unclear_one(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    take_in(workspace, files("単組.csv", union(), union("18001")), files("停止.csv", stop(理由="電話")))
    take_in(workspace, files("停止18.csv", {"県コード": "18"} | stop(理由="文書")))
    assert on_hold(workspace) == [("suppressions", "??-00000013")]


@pytest.mark.parametrize("code", ["48", "017", "石川"])
def test_a_stop_under_what_is_no_prefecture_stops_whoever_has_the_number_anywhere(
    code: str, new_workspace: New, files: Files
) -> None:
    """23b, where the workspace has no prefecture of its own."""
    workspace = new_workspace()
    take_in(workspace, files("単組.csv", union(), union("18001")), files("停止.csv", stop() | {"県コード": code}))
    assert on_hold(workspace) == [("suppressions", "??-00000013")]


def test_a_slip_in_the_prefecture_of_a_member_of_our_union_holds_that_member_back(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member()))
    take_in(workspace, files("名簿2.csv", member(在籍区分="死亡") | {"県コード": "18"}))
    assert on_hold(workspace) == [("members", "??-00000013")]
    take_in(workspace, files("名簿3.csv", member("14", "18001") | {"県コード": "18"}))
    assert on_hold(workspace)[-1] == ("members", "18-14")
