"""Faults 5, 6 and 8: a workbook is looked at before it is opened; what no spreadsheet program writes is refused in words."""

import time
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.opening import excel, trim, zip_look

from .conftest import MEMBER
from .hostile import MAIN, ONE_PERSON, PARTS, SHEET, bomb, bordered, patched, row, workbook
from .test_content import sealed

UNPACKED_SIZE, PACKED_SIZE, FLAGS, METHOD, CRC, HEADER = 24, 20, 8, 10, 16, 42


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "名簿.xlsx"


def refusal(read, path: Path, words: str, **options: str) -> FileRefused:
    with pytest.raises(FileRefused, match=words) as caught:
        read(path, **options)
    assert caught.value.happened.startswith("「名簿.xlsx」を読めませんでした。")
    assert caught.value.todo.endswith("もう一度入れてください。") or "取り出して" in caught.value.todo
    return caught.value


def test_the_plain_workbook_of_these_tests_is_read(path: Path, read) -> None:
    assert read(workbook(path, [ONE_PERSON])).rows["name"].to_list() == [MEMBER["氏名"]]


def test_a_bomb_is_refused_by_what_its_directory_says(path: Path, read) -> None:
    bomb(path, 100 << 20)
    started = time.process_time()
    refusal(read, path, "大きくなりすぎる")
    assert time.process_time() - started < 1


def test_a_bomb_that_hides_its_size_is_stopped_there(path: Path, monkeypatch, read) -> None:
    bomb(path, 100 << 20)
    data = path.read_bytes()
    patched(path, SHEET, UNPACKED_SIZE, 5000)
    patched(path, SHEET, CRC, zlib.crc32((f'<worksheet xmlns="{MAIN}"><sheetData>' + " " * 5000).encode()[:5000]))
    came = 0
    real = zip_look._inflated

    def counted(data: bytes, part: zip_look.Part):
        nonlocal came
        for piece in real(data, part):
            came += len(piece)
            yield piece

    monkeypatch.setattr(zip_look, "_inflated", counted)
    refusal(read, path, "壊れている")
    assert came < 4 << 20
    assert len(data) == path.stat().st_size


@pytest.mark.parametrize("size", [100, 1_000_000])
def test_a_size_that_is_not_true_is_refused(size: int, path: Path, read) -> None:
    workbook(path, [ONE_PERSON])
    patched(path, SHEET, UNPACKED_SIZE, size)
    refusal(read, path, "壊れている")


def test_a_bomb_behind_a_password_is_refused_too(path: Path, read) -> None:
    bomb(path, 100 << 20)
    path.write_bytes(sealed(path, "ひみつ"))
    refusal(read, path, "大きくなりすぎる", password="ひみつ")


def test_parts_that_share_their_bytes_are_refused(path: Path, read) -> None:
    workbook(path, [ONE_PERSON], {"a.xml": "<a/>", "b.xml": "<a/>"})
    with zipfile.ZipFile(path) as package:
        where = package.getinfo("a.xml").header_offset
    data = path.read_bytes()
    path.write_bytes(data)
    patched(path, "b.xml", HEADER, where)
    refusal(read, path, "壊れている")


@pytest.mark.parametrize("name", [SHEET, SHEET.upper(), SHEET.replace("/", "\\"), "/" + SHEET, SHEET + "\0x"])
def test_two_parts_of_one_name_are_refused(name: str, path: Path, read) -> None:
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(workbook(path, [ONE_PERSON]), "a") as package:
        info = zipfile.ZipInfo("x" * len(name))
        info.filename = name
        package.writestr(info, f'<worksheet xmlns="{MAIN}"/>')
    refusal(read, path, "Excelが書いたものではない")


def test_thousands_of_parts_are_refused(path: Path, monkeypatch, read) -> None:
    monkeypatch.setattr(zip_look, "MOST_PARTS", 50)
    workbook(path, [ONE_PERSON], {f"xl/media/image{i}.png": b"" for i in range(60)})
    refusal(read, path, "大きくなりすぎる")


def test_a_zip_with_a_password_of_its_own_says_so(path: Path, read) -> None:
    workbook(path, [ONE_PERSON])
    patched(path, SHEET, FLAGS, 1, size=2)
    refusal(read, path, "パスワード付きの圧縮ファイル")


def test_a_packing_that_excel_does_not_use_is_refused(path: Path, read) -> None:
    with zipfile.ZipFile(workbook(path, [ONE_PERSON]), "a", zipfile.ZIP_LZMA) as package:
        package.writestr("xl/theme/theme1.xml", "<a/>")
    refusal(read, path, "Excelが書いたものではない")


DECLARED = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "docProps/app.xml", "xl/x.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_declared_entity_is_refused_in_any_part_and_encoding(name: str, encoding: str, path: Path, read) -> None:
    refusal(read, workbook(path, [ONE_PERSON], {name: DECLARED.encode(encoding)}), "壊れている")


def test_a_declaration_across_two_pieces_is_seen(path: Path, read) -> None:
    comment = "<!--" + "x" * ((1 << 20) - 4 - 4 - 3) + "-->"
    assert len(comment) == (1 << 20) - 4
    refusal(read, workbook(path, [ONE_PERSON], {"docProps/app.xml": comment + "<!DOCTYPE a><a/>"}), "壊れている")


