"""What a branch changes in the template comes out; what cannot come out right is refused in words."""

import io
import zipfile
from collections.abc import Callable
from copy import copy

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from workbook_samples import (
    RUN,
    TEMPLATE_PATH,
    all_text,
    column,
    edited,
    edited_bytes,
    list_sheet,
    listed,
    person,
    read_back,
    reopened,
    union_book,
    workplaces,
)

from kyosai_lists.errors import TemplateError
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.seal import seal
from kyosai_lists.workbook.template import CallListTemplate

BOOK = union_book(workplaces(2, 3), list_sheet([listed(1), listed(2)]))


def filled(change: Callable[[Workbook], None]) -> bytes:
    return fill(edited(change), BOOK, RUN)


def test_fonts_colours_widths_and_heights_come_out():
    def restyle(workbook):
        sheet = workbook["名簿"]
        sheet["D2"].font = Font(name="メイリオ", size=14, color="FF0000FF")
        sheet["D2"].fill = PatternFill("solid", fgColor="FFFFFF00")
        sheet.column_dimensions["D"].width = 22.5
        sheet.row_dimensions[2].height = 40

    sheet = reopened(filled(restyle))["名簿"]
    for row in range(2, 7):
        assert (sheet.cell(row, 4).font.name, sheet.cell(row, 4).font.sz) == ("メイリオ", 14)
        assert sheet.cell(row, 4).fill.fgColor.rgb == "FFFFFF00"
        assert sheet.row_dimensions[row].height == 40
    assert sheet.column_dimensions["D"].width == 22.5


def test_higher_rows_make_fewer_people_a_page():
    def higher(workbook):
        workbook["名簿"].row_dimensions[2].height = 200

    sheet = reopened(filled(higher))["名簿"]
    assert [found.id for found in sheet.row_breaks.brk] == [3, 5]


def test_columns_in_another_order_are_found_by_their_tokens():
    def swap(workbook):
        sheet = workbook["名簿"]
        for row in (1, 2):
            name, kana = sheet.cell(row, 4), sheet.cell(row, 3)
            name.value, kana.value = kana.value, name.value
            name._style, kana._style = copy(kana._style), copy(name._style)

    data = filled(swap)
    assert read_back(data, "名簿")[0][2:4] == ["氏名", "フリガナ"]
    assert column(data, "名簿", "氏名")[0] == "髙橋　1郎"
    assert column(data, "名簿", "フリガナ")[0] == "タカハシ　イチロウ"


def test_wording_of_headings_and_cells_comes_out():
    def reword(workbook):
        workbook["名簿"]["D1"] = "お名前"
        workbook["名簿"]["D2"] = "{{氏名}} さん"
        workbook["名簿"]["H2"] = "○ △ ×"
        workbook["表紙"]["A3"] = "｛｛ 表題 ｝｝のお願い"

    data = filled(reword)
    assert column(data, "名簿", "お名前")[0] == "髙橋　1郎 さん"
    assert set(column(data, "名簿", "○をつける")) == {"○ △ ×"}
    assert "2026年秋の声かけのお願い" in all_text(data, "表紙")


def test_print_settings_page_headers_and_the_prompt_come_out():
    def reprint(workbook):
        sheet = workbook["名簿"]
        sheet.page_setup.paperSize, sheet.page_setup.scale = 8, 120
        sheet.page_margins.left = 1.25
        sheet.oddHeader.center.text = "{{単組名}}の名簿"
        sheet.data_validations.dataValidation[0].prompt = "数字を入れてください"

    sheet = reopened(filled(reprint))["名簿"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.scale, sheet.page_margins.left) == (8, 120, 1.25)
    assert "金沢市職員労働組合の名簿" in str(sheet.oddHeader)
    assert sheet.data_validations.dataValidation[0].prompt == "数字を入れてください"


