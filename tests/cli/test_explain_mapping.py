"""`import --explain`: what it prints, pasted into kyosai.toml, makes the import succeed with the right values."""

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kyosai_lists.config import CONFIG_NAME
from tests.cli.running import Answer, Typed
from tests.conftest import SAMPLES

D = ("--today", "2026-11-01")


def words(text: str, between: str | None = None) -> list[str]:
    return text.split(between)


NUMBERED = [f"列{number}" for number in range(1, 40)]
ROSTER, CONTRACTS, UNIONS = "組合員名簿_県支部.csv", "契約_基幹システム_20261031.csv", "単組一覧.csv"
OWN_WORDS = words(
    "職番 単組 所属部署 お名前 ヨミガナ 生年月日西暦 男女 入庁年月日 身分 異動 退職見込日 退職後 世帯 婚姻 子供数 末の子の生年月日 "
    "住まい 〒 現住所 固定電話 ケータイ 電子メール"
)
ENGLISH = words(
    "member_no,Union Code,Department,Full Name,Kana,Birth Date,Sex,Hire Date,Employment Type,Status,Retirement Date,"
    "After Retirement,Householder,Spouse,Children,Youngest Birth,Housing,Zip,Address,Tel,Mobile,E-mail",
    between=",",
)
CORE = words(
    "KUMIAIIN_NO TANSO_CD SHOZOKU SHIMEI_KANJI SHIMEI_KANA SEINENGAPPI SEIBETSU SAIYOBI KOYO_KBN ZAISEKI_KBN TAISHOKU_YOTEI "
    "TAISHOKUGO_KBN SETAINUSHI HAIGUSHA_UMU KODOMO MATSUSHI JUKYO_KBN YUBIN_NO JUSHO DENWA_NO KEITAI_NO MAIL_ADDRESS"
)
CONTRACTS_CORE = words(
    "KEIYAKU_NO KUMIAI_NO KYOSAI_SHURUI TAIPU HIKYOSAISHA KUCHISU KAKEKIN HAKKO_YMD MANKI_YMD SHURYO_YMD SHURYO_RIYU "
    "SHU_KEIYAKU_NO TOKUYAKU SHAKEN"
)
BOLD = ("member_no", "union_code", "name", "born_on", "hired_on", "employment", "status")
MORE = (
    *BOLD,
    "workplace",
    "kana",
    "sex",
    "spouse",
    "children",
    "youngest_born_on",
    "dwelling",
    "address",
    "phone",
    "mobile",
)
TABLES = {ROSTER: "members", CONTRACTS: "contracts"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "w"


def rows_of(name: str, most: int = 150) -> list[list[str]]:
    encoding = "utf-8-sig" if name == ROSTER else "cp932"
    with (SAMPLES / name).open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))[: most + 1]


def written(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def with_headings(path: Path, name: str, headings: list[str]) -> Path:
    rows = rows_of(name)
    return written(path, [headings[: len(rows[0])], *rows[1:]])


def paste(workspace: Path, toml: str) -> None:
    with (workspace / CONFIG_NAME).open("a", encoding="utf-8") as file:
        file.write(f"\n{toml}")


def printed_toml(answer: Answer) -> str:
    """The lines as they stand on the screen: from the table's name to the next empty line."""
    lines = answer.out.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("[layouts."))
    return "\n".join(lines[start : lines.index("", start)]) + "\n"


