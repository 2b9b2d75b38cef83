"""The same bytes every time; nothing on disk; nobody named."""

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet import _writer
from workbook_samples import RUN, edited, list_sheet, listed, union_book, workplaces

from kyosai_lists.workbook.fill import fill

BOOK = union_book(workplaces(3, 20, 1), list_sheet([listed(1), listed(2)]))

PRINTS_ITS_HASH = """
import hashlib
from test_workbook_package import BOOK
from workbook_samples import RUN, TEMPLATE_PATH
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.template import CallListTemplate
print(hashlib.sha256(fill(CallListTemplate.load(TEMPLATE_PATH), BOOK, RUN)).hexdigest())
"""


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_two_processes_with_different_hash_seeds_make_the_same_bytes():
    here = str(Path(__file__).parent)
    hashes = {
        subprocess.run(
            [sys.executable, "-c", PRINTS_ITS_HASH],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": here},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_merged_cells_are_written_in_a_fixed_order(template):
    found = re.findall(
        r'mergeCell ref="([A-Z]+)(\d+):', parts(fill(template, BOOK, RUN))["xl/worksheets/sheet1.xml"].decode()
    )
    assert found == sorted(found, key=lambda place: (place[0], int(place[1])))
    assert len(found) > 10


def test_no_part_carries_the_clock(template):
    data = fill(template, BOOK, RUN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
    core = parts(data)["docProps/core.xml"].decode()
    assert core.count("2026-11-01T00:00:00Z") == 2


def test_a_person_or_company_in_the_templates_properties_does_not_come_out():
    def sign(workbook):
        workbook.properties.creator = workbook.properties.lastModifiedBy = "作成者の山田"
        workbook.properties.description = workbook.properties.keywords = "作成者の山田"
        workbook.custom_doc_props.append(StringProperty(name="PC", value="作成者の山田"))

    for name, data in parts(fill(edited(sign), BOOK, RUN)).items():
        assert "山田".encode() not in data, name


def test_no_sheet_is_ever_a_temporary_file(template, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a readable file on disk")

    monkeypatch.setattr(_writer, "create_temporary_file", refuse)
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert fill(template, BOOK, RUN)


def test_a_fonts_children_stand_in_the_order_that_strict_readers_ask_for(template):
    styles = parts(fill(template, BOOK, RUN))["xl/styles.xml"].decode()
    font = styles[styles.index("<font>") : styles.index("</font>")]
    assert font.index("<sz") < font.index("<name") < font.index("<family")


@pytest.mark.parametrize("kind", ["vbaProject", "externalLink", "comments", "drawing"])
def test_nothing_live_is_in_the_package(template, kind):
    assert not any(kind in name for name in parts(fill(template, BOOK, RUN)))
