"""The parts of a workbook that name its sheets: which sheets there are differs by union, what else they say does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree import ElementTree as ET

from kyosai_lists.stamp.container import Entry
from kyosai_lists.stamp.markup import LINKS, as_format, main, plain, quoted, slot, written
from kyosai_lists.stamp.sheetform import FILTERED, GrownForm, SheetForm
from kyosai_lists.workbook.package import entry_order
from kyosai_lists.workbook.specimen import Specimen

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_TYPES = "[Content_Types].xml"
_OWN = {WORKBOOK, _RELATIONS, _TYPES}
_SHEET = "/xl/worksheets/sheet"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/{}"


def sheet_part(number: int) -> str:
    """`number`: from 1."""
    return f"{_SHEET[1:]}{number}.xml"


@dataclass(frozen=True)
class BookParts:
    """For one choice of sheets. `fixed`: parts that are the same for every union with these sheets.

    `names`: of the sheets; `keys`: their names in the template, or list ids; `shared`: parts that every workbook has;
    `named`: formats of the names that a sheet's ranges have.
    """

    shared: Sequence[str]
    names: tuple[str, ...]
    keys: tuple[str, ...]
    forms: tuple[SheetForm, ...]
    fixed: tuple[Entry, ...]
    head: str
    named: tuple[str, ...]
    tail: str

    @cached_property
    def order(self) -> list[int]:
        """The places of the file's parts, as they follow each other in it, among those of `shared`, `fixed`, the sheets, `xl/workbook.xml`."""
        names = [*self.shared, *(entry.name.decode() for entry in self.fixed)]
        names += (sheet_part(number) for number in range(1, len(self.names) + 1))
        names.append(WORKBOOK)
        return sorted(range(len(names)), key=lambda place: entry_order(names[place]))

    @cached_property
    def of_people(self) -> list[tuple[str, str, SheetForm]]:
        """Key, name and form of each sheet of people."""
        sheets = zip(self.keys, self.names, self.forms, strict=True)
        return [(key, name, form) for key, name, form in sheets if form.people]

    def workbook(self, grown: Sequence[GrownForm]) -> Entry:
        """`xl/workbook.xml`; its defined names say where each sheet's rows end."""
        named = (names % own.named for names, own in zip(self.named, grown, strict=True))
        return Entry.of(WORKBOOK, ["".join([self.head, *named, self.tail]).encode()])


@dataclass(frozen=True)
class PartsMaker:
    """Makes the parts of one choice of sheets after another: in a run of many lists almost every union has a choice of its own.

    What depends on the number of sheets alone, on one sheet and its place, or on which is seen first, is kept.
    """

    specimen: Specimen
    _fixed: dict[int, tuple[Entry, ...]] = field(default_factory=dict)
    _sheets: dict[tuple[int, str, str], tuple[str, str]] = field(default_factory=dict)
    _frames: dict[int, list[str]] = field(default_factory=dict)

    def made(self, sheets: Sequence[tuple[str, str, SheetForm]], opened_on: str) -> BookParts:
        """`sheets`: names, keys and forms in the order of the workbook; `opened_on`: the name of the sheet that is seen first."""
        names, keys, forms = zip(*sheets, strict=True)
        said = [self._sheet(place, *sheet) for place, sheet in enumerate(sheets)]
        listed, named = zip(*said, strict=True)
        above, between, tail = self._frame(names.index(opened_on))
        head = "".join([above, *listed, between])
        shared = [name for name in self.specimen.parts if name not in _OWN]
        return BookParts(shared, names, keys, forms, self._of_count(len(sheets)), head, named, tail)

    def _sheet(self, place: int, name: str, key: str, form: SheetForm) -> tuple[str, str]:
        """What `xl/workbook.xml` says of a sheet in its list of sheets, and of its ranges."""
        found = self._sheets.get((place, name, key))
        if found is None:
            number, state = place + 1, form.specimen.state
            listed = f'<sheet name="{quoted(name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
            found = self._sheets[place, name, key] = (listed, _defined_names(place, name, form))
        return found

    def _frame(self, active: int) -> list[str]:
        if active not in self._frames:
            self._frames[active] = _workbook(self.specimen, active)
        return self._frames[active]

    def _of_count(self, count: int) -> tuple[Entry, ...]:
        if count not in self._fixed:
            self._fixed[count] = (_content_types(self.specimen, count), _relations(self.specimen, count))
        return self._fixed[count]


