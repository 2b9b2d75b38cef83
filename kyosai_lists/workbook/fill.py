"""Fills the call-list template with one union's people: the reference writer, by openpyxl. Faster ones are compared with it.

What comes out, sheet by sheet (interface.md §3; a sheet with nobody on it is left out):

- 表紙: tokens filled in; the row of ご案内の表 repeated for the run's lists, the row of 職場の表 for the workplaces.
- 名簿, 担当限り: the pattern row repeated, one row per person in the order of the frame. 名簿 ends a page after each workplace.
- リスト becomes one sheet per list, in its place and in the order of the run, named with the list's title.
- _meta (very hidden): rows of text, the first cell says what the row is:
  `format 1` · `run id` · `book 名簿番号` · `pref` · `union` · `as_of` · `people n` · `list id letter title sheet rows` ·
  `sheet name header-row rows` · `column sheet token heading column-number`.

Every text passes `cells.write_text`; validation, filter, print area and merged cells of a pattern row grow with it.
"""

import polars as pl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook import tokens
from kyosai_lists.workbook.cover import fill_cover
from kyosai_lists.workbook.headers import write_headers
from kyosai_lists.workbook.listsheet import fill_lists
from kyosai_lists.workbook.meta import fill_meta
from kyosai_lists.workbook.model import RunHeader, UnionBook
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.pages import Layout, lay_out, room_of
from kyosai_lists.workbook.roll import fill_roll
from kyosai_lists.workbook.rows import Values, fill_loose, value_getter
from kyosai_lists.workbook.template import CallListTemplate
from kyosai_lists.workbook.wording import run_values, union_values


def fill(template: CallListTemplate, book: UnionBook, run: RunHeader) -> bytes:
    """The union's workbook as .xlsx bytes, not sealed. Equal arguments give equal bytes.

    Raises:
        ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        TemplateError: a page header is too long for Excel.
    """
    workbook = template.open()
    desk, quiet = _parted(book.people)
    layout = _layout(template, workbook, desk)
    values = _values(book, run, layout)
    for sheet in workbook.worksheets:
        if sheet.title not in {tokens.LIST, tokens.META}:
            fill_loose(sheet, template.plans[sheet.title].loose, values)
            write_headers(sheet, template.headers.get(sheet.title, {}), value_getter(values))
    fill_cover(workbook[tokens.COVER], template.plans[tokens.COVER], book, layout, quiet.height)
    fill_roll(workbook[tokens.ROLL], template.plans[tokens.ROLL], desk, book.book_no, layout.breaks)
    fill_roll(workbook[tokens.DISCREET], template.plans[tokens.DISCREET], quiet, book.book_no, ())
    fill_lists(workbook, template, book.lists, values)
    fill_meta(workbook, template, book, run)
    open_on_cover(workbook)
    return save(workbook, run.as_of)


def _parted(people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return people.filter(~pl.col("discreet")), people.filter(pl.col("discreet"))


def _layout(template: CallListTemplate, workbook: Workbook, desk: pl.DataFrame) -> Layout:
    row = template.plans[tokens.ROLL].patterns[tokens.ROWS].row
    return lay_out(desk["workplace"].to_list(), room_of(workbook[tokens.ROLL], row))


def _values(book: UnionBook, run: RunHeader, layout: Layout) -> Values:
    union = union_values(book.pref, book.union_code, book.union_name, book.book_no, book.roster_on)
    return {**run_values(run), **union, "人数計": book.people.height, "名簿ページ数": layout.pages}


def open_on_cover(workbook: Workbook) -> None:
    """One sheet selected: several selected at once would all take what is typed into one."""
    workbook.active = workbook.sheetnames.index(tokens.COVER)
    for sheet in workbook.worksheets:
        _select(sheet, sheet.title == tokens.COVER)


def _select(sheet: Worksheet, selected: bool) -> None:
    for view in sheet.views.sheetView:
        view.tabSelected = selected
