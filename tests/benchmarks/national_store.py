"""The invented nation, or a part of it, in a store of its own, and the workbooks of its four main lists as frames."""

from pathlib import Path

from kyosai_lists.demo.nation.files import make_national_files
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import Occasion, Scope, gather
from kyosai_lists.usecases.exporting.compose_books import compose
from kyosai_lists.usecases.exporting.order import Order, asked_for
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from kyosai_lists.workbook.model import RunBooks
from tests.benchmarks.made_unions import RUN
from tests.conftest import AS_OF, workspace_at


def national_files(folder: Path, part: float) -> Path:
    """The files of the `part`-th of the nation; made if `folder` is not there."""
    if not folder.exists():
        make_national_files(folder, AS_OF, scale=part)
    return folder


def national_workspace(folder: Path, files: Path) -> Workspace:
    """A workspace with these files taken in; made if `folder` is not there."""
    if folder.exists():
        return open_workspace(folder)
    workspace = workspace_at(folder, ())
    import_files(workspace, sorted(files.iterdir()), today=AS_OF)
    return workspace


def four_lists(workspace: Workspace) -> RunBooks:
    rules, _ = asked_for(workspace, Order(as_of=AS_OF), None)
    with reading(workspace.engine) as connection:
        gathered = gather(connection, workspace, rules, Occasion(AS_OF), Scope(), homes=True)
    return compose(gathered.drawn(), RUN, workspace.settings.export.roster_max_age_days).books
