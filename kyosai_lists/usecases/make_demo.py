"""The demonstration: the files of an invented branch or nation, taken in and exported as a clerk would."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists.demo.branch.files import make_branch_files
from kyosai_lists.demo.nation.files import make_national_files
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.importing.import_files import ImportResult, import_files
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.workspace import Workspace, make_workspace

PREFECTURE = "17"


@dataclass(frozen=True)
class DemoResult:
    """`someone`: a 組合員番号 worth asking about, with its 県コード where several prefectures have the number."""

    workspace: Path
    files: tuple[Path, ...]
    imported: ImportResult
    exported: ExportResult
    someone: str


def make_demo(
    folder: Path,
    as_of: date,
    *,
    act: Act,
    national: bool = False,
    part: float = 1.0,
    progress: Progress = silent,
) -> DemoResult:
    """Makes a workspace in `folder` with the files of an invented branch, imports them, exports the four main lists.

    `national`: of a whole nation (2,595 unions, 1.1 million people, 2.9 million contracts), or the `part`-th of it.

    Raises:
        UsageError: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            f"フォルダー {folder} は空ではありません。",
            "新しいフォルダーの名前を指定してください(例: kyosai-lists demo demo2)。",
        )
    progress("架空の全国のデータ" if national else "架空の県支部のデータ")
    place = folder / "取り込むファイル"
    files = make_national_files(place, as_of, scale=part) if national else make_branch_files(place, as_of)
    workspace = make_workspace(folder, () if national else (PREFECTURE,))
    imported = import_files(workspace, files, today=as_of, progress=progress)
    exported = export_lists(workspace, Order(as_of=as_of), act=act, passwords=None, progress=progress)
    someone = _someone(workspace, as_of, "member_key" if national else "member_no")
    return DemoResult(folder, tuple(files), imported, exported, someone)


def _someone(workspace: Workspace, as_of: date, called: str) -> str:
    """A person who is on a list: the first of 自然災害 標準タイプ."""
    rules = choose(workspace.rules, ("disaster-standard",))
    with reading(workspace.engine) as connection:
        drawn = draw(connection, workspace, rules, Occasion(as_of), Scope())
    listed = drawn.people.join(drawn.passed, on="member_key", how="semi", maintain_order="left")
    return str(listed[called][0]) if listed.height else ""
