"""The demonstration: an invented branch's files, taken in and exported as a clerk would."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists.demo.branch.files import make_branch_files
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.exporting.export_lists import Order, export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.importing.import_files import ImportResult, import_files
from kyosai_lists.usecases.workspace import Workspace, make_workspace

PREFECTURE = "17"


@dataclass(frozen=True)
class DemoResult:
    """`someone`: a 組合員番号 worth asking about."""

    workspace: Path
    files: tuple[Path, ...]
    imported: ImportResult
    exported: ExportResult
    someone: str


def make_demo(folder: Path, as_of: date, *, progress: Callable[[str], None] = lambda _: None) -> DemoResult:
    """Makes a workspace in `folder` with the files of an invented branch, imports them, exports the four main lists.

    Raises:
        UsageError: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            f"フォルダー {folder} は空ではありません。",
            "新しいフォルダーの名前を指定してください(例: kyosai-lists demo demo2)。",
        )
    progress("架空の県支部のデータ")
    files = make_branch_files(folder / "取り込むファイル", as_of)
    workspace = make_workspace(folder, (PREFECTURE,))
    imported = import_files(workspace, files, today=as_of, progress=progress)
    order = Order(as_of=as_of)
    exported = export_lists(workspace, order, passwords=None, progress=progress)
    return DemoResult(folder, tuple(files), imported, exported, _someone(workspace, as_of))


def _someone(workspace: Workspace, as_of: date) -> str:
    """A person who is on a list: the first of 自然災害 標準タイプ."""
    rules = choose(workspace.rules, ("disaster-standard",))
    with reading(workspace.engine) as connection:
        drawn = draw(connection, workspace, rules, Occasion(as_of), Scope())
    listed = drawn.people.join(drawn.passed, on="member_key", how="semi", maintain_order="left")
    return str(listed["member_no"][0]) if listed.height else ""
