"""Faults 1–4: what a file is, is decided by its content; what cannot be read is refused in words."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import msoffcrypto
import pytest

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.opening.password import unsealed

from .conftest import MEMBER

ROWS = [list(MEMBER), list(MEMBER.values())]
TEXT = ",".join(MEMBER) + "\r\n" + ",".join(MEMBER.values()) + "\r\n"


def sealed(path: Path, password: str) -> bytes:
    out = BytesIO()
    with path.open("rb") as plain:
        msoffcrypto.OfficeFile(plain).encrypt(password, out)
    return out.getvalue()


def old_excel() -> bytes:
    """The smallest compound file with a `Workbook` stream."""
    sector = 512
    header = bytearray(sector)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = bytes([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0])
    header[44:48] = (1).to_bytes(4, "little")  # one sector of allocation table
    header[48:52] = (1).to_bytes(4, "little")  # the directory is sector 1
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = header[68:72] = b"\xfe\xff\xff\xff"
    header[76:80] = (0).to_bytes(4, "little")
    header[80:] = b"\xff" * (sector - 80)
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * (sector - 8)

    def entry(name: str, kind: int, child: int) -> bytes:
        raw = bytearray(128)
        encoded = name.encode("utf-16-le") + b"\0\0"
        raw[: len(encoded)] = encoded
        raw[64:66] = len(encoded).to_bytes(2, "little")
        raw[66], raw[67] = kind, 1
        raw[68:76] = b"\xff" * 8
        raw[76:80] = child.to_bytes(4, "little", signed=True)
        raw[116:120] = b"\xfe\xff\xff\xff"
        return bytes(raw)

    directory = entry("Root Entry", 5, 1) + entry("Workbook", 2, -1) + bytes(256)
    return bytes(header) + table + directory


@pytest.mark.parametrize("name", ["名簿.xlsx", "名簿.txt", "名簿.pdf", "名簿"])
def test_a_csv_is_read_whatever_its_name(name: str, text_file, read) -> None:
    assert read(text_file(TEXT, name)).rows.height == 1


@pytest.mark.parametrize("name", ["名簿.csv", "名簿.xls", "名簿.zip"])
def test_a_workbook_is_read_whatever_its_name(name: str, book, read) -> None:
    path = book({"名簿": ROWS})
    assert read(path.rename(path.with_name(name))).encoding == "xlsx"


@pytest.mark.parametrize("data", [b"", b"\r\n \r\n", b"\xef\xbb\xbf", b"\0" * 5000], ids=repr)
def test_an_empty_file_is_refused(data: bytes, text_file, read) -> None:
    with pytest.raises(FileRefused, match="中身が空です"):
        read(text_file(data))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\r\n<HTML><table><tr><td>1", r"Webページ\(HTML\)"),
        ("\ufeff<!DOCTYPE html><p>".encode(), r"Webページ\(HTML\)"),
        ("<html><table>".encode("utf-16"), r"Webページ\(HTML\)"),
        (b'<?xml version="1.0"?><html xmlns="x">', r"Webページ\(HTML\)"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:x">', "XMLで"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x05\x06" + bytes(18), "空の圧縮ファイル"),
        (old_excel(), r"古い形式のExcel\(\.xls\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "壊れているか"),
        (b"PK\x03\x04" + bytes(40), "壊れているか"),
    ],
    ids=["html", "doctype", "utf-16 html", "xhtml", "xml", "pdf", "empty zip", "xls", "torn ole", "torn zip"],
)
def test_what_is_not_read_here_is_named(data: bytes, words: str, text_file, read) -> None:
    with pytest.raises(FileRefused, match=words) as refusal:
        read(text_file(data, "名簿.xls"))
    assert "「名簿.xls」を読めませんでした。" in refusal.value.happened
    assert refusal.value.unchanged == "データは前のままです。"
    assert refusal.value.todo.endswith("。")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, read) -> None:
    with pytest.raises(FileRefused, match="見つかりません"):
        read(tmp_path / "ない.csv")
    with pytest.raises(FileRefused, match="フォルダーです"):
        read(tmp_path)


def test_a_truncated_workbook_is_refused(book, read) -> None:
    path = book({"名簿": ROWS})
    whole = path.read_bytes()
    for length in range(4, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(FileRefused):
            read(path)


def test_a_flipped_bit_is_refused_or_changes_nothing(book, read) -> None:
    path = book({"名簿": ROWS})
    whole, right = path.read_bytes(), read(path)
    chance = random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            assert read(path).rows.equals(right.rows)
        except FileRefused:
            refused += 1
    assert refused > 75


def test_a_flipped_bit_in_a_sheet_is_seen_though_the_sheet_still_reads(book, read) -> None:
    path = book({"名簿": ROWS})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    data = path.read_bytes().replace(b"00000013", b"00000093")
    path.write_bytes(data)
    with pytest.raises(FileRefused, match="壊れているか"):
        read(path)


def test_a_password_opens_a_sealed_workbook(book, read) -> None:
    path = book({"名簿": ROWS})
    path.write_bytes(sealed(path, "ひみつ"))
    assert read(path, password="ひみつ").rows["member_no"].to_list() == ["00000013"]


@pytest.mark.parametrize(
    ("password", "words"), [(None, "パスワードで保護"), ("", "パスワードで保護"), ("ちがう", "パスワードが違います")]
)
def test_a_sealed_workbook_says_what_is_wrong_with_the_password(password, words, book, read) -> None:
    path = book({"名簿": ROWS})
    path.write_bytes(sealed(path, "ひみつ"))
    with pytest.raises(FileRefused, match=words) as refusal:
        read(path, password=password)
    assert "ちがう" not in str(refusal.value)


def test_a_sealed_workbook_that_was_changed_is_not_unsealed(book) -> None:
    path = book({"名簿": ROWS})
    plain, data = path.read_bytes(), sealed(path, "ひみつ")
    where = data.index(len(plain).to_bytes(8, "little"))  # the sealed part begins with its length
    changed = bytearray(data)
    changed[where + 600] ^= 1
    with pytest.raises(FileRefused, match="壊れているか"):
        unsealed(bytes(changed), "名簿.xlsx", "ひみつ")
    assert unsealed(data, "名簿.xlsx", "ひみつ") == plain
