"""What happens to a file between the program that wrote it and us: twelve ways, each a new file that says the same."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msoffcrypto
import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import PatternFill

from kyosai_lists.dates import UnreadableDate, read_date
from kyosai_lists.intake.layouts import LAYOUTS, Kind, Layout
from kyosai_lists.text import header_key

Cell = str | int | float | date | datetime | None
PASSWORD = "かぎ-2026"
LIBREOFFICE = Path(__file__).parents[1] / "samples" / "saved_by_libreoffice"


@dataclass
class Table:
    """`above`: the rows over the header. `encoding`: of a text file, "" for a workbook. `layout`: what it is."""

    name: str
    encoding: str
    above: list[list[Cell]]
    header: list[Cell]
    rows: list[list[Cell]]
    layout: Layout

    @property
    def is_book(self) -> bool:
        return not self.encoding

    def column(self, field: str) -> int | None:
        found = [i for i, heading in enumerate(self.header) if self.field(heading) == field]
        return found[0] if found else None

    def field(self, heading: Cell) -> str | None:
        for column in self.layout.columns:
            if header_key(str(heading)) in {header_key(name) for name in (column.header, *column.synonyms)}:
                return column.field
        return None


def table_of(path: Path) -> Table:
    """One of the samples as it is."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        rows: list[list[Cell]] = [list(row) for row in sheet.iter_rows(values_only=True)]  # type: ignore[arg-type]
        encoding, at = "", 3
    else:
        data = path.read_bytes()
        encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "cp932"
        rows, at = [list(row) for row in csv.reader(io.StringIO(data.decode(encoding), newline=""))], 0
    header = rows[at]
    known = {header_key(str(h)) for h in header}
    layout = max(LAYOUTS, key=lambda one: sum(
        bool(known & {header_key(n) for n in (c.header, *c.synonyms)}) for c in one.columns))  # fmt: skip
    return Table(path.name, encoding, rows[:at], header, rows[at + 1 :], layout)


def write(table: Table, folder: Path, change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> Path:
    path = folder / table.name
    rows = [*table.above, table.header, *table.rows]
    if table.encoding:
        path.write_bytes(_text(rows, ",").encode(table.encoding))
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(path)
    return path


def _text(rows: Sequence[Sequence[Cell]], delimiter: str, quoting: int = csv.QUOTE_ALL) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)
    writer.writerows([[_shown(cell) for cell in row] for row in rows])
    return out.getvalue()


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return "" if cell is None else str(cell)


def columns_reordered(table: Table, folder: Path) -> Path:
    order = list(range(len(table.header)))[::-1]
    table.header = [table.header[i] for i in order]
    table.rows = [[row[i] for i in order] for row in table.rows]
    return write(table, folder)


def saved_by_libreoffice(table: Table, folder: Path) -> Path:
    if not table.is_book:
        return write(table, folder)
    return LIBREOFFICE / table.name


def header_synonyms(table: Table, folder: Path) -> Path:
    for column in table.layout.columns:
        place = table.column(column.field)
        if place is not None and column.synonyms:
            table.header[place] = f"{column.synonyms[-1]}\n※"
    return write(table, folder)


def two_header_rows(table: Table, folder: Path) -> Path:
    """連絡先 over 電話番号, 携帯電話, メール; every other heading merged down over both rows."""
    below = {"phone": "電話番号", "mobile": "携帯電話", "mail": "メール"}
    if not table.is_book:
        return write(table, folder)
    under = {place: text for field, text in below.items() if (place := table.column(field)) is not None}
    first = len(table.above) + 1
    upper: list[Cell] = [None if place in under else heading for place, heading in enumerate(table.header)]
    upper[min(under)] = "連絡先"
    table.above.append(upper)
    table.header = [under.get(place) for place in range(len(table.header))]

    def merge(book: openpyxl.Workbook) -> None:
        sheet = book.active
        sheet.merge_cells(start_row=first, end_row=first, start_column=min(under) + 1, end_column=max(under) + 1)
        for place in range(len(table.header)):
            if place not in under:
                sheet.merge_cells(start_row=first, end_row=first + 1, start_column=place + 1, end_column=place + 1)

    return write(table, folder, merge)


