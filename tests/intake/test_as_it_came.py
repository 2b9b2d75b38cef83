"""A row word for word as the user has it, though most cells are kept once: in canonical form."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.intake import message
from kyosai_lists.intake.as_it_came import as_it_came, places_as_they_came
from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions

HEAD = [
    "組合員番号",
    "単組コード",
    "氏名",
    "生年月日",
    "採用年月日",
    "雇用区分",
    "在籍区分",
    "子の人数",
    "備考",
    "内線",
]
ROW = ["00000013", "17002", "髙﨑　花", "S60.4.1", "2008-04-01", "正規", "現職", "2", "", " 12"]
CELLS = st.lists(
    st.sampled_from(["", " ", "1", "２", "1985-04-01", "R1.5.1", "現職", "x", "99999999", "a,b"]),
    min_size=10,
    max_size=10,
)


def file_of(folder: Path, rows: list[list[str]], name: str = "名簿.csv") -> FileReading:
    lines = [",".join(f'"{cell}"' for cell in row) for row in [HEAD, *rows]]
    (folder / name).write_text("\r\n".join(lines) + "\r\n", "utf-8")
    return read_file(folder / name, ReadingOptions(today=date(2026, 11, 1)))


def told(reading: FileReading) -> list[list[str]]:
    return [list(json.loads(raw).values()) for raw in as_it_came(reading, reading.rows)]


@given(rows=st.lists(CELLS, min_size=1, max_size=5))
def test_whatever_the_cells_hold_each_row_is_told_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    for number, row in enumerate(rows):
        row[0] = f"{number:03}"  # so that no row is blank or a total
    assert told(file_of(tmp_path_factory.mktemp("f"), rows)) == rows


def test_only_cells_that_are_not_their_own_canonical_form_are_kept_twice(tmp_path: Path) -> None:
    reading = file_of(tmp_path, [ROW])
    assert [name for name in reading.rows.columns if name.startswith("cell ")] == [
        "cell 3 of few",
        "cell 5 of few",
        "cell 6 of few",
        "cell 8",
    ]
    assert [heading for heading, _ in reading.cells[""]] == HEAD
    assert told(reading) == [ROW]


def test_rows_of_several_files_come_in_the_order_asked_for(tmp_path: Path) -> None:
    files = [file_of(tmp_path, [[f"{n}{i}", *ROW[1:]] for i in range(3)], f"{n}.csv") for n in range(2)]
    places = pl.DataFrame(
        {"source": [1, 0, 1], "sheet": [""] * 3, "row": [4, 2, 2]}, schema_overrides={"row": pl.Int64}
    )
    assert [json.loads(raw)["組合員番号"] for raw in places_as_they_came(files, places)] == ["12", "00", "10"]
    assert places_as_they_came(files, places.clear()).to_list() == []


def test_what_came_from_the_reading_process_names_only_columns_that_are_there(tmp_path: Path) -> None:
    reading = file_of(tmp_path, [ROW])
    header, *frames = message.reading_as_message(reading)
    assert told(message.reading_from(reading.path, json.loads(json.dumps(header)), frames)) == [ROW]
    header["cells"] = {"": [["氏名", "password"]]}
    with pytest.raises(message.Garbled):
        message.reading_from(reading.path, json.loads(json.dumps(header)), frames)


def test_a_field_that_arrives_as_anything_but_text_is_garbled(tmp_path: Path) -> None:
    reading = file_of(tmp_path, [ROW])
    header, rows, problems = message.reading_as_message(reading)
    frames = [rows.with_columns(pl.col("name").cast(pl.Categorical)), problems]
    with pytest.raises(message.Garbled):
        message.reading_from(reading.path, json.loads(json.dumps(header)), frames)
