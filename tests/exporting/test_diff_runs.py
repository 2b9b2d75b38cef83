"""A list in two exports, read back from their files; and why, by today's data."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.errors import FileRefused, KyosaiError, UsageError
from kyosai_lists.usecases.asking.diff_runs import diff_runs
from kyosai_lists.usecases.asking.moved import ListDiff, Moved
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.reading import TITLES, table, workbooks
from tests.importing.by_hand import NUMBER, YOUNG, with_one_person
from tests.importing.importing_files import Files, contract, member, stop, take_in

LATER = date(2027, 4, 1)
OPEN = (None, None)
SEALED = Passwords("himitu-1", {})
TWO_UNIONS = ("17003", "17004")


@pytest.fixture(scope="module")
def folders(sqlite_branch: Workspace, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Exports of two unions of the sample branch for two days."""
    out = tmp_path_factory.mktemp("runs")
    for name, as_of in (("a", AS_OF), ("b", LATER)):
        export_lists(sqlite_branch, Order(as_of=as_of, union_codes=TWO_UNIONS), act=ACT, passwords=None, out=out / name)
    return out / "a", out / "b"


def on_the_sheet(folder: Path, list_id: str) -> set[str]:
    return {str(row["組合員番号"]) for path in workbooks(folder) for row in table(path, TITLES[list_id])}


def numbers(moved: list[Moved]) -> set[str]:
    return {one.member_no for one in moved}


@pytest.mark.parametrize("list_id", TITLES)
def test_who_stands_on_one_sheet_and_not_on_the_other(
    sqlite_branch: Workspace, folders: tuple[Path, Path], list_id: str
) -> None:
    before, after = (on_the_sheet(folder, list_id) for folder in folders)
    found = diff_runs(sqlite_branch, list_id, folders, OPEN)
    assert (numbers(found.came), numbers(found.left)) == (after - before, before - after)
    assert (found.before.people, found.after.people) == (len(before), len(after))
    assert (found.before.as_of, found.after.as_of) == (AS_OF, LATER)
    assert all(one.union_name and one.name for one in (*found.came, *found.left))
    changed = [one.reason for one in (*found.came, *found.left)]
    assert all((reason.conditions or reason.suppressed) and not reason.remark for reason in changed)


def test_sealed_workbooks_are_opened_with_the_passwords_of_their_run(
    sqlite_branch: Workspace, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    order = Order(as_of=LATER, union_codes=TWO_UNIONS)
    export_lists(sqlite_branch, order, act=ACT, passwords=SEALED, out=tmp_path / "sealed")
    runs = (folders[0], tmp_path / "sealed")
    plain, sealed = (
        diff_runs(sqlite_branch, YOUNG, pair, keys) for pair, keys in ((folders, OPEN), (runs, (None, SEALED)))
    )
    assert numbers(sealed.came) == numbers(plain.came)
    with pytest.raises(UsageError, match="パスワードが付いています"):
        diff_runs(sqlite_branch, YOUNG, runs, OPEN)
    with pytest.raises(FileRefused, match="パスワードが違います"):
        diff_runs(sqlite_branch, YOUNG, runs, (None, Passwords("tigau-1", {})))


def spoilt(folder: Path, to: Path, spoil: Callable[[Path], object]) -> Path:
    shutil.copytree(folder, to)
    spoil(to)
    return to


def in_manifest(folder: Path, **fields: object) -> None:
    path = folder / "県支部控え" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), "utf-8")


FAULTS: dict[str, Callable[[Path], object]] = {
    "は、名簿を出したフォルダーではありません": lambda out: shutil.rmtree(out / "県支部控え"),
    "フォルダーではありません": lambda out: (out / "県支部控え" / "manifest.json").write_text("[]", "utf-8"),
    "見つかりません": lambda out: next(iter(out.glob("17/*.xlsx"))).unlink(),
    "出したあとで変わっています": lambda out: next(iter(out.glob("17/*.xlsx"))).write_bytes(b"changed"),
    "リスト young-unenrolled を出していません": lambda out: in_manifest(out, lists=[]),
}


@pytest.mark.parametrize("said", FAULTS)
@pytest.mark.parametrize("which", [0, 1])
def test_what_is_wrong_with_a_folder_is_said(
    sqlite_branch: Workspace, folders: tuple[Path, Path], tmp_path: Path, said: str, which: int
) -> None:
    runs = list(folders)
    runs[which] = spoilt(runs[which], tmp_path / "spoilt", FAULTS[said])
    with pytest.raises(KyosaiError, match=said) as raised:
        diff_runs(sqlite_branch, YOUNG, (runs[0], runs[1]), OPEN)
    people = on_the_sheet(folders[0], YOUNG) | on_the_sheet(folders[1], YOUNG)
    assert not any(number in str(raised.value) for number in people)