def totals_row_on_each_page(table: Table, folder: Path) -> Path:
    width, paged = len(table.header), list[list[Cell]]()
    for start in range(0, len(table.rows), 40):
        page = table.rows[start : start + 40]
        blank: list[Cell] = [""] * (width - 2) if table.encoding else [None] * (width - 2)
        paged += [*page, ["小計", f"{len(page)}名", *blank], list(table.header)]
    table.rows = paged
    return write(table, folder)


def union_code_only_in_the_title(table: Table, folder: Path) -> Path:
    place = table.column("union_code")
    if table.is_book and place is not None:
        for row in (table.header, *table.rows):
            word = row.pop(place)
            if word == "合計":  # whoever makes the file puts it first
                row[place] = word
    return write(table, folder)


def dates_as_serials(table: Table, folder: Path) -> Path:
    if table.is_book:
        places = [table.column(c.field) for c in table.layout.columns if c.kind is Kind.DATE]
        for row in table.rows:
            for place in places:
                if place is not None:
                    row[place] = _serial(row[place])
    return write(table, folder)


def _serial(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return (cell.date() - date(1899, 12, 30)).days
    try:
        day = read_date(str(cell)).value if cell else None
    except UnreadableDate:
        return cell
    return (day - date(1899, 12, 30)).days if day and day > date(1900, 3, 1) else cell


def half_width_everything(table: Table, folder: Path) -> Path:
    table.header = [_narrow(cell) for cell in table.header]
    table.rows = [[_narrow(cell) for cell in row] for row in table.rows]
    return write(table, folder)


_HALF = {
    **{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)},
    "\u3000": " ", "。": "｡", "「": "｢", "」": "｣", "、": "､", "・": "･", "ー": "ｰ",
    **dict(zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォッャュョ",
               "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｯｬｭｮ", strict=True)),
    **{chr(ord(c) + 1): f"{h}ﾞ" for c, h in zip("カキクケコサシスセソタチツテトハヒフヘホ", "ｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾊﾋﾌﾍﾎ", strict=True)},
    **{chr(ord(c) + 2): f"{h}ﾟ" for c, h in zip("ハヒフヘホ", "ﾊﾋﾌﾍﾎ", strict=True)},
}  # fmt: skip


def _narrow(cell: Cell) -> Cell:
    return "".join(_HALF.get(c, c) for c in cell) if isinstance(cell, str) else cell


def utf_16_by_unicode_text(table: Table, folder: Path) -> Path:
    """Excel quotes only what must be, separates by TAB, ends lines with CR LF."""
    rows = [*table.above, table.header, *table.rows]
    path = (folder / table.name).with_suffix(".txt")
    path.write_bytes(b"\xff\xfe" + _text(rows, "\t", csv.QUOTE_MINIMAL).encode("utf-16-le"))
    return path


def trailing_empty_columns(table: Table, folder: Path) -> Path:
    empty: list[Cell] = ["", "", ""] if table.encoding else [None, None, None]
    table.header = [*table.header, *empty]
    table.rows = [[*row, *empty] for row in table.rows]

    def paint(book: openpyxl.Workbook) -> None:
        for row in range(1, book.active.max_row + 50):
            book.active.cell(row, len(table.header) + 5).fill = PatternFill("solid", fgColor="FFFFFF99")

    return write(table, folder, paint)


def a_filter_hiding_rows(table: Table, folder: Path) -> Path:
    def hide(book: openpyxl.Workbook) -> None:
        sheet, first = book.active, len(table.above) + 1
        sheet.auto_filter.ref = f"A{first}:E{first + len(table.rows)}"
        sheet.auto_filter.add_filter_column(1, ["00000013"])
        for row in range(first + 1, first + len(table.rows) + 1, 2):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["C"].hidden = True

    return write(table, folder, hide)


def a_password(table: Table, folder: Path) -> Path:
    path = write(table, folder)
    if table.is_book:
        plain, sealed = io.BytesIO(path.read_bytes()), io.BytesIO()
        OOXMLFile(plain).encrypt(PASSWORD, sealed)
        path.write_bytes(sealed.getvalue())
        assert msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes())).is_encrypted()
    return path


MANGLINGS: tuple[Callable[[Table, Path], Path], ...] = (
    columns_reordered, saved_by_libreoffice, header_synonyms, two_header_rows, totals_row_on_each_page,
    union_code_only_in_the_title, dates_as_serials, half_width_everything, utf_16_by_unicode_text, trailing_empty_columns,
    a_filter_hiding_rows, a_password,
)  # fmt: skip
