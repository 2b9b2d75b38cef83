"""What a template must not hold: anything live, anything that names a person, anything that would be lost unseen."""

import io
import warnings
import zipfile
from collections.abc import Collection

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.errors import TemplateError

_OLE = b"\xd0\xcf\x11\xe0"  # an encrypted workbook, or an old .xls
_SIZE_LIMIT = 50_000_000
# Parts of the package, what they are in Excel's words, and how to be rid of them. The first that fits is named.
_FOREIGN = (
    ("vbaProject", "マクロ", "「Excelブック(.xlsx)」として保存し直してください。"),
    ("externalLinks/", "ほかのファイルへのリンク", "「データ」の「リンクの編集」で、リンクを解除してください。"),
    ("omments", "コメント(メモ)", "コメントには書いた人の名前が残ります。すべて削除してください。"),
    ("tables/", "テーブル", "「テーブルデザイン」の「範囲に変換」で、ふつうの範囲に戻してください。"),
    ("pivot", "ピボットテーブル", "削除してください。"),
    ("connections", "外部データの接続", "「データ」の「クエリと接続」から削除してください。"),
    ("queryTables/", "外部データの接続", "「データ」の「クエリと接続」から削除してください。"),
    ("embeddings/", "埋め込みのファイル", "削除してください。"),
    ("activeX/", "ボタンなどの部品", "削除してください。"),
    ("ctrlProps/", "ボタンなどの部品", "削除してください。"),
    ("drawings/", "図形や画像", "図形や画像は写せません。削除して、セルの文字・色・罫線で表してください。"),
    ("media/", "図形や画像", "図形や画像は写せません。削除して、セルの文字・色・罫線で表してください。"),
)


def read_workbook(data: bytes, name: str) -> Workbook:
    """The parsed template.

    Raises:
        TemplateError: not a readable workbook, or it holds a foreign part.
    """
    if data.startswith(_OLE):
        raise TemplateError(
            f"テンプレート「{name}」は、パスワードがついているか、古い形式(.xls)です。",
            "パスワードを外し、「Excelブック(.xlsx)」として保存し直してください。",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.namelist() if not _is_empty_drawing(archive, part)]
            size = sum(entry.file_size for entry in archive.infolist())
        for part, what, todo in _FOREIGN:
            if any(part in found for found in parts):
                raise TemplateError(f"テンプレート「{name}」に、{what}があります。", todo)
        if size > _SIZE_LIMIT:
            raise TemplateError(
                f"テンプレート「{name}」が大きすぎます。", "使っていない行や列の書式を消して、保存し直してください。"
            )
        return _parse(data, name)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise TemplateError(
            f"テンプレート「{name}」を、Excelのファイルとして読めませんでした。",
            "Excelで開いて、保存し直してください。",
        ) from error


def _is_empty_drawing(archive: zipfile.ZipFile, part: str) -> bool:
    """LibreOffice adds one to every sheet with a filter; it holds no shape and no picture."""
    return part.startswith("xl/drawings/drawing") and b"nchor" not in archive.read(part)


def _parse(data: bytes, name: str) -> Workbook:
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        workbook = load_workbook(io.BytesIO(data), rich_text=True)
    if any("extension is not supported and will be removed" in str(remark.message) for remark in remarks):
        raise TemplateError(
            f"テンプレート「{name}」に、写すことのできない入力規則か条件付き書式があります。",
            "ほかのシートを参照する入力規則、データバーやアイコンの条件付き書式を消してください。",
        )
    return workbook


def refuse_unsound_names(name: str, workbook: Workbook, sheets: Collection[str]) -> None:
    """Refuses names of ranges that would point nowhere: `sheets` are those that not every workbook has as they are here.

    Raises:
        TemplateError: which name, and what to do.
    """
    local = {own: None for sheet in workbook.worksheets for own in sheet.defined_names}
    whole = [own for own, found in workbook.defined_names.items() if _points_nowhere(str(found.value), sheets)]
    for own in [*local, *whole]:
        raise TemplateError(
            f"テンプレート「{name}」にある名前の定義「{own}」は、写すことができません。",
            "「数式」の「名前の管理」で削除してください。",
        )


def _points_nowhere(reference: str, sheets: Collection[str]) -> bool:
    return "#REF!" in reference or any(f"{sheet}!" in reference or f"{sheet}'!" in reference for sheet in sheets)


def refuse_unsound_sheet(name: str, sheet: Worksheet, *, fixed_scale: bool) -> None:
    """Refuses formulas, links, protection and, where page breaks count, printing that is fitted to pages.

    Raises:
        TemplateError: which sheet and cell, and what to do.
    """
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                _refuse(name, sheet, f"{cell.coordinate}に計算式があります。", "計算式を消すか、値に直してください。")
            if cell.data_type != "n" and cell.hyperlink:
                _refuse(
                    name,
                    sheet,
                    f"{cell.coordinate}にリンクがあります。",
                    "右クリックの「ハイパーリンクの削除」で消してください。",
                )
    if sheet.protection.sheet:
        _refuse(
            name,
            sheet,
            "保護がかかっています。",
            "「校閲」の「シート保護の解除」をしてください。保護すると並べ替えができません。",
        )
    if fixed_scale and sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage:
        _refuse(
            name,
            sheet,
            "印刷が「次のページ数に合わせて印刷」になっています。",
            "「拡大/縮小」で倍率を決めてください。合わせて印刷にすると、職場ごとの改ページが効きません。",
        )


def _refuse(name: str, sheet: Worksheet, what: str, todo: str) -> None:
    raise TemplateError(f"テンプレート「{name}」のシート「{sheet.title}」で、{what}", todo)