def test_only_unions_that_both_runs_were_made_for_are_compared(
    sqlite_branch: Workspace, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    one = Order(as_of=LATER, union_codes=TWO_UNIONS[:1], list_ids=(YOUNG,))
    export_lists(sqlite_branch, one, act=ACT, passwords=None, out=tmp_path / "o")
    found = diff_runs(sqlite_branch, YOUNG, (folders[0], tmp_path / "o"), OPEN)
    assert {m.union_code for m in (*found.came, *found.left)} <= {TWO_UNIONS[0]}
    assert any(TWO_UNIONS[1] in remark for remark in found.remarks)


def test_a_run_is_explained_with_its_own_numbers(
    sqlite_branch: Workspace, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    younger = Order(as_of=AS_OF, union_codes=TWO_UNIONS, list_ids=(YOUNG,), values={"young_max_age": 30})
    export_lists(sqlite_branch, younger, act=ACT, passwords=None, out=tmp_path / "o")
    found = diff_runs(sqlite_branch, YOUNG, (folders[0], tmp_path / "o"), OPEN)
    assert found.came == []
    assert {one.reason.conditions for one in found.left} == {("30歳以下である",)}


# -- what became of the data meanwhile ---------------------------------------------------------------------------------


@pytest.fixture
def branch(new_workspace: Callable[..., Workspace], tmp_path: Path) -> Workspace:
    return with_one_person(new_workspace("17"), Files(tmp_path))


def between_two_exports(branch: Workspace, tmp_path: Path, *files: Path) -> ListDiff:
    """The same day and lists exported before and after taking in `files`."""
    order = Order(as_of=AS_OF)
    export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / "a")
    take_in(branch, *files)
    export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / "b")
    return diff_runs(branch, YOUNG, (tmp_path / "a", tmp_path / "b"), OPEN)


def test_who_left_because_a_contract_came_in_is_told_so_by_todays_data(branch: Workspace, tmp_path: Path) -> None:
    cover = contract(member_no=NUMBER, 共済種類="団体生命共済")
    found = between_two_exports(branch, tmp_path, Files(tmp_path)("契約.csv", cover))
    (left,) = found.left
    assert left.reason.conditions == ("団体生命共済に加入していない(申込中を含む)",)
    assert "どちらの日も満たしません" in left.reason.remark
    assert "今登録されているデータ" in found.remarks[0]


def test_of_what_is_not_met_only_what_changed_between_the_two_days_is_named(branch: Workspace, tmp_path: Path) -> None:
    export_lists(branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "a")
    take_in(branch, Files(tmp_path)("契約.csv", contract(member_no=NUMBER, 共済種類="団体生命共済")))
    export_lists(branch, Order(as_of=date(2037, 4, 1)), act=ACT, passwords=None, out=tmp_path / "b")
    found = diff_runs(branch, YOUNG, (tmp_path / "a", tmp_path / "b"), OPEN)
    assert [(one.reason.conditions, one.reason.remark) for one in found.left] == [(("35歳以下である",), "")]


def test_a_run_of_a_campaign_counts_stops_until_its_last_day(branch: Workspace, tmp_path: Path) -> None:
    campaign = {
        "募集コード": "S",
        "募集名": "スポット",
        "種別": "スポット",
        "県コード": "17",
        "対象リスト": YOUNG,
        "開始日": "2026-11-16",
        "終了日": "2026-12-18",
    }
    files = Files(tmp_path)
    take_in(branch, files("募集.csv", campaign), files("停止.csv", stop(NUMBER, 開始日="2026-12-01")))
    for name, order in (("a", Order(as_of=date(2026, 11, 16))), ("b", Order(campaign="S"))):
        export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / name)
    runs = (tmp_path / "a", tmp_path / "b")
    assert [one.reason.suppressed for one in diff_runs(branch, YOUNG, runs, OPEN).left] == ["案内停止"]
    with branch.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM campaigns")
    found = diff_runs(branch, YOUNG, runs, OPEN)
    assert [one.reason.remark for one in found.left] == ["今のデータでは、どちらの日も対象です"]
    assert any("募集が今は登録されていない" in remark for remark in found.remarks)


def test_who_left_because_of_a_stop_is_told_so(branch: Workspace, tmp_path: Path) -> None:
    found = between_two_exports(branch, tmp_path, Files(tmp_path)("停止.csv", stop(NUMBER)))
    assert [(one.reason.suppressed, one.reason.conditions) for one in found.left] == [("案内停止", ())]


def test_who_came_with_a_roster_is_on_the_list_on_both_days_by_todays_data(branch: Workspace, tmp_path: Path) -> None:
    other = member("00000099", 生年月日="2000/5/5", 採用年月日="2020/4/1")
    found = between_two_exports(branch, tmp_path, Files(tmp_path)("名簿2.csv", other))
    assert [(one.member_no, one.reason.remark) for one in found.came] == [
        ("00000099", "今のデータでは、どちらの日も対象です")
    ]


def test_somebody_who_is_not_in_the_store_is_told_so(branch: Workspace, tmp_path: Path) -> None:
    for name, as_of in (("a", AS_OF), ("b", date(2037, 4, 1))):
        export_lists(branch, Order(as_of=as_of), act=ACT, passwords=None, out=tmp_path / name)
    with branch.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM members")
    found = diff_runs(branch, YOUNG, (tmp_path / "a", tmp_path / "b"), OPEN)
    assert [one.reason.remark for one in found.left] == ["今は登録されていません"]


def test_a_rule_that_changed_since_is_told(branch: Workspace, tmp_path: Path) -> None:
    order = Order(as_of=AS_OF)
    for name in ("a", "b"):
        export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / name)
        manifest = tmp_path / name / "県支部控え" / "manifest.json"
        manifest.write_text(manifest.read_text("utf-8").replace('"rule_sha256": "', '"rule_sha256": "0'), "utf-8")
    found = diff_runs(branch, YOUNG, (tmp_path / "a", tmp_path / "b"), OPEN)
    assert [remark for remark in found.remarks if "きまり" in remark]