def test_several_fonts_in_one_page_header_are_kept():
    raw = zipfile.ZipFile(TEMPLATE_PATH)
    coded = '&amp;L&amp;"BIZ UDPゴシック,Bold"&amp;14赤&amp;"BIZ UDPゴシック,Regular"&amp;8小さく&amp;R{{返却期限}}'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in raw.namelist():
            text = raw.read(name)
            if name == "xl/worksheets/sheet2.xml":
                start, end = text.index(b"<oddHeader>"), text.index(b"</oddHeader>")
                text = text[: start + 11] + coded.encode() + text[end:]
            target.writestr(name, text)
    data = fill(CallListTemplate.from_bytes(out.getvalue()), BOOK, RUN)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet2.xml").decode()
    assert coded.replace("{{返却期限}}", "2026年11月30日(月)") in sheet


def test_a_page_header_of_long_values_is_shortened_until_excel_takes_it():
    def crowd(workbook):
        for part in (workbook["名簿"].oddHeader.left, workbook["名簿"].oddHeader.right):
            part.text = "{{単組名}}、{{単組名}}"

    data = fill(edited(crowd), union_book([person(1)], union_name="漢" * 120), RUN)
    header = str(reopened(data)["名簿"].oddHeader)
    assert 100 < len(header) <= 255
    assert "漢…" in header


def test_a_page_header_whose_own_wording_is_too_long_is_refused():
    def chatter(workbook):
        workbook["名簿"].oddHeader.center.text = "注" * 250

    with pytest.raises(TemplateError, match="255文字"):
        filled(chatter)


def test_conditional_formats_wording_below_and_sheets_of_ones_own_come_out():
    def add(workbook):
        sheet = workbook["名簿"]
        sheet.conditional_formatting.add("I2:I2", CellIsRule("equal", ["1"], fill=PatternFill(bgColor="FFCCFFCC")))
        sheet["A3"] = "ここまで {{人数計}}人"
        workbook.create_sheet("手順", 1)["B2"] = "{{単組名}}のみなさまへ"

    data = filled(add)
    workbook = reopened(data)
    assert [str(found.sqref) for found in workbook["名簿"].conditional_formatting] == ["I2:I6"]
    assert workbook["名簿"]["A7"].value == "ここまで 5人"
    assert workbook.sheetnames[1] == "手順"
    assert workbook["手順"]["B2"].value == "金沢市職員労働組合のみなさまへ"


def test_a_changed_list_sheet_comes_out_for_every_list():
    def restyle(workbook):
        sheet = workbook["リスト"]
        sheet["H6"].font = Font(name="メイリオ", size=9)
        sheet.freeze_panes = "C6"
        sheet.oddFooter.left.text = "{{リスト名}}"

    sheet = reopened(filled(restyle))["若年層 団体生命未加入"]
    assert sheet["H7"].font.name == "メイリオ"
    assert sheet.freeze_panes == "C6"
    assert "若年層 団体生命未加入" in str(sheet.oddFooter)
    assert sheet.print_title_rows == "$5:$5"


def test_a_template_without_the_newer_words_is_still_good():
    def older(workbook):
        workbook["リスト"]["L5"], workbook["リスト"]["L6"] = None, None
        workbook["表紙"]["A9"] = "■ ご案内の記号と、渡す書類"

    template = edited(older)
    assert not template.names_households
    book = union_book(workplaces(1), list_sheet([listed(1, household="No.2 髙橋　花子")]))
    assert "髙橋　花子" not in all_text(fill(template, book, RUN), "若年層 団体生命未加入")
    assert CallListTemplate.load(TEMPLATE_PATH).names_households
    assert "No.2 髙橋　花子" in all_text(fill(CallListTemplate.load(TEMPLATE_PATH), book, RUN), "若年層 団体生命未加入")


@pytest.mark.parametrize(("height", "rows_are"), [('ht="15.75"', 68), ('ht="15.75" customHeight="1"', 15.75)])
def test_a_height_that_excel_worked_out_does_not_cut_off_the_lists_texts(height, rows_are):
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE_PATH) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet4.xml":
                assert b'<row r="6">' in data
                data = data.replace(b'<row r="6">', f'<row r="6" {height}>'.encode())
            target.writestr(name, data)
    book = union_book([person(1)], list_sheet([listed(1, reason="長い理由" * 20)]))
    sheet = reopened(fill(CallListTemplate.from_bytes(out.getvalue()), book, RUN))["若年層 団体生命未加入"]
    assert sheet.row_dimensions[6].height == pytest.approx(rows_are, abs=8)


