"""The first proof: a branch's real files in one call, then exactly the people that were worked out by hand."""

import csv
import json
from collections import defaultdict
from pathlib import Path

from openpyxl import load_workbook

from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF, SAMPLES
from tests.exporting.reading import TITLES, table, workbooks

EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))


def test_every_list_holds_exactly_the_expected_people(sample_branch: Workspace, tmp_path: Path) -> None:
    result = export_lists(sample_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    found: dict[str, list[object]] = defaultdict(list)
    for path in workbooks(tmp_path / "out"):
        for list_id, title in TITLES.items():
            found[list_id] += [row["組合員番号"] for row in table(path, title)]
    assert {list_id: sorted(map(str, numbers)) for list_id, numbers in found.items()} == {
        list_id: sorted(expected["member_no"]) for list_id, expected in EXPECTED["lists"].items()
    }
    assert result.delivered == sum(expected["people"] for expected in EXPECTED["lists"].values())


def test_every_row_stays_in_its_own_union_and_each_person_stands_once_on_the_pages(
    sample_branch: Workspace, tmp_path: Path
) -> None:
    export_lists(sample_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    union_of = _everyone("単組コード", 0)
    for path in workbooks(tmp_path / "out"):
        code = path.name.split("_")[0]
        pages = table(path, "名簿") + table(path, "担当限り")
        numbers = [row["No."] for row in pages]
        assert numbers == list(range(1, len(pages) + 1))
        listed = {str(row["組合員番号"]): row["No."] for title in TITLES.values() for row in table(path, title)}
        assert {union_of[number] for number in listed} == {code}
        assert sorted(listed.values()) == numbers


def _everyone(heading: str, column: int) -> dict[str, str]:
    """By 組合員番号, what the rosters say under `heading`, which is `column` in the unions' workbooks."""
    found = {}
    with (SAMPLES / "組合員名簿_県支部.csv").open(encoding="utf-8-sig", newline="") as file:
        found |= {row["組合員番号"]: row[heading] for row in csv.DictReader(file)}
    for path in SAMPLES.glob("*.xlsx"):
        for row in load_workbook(path, read_only=True)["名簿"].iter_rows(values_only=True):
            if str(row[1] or "").isdigit():
                found[str(row[1])] = str(row[column])
    return found


def test_people_on_leave_and_on_discreet_lists_stand_on_the_separate_sheet_only(
    sample_branch: Workspace, tmp_path: Path
) -> None:
    export_lists(sample_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    status, on_leave = _everyone("在籍区分", 9), 0
    for path in workbooks(tmp_path / "out"):
        listed = {str(row["組合員番号"]): row["No."] for title in TITLES.values() for row in table(path, title)}
        resting = {no for number, no in listed.items() if status[number] == "休職"}
        on_leave += len(resting)
        assert resting <= {row["No."] for row in table(path, "担当限り")}
        retirees = {row["No."] for row in table(path, TITLES["retiree-transfer"])}
        assert not retirees & {row["No."] for row in table(path, "名簿")}
        assert retirees <= {row["No."] for row in table(path, "担当限り")}
    assert on_leave > 0


def test_the_pages_that_go_round_say_nothing_of_what_someone_holds_lacks_or_when_they_leave(
    sample_branch: Workspace, tmp_path: Path
) -> None:
    export_lists(sample_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    telling = ["未加入", "加入中", "退職", "休職", "生年月日", *TITLES.values()]
    for path in workbooks(tmp_path / "out"):
        for sheet in ("名簿", "担当限り"):
            for row in table(path, sheet):
                said = " ".join(str(value) for value in row.values())
                assert not [word for word in telling if word in said]
                assert "組合員番号" not in row
