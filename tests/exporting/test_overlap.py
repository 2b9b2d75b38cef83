"""One person on many lists, several people in one home: what is printed, what stands on the lists' sheets, what is counted."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kyosai_lists.errors import UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF, workspace_at
from tests.exporting.reading import table, workbooks
from tests.importing.importing_files import Here

ALL = Order(list_ids=("all",), as_of=AS_OF)
MANY = 33  # more lists of a branch's own: with the built-in ones the letters go past Z
MEMBERS = """\
組合員番号,単組コード,職場名,氏名,生年月日,採用年月日,雇用区分,在籍区分,住所
1,17001,総務,山田　太郎,2000-05-05,2020-04-01,正規,現職,金沢市本町1-2-3
2,17001,水道,山田　花子,1999-05-05,2020-04-01,正規,休職,石川県金沢市本町一丁目2番3号
3,17001,水道,山田　次郎,1998-05-05,2020-04-01,正規,現職,金沢市本町4
4,17002,総務,山田　三郎,1997-05-05,2020-04-01,正規,現職,金沢市本町1-2-3
5,17001,総務,山田　五郎,1960-05-05,1985-04-01,正規,退職,金沢市本町1-2-3
"""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Workspace]:
    """Four young people who are on every list of the branch's own, and one (No. 5) who is on none."""
    workspace = workspace_at(tmp_path / "workspace", ("17",))
    _add_lists(workspace)
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,金沢\n17002,七尾\n", "utf-8")
    (tmp_path / "m.csv").write_text(MEMBERS, "utf-8")
    import_files(workspace, [tmp_path / "u.csv", tmp_path / "m.csv"], today=AS_OF, readers=Here)
    yield workspace
    workspace.engine.dispose()


def _add_lists(workspace: Workspace) -> None:
    pattern = (resource_dir("queries") / "young-unenrolled.sql").read_text("utf-8")
    (workspace.folder / "queries").mkdir(exist_ok=True)
    for n in range(MANY):
        own = pattern.replace('"若年層 団体生命未加入"', f'"独自 {n:02}"').replace(
            "priority = 20", f"priority = {200 + n}"
        )
        own = own.replace("団体生命共済のご案内と申込書", f"書類 {n:02}")
        (workspace.folder / "queries" / f"own-{n:02}.sql").write_text(own, "utf-8")


