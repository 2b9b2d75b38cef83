"""Several rows of one key in one call: the same content is counted, different content is on 保留, all of it (fault 17)."""

from kyosai_lists.intake.accepting.accept import Accepted, accept
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.intake.reading import FileReading
from tests.importing.readings import Row, known, reading

WORLD = known({"17001": "17", "18001": "18"}, {("17", "1"), ("18", "1")})
MEMBER: Row = {"member_no": "1", "union_code": "17001", "name": "山田", "kana": "ヤマダ"}
STOP: Row = {"pref": "17", "member_no": "1", "product": "fire", "reason": "本人"}


def settle(layout: str, *files: FileReading) -> Accepted:
    return accept(BY_ID[layout], list(files), WORLD)


def fates(accepted: Accepted) -> list[str]:
    return accepted.fates.sort("source", "row")["fate"].to_list()


def members(*rows: Row) -> FileReading:
    return reading("members", list(rows))


def without(row: Row, field: str) -> Row:
    return {name: cell for name, cell in row.items() if name != field}


def test_the_same_content_twice_is_kept_once_and_counted() -> None:
    assert fates(settle("members", members(MEMBER, MEMBER, MEMBER))) == ["kept", "duplicate", "duplicate"]


def test_different_content_puts_every_row_of_the_key_on_hold_and_no_other() -> None:
    accepted = settle("members", members(MEMBER, MEMBER | {"name": "山本"}, MEMBER, MEMBER | {"member_no": "2"}))
    assert fates(accepted) == ["quarantined", "quarantined", "quarantined", "kept"]
    assert set(accepted.quarantined["member_key"]) == {"17-1"}


def test_a_good_row_is_on_hold_when_another_of_its_key_cannot_be_read() -> None:
    broken = reading("members", [MEMBER | {"name": None}, MEMBER], unreadable=(0,))
    assert fates(settle("members", broken)) == ["quarantined", "quarantined"]


def test_a_contradiction_across_two_files_is_found() -> None:
    other = without(MEMBER, "kana") | {"name": "山本"}
    assert fates(settle("members", members(MEMBER), members(other))) == ["quarantined", "quarantined"]


def test_two_files_with_different_columns_complete_each_other() -> None:
    accepted = settle("members", members(without(MEMBER, "kana")), members(MEMBER))
    assert fates(accepted) == ["kept", "duplicate"]
    assert accepted.rows["kana"].item() == "ヤマダ"


def test_an_empty_cell_contradicts_a_filled_one_but_a_missing_column_does_not() -> None:
    assert fates(settle("members", members(MEMBER), members(MEMBER | {"kana": ""}))) == ["quarantined"] * 2


def test_the_width_of_a_number_is_no_difference_and_its_text_stays_as_it_came() -> None:
    accepted = settle("members", members(MEMBER | {"member_no": "０1"}, MEMBER | {"member_no": "01"}))
    assert fates(accepted) == ["kept", "duplicate"]
    assert accepted.rows.select("member_key", "member_no").row(0) == ("17-01", "０1")


def test_leading_zeros_tell_two_numbers_apart() -> None:
    assert fates(settle("members", members(MEMBER, MEMBER | {"member_no": "01"}))) == ["kept", "kept"]


def test_one_number_in_two_prefectures_is_two_people() -> None:
    other = MEMBER | {"union_code": "18001", "name": "別人"}
    accepted = settle("members", members(MEMBER, other))
    assert fates(accepted) == ["kept", "kept"]
    assert accepted.rows["member_key"].to_list() == ["17-1", "18-1"]


def test_a_stop_whose_product_cannot_be_read_does_not_pass_for_a_stop_of_everything() -> None:
    rows = [STOP | {"product": ""}, STOP | {"product": None}]
    accepted = settle("suppressions", reading("suppressions", rows, unreadable=(1,)))
    assert fates(accepted) == ["kept", "quarantined"]
    assert accepted.quarantined.select("record_key", "member_key").row(0) == ("", "17-1")


def test_a_missing_column_of_the_key_counts_as_empty() -> None:
    accepted = settle("suppressions", reading("suppressions", [without(STOP, "product")]))
    assert accepted.rows["product"].item() == ""


def test_a_missing_column_with_a_usual_value_takes_it_in_the_key() -> None:
    target: Row = {"business_year": "2026", "pref": "17", "product": "fire", "kind": "new", "value": "1"}
    row = settle("targets", reading("targets", [target])).rows
    assert row.select("measure", "round", "union_code").row(0) == ("contracts", "first", "")


def test_a_row_on_hold_says_file_row_column_and_what_to_do() -> None:
    problem = settle("members", members(MEMBER, MEMBER | {"name": "山本"})).problems.row(1, named=True)
    assert (problem["file"], problem["row"], problem["column"]) == ("a.csv", 3, "組合員番号")
    assert problem["reason"] == "同じ番号の行が、違う内容で二つ以上あります"
    assert problem["remedy"] == "正しい一行だけを残して、もう一度入れてください"
