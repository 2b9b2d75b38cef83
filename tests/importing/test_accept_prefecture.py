"""Whose row it is: its own 県コード, else the union's, else the workspace's, else the one person's with the number, else 保留."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists.intake.accepting.accept import Accepted, accept
from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.text import code_key
from tests.importing.readings import Row, known, reading

BOTH = {"17001": "17", "18001": "18"}
MEMBER: Row = {"member_no": "1", "union_code": "17001", "name": "山田"}
CONTRACT: Row = {"contract_no": "5", "member_no": "1"}


def one(layout: str, row: Row, world: Known) -> Accepted:
    return accept(BY_ID[layout], [reading(layout, [row])], world)


def pref_of(layout: str, row: Row, world: Known) -> str:
    return str(one(layout, row, world).rows["pref"].item())


def reason(layout: str, row: Row, world: Known) -> str:
    accepted = one(layout, row, world)
    assert accepted.rows.is_empty()
    return str(accepted.problems["reason"].item())


def test_the_rows_own_prefecture_comes_before_the_unions() -> None:
    assert pref_of("members", MEMBER | {"pref": "18"}, known(BOTH)) == "18"


def test_the_unions_prefecture_comes_before_the_workspaces() -> None:
    world = known({"18001": "18"}, own=("17",))
    assert reason("members", MEMBER | {"union_code": "18001"}, world) == "この作業フォルダーの県ではありません"


def test_the_workspaces_only_prefecture_comes_before_the_one_persons() -> None:
    assert pref_of("contracts", CONTRACT, known(BOTH, {("18", "1")}, own=("17",))) == "17"


def test_the_only_prefecture_there_is_a_union_of_counts_as_the_workspaces() -> None:
    assert pref_of("contracts", CONTRACT, known({"17001": "17", "17002": "17"})) == "17"


def test_among_several_prefectures_the_one_person_with_the_number_decides() -> None:
    assert pref_of("contracts", CONTRACT, known(BOTH, {("18", "1"), ("17", "01")})) == "18"


@pytest.mark.parametrize("people", [set(), {("17", "1"), ("18", "1")}])
@pytest.mark.parametrize("layout", ["contracts", "applications", "suppressions"])
def test_a_row_of_nobody_or_of_two_people_is_on_hold_under_its_number(
    layout: str, people: set[tuple[str, str]]
) -> None:
    row: Row = {"member_no": "１", "contract_no": "5", "product": "fire", "received_on": "2026-10-01"}
    accepted = one(layout, row, known(BOTH, people))
    assert accepted.quarantined["member_key"].item() == "??-1"
    assert accepted.problems["reason"].item() == "どの県の行か決められません"


def test_a_single_digit_is_a_prefecture_whose_zero_excel_took() -> None:
    assert pref_of("members", MEMBER | {"pref": "1"}, known({"17001": "17"})) == "01"


def test_a_union_without_prefecture_takes_it_from_its_code() -> None:
    assert pref_of("unions", {"union_code": "18001", "name": "a"}, known()) == "18"


def test_a_target_without_prefecture_and_union_is_the_nations() -> None:
    target: Row = {"business_year": "2026", "product": "fire", "kind": "new", "value": "1", "union_code": ""}
    assert pref_of("targets", target, known(BOTH, own=("17",))) == ""


@pytest.mark.parametrize("layout", ["unions", "members", "contracts", "suppressions", "targets", "campaigns"])
def test_a_row_of_another_prefecture_is_on_hold_in_a_branchs_own_workspace(layout: str) -> None:
    row: Row = {"pref": "18", "member_no": "1", "contract_no": "5", "union_code": "17001", "business_year": "2026"}
    row |= {"code": "A", "union_codes": "", "product": "fire", "kind": "new", "value": "1"}
    assert reason(layout, row, known(BOTH, own=("17",))) == "この作業フォルダーの県ではありません"


@pytest.mark.parametrize("layout", ["members", "targets", "campaigns"])
def test_an_unknown_union_is_on_hold_with_its_code(layout: str) -> None:
    row: Row = {"pref": "17", "member_no": "1", "union_code": "17009", "business_year": "2026"}
    row |= {"code": "A", "union_codes": "17001;17009", "product": "fire", "kind": "new", "value": "1"}
    accepted = one(layout, row, known(BOTH))
    assert accepted.problems["reason"].item() == "登録のない単組コードです"
    assert "17009" in accepted.problems["value"].item()


def test_a_union_code_in_full_width_is_the_same_union() -> None:
    assert one("members", MEMBER | {"union_code": "１７００１"}, known(BOTH)).rows["union_code"].item() == "17001"


@given(number=st.text("019Aa-－ー１Ａ=\"'. \u200b\n", min_size=1))
@example(number='="00000097"')
@example(number="00000097\n")
@example(number="1－1")
def test_every_number_gets_its_key_however_it_is_written(number: str) -> None:
    accepted = one("suppressions", {"member_no": number}, known(BOTH, own=("17",)))
    keys = [*accepted.rows["member_key"], *accepted.quarantined["member_key"]]
    assert keys == [f"17-{code_key(number)}" if code_key(number) else ""]
