"""A template compiled for a run: every sheet a form in which all that the run's workbooks have in common is filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kyosai_lists.stamp.bookparts import BookParts, PartsMaker, shared_entries
from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.container import Entry
from kyosai_lists.stamp.metaform import MetaForm
from kyosai_lists.stamp.sheetform import SheetForm, sheet_form
from kyosai_lists.workbook.listsheet import list_values
from kyosai_lists.workbook.model import ListSheet, RunHeader
from kyosai_lists.workbook.names import sheet_names
from kyosai_lists.workbook.specimen import SheetSpecimen, Specimen, specimen_of
from kyosai_lists.workbook.template import CallListTemplate
from kyosai_lists.workbook.tokens import COVER, LIST, META
from kyosai_lists.workbook.wording import run_values


@dataclass(frozen=True)
class CompiledRun:
    """`sheets`: by their names in the template; `lists`: by list id, リスト filled in for each list of the run."""

    run: RunHeader
    specimen: Specimen
    list_sheets: tuple[ListSheet, ...]
    sheets: Mapping[str, SheetForm]
    long_cover: SheetForm
    lists: Mapping[str, SheetForm]
    meta: MetaForm
    shared: tuple[Entry, ...]
    _maker: PartsMaker
    _parts: dict[frozenset[str], BookParts] = field(default_factory=dict)

    def parts(self, absent: frozenset[str]) -> BookParts:
        """The parts of a workbook without these sheets. `absent`: names in the template, and list ids."""
        if absent not in self._parts:
            self._parts[absent] = self._maker.made(self._sheets_without(absent), COVER)
        return self._parts[absent]

    def list_names(self, absent: frozenset[str]) -> dict[str, str]:
        """List id → name of its sheet, of the lists that have people."""
        shown = [found for found in self.list_sheets if found.id not in absent]
        names = sheet_names([found.title for found in shown], self.sheets.keys())
        return {found.id: name for found, name in zip(shown, names, strict=True)}

    def _sheets_without(self, absent: frozenset[str]) -> list[tuple[str, str, SheetForm]]:
        found: list[tuple[str, str, SheetForm]] = []
        for name, form in self.sheets.items():
            if name == LIST:
                found += [(title, id_, self.lists[id_]) for id_, title in self.list_names(absent).items()]
            elif name not in absent:
                found.append((name, name, form))
        return found


def compiled(template: CallListTemplate, run: RunHeader, lists: Sequence[ListSheet]) -> CompiledRun:
    """Compiles `template` for all workbooks of a run. Takes a few tenths of a second; do it once.

    Raises:
        ExportError: a text of the run is too long for a cell, or holds a character that a workbook cannot.
        TemplateError: a page header is too long for Excel.
    """
    specimen = specimen_of(template, run.as_of)
    known = run_values(run)
    by_name: dict[str, SheetSpecimen] = {sheet.name: sheet for sheet in specimen.sheets}
    forms = {name: sheet_form(sheet, known) for name, sheet in by_name.items()}
    return CompiledRun(
        run=run,
        specimen=specimen,
        list_sheets=tuple(lists),
        sheets=forms,
        long_cover=sheet_form(by_name[COVER], known, runs_on=True),
        lists={found.id: forms[LIST].knowing(list_values(found)) for found in lists},
        meta=MetaForm(forms[META], CellXml(specimen.unstyled)),
        shared=tuple(shared_entries(specimen)),
        _maker=PartsMaker(specimen),
    )
