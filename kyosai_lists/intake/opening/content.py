"""What a file is, decided by its content; its extension is not looked at."""

from enum import Enum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import msoffcrypto
from msoffcrypto.format.xls97 import Xls97File

from kyosai_lists.intake.refusal import DAMAGED, refused

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOTHING = b" \t\r\n\x00\x1a"
_GLANCE = 4096
_SAVE_AS_XLSX = "Excelで開き、「名前を付けて保存」で「Excelブック(.xlsx)」にしてから、もう一度入れてください。"
_NAMED = {
    b"%PDF": "PDFです。",
    b"{\\rtf": "ワープロの文書です。",
    b"\x1f\x8b": "圧縮ファイルです。",
    b"PK\x05\x06": "空の圧縮ファイルです。",
}


class Content(Enum):
    TEXT = "text"
    WORKBOOK = "workbook"
    SEALED = "sealed"  # a workbook behind a password


def content_of(data: bytes, file: str) -> Content:
    """What `data`, the whole of the file called `file`, is.

    Raises:
        FileRefused: it is something that is not read here (empty, HTML, old .xls, PDF …); the message says what.
    """
    start = _without_bom(data[:_GLANCE])
    if not start.strip(_NOTHING) and not data[_GLANCE:].strip(_NOTHING):
        raise refused(file, "中身が空です。", "正しいファイルか確かめて、もう一度入れてください。")
    if data.startswith(_OLE):
        return _compound(data, file)
    if data.startswith(_ZIP):
        return _package(data, file)
    for magic, words in _NAMED.items():
        if data.startswith(magic):
            raise refused(file, f"中身は{words}", "ExcelかCSVのファイルを入れてください。")
    _refuse_markup(data, file)
    return Content.TEXT


def _without_bom(data: bytes) -> bytes:
    return next((data[len(bom) :] for bom in _BOMS if data.startswith(bom)), data)


def _compound(data: bytes, file: str) -> Content:
    try:
        office = msoffcrypto.OfficeFile(BytesIO(data))
    except msoffcrypto.exceptions.FileFormatError as error:
        raise refused(file, "中身はExcelブックではありません。", "ExcelかCSVのファイルを入れてください。") from error
    except Exception as error:  # whatever a damaged container makes the library stumble over
        raise refused(file, DAMAGED) from error
    if isinstance(office, Xls97File):
        raise refused(file, "中身は古い形式のExcel(.xls)です。", _SAVE_AS_XLSX)
    if office.format == "ooxml":
        return Content.SEALED
    raise refused(file, "中身はExcelブックではありません。", "ExcelかCSVのファイルを入れてください。")


def _package(data: bytes, file: str) -> Content:
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refused(file, DAMAGED) from error
    if "xl/workbook.xml" in names:
        return Content.WORKBOOK
    if "xl/workbook.bin" in names:
        raise refused(file, "中身はバイナリ形式のExcel(.xlsb)です。", _SAVE_AS_XLSX)
    if "content.xml" in names:
        raise refused(file, "中身はOpenDocument形式です。", _SAVE_AS_XLSX)
    raise refused(
        file, "中身はExcelブックではなく、ほかの圧縮ファイルです。", "中のファイルを取り出して入れてください。"
    )


def _refuse_markup(data: bytes, file: str) -> None:
    # Systems that "export to Excel" often write a web page and call it .xls.
    start = _without_bom(data[:_GLANCE]).replace(b"\x00", b"").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<!--")):
        raise refused(file, "中身はWebページ(HTML)で、Excelブックではありません。", _SAVE_AS_XLSX)
    if start.startswith((b"<?xml", b"<workbook")):
        kind = "Webページ(HTML)" if b"<html" in start else "XML"
        raise refused(file, f"中身は{kind}で、Excelブックではありません。", _SAVE_AS_XLSX)
