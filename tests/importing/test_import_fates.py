"""New, changed, unchanged, duplicate: what a later file does to what is stored (faults 17, 21, 23)."""

from collections.abc import Callable

from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Files, column, contents, contract, counts, member, stop, take_in, union

New = Callable[..., Workspace]


def test_in_a_later_call_the_newer_row_wins(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member(), member("14")))
    newer = files("名簿2.csv", member(氏名="山本　花子"), member("14"), member("15"))
    assert counts(take_in(workspace, newer).files[0]) == {"new": 1, "changed": 1, "unchanged": 1}
    assert column(workspace, "members", "name") == ["山本　花子", "山田　花子", "山田　花子"]
    assert column(workspace, "members", "import_id") == [2, 1, 2]


def test_a_missing_column_leaves_the_stored_value_alone_and_an_empty_cell_empties_it(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member(職場名="税務課", 末子生年月日="2020/1/1")))
    assert counts(take_in(workspace, files("名簿2.csv", member())).files[0]) == {"unchanged": 1}
    assert column(workspace, "members", "workplace") == ["税務課"]
    emptied = files("名簿3.csv", member(職場名="", 末子生年月日=""))
    assert counts(take_in(workspace, emptied).files[0]) == {"changed": 1}
    assert column(workspace, "members", "workplace") == [None]
    assert column(workspace, "members", "youngest_born_on") == [None]
    assert counts(take_in(workspace, emptied).files[0]) == {"unchanged": 1}


def test_numbers_and_dates_written_another_way_are_unchanged(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    usual = contract(口数="10", 月額掛金="1234", 終了日="99999999")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member()), files("契約.csv", usual))
    otherwise = contract(口数="１０口", 月額掛金="1,234円", 終了日="", 発効日="令和２年４月１日", 共済種類="火災")
    assert counts(take_in(workspace, files("契約2.csv", otherwise)).files[0]) == {"unchanged": 1}


def test_one_key_twice_with_the_same_content_is_counted_as_duplicate(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    paths = files("単組.csv", union()), files("名簿.csv", member(), member()), files("名簿の写し.csv", member())
    result = take_in(workspace, *paths)
    assert [counts(file) for file in result.files] == [{"new": 1}, {"new": 1, "duplicate": 1}, {"duplicate": 1}]
    assert not result.needs_a_person


def test_one_key_with_different_content_in_one_call_is_on_hold_and_the_stored_row_stays(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member()))
    result = take_in(workspace, files("A.csv", member(氏名="甲"), member("14")), files("B.csv", member(氏名="乙")))
    assert [counts(file) for file in result.files] == [{"new": 1, "quarantined": 1}, {"quarantined": 1}]
    assert column(workspace, "members", "name") == ["山田　花子", "山田　花子"]
    assert result.problems["file"].to_list() == ["A.csv", "B.csv"]
    assert result.needs_a_person


def test_absence_from_a_file_never_lifts_a_stop(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("停止.csv", stop(), stop("00000014", "火災共済")))
    before = contents(workspace)["suppressions"]
    assert counts(take_in(workspace, files("停止.csv", stop("00000014", "火災共済"))).files[0]) == {"unchanged": 1}
    assert contents(workspace)["suppressions"] == before


def test_the_number_is_one_key_in_any_width_and_the_newer_text_is_kept(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member("00000013")))
    assert counts(take_in(workspace, files("名簿2.csv", member("００００００１３"))).files[0]) == {"changed": 1}
    assert column(workspace, "members", "member_key") == ["17-00000013"]
    assert column(workspace, "members", "member_no") == ["００００００１３"]


def test_names_are_stored_letter_for_letter(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    name = " 髙﨑　𠮷男①㈱〜\U000e0100 "
    take_in(
        workspace, files("単組.csv", union()), files("名簿.csv", member(氏名=name, 住所="a\nb'; DROP TABLE x;--%s?"))
    )
    assert column(workspace, "members", "name") == [name]
    assert column(workspace, "members", "address") == ["a\nb'; DROP TABLE x;--%s?"]


def test_riders_are_kept_as_they_came_with_their_names_as_the_key(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("契約.csv", contract(特約="類焼損害；個人賠償責任特約"), contract("2")))
    assert column(workspace, "contracts", "riders") == ["類焼損害；個人賠償責任特約", None]
    assert column(workspace, "contracts", "riders_key") == [";類焼損害;個人賠償責任;", None]
    take_in(workspace, files("契約2.csv", contract(特約="")))
    assert column(workspace, "contracts", "riders_key") == [None, None]


def test_an_application_without_a_state_column_was_received(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    row = {"組合員番号": "00000013", "共済種類": "火災共済", "受付日": "2026/10/1"}
    assert counts(take_in(workspace, files("申込.csv", row)).files[0]) == {"new": 1}
    assert column(workspace, "applications", "state") == ["received"]
