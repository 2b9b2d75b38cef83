"""One call is one transaction: all of it or nothing (faults 20, 22)."""

from collections.abc import Callable

import pytest

from kyosai_lists.errors import FileRefused, UsageError
from kyosai_lists.store import load
from kyosai_lists.usecases.importing import take_in as use_case
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import TODAY, Files, contents, contract, counts, member, stop, take_in, union

New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    made = new_workspace("17")
    take_in(made, files("単組.csv", union()), files("名簿.csv", member()))
    return made


def test_a_refused_file_among_good_ones_takes_nothing_in(workspace: Workspace, files: Files) -> None:
    before = contents(workspace, without=())
    good, refused = files("名簿2.csv", member("14")), files("契約.csv", {"契約番号": "1", "組合員番号": "14"})
    with pytest.raises(FileRefused, match=r"契約\.csv"):
        take_in(workspace, good, refused)
    assert contents(workspace, without=()) == before


def test_a_rehearsal_says_what_would_happen_and_changes_nothing(workspace: Workspace, files: Files) -> None:
    before = contents(workspace, without=())
    paths = [
        files("名簿2.csv", member("14"), member(氏名="新姓"), member("15", 在籍区分="？")),
        files("契約.csv", contract(), contract("2", "99")),
    ]
    tried = take_in(workspace, *paths, dry_run=True)
    assert contents(workspace, without=()) == before
    done = take_in(workspace, *paths)
    assert [counts(file) for file in tried.files] == [counts(file) for file in done.files]
    assert counts(tried.files[0]) == {"new": 1, "changed": 1, "quarantined": 1}
    assert counts(tried.files[1]) == {"new": 1, "held": 1}
    assert (tried.waiting, tried.problems.height) == (done.waiting, done.problems.height) == (1, 1)


@pytest.mark.parametrize("table", ["members", "contracts", "suppressions"])
def test_an_error_in_the_middle_leaves_everything_as_it_was(
    table: str, workspace: Workspace, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(workspace, without=())
    paths = [
        files("名簿2.csv", member("14"), member(氏名="新姓"), member("16", 在籍区分="？")),
        files("契約.csv", contract()),
        files("停止.csv", stop()),
    ]

    def merge_then_fail(connection, chosen, *rest):  # type: ignore[no-untyped-def]  # stands in for merge
        done = load.merge(connection, chosen, *rest)
        if chosen.name == table:
            raise RuntimeError
        return done

    monkeypatch.setattr(use_case, "merge", merge_then_fail)
    with pytest.raises(RuntimeError):
        take_in(workspace, *paths)
    assert contents(workspace, without=()) == before
    monkeypatch.undo()
    take_in(workspace, *paths)
    assert contents(workspace, without=()) != before


def test_no_file_is_wrong_usage(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="指定されていません"):
        import_files(workspace, [], today=TODAY)


def test_a_file_that_is_not_there_is_refused(workspace: Workspace, files: Files) -> None:
    with pytest.raises(FileRefused, match="見つかりません"):
        take_in(workspace, files.folder / "ない.csv")