def summary_table(out: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(out / "県支部控え" / "まとめ.xlsx").get_sheet_by_name(sheet).to_python()


def test_a_person_on_many_lists_has_three_letters_and_stands_on_every_lists_sheet(
    branch: Workspace, tmp_path: Path
) -> None:
    result = export_lists(branch, ALL, act=ACT, passwords=None, out=tmp_path / "out")
    letters = list(result.letters.values())
    assert letters[:27] == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA"]
    assert letters == sorted(letters, key=lambda letter: (len(letter), letter))
    path = workbooks(tmp_path / "out")[0]
    printed = [str(row["ご案内"]).split() for sheet in ("名簿", "担当限り") for row in table(path, sheet)]
    assert {len(own) for own in printed} == {3}
    assert all(own == sorted(own, key=letters.index) for own in printed)
    for n in range(MANY):
        assert [row["氏名"] for row in table(path, f"独自 {n:02}")] == ["山田　次郎", "山田　太郎", "山田　花子"]
    assert result.matched == result.delivered == sum(sum(book.rows.values()) for book in result.books)
    assert result.delivered > 4 * MANY


def test_copies_on_the_cover_and_in_the_summary_are_those_that_are_printed(branch: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = export_lists(branch, replace(ALL, values={"max_offers": 2}), act=ACT, passwords=None, out=out)
    printed: Counter[str] = Counter()
    for path in workbooks(out):
        own = Counter(
            letter
            for sheet in ("名簿", "担当限り")
            for row in table(path, sheet)
            for letter in str(row["ご案内"]).split()
        )
        cover = CalamineWorkbook.from_path(path).get_sheet_by_name("表紙").to_python()
        copies = {
            str(row[at]).split("\u3000")[0]: row[at + 4] for row in cover for at in (0, 6) if "\u3000" in str(row[at])
        }
        assert {letter: copies[letter] for letter in result.letters.values()} == {
            letter: own[letter] for letter in result.letters.values()
        }
        assert "多くて2つ" in str(cover)
        printed += own
    rows = {row[0]: row for row in summary_table(out, "照合")[3:-1]}
    assert {letter: rows[letter][4] for letter in rows} == {letter: printed[letter] for letter in rows}
    assert sum(printed.values()) == 2 * 4


@pytest.mark.parametrize(
    ("settings", "campaign", "command_line", "letters"),
    [("", "", {}, 3), ("2", "", {}, 2), ("2", "4", {}, 4), ("2", "4", {"max_offers": 1}, 1)],
    ids=["built in", "the branch's", "the campaign's", "the command line's"],
)
def test_the_number_of_letters_is_set_where_all_numbers_are(
    branch: Workspace, tmp_path: Path, settings: str, campaign: str, command_line: dict[str, int], letters: int
) -> None:
    (tmp_path / "c.csv").write_text(
        "募集コード,募集名,種別,県コード,開始日,終了日,対象リスト\n"
        f"S,秋,スポット,17,2026-11-01,2026-12-18,{';'.join(f'own-{n:02}' for n in range(6))}\n",
        "utf-8",
    )
    import_files(branch, [tmp_path / "c.csv"], today=AS_OF, readers=Here)
    parameters = {"max_offers": int(settings)} if settings else {}
    campaigns = {"S": {"parameters": {"max_offers": int(campaign)}}} if campaign else {}
    own = branch.settings.model_copy(update={"parameters": parameters, "campaigns": campaigns})
    order = Order(campaign="S", values=dict(command_line))
    result = export_lists(replace(branch, settings=own), order, act=ACT, passwords=None, out=tmp_path / "out")
    assert result.max_offers == letters
    rows = [row for path in workbooks(tmp_path / "out") for row in table(path, "名簿")]
    assert {len(str(row["ご案内"]).split()) for row in rows} == {letters}
    manifest = json.loads((tmp_path / "out" / "県支部控え" / "manifest.json").read_text("utf-8"))
    assert manifest["max_offers"] == letters


@pytest.mark.parametrize("wrong", [0, -1, 2.5, "三つ", True])
def test_a_number_of_letters_that_is_none_is_refused(sqlite_branch: Workspace, tmp_path: Path, wrong: object) -> None:
    with pytest.raises(UsageError, match="max_offers"):
        export_lists(
            sqlite_branch, replace(ALL, values={"max_offers": wrong}), act=ACT, passwords=None, out=tmp_path / "out"
        )
    assert not (tmp_path / "out").exists()


def test_people_of_one_home_are_named_to_each_other_for_the_person_in_charge_alone(
    branch: Workspace, tmp_path: Path
) -> None:
    export_lists(branch, replace(ALL, list_ids=("own-00", "own-01")), act=ACT, passwords=None, out=tmp_path / "out")
    first, second = workbooks(tmp_path / "out")
    told = {row["氏名"]: (row["No."], row["同じ世帯"]) for row in table(first, "独自 01")}
    assert told == {
        "山田　次郎": (1, ""),
        "山田　太郎": (2, "No.3 山田　花子"),
        "山田　花子": (3, "No.2 山田　太郎"),  # on leave, and a person of her own
    }
    assert [row["同じ世帯"] for row in table(second, "独自 01")] == [""]
    for sheet in ("表紙", "名簿", "担当限り"):
        assert "No.3" not in str(CalamineWorkbook.from_path(first).get_sheet_by_name(sheet).to_python())


def test_a_template_older_than_the_mark_still_works_and_the_summary_says_what_is_missing(
    branch: Workspace, tmp_path: Path
) -> None:
    older = load_workbook(branch.template)
    older["リスト"].delete_cols(12)
    older["リスト"].auto_filter.ref = "A5:K6"
    own = branch.folder / "templates_xlsx" / "call_list.xlsx"
    older.save(own)
    order = replace(ALL, list_ids=("own-00",))
    result = export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / "out")
    assert result.unmarked == 2
    assert "同じ世帯" not in table(workbooks(tmp_path / "out")[0], "独自 00")[0]
    assert "同じ世帯のしるしは付いていません(2人分)" in str(summary_table(tmp_path / "out", "概要"))
    own.unlink()
    assert export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / "new").unmarked == 0
    assert "同じ世帯のしるし" not in str(summary_table(tmp_path / "new", "概要"))


def test_every_list_of_people_of_the_samples_adds_up(sqlite_branch: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = export_lists(sqlite_branch, ALL, act=ACT, passwords=None, out=out)
    assert list(result.titles) == list(sqlite_branch.rules)
    assert result.matched == result.delivered + sum(result.suppressed.values()) + result.unplaced
    on_sheets: Counter[str] = Counter()
    for path in workbooks(out):
        sheets = CalamineWorkbook.from_path(path).sheet_names
        assert len({name.casefold() for name in sheets}) == len(sheets)
        listed = {title: table(path, title) for title in result.titles.values() if title in sheets}
        for title, rows in listed.items():
            on_sheets[title] += len(rows)
        pages = table(path, "名簿") + table(path, "担当限り")
        assert [row["No."] for row in pages] == list(range(1, len(pages) + 1))
        assert {row["No."] for rows in listed.values() for row in rows} == {row["No."] for row in pages}
        assert all(1 <= len(str(row["ご案内"]).split()) <= 3 for row in pages)
    totals = {row[1]: row for row in summary_table(out, "照合")[3:-1]}
    assert {title: totals[title][3] for title in totals} == {title: on_sheets[title] for title in totals}
    assert sum(on_sheets.values()) == result.delivered
    assert all(row[2] == row[3] + row[5] + row[6] and row[4] <= row[3] for row in totals.values())