def stored(workspace: Path, table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    with sqlite3.connect(workspace / "kyosai.db") as store:
        found = list(store.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2"))
    store.close()
    return found


def imported(typed: Typed, workspace: Path, path: Path, table: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    typed("import", SAMPLES / UNIONS, *D)
    answer = typed("import", path, *D, "--json")
    assert answer.code == 0, answer.err
    return stored(workspace, table, columns)


@pytest.fixture
def as_usual(tmp_path: Path, typed_at_empty: Typed, workspace: Path) -> Callable[..., list[tuple[str, ...]]]:
    """What the same rows give under the standard headings; the store is emptied again."""

    def take(name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        rows = rows_of(name)
        path = written(tmp_path / "標準.csv", rows)
        found = imported(typed_at_empty, workspace, path, TABLES[name], columns)
        with sqlite3.connect(workspace / "kyosai.db") as store:
            store.execute(f"DELETE FROM {TABLES[name]}")
        store.close()
        return found

    return take


@pytest.mark.parametrize("headings", [OWN_WORDS, ENGLISH, CORE], ids=["own words", "English", "a core system's"])
def test_the_printed_lines_make_the_import_succeed_with_the_right_values(
    headings: list[str], tmp_path: Path, typed_at_empty: Typed, workspace: Path, as_usual: Callable[..., object]
) -> None:
    expected = as_usual(ROSTER, MORE)
    path = with_headings(tmp_path / "名簿.csv", ROSTER, headings)
    assert typed_at_empty("import", path, *D).code == 1
    explained = typed_at_empty("import", "--explain", path, *D)
    assert explained.code == 0, explained.out
    paste(workspace, printed_toml(explained))
    assert imported(typed_at_empty, workspace, path, "members", MORE) == expected


def test_headings_that_say_nothing_give_the_bold_columns_from_their_content(
    tmp_path: Path, typed_at_empty: Typed, workspace: Path, as_usual: Callable[..., object]
) -> None:
    expected = as_usual(ROSTER, BOLD)
    path = with_headings(tmp_path / "名簿.csv", ROSTER, NUMBERED)
    explained = typed_at_empty("import", "--explain", path, *D)
    assert explained.code == 0, explained.out
    assert "必ず確かめてください" in explained.out
    paste(workspace, printed_toml(explained))
    assert imported(typed_at_empty, workspace, path, "members", BOLD) == expected


@pytest.mark.parametrize("headings", [CONTRACTS_CORE, NUMBERED], ids=["a core system's", "saying nothing"])
def test_contracts_of_a_core_system(
    headings: list[str], tmp_path: Path, typed_at_empty: Typed, workspace: Path, as_usual: Callable[..., object]
) -> None:
    columns = ("contract_no", "member_no", "product", "effective_on")
    expected = as_usual(CONTRACTS, columns)
    path = with_headings(tmp_path / "契約.csv", CONTRACTS, headings)
    explained = typed_at_empty("import", "--explain", path, *D)
    assert explained.code == 0, explained.out
    paste(workspace, printed_toml(explained))
    assert imported(typed_at_empty, workspace, path, "contracts", columns) == expected


def test_a_workbook_with_titles_two_sheets_and_a_memo(tmp_path: Path, typed_at_empty: Typed, workspace: Path) -> None:
    rows = rows_of(ROSTER, 40)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, part in (("本庁", rows[1:21]), ("出先", rows[21:41])):
        sheet = book.create_sheet(title)
        sheet.append(["職員名簿"])
        sheet.append(["単組コード：17001"])
        sheet.append([])
        for row in [OWN_WORDS, *part]:
            sheet.append([row[0], *row[2:]])
    book.create_sheet("覚え").append(["来月までに確認"])
    book.save(tmp_path / "名簿.xlsx")
    explained = typed_at_empty("import", "--explain", tmp_path / "名簿.xlsx", *D, "--json")
    assert explained.code == 0, explained.out
    document = explained.json()
    sheets = document["files"][0]["sheets"]
    assert [sheet["state"] for sheet in sheets] == ["proposed", "proposed", "no_table"]
    assert [(sheet["heading_row"], sheet["unit_code_in_title"]) for sheet in sheets[:2]] == [(4, True), (4, True)]
    assert document["toml"].count("[layouts.members.columns]") == 1
    paste(workspace, document["toml"])
    found = imported(typed_at_empty, workspace, tmp_path / "名簿.xlsx", "members", ("member_no", "union_code"))
    assert found == sorted((row[0], "17001") for row in rows[1:41])


def test_headings_with_quotes_line_ends_and_pictures_can_be_pasted(
    tmp_path: Path, typed_at_empty: Typed, workspace: Path
) -> None:
    headings = ["職番", "単組", "所属部署", '氏名"漢字\\"', "ヨミ\nガナ", "😀生年月日", *OWN_WORDS[6:]]
    path = with_headings(tmp_path / "名簿.csv", ROSTER, headings)
    explained = typed_at_empty("import", "--explain", path, *D)
    assert explained.code == 0, explained.out
    paste(workspace, printed_toml(explained))
    assert len(imported(typed_at_empty, workspace, path, "members", BOLD)) == 150


def test_a_file_that_is_recognised_needs_no_lines(tmp_path: Path, typed_at_empty: Typed) -> None:
    answer = typed_at_empty("import", "--explain", SAMPLES / "組合員名簿_七尾市職員労働組合.xlsx", *D, "--json")
    document = answer.json()
    assert (answer.code, document["toml"], document["needs_a_person"]) == (0, "", False)
    assert document["files"][0]["sheets"][0]["state"] == "recognised"
    assert document["files"][0]["hidden"] == ["旧名簿"]
    said = typed_at_empty("import", "--explain", SAMPLES / UNIONS, *D).out
    assert "このまま取り込めます" in said
    assert "[layouts." not in said


def test_a_bold_column_without_a_proposal_exits_4_and_says_what_to_do(tmp_path: Path, typed_at_empty: Typed) -> None:
    rows = [[cell for i, cell in enumerate(row) if i not in (1, 7)] for row in [OWN_WORDS, *rows_of(ROSTER)[1:]]]
    answer = typed_at_empty("import", "--explain", written(tmp_path / "名簿.csv", rows), *D)
    assert answer.code == 4
    assert "「採用年月日」に当たる列が見つかりません" in answer.out
    assert "「単組コード: 17002」のように" in answer.out


def test_rows_that_would_go_on_hold_are_counted_by_column(tmp_path: Path, typed_at_empty: Typed) -> None:
    rows = [OWN_WORDS, *rows_of(ROSTER, 20)[1:]]
    for row in rows[1:6]:
        row[8] = "正職員"
    document = typed_at_empty("import", "--explain", written(tmp_path / "名簿.csv", rows), *D, "--json").json()
    assert (document["files"][0]["rows"], document["files"][0]["on_hold"]) == (20, 5)
    assert document["files"][0]["on_hold_by_column"] == {"身分": 5}


def test_two_files_that_say_different_things_of_one_heading_are_said_to(tmp_path: Path, typed_at_empty: Typed) -> None:
    rows = [OWN_WORDS, *rows_of(ROSTER)[1:]]
    other = [list(row) for row in rows]
    for row in other:
        row[8], row[9] = row[9], row[8]
    other[0] = [*OWN_WORDS[:8], "列9", "列10", *OWN_WORDS[10:]]
    one = [[*OWN_WORDS[:8], "列9", "列10", *OWN_WORDS[10:]], *rows[1:]]
    paths = [written(tmp_path / "一.csv", one), written(tmp_path / "二.csv", other)]
    answer = typed_at_empty("import", "--explain", *paths, *D)
    assert answer.code == 4
    assert "「列9」は、ファイルやシートによって「雇用区分」とも「在籍区分」とも読めます" in answer.out


def test_lines_for_a_table_that_is_there_already_are_said_to_go_below_it(
    tmp_path: Path, typed_at_empty: Typed, workspace: Path
) -> None:
    paste(workspace, '[layouts.members.columns]\n"別の番号" = "組合員番号"\n')
    path = with_headings(tmp_path / "名簿.csv", ROSTER, OWN_WORDS)
    answer = typed_at_empty("import", "--explain", path, *D)
    assert "[layouts.members.columns] の行は、もう kyosai.toml にあります" in answer.out
    lines = printed_toml(answer).splitlines()[1:]
    paste(workspace, "\n".join(lines))
    assert len(imported(typed_at_empty, workspace, path, "members", BOLD)) == 150


@pytest.mark.parametrize("headings", [OWN_WORDS, NUMBERED, None], ids=["own words", "saying nothing", "no headings"])
@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_of_a_person_is_shown(
    headings: list[str] | None, as_json: bool, tmp_path: Path, typed_at_empty: Typed
) -> None:
    rows = rows_of(ROSTER)
    path = written(tmp_path / "名簿.csv", [*([headings[: len(rows[0])]] if headings else []), *rows[1:]])
    answer = typed_at_empty("import", "--explain", path, *D, *(["--json"] if as_json else []))
    assert answer.code == (0 if headings else 4)
    for row in rows[1:]:
        for column in (0, 3, 4, 5, 17, 18, 19, 20):
            assert not row[column] or row[column] not in answer.out + answer.err


def test_the_store_is_not_opened_and_nothing_is_written(tmp_path: Path, typed_at_empty: Typed, workspace: Path) -> None:
    path = with_headings(tmp_path / "名簿.csv", ROSTER, OWN_WORDS)
    (workspace / "kyosai.db").unlink()
    before = {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()}
    assert typed_at_empty("import", "--explain", path, *D).code == 0
    assert {p: p.read_bytes() for p in workspace.rglob("*") if p.is_file()} == before


def test_a_file_that_cannot_be_opened_is_refused_as_an_import_refuses_it(tmp_path: Path, typed_at_empty: Typed) -> None:
    (tmp_path / "名簿.xlsx").write_bytes(b"PK\x03\x04 torn")
    answer = typed_at_empty("import", "--explain", tmp_path / "名簿.xlsx")
    assert answer.code == 1
    assert "名簿.xlsx" in answer.err