def test_a_drawing_that_names_its_dtd_is_no_danger(path: Path, read) -> None:
    svg = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'
    assert read(workbook(path, [ONE_PERSON], {"xl/media/image1.svg": svg})).rows.height == 1


def test_a_sheet_that_passes_for_a_drawing_is_looked_at(path: Path, read) -> None:
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", "media/sheet.svg")
    parts = {"xl/media/sheet.svg": DECLARED, "xl/_rels/workbook.xml.rels": relations}
    refusal(read, workbook(path, [], parts), "壊れている")


FAR = [
    row(3, [""]).replace('r="A3"', 'r="XFD1048576"').replace('<row r="3">', '<row r="1048576">'),
    "<row r='1048576'><c r = 'XFD1048576'><v>1</v></c></row>",
    '<row><c r="xfd1048576" t="s"\n><v>0</v></c></row>',
    '<row r="3"><c r="ZZZZZ3"><v>1</v></c></row><row r="400000"><c r="B400000"><f>1</f></c></row>',
    '<row r="1000000">' + "<c><v>1</v></c>" * 20 + "</row>",
    "<row/>" * 200_000 + '<row><c r="CV9"><v>1</v></c></row>',
    '<x:row r="9"><x:c r="A9"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
]


@pytest.mark.parametrize("far", FAR, ids=["opposite", "spaced", "small", "past", "bare cells", "bare rows", "prefixed"])
def test_values_in_opposite_corners_are_refused_with_the_place(far: str, path: Path, read) -> None:
    said = refusal(read, workbook(path, [ONE_PERSON, far]), "シート「名簿」の[0-9]+行目・[A-Z]+列まで値があり")
    assert "余分な行や列" in said.todo


def test_a_border_in_the_far_corner_is_no_value(path: Path, read) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert read(workbook(path, [ONE_PERSON, far])).rows.height == 1


def test_a_far_value_on_a_hidden_sheet_does_not_matter(book, read) -> None:
    def hide(workbook) -> None:
        workbook["旧"].sheet_state = "hidden"
        workbook["旧"]["XFD1048576"] = 1

    reading = read(book({"名簿": [MEMBER, MEMBER.values()], "旧": [["a"]]}, prepare=hide))
    assert reading.rows.height == 1


def test_ten_columns_down_to_the_last_row_are_within_bounds() -> None:
    assert excel.MOST_CELLS >= 300_000 * 30


@pytest.mark.parametrize("first", [0, 3, 30_000])
def test_cells_far_from_the_corner_keep_their_places(first: int, path: Path, read) -> None:
    """Across the batches in which rows are taken over, with nothing above and to the left."""
    numbers = range(first + 2, first + 45_002, 15_000)
    rows = [row(first + 1, ["", "", *MEMBER])] if first < 50 else [row(2, MEMBER), row(first + 1, MEMBER)]
    left = ["", ""] if first < 50 else []
    rows += [row(n, [*left, f"{n:08d}", *list(MEMBER.values())[1:]]) for n in numbers]
    reading = read(workbook(path, rows))
    assert reading.rows["row"].to_list() == list(numbers)
    assert reading.rows["member_no"].to_list() == [f"{n:08d}" for n in numbers]


def test_an_error_in_a_later_batch_is_still_seen(book, read) -> None:
    def far_down(workbook) -> None:
        for i, value in enumerate(MEMBER.values(), 1):
            workbook["名簿"].cell(45_000, i, value)
        workbook["名簿"].cell(45_000, 8, "#N/A")

    reading = read(book({"名簿": [[*MEMBER, "住所"], [*MEMBER.values(), "a"]]}, prepare=far_down))
    assert reading.rows["address"].to_list() == ["a", "#N/A"]


def test_rows_of_borders_are_taken_out_and_no_other(path: Path, monkeypatch, read) -> None:
    below = row(30_000, [*MEMBER.values()])
    plain = read(workbook(path, [*bordered(20_000, 5), below]))
    monkeypatch.setattr("kyosai_lists.intake.opening.package.WORTH_TRIMMING", 1000)
    trimmed = read(path)
    assert trimmed.rows.equals(plain.rows)
    assert trimmed.rows["row"].to_list() == [2, 30_000]
    assert trimmed.remarks == plain.remarks


def test_trimming_leaves_little(path: Path) -> None:
    data = workbook(path, bordered(20_000, 10)).read_bytes()
    parts = zip_look.parts_of(data, "x")
    assert len(trim.without_empty_rows(data, parts.values(), [SHEET])) < len(data) / 2


@pytest.mark.parametrize(
    "piece",
    ['<c r="A1" t="e">' * 200_000, "<c " * 500_000, '<c r="A1" t="e"' + " " * 2_000_000, "<a>" * 300_000],
    ids=["cells", "starts", "one tag", "deep"],
)
def test_what_never_ends_takes_no_longer_than_its_length(piece: str, path: Path, read) -> None:
    started = time.process_time()
    with pytest.raises(FileRefused):
        read(workbook(path, [piece + '<c r="A2" t="e"><v>#N/A</v></c>']))
    assert time.process_time() - started < 5
