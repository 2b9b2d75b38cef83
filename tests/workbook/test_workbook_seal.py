"""Sealing in memory, and proving the sealed file (faults 32 and 33)."""

import io
import tempfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from workbook_samples import RUN, list_sheet, listed, person, union_book, workplaces

from kyosai_lists.errors import ExportError
from kyosai_lists.workbook.check import count_rows
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.meta import expected_rows
from kyosai_lists.workbook.seal import open_sealed, seal

BOOK = union_book([*workplaces(2, 3), person(6, discreet=True)], list_sheet([listed(1), listed(4), listed(6)]))
PASSWORD = "雪つり-2026"


@pytest.fixture(scope="module")
def plain(template):
    return fill(template, BOOK, RUN)


@pytest.fixture(scope="module")
def sealed(plain):
    return seal(plain, PASSWORD)


def test_a_sealed_workbook_opens_with_its_password_and_is_the_same(plain, sealed):
    assert open_sealed(sealed, PASSWORD) == plain


def test_sealing_is_agile_aes_256(sealed):
    info = OOXMLFile(io.BytesIO(sealed)).info
    assert (info["keyDataHashAlgorithm"], info["encryptedKeyValue"] is not None) == ("SHA512", True)
    assert b'keyBits="256"' in sealed
    assert b'cipherAlgorithm="AES"' in sealed


def test_nothing_readable_is_left_in_the_sealed_file(sealed):
    assert not sealed.startswith(b"PK")
    assert b"xl/worksheets" not in sealed


@pytest.mark.parametrize("password", ["", " ", "　", "\t\n"])
def test_an_empty_or_blank_password_is_refused(plain, password):
    with pytest.raises(ExportError, match="パスワードが空"):
        seal(plain, password)


def test_a_password_longer_than_excels_box_is_refused(plain):
    with pytest.raises(ExportError, match="長すぎ"):
        seal(plain, "a" * 256)


def test_sealing_and_opening_write_no_file(plain, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a readable file on disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert open_sealed(seal(plain, PASSWORD), PASSWORD) == plain


def test_the_wrong_password_is_refused_without_naming_either(sealed):
    with pytest.raises(ExportError, match="同じパスワードで開けません") as refused:
        open_sealed(sealed, "ちがうパスワード")
    assert PASSWORD not in str(refused.value)
    assert "ちがうパスワード" not in str(refused.value)


@pytest.mark.parametrize("place", [0.3, 0.6])
def test_a_flipped_bit_in_a_sealed_file_is_found(sealed, place):
    damaged = bytearray(sealed)
    damaged[int(len(damaged) * place)] ^= 1
    with pytest.raises(ExportError, match="壊れて"):
        open_sealed(bytes(damaged), PASSWORD)


@pytest.mark.parametrize("length", [0, 100, 5000])
def test_a_truncated_sealed_file_is_refused(sealed, length):
    with pytest.raises(ExportError):
        open_sealed(sealed[:length], PASSWORD)


def test_a_sealed_file_is_opened_again_and_its_people_counted(template, sealed):
    counted = count_rows(open_sealed(sealed, PASSWORD))
    assert counted == {"名簿": 5, "担当限り": 1, "若年層 団体生命未加入": 3}
    assert counted == expected_rows(template, BOOK)


def test_a_row_that_got_lost_is_seen_in_the_count(template):
    shorter = union_book([*workplaces(2, 2), person(6, discreet=True)], *BOOK.lists)
    assert count_rows(fill(template, shorter, RUN)) != expected_rows(template, BOOK)


def test_a_file_that_is_not_ours_cannot_be_counted():
    with pytest.raises(ExportError, match="読み直せません"):
        count_rows(b"PK\x03\x04 no workbook")
