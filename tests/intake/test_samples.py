"""The files of one branch in the shapes they really come in."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kyosai_lists.intake.layouts import BY_ID, Kind
from kyosai_lists.intake.reading import PROBLEM_SCHEMA, FileReading

from .conftest import Reader, remarks

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(SAMPLES.glob("*.csv")) + sorted(SAMPLES.glob("*.xlsx"))
EXPECTED = {
    "募集計画.csv": ("campaigns", "utf-8-sig", None),
    "単組一覧.csv": ("unions", "cp932", None),
    "契約_基幹システム_20261031.csv": ("contracts", "cp932", date(2026, 10, 31)),
    "案内停止.csv": ("suppressions", "utf-8-sig", None),
    "目標.csv": ("targets", "cp932", None),
    "組合員名簿_県支部.csv": ("members", "utf-8-sig", None),
    "組合員名簿_七尾市職員労働組合.xlsx": ("members", "xlsx", date(2026, 10, 31)),
    "組合員名簿_小松市職員労働組合.xlsx": ("members", "xlsx", date(2026, 10, 31)),
    "組合員名簿_金沢市職員労働組合.xlsx": ("members", "xlsx", date(2026, 10, 31)),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_is_recognised_and_every_row_can_be_trusted(path: Path, read: Reader) -> None:
    reading = read(path)
    assert (reading.layout, reading.encoding, reading.roster_on) == EXPECTED[path.name]
    assert reading.problems.is_empty()
    assert reading.problems.schema == pl.Schema(PROBLEM_SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_come_in_canonical_form(path: Path, read: Reader) -> None:
    reading = read(path)
    for column in BY_ID[reading.layout].columns:
        if column.field not in reading.rows.columns:
            continue
        values = reading.rows[column.field]
        assert values.dtype == pl.String
        assert not values.null_count()
        given = values.filter(values != "")
        if column.kind is Kind.DATE:
            assert given.str.contains(r"^\d{4}-\d\d-\d\d$").all()
        if column.kind is Kind.CHOICE and column.choices:
            assert set(given) <= set(column.choices.words)


def test_no_row_is_lost_between_the_files(read: Reader) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["rows"]
    counted: dict[str, int] = {}
    for path in FILES:
        reading: FileReading = read(path)
        counted[reading.layout] = counted.get(reading.layout, 0) + reading.rows.height
    assert counted == expected


def test_a_union_roster_names_what_was_left_out(read: Reader) -> None:
    reading = read(SAMPLES / "組合員名簿_七尾市職員労働組合.xlsx")
    said = remarks(reading)
    assert "旧名簿|None|None|非表示のシートです。読みませんでした" in said
    assert "メモ|None|None|見出しの分からないシートです。読みませんでした" in said
    assert "名簿|132|None|合計の行を読み飛ばしました|1" in said
    assert "空の行を読み飛ばしました|3" in said
    assert reading.rows["row"][0] == 5
    assert reading.rows["name"][0] == "山﨑　恵"