def test_wording_with_fonts_of_its_own_keeps_them():
    def enrich(workbook):
        bold = TextBlock(InlineFont(b=True), "{{単組名}}")
        workbook["表紙"]["A2"] = CellRichText([bold, " =御中"])

    data = filled(enrich)
    assert "金沢市職員労働組合 =御中" in all_text(data, "表紙")
    assert b"<b" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_braces_in_a_name_are_not_filled_in(template):
    data = fill(template, union_book([person(1, name="{{単組名}}")], union_name="{{返却先}}"), RUN)
    assert column(data, "名簿", "氏名") == ["{{単組名}}"]
    assert "{{返却先}}　御中" in all_text(data, "表紙")


def test_one_template_can_be_filled_many_times(template):
    first = fill(template, BOOK, RUN)
    fill(template, union_book([person(1, name="別の人")]), RUN)
    assert fill(template, BOOK, RUN) == first


# -- refused -----------------------------------------------------------------------------------------------------------


def _formula(workbook):
    workbook["表紙"]["M1"] = "=TODAY()"


def _link(workbook):
    workbook["表紙"]["M1"] = "県支部"
    workbook["表紙"]["M1"].hyperlink = "http://x.example/"


def _comment(workbook):
    workbook["表紙"]["A1"].comment = Comment("あとで直す", "山田")


def _table(workbook):
    workbook["表紙"]["M1"], workbook["表紙"]["M2"] = "a", "b"
    workbook["表紙"].add_table(Table(displayName="表1", ref="M1:M2"))


def _protected(workbook):
    workbook["名簿"].protection.sheet = True


def _fit_to_page(workbook):
    workbook["名簿"].sheet_properties.pageSetUpPr.fitToPage = True


def _no_roll(workbook):
    workbook.remove(workbook["名簿"])


def _no_name(workbook):
    workbook["名簿"]["D2"] = "氏名"


def _no_row_id(workbook):
    workbook["担当限り"]["M3"] = None


def _no_return_date(workbook):
    workbook["表紙"]["C5"] = "なるべく早く"


def _unknown(workbook):
    workbook["表紙"]["M1"] = "{{生年月日}}"


def _list_title_on_the_desk(workbook):
    workbook["名簿"].oddHeader.center.text = "{{リスト名}}"


def _household_apart(workbook):
    workbook["リスト"]["L6"], workbook["リスト"]["L8"] = None, "{{同じ世帯}}"


def _half_braces(workbook):
    workbook["表紙"]["M1"] = "{{単組名}"


def _two_rows(workbook):
    workbook["名簿"]["D4"] = "{{氏名}}"


def _hidden_cover(workbook):
    workbook["表紙"].sheet_state = "hidden"


def _name_of_a_sheet_that_changes(workbook):
    workbook.defined_names["範囲"] = DefinedName("範囲", attr_text="'名簿'!$A$2:$D$2")


def _name_that_points_nowhere(workbook):
    workbook.defined_names["前の表"] = DefinedName("前の表", attr_text="#REF!$A$1")


def _name_of_one_sheet_only(workbook):
    workbook["名簿"].defined_names["ここだけ"] = DefinedName("ここだけ", attr_text="'名簿'!$A$1")


def _run_s_word_in_a_repeated_row(workbook):
    workbook["名簿"]["O2"] = "{{単組名}}"


