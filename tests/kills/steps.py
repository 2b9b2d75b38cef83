"""What a branch does, each as one step that may be killed anywhere and done again: the same for the program that is killed and
for the test that completes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kyosai_lists.store.engine import reading
from kyosai_lists.store.runs import is_known
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.custody.deliver import deliver
from kyosai_lists.usecases.custody.record_custody import Told, record_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.keeping.purge import carry_out, plan_purge
from kyosai_lists.usecases.running.run_due import run_due
from kyosai_lists.usecases.sealing.keyring import read_keyring
from kyosai_lists.usecases.workspace import Workspace

ISSUE_DAY = date(2026, 11, 2)
TWO = ("17001", "17002")
NOW = Act(datetime(2026, 11, 2, 0, tzinfo=UTC), "tanaka", "PC-1")
MUCH_LATER = replace(NOW, at=datetime(2030, 4, 2, 0, tzinfo=UTC))


def run_of(number: int) -> str:
    return f"k-{number}"


def campaign_of(number: int) -> str:
    return f"K{number}"


def file_of(workspace: Workspace, number: int) -> Path:
    return workspace.folder / f"名簿{number}.csv"


def drive_of(workspace: Workspace) -> Path:
    return workspace.folder.parent / "drive"


def take_in(workspace: Workspace, number: int) -> None:
    import_files(workspace, [file_of(workspace, number)], today=ISSUE_DAY)


def hand_out(workspace: Workspace, number: int) -> None:
    with reading(workspace.engine) as connection:
        entered = is_known(connection, run_of(number))
    passwords = read_keyring(workspace.folder)
    if entered:
        finish_runs(workspace, NOW, passwords)
        return
    order = Order(as_of=date(2026, 11, 1), union_codes=TWO, list_ids=("fire-only",), run_id=run_of(number))
    export_lists(workspace, order, act=NOW, passwords=passwords)


def put_on_the_drive(workspace: Workspace, number: int) -> None:
    deliver(workspace, run_of(number), drive_of(workspace), NOW)


def tell_received(workspace: Workspace, number: int) -> None:
    record_custody(workspace, run_of(number), (), Told("received", NOW.day, "山本"), NOW)


def issue_what_is_due(workspace: Workspace, number: int) -> None:
    run_due(workspace, ISSUE_DAY, acting=lambda: NOW, passwords=read_keyring(workspace.folder))


def delete_what_is_over(workspace: Workspace, number: int) -> None:
    carry_out(workspace, plan_purge(workspace, MUCH_LATER), MUCH_LATER)


STEPS: dict[str, Callable[[Workspace, int], None]] = {
    "import": take_in,
    "export": hand_out,
    "deliver": put_on_the_drive,
    "custody": tell_received,
    "run-due": issue_what_is_due,
    "purge": delete_what_is_over,
}