def shared_entries(specimen: Specimen) -> list[Entry]:
    """The parts that no choice of sheets changes: styles, theme, properties."""
    return [Entry.of(name, [data]) for name, data in specimen.parts.items() if name not in _OWN]


def _content_types(specimen: Specimen, count: int) -> Entry:
    root = ET.fromstring(specimen.parts[_TYPES])
    kept = [node for node in root if not node.get("PartName", "").startswith(_SHEET)]
    listed = "".join(f"<{_local(node)}{_attributes(node)}/>" for node in kept)
    added = "".join(f'<Override PartName="/{sheet_part(n)}" ContentType="{_SHEET_TYPE}"/>' for n in range(1, count + 1))
    return Entry.of(_TYPES, [f'<Types xmlns="{_PACKAGE.format("content-types")}">{listed}{added}</Types>'.encode()])


def _relations(specimen: Specimen, count: int) -> Entry:
    root = ET.fromstring(specimen.parts[_RELATIONS])
    others = [node for node in root if not node.get("Target", "").startswith(_SHEET)]
    links = [(f"{LINKS}/worksheet", f"/{sheet_part(n)}") for n in range(1, count + 1)]
    links += [(node.get("Type", ""), node.get("Target", "")) for node in others]
    listed = "".join(
        f'<Relationship Type="{quoted(kind)}" Target="{quoted(target)}" Id="rId{number}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    namespace = _PACKAGE.format("relationships")
    return Entry.of(_RELATIONS, [f'<Relationships xmlns="{namespace}">{listed}</Relationships>'.encode()])


def _workbook(specimen: Specimen, active: int) -> list[str]:
    """`xl/workbook.xml` above its list of sheets, from there to the names of the sheets' ranges, and below them."""
    root = ET.fromstring(specimen.parts[WORKBOOK])
    for view in list(root.iter(main("workbookView")))[:1]:
        view.set("activeTab", str(active))
    kept = "".join(written(node) for node in root.iter(main("definedName")) if node.get("localSheetId") is None)
    parts = {"sheets": "<sheets>\0</sheets>", "definedNames": f"<definedNames>{kept}\0</definedNames>"}
    inner = "".join(parts.get(node.tag.rpartition("}")[2]) or written(node) for node in root)
    return f'<workbook xmlns="{main("")[1:-1]}" xmlns:r="{LINKS}">{inner}</workbook>'.split("\0")


def _defined_names(number: int, name: str, form: SheetForm) -> str:
    """Where the ranges lie stays open: `GrownForm.named`."""
    specimen = form.specimen
    sheet = "'" + name.replace("'", "''") + "'"
    texts: list[tuple[str, str]] = []
    if form.filtered:
        texts.append(("_FilterDatabase", f"{sheet}!{slot(FILTERED)}"))
    if specimen.print_titles:
        own = "'" + specimen.name.replace("'", "''") + "'!"
        texts.append(("Print_Titles", specimen.print_titles.replace(own, f"{sheet}!")))
    if form.printed:
        texts.append(("Print_Area", ",".join(f"{sheet}!{slot(str(area))}" for area in form.printed)))
    named = "".join(
        f'<definedName name="_xlnm.{kind}" localSheetId="{number}"{_hidden(kind)}>{plain(text)}</definedName>'
        for kind, text in texts
    )
    return as_format(named, {})


def _hidden(kind: str) -> str:
    return ' hidden="1"' if kind == "_FilterDatabase" else ""


def _local(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _attributes(node: ET.Element) -> str:
    return "".join(f' {name}="{quoted(value)}"' for name, value in node.items())
