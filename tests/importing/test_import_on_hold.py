"""What cannot be trusted is on 保留 under the person it speaks of, until it is mended (faults 19, 23a, 23b, 23c)."""

import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import (
    Cells,
    Files,
    column,
    contents,
    contract,
    counts,
    member,
    on_hold,
    stop,
    take_in,
    union,
)

New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    """One union, one person in service."""
    made = new_workspace("17")
    take_in(made, files("単組.csv", union()), files("名簿.csv", member()))
    return made


@pytest.mark.parametrize(
    "row",
    [
        member(生年月日="2026/11/2"),
        member(生年月日="1905/11/1"),
        member(末子生年月日="2027/1/1"),
        member(在籍区分="死亡？"),
        member(単組コード="17999"),
        contract(終了日="2020/3/31"),
        contract(共済種類="火災共斉"),
        stop(開始日="2026/5/1", 終了日="2026/4/30"),
        stop(開始日="2026/2/30"),
    ],
)
def test_a_row_that_cannot_be_is_on_hold_under_its_person_and_changes_nothing(
    row: Cells, workspace: Workspace, files: Files
) -> None:
    before = contents(workspace, without=("imports", "import_files", "quarantine"))
    result = take_in(workspace, files("新しい.csv", row))
    assert counts(result.files[0]) == {"quarantined": 1}
    assert [member_key for _, member_key in on_hold(workspace)] == ["17-00000013"]
    assert result.needs_a_person
    assert contents(workspace, without=("imports", "import_files", "quarantine")) == before


def test_a_row_on_hold_keeps_the_whole_original_row_and_says_what_is_wrong(workspace: Workspace, files: Files) -> None:
    row = member(在籍区分="死亡？", 備考="本人の\n希望")
    take_in(workspace, files("新しい.csv", row))
    with workspace.engine.connect() as connection:
        kept = connection.execute(sa.select(tables.quarantine)).mappings().one()
    assert (kept["file"], kept["row"], kept["layout"]) == ("新しい.csv", 2, "members")
    assert json.loads(kept["raw"]) == row
    problem = json.loads(kept["problems"])[0]
    assert (problem["column"], problem["value"]) == ("在籍区分", "死亡？")
    assert problem["reason"]
    assert problem["remedy"]


def test_a_later_good_row_mends_the_person_whose_state_could_not_be_read(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("新しい.csv", member(在籍区分="死亡？")))
    assert column(workspace, "members", "status") == ["active"]
    result = take_in(workspace, files("直した.csv", member(在籍区分="死亡")))
    assert (result.mended, on_hold(workspace)) == (1, [])
    assert column(workspace, "members", "status") == ["dead"]
    assert column(workspace, "quarantine", "resolved_by") == [3]


def test_a_good_row_of_somebody_else_mends_nothing(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("新しい.csv", member(在籍区分="死亡？")))
    result = take_in(workspace, files("新しい.csv", member("00000014")))
    assert result.mended == 0
    assert on_hold(workspace) == [("members", "17-00000013")]


def test_the_same_broken_file_twice_is_on_hold_once_and_mends_nothing(workspace: Workspace, files: Files) -> None:
    rows = [stop(開始日="2026/2/30"), stop("", "火災共済"), stop("00000020", "火災共済")]
    broken = files("停止.csv", *rows)
    take_in(workspace, broken)
    before = contents(workspace)
    result = take_in(workspace, broken)
    assert counts(result.files[0]) == {"unchanged": 1, "quarantined": 2}
    assert result.mended == 0
    assert contents(workspace) == before


def test_a_stop_with_a_bad_date_is_mended_by_its_good_row(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("停止.csv", stop(product="火災共済", 開始日="2026/2/30")))
    result = take_in(workspace, files("停止2.csv", stop(product="火災共済", 開始日="2026/2/28")))
    assert (result.mended, on_hold(workspace)) == (1, [])


