"""The date of each union's roster: from the title, the file's name, else today; the newest is kept."""

from collections.abc import Callable
from datetime import date

import openpyxl

from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import TODAY, Files, column, member, take_in, union

New = Callable[..., Workspace]


def dates(workspace: Workspace) -> dict[object, object]:
    return dict(zip(column(workspace, "rosters", "union_code"), column(workspace, "rosters", "as_of"), strict=True))


def test_the_files_name_gives_the_date_of_every_union_in_it_and_of_no_other(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    unions = files("単組.csv", union(), union("17002"), union("17003"))
    take_in(workspace, unions, files("名簿_20261031.csv", member(), member("14", "17002")))
    assert dates(workspace) == {"17001": date(2026, 10, 31), "17002": date(2026, 10, 31)}


def test_without_a_date_the_roster_is_of_today(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member()))
    assert dates(workspace) == {"17001": TODAY}


def test_a_title_in_a_workbook_comes_before_the_name(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    book = openpyxl.Workbook()
    rows = [["令和8年9月末現在"], list(member()), list(member().values())]
    for row in rows:
        book.active.append(row)
    path = files.folder / "名簿_20261031.xlsx"
    book.save(path)
    take_in(workspace, files("単組.csv", union()), path)
    assert dates(workspace) == {"17001": date(2026, 9, 30)}


def test_an_older_roster_does_not_put_the_date_back_and_a_newer_one_moves_it_on(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿_20260930.csv", member()))
    take_in(workspace, files("名簿_20260831.csv", member()))
    assert dates(workspace) == {"17001": date(2026, 9, 30)}
    take_in(workspace, files("名簿_20261031.csv", member()))
    assert dates(workspace) == {"17001": date(2026, 10, 31)}


def test_of_two_rosters_in_one_call_the_newest_counts_even_if_it_repeats_the_other(
    new_workspace: New, files: Files
) -> None:
    workspace = new_workspace("17")
    older, newer = files("名簿_20260930.csv", member()), files("名簿_20261031.csv", member())
    take_in(workspace, files("単組.csv", union()), older, newer)
    assert dates(workspace) == {"17001": date(2026, 10, 31)}


def test_a_roster_of_which_nothing_could_be_taken_in_has_no_date(new_workspace: New, files: Files) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member(在籍区分="？")))
    assert dates(workspace) == {}
