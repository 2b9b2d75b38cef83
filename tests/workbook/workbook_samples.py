"""Small made-up unions for the tests of this room. The people are invented."""

import io
from collections.abc import Callable
from datetime import date

import polars as pl
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from kyosai_lists.paths import resource_dir
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, ListSheet, RunHeader, UnionBook
from kyosai_lists.workbook.template import CallListTemplate

TEMPLATE_PATH = resource_dir("templates_xlsx") / "call_list.xlsx"

RUN = RunHeader(
    run_id="run-0001",
    as_of=date(2026, 11, 1),
    title="2026年秋の声かけ",
    file_title="2026年秋の声かけ",
    return_by=date(2026, 11, 30),
    return_to="石川県支部 担当 能登\n電話 076-000-0000",
    purpose="共済のご案内と申込書の受け取りのため",
    max_offers=3,
)


def person(no: int, **changes: object) -> dict[str, object]:
    known: dict[str, object] = {
        "no": no,
        "row_id": f"row{no:04d}",
        "discreet": False,
        "workplace": "総務課",
        "kana": "タカハシ　イチロウ",
        "name": f"髙橋　{no}郎",
        "hint": "採用3年目",
        "letters": "A",
        "previous": "",
    }
    return known | changes


def listed(no: int, **changes: object) -> dict[str, object]:
    known: dict[str, object] = {
        "no": no,
        "workplace": "総務課",
        "member_no": f"{no:07d}",
        "name": f"髙橋　{no}郎",
        "kana": "タカハシ　イチロウ",
        "age": 27,
        "phone": "090-0000-0001",
        "reason": "採用3年目(2021年度採用)・27歳、団体生命共済に未加入",
        "contracts": "",
        "holdings": "総合共済",
        "other_lists": "",
        "household": "",
    }
    return known | changes


def list_sheet(rows: list[dict[str, object]], **changes: str) -> ListSheet:
    known = {
        "id": "young-unenrolled",
        "title": "若年層 団体生命未加入",
        "letter": "A",
        "document": "若い世代の保障のご案内",
        "parameters": "若年層の上限年齢 35歳",
    }
    return ListSheet(**(known | changes), rows=pl.DataFrame(rows, schema=LIST_SCHEMA))


def union_book(people: list[dict[str, object]], *lists: ListSheet, **changes: str) -> UnionBook:
    known = {"pref": "17", "union_code": "17001", "union_name": "金沢市職員労働組合", "book_no": "17-17001-0001"}
    frame = pl.DataFrame(people, schema=PEOPLE_SCHEMA)
    return UnionBook(**(known | changes), roster_on=date(2026, 10, 1), people=frame, lists=lists)


def workplaces(*sizes: int) -> list[dict[str, object]]:
    """One workplace of each size: 課1, 課2 …"""
    places = [f"課{number}" for number, size in enumerate(sizes, start=1) for _ in range(size)]
    return [person(no, workplace=place) for no, place in enumerate(places, start=1)]


def reopened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def read_back(data: bytes, sheet: str) -> list[list[object]]:
    """Every cell of a sheet as calamine reads it."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def column(data: bytes, sheet: str, heading: str) -> list[object]:
    """The values below a heading."""
    rows = read_back(data, sheet)
    header = next(number for number, row in enumerate(rows) if heading in row)
    place = rows[header].index(heading)
    return [row[place] for row in rows[header + 1 :]]


def all_text(data: bytes, sheet: str) -> str:
    return "\n".join(str(cell) for row in read_back(data, sheet) for cell in row)


def edited(change: Callable[[Workbook], None]) -> CallListTemplate:
    """The built-in template after a person changed something in it and saved it."""
    return CallListTemplate.from_bytes(edited_bytes(change))


def edited_bytes(change: Callable[[Workbook], None]) -> bytes:
    workbook = load_workbook(TEMPLATE_PATH, rich_text=True)
    change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
