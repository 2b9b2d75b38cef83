"""One sheet per list, for the person in charge: copies of リスト, each with its own people."""

from copy import copy

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.grow import repeat_row
from kyosai_lists.workbook.headers import write_headers
from kyosai_lists.workbook.model import ListSheet
from kyosai_lists.workbook.names import sheet_names
from kyosai_lists.workbook.rows import Values, fill_loose, value_getter, write_rows
from kyosai_lists.workbook.template import CallListTemplate
from kyosai_lists.workbook.tokens import LIST, LIST_TOKENS, ROWS


def fill_lists(workbook: Workbook, template: CallListTemplate, lists: tuple[ListSheet, ...], values: Values) -> None:
    """Puts a filled copy of リスト in its place for every list with people, and takes the pattern out."""
    pattern_sheet = workbook[LIST]
    place = workbook.index(pattern_sheet)
    for found, name in named_lists(template, lists):
        sheet = copied(workbook, pattern_sheet, name)
        workbook.move_sheet(sheet, place - workbook.index(sheet))
        place += 1
        _fill_list(sheet, template, found, values)
    workbook.remove(pattern_sheet)


def named_lists(template: CallListTemplate, lists: tuple[ListSheet, ...]) -> list[tuple[ListSheet, str]]:
    """The lists that have people, each with the name of its sheet."""
    shown = [found for found in lists if not found.rows.is_empty()]
    reserved = template.plans.keys()
    return list(zip(shown, sheet_names([found.title for found in shown], reserved), strict=True))


def list_values(found: ListSheet) -> Values:
    """What a list's sheet says of the list in every union."""
    return {"リスト名": found.title, "リスト記号": found.letter, "条件": found.parameters}


def _fill_list(sheet: Worksheet, template: CallListTemplate, found: ListSheet, values: Values) -> None:
    plan = template.plans[LIST]
    own = {**values, **list_values(found), "該当人数": found.rows.height}
    fill_loose(sheet, plan.loose, own)
    write_headers(sheet, template.headers.get(LIST, {}), value_getter(own))
    pattern = plan.patterns[ROWS]
    repeat_row(sheet, pattern.row, found.rows.height)
    write_rows(
        sheet,
        pattern,
        [
            [{token: row[column] for token, column in LIST_TOKENS.items() if column}]
            for row in found.rows.iter_rows(named=True)
        ],
    )


def copied(workbook: Workbook, source: Worksheet, name: str) -> Worksheet:
    """openpyxl's copy leaves out view, filter, validation, formats, breaks, page headers and print titles; nothing of the look may be lost."""
    sheet = workbook.copy_worksheet(source)
    sheet.title = name
    sheet.merged_cells = copy(source.merged_cells)
    sheet.views = copy(source.views)
    sheet.sheet_state = source.sheet_state
    sheet.HeaderFooter = copy(source.HeaderFooter)
    sheet.row_breaks, sheet.col_breaks = copy(source.row_breaks), copy(source.col_breaks)
    sheet.data_validations.dataValidation = [copy(rule) for rule in source.data_validations.dataValidation]
    for formats in source.conditional_formatting:
        for rule in formats.rules:
            sheet.conditional_formatting.add(str(formats.sqref), copy(rule))
    if source.auto_filter.ref:
        sheet.auto_filter.ref = source.auto_filter.ref
    if source.print_area:
        sheet.print_area = ",".join(found.coord for found in source._print_area.sorted())
    sheet.print_title_rows = source.print_title_rows
    sheet.print_title_cols = source.print_title_cols
    return sheet