def test_a_stop_whose_product_was_misspelt_is_mended_though_its_key_changed(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("停止.csv", stop(product="火災共斉")))
    assert on_hold(workspace) == [("suppressions", "17-00000013")]
    result = take_in(workspace, files("停止.csv", stop(product="火災共済")))
    assert (result.mended, on_hold(workspace)) == (1, [])


@pytest.mark.parametrize(
    "other", [stop(終了日="2020/3/31"), stop(product="総合共済", 理由="電話で"), stop(product="総合共済")]
)
def test_another_stop_of_the_same_person_does_not_mend_the_misspelt_one(
    other: Cells, workspace: Workspace, files: Files
) -> None:
    take_in(workspace, files("停止.csv", stop(product="火災共斉")))
    take_in(workspace, files("停止2.csv", other))
    assert on_hold(workspace) == [("suppressions", "17-00000013")]


def test_a_stop_that_was_known_before_does_not_mend_the_misspelt_one_of_the_same_file(
    workspace: Workspace, files: Files
) -> None:
    take_in(workspace, files("停止.csv", stop(product="火災共斉"), stop(product="総合共済")))
    take_in(workspace, files("停止.csv", stop(product="総合共済")))
    assert on_hold(workspace) == [("suppressions", "17-00000013")]


@pytest.mark.parametrize("code", ["石川", "石川県", "7", "017", "48", "18"])
def test_a_stop_under_a_wrong_prefecture_still_stops_whoever_has_the_number(
    code: str, workspace: Workspace, files: Files
) -> None:
    result = take_in(workspace, files("停止.csv", stop() | {"県コード": code}))
    assert counts(result.files[0]) == {"quarantined": 1}
    assert on_hold(workspace) == [("suppressions", "??-00000013")]


def test_two_stops_that_contradict_each_other_are_not_mended_by_a_third(workspace: Workspace, files: Files) -> None:
    one, two = stop(product="火災共済"), stop(product="火災共済", 終了日="2026/12/31")
    take_in(workspace, files("停止.csv", one, two))
    take_in(workspace, files("停止2.csv", stop(product="総合共済")))
    assert on_hold(workspace) == [("suppressions", "17-00000013")] * 2
    assert take_in(workspace, files("停止3.csv", two)).mended == 2


def test_a_stop_for_an_unknown_number_is_kept_for_later(workspace: Workspace, files: Files) -> None:
    result = take_in(workspace, files("停止.csv", stop("00000777")))
    assert counts(result.files[0]) == {"new": 1}
    take_in(workspace, files("名簿2.csv", member("00000777")))
    assert column(workspace, "suppressions", "member_key") == ["17-00000777"]
    assert "17-00000777" in column(workspace, "members", "member_key")


@pytest.mark.parametrize(
    "row",
    [
        member(生年月日="99999999"),
        member(採用年月日="9999/12/31"),
        contract(発効日="99999999"),
        {"組合員番号": "00000013", "共済種類": "火災共済", "受付日": "99999999"},
    ],
    ids=["生年月日", "採用年月日", "発効日", "受付日"],
)
def test_no_date_where_there_must_be_one_is_on_hold(row: Cells, workspace: Workspace, files: Files) -> None:
    result = take_in(workspace, files("新しい.csv", row))
    assert counts(result.files[0]) == {"quarantined": 1}
    assert "「なし」の意味" in result.problems["reason"].item()


@pytest.mark.parametrize("number", ["3000000000", "99999999999999999999"])
def test_a_number_beyond_all_measure_does_not_stop_the_import(number: str, workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("契約.csv", contract(口数=number)))
    assert column(workspace, "contracts", "units") == [None]


def test_applications_without_a_state_column_leave_the_stored_state_alone(workspace: Workspace, files: Files) -> None:
    row = {"組合員番号": "00000013", "共済種類": "火災共済", "受付日": "2026/10/1"}
    take_in(workspace, files("申込.csv", row | {"状態": "取下"}))
    assert counts(take_in(workspace, files("申込2.csv", row)).files[0]) == {"unchanged": 1}
    assert column(workspace, "applications", "state") == ["withdrawn"]
