"""What a dry run and a complete file tell before anything is done: new, changed (old → new), gone; and the alarms."""

from collections.abc import Callable
from datetime import date

import pytest

from kyosai_lists.usecases.importing.import_files import ImportResult
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Cells, Files, contents, contract, member, stop, take_in, union

New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    """Two unions, twenty people in 17001 (二つの職場), one in 17002, a contract, a stop."""
    made = new_workspace("17")
    people = [member(f"{n:08}", 職場名="税務課" if n < 12 else "市民課", 氏名=f"氏名{n}") for n in range(20)]
    take_in(
        made, files("単組.csv", union(), union("17002")), files("名簿_20261025.csv", *people, member("90", "17002", 職場名="本庁")),
        files("契約.csv", contract("1", "00000001"), contract("2", "00000002", 終了日="2026/10/1")),
        files("停止.csv", stop("00000003"), stop("00000004", 終了日="2026/10/31")),
    )  # fmt: skip
    return made


def roster(*people: Cells, **for_all: str) -> list[Cells]:
    return [person | for_all for person in people]


def test_a_dry_run_names_who_is_new_and_every_field_that_changes_and_keeps_nothing(
    workspace: Workspace, files: Files
) -> None:
    before = contents(workspace, without=())
    rows = [
        member("00000001", 氏名="新姓", 職場名="税務課", 在籍区分="休職"),
        member("21", 氏名="新人", 職場名="税務課"),
    ]
    tried = take_in(workspace, files("名簿.csv", *rows), dry_run=True)
    assert tried.preview is not None
    assert tried.preview.new.rows() == [("members", "21", "新人")]
    assert set(tried.preview.changes.rows()) == {
        ("members", "00000001", "新姓", "氏名", "氏名1", "新姓"),
        ("members", "00000001", "新姓", "在籍区分", "現職", "休職"),
    }
    assert contents(workspace, without=()) == before


def test_values_are_shown_in_the_words_people_write(workspace: Workspace, files: Files) -> None:
    tried = take_in(workspace, files("契約.csv", contract("1", "00000001", 共済種類="自然災害")), dry_run=True)
    assert tried.preview is not None
    assert tried.preview.changes.rows() == [("contracts", "1", "氏名1", "共済種類", "火災共済", "自然災害共済")]
    tried = take_in(workspace, files("停止.csv", stop("00000003", "火災")), dry_run=True)
    assert tried.preview is not None
    assert tried.preview.new.rows() == [("suppressions", "00000003 火災共済", "氏名3")]


def test_a_complete_file_tells_who_is_missing_in_the_unions_it_covers_and_takes_nobody_away(
    workspace: Workspace, files: Files
) -> None:
    before = contents(workspace)
    kept = [member(f"{n:08}", 職場名="税務課" if n < 12 else "市民課", 氏名=f"氏名{n}") for n in range(18)]
    done = take_in(workspace, files("名簿_20261025.csv", *kept), snapshot=True)
    assert done.gone.rows() == [("members", "00000018", "氏名18"), ("members", "00000019", "氏名19")]
    assert contents(workspace)["members"] == before["members"]
    assert take_in(workspace, files("名簿_20261025.csv", *kept)).gone.is_empty()


def test_what_ended_or_left_may_be_missing_and_what_is_on_hold_is_not(workspace: Workspace, files: Files) -> None:
    everybody_else = [member(f"{n:08}", 氏名=f"氏名{n}") for n in range(1, 20)]
    left = take_in(workspace, files("a.csv", member("00000000", 在籍区分="退職", 氏名="氏名0")))
    assert left.gone.is_empty()
    on_hold = member("00000005", 在籍区分="？")
    rows = [row for row in everybody_else if row["組合員番号"] != "00000005"] + [on_hold]
    assert take_in(workspace, files("b.csv", *rows), snapshot=True).gone.is_empty()
    gone = take_in(workspace, files("c.csv", contract("9", "00000001")), snapshot=True).gone
    assert gone.rows() == [("contracts", "1", "氏名1")]  # 2 has ended
    gone = take_in(workspace, files("d.csv", stop("00000009")), snapshot=True).gone
    assert gone.rows() == [("suppressions", "00000003 すべて", "氏名3")]  # the stop of 4 is over


def alarms(result: ImportResult) -> str:
    return "\n".join(result.alarms)


def same_people(count: int = 20, **for_all: str) -> list[Cells]:
    return [member(f"{n:08}", 職場名="税務課" if n < 12 else "市民課", 氏名=f"氏名{n}") | for_all for n in range(count)]


