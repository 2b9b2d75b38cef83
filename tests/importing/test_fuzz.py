"""Twenty thousand broken files, one after another into one store: none ends the program, hangs it or loses a row (fault 1-23).

Half of the cases a part, so that two can run at once: pytest -m long tests/importing/test_fuzz.py -k part0
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import KyosaiError
from kyosai_lists.intake.apart import Readers
from kyosai_lists.intake.reading import ReadingOptions
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import AS_OF, workspace_at
from tests.importing.fuzzing import Fuzzer

CASES = int(os.environ.get("KYOSAI_FUZZ_CASES", "20000"))
PARTS = 2
KEPT = 12  # one in so many is kept; the others are loaded too, and taken back, which spares the disk
GIB_IN_KB = 1 << 20
Share = Callable[[ReadingOptions], AbstractContextManager[Readers]]


@pytest.fixture
def one_process() -> Iterator[Share]:
    """All files are read by one process after another, as many of them as it survives."""
    readers = Readers(ReadingOptions(AS_OF))
    yield lambda _: nullcontext(readers)
    readers.close()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_at(tmp_path / "workspace", ())
    yield made
    made.engine.dispose()


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS), ids=lambda part: f"part{part}")
def test_no_broken_file_crashes_hangs_swells_loses_a_row_or_leaves_a_mark_when_refused(
    part: int, workspace: Workspace, one_process: Share, tmp_path: Path
) -> None:
    make = Fuzzer(tmp_path)
    import_files(workspace, make.whole, today=AS_OF, readers=one_process)
    watching = workspace.engine.connect()
    wrong: dict[int, str] = {}
    fates = {"taken in": 0, "refused": 0}
    slowest, slowest_seed = 0.0, 0
    for seed in range(part, CASES, PARTS):
        path = make(seed)
        before, began = changes(watching), time.monotonic()
        fate = what_became_of(path, workspace, one_process, dry_run=seed // PARTS % KEPT != 0)
        if fate == "refused" and changes(watching) != before:
            fate = "refused, and the store changed"
        if fate in fates:
            fates[fate] += 1
        else:
            wrong[seed] = fate
        slowest, slowest_seed = max((slowest, slowest_seed), (time.monotonic() - began, seed))
        path.unlink()
    watching.close()
    print(f"\npart {part}: {fates}, wrong {wrong}, slowest {slowest:.1f} s (seed {slowest_seed}), peaks {peaks()} kB")  # noqa: T201
    assert wrong == {}
    assert min(fates.values()) > CASES / PARTS / 20
    assert slowest < 30
    assert all(peak < GIB_IN_KB for peak in peaks())


def what_became_of(path: Path, workspace: Workspace, readers: Share, *, dry_run: bool) -> str:
    """ "taken in", "refused", or what is wrong."""
    try:
        result = import_files(workspace, [path], today=AS_OF, readers=readers, dry_run=dry_run)
    except KyosaiError as error:
        said = (error.happened, error.unchanged, error.todo)
        return "refused" if all(text.endswith(("。", ")")) for text in said) else f"no sentences: {said}"
    except BaseException as error:
        return f"{type(error).__name__} {getattr(error, 'places', error)}"
    whole = all(file.read == sum(file.counts.values()) for file in result.files)
    return "taken in" if whole else "read is not the sum of fates"


def changes(connection: sa.Connection) -> int:
    """A number that another connection's commit changes."""
    number = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    connection.rollback()
    return int(number)


def peaks() -> list[int]:
    """The most memory, in kB, that this process and any of its readers ever had (elsewhere than on Linux: nothing)."""
    try:
        import resource
    except ImportError:
        return []
    return [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
