"""A contract that comes before its member waits, counted, and is released when the member comes (fault 18)."""

from collections.abc import Callable

from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Files, column, contract, counts, member, take_in, union

New = Callable[..., Workspace]


def test_a_contract_before_its_member_waits_and_is_released_when_the_member_comes(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    contracts = files("契約.csv", contract(), contract("0000000002"), contract("0000000003", "00000014"))
    first = take_in(workspace, files("単組.csv", union()), contracts)
    assert counts(first.files[1]) == {"held": 3}
    assert (first.waiting, first.released, first.needs_a_person) == (3, 0, False)
    second = take_in(workspace, files("名簿.csv", member()))
    assert (second.waiting, second.released) == (1, 2)
    assert column(workspace, "contracts", "contract_no") == ["0000000001", "0000000002", "0000000003"]


def test_a_contract_that_still_waits_is_counted_again_and_not_written_again(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    contracts = files("契約.csv", contract())
    take_in(workspace, files("単組.csv", union()), contracts)
    result = take_in(workspace, contracts)
    assert counts(result.files[0]) == {"held": 1}
    assert (result.waiting, result.released) == (1, 0)
    assert column(workspace, "contracts", "import_id") == [1]


def test_a_contract_whose_member_comes_in_the_same_call_does_not_wait(new_workspace: New, files: Files) -> None:
    result = take_in(
        new_workspace("17"), files("契約.csv", contract()), files("名簿.csv", member()), files("単組.csv", union())
    )
    assert [counts(file) for file in result.files] == [{"new": 1}] * 3
    assert (result.waiting, result.released) == (0, 0)


def test_a_contract_waits_while_its_members_row_is_on_hold(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    broken = files("名簿.csv", member(在籍区分="死亡？"))
    first = take_in(workspace, files("単組.csv", union()), broken, files("契約.csv", contract()))
    assert (counts(first.files[2]), first.waiting) == ({"held": 1}, 1)
    second = take_in(workspace, files("名簿2.csv", member(在籍区分="死亡")))
    assert (second.mended, second.waiting, second.released) == (1, 0, 1)


def test_a_member_of_another_prefecture_does_not_release_a_contract(new_workspace: New, files: Files) -> None:
    workspace = new_workspace()
    take_in(workspace, files("単組.csv", union()), files("契約.csv", contract()))
    result = take_in(workspace, files("単組18.csv", union("18001")), files("名簿.csv", member(union_code="18001")))
    assert (result.waiting, result.released) == (1, 0)