def _tables_in_one_row(workbook):
    sheet = workbook["表紙"]
    sheet["M18"], sheet["N18"], sheet["O18"] = "{{記号}}", "{{渡す書類}}", "{{部数}}"
    for place in ("A11", "E11", "G11", "K11"):
        sheet[place] = None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_hidden_cover, "「表紙」が非表示"),
        (_name_of_a_sheet_that_changes, "名前の定義「範囲」"),
        (_name_that_points_nowhere, "名前の定義「前の表」"),
        (_name_of_one_sheet_only, "名前の定義「ここだけ」"),
        (_run_s_word_in_a_repeated_row, "「名簿」の2行目にある{{単組名}}は、繰り返す行では使えません"),
        (_tables_in_one_row, "繰り返す行では使えません"),
        (_formula, "「表紙」で、M1に計算式"),
        (_link, "「表紙」で、M1にリンク"),
        (_comment, "コメント"),
        (_table, "テーブル"),
        (_protected, "「名簿」で、保護"),
        (_fit_to_page, "「名簿」で、印刷が「次のページ数"),
        (_no_roll, "シート「名簿」がありません"),
        (_no_name, "「名簿」の名簿の行に{{氏名}}がありません"),
        (_no_row_id, "「担当限り」の名簿の行に{{行ID}}がありません"),
        (_no_return_date, "「表紙」に{{返却期限}}がありません"),
        (_unknown, "「表紙」のM1にある{{生年月日}}は、ここでは使えません"),
        (_list_title_on_the_desk, "「名簿」のヘッダー・フッターにある{{リスト名}}は"),
        (_household_apart, "「リスト」の名簿の行の言葉が、6行目と8行目に分かれています"),
        (_half_braces, "組になっていません"),
        (_two_rows, "2行目と4行目に分かれています"),
    ],
)
def test_a_template_that_cannot_come_out_right_is_refused_in_words(change, words):
    with pytest.raises(TemplateError) as refused:
        edited(change)
    assert words in refused.value.happened
    assert refused.value.todo


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/vbaProject.bin", "マクロ"),
        ("xl/externalLinks/externalLink1.xml", "ほかのファイルへのリンク"),
        ("xl/drawings/drawing1.xml", "図形や画像"),
        ("xl/embeddings/oleObject1.bin", "埋め込み"),
        ("xl/connections.xml", "外部データ"),
    ],
)
def test_a_template_with_a_foreign_part_is_refused(part, words):
    data = io.BytesIO(edited_bytes(lambda workbook: None))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(part, b"<xdr:twoCellAnchor/>")
    with pytest.raises(TemplateError, match=words):
        CallListTemplate.from_bytes(data.getvalue())


def test_an_empty_drawing_that_libreoffice_adds_is_no_picture():
    data = io.BytesIO(edited_bytes(lambda workbook: None))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", b"<xdr:wsDr></xdr:wsDr>")
    made = fill(CallListTemplate.from_bytes(data.getvalue()), BOOK, RUN)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if "drawing" in name]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"<html></html>"]
)
def test_a_template_that_is_no_workbook_is_refused(data):
    with pytest.raises(TemplateError):
        CallListTemplate.from_bytes(data)


def test_a_template_with_a_password_is_refused_with_the_reason():
    with pytest.raises(TemplateError, match="パスワードを外し"):
        CallListTemplate.from_bytes(seal(TEMPLATE_PATH.read_bytes(), "雪つり-2026"))


def test_a_template_swollen_with_empty_formats_is_refused():
    data = io.BytesIO(TEMPLATE_PATH.read_bytes())
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/extra.xml", bytes(51_000_000))
    with pytest.raises(TemplateError, match="大きすぎます"):
        CallListTemplate.from_bytes(data.getvalue())


def test_a_validation_that_would_be_lost_unseen_is_refused():
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(TEMPLATE_PATH) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                data = data.replace(b"</worksheet>", extension)
            target.writestr(name, data)
    with pytest.raises(TemplateError, match="入力規則か条件付き書式"):
        CallListTemplate.from_bytes(out.getvalue())


def test_a_missing_template_is_refused_with_its_name(tmp_path):
    with pytest.raises(TemplateError, match=r"なし\.xlsx"):
        CallListTemplate.load(tmp_path / "なし.xlsx")


def test_a_template_is_read_once_and_anew_when_somebody_saved_it(tmp_path):
    path = tmp_path / "call_list.xlsx"
    path.write_bytes(TEMPLATE_PATH.read_bytes())
    first = CallListTemplate.load(path)
    assert CallListTemplate.load(path) is first
    path.write_bytes(edited_bytes(_another_heading))
    assert CallListTemplate.load(path).open()["名簿"]["D1"].value == "お名前"


def _another_heading(workbook):
    workbook["名簿"]["D1"] = "お名前"