def test_the_same_file_again_raises_no_alarm(workspace: Workspace, files: Files) -> None:
    assert take_in(workspace, files("名簿_20261026.csv", *same_people())).alarms == ()


@pytest.mark.parametrize(("changed", "rings"), [(7, True), (6, False)])
def test_a_third_of_a_field_changed(changed: int, rings: bool, workspace: Workspace, files: Files) -> None:
    people = [row | ({"氏名": "別人"} if n < changed else {}) for n, row in enumerate(same_people())]
    told = alarms(take_in(workspace, files("名簿_20261026.csv", *people), dry_run=True))
    assert ("「氏名」が、登録済みの20行のうち7行で変わります" in told) == rings
    assert ("氏名" in told) == rings


@pytest.mark.parametrize(("left", "rings"), [(18, True), (19, False)])
def test_a_roster_down_by_a_tenth(left: int, rings: bool, workspace: Workspace, files: Files) -> None:
    told = alarms(take_in(workspace, files("名簿_20261026.csv", *same_people(left))))
    assert ("登録より1割以上少ない名簿があります: 単組 17001(在職者20人に対して18人)。" in told) == rings
    assert ("1割以上少ない" in told) == rings


def test_contracts_down_by_a_tenth_are_told(workspace: Workspace, files: Files) -> None:
    many = [contract(f"1{n:03}", "00000001") for n in range(10)]
    take_in(workspace, files("契約.csv", *many))
    assert "契約の行が、前に取り込んだ10行から9行に減っています" in alarms(
        take_in(workspace, files("a.csv", *many[:9]))
    )
    assert take_in(workspace, files("b.csv", *many)).alarms == ()


def test_a_few_rows_that_come_later_are_no_measure_for_the_next_whole_file(workspace: Workspace, files: Files) -> None:
    many = [contract(f"1{n:03}", "00000001") for n in range(10)]
    take_in(workspace, files("契約.csv", *many))
    take_in(workspace, files("追加.csv", contract("2000", "00000001")))
    assert "前に取り込んだ10行から9行に減っています" in alarms(take_in(workspace, files("a.csv", *many[:9])))
    take_in(workspace, files("追加_20261031.csv", *same_people(3)))
    assert "在職者20人に対して18人" in alarms(take_in(workspace, files("名簿_20261031.csv", *same_people(18))))


@pytest.mark.parametrize(("name", "told"), [("20260916", "46日前"), ("20260917", ""), ("20260331", "日前")])
def test_an_old_roster(name: str, told: str, workspace: Workspace, files: Files) -> None:
    found = alarms(take_in(workspace, files(f"名簿_{name}.csv", *same_people())))
    assert told in found
    assert bool(found) == bool(told)


def test_a_roster_from_before_the_first_of_april_is_old_within_45_days(workspace: Workspace, files: Files) -> None:
    path = files("名簿_20270331.csv", *same_people())
    found = take_in(workspace, path, today=date(2027, 4, 1))
    assert "4月1日より前" in alarms(found)
    path = files("名簿_20270401.csv", *same_people())
    assert take_in(workspace, path, today=date(2027, 4, 1)).alarms == ()


@pytest.mark.parametrize(("moved", "rings"), [(12, True), (7, True), (6, False)])
def test_a_workplace_most_of_whose_people_have_another_name_for_it(
    moved: int, rings: bool, workspace: Workspace, files: Files
) -> None:
    people = [row | ({"職場名": "課税課"} if n < moved else {}) for n, row in enumerate(same_people())]
    told = alarms(take_in(workspace, files("名簿_20261026.csv", *people)))
    assert (f"単組 17001 の職場「税務課」の{moved}人が「課税課」に変わります" in told) == rings


def test_a_few_people_who_move_are_no_renaming(workspace: Workspace, files: Files) -> None:
    take_in(workspace, files("a_20261026.csv", *[member(f"7{n}", "17002", 職場名="支所") for n in range(4)]))
    moved = [member(f"7{n}", "17002", 職場名="本庁舎") for n in range(4)]
    assert "職場「支所」" not in alarms(take_in(workspace, files("b_20261026.csv", *moved)))


def test_stops_of_nobody_are_told_and_how_many_have_only_lost_their_zeros(workspace: Workspace, files: Files) -> None:
    told = alarms(take_in(workspace, files("停止.csv", stop("7"), stop("31"), stop("00000005"))))
    assert "案内停止のうち2件は、登録のない番号です(うち1件は、先頭の0の数だけが違う組合員がいます)" in told
    assert "登録のない番号" not in alarms(take_in(workspace, files("b.csv", stop("00000006"))))
